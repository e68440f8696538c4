"""The form of the settings: what the file says, section by section, and what becomes of it."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from data.schema import plain_name
from data.settings_edit import Edit, Value
from data.words import Words
from pages.parts.read import reading
from pages.settings.fields import SECTIONS, Section
from pages.settings.inputs import ask, became

Entries = Mapping[str, Any]


def show_form(raw: Entries, generation: str) -> list[Edit] | None:
    """The changes after the button; None before it. `generation`: of the file; another generation starts another form."""
    words = reading().words
    edits: list[Edit] = []
    with st.form("settings_form", border=False):
        for section in SECTIONS:
            with st.expander(words.say(section.title)):
                st.text(words.say(section.intro))
                edits += _of_section(section, raw.get(section.name), generation, words)
        submitted = st.form_submit_button(words.say("Voir ce qui change"), type="primary")
    return edits if submitted else None


def _of_section(section: Section, given: Any, generation: str, words: Words) -> list[Edit]:
    key = f"{generation}_{section.name}"
    if not section.one:
        values = _edited(section, given or {}, key, words)
        return [Edit(section=section.name, values=values)] if values else []
    edits = []
    entries: list[Entries] = list(given or [])
    for place, entry in enumerate(entries):
        st.header(_heading(section, entry, words), anchor=False)
        values = _edited(section, entry, f"{key}_{place}", words)
        if st.checkbox(words.say("Retirer cette entrée"), key=f"{key}_{place}_removed"):
            edits.append(Edit(section=section.name, place=place, removed=True))
        elif values:
            edits.append(Edit(section=section.name, place=place, values=values))
    st.header(words.say(section.new), anchor=False)
    values = _edited(section, {}, f"{key}_new", words)
    if values:
        if section.name == "milestones":
            values = {"id": _new_id(str(values.get("name") or ""), entries), **values}
        edits.append(Edit(section=section.name, place=len(entries), values=values))
    return edits


def _edited(section: Section, entry: Entries, key: str, words: Words) -> dict[str, Value | None]:
    """The entries of one table whose value is another than the file's."""
    values: dict[str, Value | None] = {}
    # A row of two: on a phone the entries keep their order.
    pairs = [st.columns(2) for _ in section.fields[::2]]
    for n, field in enumerate(section.fields):
        kind, optional = section.kind(field.name)
        before = entry.get(field.name, section.default(field.name))
        with pairs[n // 2][n % 2]:
            given = ask(field, kind, optional, before, f"{key}_{field.name}", words)
        changed, value = became(kind, optional, before, given)
        if changed:
            values[field.name] = value
    return values


def _heading(section: Section, entry: Entries, words: Words) -> str:
    """What an entry is, by its name or its date; that it is the demonstration's."""
    name = entry.get("name") or entry.get("label") or entry.get("origin") or ""
    text = words.named(words.say(section.one), str(name))
    return words.say("{entry} (démonstration)", entry=text) if entry.get("demo") else text


def _new_id(name: str, entries: list[Entries]) -> str:
    """An identifier that no other milestone has, from the name."""
    start = plain_name(name)[:40] or "jalon"
    taken = {entry.get("id") for entry in entries}
    return next(name for n in range(1, len(taken) + 2) if (name := start if n == 1 else f"{start}_{n}") not in taken)
