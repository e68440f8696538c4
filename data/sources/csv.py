"""Reads a CSV source: one pass turns it into UTF-8 with plain line ends, then DuckDB parses it.

DuckDB passes over lines it cannot part into the right number of fields; whenever it returns fewer records than the
file has lines, Python's csv module walks the file to name those lines, and to number the others exactly.
"""

import codecs
import csv
import io
import re
import shutil
from pathlib import Path
from typing import Any

import duckdb

from data.problems import ExtractError, Problem
from data.sources.mapping import Mapping
from data.sources.raw_table import RawTable, csv_relation, shown
from data.words import N_

_BLOCK = 1 << 20
_DELIMITERS = (";", ",", "\t", "|")
_RAGGED = N_(
    "nombre de champs\u00a0: {found} au lieu de {expected}\u202f; vérifiez les séparateurs et les guillemets de la ligne."
)
_QUOTES = N_("guillemet ouvert sans être fermé, ou mal placé\u202f; corrigez cette ligne.")
# UTF-8 read as Windows-1252 shows pairs such as Ã©, which no French text holds.
_MIXED = re.compile("Ã[\u00a0-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
# A whole file in one unclosed quote must be told as such, not as a field that is too long.
csv.field_size_limit(1 << 30)


def read(path: Path, mapping: Mapping, connection: duckdb.DuckDBPyConnection, work: Path) -> RawTable:
    """The file's table, every cell as text.

    Lines that do not part into its fields are problems of the table. ExtractError when the encoding, the header or the
    quotes cannot be read at all.
    """
    copy = work / f"{len(list(work.iterdir()))}.csv"
    lines = _copied(path, copy)
    headers, delimiter, skipped = _header(path, copy, mapping)
    fields = [f"f{n}" for n in range(len(headers))]
    body, skip = (_body(copy, skipped), 0) if skipped > 1 else (copy, skipped)
    relation = csv_relation(body, dict.fromkeys(fields, "VARCHAR"), delimiter, skip)
    row = f"row_number() OVER () + {skipped}"
    (records,) = connection.execute(f"SELECT count(*) FROM {relation}").fetchone() or (0,)
    problems: list[Problem] = []
    if records != lines - skipped:
        starts, problems = _walk(path, copy, delimiter, skipped, len(headers))
        numbers = copy.with_suffix(".lines")
        numbers.write_text("\n".join(map(str, starts)) + "\n")
        counted = csv_relation(numbers, {"line": "BIGINT"})
        relation, row = f"{relation} AS records POSITIONAL JOIN {counted} AS numbers", "line"
        if len(starts) != records:
            message = N_("guillemets mal placés, ou ligne de plus de 8\u00a0Mo\u202f; exportez le fichier de nouveau.")
            raise _broken(path, "bad_quotes", message)
    return RawTable(
        file=path.name,
        relation=relation,
        row=row,
        headers=tuple(headers),
        fields=tuple(fields),
        types=("VARCHAR",) * len(fields),
        text_numbers=True,
        problems=tuple(problems),
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
        raise _broken(path, "wrong_encoding", N_("encodage UTF-16\u202f; enregistrez le fichier en CSV UTF-8."))
    try:
        return _decoded(path, copy, "cp1252")
    except UnicodeDecodeError as error:
        message = N_("encodage inconnu, ni UTF-8 ni Windows-1252\u202f; enregistrez le fichier en CSV UTF-8.")
        raise _broken(path, "wrong_encoding", message, row=int(error.reason)) from error


def _decoded(path: Path, copy: Path, encoding: str) -> int:
    """Copies the file from an encoding; the reason of a UnicodeDecodeError is the number of the faulty line."""
    decoder = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder(encoding)(), translate=True)
    lines, blank_end = 0, ""
    with path.open("rb") as source, copy.open("w", encoding="utf-8", newline="") as target:
        while True:
            block = source.read(_BLOCK)
            try:
                text = blank_end + decoder.decode(block, final=not block)
            except UnicodeDecodeError as error:
                line = lines + blank_end.count("\n") + error.object[: error.start].count(b"\n") + 1
                raise UnicodeDecodeError(encoding, error.object, error.start, error.end, str(line)) from error
            if "\0" in text:
                message = N_("ce n’est pas un texte (caractère nul)\u202f; enregistrez le fichier en CSV UTF-8.")
                raise _broken(path, "wrong_encoding", message, row=lines + text[: text.index("\0")].count("\n") + 1)
            if encoding == "cp1252" and (pair := _MIXED.search(text)):
                message = N_("deux encodages mêlés (UTF-8 et Windows-1252)\u202f; enregistrez le fichier en CSV UTF-8.")
                raise _broken(path, "wrong_encoding", message, row=lines + text[: pair.start()].count("\n") + 1)
            kept = text.rstrip("\n")
            blank_end = text[len(kept) :]
            lines += kept.count("\n")
            target.write(kept)
            if not block:
                break
        target.write("\n")
    return lines + 1


def _header(path: Path, copy: Path, mapping: Mapping) -> tuple[list[str], str, int]:
    """The headers, the delimiter under which most of them are known, and how many lines to skip.

    Excel's own first line "sep=;" is passed over.
    """
    best: tuple[tuple[int, int], list[str], str, int] | None = None
    for delimiter in _DELIMITERS:
        with copy.open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file, delimiter=delimiter)
            first = next(reader, [])
            if first and first[0].lower().startswith("sep="):
                first = next(reader, [])
            headers = [header.strip() for header in first]
            score = (mapping.known(headers), len(headers))
            if best is None or score > best[0]:
                best = score, headers, delimiter, reader.line_num
    if best is None or not any(best[1]):
        raise _broken(path, "empty_file", N_("fichier vide\u202f; exportez-le de nouveau."))
    return best[1:]


def _body(copy: Path, skipped: int) -> Path:
    """The copy without its first lines: DuckDB cannot skip a header that has a line break inside its quotes."""
    body = copy.with_suffix(".body")
    with copy.open("rb") as source, body.open("wb") as target:
        for _ in range(skipped):
            source.readline()
        shutil.copyfileobj(source, target)
    return body


def _walk(path: Path, copy: Path, delimiter: str, skipped: int, width: int) -> tuple[list[int], list[Problem]]:
    """The line where each record begins, and a problem for each line that has too few or too many fields."""
    starts, ragged = [], []
    with copy.open(encoding="utf-8", newline="") as file:
        for _ in range(skipped):
            next(file)
        reader = csv.reader(file, delimiter=delimiter, strict=True)
        start = skipped + 1
        try:
            for record in reader:
                if len(record) >= width and not any(record[width:]):
                    starts.append(start)
                elif any(field.strip() for field in record):
                    told: dict[str, Any] = {"found": len(record), "expected": width}
                    ragged.append(Problem(kind="ragged_line", file=path.name, row=start, message=_RAGGED, values=told))
                start = skipped + reader.line_num + 1
        except csv.Error:
            raise _broken(path, "bad_quotes", _QUOTES, row=start) from None
    return starts, list(shown(ragged))


def _broken(path: Path, kind: str, message: str, row: int | None = None) -> ExtractError:
    return ExtractError(Problem(kind=kind, file=path.name, row=row, message=message))
