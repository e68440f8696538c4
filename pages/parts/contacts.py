"""Contacts of the settings, as links: an e-mail address, or the address of a form."""

import re
from typing import Final

import streamlit as st

from pages.parts.markup import html
from pages.parts.read import reading

_EMAIL: Final = re.compile(r"[^\s@<>\"]+@[^\s@<>\"]+\.[^\s@<>\"]+")
_FORM: Final = re.compile(r"https://[^\s<>\"]+")


def contact_address(contact: str) -> str:
    """Where a contact leads; empty when there is none, or it is neither an e-mail address nor the https address of a form."""
    if _EMAIL.fullmatch(contact):
        return f"mailto:{contact}"
    return contact if _FORM.fullmatch(contact) else ""


def show_contact(text: str, contact: str) -> None:
    """A sentence that ends on the contact; on what is missing where the settings have none."""
    contact_text = contact or reading().words.say("à renseigner dans les réglages")
    st.html(html("parts/templates/contact.html", text=text, contact=contact_text, address=contact_address(contact)))
