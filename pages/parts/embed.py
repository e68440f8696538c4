"""One block of a page in another site's frame: `?embed=true&bloc=cumul` shows the sentence, the chart or table, the source, and nothing else.

Streamlit keeps `embed` to itself (with `true` it shows no bar of its own), so that `bloc` is what asks for it: `premier` for the first
block of a page, whatever it is called. `?embed=1` leads there (`pages/server/embed_address.py`).

The page runs as it does anywhere, rights and secrecy included; `pages/frame/embed.css` hides what is outside the block.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final
from urllib.parse import urlencode

import streamlit as st

from pages.parts.abbreviations import spelt_out
from pages.parts.authority import authority_name
from pages.parts.markup import html
from pages.parts.page_content import page_content
from pages.parts.read import reading

EMBED: Final = "embed"
BLOCK: Final = "bloc"
FIRST: Final = "premier"
# Blocks that frames out there still ask for by the name that they had.
_RENAMED: Final = {
    **dict.fromkeys(("clients_heures", "clients_annees", "clients_realisation"), "heures_par_maitre_d_ouvrage"),
    **dict.fromkeys(("clauses_heures", "clauses_realisation"), "heures_par_type_de_clause"),
}
_HEIGHT: Final = 560  # pixels of the frame that the code makes


def is_embedded(block: str = "") -> bool:
    """Whether the address asks for one block without the frame around; for this block, when one is named."""
    name = st.query_params.get(BLOCK, "")
    if name == FIRST and block:
        return not page_content().has_framed
    return bool(name) and (not block or _RENAMED.get(name, name) == block)


@contextmanager
def embeddable(block: str, sentence: str = "") -> Iterator[None]:
    """Makes its content a block that may stand alone, under its sentence and above its source."""
    if not is_embedded(block):
        yield
        return
    current, page = reading(), page_content()
    words, release = current.words, current.access.release
    if st.query_params[BLOCK] == FIRST:
        # The answer to the question of the page, which the block is the first picture of.
        sentence = page.answer or sentence
    page.has_framed = True
    with st.container(key="cap_embedded"):
        if sentence:
            st.html(html("parts/templates/paragraph.html", kind="cap-summary", lines=[spelt_out(sentence, words)]))
        yield
        source = words.say(
            "Source\u00a0: {authority}\u202f; données au {day}",
            authority=authority_name(current.settings, words),
            day=words.short_date(release.data_as_of),
        )
        marks = [words.say("Démonstration, chiffres inventés")] if release.demo else []
        st.html(html("parts/templates/paragraph.html", kind="cap-notes", lines=[spelt_out(words.joined([*marks, source, *filter(None, [current.filters, current.idle])]), words)]))  # fmt: skip


def show_embed_code(block: str, title: str) -> None:
    """The code that puts the block into another site's page, to be copied; nothing where the settings let no site do so."""
    current = reading()
    if not current.settings.embed.sites or not st.context.url:
        return
    query = urlencode({**current.address, EMBED: "true", BLOCK: block}, safe=",")
    address = f"{st.context.url.partition('?')[0]}?{query}"
    st.text(current.words.say("Pour un intranet\u00a0:"))
    st.code(
        html("parts/templates/iframe.html", address=address, title=title, height=_HEIGHT),
        language="html",
        wrap_lines=True,
    )
