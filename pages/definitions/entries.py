"""The dictionary: every table, column, code and indicator in one list, drawn from where each is declared."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from data.codes import CODE_LISTS, CodeList
from data.release.tables import EVERY_TABLE
from data.schema import Table
from data.words import N_, Words, folded
from pages.parts.lot_alerts import LotAlert
from pages.parts.milestone_status import MilestoneStatus
from pages.parts.tables import Column, Row
from pages.parts.terms import TERMS
from queries.meanings import column_meaning, of_column
from queries.questions import Question, questions
from queries.rights.rights import OF_SEVERAL
from queries.sandbox.tables import COMMUNES, MONTHS
from queries.vocabulary import Meaning

INDICATORS: Final = N_("Termes")
TABLES: Final = N_("Colonnes")
CODES: Final = N_("Codes")
QUESTIONS: Final = N_("Questions")
PARTS: Final = (INDICATORS, TABLES, CODES, QUESTIONS)
# Lists that only answers have.
_LOCAL: Final = N_("Convention de ce tableau de bord")
_OF_ANSWERS: Final = (
    CodeList(
        codes=LotAlert,
        label=N_("Alertes d’un lot"),
        definition=N_("Ce qui, dans le rythme d’un lot, appelle l’attention aujourd’hui."),
        source=_LOCAL,
    ),
    CodeList(
        codes=MilestoneStatus,
        label=N_("États d’un jalon"),
        definition=N_("Où en est un jalon ou un objectif annuel."),
        source=_LOCAL,
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that has a definition, in the reader's language. `group`: the table, list or question it is part of.

    A group's own entry has the group as its name. `term`: its entry on the definitions page.
    """

    part: str
    group: str
    name: str
    label: str
    definition: str
    kind: str = ""
    unit: str = ""
    formula: str = ""
    source: str = ""
    term: str = ""

    @property
    def row(self) -> Row:
        """As a row of a table."""
        return {name: getattr(self, name) or None for name in self.__slots__}

    def has(self, text: str) -> bool:
        """Whether the entry contains every word of a text, whatever the accents and capitals."""
        own = folded(" ".join((self.group, self.name, self.label, self.definition, self.formula)))
        return all(word in own for word in folded(text.replace("’", "'")).replace("'", " ").split())


def entries(words: Words, *, several: bool = False) -> list[Entry]:
    """All of them, those of an observatory where `several` structures publish: indicators, then tables, lists of codes and questions, each before its own columns or codes."""
    every = [_indicator(term.id, words) for term in TERMS]
    for table in (*EVERY_TABLE, MONTHS, COMMUNES):
        every += _table(table, words, several)
    for listed in (*CODE_LISTS, *_OF_ANSWERS):
        every += _codes(listed, words)
    for question in questions().values():
        if several or question.name not in OF_SEVERAL:
            every += _question(question, words)
    return every


def _indicator(term_id: str, words: Words) -> Entry:
    (term,) = (term for term in TERMS if term.id == term_id)
    return Entry(
        part=words.say(INDICATORS),
        group="",
        name=words.say(term.name),
        label=words.say(term.name),
        definition=words.say(term.definition),
        formula=words.say(term.formula) if term.formula else "",
        source=words.say(term.source) if term.source else "",
        term=term.id,
    )


def _table(table: Table, words: Words, several: bool) -> Iterator[Entry]:
    part, source = words.say(TABLES), words.say(table.source)
    grain = words.named(words.say("Une ligne"), words.say(table.grain))
    if table.internal:
        kept = words.say(
            "Interne\u00a0: on y compte des personnes, aucune de ses lignes n’est montrée, ni exportée, ni lisible par SQL."
        )
        grain = f"{grain}. {kept}"
    yield Entry(
        part=part, group=table.name, name=table.name, label=words.say(table.label), definition=grain, source=source
    )
    for column in table.every_column if several else table.columns:
        yield _column(part, table.name, column.name, column.sql_type, of_column(column), words, source)


def _codes(listed: CodeList, words: Words) -> Iterator[Entry]:
    part, group, source = words.say(CODES), words.say(listed.label), words.say(listed.source)
    yield Entry(part=part, group=group, name=group, label=group, definition=words.say(listed.definition), source=source)
    for code in listed.codes:
        definition = words.say(code.definition) if code.definition else ""
        yield Entry(
            part=part, group=group, name=str(code), label=words.say(code.label), definition=definition, source=source
        )


def _question(question: Question, words: Words) -> Iterator[Entry]:
    part, source = words.say(QUESTIONS), f"queries/{question.name}.sql"
    text = words.say(question.text)
    yield Entry(part=part, group=question.name, name=question.name, label=text, definition=text, source=source)
    for column in question.columns:
        meaning = column_meaning(column.name, question.name)
        if meaning is not None:
            kind = words.say("{type}, peut être vide", type=column.type) if column.nullable else column.type
            yield _column(part, question.name, column.name, kind, meaning, words, source)


def _column(part: str, group: str, name: str, kind: str, meaning: Meaning, words: Words, source: str) -> Entry:
    indicator = _indicator(meaning.term, words) if meaning.is_term else None
    definition = words.say(meaning.definition)
    if meaning.codes is not None:
        values = words.named(words.say("Codes"), ", ".join(meaning.codes))
        definition = f"{definition} {values}."
    return Entry(
        part=part,
        group=group,
        name=name,
        label=words.say(meaning.label),
        definition=definition,
        kind=kind,
        unit=words.say(meaning.unit) if meaning.unit else "",
        formula=indicator.formula if indicator is not None else "",
        source=source,
        term=meaning.term,
    )


def columns(words: Words) -> tuple[Column, ...]:
    """Of the file of the dictionary."""
    return (
        Column(key="part", label=words.say("Rubrique")),
        Column(key="group", label=words.say("Dans")),
        Column(key="name", label=words.say("Nom")),
        Column(key="label", label=words.say("Libellé")),
        Column(key="kind", label=words.say("Type")),
        Column(key="unit", label=words.say("Unité")),
        Column(key="definition", label=words.say("Définition")),
        Column(key="formula", label=words.say("Formule")),
        Column(key="source", label=words.say("Référence")),
    )
