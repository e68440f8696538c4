"""The dictionary on the screen: what a search finds, or everything, folded by table, list and question."""

import itertools
from collections.abc import Iterable, Sequence

import streamlit as st

from data.words import Words
from pages.definitions.entries import Entry
from pages.parts.blocks import page_address, show_notes
from pages.parts.edition import is_unfolded
from pages.parts.markup import html


def show_matches(matches: Sequence[Entry], words: Words) -> None:
    """The matches of a search. A definition that several tables or answers share stands once, with its places."""
    show_notes([words.say_count("{n} entrée trouvée.", "{n} entrées trouvées.", len(matches))])
    for part, of_part in itertools.groupby(matches, key=lambda entry: entry.part):
        st.header(part, anchor=False)
        st.html(entries_html(of_part, words, placed=True))


def show_folded(every: Sequence[Entry], words: Words) -> None:
    """A tab for each part, a fold for each group; only what is open is sent to the browser."""
    parts = {part: list(entries) for part, entries in itertools.groupby(every, key=lambda entry: entry.part)}
    tabs = st.tabs(list(parts), on_change="rerun", key="dictionary_parts")
    for tab, entries in zip(tabs, parts.values(), strict=True):
        if is_unfolded(tab):
            with tab:
                for group, listed in itertools.groupby(entries, key=lambda entry: entry.group):
                    _show_group(group, list(listed), words)


def _show_group(group: str, listed: Sequence[Entry], words: Words) -> None:
    if not group:
        st.html(entries_html(listed, words))
        return
    first, *rest = listed
    title = first.name if first.label == first.name else f"{first.name} · {first.label}"
    fold = st.expander(title, on_change="rerun", key=f"fold_{first.part}_{group}")
    if is_unfolded(fold):
        with fold:
            if first.definition != first.label:
                show_notes([first.definition])
            st.html(entries_html(rest, words))


def entries_html(entries: Iterable[Entry], words: Words, *, placed: bool = False) -> str:
    """A list of definitions. `placed`: with the tables, lists or questions where each stands; else they are known."""
    same: dict[tuple[str, ...], list[Entry]] = {}
    for entry in entries:
        key = (entry.name, entry.label, entry.kind, entry.unit, entry.definition, entry.formula)
        same.setdefault(key, []).append(entry)
    return html("definitions/entries.html", entries=[_written(entries, words, placed) for entries in same.values()])


def _written(same: Sequence[Entry], words: Words, placed: bool) -> dict[str, object]:
    """What is written of an entry, and small below it: the formula, then where it stands or where it is from."""
    entry = same[0]
    small = [words.named(words.say("Formule"), entry.formula)] if entry.formula else []
    places = [one.group for one in same if one.group]
    if placed and places:
        small.append(words.named(words.say("Dans"), ", ".join(places)))
    elif entry.source and not entry.group:
        small.append(words.named(words.say("Source"), entry.source))
    return {
        "name": entry.name,
        "label": entry.label,
        "address": page_address("definitions", terme=entry.term) if entry.term else "",
        "kind": " · ".join(filter(None, (entry.kind, entry.unit))),
        "definition": "" if entry.definition == entry.label else entry.definition,
        "small": small,
    }
