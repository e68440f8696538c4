"""The page that reconciles totals, on figures worked by hand."""

import re

import pytest

from tests.extracts import contracts_table, hours_table
from tests.pages.conftest import Published, Shown, texts

LOTS = """
    contract_id | client_id | counts_in_total
    M1          | CHU       | true
    M2          | MRN       | false
"""
LINES = """
    entry_id | contract_id | month   | hours_validated
    E1       | M1          | 2019-05 | 100
    E2       | M1          | 2020-05 | 40.50
    E3       | M2          | 2020-05 | 7
    E3       | M2          | 2020-05 | 9
"""


def test_the_sentence_names_each_difference(published: Published, shown: Shown) -> None:
    published(contracts_table(LOTS), hours_table(LINES))
    page = texts(shown("totals/page.py"))
    # 100 + 40.5 + 7 + 9 = 156.5; less the duplicate's 9, less M2's 7
    assert (
        "Les pages comptent 140,50\u00a0h\u00a0: 156,50\u00a0h publiées, moins 9,00\u00a0h écartées (doublons, heures sans lot connu)"
        " et 7,00\u00a0h de lots hors du total." in page
    )
    assert "La courbe du cumul" not in page


def test_a_filter_on_years_leaves_the_curve_whole(published: Published, shown: Shown) -> None:
    published(contracts_table(LOTS), hours_table(LINES))
    page = texts(shown("totals/page.py", annees="2020"))
    assert "Les pages comptent 40,50\u00a0h" in page
    assert "100,00\u00a0h d’autres années ou d’autres mois" in page
    assert "La courbe du cumul se termine à 140,50\u00a0h." in page


@pytest.mark.parametrize("page", ["milestones/page.py", "years/page.py", "clients/page.py"])
def test_pages_of_hours_say_why_another_total_differs(published: Published, shown: Shown, page: str) -> None:
    published(contracts_table(LOTS), hours_table(LINES))
    said = texts(shown(page, annees="2020"))
    assert (
        "Écarts entre totaux, sur toute la publication\u00a0: 9\u00a0h écartées (doublons, heures sans lot connu)\u202f; "
        "7\u00a0h de lots hors du total." in said
    )
    assert re.search(r'<a href="totaux\?annees=2020[^"]*" target="_self"[^>]*>Tous les totaux</a>', said)
