"""Asking questions of extracts drawn as text tables."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from data.settings import Authority, Milestone, Settings
from data.settings_opening import OpeningBalance
from queries.engine import Database
from queries.scope import Scope

Row = dict[str, Any]
# What the fixture `opened` is: contracts and hours as text tables in, the open release out.
Opened = Callable[..., Database]

EVERYTHING = Scope()
# The choices that no test turns on: no opening balance, no milestone, defaults for the rest.
SETTINGS = Settings(authority=Authority(name="Autorité d’essai", epci="200023414", clients=("MRN",)))


def answer(database: Database, question: str, scope: Scope = EVERYTHING, **parameters: str) -> list[Row]:
    """The rows of an answer, in its order."""
    rows: list[Row] = database.ask(question, scope, **parameters).to_pylist()
    return rows


def only(database: Database, question: str, scope: Scope = EVERYTHING, **parameters: str) -> Row:
    """The single row of an answer."""
    (row,) = answer(database, question, scope, **parameters)
    return row


def by(key: str, rows: list[Row], value: str = "hours_validated") -> dict[Any, Any]:
    """One column of an answer, by another."""
    found = {row[key]: row[value] for row in rows}
    assert len(found) == len(rows), f"{key} does not identify the rows"
    return found


def month(text: str) -> dt.date:
    """2015-03 as the first day of the month."""
    return dt.date.fromisoformat(f"{text}-01")


def milestones(*entries: Milestone, opening: int = 0) -> Settings:
    """Settings with these milestones and that opening balance."""
    balances = (
        (OpeningBalance(hours=Decimal(opening), as_of=dt.date(2002, 12, 31), origin="Bilans"),) if opening else ()
    )
    return Settings(authority=SETTINGS.authority, milestones=entries, opening_balance=balances)


def milestone(target: int, id: str = "jalon", **narrowing: Any) -> Milestone:
    """A target in hours."""
    return Milestone(id=id, name=id, target_hours=Decimal(target), **narrowing)


def filtered(scope: Scope, field: str, values: tuple[str, ...] | None) -> Scope:
    """The scope with that list in one of its filters."""
    changes: dict[str, Any] = {field: values}
    return replace(scope, **changes)
