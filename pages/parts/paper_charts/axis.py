"""An axis of a figure: where a value stands, and which ticks it has."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pages.parts.axes import nice_ticks, year_ticks

Spec = Mapping[str, Any]
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_NAMED_YEARS: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """One axis. `low`, `high`: the values at its `start` and `end`, in pixels. `categories`: names that stand at 0, 1, 2 …"""

    spec: Spec
    low: float
    high: float
    start: float
    end: float
    categories: tuple[str, ...] = ()

    def place(self, value: Any) -> float | None:
        """Where a value stands; None where it is none."""
        amount = as_number(value, self.categories)
        return None if amount is None else self.at(amount)

    def at(self, amount: float) -> float:
        """Where a number of the axis stands."""
        span = self.high - self.low or 1.0
        return self.start + (amount - self.low) / span * (self.end - self.start)

    def places(self, values: Iterable[Any]) -> list[float | None]:
        """Where each value stands, as `place` has it: a map has ten thousand numbers."""
        span, wide = self.high - self.low or 1.0, self.end - self.start
        return [
            self.start + (value - self.low) / span * wide if type(value) is float else self.place(value)
            for value in values
        ]

    def part(self, share: float) -> float:
        """Where a part of the axis stands, from 0 to 1, whatever its values."""
        return self.start + share * (self.end - self.start)

    @property
    def is_visible(self) -> bool:
        """Whether its ticks are visible."""
        return self.spec.get("visible", True) is not False

    def ticks(self) -> list[tuple[float, str]]:
        """Place and name of each tick that lies on the axis."""
        if not self.is_visible:
            return []
        least, most = sorted((self.low, self.high))
        slack = (most - least) * 1e-6
        inside = [(amount, name) for amount, name in self._named() if least - slack <= amount <= most + slack]
        return [(self.at(amount), name) for amount, name in inside]

    def _named(self) -> list[tuple[float, str]]:
        if "tickvals" in self.spec:
            values = [as_number(value, self.categories) for value in self.spec["tickvals"]]
            names = self.spec.get("ticktext") or [str(value) for value in self.spec["tickvals"]]
            return [(value, name) for value, name in zip(values, names, strict=True) if value is not None]
        if self.categories:
            return [(float(number), name) for number, name in enumerate(self.categories)]
        if self.spec.get("type") == "date":
            first, last = (dt.date.fromordinal(int(end)).year for end in (self.low, self.high))
            years = year_ticks(list(range(first, last + 1)), _NAMED_YEARS)
            return [(float(dt.date(year, 1, 1).toordinal()), str(year)) for year in years]
        return [(tick, f"{tick:g}") for tick in nice_ticks(max(self.low, self.high))]


def as_number(value: Any, categories: Sequence[str] = ()) -> float | None:
    """A value of an axis as a number: a day's ordinal, a category's place."""
    if value is None:
        return None
    if isinstance(value, str):
        if value in categories:
            return float(categories.index(value))
        if _DAY.match(value):
            return float(dt.date.fromisoformat(value[:10]).toordinal())
    return float(value)


def axis(spec: Spec, values: Iterable[Any], start: float, end: float, *, margin: float = 0.0) -> Axis:
    """The axis over its own range, else over the values. `margin`: what is added at both ends, in units of the axis."""
    values = [value for value in values if value is not None]
    is_named = spec.get("type") == "category" or (
        "type" not in spec and any(isinstance(value, str) and not _DAY.match(value) for value in values)
    )
    categories: tuple[str, ...] = ()
    if is_named:
        categories = tuple(spec.get("categoryarray") or dict.fromkeys(map(str, values)))
        margin = 0.5
    if "type" not in spec and any(isinstance(value, str) and _DAY.match(value) for value in values):
        spec = {**spec, "type": "date"}
    ends = [as_number(value, categories) for value in spec.get("range") or values]
    known = [value for value in ends if value is not None] or [0.0, 1.0]
    if "range" in spec:
        low, high = known
    else:
        low, high = min(known) - margin, max(known) + margin
        if spec.get("rangemode") == "tozero":
            low, high = min(low, 0.0), max(high, 0.0)
    return Axis(spec=spec, low=low, high=high, start=start, end=end, categories=categories)
