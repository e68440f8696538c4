"""Side by side: figures, curves and table of each, on hours worked by hand."""

import json
import re

import pytest
from streamlit.testing.v1 import AppTest

from tests.extracts import contracts_table, hours_table
from tests.pages.conftest import Published, Shown, texts

CONTRACTS = """
    contract_id | client_id | client_name | execution_commune | clause_category
    M1          | C1        | Rezé        | 76540             | execution
    M2          | C2        | Ville d’A   | 76095             | execution
    M3          | C3        | CHU         | 76540             | reserved_iae
"""
HOURS = """
    contract_id | month   | hours_validated
    M1          | 2019-03 | 100
    M1          | 2020-03 | 20
    M2          | 2020-04 | 7
    M3          | 2020-05 | 500
"""


@pytest.fixture(autouse=True)
def release(published: Published) -> None:
    published(contracts_table(CONTRACTS), hours_table(HOURS))


def curves(at: AppTest) -> dict[str, list[float]]:
    """The hours of each line from 2019 to 2020."""
    figure = json.loads(at.get("plotly_chart")[0].proto.spec)
    return {trace["name"]: [float(hours) for hours in trace["y"][:2]] for trace in figure["data"]}


def test_communes_of_the_address(shown: Shown) -> None:
    at = shown("compare/page.py", comparer="76095,76540")
    # 100 + 20 + 500; 7
    assert "Rouen (620\u00a0h) compte le plus d’heures de 2019 à 2026, devant Bihorel (7\u00a0h)." in texts(at)
    assert curves(at) == {"Rouen": [100, 20 + 500], "Bihorel": [0, 7]}
    assert [list(found.value) for found in at.multiselect] == [["76540", "76095"]]


def test_years_and_other_filters_apply(shown: Shown) -> None:
    page = texts(shown("compare/page.py", comparer="76095,76540", annees="2020", clauses="execution"))
    assert "Rouen (20\u00a0h) compte le plus d’heures en 2020, devant Bihorel (7\u00a0h)." in page


def test_clients_and_clauses(shown: Shown) -> None:
    page = texts(shown("compare/page.py", quoi="clients", comparer="C1,C2,C3", annees="2019-2020"))
    assert (
        "CHU (500\u00a0h) compte le plus d’heures de 2019 à 2020, devant Rezé (120\u00a0h) et Ville d’A (7\u00a0h)."
        in page
    )
    page = texts(shown("compare/page.py", quoi="clauses", annees="2019-2020"))
    assert (
        "Marché réservé SIAE (500\u00a0h) compte le plus d’heures de 2019 à 2020, devant Condition d’exécution (127\u00a0h)."
        in page
    )


def test_what_there_is_not_is_left_out(shown: Shown) -> None:
    page = texts(shown("compare/page.py", quoi="what", comparer="99999,76540"))
    assert "Rouen (620\u00a0h) de 2019 à 2026. Ajoutez un choix pour comparer." in page


def test_a_choice_is_written_into_the_address(shown: Shown) -> None:
    at = shown("compare/page.py", comparer="76095,76540")
    at.multiselect(key="cap_compared").set_value(["76095"]).run()
    assert "Bihorel (7\u00a0h) de" in texts(at)


def test_two_names_in_the_search_lead_here(shown: Shown) -> None:
    page = texts(shown("search/page.py", q="Rouen et Bihorel depuis 2020"))
    assert (
        '<a href="comparer?quoi=communes&amp;comparer=76540,76095&amp;annees=2020-">Comparer Rouen et Bihorel</a>'
        in page
    )


def test_years_over_their_common_complete_months(shown: Shown) -> None:
    page = texts(shown("compare/page.py", quoi="annees", comparer="2019,2020", annees="2020", communes="76540"))
    # The release begins in March 2019: ten months, of Rouen alone: 100; 20 + 500. The years of the filter do not cut.
    assert (
        "2020 (520\u00a0h) compte le plus d’heures sur les 10 mois complets communs à toutes, de mars à décembre, devant 2019 (100\u00a0h)."
        " 2019 n’a pas douze mois complets."
    ) in page
    assert "sans effet sur cette page" in page
    assert '<th scope="row">mars</th><td class="number">100</td><td class="number">20</td>' in page


def test_years_from_the_same_start(shown: Shown) -> None:
    at = shown("compare/page.py", quoi="annees", comparer="2019,2020", mesure="indice")
    # March is the only month in which both have hours: 100 and 20; in May 2020 500 of 20.
    assert "Heures réalisées par mois, indice 100 en mars" in texts(at)
    figure = json.loads(at.get("plotly_chart")[0].proto.spec)
    assert [trace["y"][:3] for trace in figure["data"]] == [[100, 0, 0], [100, 35, 2500]]
    assert (
        "Indice 100 en mars, premier mois où chaque année a des heures\u202f; en décembre\u00a0: 2019 à 0,0 et 2020 à 0,0."
        in texts(at)
    )


def test_an_index_without_a_common_year_is_none(shown: Shown) -> None:
    at = shown("compare/page.py", comparer="76095,76540", mesure="indice")
    # 2020 is complete, and both have hours: 7; 520.
    assert "Indice 100 en 2020" in texts(at)
    at = shown("compare/page.py", comparer="76095,76540", mesure="indice", annees="2019")
    assert "Indice non calculable\u00a0: aucune année complète où chaque élément comparé a des heures." in texts(at)


def test_months_are_ordered_by_the_calendar(shown: Shown) -> None:
    page = texts(shown("compare/page.py", quoi="annees", comparer="2019,2020", tri_comparaison="-month"))
    names = re.findall(r'<th scope="row">(\w+)</th>', page)
    assert names[:10] == [
        "décembre",
        "novembre",
        "octobre",
        "septembre",
        "août",
        "juillet",
        "juin",
        "mai",
        "avril",
        "mars",
    ]
