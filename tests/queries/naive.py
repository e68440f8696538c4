"""The questions answered a second time, line by line, in plain Python: no engine, no rollup, no shared code.

Written from the data contract and the domain page, and not from the SQL, so that a mistake has to be made twice to pass.
Slow on purpose: a list, a loop, a sum.
"""

import datetime as dt
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

from data.settings import Milestone, Settings
from queries.scope import Scope
from tests.queries.naive_forecast import Dates, Outlook, dates, judged, later, margin, months_between, outlook
from tests.queries.naive_rules import (
    FORMER,
    ZERO,
    Row,
    above_zero,
    active_months,
    filters_lines,
    is_notified,
    is_rated,
    key,
    latest_of_client,
    line_is_in,
    lot_is_in,
    month_is_in,
    pending,
    pennies,
    ratio,
    summed,
    summed_by,
    validated,
    without_years,
    year_is_in,
)

Worked = tuple[dt.date, Decimal]


@dataclass(frozen=True, kw_only=True)
class Naive:
    """An extract as its owner wrote it, with the settings and the date of the data."""

    contracts: Sequence[Row]
    hours: Sequence[Row]
    settings: Settings
    data_as_of: dt.date
    population: dict[str, int]

    def __post_init__(self) -> None:
        """A client is described as by its latest lot, a former commune is the one it belongs to, what is unknown is empty."""
        latest = {
            client: max((lot for lot in self.contracts if lot["client_id"] == client), key=latest_of_client)
            for client in {lot["client_id"] for lot in self.contracts}
        }
        lots = [
            lot
            | {name: latest[lot["client_id"]][name] for name in ("client_name", "client_type")}
            | {"execution_commune": FORMER.get(lot["execution_commune"], lot["execution_commune"])}
            for lot in self.contracts
        ]
        lines = [
            line | {"employer_kind": None if line["employer_kind"] == "unknown" else line["employer_kind"]}
            for line in self.hours
        ]
        object.__setattr__(self, "contracts", lots)
        object.__setattr__(self, "hours", lines)

    # Which lots and lines there are

    def lots_of(self, scope: Scope) -> list[Row]:
        """The lots that the filters on lots let through, active in the years and with hours of the employers."""
        return [lot for lot in self.contracts if lot_is_in(lot, scope) and self._works_in(lot, scope)]

    def _works_in(self, lot: Row, scope: Scope) -> bool:
        if not filters_lines(scope) and any(month_is_in(month, scope) for month in active_months(lot, self.data_as_of)):
            return True
        if scope.first_year is None and scope.last_year is None and not filters_lines(scope):
            return True
        return any(
            key(line) == key(lot)
            and line["status"] != "rejected"
            and line_is_in(line, scope)
            and month_is_in(line["month"], scope)
            for line in self.kept
        )

    @cached_property
    def kept(self) -> list[Row]:
        """The lines that are neither duplicates nor orphans, in file order."""
        known = {key(lot) for lot in self.contracts}
        seen: set[str] = set()
        lines = []
        for line in self.hours:
            if line["entry_id"] not in seen and key(line) in known:
                lines.append(line)
            seen.add(line["entry_id"])
        return lines

    def lines_of(self, scope: Scope, years: bool = True, employers: bool = True) -> list[Row]:
        """The lines of the lots in scope that the filters on lines let through."""
        keys = {key(lot) for lot in self.lots_of(scope if years else without_years(scope))}
        return [
            line
            for line in self.kept
            if key(line) in keys
            and (not employers or line_is_in(line, scope))
            and (not years or month_is_in(line["month"], scope))
        ]

    @cached_property
    def months(self) -> list[dt.date]:
        """Every month from the first one worked to that of the data date."""
        worked = [line["month"] for line in self.kept]
        months = [min(worked)]
        while months[-1] < self.data_as_of.replace(day=1):
            months.append((months[-1] + dt.timedelta(days=31)).replace(day=1))
        return months

    def provisional(self, month: dt.date) -> bool:
        """Whether the lag has not passed since the end of the month: day by day to the end of the last month of the lag."""
        end = month
        for _ in range(self.settings.counting.declaration_lag_months + 1):
            end = (end + dt.timedelta(days=31)).replace(day=1)
        return self.data_as_of < end - dt.timedelta(days=1)

    def opening(self, scope: Scope) -> Decimal:
        """The opening balance, when nothing but years and clients is filtered: of the whole, or of the clients."""
        if scope != Scope(
            first_year=scope.first_year,
            last_year=scope.last_year,
            first_month=scope.first_month,
            last_month=scope.last_month,
            clients=scope.clients,
            include_uncounted=scope.include_uncounted,
        ):
            return ZERO
        return sum(
            (
                balance.hours
                for balance in self.settings.opening_balance
                if (balance.client is None if scope.clients is None else balance.client in scope.clients)
            ),
            ZERO,
        )

    # The questions

    def headline(self, scope: Scope) -> Row:
        lines = self.lines_of(scope)
        if scope.has_months:
            nobody = None if lines else 0  # participants are never told by month; nobody works where there is no line
            return self.totals(scope) | {
                "participants": nobody,
                "work_contracts": nobody,
                "hours_per_participant": None,
            }
        persons = {
            "participants": above_zero(lines, "participant_id"),
            "work_contracts": above_zero(lines, "work_contract_id"),
        }
        return self.totals(scope) | persons

    def totals(self, scope: Scope) -> Row:
        lots, lines = self.lots_of(scope), self.lines_of(scope)
        rated = [lot for lot in lots if is_rated(lot)]
        running = {lot["client_id"] for lot in lots if lot["status"] == "running"}
        owner = {key(lot): lot["client_id"] for lot in lots}
        worked = summed_by(lines, lambda line: owner[key(line)], validated)
        return {
            "hours_validated": summed(map(validated, lines)),
            "hours_pending": summed(map(pending, lines)),
            **self._completion(scope, lots),
            "lots_excluded": len(lots) - len(rated),
            "contracts": len({lot["contract_id"] for lot in lots}),
            "lots": len(lots),
            "clients": len(running | {client for client, hours in worked.items() if hours > 0}),
            "clients_with_hours": sum(hours > 0 for hours in worked.values()),
            "contractors": len({lot["contractor_siret"] or lot["contractor_name"] for lot in lots} - {None}),
            "fte": ratio(summed(map(validated, lines)), self.settings.counting.fte_divisor),
        }

    def milestone_progress(self, scope: Scope) -> list[Row]:
        rows = []
        for milestone in self.settings.milestones:
            lots = [
                lot
                for lot in self.lots_of(without_years(scope))
                if milestone.client in (None, lot["client_id"])
                and milestone.clause_category in (None, lot["clause_category"])
            ]
            keys = {key(lot) for lot in lots}
            opening = ZERO
            if milestone.measure == "validated":
                worked = [
                    (line["month"], validated(line)) for line in self.lines_of(scope, years=False) if key(line) in keys
                ]
                toward = [(month, hours) for month, hours in worked if milestone.year in (None, month.year)]
                if (milestone.clause_category, milestone.year) == (None, None):
                    opening = self.opening(
                        scope if milestone.client is None else scope.narrowed(clients=(milestone.client,))
                    )
            else:
                lots = [lot for lot in lots if is_notified(lot)]
                worked = [(self._notified(lot), lot["hours_committed"] or ZERO) for lot in lots]
                toward = [
                    (self._notified(lot), lot["hours_committed"] or ZERO)
                    for lot in lots
                    if milestone.year in (None, self._notified_year(lot))
                ]
            crossed, total = None, opening
            for month in self.months:
                total += summed(hours for worked_in, hours in toward if worked_in == month)
                if crossed is None and opening < milestone.target_hours <= total:
                    crossed = month
            rows.append(
                {
                    "milestone": milestone.id,
                    "measure": milestone.measure,
                    "target_hours": milestone.target_hours,
                    "hours_to_date": total,
                    "share_ratio": ratio(total, milestone.target_hours),
                    "crossed_month": crossed,
                    "gap_hours": total - milestone.target_hours,
                    **self._ahead(milestone, worked, toward, opening, total),
                }
            )
        return rows

    def _ahead(
        self, milestone: Milestone, worked: list[Worked], toward: list[Worked], opening: Decimal, total: Decimal
    ) -> Row:
        """What is said of a milestone's date: see naive_forecast.py. `worked`: what its pace is made of; `toward`: what counts."""
        complete = [month for month in self.months if not self.provisional(month)]
        hours = [summed(value for worked_in, value in worked if worked_in == month) for month in complete]
        done = opening + summed(value for worked_in, value in toward if worked_in in complete)
        now, missing, last = outlook([float(value) for value in hours]), milestone.target_hours - done, complete[-1]
        nothing: Row = dict.fromkeys(("projected_earliest", "projected_month", "projected_latest", "not_before"))
        row: Row = {"spread_ratio": now.spread, "history_months": now.months, **nothing}
        if total >= milestone.target_hours:
            return row | {"status": "reached"}
        end = milestone.due_on if milestone.year is None else dt.date(milestone.year, 12, 31)
        months = None if end is None else months_between(last, end + dt.timedelta(days=1)) - 1
        past = months is not None and months <= 0 if milestone.year else end is not None and end < self.data_as_of
        if months is not None and months > 0:
            row["needed_per_month"] = pennies(max(missing, ZERO) / (min(12, months) if milestone.year else months))
        found: Dates | str = dates(now, float(missing))
        declared = max((month for month, _ in worked), default=None)
        if not now.months and not any(value for _, value in worked):
            found = "no_hours"
        elif (
            (milestone.measure, milestone.clause_category) == ("validated", None)
            and declared
            and months_between(declared, self.data_as_of) > self.settings.counting.late_after_months
        ):
            found = "late_declarations"
        if isinstance(found, Dates) and milestone.year is None:
            row |= {
                "projected_earliest": later(last, found.earliest),
                "projected_month": later(last, found.middle),
                "projected_latest": later(last, found.latest),
                "not_before": None if found.latest else later(last, found.earliest),
            }
        return row | {"status": "missed" if past else self._status(milestone, now, found, float(missing), months)}

    def _status(
        self, milestone: Milestone, now: Outlook, found: Dates | str, missing: float, months: int | None
    ) -> str:
        if found == "short_history":
            return "too_early"
        if isinstance(found, str) and not (found == "beyond_ten_years" and (milestone.year or months is not None)):
            return "not_projectable"
        if months is None:
            assert isinstance(found, Dates)
            return "projected" if found.latest else "not_before"
        assert now.spread is not None
        if milestone.year is None:
            word = judged(margin(now, missing, months, now.spread * math.sqrt(max(months, 0) / 12)))
            return word if isinstance(found, Dates) or word == "late" else "not_projectable"
        return judged(margin(now, missing, min(12, months), now.spread * 1.28 * math.sqrt((12 + months) / 24)))

    def hours_by_month(self, scope: Scope) -> list[Row]:
        total, whole_life = self.opening(scope), self.lines_of(scope, years=False)
        rows = []
        for month in self.months:
            lines = [line for line in whole_life if line["month"] == month]
            total += summed(map(validated, lines))
            row = {
                "month": month,
                "hours_validated": summed(map(validated, lines)),
                "hours_pending": summed(map(pending, lines)),
                "cumulative_hours": total,
                "provisional": self.provisional(month),
            }
            if month_is_in(month, scope):
                rows.append(row)
        return rows

    def hours_by_year(self, scope: Scope) -> list[Row]:
        lines = self.lines_of(scope, years=False)

        def worked(months: list[dt.date]) -> Decimal:
            return summed(validated(line) for line in lines if line["month"] in months)

        rows = []
        for year in sorted({month.year for month in self.months}):
            own = [
                month
                for month in self.months
                if month.year == year
                and month_is_in(month, Scope(first_month=scope.first_month, last_month=scope.last_month))
            ]
            compared = [
                month for month in own if not self.provisional(month) and month.replace(year=year - 1) in self.months
            ]
            before = [month.replace(year=year - 1) for month in compared]
            change = ratio(worked(compared) - worked(before), worked(before))
            if year_is_in(year, scope):
                rows.append(
                    {
                        "year": year,
                        "hours_validated": worked(own),
                        "hours_pending": summed(pending(line) for line in lines if line["month"] in own),
                        "compared_months": len(compared),
                        "change_ratio": change if len(compared) == 12 else None,
                        "same_months_change_ratio": change,
                        "fte": ratio(worked(own), self.settings.counting.fte_divisor),
                    }
                )
        return rows

    def hours_by_clause(self, scope: Scope) -> list[Row]:
        return self._by_lot(scope, "clause_category")

    def hours_by_client(self, scope: Scope) -> list[Row]:
        return self._by_lot(scope, "client_id", ("client_name", "client_type"))

    def hours_by_client_type(self, scope: Scope) -> list[Row]:
        columns = ("client_type", "hours_validated", "share_ratio", "hours_committed", "completion_ratio")
        return [{name: row[name] for name in columns} for row in self._by_lot(scope, "client_type")]

    def hours_by_commune(self, scope: Scope) -> list[Row]:
        rows = []
        for row in self._by_lot(scope, "execution_commune"):
            population = self.population.get(row["execution_commune"] or "")
            rows.append(
                {
                    **{name: row[name] for name in ("execution_commune", "hours_validated", "share_ratio", "lots")},
                    "population": population,
                    "hours_per_1000": ratio(row["hours_validated"] * 1000, population),
                }
            )
        return rows

    def hours_by_sector(self, scope: Scope) -> list[Row]:
        sectors = {key(lot): lot["sector"] for lot in self.contracts}
        return self._by_line(scope, "sector", lambda line: sectors[key(line)])

    def hours_by_employer_kind(self, scope: Scope) -> list[Row]:
        return self._by_line(scope, "employer_kind", lambda line: line["employer_kind"])

    def hours_by_work_contract_type(self, scope: Scope) -> list[Row]:
        return self._by_line(scope, "work_contract_type", lambda line: line["work_contract_type"])

    def hours_by_clause_and_year(self, scope: Scope) -> list[Row]:
        return self._by_year(scope, "clause_category")

    def hours_by_client_and_year(self, scope: Scope) -> list[Row]:
        return self._by_year(scope, "client_id")

    def lots(self, scope: Scope) -> list[Row]:
        in_scope, whole_life = self.lines_of(scope), self.lines_of(scope, years=False, employers=False)
        rows = []
        for lot in self.lots_of(scope):
            lines = [line for line in whole_life if key(line) == key(lot)]
            done = summed(map(validated, lines))
            expected = self._expected(lot)
            complete = summed(validated(line) for line in lines if not self.provisional(line["month"]))
            judged = done if lot["status"] == "closed" else complete
            alert = self._alert(lot, judged, bool(done or summed(map(pending, lines))), expected)
            rows.append(
                {
                    "contract_id": lot["contract_id"],
                    "lot_id": lot["lot_id"],
                    "hours_committed": lot["hours_committed"],
                    "hours_validated": summed(validated(line) for line in in_scope if key(line) == key(lot)),
                    "completion_ratio": ratio(done, lot["hours_committed"]) if is_rated(lot) else None,
                    "expected_hours": expected,
                    "gap_hours": None if expected is None else complete - expected,
                    "missing_hours": self._missing(lot, alert, judged, complete, expected),
                    "needed_per_month": self._needed(lot, judged, expected),
                    "best_per_month": self._best(lines),
                    "alert": alert,
                    "last_month": max((line["month"] for line in lines), default=None),
                }
            )
        return rows

    def clients_freshness(self, scope: Scope) -> list[Row]:
        lots = self.lots_of(without_years(scope))
        whole_life = self.lines_of(scope, years=False, employers=False)
        rows = []
        for client in {lot["client_id"] for lot in lots}:
            own = [lot for lot in lots if lot["client_id"] == client]
            lines = [line for line in whole_life if key(line) in {key(lot) for lot in own}]
            last = max((line["month"] for line in lines), default=None)
            late = last and (self.data_as_of.year - last.year) * 12 + self.data_as_of.month - last.month
            rows.append(
                {
                    "client_id": client,
                    "client_name": min(lot["client_name"] for lot in own),
                    "last_month": last,
                    "months_late": late,
                    "hours_pending": summed(map(pending, lines)),
                }
            )
        return rows

    # What several questions share

    def _by_lot(self, scope: Scope, by: str, named: tuple[str, ...] = ()) -> list[Row]:
        """One row per value of a column of the lots in scope."""
        lots, lines = self.lots_of(scope), self.lines_of(scope)
        rows = []
        for value in {lot[by] for lot in lots}:
            own = [lot for lot in lots if lot[by] == value]
            hours = summed(validated(line) for line in lines if key(line) in {key(lot) for lot in own})
            rows.append(
                {
                    by: value,
                    **{name: min(lot[name] for lot in own) for name in named},
                    "hours_validated": hours,
                    "share_ratio": ratio(hours, summed(map(validated, lines))),
                    **self._completion(scope, own),
                    "contracts": len({lot["contract_id"] for lot in own}),
                    "lots": len(own),
                }
            )
        return rows

    def _by_line(self, scope: Scope, name: str, value: Callable[[Row], Any]) -> list[Row]:
        """One row per value that the lines in scope have."""
        lines = self.lines_of(scope)
        total = summed(map(validated, lines))
        return [
            {name: found, "hours_validated": hours, "share_ratio": ratio(hours, total)}
            for found, hours in summed_by(lines, value, validated).items()
        ]

    def _by_year(self, scope: Scope, name: str) -> list[Row]:
        """One row per year of the scope and value that the lines in scope have."""
        lines = self.lines_of(scope)
        values = {key(lot): lot[name] for lot in self.contracts}
        years = {month.year for month in self.months if year_is_in(month.year, scope)}
        return [
            {
                "year": year,
                name: value,
                "hours_validated": summed(
                    validated(line) for line in lines if line["month"].year == year and values[key(line)] == value
                ),
            }
            for year in years
            for value in {values[key(line)] for line in lines}
        ]

    def _completion(self, scope: Scope, lots: list[Row]) -> Row:
        """What the lots engage, and the completion of the rated ones with its two sides."""
        rated = [lot for lot in lots if is_rated(lot)]
        keys = {key(lot) for lot in rated}
        lines = self.lines_of(scope, years=False, employers=False)
        done = summed(validated(line) for line in lines if key(line) in keys)
        promised = summed(lot["hours_committed"] for lot in rated)
        return {
            "hours_committed": summed(lot["hours_committed"] or ZERO for lot in lots if is_notified(lot)),
            "rated_committed": promised,
            "rated_hours": done,
            "completion_ratio": ratio(done, promised),
        }

    def _notified(self, lot: Row) -> dt.date:
        """The month from which an obligation counts, within the months of the release."""
        months = self.months
        day: dt.date = lot["notified_on"] or lot["starts_on"] or months[0]
        return min(max(day.replace(day=1), months[0]), months[-1])

    def _notified_year(self, lot: Row) -> int | None:
        day: dt.date | None = lot["notified_on"] or lot["starts_on"]
        return day.year if day else None

    @property
    def judged_on(self) -> dt.date:
        """The end of the last complete month."""
        day = self.data_as_of.replace(day=1)
        while self.provisional(day):
            day = (day - dt.timedelta(days=1)).replace(day=1)
        return (day + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)

    def _share(self, lot: Row) -> Fraction | None:
        """The share of a lot's time that has passed on that day."""
        starts, ends = lot["starts_on"], lot["ends_on"]
        if starts is None or ends is None:
            return None
        # A lot of one day has no duration to divide by: it is over, or it has not begun.
        if self.judged_on >= ends:
            return Fraction(1)
        return max(Fraction((self.judged_on - starts).days, (ends - starts).days), Fraction(0))

    def _expected(self, lot: Row) -> Decimal | None:
        share = self._share(lot) if is_rated(lot) else None
        if share is None:
            return None
        expected: Decimal = lot["hours_committed"] * share.numerator / share.denominator
        return expected.quantize(Decimal("0.01"), ROUND_HALF_UP)

    def _ended(self, lot: Row) -> bool:
        return lot["status"] == "closed" or (lot["ends_on"] is not None and lot["ends_on"] <= self.judged_on)

    def _alert(self, lot: Row, judged: Decimal, is_begun: bool, expected: Decimal | None) -> str:
        if not is_rated(lot):
            return "none"
        committed, limits, share = lot["hours_committed"], self.settings.alerts, self._share(lot)
        if self._ended(lot):
            if judged < committed:
                return "ended_short"
        elif lot["status"] == "running" and lot["ends_on"] is not None:
            days = (lot["ends_on"] - self.judged_on).days
            if days <= limits.ending_soon_days and committed - judged > limits.ending_missing_above * committed:
                return "ending"
        if expected is not None and share is not None and share >= limits.not_started_after:
            if not is_begun:
                return "not_started"
            if judged < expected * limits.behind_below:
                return "behind"
        return "over" if judged > committed else "none"

    def _missing(
        self, lot: Row, alert: str, judged: Decimal, complete: Decimal, expected: Decimal | None
    ) -> Decimal | None:
        if expected is None:
            return None
        if alert in ("ended_short", "ending"):
            promised: Decimal = lot["hours_committed"]
            return promised - judged
        return max(expected - complete, ZERO)

    def _needed(self, lot: Row, judged: Decimal, expected: Decimal | None) -> Decimal | None:
        if expected is None or lot["status"] != "running" or self._ended(lot) or judged >= lot["hours_committed"]:
            return None
        months = max(Decimal((lot["ends_on"] - self.judged_on).days) * 12 / Decimal("365.25"), Decimal(1))
        needed: Decimal = (lot["hours_committed"] - judged) / months
        return needed.quantize(Decimal("0.01"), ROUND_HALF_UP)

    def _best(self, lines: list[Row]) -> Decimal | None:
        """A third of the best three months in a row, of those that end with a complete month with lines."""
        found = []
        for last in {line["month"] for line in lines if not self.provisional(line["month"])}:
            before = (last - dt.timedelta(days=1)).replace(day=1)
            three = (last, before, (before - dt.timedelta(days=1)).replace(day=1))
            found.append(summed(validated(line) for line in lines if line["month"] in three))
        return (max(found) / 3).quantize(Decimal("0.01"), ROUND_HALF_UP) if found else None
