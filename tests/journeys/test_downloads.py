"""Files that leave: French Excel opens them, they say where they come from, and they hold the numbers of the screen.

The other formats hold the same rows: tests/pages/parts/test_downloads.py.
"""

import csv
import io
import re
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Final

import openpyxl
import pytest
from playwright.sync_api import Locator, Page

from data.settings import load_settings
from data.words import rounded
from tests.journeys.conftest import Tour
from tests.journeys.tour import LISTS, MENU, first_of, unfold

PLACES: Final = (*MENU, *(f"one line of {path}" for path in LISTS))
HOURS: Final = "Heures réalisées (h)"
NUMBER: Final = re.compile(r"[−+-]?\d[\d\u202f]*(,\d+)?")
FRENCH_CSV: Final = "CSV pour Excel en français"
# The table that stands before a download control, nearest to it, with its body's and its last line's cells as shown.
TABLE_BEFORE = """
(button) => {
  let holder = button;
  while (holder && !holder.querySelector('.cap-table')) holder = holder.parentElement;
  const before = [...(holder?.querySelectorAll('.cap-table') ?? [])]
    .filter((table) => table.compareDocumentPosition(button) & Node.DOCUMENT_POSITION_FOLLOWING);
  const cells = (selector) => [...before.at(-1)?.querySelectorAll(selector) ?? []]
    .map((row) => [...row.cells].map((cell) => cell.textContent.trim()));
  return {head: cells('thead tr')[0] ?? [], body: cells('tbody tr'), foot: cells('tfoot tr')[0] ?? []};
}
"""


@pytest.fixture(scope="module", params=PLACES)
def page(request: pytest.FixtureRequest, tour: Tour) -> Page:
    """Each page of the menu and of a line of its lists, all of it unfolded."""
    asked = str(request.param)
    path = asked.removeprefix("one line of ")
    shown = tour(path)
    return unfold(shown if path == asked else first_of(shown), at_most=50 if path != "/definitions" else 0)


def controls(page: Page) -> list[Locator]:
    """What opens the formats of each table of the page."""
    return page.locator('[class*="st-key-downloads_"]').all()


