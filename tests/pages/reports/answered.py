"""The numbers that a sheet or a report may have: those of the answers it was made of, and those of its fixed sentences."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import fromstring
from zipfile import ZipFile

import pyarrow as pa
import pypdf
import pytest

from data.reference import population_vintage
from data.settings import Settings
from data.words import Words
from pages.parts.page_content import ContentTable
from pages.reports.document import Block, Document, Figures, Heading, Picture, Sentences, Table
from queries.rights.access import Access
from queries.secrecy.cells import Cell

_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_TEXT = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"
_PARAGRAPH = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"


def numbers(text: str, lang: str = "fr") -> Counter[str]:
    """Every number of a text, as it is written without its separators of thousands, and how often."""
    joined = re.sub(r"(?<=\d)[\u202f\u00a0](?=\d{3})", "", text)
    if lang == "en":
        joined = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", joined)
    return Counter(found.replace(".", ",") for found in _NUMBER.findall(joined))


def pdf_text(made: bytes) -> str:
    """All text of a PDF, page by page."""
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(made)).pages)


def docx_text(made: bytes) -> str:
    """All text of a DOCX, paragraph by paragraph, tables and foot included."""
    with ZipFile(BytesIO(made)) as parts:
        roots = [
            fromstring(parts.read(name))
            for name in parts.namelist()
            if re.match(r"word/(document|footer\d*)\.xml", name)
        ]
    return "\n".join(
        "".join(text.text or "" for text in paragraph.iter(_TEXT))
        for root in roots
        for paragraph in root.iter(_PARAGRAPH)
    )


def document_text(document: Document) -> str:
    """The words of a document but those of its pictures, each on a line."""
    return "\n".join(
        [
            document.title,
            *(document.facts if document.cover else document.facts[-1:]),
            document.address,
            *(t for block in document.blocks for t in _texts(block)),
        ]
    )


def _texts(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield block.text
        case Sentences():
            yield from block.lines
        case Figures():
            for figure in block.figures:
                yield from (figure.label, figure.value, figure.note)
        case Picture():
            yield block.caption
        case Table():
            yield block.caption
            for row in (block.headers, *block.rows, block.total):
                yield from row


class Answers:
    """What was asked while something was made."""

    def __init__(self) -> None:
        self.allowed: set[str] = set()

    def add(self, answer: pa.Table) -> None:
        """The cells of an answer, each as it may be written; how many rows there are, in all, by value, and of how many values."""
        self.allowed |= _written(answer.num_rows)
        for column in answer.columns:
            values = column.to_pylist()
            for value in values:
                self.allowed |= _written(value)
            if not pa.types.is_nested(column.type):
                of_value = Counter(values)
                self.allowed |= {str(count) for count in (len(of_value), *of_value.values())}

    def strange(self, found: Iterable[str]) -> set[str]:
        """The numbers that are in no answer."""
        return set(found) - self.allowed


def _written(value: Any) -> set[str]:
    if value is None or isinstance(value, bool):
        return set()
    if isinstance(value, dt.date):
        return {str(value.year), str(value.month), str(value.day), f"{value.month:02}", f"{value.day:02}"}
    if isinstance(value, str):
        return set(numbers(value))
    if isinstance(value, list):
        return {text for one in value for text in _written(one)}
    exact = abs(Decimal(str(value)))
    # Labels of charts have three figures exact: 1 180 for 1 183.
    step = max(0, exact.adjusted() - 2) if exact else 0
    found = {_rounded(exact, digits) for digits in (0, 1, 2)} | {
        str(int(exact.scaleb(-step).quantize(Decimal(1), ROUND_HALF_UP)) * 10**step)
    }
    if isinstance(value, float):
        found |= {_rounded(exact * 100, digits) for digits in (0, 1)}
    return found


def _rounded(value: Decimal, digits: int) -> str:
    return str(value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)).replace(".", ",")


def _joined(text: str) -> str:
    """Names of the settings have plain spaces in their numbers."""
    return text + re.sub(r"(?<=\d) (?=\d{3})", "", text) + re.sub(r"(?<=\d)_(?=\d{3})", "", text)


@contextmanager
def answering(settings: Settings) -> Iterator[Answers]:
    """Keeps what is asked within, the numbers that stand in sentences before any value is put in, and those of the settings."""
    found = Answers()
    found.allowed |= set(numbers(_joined(repr(settings)))) | set(numbers(population_vintage()))
    ask, say, filled, cell, table = Access.ask, Words.say, Words._filled, Cell.__init__, ContentTable.__init__

    def asked(self: Access, *given: Any, **named: Any) -> pa.Table:
        answer = ask(self, *given, **named)
        found.add(answer)
        return answer

    def said(self: Words, text: str, /, **values: object) -> str:
        found.allowed |= set(numbers(say(self, text), self.lang))
        return say(self, text, **values)

    def counted(self: Words, template: str, values: Any) -> str:
        found.allowed |= set(numbers(template, self.lang))
        return filled(self, template, values)

    def shared(self: Cell, value: Any, **more: Any) -> None:
        # Shares of persons are computed of what may be shown, by the secrecy of the queries.
        found.allowed |= _written(value)
        cell(self, value, **more)

    def listed(self: ContentTable, *, count: int, **more: Any) -> None:
        # A table has no line for rows of its answer that are of nothing.
        found.allowed.add(str(count))
        table(self, count=count, **more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ContentTable, "__init__", listed)
        patch.setattr(Cell, "__init__", shared)
        patch.setattr(Access, "ask", asked)
        patch.setattr(Words, "say", said)
        patch.setattr(Words, "_filled", counted)
        yield found
