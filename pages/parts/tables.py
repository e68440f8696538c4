"""Tables: the same columns make the table on screen and the file that leaves.

Small tables are semantic HTML: they are read aloud, printed and copied as they are, and speak the product's language
rather than the browser's.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import streamlit as st

from data.codes import Code
from data.words import NOTHING, Words
from pages.parts.downloads import Rows, show_downloads
from pages.parts.embed import embeddable, is_embedded
from pages.parts.markup import html
from pages.parts.own_keys import KEYS, shown_key
from pages.parts.read import reading
from pages.parts.sorting import Order, Sorting, head
from pages.parts.terms import formula_of
from queries.files.exports import Drawing, ExportColumn, Kind
from queries.meanings import column_meaning, header
from queries.scope import Scope
from queries.secrecy.cells import is_hidden
from queries.vocabulary import Meaning

Row = Mapping[str, Any]
_RIGHT: tuple[Kind, ...] = ("hours", "count", "percent", "change", "decimal")
_CODED: tuple[Kind, ...] = ("label", "status")
_LONG = 40  # rows; a longer table scrolls in its own frame, under its header
_MANY = 12  # rows; of a longer table their number is written


class Cell(NamedTuple):
    """A cell: its text, whether it is a number, where it leads, what an abbreviation in it means, whether it heads its row."""

    text: str
    number: bool
    address: str = ""
    meaning: str = ""
    head: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table: the key of the row. Its label, unit, kind, digits and codes are those of the vocabulary.

    `question`: the question whose answer it is a column of, where the same name means something of its own there. `of`: the column
    of the vocabulary that it shows under another key. `label`, `kind`, `codes`, `digits`: for what the vocabulary does not have; a
    column with a label and without `of` is looked up nowhere.
    `only_in_file`: not shown on screen, such as the code to join on beside its name.
    `symbols`: what stands before a status on screen, by code. `address`: where a cell leads, for those that are links.
    `adds`, `ratio_of`, `drawn`: the totals and the chart of its workbook, as `ExportColumn` says.
    """

    key: str
    question: str = ""
    of: str = ""
    label: str = ""
    kind: Kind | None = None
    codes: type[Code] | None = None
    digits: int | None = None
    symbols: Mapping[str, str] = field(default_factory=dict)
    address: Callable[[Row], str] | None = None
    adds: bool = False
    ratio_of: tuple[str, str] | None = None
    drawn: Drawing | None = None
    only_in_file: bool = False

    @property
    def meaning(self) -> Meaning:
        """What it is called and means, and how it is written. KeyError when neither the vocabulary nor the column has it."""
        found = None if self.label and not self.of else column_meaning(self.of or self.key, self.question)
        if found is None and not self.label:
            raise KeyError(self.of or self.key)
        return Meaning(
            label=found.label if found else "",
            definition=found.definition if found else "",
            unit=found.unit if found else "",
            codes=self.codes or (found.codes if found else None),
            kind=self.kind or (found.kind if found else None) or "text",
            digits=self.digits if self.digits is not None or found is None else found.digits,
        )

    def header(self, words: Words) -> str:
        """Its header in the reader's words, with the unit."""
        return header(self.meaning, words, self.label) if self.of or not self.label else self.label

    @property
    def is_number(self) -> bool:
        """Whether it is written to the right."""
        return self.meaning.kind in _RIGHT

    def cell(self, row: Row, words: Words) -> str:
        """The value as it is shown."""
        value, meaning = row[self.key], self.meaning
        kind, digits = meaning.kind or "text", meaning.digits or 0
        if is_hidden(row, self.key):
            return words.say("n.c.")
        if value is None:
            return words.say("Non renseigné") if kind == "label" else NOTHING
        shown: dict[Kind, Callable[[], str]] = {
            "label": lambda: self._label(value, words),
            "status": lambda: f"{self.symbols[value]}\u00a0{self._label(value, words)}",
            "hours": lambda: words.number(value, digits),
            "count": lambda: words.number(value),
            "decimal": lambda: words.number(value, digits or 1),
            "percent": lambda: words.percent(value, unit=False),
            "change": lambda: words.percent(value, signed=True, unit=False),
            "month": lambda: words.month(value),
            "date": lambda: words.short_date(value),
            "yes": lambda: words.say("oui") if value else words.say("non"),
        }
        if kind in shown:
            return shown[kind]()
        return shown_key(value) if self.key in KEYS else str(value)

    def exported(self, words: Words) -> ExportColumn:
        """The column of a file: codes with their words, what it means in the vocabulary of the product."""
        meaning = self.meaning
        formula = "" if self.label and not self.of else formula_of(self.of or self.key)
        return ExportColumn(
            name=self.key,
            header=self.header(words),
            kind=meaning.kind,
            digits=meaning.digits or 0,
            labels={str(code): words.say(code.label) for code in meaning.codes or () if meaning.kind in _CODED},
            unit=words.say(meaning.unit) if meaning.unit else "",
            definition=words.say(meaning.definition) if meaning.definition else "",
            formula=words.say(formula) if formula else "",
            adds=self.adds,
            ratio_of=self.ratio_of,
            drawn=self.drawn,
        )

    def reference(self, row: Row, words: Words) -> tuple[str, str]:
        """Where its cell leads on screen, and what the abbreviation in it means; empty without."""
        if is_hidden(row, self.key):
            return "", words.say("secret statistique")
        return (self.address(row) if self.address is not None and row[self.key] is not None else ""), ""

    def _label(self, value: str, words: Words) -> str:
        codes = self.meaning.codes
        return words.say(codes.of(value).label) if codes else str(value)


