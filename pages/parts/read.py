"""What the page that runs reads with: words, release, scope. The frame sets it at the start of each run."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import streamlit as st

from data.settings import Settings
from data.words import Words
from pages.parts.page_content import CONTENT, PageContent, page_content
from queries.link import to_query
from queries.rights.access import Access
from queries.scope import Scope

if TYPE_CHECKING:
    from pages.parts.edition import Edition

READING = "_reading"
_SPELT = "_spelt"


@dataclass(frozen=True, slots=True, kw_only=True)
class SitePage:
    """A page as it is listed: its address (the root for the first one), its title, what it answers in a sentence, its group in the menu.

    The texts are messages. `keywords`: other words that a search finds it by. `at_foot`: the link to it stands at the foot of every page, or in the frame, and not in the menu.
    """

    path: str
    title: str
    about: str = ""
    group: str = ""
    keywords: str = ""
    at_foot: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One reader's view of one release. Chosen once a run, so that a page never mixes two releases.

    `access`: the release within the reader's rights.
    `filters`: the filters in words, empty when there are none. `pages`: those that the rights open, in the order of the menu.
    `path`: of the page. `idle`: which of the filters change nothing on it, in words.
    `months`: the range that the reader chose, which stays in links also where the page is of whole years.
    `edition`: where the page is written as a file; None where a server answers.
    """

    words: Words
    access: Access
    scope: Scope
    filters: str = ""
    pages: tuple[SitePage, ...] = ()
    edition: "Edition | None" = None
    path: str = ""
    idle: str = ""
    months: tuple[dt.date | None, dt.date | None] = (None, None)

    @property
    def address(self) -> dict[str, str]:
        """The query of the link to this view: filters, then the language where it is not French."""
        scope, (first, last) = self.scope, self.months
        if first or last:
            scope = replace(scope.without_years(), first_month=first, last_month=last)
        query = to_query(scope, uncounted_by_default=self.settings.counting.include_uncounted)
        return query if self.words.lang == "fr" else {**query, "lang": self.words.lang}

    @property
    def settings(self) -> Settings:
        """The settings that go with the release."""
        return self.access.settings


def set_reading(reading: Reading) -> None:
    """For the frame; and for the page that reads an earlier release, whose files then say so."""
    st.session_state.update(start_reading(reading))


def start_reading(reading: Reading) -> dict[str, Any]:
    """What the state of a session has at the start of a run."""
    return {READING: reading, CONTENT: PageContent(), _SPELT: set()}


def reading() -> Reading:
    """The reading of this run; the last one within a fragment."""
    kept: Reading = st.session_state[READING]
    return kept


def spelt() -> set[str]:
    """The abbreviations whose full names the page has written."""
    kept: set[str] = st.session_state.setdefault(_SPELT, set())
    return kept


def ask_question(question: str, answer: str = "") -> None:
    """Remembers the question that the page asks, and its answer: its files say them."""
    page_content().question, page_content().answer = question, answer


def page_question() -> str:
    """The question of the page; empty before `ask_question`."""
    return page_content().question
