"""What changes in the file, before it is written; then writing it."""

import datetime as dt
import difflib
from typing import Final

import streamlit as st

from data.problems import ExtractError
from data.settings import settings_file
from data.settings_edit import Edit, checked, edited, save
from data.words import Words
from pages.parts.blocks import show_paragraph
from pages.parts.markup import html
from pages.parts.read import reading

_DRAFT: Final = "_settings_draft"
_DONE: Final = "_settings_done"
Draft = tuple[str, str]


def propose(before: str, edits: list[Edit]) -> None:
    """Keeps the text with the changes, when it is right; the reasons on screen when it is not."""
    st.session_state.pop(_DRAFT, None)
    words = reading().words
    if not edits:
        show_paragraph("cap-summary", words.say("Rien ne change."))
        return
    after = edited(before, edits)
    try:
        checked(after, reading().access.release)
    except ExtractError as error:
        _show_reasons(words.say("Ces réglages ne peuvent pas être enregistrés."), error, words)
        return
    st.session_state[_DRAFT] = (before, after)


def show_changes(before: str) -> None:
    """The lines that go and those that come, and the buttons; what was done by the last one."""
    words = reading().words
    if done := st.session_state.pop(_DONE, None):
        show_paragraph("cap-summary", done)
    draft: Draft | None = st.session_state.get(_DRAFT)
    if draft is None or draft[0] != before:
        return
    title = words.say("Ce qui change dans le fichier")
    st.header(title, anchor=False)
    lines, goes, comes = changed_lines(*draft), words.say("avant\u00a0:"), words.say("après\u00a0:")
    st.html(html("settings/changes.html", name=title, lines=lines, goes=goes, comes=comes))
    with st.container(horizontal=True):
        if st.button(words.say("Enregistrer ces réglages"), type="primary", key="settings_save"):
            _save(draft, words)
        if st.button(words.say("Abandonner"), key="settings_drop"):
            st.session_state.pop(_DRAFT, None)
            st.rerun()


def changed_lines(before: str, after: str) -> list[tuple[str, str]]:
    """Lines with their sign: − goes, + comes, a blank stays; … between two places of the file."""
    lines = list(difflib.unified_diff(before.splitlines(), after.splitlines(), n=2, lineterm=""))
    # Two lines name the files, a third one the first place.
    return [("…", "") if line.startswith("@@") else (line[:1].replace("-", "−"), line[1:]) for line in lines[3:]]


def _save(draft: Draft, words: Words) -> None:
    current = reading()
    current.access.trace("settings", current.scope, 0)  # first: where a trace is required, nothing happens without it
    try:
        kept = save(*draft, dt.datetime.now(dt.UTC))
    except ExtractError as error:
        _show_reasons(words.say("Les réglages n’ont pas été enregistrés."), error, words)
        return
    st.session_state.pop(_DRAFT, None)
    st.session_state[_DONE] = words.say(
        "Réglages enregistrés\u202f; ils valent dès maintenant pour tous. Les précédents sont gardés\u00a0: {file}.",
        file=kept.name,
    )
    st.rerun()


def _show_reasons(title: str, error: ExtractError, words: Words) -> None:
    place = f"{settings_file()}, "
    reasons = [problem.text(words).removeprefix(place) for problem in error.problems]
    st.html(html("settings/refused.html", title=title, reasons=reasons))
