"""A column of a table: what it is called, how its cells are written on screen and in files. Pages take it from `tables`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from data.codes import Code
from data.words import NOTHING, Words
from pages.parts.own_keys import KEYS, own_key
from pages.parts.terms import formula_of
from queries.files.exports import Drawing, ExportColumn, Kind
from queries.meanings import column_meaning, header
from queries.secrecy.cells import is_hidden
from queries.vocabulary import Meaning

Row = Mapping[str, Any]
_RIGHT: tuple[Kind, ...] = ("hours", "count", "percent", "change", "decimal")
# Texts of the data: French in every version. Names are not marked: they are the same in any language.
FRENCH_TEXTS: Final = frozenset({"subject", "operation"})
_CODED: tuple[Kind, ...] = ("label", "status")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table: the key of the row. Its label, unit, kind, digits and codes are those of the vocabulary.

    `question`: the question whose answer it is a column of, where the same name means something of its own there. `of`: the column
    of the vocabulary that it shows under another key. `label`, `kind`, `codes`, `digits`: for what the vocabulary does not have; a
    column with a label and without `of` is looked up nowhere. On screen hours are whole unless the column has digits of its own.
    `only_in_file`: absent from the screen, such as the code to join on beside its name; `only_on_screen`: in no file and no order, such as a drawing.
    `symbols`: what stands before a status on screen, by code. `address`: where a cell leads, for those that are links.
    `ordered_by`: the key of the row that orders the table in its place: the number of a month.
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
    only_on_screen: bool = False
    ordered_by: str = ""

    @property
    def meaning(self) -> Meaning:
        """What it is called and means, and how it is written. KeyError when neither the vocabulary nor the column has it."""
        known = None if self.label and not self.of else column_meaning(self.of or self.key, self.question)
        if known is None and not self.label:
            raise KeyError(self.of or self.key)
        return Meaning(
            label=known.label if known else "",
            definition=known.definition if known else "",
            unit=known.unit if known else "",
            codes=self.codes or (known.codes if known else None),
            kind=self.kind or (known.kind if known else None) or "text",
            digits=self.digits if self.digits is not None or known is None else known.digits,
        )

    def header(self, words: Words) -> str:
        """Its header in the reader's words, with the unit."""
        return header(self.meaning, words, self.label) if self.of or not self.label else self.label

    @property
    def is_number(self) -> bool:
        """Whether it is written to the right."""
        return self.meaning.kind in _RIGHT

    def cell(self, row: Row, words: Words) -> str:
        """The value as text on screen."""
        return self.writer(words)(row)

    def writer(self, words: Words) -> Callable[[Row], str]:
        """The function that writes the values on screen: chosen once for the column, called for each row."""
        key, meaning = self.key, self.meaning
        kind, digits, codes = meaning.kind or "text", meaning.digits or 0, meaning.codes
        label: Callable[[Any], str] = (lambda value: words.say(codes.of(value).label)) if codes else str
        written: dict[Kind, Callable[[Any], str]] = {
            "label": label,
            "status": lambda value: f"{self.symbols[value]}\u00a0{label(value)}",
            "hours": lambda value: words.number(value, self.digits or 0),
            "count": words.number,
            "decimal": lambda value: words.number(value, digits or 1),
            "percent": lambda value: words.percent(value, unit=False),
            "change": lambda value: words.percent(value, signed=True, unit=False),
            "month": words.month,
            "date": words.short_date,
            "yes": lambda value: words.say("oui") if value else words.say("non"),
        }
        text = written.get(kind, own_key if key in KEYS else str)
        absent = words.say("Non renseigné") if kind == "label" else NOTHING

        def write(row: Row) -> str:
            if is_hidden(row, key):
                return words.say("n.c.")
            return absent if row[key] is None else text(row[key])

        return write

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

    def leads_to(self, row: Row) -> str:
        """Where its cell leads on screen; empty without."""
        linked = self.address is not None and not is_hidden(row, self.key) and row[self.key] is not None
        return self.address(row) if linked and self.address is not None else ""


def of_question(question: str, *columns: Column) -> tuple[Column, ...]:
    """The columns with the meanings that they have in the answer to a question."""
    return tuple(replace(column, question=question) for column in columns)
