"""Numbers as a French page writes them, and whether one is a value of the answers behind the page."""

import datetime as dt
import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import Any, Final, NamedTuple

import pyarrow as pa

from data.words import rounded
from queries.questions import questions
from tests.pages.reader.heard import Heard

_NUMBER = re.compile(r"(?<![\w./,-])\d+(?:[\u202f\u00a0]\d{3})*(?:,\d+)?(?![\w/]|-\d|\.\d)")
_DAY = re.compile(r"\b(\d{2})/(\d{2})/(\d{4})\b")
_TAG = re.compile(r"<[^>]*>")
_PERCENT = re.compile("\u00a0?%")


def plain(markup: str) -> str:
    """What is read of a piece of HTML."""
    return html.unescape(_TAG.sub(" ", markup))


# What a number counts, by the word after it: its unit in the headers of questions.
_UNITS: Final = {
    "h": re.compile(r"[\u00a0\u202f ](?:h|heures?)\b(?! ?/)"),
    "lots": re.compile(r"[\u00a0\u202f ]lots?\b"),
    "contracts": re.compile(r"[\u00a0\u202f ]marchés?\b"),
    "clients": re.compile(r"[\u00a0\u202f ]maîtres? d’ouvrage\b"),
    "eur": re.compile(r"[\u00a0\u202f ](?:€|euros?\b)"),
    "persons": re.compile(r"[\u00a0\u202f ](?:personnes?|participants?|bénéficiaires?)\b"),
}
# What rows of an answer may be.
_COUNTED: Final = ("lots", "contracts", "clients")


class Written(NamedTuple):
    """A number of a text without its sign, the words around it, whether it is a percentage, and of what; "" where no word says so."""

    value: Decimal
    around: str
    percent: bool
    unit: str


def numbers(text: str) -> Iterator[Written]:
    """The numbers of a text; days as 31/10/2026 are left out."""
    text = _DAY.sub(" ", text)
    for match in _NUMBER.finditer(text):
        value = Decimal(re.sub("[\u202f\u00a0]", "", match[0]).replace(",", "."))
        around = text[max(0, match.start() - 50) : match.end() + 30]
        unit = next((unit for unit, word in _UNITS.items() if word.match(text, match.end())), "")
        yield Written(value, around, bool(_PERCENT.match(text, match.end())), unit)


class Known:
    """The values that a page may write: of its answers, counts of their rows, the settings, and what its templates say.

    Each by what it counts too: a number of hours is held to the columns of hours, a number of lots to those of lots and to counts of rows.
    """

    def __init__(self, heard: Heard, *others: Any) -> None:
        self._values: dict[str, set[Decimal]] = {unit: set() for unit in ("", *_UNITS)}
        self._ratios: set[Decimal] = set()
        for name, answers in heard.answers.items():
            for answer in answers:
                self._of_answer(name, answer)
        for answer in heard.parted:
            self._add_shares(answer)
        if "people_by_residence" in heard.answers:
            self._ratios |= {
                Decimal(part) / 100 for part in range(101)
            }  # the part of other communes is what the rounded ones leave of 100 %
        for text in heard.templates:
            for found in numbers(text):
                if found.percent:
                    self._ratios.add(found.value / 100)
                else:
                    self._keep(found.value, _UNITS)
        self._add(_flat(list(others)), _UNITS)
        self._written: dict[tuple[int, bool, str], set[Decimal]] = {}

    def has(self, written: Written) -> bool:
        """Whether a value of its unit, rounded to as many digits, is that number: a ratio where it is a percentage, else any."""
        digits = max(0, -int(written.value.as_tuple().exponent))
        key = (digits, written.percent, written.unit)
        if key not in self._written:
            values = {one * 100 for one in self._ratios} if written.percent else self._values[written.unit]
            self._written[key] = {abs(rounded(str(one), digits)) for one in values}
        return written.value in self._written[key]

    def has_in_a_table(self, written: Written) -> bool:
        """The same for a cell: the header says the percentage."""
        return self.has(written) or self.has(written._replace(percent=True))

    def has_short(self, written: Written) -> bool:
        """The same for a mark of a chart: three figures are exact."""
        if self.has_in_a_table(written):
            return True
        return not written.percent and any(_short(abs(found)) == written.value for found in self._values[written.unit])

    def _of_answer(self, name: str, answer: pa.Table) -> None:
        """The columns of a built table have no header: they may count anything."""
        units = {column.name: column.unit for column in questions()[name].columns} if name in questions() else {}
        self._add([answer.num_rows], _COUNTED)
        for column_name, column in zip(answer.column_names, answer.columns, strict=True):
            values = column.to_pylist()
            unit = units.get(column_name, "")
            self._add(values, {unit.partition("_")[0]} & set(_UNITS) if units else _UNITS)
            if not any(isinstance(value, (Decimal, float, list, dict)) for value in values):
                self._add(Counter(values).values(), _COUNTED)
            days = [value for value in values if isinstance(value, dt.date)]
            if days:  # years without anything are named too
                self._add(range(min(days).year, max(days).year + 1))

    def _add_shares(self, answer: pa.Table) -> None:
        """Each value of a column over each other one: over its total, whichever cell that is."""
        for column in answer.columns:
            values = {
                Decimal(str(v))
                for v in column.to_pylist()
                if isinstance(v, (int, Decimal)) and not isinstance(v, bool) and v
            }
            self._ratios |= {one / other for one in values for other in values}

    def _add(self, values: Iterable[Any], units: Iterable[str] = ()) -> None:
        units = tuple(units)
        for value in values:
            if isinstance(value, bool) or value is None:
                continue
            if isinstance(value, dt.date):
                self._values[""] |= {Decimal(value.year), Decimal(value.month), Decimal(value.day)}
            elif isinstance(value, (int, float, Decimal)):
                self._keep(Decimal(str(value)), units)
                if isinstance(value, float) or -1 < value < 1:  # shares of the settings are written as decimals
                    self._ratios.add(Decimal(str(value)))
            elif isinstance(value, str):
                for found in numbers(value):
                    self._keep(found.value, _UNITS)
                self._values[""] |= {Decimal(part) for part in re.findall(r"\d+", value)[:6]}

    def _keep(self, value: Decimal, units: Iterable[str]) -> None:
        for unit in ("", *units):
            self._values[unit].add(value)


def _short(value: Decimal) -> Decimal:
    if value < 1000:
        return value
    step = Decimal(10) ** (value.adjusted() - 2)
    return rounded(str(value / step), 0) * step


def _flat(value: Any) -> list[Any]:
    """The values of settings, however deep."""
    if is_dataclass(value):
        return [found for entry in fields(value) for found in _flat(getattr(value, entry.name))]
    if isinstance(value, dict):
        return _flat(list(value.values()))
    if isinstance(value, (tuple, list)):
        return [found for entry in value for found in _flat(entry)]
    return [value]
