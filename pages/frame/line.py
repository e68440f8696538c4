"""The line above every page: whose figures, how fresh, how sure; and the switch of languages."""

from uuid import uuid4

import streamlit as st

from data.words import LANGS, Lang, Words
from pages.frame.tour import has_tour, tour
from pages.parts.authority import authority_name
from pages.parts.blocks import page_address
from pages.parts.markup import html
from pages.parts.read import SitePage, reading
from queries import answers
from queries.compared import earlier_release
from queries.errors import QueryError
from queries.rights.access import Access
from queries.scope import Scope


def show_language() -> Lang:
    """The language that the reader chose; it lives in the address (as its code), French being understood."""
    chosen = st.segmented_control(
        "Langue / Language",
        LANGS,
        default="fr",
        required=True,
        key="lang",
        bind="query-params",
        label_visibility="collapsed",
    )
    return chosen or "fr"


def show_frame_line(page: SitePage, reader: str, kept: dict[str, str]) -> None:
    """Authority, data date, months covered, share pending, anomalies; who reads, in words; `kept`: what may be kept in the browser.

    The number of the run tells internal_links.js that a page is another one than before; current_page.js marks the group of the page
    in the menu and describes it in the head of the document.
    """
    current = reading()
    words = current.words
    texts = [*freshness_texts(current.access, words), reader]
    revised = _revised_text(current.access, words)
    changes = page_address("changements") if revised else ""
    demo = words.say("Démonstration\u00a0: chiffres inventés") if current.access.release.demo else ""
    authority = authority_name(current.settings, words)
    group, about = words.say(page.group) if page.group else "", words.say(page.about)
    run = uuid4().hex
    values = {"demo": demo, "authority": authority, "texts": texts, "revised": revised, "changes": changes}
    st.html(
        html(
            "frame/line.html",
            run=run,
            group=group,
            about=about,
            kept=kept,
            tour=tour(page, words) if has_tour(page) else None,
            **values,
        )
    )


def freshness_texts(access: Access, words: Words) -> list[str]:
    """Of when the figures are, which months they cover, how sure they are: what the reader’s rights leave of each."""
    summary = answers.release_summary(access)
    texts = [words.say("données au {day}", day=words.date(summary["data_as_of"]))]
    if summary["first_month"] is not None:
        first, last = words.short_month(summary["first_month"]), words.short_month(summary["last_month"])
        texts.append(words.say("de {first} à {last}", first=first, last=last))
    if summary["pending_ratio"] is not None:
        texts.append(words.say("{share} en attente", share=words.percent(summary["pending_ratio"])))
    if summary["anomalies"] is not None:
        texts.append(words.say_count("{n} anomalie", "{n} anomalies", summary["anomalies"]))
    return texts


def _revised_text(access: Access, words: Words) -> str:
    """The closed years that this release changed by more than the settings allow; nothing where no release before can be read."""
    if earlier_release(access.release) is None:
        return ""
    try:
        revised = [row["year"] for row in answers.changes_by_year(access, Scope()) if row["is_revised"]]
    except QueryError:
        return ""
    return words.say("révisé\u00a0: {years}", years=words.listed_years(revised)) if revised else ""
