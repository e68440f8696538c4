"""The dictionary on the screen: what a search finds, or everything, folded by table, list and question."""

import itertools
from collections.abc import Iterable, Sequence
from html import escape

import streamlit as st

from data.words import Words
from pages.dictionary.entries import Entry
from pages.parts.blocks import page_address, show_notes


def show_found(found: Sequence[Entry], words: Words) -> None:
    """What a search has found; what several tables or answers share is told once, with where it stands."""
    show_notes([words.say_count("{n} entrée trouvée.", "{n} entrées trouvées.", len(found))])
    for part, of_part in itertools.groupby(found, key=lambda entry: entry.part):
        st.header(part, anchor=False)
        st.html(entries_html(of_part, words, placed=True))


def show_folded(every: Sequence[Entry], words: Words) -> None:
    """A tab for each part, a fold for each group; only what is open is sent to the browser."""
    parts = {part: list(entries) for part, entries in itertools.groupby(every, key=lambda entry: entry.part)}
    tabs = st.tabs(list(parts), on_change="rerun", key="dictionary_parts")
    for tab, entries in zip(tabs, parts.values(), strict=True):
        if tab.open:
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
    if fold.open:
        with fold:
            if first.definition != first.label:
                show_notes([first.definition])
            st.html(entries_html(rest, words))


def entries_html(found: Iterable[Entry], words: Words, *, placed: bool = False) -> str:
    """A list of definitions. `placed`: with the tables, lists or questions where each stands; else they are known."""
    same: dict[tuple[str, ...], list[Entry]] = {}
    for entry in found:
        key = (entry.name, entry.label, entry.kind, entry.unit, entry.definition, entry.formula)
        same.setdefault(key, []).append(entry)
    body = "".join(_entry_html(entries, words, placed) for entries in same.values())
    return f'<div class="cap-entries"><dl>{body}</dl></div>'


def _entry_html(same: Sequence[Entry], words: Words, placed: bool) -> str:
    entry = same[0]
    label = escape(entry.label)
    if entry.term:
        address = page_address("definitions", terme=entry.term)
        label = f'<a href="{escape(address, quote=True)}" target="_self">{label}</a>'
    name = f"<strong>{label}</strong>" if entry.label == entry.name else f"<code>{escape(entry.name)}</code> {label}"
    kind = escape(" · ".join(filter(None, (entry.kind, entry.unit))))
    lines = [escape(entry.definition)] if entry.definition not in ("", entry.label) else []
    if entry.formula:
        lines.append(f"<small>{escape(words.named(words.say('Formule'), entry.formula))}</small>")
    places = [one.group for one in same if one.group]
    if placed and places:
        lines.append(f"<small>{escape(words.named(words.say('Dans'), ', '.join(places)))}</small>")
    elif entry.source and not entry.group:
        lines.append(f"<small>{escape(words.named(words.say('Source'), entry.source))}</small>")
    return f"<dt>{name}{f' <small>{kind}</small>' if kind else ''}</dt><dd>{''.join(lines)}</dd>"
