"""Réglages. The authority's name, balances, milestones, dates, rules and contacts: checked, compared, then written to the file."""

import hashlib
from pathlib import Path

import streamlit as st

from data.settings import settings_file, settings_text
from data.toml import parsed
from pages.parts.blocks import show_notes, show_question
from pages.parts.read import reading
from pages.settings.changes import propose, show_changes
from pages.settings.form import show_form
from pages.settings.logo import show_logo

words = reading().words
st.html(Path(__file__).with_name("settings.css"))
show_question(
    words.say("Quels réglages pour vos chiffres\u202f?"),
    words.say(
        "Chaque changement est contrôlé et montré avant d’être écrit\u202f; il vaut ensuite pour tous les lecteurs, dès leur prochain clic."
    ),
)
text = settings_text()
edits = show_form(parsed(text), hashlib.sha256(text.encode()).hexdigest()[:12])
if edits is not None:
    propose(text, edits)
show_logo(text)
show_changes(text)
show_notes(
    [
        words.say(
            "Fichier\u00a0: {file}. Ses commentaires sont gardés, et la version d’avant à côté de lui. Droits d’accès, secret statistique, moteur et trace se règlent dans le fichier seul.",
            file=settings_file().name,
        )
    ]
)
