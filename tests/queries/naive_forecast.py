"""When a milestone will be reached, a second time in plain Python: lists of months, no engine, no shared code.

Written from the method (`queries/_forecast.sql` has its evidence in the header), and not from the SQL.
"""

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass

MOST_MONTHS = 120


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """What the months so far say of the next ones: hours of the last twelve, their spread, months with nothing of the last 24."""

    months: int
    yearly: float
    spread: float | None
    idle: int

    @property
    def z(self) -> float | None:
        """How many spreads the interval has on each side; None when no date can be given."""
        if self.idle == 0:
            return 1.0
        return 1.5 if self.idle <= 6 else None

    def hours(self, k: int, z: float) -> float:
        """Hours of the next k months."""
        return k * self.yearly / 12 * math.exp(z * (self.spread or 0) * math.sqrt(k / 12))

    def first_month(self, missing: float, z: float) -> int | None:
        """The first of the next 120 months whose hours reach what is missing."""
        return next((k for k in range(1, MOST_MONTHS + 1) if self.hours(k, z) >= missing - 1e-9), None)


@dataclass(frozen=True, kw_only=True)
class Dates:
    """Months from the last complete one: the interval and its middle; `latest` is None where only an earliest can be given."""

    earliest: int
    middle: int
    latest: int | None


def outlook(hours: Sequence[float]) -> Outlook:
    """Of monthly hours that may begin with months of nothing, and end with the last complete month."""
    begun = next((n for n, value in enumerate(hours) if value != 0), len(hours))
    own = [float(value) for value in hours[begun:]]
    lately = [float(value) for value in hours[-24:]]
    return Outlook(
        months=len(own),
        yearly=sum(lately[-12:]),
        spread=_spread(own),
        idle=sum(value <= 0 for value in lately),
    )


def dates(now: Outlook, missing: float) -> Dates | str:
    """When what is missing will be done, or the word of what stands against a date."""
    if now.months and now.yearly <= 0:
        return "no_pace"
    if now.months < 36:
        return "short_history"
    if now.z is None:
        return "idle_months"
    middle = now.first_month(missing, 0)
    if middle is None:
        return "beyond_ten_years"
    earliest = now.first_month(missing, now.z)
    assert earliest is not None
    return Dates(earliest=earliest, middle=middle, latest=None if now.idle else now.first_month(missing, -now.z))


def margin(now: Outlook, missing: float, months: int, width: float) -> float:
    """How many spreads the pace stands above what is needed in that many months; `width` the spread over them."""
    if missing <= 0:
        return math.inf
    if months <= 0:
        return -math.inf
    assert now.z is not None
    return math.log(now.yearly / 12 * months / missing) / (now.z * width)


def judged(value: float) -> str:
    """The status word of a margin."""
    if value >= 1:
        return "ahead"
    if value >= 0:
        return "on_track"
    return "too_early" if value > -1 else "late"


def months_between(first: dt.date, second: dt.date) -> int:
    """Months from the one of `first` to the one of `second`."""
    return (second.year - first.year) * 12 + second.month - first.month


def later(month: dt.date, k: int | None) -> dt.date | None:
    """The first day of the month that comes k months after."""
    if k is None:
        return None
    year, number = divmod(month.year * 12 + month.month - 1 + k, 12)
    return dt.date(year, number + 1, 1)


def _spread(own: Sequence[float]) -> float | None:
    """Of the months since the first hours; None before 24 of them."""
    if len(own) < 24:
        return None
    last = own[-24:]
    mean = sum(last) / 24
    deviation = math.sqrt(sum((value - mean) ** 2 for value in last) / 24)
    cv = min(1.5, deviation / mean) if mean > 0 else 1.5

    def year(end: int) -> float:
        return max(1.0, sum(own[end - 12 : end]))

    changes = []
    for end in range(max(24, len(own) - 96), len(own) + 1):
        change = max(-2.0, min(2.0, math.log(year(end) / year(end - 12))))
        changes.append(change**2)
    years = len(changes) / 12
    variance = (cv**2 + years * sum(changes) / len(changes)) / (1 + years)
    return max(0.05, math.sqrt(variance))
