"""A document of paper, whatever writes it: headings, sentences, figures, charts, tables. All texts are the reader's."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from data.words import Words
from pages.parts.blocks import Figure
from pages.parts.charts import Chart
from pages.parts.tables import Column


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading, of level 1 or 2."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentences:
    """Paragraphs: the answer to the question (`lead`), text, or small print (`notes`)."""

    lines: tuple[str, ...]
    kind: str = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Key figures side by side."""

    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """Charts under one caption, `columns` of them side by side."""

    charts: tuple[Chart, ...]
    caption: str
    columns: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table for reading: headers, rows, and for each column whether it has numbers. A total stands apart from the rows."""

    caption: str
    headers: tuple[str, ...]
    numbers: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPage:
    """What follows begins a page."""


Block = Heading | Sentences | Figures | Picture | Table | NewPage


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document: its title, whose it is, what it covers, its blocks.

    `facts`: lines of the cover and of the foot: filters, date of the data. `address`: of the view, empty where none is known. `mark`:
    that its figures are invented. `logo`: SVG or a picture within one, empty without. `cover`: a page of its own for the title.
    """

    title: str
    lang: str
    authority: str
    facts: tuple[str, ...]
    blocks: tuple[Block, ...]
    address: str = ""
    mark: str = ""
    logo: str = ""
    cover: bool = False
    contents: str = ""
    words: dict[str, str] = field(default_factory=dict)


def table_of(
    rows: Sequence[Any], columns: Sequence[Column], words: Words, caption: str, total: Any | None = None
) -> Table:
    """The table of a page as one of a document. A total may lack the columns that do not add up."""
    last: tuple[str, ...] = ()
    if total is not None:
        first, *others = columns
        head = first.cell(total, words) if first.key in total else words.say("Total")
        last = (head, *(column.cell(total, words) if column.key in total else "" for column in others))
    return Table(
        caption=caption,
        headers=tuple(column.header(words) for column in columns),
        numbers=tuple(column.is_number for column in columns),
        rows=tuple(tuple(column.cell(row, words) for column in columns) for row in rows),
        total=last,
    )
