"""Tables in the order of a column: kept in the address, on the server, whatever is missing last."""

import re
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from data.words import Words
from pages.parts.sorting import Order, Sorting
from pages.parts.tables import Column
from tests.extracts import contracts_table, hours_table
from tests.pages.conftest import Published, Shown, texts

COLUMNS = (Column(key="name", label="Nom"), Column(key="hours", label="Heures", kind="hours"))
ROWS: list[dict[str, Any]] = [
    {"name": "Ville de Rouen", "hours": 20},
    {"name": "Élan", "hours": None},
    {"name": "CHU", "hours": 300},
    {"name": "zinc", "hours": 4, "hidden": ("hours",)},
]
CONTRACTS = """
    contract_id | client_id | client_name | execution_commune
    M1          | C1        | Rezé        | 76540
    M2          | C2        | Bihorel     | 76095
    M3          | C3        | Canteleu    | 76157
"""
HOURS = """
    contract_id | month   | hours_validated
    M1          | 2020-03 | 100
    M2          | 2020-03 | 20
    M3          | 2020-03 | 300
"""


@pytest.mark.parametrize(
    ("order", "names"),
    [
        (None, ["Ville de Rouen", "Élan", "CHU", "zinc"]),
        (Order(key="hours", descending=True), ["CHU", "Ville de Rouen", "Élan", "zinc"]),  # hidden and unknown last
        (Order(key="hours"), ["Ville de Rouen", "CHU", "Élan", "zinc"]),
        (
            Order(key="name"),
            ["CHU", "Élan", "Ville de Rouen", "zinc"],
        ),  # accents and capitals aside, towns by their name
        (Order(key="name", descending=True), ["zinc", "Ville de Rouen", "Élan", "CHU"]),
    ],
)
def test_rows_in_an_order(order: Order | None, names: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Sorting, "chosen", None)
    rows = Sorting(name="essai", columns=COLUMNS, usual=order).sorted(ROWS, Words("fr"))
    assert [row["name"] for row in rows] == names


@pytest.fixture
def release(published: Published) -> None:
    published(contracts_table(CONTRACTS), hours_table(HOURS))


def table(at: AppTest) -> str:
    """The table of the communes: those without hours are beyond the first three."""
    found = re.search(r'aria-label="Heures par commune d’exécution".*?</table>', texts(at))
    assert found is not None
    return found[0]


def first_three(at: AppTest) -> list[str]:
    body = table(at).split("<tbody>")[1]
    return re.findall(r'<th scope="row">(?:<a [^>]*>)?([^<]*)', body)[:3]


@pytest.mark.usefixtures("release")
def test_communes_stand_by_their_hours(shown: Shown) -> None:
    at = shown("communes/page.py")
    assert first_three(at) == ["Canteleu", "Rouen", "Bihorel"]
    assert table(at).count("aria-sort") == 1
    assert re.search(r'aria-sort="descending"><a href="\?tri_heures_par_commune=hours_validated"', table(at))


@pytest.mark.usefixtures("release")
def test_the_address_keeps_the_order_with_all_else(shown: Shown) -> None:
    at = shown("communes/page.py", tri_heures_par_commune="hours_validated", annees="2020", mesure="habitants")
    rows = re.findall(r'<th scope="row">(?:<a [^>]*>)?([^<]*)', table(at).split("<tbody>")[1])
    assert rows.index("Bihorel") < rows.index("Rouen") < rows.index("Canteleu")
    assert 'aria-sort="ascending"' in table(at)
    # Back to the usual order: nothing of it stands in the address.
    assert '<a href="?mesure=habitants&amp;annees=2020-2020" id="tri_heures_par_commune_hours_validated"' in table(at)
    assert "tri_heures_par_commune=name&amp;annees=2020-2020" in table(at)


@pytest.mark.usefixtures("release")
def test_an_order_that_there_is_not_is_the_usual_one(shown: Shown) -> None:
    assert first_three(shown("communes/page.py", tri_heures_par_commune="-what")) == ["Canteleu", "Rouen", "Bihorel"]


@pytest.mark.usefixtures("release")
def test_a_folded_table_that_a_link_orders_is_open(shown: Shown) -> None:
    def is_open(at: AppTest) -> bool:
        return any(found.proto.expanded for found in at.expander)

    assert not is_open(shown("milestones/page.py"))
    found = shown("milestones/page.py", tri_heures_par_an="-hours_validated")
    assert is_open(found)
    assert "?tri_heures_par_an=hours_validated" in texts(found)
