"""LibreOffice in a French locale opens what leaves: numbers are numbers, dates are dates, totals are recalculated, nothing runs."""

import io
import os
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path
from typing import Final

import pytest

from queries.files.csv import write_csv
from queries.files.exports import batches_of
from queries.files.xlsx import write_xlsx
from tests.queries.files.test_exports import COLUMNS, EXPORT, LINK, ROWS, SUBJECT

OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
Cell = tuple[str, str]  # type, value
# Semicolons, quotes, UTF-8, from the first line, French: what French Excel takes a CSV for.
AS_FRENCH_CSV: Final = "CSV:59,34,76,1,,1036,false,true"
SETTINGS: Final = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>fr-FR</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[list[Cell]]]:
    """The cells of both files as LibreOffice holds them, opened in French and recalculated."""
    soffice = shutil.which("soffice")
    if soffice is None:
        reason = "no LibreOffice (Debian: libreoffice-calc-nogui)"
        if os.environ.get("CAP_REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    folder = tmp_path_factory.mktemp("libreoffice")
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(SETTINGS, encoding="utf-8")
    found = {}
    for name, write, options in (
        ("csv", write_csv, [f"--infilter={AS_FRENCH_CSV}"]),
        ("xlsx", write_xlsx, []),
    ):
        out = io.BytesIO()
        write(EXPORT, batches_of(ROWS, COLUMNS), out)
        file = folder / f"{name}.{name}"
        file.write_bytes(out.getvalue() if name == "csv" else _without_results(out))
        command = [soffice, f"-env:UserInstallation={profile.parent.as_uri()}", "--headless", *options]
        command += ["--convert-to", "fods", "--outdir", str(folder), str(file)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        found[name] = _cells(folder / f"{name}.fods")
    return found


def _without_results(book: io.BytesIO) -> bytes:
    """The workbook with zero in the place of what each formula was said to give."""
    out = io.BytesIO()
    with zipfile.ZipFile(book) as read, zipfile.ZipFile(out, "w") as written:
        for name in read.namelist():
            content = read.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content, found = re.subn(rb"(</f>)<v>[^<]*</v>", rb"\1<v>0</v>", content)
                assert found == 3
            written.writestr(name, content)
    return out.getvalue()


def _cells(file: Path) -> list[list[Cell]]:
    """The rows of the first sheet: the type and the value of each cell."""
    sheet = next(ET.parse(file).getroot().iter(f"{TABLE}table"))
    return [
        [cell for each in row.findall(f"{TABLE}table-cell") for cell in [_cell(each)] * _times(each)]
        for row in sheet.iter(f"{TABLE}table-row")
    ]


def _times(cell: ET.Element) -> int:
    return min(int(cell.get(f"{TABLE}number-columns-repeated", "1")), 20)


def _cell(cell: ET.Element) -> Cell:
    kind = cell.get(f"{OFFICE}value-type", "")
    names = {"float": "value", "percentage": "value", "date": "date-value", "boolean": "boolean-value"}
    if kind in names:
        return kind, cell.get(f"{OFFICE}{names[kind]}", "")
    return kind, "\n".join("".join(part.itertext()) for part in cell.findall(f"{TEXT}p"))


def test_csv_opens_in_columns_of_numbers_and_dates(opened: dict[str, list[list[Cell]]]) -> None:
    head, first, second = opened["csv"][:3]
    assert [text for _, text in head[: len(COLUMNS)]] == [column.header for column in COLUMNS]
    assert first[0] == ("date", "2020-03-01")
    assert first[4:8] == [("float", "1234.5"), ("float", "2000"), ("float", "61.725"), ("float", "12")]
    assert second[4] == ("float", "-79.25")
    assert first[1] == ("string", "'" + LINK)
    assert first[2] == ("string", SUBJECT)


def test_xlsx_opens_typed_and_its_totals_are_recalculated(opened: dict[str, list[list[Cell]]]) -> None:
    source, _, first, second, total = opened["xlsx"][:5]
    assert source[0] == ("string", EXPORT.source)
    assert first[0][0] == "date"
    assert first[0][1].startswith("2020-03-01")
    assert first[1] == ("string", "'" + LINK)
    assert first[2] == ("string", SUBJECT)
    assert first[4:8] == [("float", "1234.5"), ("float", "2000"), ("float", "61.725"), ("float", "12")]
    assert first[8] == ("boolean", "true")
    assert second[7] == ("string", "n.c.")
    assert total[0] == ("string", "Total")
    assert total[4] == ("float", str(1234.5 - 79.25))
    assert total[5] == ("float", "4000")
    assert total[6][0] == "float"
    assert float(total[6][1]) == pytest.approx(100 * (1234.5 - 79.25) / 4000)
    assert total[7] == ("", "")  # persons do not add up
