"""Opens a CSV: one pass turns it into UTF-8 with plain line ends; below its header, DuckDB parses it.

DuckDB passes over lines it cannot part into the right number of fields; whenever it returns fewer records than the
file has lines, Python's csv module walks the file to name those lines, and to number the others exactly.
"""

import codecs
import csv
import io
import re
import shutil
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import duckdb

from data.problems import ExtractError, Problem
from data.sources.raw_table import LONGEST_LINE, RawTable, abridged, csv_relation, cut
from data.sources.sheet import LOOKED_AT, MOST_COLUMNS, Sheet, bounded
from data.words import N_

_BLOCK = 1 << 20
_MOST_BLANK = 1_000_000
_DELIMITERS = (";", ",", "\t", "|")
_RAGGED = N_(
    "nombre de champs\u00a0: {found} au lieu de {expected}\u202f; vérifiez les séparateurs et les guillemets de la ligne."
)
_QUOTES = N_("guillemet ouvert sans être fermé, ou mal placé\u202f; corrigez cette ligne.")
# Size of a copy up to which its cells are held by the engine; a larger one is parsed at each look.
_HELD = 1 << 29
# A line of one text below a table of several columns is a note, and not a line cut short.
_FEWEST_FIELDS = 3
_NUMBER = re.compile(r"^[\s\d.,:/-]+$")
Weight = Callable[[str], int]
# UTF-8 read as Windows-1252 shows pairs such as Ã©, which no French text holds.
_MIXED = re.compile("Ã[\u00a0-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
# A whole file in one unclosed quote must be reported as such, not as a field that is too long.
csv.field_size_limit(1 << 30)


def read(path: Path, known: Weight, work: Path) -> Sheet:
    """The file as a sheet. ExtractError when its encoding cannot be known, or when it holds nothing.

    `known`: what a header is worth; the delimiter is the one under which the headers are worth most.
    """
    copy = work / f"{len(list(work.iterdir()))}.csv"
    lines = _copied(path, copy)
    best: tuple[tuple[int, int], str, list[tuple[int, tuple[str, ...]]]] | None = None
    for delimiter in _DELIMITERS:
        top = _top(copy, delimiter)
        worth = max(
            (sum(known(header.strip()) for header in set(cells[:MOST_COLUMNS])) for _, cells in top[:20]), default=0
        )
        score = (worth, max((len(cells) for _, cells in top), default=0))
        if best is None or score > best[0]:
            best = score, delimiter, top
    if best is None or not any(cell.strip() for _, cells in best[2] for cell in cells):
        raise _broken(path, "empty_file", N_("fichier vide\u202f; exportez-le de nouveau."))
    _, delimiter, top = best
    bounded(path.name, max((cells for _, cells in top), key=len))
    return Sheet(file=path.name, copy=copy, numbered=False, delimiter=delimiter, lines=lines, top=tuple(top))


def _top(copy: Path, delimiter: str) -> list[tuple[int, tuple[str, ...]]]:
    """The first records with the line where each ends: those of the first lines, for a quote may never be closed."""
    with copy.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(islice(file, 20 * LOOKED_AT), delimiter=delimiter)
        return [(reader.line_num, tuple(record)) for record in islice(reader, LOOKED_AT)]


def below(sheet: Sheet, headers: Sequence[str], skipped: int, connection: duckdb.DuckDBPyConnection) -> RawTable:
    """The table below a header that ends at line `skipped`, every cell as text.

    Lines that do not part into its fields are problems of the table, but a line of one text, which is a note below it.
    ExtractError when the quotes cannot be read at all.
    """
    assert sheet.copy is not None
    copy, delimiter = sheet.copy, sheet.delimiter
    fields = [f"f{n}" for n in range(len(headers))]
    body, skip = (_body(copy, skipped), 0) if skipped > 1 else (copy, skipped)
    relation = csv_relation(body, dict.fromkeys(fields, "VARCHAR"), delimiter, skip)
    row = f"row_number() OVER () + {skipped}"
    if held := copy.stat().st_size <= _HELD:
        # Parsed once: every look at the cells then reads the engine's own columns.
        connection.execute(f"CREATE TABLE sheet_{copy.stem} AS SELECT {row} AS line, * FROM {relation}")
        relation, row = f"sheet_{copy.stem}", "line"
    (records,) = connection.execute(f"SELECT count(*) FROM {relation}").fetchone() or (0,)
    problems: list[Problem] = []
    notes: list[Problem] = []
    if records != sheet.lines - skipped:
        starts, problems, notes = _walk(sheet.file, copy, delimiter, skipped, len(headers))
        numbers = copy.with_suffix(".lines")
        numbers.write_text("\n".join(map(str, starts)) + "\n")
        counted = csv_relation(numbers, {"line": "BIGINT"})
        cells = f"(SELECT * EXCLUDE (line) FROM {relation})" if held else relation
        relation, row = f"{cells} AS records POSITIONAL JOIN {counted} AS numbers", "line"
        if len(starts) != records:
            message = N_("guillemets mal placés, ou ligne de plus de 8\u00a0Mo\u202f; exportez le fichier de nouveau.")
            raise ExtractError(Problem(kind="bad_quotes", file=sheet.file, message=message))
    return RawTable(
        file=sheet.file,
        relation=relation,
        row=row,
        headers=tuple(header.strip() for header in headers),
        fields=tuple(fields),
        types=("VARCHAR",) * len(fields),
        text_numbers=True,
        problems=tuple(problems),
        notices=tuple(notes),
        by_hand=True,
    )


def _copied(path: Path, copy: Path) -> int:
    """Writes the file as UTF-8 with plain line ends and no blank end; the number of its lines."""
    try:
        return _decoded(path, copy, "utf-8-sig")
    except UnicodeDecodeError:
        pass
    with path.open("rb") as file:
        start = file.read(4)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return _decoded(path, copy, "utf-16")
        except UnicodeDecodeError as error:
            message = N_("encodage UTF-16 tronqué\u202f; enregistrez le fichier en CSV UTF-8.")
            raise _broken(path, "wrong_encoding", message) from error
    try:
        return _decoded(path, copy, "cp1252")
    except UnicodeDecodeError as error:
        message = N_("encodage inconnu, ni UTF-8 ni Windows-1252\u202f; enregistrez le fichier en CSV UTF-8.")
        raise _broken(path, "wrong_encoding", message, row=int(error.reason)) from error


def _decoded(path: Path, copy: Path, encoding: str) -> int:
    """Copies the file from an encoding; the reason of a UnicodeDecodeError is the number of the faulty line."""
    decoder = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder(encoding)(), translate=True)
    # `blank`: line ends that may be the file's last ones, for which nothing is written yet.
    lines, blank, line_length = 0, 0, 0
    with path.open("rb") as source, copy.open("w", encoding="utf-8", newline="") as target:
        while True:
            block = source.read(_BLOCK)
            try:
                text = decoder.decode(block, final=not block)
            except UnicodeDecodeError as error:
                line = lines + blank + error.object[: error.start].count(b"\n") + 1
                raise UnicodeDecodeError(encoding, error.object, error.start, error.end, str(line)) from error
            if "\0" in text:
                message = N_("ce n’est pas un texte (caractère nul)\u202f; enregistrez le fichier en CSV UTF-8.")
                row = lines + blank + text[: text.index("\0")].count("\n") + 1
                raise _broken(path, "wrong_encoding", message, row=row)
            if encoding == "cp1252" and (pair := _MIXED.search(text)):
                message = N_("deux encodages mêlés (UTF-8 et Windows-1252)\u202f; enregistrez le fichier en CSV UTF-8.")
                row = lines + blank + text[: pair.start()].count("\n") + 1
                raise _broken(path, "wrong_encoding", message, row=row)
            line_length = _length(path, text, line_length, lines + blank)
            kept = text.rstrip("\n")
            if kept and blank > _MOST_BLANK:
                message = N_("plus d’un million de lignes vides à la suite\u202f; exportez le fichier de nouveau.")
                raise _broken(path, "blank_lines", message, row=lines + 1)
            if kept:
                target.write("\n" * blank + kept)
                lines += blank + kept.count("\n")
                blank = 0
            blank += len(text) - len(kept)
            if not block:
                break
        target.write("\n")
    return lines + 1


