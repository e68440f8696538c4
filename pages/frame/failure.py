"""When the page cannot be shown: the reason, as far as this reader may read it."""

import logging

import streamlit as st

from data.codes import Role
from data.problems import ExtractError
from data.words import Words
from queries.errors import QueryError
from queries.rights.readers import Reader

log = logging.getLogger("cap_insertion.frame")


def show_failure(error: ExtractError | QueryError, reader: Reader | None, words: Words) -> None:
    """The reason in words. One of the settings or of a release names files of the server: it is for administrators, and the server's log.

    `reader`: None before the sign-in, or when broken settings leave nobody known.
    """
    st.title(words.say("Cette page ne peut pas être montrée"), anchor=False)
    if isinstance(error, ExtractError) and (reader is None or reader.rights.role is not Role.ADMINISTRATEUR):
        log.error("%s", error)
        st.text(
            words.say(
                "Les réglages ou les données du serveur ne peuvent pas être lus. La raison est dans son journal\u202f;"
                " prévenez la personne qui gère l’outil."
            )
        )
    else:
        st.text(error.text(words))
