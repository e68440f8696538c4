"""Numbers as a French page writes them, and whether one is a value of the answers behind the page."""

import datetime as dt
import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import Any

import pyarrow as pa

from data.words import rounded
from tests.pages.reader.heard import Heard

_NUMBER = re.compile(r"(?<![\w./,-])\d+(?:[\u202f\u00a0]\d{3})*(?:,\d+)?(?![\w/]|-\d|\.\d)")
_DAY = re.compile(r"\b(\d{2})/(\d{2})/(\d{4})\b")
_TAG = re.compile(r"<[^>]*>")


def plain(markup: str) -> str:
    """What is read of a piece of HTML."""
    return html.unescape(_TAG.sub(" ", markup))


def numbers(text: str) -> Iterator[tuple[Decimal, str]]:
    """The numbers of a text without their sign, each with the words around it; days as 31/10/2026 are left out."""
    text = _DAY.sub(" ", text)
    for match in _NUMBER.finditer(text):
        value = Decimal(re.sub("[\u202f\u00a0]", "", match[0]).replace(",", "."))
        yield value, text[max(0, match.start() - 50) : match.end() + 30]


class Known:
    """The values that a page may write: of its answers, counts of their rows, the settings, and what its templates say."""

    def __init__(self, heard: Heard, *others: Any) -> None:
        self._values: set[Decimal] = set()
        for answer in (one for found in heard.answers.values() for one in found):
            self._of_answer(answer)
        for answer in heard.parted:
            self._add_shares(answer)
        if "people_by_residence" in heard.answers:
            self._add(range(101))  # the part of other communes is what the rounded ones leave of 100 %
        for text in heard.templates:
            self._values |= {value for value, _ in numbers(text)}
        self._add(_flat(list(others)))
        self._written: dict[int, set[Decimal]] = {}

    def has(self, value: Decimal) -> bool:
        """Whether a value, rounded to as many digits, is that number; a ratio as a percentage, any as a size."""
        digits = max(0, -int(value.as_tuple().exponent))
        if digits not in self._written:
            self._written[digits] = {
                abs(rounded(str(found), digits)) for one in self._values for found in (one, one * 100)
            }
        return value in self._written[digits]

    def has_short(self, value: Decimal) -> bool:
        """The same for a mark of a chart: three figures are exact."""
        return self.has(value) or any(_short(abs(found)) == value for found in self._values)

    def _of_answer(self, answer: pa.Table) -> None:
        self._add([answer.num_rows])
        for column in answer.columns:
            values = column.to_pylist()
            self._add(values)
            if not any(isinstance(value, (Decimal, float, list, dict)) for value in values):
                self._add(Counter(values).values())
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
            self._values |= {one / other for one in values for other in values}

    def _add(self, values: Iterable[Any]) -> None:
        for value in values:
            if isinstance(value, bool) or value is None:
                continue
            if isinstance(value, dt.date):
                self._values |= {Decimal(value.year), Decimal(value.month), Decimal(value.day)}
            elif isinstance(value, (int, float, Decimal)):
                self._values.add(Decimal(str(value)))
            elif isinstance(value, str):
                self._values |= {found for found, _ in numbers(value)}
                self._values |= {Decimal(part) for part in re.findall(r"\d+", value)[:6]}


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
