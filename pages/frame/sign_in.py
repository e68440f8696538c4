"""The door: what someone sees who may not read, the way in and the way out."""

import streamlit as st

from data.settings import Settings
from data.words import Words
from pages.frame.identity import end_session
from pages.frame.menu import PAGES
from pages.frame.provider import has_provider
from queries.errors import AccessError
from queries.rights.readers import Reader


def show_door(refused: AccessError, words: Words) -> None:
    """The sign-in, or the reason of a refusal, at whatever address: no menu, no name, no figure."""

    def door() -> None:
        unknown = refused.status == 401
        st.title(words.say("Connectez-vous") if unknown else words.say("Accès refusé"), anchor=False)
        reason = refused.text(words)
        st.text(reason[:1].upper() + reason[1:])
        if unknown:
            if st.button(words.say("Se connecter"), type="primary", key="cap_sign_in"):
                st.login()
        else:
            st.text(words.say("Demandez vos droits à la personne qui gère l’outil."))
            _show_way_out(words)

    doors = [
        st.Page(door, title=words.say("Connexion"), url_path=page.path or None, default=not page.path) for page in PAGES
    ]
    st.navigation(doors, position="hidden").run()


def show_sign_out(words: Words) -> None:
    """The way out, where readers sign in."""
    if has_provider():
        _show_way_out(words)


def _show_way_out(words: Words) -> None:
    if st.button(words.say("Se déconnecter"), type="tertiary", key="cap_sign_out"):
        end_session(st.user.to_dict())
        st.logout()
        st.stop()


def reader_text(reader: Reader, settings: Settings, words: Words) -> str:
    """Who reads, for the line above every page; what is open when nobody signs in."""
    if has_provider():
        return words.say("{name}, {role}", name=reader.name, role=words.say(reader.rights.role.label).lower())
    if settings.access.public:
        return words.say("version publique")
    return words.say("accès local, sans identification")
