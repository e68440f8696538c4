"""The axes of charts: round values of hours, whole years named once each."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeVar

from data.words import Words
from pages.parts.drawing import Drawing

_NAMED_YEARS = 12  # at most, so that none hides its neighbour at 375 px
_NAMED_MONTHS = 4  # at most, for the same reason: their names are longer

Row = TypeVar("Row", bound=Mapping[str, Any])


def since_begun(rows: Sequence[Row], has_begun: Callable[[Row], bool]) -> list[Row]:
    """The rows from the one before the first that has begun: the axis of a client of 2016 has no empty years from 2003 on.

    All of them when none has.
    """
    first = next((n for n, row in enumerate(rows) if has_begun(row)), 0)
    return list(rows[max(0, first - 1) :])


def nice_ticks(top: Decimal | float, wanted: int = 5) -> list[float]:
    """Round values from 0 to at least `top`, about `wanted` of them."""
    top = float(top)
    if top <= 0:
        return [0.0, 1.0]
    power = 10.0 ** len(str(int(top)))
    step = next(
        step
        for step in sorted(power * factor * 10.0**-n for factor in (1, 2, 2.5, 5) for n in range(4))
        if top / step <= wanted
    )
    ticks = [0.0]
    while ticks[-1] < top:
        ticks.append(ticks[-1] + step)
    return ticks


def hours_axis(
    drawn: Drawing,
    words: Words,
    top: Decimal | float,
    wanted: int = 5,
    headroom: float = 1.05,
    *,
    bottom: Decimal | float = 0,
) -> None:
    """Round hours from 0, or from below it where corrections make a bar negative, to the top."""
    low, high = min(0.0, float(bottom)), max(0.0, float(top))
    ticks = nice_ticks(max(high, -low), wanted)
    step = ticks[1]
    below = [-step * n for n in range(1, len(ticks) + 1) if low < 0 and step * (n - 1) < -low]
    ticks = [tick for tick in ticks if tick - step < high or tick == 0]
    drawn.update_yaxes(
        tickvals=[*reversed(below), *ticks],
        ticktext=[words.short(tick) for tick in [*reversed(below), *ticks]],
        range=[low * headroom, (high or (0 if low else 1)) * headroom],
    )


def years_axis(drawn: Drawing, years: Iterable[int], *, most: int = _NAMED_YEARS) -> None:
    """Whole years, each named once, every second or fifth one where there are many; the last one always."""
    named = year_ticks(sorted(set(years)), most)
    drawn.update_xaxes(type="linear", tickvals=named, ticktext=[str(year) for year in named])


def year_ticks(years: Sequence[int], most: int = _NAMED_YEARS) -> list[int]:
    """The years to name, in equal steps back from the last one, `most` of them at most."""
    if not years:
        return []
    span = years[-1] - years[0]
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100) if span // step < most)
    return sorted(range(years[-1], years[0] - 1, -step))


def time_axis(drawn: Drawing, first: dt.date, last: dt.date, words: Words, *, most: int = _NAMED_YEARS) -> None:
    """A time axis whose labels never repeat: years, each once at its beginning; months by name over two years or less."""
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if months > 24:
        # A year that begins left of the axis has its first label outside.
        years = range(first.year + (first > dt.date(first.year, 1, 1)), last.year + 1)
        days = [dt.date(year, 1, 1) for year in year_ticks(years, most)]
        names = [str(day.year) for day in days]
    else:
        step = next(step for step in (1, 2, 3, 6) if -(-months // step) <= _NAMED_MONTHS)
        days = [_month_after(first, n) for n in range(0, months, step)]
        names = [words.short_month(day) for day in days]
    drawn.update_xaxes(type="date", tickvals=[day.isoformat() for day in days], ticktext=names)


def _month_after(month: dt.date, n: int) -> dt.date:
    years, index = divmod(month.month - 1 + n, 12)
    return dt.date(month.year + years, index + 1, 1)
