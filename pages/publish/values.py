"""What the values of a source are, once for all: codes, types of clients, constants, months as columns, units."""

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Final

import streamlit as st

from data.codes import Code
from data.preparation.proposal import Question
from data.preparation.reading import Reading
from data.schema import ALL_TABLES, Column, Table
from data.words import N_, Words
from pages.parts.blocks import show_notes
from pages.parts.plain import as_text
from pages.parts.read import reading
from pages.publish.columns import Answer, grid, key_of

_EMPTY: Final = N_("Vide\u00a0: inconnu")
_MEASURES: Final = (("hours_declared", "hours_validated"), ("hours_validated",), ("hours_declared",))
_CHOICES: Final = {
    "%": N_("0,05 veut dire 0,05\u00a0%"),
    "fraction": N_("0,05 veut dire 5\u00a0%"),
    "out": N_("La dernière ligne est un total\u00a0: ne pas la compter"),
    "data": N_("La dernière ligne est une ligne comme les autres"),
}


def ask_values(checked: Reading) -> list[Answer]:
    """The answers of the form to every question that is not about a header."""
    answers: list[Answer] = []
    of_values = [question for question in checked.questions if question.kind in ("values", "by")]
    for section, several in groupby(of_values, key=lambda question: question.section):
        answers += _ask_codes(section, list(several))
    others = [question for question in checked.questions if question.kind in _FORMS and not _is_fact(question)]
    if others:
        st.subheader(reading().words.say("Ce que vos tableaux ne disent pas"), anchor=False)
        for question, place in zip(others, grid(len(others)), strict=True):
            with place:
                answers += _FORMS[question.kind](question)
    facts = [question for question in checked.questions if _is_fact(question)]
    show_notes([_fact_text(question, reading().words) for question in facts])
    # The facts on screen are accepted with the other answers.
    return answers + [(question.section, question.text, question.target) for question in facts]


def _ask_codes(section: str, questions: Sequence[Question]) -> list[Answer]:
    """A menu for each text of a column: the code that it is; for a commune its code."""
    words = reading().words
    column = _column(section)
    st.subheader(_heading(section, column, words), anchor=False)
    answers: list[Answer] = []
    for question, place in zip(questions, grid(len(questions)), strict=True):
        with place:
            chosen = _ask_code(question, column, words)
        answers += [] if chosen is None else [(section, question.text, chosen)]
    return answers


def _ask_code(question: Question, column: Column, words: Words) -> str | None:
    """The code of one text; None while nothing is chosen where something must be."""
    label, key = as_text(question.text), key_of(question.section, question.text)
    if column.codes is None:
        typed = st.text_input(label, value=str(question.target), key=key, placeholder=words.say(column.label))
        return typed.strip()
    options = [str(code) for code in column.codes] + ([""] if column.nullable else [])
    return st.selectbox(
        label,
        options,
        index=options.index(str(question.target)) if question.target in options and not question.is_open else None,
        format_func=lambda code: _code_label(column.codes, code, words),
        key=key,
        placeholder=words.say("À choisir"),
    )


def _ask_default(question: Question) -> list[Answer]:
    words, column = reading().words, _column(question.section, question.text)
    chosen = _ask_code(question, column, words) if column.codes is None else None
    if column.codes is not None:
        options = [str(code) for code in column.codes]
        chosen = st.selectbox(
            words.say(
                "{table}, {column}, partout",
                table=words.say(_table(question.table).label),
                column=words.say(column.label),
            ),
            options,
            index=options.index(str(question.target)) if question.target in options else None,
            format_func=lambda code: _code_label(column.codes, code, words),
            key=key_of(question.section, question.text),
        )
    return [] if chosen is None else [(question.section, question.text, chosen)]


def _ask_months(question: Question) -> list[Answer]:
    words = reading().words
    if question.text == "year":
        years = list(range(2035, 1994, -1))
        year = st.selectbox(
            words.say("Année des mois en colonnes"),
            years,
            index=years.index(question.target) if question.target in years else None,
            key=key_of(question.section, question.text),
            placeholder=words.say("À choisir"),
        )
        return [] if year is None else [(question.section, question.text, year)]
    labels = {column.name: words.say(column.label) for table in ALL_TABLES for column in table.columns}
    chosen = st.selectbox(
        words.say("Les colonnes qui sont des mois contiennent"),
        _MEASURES,
        index=_MEASURES.index(question.target) if question.target in _MEASURES else 0,
        format_func=lambda names: words.listed([labels[name] for name in names]),
        key=key_of(question.section, question.text),
    )
    return [(question.section, question.text, chosen)]


def _ask_choice(question: Question) -> list[Answer]:
    """One of a few answers, each a sentence."""
    words = reading().words
    label = words.say("Dernière ligne")
    if question.kind == "units":
        label = words.say(_column(question.section, question.text).label)
    choices = list(question.choices) or [str(question.target)]
    chosen = st.selectbox(
        label,
        choices,
        index=choices.index(str(question.target)) if question.target in choices else None,
        format_func=lambda choice: words.say(_CHOICES[choice]) if choice in _CHOICES else choice,
        key=key_of(question.section, question.text),
        placeholder=words.say("À choisir"),
    )
    return [] if chosen is None else [(question.section, question.text, chosen)]


_FORMS: Final[dict[str, Callable[[Question], list[Answer]]]] = {
    "defaults": _ask_default,
    "months": _ask_months,
    "units": _ask_choice,
    "rows": _ask_choice,
}


def _is_fact(question: Question) -> bool:
    """Whether a proposal leaves nothing to choose: an identifier made from others, the lot of contracts without lots, an unknown date."""
    if question.kind == "made":
        return True
    return question.kind == "defaults" and (
        question.target in ("", "00") or _column(question.section, question.text).codes is None
    )


def _fact_text(question: Question, words: Words) -> str:
    table = _table(question.table)
    label = words.say(_column(question.section, question.text).label)
    place = words.say(table.label)
    if question.kind == "defaults":
        if question.target == "":
            return words.say("{table}, {column}\u00a0: inconnu partout.", table=place, column=label)
        return words.say(
            "{table}, {column}\u00a0: «\u00a0{value}\u00a0» partout.", table=place, column=label, value=question.target
        )
    own = {column.name: words.say(column.label) for column in table.columns}
    own |= {"file": words.say("nom du fichier"), "row": words.say("numéro de ligne")}
    parts = question.target if isinstance(question.target, tuple) else (str(question.target),)
    made = words.listed([words.say("«\u00a0{name}\u00a0»", name=own.get(part, part)) for part in parts])
    return words.say("{table}, {column}\u00a0: composé à partir de {parts}.", table=place, column=label, parts=made)


def _heading(section: str, column: Column, words: Words) -> str:
    """The heading of the texts below: values of a column, or clients without a type."""
    label = words.say(column.label)
    if section.split(".")[1] == "by":
        other = words.say(_column(section, section.split(".")[3]).label)
        return words.say("{column}, selon «\u00a0{other}\u00a0»", column=label, other=other)
    return words.say("Valeurs de «\u00a0{column}\u00a0»", column=label)


def _column(section: str, name: str = "") -> Column:
    table, _, rest = section.partition(".")
    name = name or rest.split(".")[1]
    return _table(table).column(name)


def _table(name: str) -> Table:
    return next(table for table in ALL_TABLES if table.name == name)


def _code_label(codes: type[Code] | None, code: str, words: Words) -> str:
    return words.say(codes.of(code).label) if codes is not None and code else words.say(_EMPTY)