def _length(path: Path, text: str, before: int, lines: int) -> int:
    """How long the last line of a text is, after what came before it. ExtractError for a line that no table has."""
    end = text.rfind("\n")
    longest = before + len(text) if end < 0 else max(before + text.find("\n"), 0)
    if longest > LONGEST_LINE:
        message = N_("ligne de plus de 8\u00a0Mo\u202f; ce n’est pas une table, exportez le fichier de nouveau.")
        raise _broken(path, "long_line", message, row=lines + 1)
    return longest if end < 0 else len(text) - end - 1


def _body(copy: Path, skipped: int) -> Path:
    """The copy without its first lines: DuckDB cannot skip a header that has a line break inside its quotes."""
    body = copy.with_suffix(".body")
    with copy.open("rb") as source, body.open("wb") as target:
        for _ in range(skipped):
            source.readline()
        shutil.copyfileobj(source, target)
    return body


def _walk(
    name: str, copy: Path, delimiter: str, skipped: int, width: int
) -> tuple[list[int], list[Problem], list[Problem]]:
    """The line where each record begins, a problem for each line that has too few or too many fields, and a notice of notes."""
    starts, ragged, notes = [], [], []
    with copy.open(encoding="utf-8", newline="") as file:
        for _ in range(skipped):
            next(file)
        reader = csv.reader(file, delimiter=delimiter, strict=True)
        start = skipped + 1
        try:
            for record in reader:
                if len(record) >= width and not any(record[width:]):
                    starts.append(start)
                elif len(record) == 1 and width >= _FEWEST_FIELDS and not _NUMBER.search(record[0]):
                    if record[0].strip():
                        notes.append((start, record[0]))
                elif any(field.strip() for field in record):
                    values: dict[str, Any] = {"found": len(record), "expected": width}
                    ragged.append(Problem(kind="ragged_line", file=name, row=start, message=_RAGGED, values=values))
                start = skipped + reader.line_num + 1
        except csv.Error:
            raise ExtractError(Problem(kind="bad_quotes", file=name, row=start, message=_QUOTES)) from None
    return starts, list(abridged(ragged)), [note_lines(name, *notes[0], len(notes))] if notes else []


def note_lines(file: str, row: int, text: str, count: int) -> Problem:
    """The notice of lines of one text, which are no rows of a table."""
    message = N_("note hors du tableau, non lue\u202f; lignes de cette sorte\u00a0: {n}.")
    return Problem(
        kind="note_lines", file=file, row=row, value=cut(text), message=message, values={"n": count}, count=count
    )


def _broken(path: Path, kind: str, message: str, row: int | None = None) -> ExtractError:
    return ExtractError(Problem(kind=kind, file=path.name, row=row, message=message))
