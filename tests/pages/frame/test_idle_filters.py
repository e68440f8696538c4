"""What a filter does not change is said beside the filters, on each page of the menu."""

import pytest

from tests.extracts import contracts_table, hours_table
from tests.pages.conftest import Published, Shown, texts

LOTS = """
    contract_id | client_id | client_name | clause_category
    M1          | CHU       | CHU         | execution
"""
LINES = """
    contract_id | month   | hours_validated
    M1          | 2019-05 | 100
    M1          | 2020-05 | 40
"""
WHOLE = "les mois choisis ne s’appliquent pas ici, années entières"
IDLE = "sans effet sur cette page"


@pytest.mark.parametrize(
    ("page", "idle"),
    [
        ("", ""),
        ("clients/page.py", ""),
        ("totals/page.py", ""),
        ("data_quality/page.py", "année 2020"),
        ("considerations/page.py", "type de clause\u00a0: Condition d’exécution"),
        (
            "definitions/page.py",
            "année 2020\u202f; maître d’ouvrage\u00a0: CHU\u202f; type de clause\u00a0: Condition d’exécution",
        ),
    ],
)
def test_the_filters_that_change_nothing_are_named(published: Published, shown: Shown, page: str, idle: str) -> None:
    published(contracts_table(LOTS), hours_table(LINES))
    said = texts(shown(page, annees="2020", clients="CHU", clauses="execution"))
    assert (f"({IDLE}\u00a0: {idle})" in said) if idle else IDLE not in said
    assert IDLE not in texts(shown(page))


@pytest.mark.parametrize(
    ("page", "idle"),
    [
        ("", ""),
        ("clients/page.py", ""),
        ("years/page.py", f"{WHOLE}\u00a0: années 2019 à 2020"),
        ("participants/profile.py", f"{WHOLE}\u00a0: années 2019 à 2020"),
        (
            "considerations/page.py",
            f"{WHOLE}\u00a0: années 2019 à 2020\u202f; {IDLE}\u00a0: type de clause\u00a0: Condition d’exécution",
        ),
        ("data_quality/page.py", f"{IDLE}\u00a0: de novembre 2019 à mars 2020"),
    ],
)
def test_a_page_of_whole_years_says_so_beside_months(published: Published, shown: Shown, page: str, idle: str) -> None:
    published(contracts_table(LOTS), hours_table(LINES))
    said = texts(shown(page, mois="2019-11..2020-03", clients="CHU", clauses="execution"))
    assert "Filtres\u00a0: de novembre 2019 à mars 2020\u202f; maître d’ouvrage\u00a0: CHU" in said
    assert (f"({idle})" in said) if idle else WHOLE not in said and IDLE not in said


def test_years_compared_stand_in_for_the_months(published: Published, shown: Shown) -> None:
    published(contracts_table(LOTS), hours_table(LINES))
    said = texts(shown("compare/page.py", quoi="annees", mois="2019-11..2020-03"))
    assert f"({IDLE}\u00a0: de novembre 2019 à mars 2020)" in said
    assert WHOLE not in said
    assert f"({WHOLE}\u00a0: années 2019 à 2020)" in texts(shown("compare/page.py", mois="2019-11..2020-03"))