def of_question(question: str, *columns: Column) -> tuple[Column, ...]:
    """The columns with the meanings that they have in the answer to a question."""
    return tuple(replace(column, question=question) for column in columns)


def html_table(
    rows: Sequence[Row],
    columns: Sequence[Column],
    words: Words,
    caption: str,
    total: Row | None = None,
    sorting: Sorting | None = None,
) -> str:
    """The table as HTML; the first column heads its rows. A total is set apart; it may lack the columns that do not add up.

    `sorting`: its headers are then links that order the rows, all of which are given.
    """
    columns = [column for column in columns if not column.only_in_file]
    numbers = [column.is_number for column in columns]
    ordered = rows if sorting is None else sorting.sorted(rows, words)
    links = sorting if len(rows) > 1 else None
    return html(
        "parts/templates/table.html",
        caption=caption,
        count=words.say_count("{n} ligne", "{n} lignes", len(rows))
        if sorting is not None and len(rows) > _MANY
        else "",
        long=len(rows) > _LONG,
        headers=[(column.header(words), column.is_number, *head(links, column)) for column in columns],
        rows=[_cells(row, columns, numbers, words) for row in ordered],
        total=None if total is None else _cells(total, columns, numbers, words, partial=True),
    )


def _cells(
    row: Row, columns: Sequence[Column], numbers: Sequence[bool], words: Words, *, partial: bool = False
) -> list[Cell]:
    """The cells of a row; `partial`: a total, which may lack the columns that do not add up."""
    cells: list[Cell] = []
    for column, number in zip(columns, numbers, strict=True):
        head = not cells
        if not partial or column.key in row:
            cells.append(Cell(column.cell(row, words), number, *column.reference(row, words), head))
        else:
            cells.append(Cell(words.say("Total") if head else "", number, head=head))
    return cells


def show_table(
    rows: Sequence[Row],
    columns: Sequence[Column],
    *,
    caption: str,
    name: str,
    total: Row | None = None,
    folded: bool = True,
    opener: str = "",
    filtered: bool = True,
    usual: Order | None = None,
) -> None:
    """The table and its download, folded under an opener when it stands beside a chart: "Voir le tableau" unless named.

    `usual`: the order of its rows when it is not that of the question.
    """
    words = reading().words
    sorting = Sorting(name=name, columns=tuple(columns), usual=usual)
    # A link to an order shows it.
    unfolded = sorting.chosen is not None or is_embedded(name)
    place = st.expander(opener or words.say("Voir le tableau"), expanded=unfolded) if folded else st.container()
    with place:
        with embeddable(name):
            st.html(html_table(rows, columns, words, caption, total, sorting))
        show_download(rows, columns, name=name, filtered=filtered, caption=caption)


def show_download(
    rows: Rows,
    columns: Sequence[Column],
    *,
    name: str,
    label: str | None = None,
    caption: str = "",
    filtered: bool = True,
    scope: Scope | None = None,
    count: int | None = None,
) -> None:
    """The control that makes the file of a table, in any format; see `show_downloads`.

    `rows`: them, or what makes or streams them on the click when there are thousands. `caption`: what the table is called.
    """
    words = reading().words
    show_downloads(
        rows,
        lambda: [column.exported(words) for column in columns],
        title=caption or label or "",
        name=name,
        label=label
        or (words.named(words.say("Télécharger"), caption) if caption else words.say("Télécharger le tableau")),
        filtered=filtered,
        scope=scope,
        count=count,
    )
