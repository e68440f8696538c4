"""What a workbook may hold. It is packed: a megabyte of it may unpack to a thousand, and fill the memory or take for ever."""

import re
import zipfile
from pathlib import Path

from data.problems import ExtractError, Problem
from data.words import N_

# Unpacked size above which a workbook is refused: it would fill the memory, and larger extracts belong in Parquet.
LARGEST = 1 << 30
# Within it: rows and cells that a workbook may have, and the size of what openpyxl holds whole. One character may stand for a cell.
MOST_ROWS = 1_048_576
MOST_CELLS = 60_000_000
MOST_SHEETS = 200
_MOST_TEXTS = 5_000_000
_LARGEST_TEXTS = 192 << 20
_LARGEST_PART = 8 << 20
_LARGEST_ROW = 16 << 20
_LONGEST_TAG = 1 << 20
# Parts that openpyxl does not open, whatever their size.
_PASSED_OVER = re.compile(
    r"xl/(pivotCache|pivotTables|drawings|charts|media|embeddings|externalLinks|ctrlProps|activeX)/|customXml/"
)
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\s[^>]*\b(?:hidden="(?:1|true)"|ht="0(?:\.0+)?")')
_LAST_COLUMN = 16_384
_FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")
_ROW = re.compile(rb"<(?:\w+:)?row[ />]")
_CELL = re.compile(rb"<(?:\w+:)?c[ />]")
_TEXT = re.compile(rb"<(?:\w+:)?si[ />]")
_SHEET = re.compile(rb"<(?:\w+:)?sheet[ />]")
_OPENED = re.compile(rb"worksheet|sharedStrings|styles|sheet\.main|theme")


def checked(path: Path) -> tuple[bool, int, int]:
    """Whether some sheet has a formula, how many rows and columns are hidden. ExtractError when the workbook would fill the memory."""
    computed, hidden, columns, cells = False, 0, 0, 0
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
        if sum(entry.file_size for entry in entries) > LARGEST or _hides_parts(archive):
            raise too_large(path.name)
        for entry in entries:
            name = entry.filename
            if _PASSED_OVER.match(name) or not name.endswith((".xml", ".rels")):
                continue
            if "sharedStrings" in name:
                if entry.file_size > _LARGEST_TEXTS or _counted(archive, entry, path.name, _TEXT)[0] > _MOST_TEXTS:
                    raise too_large(path.name)
            elif name.startswith("xl/worksheets/") and name.endswith(".xml"):
                rows, sheet_cells, formulas, hides = _counted(
                    archive, entry, path.name, _ROW, _CELL, _FORMULA, _HIDDEN_ROW
                )
                cells += sheet_cells
                columns += _hidden_columns(archive, entry)
                computed, hidden = computed or formulas > 0, hidden + hides
                if rows > MOST_ROWS or cells > MOST_CELLS:
                    raise too_large(path.name)
            elif entry.file_size > _LARGEST_PART or _counted(archive, entry, path.name, _SHEET)[0] > MOST_SHEETS:
                raise too_large(path.name)
    return computed, hidden, columns


def _hidden_columns(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> int:
    """How many columns of a sheet are hidden, the empty rest of it aside; they are told before its rows."""
    with archive.open(entry) as part:
        head = part.read(1 << 20).partition(b"sheetData")[0]
    hidden = 0
    for tag in re.findall(rb"<(?:\w+:)?col\s[^>]*>", head):
        bounds = [re.search(name + rb'="(\d{1,5})"', tag) for name in (rb"\bmin", rb"\bmax")]
        if re.search(rb'\bhidden="(?:1|true)"', tag) and all(bounds):
            first, last = (int(bound[1]) for bound in bounds if bound)
            hidden += last - first + 1 if last < _LAST_COLUMN else 0
    return hidden


def _hides_parts(archive: zipfile.ZipFile) -> bool:
    """Whether a part that is passed over for its folder is, by the list of contents, one that openpyxl opens."""
    for entry in archive.infolist():
        if entry.filename == "[Content_Types].xml" or entry.filename.endswith("workbook.xml.rels"):
            if entry.file_size > _LARGEST_PART:
                return True
            for tag in re.findall(rb"<(?:\w+:)?(?:Override|Relationship)\s[^>]*>", archive.read(entry)):
                target = re.search(rb"(?:PartName|Target)\s*=\s*[\"']/?(?:\.\./)*([^\"']*)", tag)
                place = target[1].decode(errors="replace") if target else ""
                place = place if place.startswith(("xl/", "customXml/")) else f"xl/{place}"
                if _PASSED_OVER.match(place) and _OPENED.search(
                    re.sub(rb"(?:PartName|Target)\s*=\s*[\"'][^\"']*", b"", tag)
                ):
                    return True
    return False


def _counted(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, file: str, *patterns: re.Pattern[bytes]) -> list[int]:
    """How often each pattern occurs in a part. ExtractError for a tag or, in a sheet, a row beyond what a table has."""
    counts = [0] * len(patterns)
    rest, since = b"", 0
    with archive.open(entry) as part:
        while block := part.read(1 << 20):
            whole, mark, rest = (rest + block).rpartition(b">")
            if len(rest) > _LONGEST_TAG:
                raise too_large(file)
            whole += mark
            for place, pattern in enumerate(patterns):
                counts[place] += sum(1 for _ in pattern.finditer(whole))
            since = 0 if patterns[0].search(whole) else since + len(whole)
            if since > _LARGEST_ROW:
                raise too_large(file)
    return counts


def too_large(file: str) -> ExtractError:
    """The refusal of a workbook beyond these bounds."""
    message = N_("classeur trop volumineux\u202f; exportez-le en CSV ou en Parquet.")
    return ExtractError(Problem(kind="too_large", file=file, message=message))
