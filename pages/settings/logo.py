"""The authority's logo: dropped, seen, kept beside the file of the settings; its name is a change of the settings like any other."""

from typing import Final

import streamlit as st

from data.problems import ExtractError
from data.settings_edit import Edit, keep_logo
from pages.parts.blocks import show_notes
from pages.parts.plain import as_text
from pages.parts.read import reading
from pages.reports.logo import picture_svg
from pages.settings.changes import propose
from queries.errors import QueryError

_MOST_MEGABYTES: Final = 1
_DIGITS: Final = (
    8  # of the content's hash: another logo has another name, and the old one stays for the settings that name it
)


def show_logo(text: str) -> None:
    """Where to drop a logo, what it looks like, and the button that proposes it. `text`: of the settings."""
    words = reading().words
    with st.expander(words.say("Déposer un logo")):
        sent = st.file_uploader(
            words.say("Logo de l’autorité, en SVG ou PNG"), key="settings_logo", max_upload_size=_MOST_MEGABYTES
        )
        if sent is None:
            show_notes([words.say("En tête des fiches et des rapports. {n}\u00a0Mo au plus.", n=_MOST_MEGABYTES)])
            return
        held = sent.getvalue()
        try:
            picture = picture_svg(held, sent.name, reading().settings.authority.name)
        except QueryError as error:
            st.error(as_text(error.text(words)))
            return
        st.image(picture, width=240, alt=words.say("Logo de l’autorité"))
        if not st.button(words.say("Prendre ce logo"), key="settings_logo_taken"):
            return
        try:
            name = keep_logo(held)
        except ExtractError as error:
            st.error(as_text("\n".join(problem.text(words) for problem in error.problems)))
            return
        propose(text, [Edit(section="paper", values={"logo": name})])
