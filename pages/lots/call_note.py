"""The note of a call about a lot: called on such a day, to be called again on another. Kept as a comment on the lot."""

import datetime as dt

import streamlit as st

from data.codes import CommentKind, CommentScope
from data.comments_log import Comment
from data.words import Words
from pages.parts.comments import REMINDER, add_comment, may_comment
from pages.parts.read import reading

_FORMAT = "DD/MM/YYYY"


def show_call_note(code: str) -> None:
    """The form, folded, for who may write on the lot. `code`: `contract/lot`."""
    current = reading()
    words = current.words
    if not may_comment(current, CommentScope.LOT, [code]):
        return
    with st.expander(words.say("Noter un appel")), st.form("call_note", border=False, clear_on_submit=True):
        days = st.columns(2)
        called = days[0].date_input(words.say("Appelé le"), value="today", format=_FORMAT)
        again = days[1].date_input(words.say("Prochain rappel"), value=None, format=_FORMAT)
        text = st.text_input(words.say("Ce qui est convenu"), max_chars=300)
        st.text(words.say(REMINDER))
        if st.form_submit_button(words.say("Noter l’appel")) and called is not None:
            add_comment(
                current,
                Comment(
                    scope_kind=str(CommentScope.LOT),
                    scope_code=code,
                    period=None,
                    text=call_text(called, again, text, Words("fr")),  # as all comments, which are marked as French
                    author_role=current.access.rights.role.label,
                    kind=str(CommentKind.CALL),
                ),
            )


def call_text(called: dt.date, again: dt.date | None, text: str, words: Words) -> str:
    """Appelé le 02/11/2026, prochain rappel le 16/11/2026 : bordereaux d’octobre promis."""
    sentence = words.say("Appelé le {day}", day=words.short_date(called))
    if again is not None:
        sentence = words.say("{call}, prochain rappel le {day}", call=sentence, day=words.short_date(again))
    return words.named(sentence, text.strip()) if text.strip() else f"{sentence}."
