"""Tables with one column a month: which columns are months, of which year, and the same table with one row a month."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from data.problems import ExtractError, Problem
from data.sources.raw_table import RawTable, quoted
from data.sources.reading_dates import MONTH_NAMES, month
from data.words import N_, folded

# How many columns of months make a table of months.
_FEWEST_MONTHS = 3
# The month and the cell of a row that was made of one column of months.
MONTH, HOURS_OF_MONTH = "month_of", "hours_of"


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthColumn:
    """A column of a table of months: its place, and its month; None where the year is said nowhere.

    `turn`: 1 in the second year of months that say none.
    """

    place: int
    header: str
    month: str | None
    number: int
    turn: int = 0


def month_columns(headers: Sequence[str], around: str) -> tuple[MonthColumn, ...]:
    """The columns that are months, when there are several; the year of a bare "janvier" is the only one written around.

    Months on both sides of a December have two years: both are written around, or they are asked.
    """
    months: list[MonthColumn] = []
    for place, header in enumerate(headers):
        named = MONTH_NAMES.get(re.sub(r"[^a-z]", "", folded(header)))
        reading = month(header) if re.search(r"\d", header) else None
        if reading is not None:
            months.append(MonthColumn(place=place, header=header, month=reading.value, number=int(reading.value[5:7])))
        elif named and re.fullmatch(r"\W*[^\W\d]+\.?\W*", header):
            months.append(MonthColumn(place=place, header=header, month=None, number=named))
    distinct = {column.month or column.number for column in months}
    if len(distinct) < _FEWEST_MONTHS or len(distinct) < len(months):
        return ()
    turned = _second_year([column.number for column in months if column.month is None])
    months = [replace(at, turn=int(at.month is None and at.number in turned)) for at in months]
    years = sorted({int(year) for year in re.findall(r"(?<!\d)(20\d\d)(?!\d)", around)})
    if len(years) == 1 + bool(turned) and years[-1] - years[0] == len(years) - 1:
        months = [replace(at, month=at.month or f"{years[0] + at.turn}-{at.number:02}-01") for at in months]
    return tuple(months)


def _second_year(numbers: Sequence[int]) -> Sequence[int]:
    """Of months in the order of their columns, those that follow a December: 9, 10, 11, 12, 1, 2 has 1 and 2."""
    for n in range(1, len(numbers)):
        if numbers[n] < numbers[n - 1]:
            before, after = numbers[:n], numbers[n:]
            is_in_order = list(before) == sorted(before) and list(after) == sorted(after)
            return after if is_in_order and after[-1] < before[0] else ()
    return ()


def one_row_a_month(raw: RawTable, columns: Sequence[str], year: int | None) -> RawTable:
    """A table of months with one row a month: a column `month`, and the cell under each of `columns`. Empty cells make no row."""
    names = {column.place for column in raw.months}
    kept = [n for n in range(len(raw.headers)) if n not in names]
    unsaid = [column for column in raw.months if column.month is None]
    if unsaid and not year:
        message = _TWO_YEARS if any(column.turn for column in unsaid) else _NO_YEAR
        raise ExtractError(Problem(kind="months_without_year", file=raw.file, message=message))
    days = [column.month or f"{(year or 0) + column.turn}-{column.number:02}-01" for column in raw.months]
    pairs = ", ".join(
        f"{{'m': {quoted(day)}, 'h': {raw.fields[column.place]}}}" for day, column in zip(days, raw.months, strict=True)
    )
    others = "".join(f", {raw.fields[n]}" for n in kept)
    cells = f"(SELECT {raw.row} AS line{others}, unnest([{pairs}]) AS cell FROM {raw.relation})"
    relation = (
        f"(SELECT * EXCLUDE (cell), cell.m AS {MONTH}, cell.h AS {HOURS_OF_MONTH} FROM {cells}"
        " WHERE trim(coalesce(cell.h, ''), ' \u00a0\u202f') NOT IN ('', '0', '-', '–', '0.00', '0,00'))"
    )
    fields = (*(raw.fields[n] for n in kept), MONTH, *[HOURS_OF_MONTH] * len(columns))
    headers = (*(raw.headers[n] for n in kept), "month", *columns)
    # A fault in any month is one of the cells of hours.
    places = {place: n for n, place in enumerate(kept)} | dict.fromkeys(names, len(kept) + 1)
    return replace(
        raw,
        relation=relation,
        row="line",
        headers=headers,
        fields=fields,
        types=("VARCHAR",) * len(fields),
        months=(),
        notices=(),
        faults=tuple(replace(fault, read_as=places[fault.column]) for fault in raw.faults),
        sheet_headers=raw.headers,
        top=tuple(tuple(row[n] if n < len(row) else "" for n in kept) for row in raw.top),
        months_read={day: column.header for day, column in zip(days, raw.months, strict=True)},
    )


_NO_YEAR = N_("mois en colonnes sans leur année\u202f; écrivez-la dans mapping.toml, [hours.months] year = 2024.")
_TWO_YEARS = N_(
    "mois en colonnes avant et après décembre sans leurs années\u202f; écrivez celle du premier mois dans mapping.toml,"
    " [hours.months] year = 2023\u00a0: les mois après décembre sont de l’année suivante."
)