def downloaded(page: Page, control: Locator, format: str = FRENCH_CSV) -> tuple[str, bytes]:
    """The name and the content of the file behind a control, in a format."""
    control.get_by_role("button").click()
    with page.expect_download() as download:
        page.get_by_role("button", name=format, exact=True).click()
    page.keyboard.press("Escape")
    page.get_by_role("button", name=format, exact=True).wait_for(state="detached")
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def lines(content: bytes) -> list[list[str]]:
    """The cells of a file as French Excel reads it."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def number(text: str) -> Decimal:
    """A number as it is written in French, on screen or in a file."""
    return Decimal(text.replace("\u202f", "").replace("−", "-").replace(",", "."))


def differences(head: list[str], shown: list[list[str]], rows: list[list[str]]) -> list[str]:
    """Numbers that the screen shows and that the file does not round to: both are rounded from the same, the file to its last digit."""
    found = []
    for shown_row, row in zip(shown, rows, strict=True):
        for title, text, cell in zip(head, shown_row, row, strict=False):
            if NUMBER.fullmatch(text) and not re.search("[a-zé]", cell):
                digit, last = (Decimal(1).scaleb(-len(one.partition(",")[2])) for one in (text, cell))
                if cell == "" or abs(number(cell) - number(text)) > (digit + (last if last < digit else 0)) / 2:
                    found.append(f"{shown_row[0]}, {title}: {text} on screen, {cell} in the file")
    return found


def test_every_file_is_french_excels_and_holds_what_the_screen_shows(page: Page) -> None:
    names = [control.inner_text() for control in controls(page)]
    assert len(set(names)) == len(names)
    for button in controls(page):
        name, content = downloaded(page, button)
        assert re.fullmatch(r"demonstration_[a-z0-9_]+_2026-10-31\.csv", name)
        assert content.startswith(b"\xef\xbb\xbf")
        assert b"\r\n" in content
        head, *rows = lines(content)
        assert rows
        assert {len(row) for row in rows} == {len(head)}
        assert all(title[:1].isupper() or title[:1].isdigit() for title in head)
        assert head[-1] == "Source"
        source = "Démonstration, chiffres inventés\u202f; données au 31/10/2026"
        assert {row[-1] for row in rows} == {source}
        # No number with a point, no thousands.
        assert [
            cell for row in rows for cell in row if re.fullmatch(r"-?\d+\.\d+|\d{1,3}([ \u202f\u00a0]\d{3})+", cell)
        ] == []

        table = button.evaluate(TABLE_BEFORE)
        if table["head"] == head[:-1]:
            assert differences(head, table["body"], rows) == []
            for title, text, *column in zip(head, table["foot"], *rows, strict=False):
                if title.endswith("(h)") and "habitants" not in title and NUMBER.fullmatch(text):
                    shown = Decimal("0.01") if "," in text else Decimal(1)  # a foot may be in whole hours
                    total = sum(map(number, filter(None, column)), Decimal(0))
                    assert total.quantize(shown, ROUND_HALF_UP) == number(text), title


def test_every_breakdown_adds_up_to_the_sentence_of_the_first_page(tour: Tour) -> None:
    page = tour("/")
    said = re.match(r"[\d\u202f]+", page.locator(".cap-answer").inner_text())
    assert said is not None
    opening = sum(balance.hours for balance in load_settings().opening_balance)
    sums = {}
    for path in ("/", "/annees", "/clauses", "/clients", "/communes"):
        page = unfold(tour(path), at_most=50)
        for button in controls(page):
            name, content = downloaded(page, button)
            head, *rows = lines(content)
            if HOURS in head:
                column = head.index(HOURS)
                sums[f"{path} {name}"] = sum(number(row[column]) for row in rows if row[column])
    assert len(sums) >= 7
    assert len(set(sums.values())) == 1, sums
    assert round(next(iter(sums.values())) + opening) == number(said[0])


def test_a_file_says_its_filters(tour: Tour) -> None:
    page = unfold(tour("/annees?types=commune&annees=2019-2021"))
    name, content = downloaded(page, controls(page)[0])
    head, *rows = lines(content)
    assert name == "demonstration_heures_par_an_2026-10-31.csv"
    assert [row[0] for row in rows] == ["2021", "2020", "2019"]
    filters = "années 2019 à 2021\u202f; type de maître d’ouvrage\u00a0: Commune"
    assert {row[-1] for row in rows} == {
        f"Démonstration, chiffres inventés\u202f; données au 31/10/2026\u202f; {filters}"
    }
    # The hours of the three years on screen.
    said = page.locator(".cap-table tbody tr td:nth-child(2)").first.inner_text()
    assert number(said) == rounded(str(number(rows[0][head.index(HOURS)])), 0)


def test_every_format_is_offered_and_says_what_it_is(tour: Tour) -> None:
    page = unfold(tour("/annees"))
    (control, *_) = controls(page)
    for format, ending, begins in (
        ("Excel (XLSX)", ".xlsx", b"PK"),
        ("CSV international", "_international.csv", "Année,".encode()),
        ("Parquet", ".parquet", b"PAR1"),
        ("JSON", ".json", b'{"about": {'),
    ):
        name, content = downloaded(page, control, format)
        assert name == f"demonstration_heures_par_an_2026-10-31{ending}"
        assert content.startswith(begins)
    name, content = downloaded(page, control, "Excel (XLSX)")
    about = openpyxl.load_workbook(io.BytesIO(content))["À propos"]
    facts = {row[0]: row[1] for row in about.iter_rows(max_col=2, values_only=True)}
    assert str(facts["Adresse de la vue"]).endswith("/annees")
    assert facts["Question"] == "Combien d’heures chaque année\u202f?"
