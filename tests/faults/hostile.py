"""Sources made to fill the memory or to take for ever: each is refused in words, within bounded memory and time."""

import os
import resource
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Final

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from data.check import check
from data.problems import ExtractError
from tests.extracts import TODAY
from tests.faults.child import FORKS, PUBLISHED, REFUSED, take_environment

MEBI: Final = 1 << 20
# Beyond what the process has at its start. An honest million lines need less.
MEMORY: Final = 1_536 * MEBI
# Far above what any of them takes; without it a fault would hold the suite for hours.
SECONDS: Final = 120


def refused(path: Path) -> bool:
    """Whether a check of the file, in a process of its own with bounded memory, refuses it in words and in time."""
    child = FORKS.Process(target=_check, args=(dict(os.environ), path))
    child.start()
    child.join(SECONDS)
    child.kill()
    child.join()
    code = child.exitcode
    child.close()
    return bool(code == REFUSED)


def _check(environment: dict[str, str], path: Path) -> None:
    take_environment(environment)
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    limit = pages * resource.getpagesize() + MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    try:
        with check([path], today=TODAY) as extract:
            found = bool(extract.problems)
    except ExtractError:
        found = True
    raise SystemExit(REFUSED if found else PUBLISHED)


def _zipped(path: Path, parts: dict[str, Callable[[IO[bytes]], None] | bytes], first: bytes = b"") -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        if first:
            archive.writestr(zipfile.ZipInfo("mimetype"), first)
        for name, part in parts.items():
            with archive.open(name, "w", force_zip64=True) as file:
                if isinstance(part, bytes):
                    file.write(part)
                else:
                    part(file)


