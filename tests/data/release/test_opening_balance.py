"""An opening balance and the extract: what is in both would count twice."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from data.problems import ExtractError
from data.settings import Authority, Settings
from data.settings_opening import OpeningBalance
from data.words import Words
from tests.extracts import contract, hours_table, publish_rows

HOURS = hours_table("""
    month   | hours_validated
    2019-03 | 100
    2020-03 | 100
""")


def settings(as_of: str, demo: bool = False) -> Settings:
    balance = OpeningBalance(hours=Decimal(500), as_of=dt.date.fromisoformat(as_of), origin="bilans", demo=demo)
    return Settings(authority=Authority(name="Essai", epci="200023414"), opening_balance=(balance,))


@pytest.mark.parametrize("as_of", ["2019-12-31", "2019-03-31", "2019-03-02"])
def test_a_balance_that_ends_after_the_first_month_is_refused_with_both_dates(as_of: str, tmp_path: Path) -> None:
    with pytest.raises(ExtractError) as refused:
        publish_rows(tmp_path, [contract()], HOURS, settings=settings(as_of))
    (problem,) = refused.value.problems
    assert problem.kind == "opening_overlaps"
    message = refused.value.text(Words("fr"))
    assert f"s’arrête au {dt.date.fromisoformat(as_of):%d/%m/%Y}" in message
    assert "premier mois de l’extraction (01/03/2019)" in message


@pytest.mark.parametrize("as_of", ["2018-12-31", "2019-02-28", "2019-03-01"])
def test_a_balance_that_ends_before_it_is_added(as_of: str, tmp_path: Path) -> None:
    assert publish_rows(tmp_path, [contract()], HOURS, settings=settings(as_of)).hours_validated == 200


def test_a_balance_of_the_demonstration_is_none_of_a_real_extract(tmp_path: Path) -> None:
    assert publish_rows(tmp_path, [contract()], HOURS, settings=settings("2019-12-31", demo=True)).hours_rows == 2
