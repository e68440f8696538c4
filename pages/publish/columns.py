"""What each header of a sheet is: a menu a header, with examples and what is suggested."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from hashlib import blake2b
from typing import Any, Final

import streamlit as st

from data.preparation.proposal import Target
from data.preparation.reading import Reading
from data.preparation.sheets import Header, SheetRead
from data.schema import ALL_TABLES, Column, Table, plain_name
from data.sources.mapping import Mapping
from data.words import N_, Words
from pages.parts.plain import as_text
from pages.parts.read import reading
from pages.publish.sentences import tables_label

# An answer: section, entry, target, as data/preparation/proposal.py takes them.
Answer = tuple[str, str, Target]
_ACROSS: Final = 3
NARROW: Final = 400  # pixels, of a field that stands alone
# Two columns that one header often stands for.
_PAIRS: Final = (("hours_declared", "hours_validated"), ("notified_on", "starts_on"))
NOT_READ: Final = N_("Ne pas lire")


def key_of(*parts: str) -> str:
    """The key of a widget: always the same for the same thing, without its name."""
    return f"publish_{blake2b(chr(0).join(parts).encode(), digest_size=8).hexdigest()}"


def grid(n: int) -> Iterator[AbstractContextManager[Any]]:
    """Places for so many menus, some side by side."""
    for start in range(0, n, _ACROSS):
        yield from st.columns(_ACROSS, vertical_alignment="bottom")[: n - start]


def columns_of(tables: Sequence[str]) -> list[Column]:
    """The columns that a sheet of these tables may have, those that must be there first."""
    columns = {column.name: column for table in _tables(tables) for column in table.columns if not column.derived}
    return sorted(columns.values(), key=lambda column: not column.required)


def ask_columns(checked: Reading, mapping: Mapping) -> list[Answer]:
    """What the sheets are taken for and their headers read as: the answers of the form."""
    answers: list[Answer] = []
    seen: set[tuple[str, str]] = set()
    open_questions = {
        (question.table, plain_name(question.text)) for question in checked.questions if question.kind == "columns"
    }
    for sheet in checked.sheets:
        st.subheader(as_text(sheet.file), anchor=False)
        answers += _ask_table(sheet)
        new: list[Header] = []
        known: list[Header] = []
        for header in sheet.headers:
            plain = plain_name(header.name)
            keys = {(table, plain) for table in sheet.tables}
            if header.refused or not keys or keys <= seen:
                continue
            seen |= keys
            is_new = bool(keys & open_questions) or not (header.targets or _is_decided(plain, sheet, mapping))
            (new if is_new else known).append(header)
        for header, place in zip(new, grid(len(new)), strict=True):
            with place:
                answers += _ask_header(header, sheet, mapping, is_new=True)
        if known:
            words = reading().words
            with st.expander(words.say_count("{n} colonne déjà reconnue", "{n} colonnes déjà reconnues", len(known))):
                for header, place in zip(known, grid(len(known)), strict=True):
                    with place:
                        answers += _ask_header(header, sheet, mapping, is_new=False)
    return answers


def _ask_table(sheet: SheetRead) -> list[Answer]:
    """What the sheet is; a sheet that is two tables stays so."""
    if len(sheet.tables) > 1:
        return []
    words = reading().words
    current = sheet.tables[0] if sheet.tables else ""
    chosen = st.selectbox(
        words.say("Cette feuille contient"),
        [*(table.name for table in ALL_TABLES), ""],
        index=[*(table.name for table in ALL_TABLES), ""].index(current),
        format_func=lambda name: tables_label((name,), words),
        key=key_of("sheets", sheet.file),
        width=NARROW,
    )
    return [("sheets", sheet.file, chosen)] if chosen != current else []


def _ask_header(header: Header, sheet: SheetRead, mapping: Mapping, *, is_new: bool) -> list[Answer]:
    words = reading().words
    labels = {column.name: _label(column, words) for column in columns_of(sheet.tables)}
    pairs = [pair for pair in _PAIRS if set(pair) <= labels.keys()]
    options: list[tuple[str, ...]] = list(dict.fromkeys([(), header.targets, *((name,) for name in labels), *pairs]))
    examples = ", ".join(header.examples) or words.say("vide")
    chosen = st.selectbox(
        as_text(words.named(header.name, examples)),
        options,
        index=options.index(header.targets),
        format_func=lambda names: words.listed([labels[name] for name in names]) if names else words.say(NOT_READ),
        key=key_of(*sheet.tables, header.name),
    )
    if chosen == header.targets and not is_new:
        return []
    answers: list[Answer] = []
    for table in _tables(sheet.tables):
        names = tuple(name for name in chosen if name in {column.name for column in table.columns})
        if names or mapping.targets(table, header.name) or len(sheet.tables) == 1:
            answers.append((f"{table.name}.columns", header.name, names if len(names) != 1 else names[0]))
    return answers


def _label(column: Column, words: Words) -> str:
    return f"{words.say(column.label)} *" if column.required else words.say(column.label)


def _is_decided(plain: str, sheet: SheetRead, mapping: Mapping) -> bool:
    """Whether the mapping says that a header is not read."""
    return any(mapping.of(table).targets(plain) == () for table in _tables(sheet.tables))


def _tables(names: Sequence[str]) -> list[Table]:
    return [table for table in ALL_TABLES if table.name in names]