def _many(before: bytes, repeated: bytes, times: int, after: bytes) -> Callable[[IO[bytes]], None]:
    def write(file: IO[bytes]) -> None:
        file.write(before)
        block = repeated * (MEBI // len(repeated))
        for _ in range(times * len(repeated) // len(block)):
            file.write(block)
        file.write(after)

    return write


_SHEET: Final = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
_END: Final = b"</sheetData></worksheet>"


def _workbook(path: Path, name: str, part: Callable[[IO[bytes]], None]) -> None:
    """An honest workbook with one of its parts in the place of its own."""
    honest = path.with_suffix(".honest")
    with xlsxwriter.Workbook(honest) as book:
        book.add_worksheet().write(0, 0, "marche")
    with zipfile.ZipFile(honest) as archive:
        parts: dict[str, Callable[[IO[bytes]], None] | bytes] = {n: archive.read(n) for n in archive.namelist()}
    _zipped(path, parts | {name: part})


def _xlsx_tag_without_end(path: Path) -> None:
    _workbook(path, "xl/worksheets/sheet1.xml", _many(_SHEET + b"<row ", b" " * 64, 12 * MEBI, _END))


def _xlsx_shared_strings(path: Path) -> None:
    begin = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    _workbook(path, "xl/sharedStrings.xml", _many(begin, b"<si><t>a</t></si>", 50 * MEBI, b"</sst>"))


def _xlsx_one_text(path: Path) -> None:
    cell = b'<row r="1"><c r="A1" t="inlineStr"><is><t>'
    _workbook(
        path, "xl/worksheets/sheet1.xml", _many(_SHEET + cell, b"a" * 64, 14 * MEBI, b"</t></is></c></row>" + _END)
    )


def _xlsx_styles(path: Path) -> None:
    begin = b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts>'
    _workbook(path, "xl/styles.xml", _many(begin, b"<font/>", 100 * MEBI, b"</fonts></styleSheet>"))


def _xlsx_cells(path: Path) -> None:
    _workbook(path, "xl/worksheets/sheet1.xml", _many(_SHEET + b"<row>", b"<c/>", 200 * MEBI, b"</row>" + _END))


def _xlsx_sheets(path: Path) -> None:
    sheets = b"".join(b'<sheet name="s%d" sheetId="%d" r:id="rId1"/>' % (n, n) for n in range(1, 100_000))
    book = (
        b'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.'
        b'openxmlformats.org/officeDocument/2006/relationships"><sheets>' + sheets + b"</sheets></workbook>"
    )
    _workbook(path, "xl/workbook.xml", lambda file: (file.write(book), None)[1])


_ODS: Final = (
    b'<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    b' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    b' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet><table:table>'
)
_ODS_END: Final = b"</table:table></office:spreadsheet></office:body></office:document-content>"
_ODS_TYPE: Final = b"application/vnd.oasis.opendocument.spreadsheet"


def _ods(repeated: bytes, times: int, before: bytes = b"", after: bytes = b"") -> Callable[[Path], None]:
    def write(path: Path) -> None:
        part = _many(_ODS + before, repeated, times, after + _ODS_END)
        _zipped(path, {"content.xml": part}, first=_ODS_TYPE)

    return write


def _csv(blocks: Callable[[], Iterator[bytes]]) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        with path.open("wb") as file:
            for block in blocks():
                file.write(block)

    return write


def _blank_lines() -> Iterator[bytes]:
    yield b"marche;lot\n1;00\n"
    for _ in range(768):
        yield b"\n" * MEBI
    yield b"2;00\n"


def _long_field() -> Iterator[bytes]:
    yield b'marche;lot;objet\n1;00;"'
    for _ in range(100):
        yield b"a" * MEBI
    yield b'"\n'


def _long_field_of_lines() -> Iterator[bytes]:
    yield b'marche;lot;objet\n1;00;"'
    for _ in range(100):
        yield b"a\n" * (MEBI // 2)
    yield b'"\n'


def _wide_line() -> Iterator[bytes]:
    yield b";".join(b"c%d" % n for n in range(1_000_000)) + b"\n"
    yield b";" * 999_999 + b"\n"


def _nul() -> Iterator[bytes]:
    yield b"marche;lot\n1;0\0\n"


def _json_deep() -> Iterator[bytes]:
    yield b"[" * (8 * MEBI)


def _json_one_text() -> Iterator[bytes]:
    yield b'[{"id": "'
    for _ in range(512):
        yield b"a" * MEBI
    yield b'"}]'


def _xml_entities() -> Iterator[bytes]:
    yield b'<?xml version="1.0"?><!DOCTYPE m [<!ENTITY a "aaaaaaaaaa">'
    for n in range(1, 30):
        yield b'<!ENTITY %c "%s">' % (97 + n % 26 if n < 26 else 65 + n, b"&%c;" % (96 + n if n < 26 else 64 + n) * 10)
    yield b"]><marches><marche><id>&z;</id></marche></marches>"


def _xml_one_text() -> Iterator[bytes]:
    yield b"<marches><marche><id>"
    for _ in range(512):
        yield b"a" * MEBI
    yield b"</id></marche></marches>"


def _xml_empty_elements() -> Iterator[bytes]:
    yield b"<marches>"
    for _ in range(512):
        yield b"<m/>" * (MEBI // 4)
    yield b"</marches>"


def _parquet_columns(path: Path) -> None:
    names = [f"c{n}" for n in range(30_000)]
    pq.write_table(pa.table([pa.array([1])] * len(names), names=names), path)


def _parquet_damaged(place: int, byte: int) -> Callable[[Path], None]:
    """The last bytes of a Parquet file are its description: one of them is another."""

    def write(path: Path) -> None:
        pq.write_table(pa.table({"month": ["2024-01"], "hours": [1.5]}), path)
        content = bytearray(path.read_bytes())
        content[-place] ^= byte
        path.write_bytes(content)

    return write


def _parquet_footer(length: int) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        with path.open("wb") as file:
            file.write(b"PAR1")
            file.truncate(600 * MEBI)
            file.seek(600 * MEBI)
            file.write(length.to_bytes(4, "little") + b"PAR1")

    return write


SOURCES: Final[dict[str, Callable[[Path], None]]] = {
    "tag_without_end.xlsx": _xlsx_tag_without_end,
    "shared_strings.xlsx": _xlsx_shared_strings,
    "one_text.xlsx": _xlsx_one_text,
    "styles.xlsx": _xlsx_styles,
    "cells.xlsx": _xlsx_cells,
    "sheets.xlsx": _xlsx_sheets,
    "rows.ods": _ods(b"<table:table-row/>", 50 * MEBI),
    "elements.ods": _ods(b"<table:a/>", 90 * MEBI),
    "one_text.ods": _ods(
        b"a" * 64,
        14 * MEBI,
        b"<table:table-row><table:table-cell><text:p>",
        b"</text:p></table:table-cell></table:table-row>",
    ),
    "tag_without_end.ods": _ods(b" " * 64, 14 * MEBI, b"<table:table-row"),
    "elements_between_rows.ods": _ods(b"<table:a/><table:b/><table:table-row/>", 20 * MEBI),
    "blank_lines.csv": _csv(_blank_lines),
    "long_field.csv": _csv(_long_field),
    "long_field_of_lines.csv": _csv(_long_field_of_lines),
    "wide_line.csv": _csv(_wide_line),
    "nul.csv": _csv(_nul),
    "deep.json": _csv(_json_deep),
    "one_text.json": _csv(_json_one_text),
    "entities.xml": _csv(_xml_entities),
    "one_text.xml": _csv(_xml_one_text),
    "empty_elements.xml": _csv(_xml_empty_elements),
    "columns.parquet": _parquet_columns,
    "footer.parquet": _parquet_footer(599 * MEBI),
    "footer_beyond.parquet": _parquet_footer(0xFFFFFFF0),
} | {
    f"damaged_{place}_{byte}.parquet": _parquet_damaged(place, byte)
    for place in range(9, 300, 23)
    for byte in (0x01, 0x80)
}


def is_refused(folder: Path, name: str) -> bool:
    """Makes the source of that name and has it checked; then it is gone, for some are large."""
    path = folder / name
    SOURCES[name](path)
    try:
        return refused(path)
    finally:
        for file in folder.glob(f"{path.stem}.*"):
            file.unlink()
