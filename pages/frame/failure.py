"""The reason why a page fails or shows an older release, as far as this reader may read it."""

import logging
from collections.abc import Callable
from typing import NoReturn

import streamlit as st

from data.codes import Role
from data.problems import ExtractError
from data.release.first_start import ensure_release
from data.words import Words
from pages.parts.plain import as_text
from queries.errors import AccessError, QueryError
from queries.rights.readers import Reader
from queries.rights.right import Right

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


def run_page(run: Callable[[], None], reader: Reader, words: Words) -> None:
    """Runs the page; a page that fails gives way to the reason. Raises AccessError: then nothing of the frame may stay."""
    try:
        run()
    except AccessError:
        raise
    except (ExtractError, QueryError) as error:
        show_failure(error, reader, words)


def show_older_release(broken: str, reader: Reader, words: Words) -> None:
    """To everybody that newer figures exist and cannot be read; to administrators which release it is and what to do.

    `broken`: the id of the release that should serve; nothing is written when it is empty.
    """
    if not broken:
        return
    text = words.say(
        "La dernière publication ne peut pas être lue\u00a0: les chiffres affichés sont ceux d’une publication antérieure."
    )
    if reader.rights.role is Role.ADMINISTRATEUR:
        text += " " + words.say(
            "La version {release} est coupée, modifiée ou absente\u00a0: publiez de nouveau.", release=broken
        )
    st.warning(as_text(text))


def stop_without_data(reader: Reader, words: Words) -> NoReturn:
    """Ends the run where nothing is published. Who may publish tries the demonstration again, and reads why it cannot be: Publier is behind it."""
    st.title(words.say("Aucune donnée n’est publiée"), anchor=False)
    if not reader.rights.may(Right.PUBLISH):
        st.text(words.say("Prévenez la personne qui gère l’outil."))
        st.stop()
    st.text(
        words.say(
            "La démonstration n’a pas pu être publiée au démarrage. Publiez-la ici\u00a0: la page Publier s’ouvre ensuite, où vos chiffres la remplacent."
        )
    )
    if st.button(words.say("Publier la démonstration (chiffres inventés)"), type="primary"):
        try:
            ensure_release()
        except (ExtractError, OSError) as error:
            reason = error.text(words) if isinstance(error, ExtractError) else error.strerror or str(error)
            st.error(as_text(reason))
        else:
            st.rerun()
    st.stop()
