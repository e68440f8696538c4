"""What the authority says of its figures, on the page that shows them; and the form that adds a comment, for who may."""

import datetime as dt
from collections.abc import Sequence
from typing import Final

import streamlit as st

from data.codes import CommentKind, CommentScope
from data.comments_log import Comment, write_comment
from data.problems import ExtractError
from data.words import N_, Words
from pages.parts.filters.names import Names
from pages.parts.markup import html
from pages.parts.plain import as_text
from pages.parts.read import Reading, reading
from queries import answers
from queries.answers import CommentsRow
from queries.rights.access import Access
from queries.rights.rights import Right
from queries.scope import Scope

# The field of the filters whose values comments of a kind are about.
COMMENTED: Final = {CommentScope.CLIENT: "clients", CommentScope.COMMUNE: "execution_communes"}
# Calls are noted by a form of their own, on the page of a lot.
_KINDS: Final = tuple(kind for kind in CommentKind if kind is not CommentKind.CALL)
REMINDER: Final = N_(
    "Du texte, jamais au sujet d’une personne\u00a0: ni nom, ni date de naissance, ni moyen de la joindre. Un commentaire ne s’efface pas."
)


def show_comments(kind: CommentScope, codes: Sequence[str]) -> None:
    """The comments on these, the latest first, under a heading; nothing when there are none and the reader may write none.

    `codes`: of one kind; an empty one for the whole.
    """
    current = reading()
    words, access = current.words, current.access
    if not access.rights.may(Right.COMMENTS) or not codes:
        return
    rows = comments_on(access, kind, codes)
    may_write = may_comment(current, kind, codes)
    if not rows and not may_write:
        return
    st.header(words.say("Qu’en dit l’autorité\u202f?"), anchor=False)
    if rows:
        names = Names(access, words) if len(codes) > 1 else None
        st.html(
            html("parts/templates/comments.html", comments=[_comment_values(row, kind, names, words) for row in rows])
        )
    if may_write:
        with st.expander(words.say("Commenter")):
            _show_form(current, kind, codes)


def comments_on(access: Access, kind: CommentScope, codes: Sequence[str]) -> list[CommentsRow]:
    """The comments on these that the reader may see, the latest first."""
    if not access.rights.may(Right.COMMENTS):
        return []
    return [row for row in answers.comments(access) if row["scope_kind"] == kind and (row["scope_code"] or "") in codes]


def last_calls(access: Access) -> dict[str, str]:
    """What was noted of the last call about each lot, by `contract/lot`: those that the reader may see."""
    if not access.rights.may(Right.COMMENTS):
        return {}
    calls = [
        row
        for row in answers.comments(access)
        if row["scope_kind"] == CommentScope.LOT and row["kind"] == CommentKind.CALL
    ]
    return {row["scope_code"] or "": row["text"] for row in reversed(calls)}


def comment_kind(row: CommentsRow, words: Words) -> str:
    """What a comment brings, in a word."""
    return words.say(CommentKind.of(row["kind"]).label) if row["kind"] else words.say("Commentaire")


def comment_origin(row: CommentsRow, words: Words) -> str:
    """The period that it is about, who wrote it by function, when."""
    day = words.date(row["written_on"]) if row["written_on"] else ""
    return " · ".join(filter(None, [row["period"], row["author_role"], day]))


def may_comment(current: Reading, kind: CommentScope, codes: Sequence[str]) -> bool:
    """Whether the reader may write on all of these: rights without limits, or rights that cover each wholly. A lot's page opens to its readers alone."""
    rights = current.access.rights
    if not rights.may(Right.WRITE_COMMENTS):
        return False
    limits = rights.limits
    if not limits or kind is CommentScope.LOT:
        return True
    return list(limits) == [COMMENTED.get(kind)] and all(code in limits[COMMENTED[kind]] for code in codes)


def _comment_values(row: CommentsRow, kind: CommentScope, names: Names | None, words: Words) -> dict[str, object]:
    about = [comment_origin(row, words)]
    if names is not None and row["scope_code"] != row["period"]:
        code = row["scope_code"] or ""
        about.insert(0, names.of(COMMENTED[kind], code) if kind in COMMENTED else code)
    return {
        "kind": comment_kind(row, words),
        "about": " · ".join(filter(None, about)),
        "lines": row["text"].splitlines(),
    }


def _show_form(current: Reading, kind: CommentScope, codes: Sequence[str]) -> None:
    words = current.words
    with st.form(f"comment_{kind}", border=False, clear_on_submit=True):
        code = codes[0]
        if len(codes) > 1:
            code = st.selectbox(words.say(kind.label), codes[::-1])
        nature = st.selectbox(words.say("Nature du commentaire"), _KINDS, format_func=lambda one: words.say(one.label))
        period = st.text_input(words.say("Période commentée"), placeholder="2026-T1", max_chars=40)
        text = st.text_area(words.say("Commentaire"), max_chars=4000)
        st.text(words.say(REMINDER))
        if st.form_submit_button(words.say("Publier le commentaire")):
            comment = Comment(
                scope_kind=str(kind),
                scope_code=code or None,
                period=period.strip() or None,
                text=text,
                author_role=current.access.rights.role.label,
                kind=str(nature),
            )
            add_comment(current, comment)


def add_comment(current: Reading, comment: Comment) -> None:
    """Adds it to the log and shows the page again; a refusal says why."""
    access = current.access
    try:
        write_comment(
            access.release.path.parents[1],
            comment,
            writer=access.reader,
            demo=access.release.demo,
            now=dt.datetime.now(dt.UTC),
        )
    except ExtractError as error:
        st.error(as_text(error.text(current.words)))
        return
    access.trace("write_comment", Scope(), 1)
    st.rerun()
