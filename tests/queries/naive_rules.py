"""Which lots and lines count, and for how much: the rules of the naive second implementation."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from queries.scope import Scope

Row = dict[str, Any]
ZERO = Decimal(0)


def key(row: Row) -> tuple[str, str]:
    return row["contract_id"], row["lot_id"]


def lot_is_in(lot: Row, scope: Scope) -> bool:
    counted = lot["clause_category"] != "means" if lot["counts_in_total"] is None else lot["counts_in_total"]
    return (
        (counted or scope.include_uncounted)
        and among(scope.structures, lot["structure"])
        and among(scope.clients, lot["client_id"])
        and among(scope.client_types, lot["client_type"])
        and among(scope.clause_categories, lot["clause_category"])
        and among(scope.execution_communes, lot["execution_commune"])
        and among(scope.sectors, lot["sector"])
        and among(scope.programmes, lot["programme"])
        and among(scope.facilitators, lot["facilitator_code"])
        and among(scope.purchase_kinds, lot["purchase_kind"])
        and among(scope.contractors, contractor_of(lot))
    )


def _of_lines(scope: Scope) -> dict[str, tuple[str, ...] | None]:
    """Column of a line → the values that its filter keeps."""
    return {"employer_kind": scope.employer_kinds}


def line_is_in(line: Row, scope: Scope) -> bool:
    return all(among(allowed, line[column]) for column, allowed in _of_lines(scope).items())


def filters_lines(scope: Scope) -> bool:
    return any(allowed is not None for allowed in _of_lines(scope).values())


def contractor_of(lot: Row) -> str | None:
    """Who holds the contract: the SIRET, else the name."""
    holder: str | None = lot["contractor_name"] if lot["contractor_siret"] is None else lot["contractor_siret"]
    return holder


def among(allowed: tuple[str, ...] | None, value: str | None) -> bool:
    """None is everything, an empty tuple nothing; `none` stands for an empty cell."""
    return allowed is None or ("none" if value is None else value) in allowed


def year_is_in(year: int, scope: Scope) -> bool:
    return (scope.first_year is None or scope.first_year <= year) and (
        scope.last_year is None or year <= scope.last_year
    )


# Franqueville-Saint-Pierre before its code of today.
FORMER = {"76633": "76475"}


def latest_of_client(lot: Row) -> tuple[dt.date, str, str]:
    """The lots of a client from the oldest to the latest: by notification, else start; what has no date comes first."""
    return lot["notified_on"] or lot["starts_on"] or dt.date.min, *key(lot)


def month_is_in(month: dt.date, scope: Scope) -> bool:
    """Whether a day of a month is in the years and months."""
    number = 12 * month.year + month.month
    first, last = scope.first_month, scope.last_month
    return (
        year_is_in(month.year, scope)
        and (first is None or 12 * first.year + first.month <= number)
        and (last is None or number <= 12 * last.year + last.month)
    )


def without_years(scope: Scope) -> Scope:
    return replace(scope, first_year=None, last_year=None, first_month=None, last_month=None)


def is_notified(lot: Row) -> bool:
    return lot["status"] not in ("planned", "cancelled")


def active_months(lot: Row, data_as_of: dt.date) -> list[dt.date]:
    """The months that the dates of a lot touch, as far as they are known; those of the data for a running one without any."""
    if not is_notified(lot):
        return []
    today = data_as_of if lot["status"] in ("running", "suspended") else None
    first = lot["starts_on"] or lot["notified_on"] or lot["ends_on"] or today
    last = lot["ends_on"] or lot["closed_on"] or today or lot["starts_on"] or lot["notified_on"]
    if first is None or last is None:
        return []
    numbers = range(12 * first.year + first.month - 1, 12 * last.year + last.month)
    return [dt.date(number // 12, number % 12 + 1, 1) for number in numbers]


def is_rated(lot: Row) -> bool:
    """Fixed-hours obligation, running or closed, committed > 0."""
    kind = "hours" if lot["obligation_kind"] is None else lot["obligation_kind"]
    return kind == "hours" and lot["status"] in ("running", "closed") and (lot["hours_committed"] or 0) > 0


def validated(line: Row) -> Decimal:
    return ZERO if line["status"] == "rejected" or line["hours_validated"] is None else line["hours_validated"]


def pending(line: Row) -> Decimal:
    return line["hours_declared"] if line["status"] == "declared" and line["hours_validated"] is None else ZERO


def summed(values: Iterable[Decimal]) -> Decimal:
    return sum(values, ZERO)


def summed_by(lines: Iterable[Row], key: Callable[[Row], Any], measure: Callable[[Row], Decimal]) -> dict[Any, Decimal]:
    sums: dict[Any, Decimal] = {}
    for line in lines:
        sums[key(line)] = sums.get(key(line), ZERO) + measure(line)
    return sums


def above_zero(lines: list[Row], name: str) -> int:
    """Distinct persons or work contracts with more than 0 validated hours."""
    sums = summed_by((line for line in lines if line[name] is not None), lambda line: line[name], validated)
    return sum(hours > 0 for hours in sums.values())


def ratio(part: Decimal, whole: Decimal | int | None) -> float | None:
    return float(part) / float(whole) if whole else None


def pennies(value: Decimal) -> Decimal:
    """Two places, half up."""
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)
