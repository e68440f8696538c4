"""Files that leave: they add up to what the first page says, say their filters, and are offered in every format.

Each file of each page against its screen: test_every_page.py. The other formats hold the same rows: tests/pages/parts/test_downloads.py.
"""

import io
import re
from typing import Final

import openpyxl

from data.settings import load_settings
from data.words import rounded
from tests.journeys.conftest import Tour
from tests.journeys.files import controls, downloaded, lines, number
from tests.journeys.tour import unfold

HOURS: Final = "Heures réalisées (h)"


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
