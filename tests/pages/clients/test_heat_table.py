"""The table of years and clients: readable numbers, shades that only help."""

from decimal import Decimal
from typing import Any

import pytest

from data.words import Words
from pages.clients.heat_table import heat_table, shade

CLIENTS: Any = [{"client_id": "C1", "client_name": "A <b>", "hours_validated": Decimal("10050")}]
TOTAL: Any = {"hours_validated": Decimal("10050")}


def table(*cells: tuple[int, str, float | None]) -> str:
    found: Any = [
        {"client_id": "C1", "year": year, "hours_validated": Decimal(hours), "best_year_ratio": ratio}
        for year, hours, ratio in cells
    ]
    years: Any = [{"year": year, "hours_validated": Decimal(hours)} for year, hours, _ in cells]
    return heat_table(CLIENTS, found, years, TOTAL, Words("fr"), lambda code: f"clients?client={code}&x=1")


@pytest.mark.parametrize(
    ("ratio", "step"),
    [(None, 0), (-0.5, 0), (0, 0), (0.001, 1), (0.2, 1), (0.21, 2), (0.4, 2), (0.6, 3), (0.8, 4), (0.81, 5), (1, 5)],
)
def test_shades_are_fifths_of_the_best_year(ratio: float | None, step: int) -> None:
    assert shade(ratio) == step


def test_many_hours_are_written_in_thousands_and_few_in_hours() -> None:
    assert "en milliers d’heures" in table((2020, "10000", 1.0))
    assert ">10,0</td>" in table((2020, "10000", 1.0))
    assert "en heures" in table((2020, "9999", 1.0))
    assert ">9\u202f999</td>" in table((2020, "9999", 1.0))


def test_a_few_hours_are_not_written_as_none() -> None:
    page = table((2019, "10000", 1.0), (2020, "49.75", 0.005), (2021, "0", 0.0))
    assert ">&lt;\u202f0,1</td>" in page
    assert "heat-0" in page
    assert ">–</td>" in page


def test_the_exact_hours_are_in_the_title_and_names_are_text() -> None:
    page = table((2020, "10050", 1.0))
    assert 'title="A &lt;b&gt;, 2020\u00a0: 10\u202f050,00\u00a0h"' in page
    assert '<a href="clients?client=C1&amp;x=1" target="_self">A &lt;b&gt;</a>' in page
