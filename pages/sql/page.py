"""SQL. A query of one's own over the tables of the release that add up: read only, apart, stopped when it goes too far."""

from pathlib import Path

import streamlit as st

from pages.parts.blocks import show_notes, show_paragraph, show_question
from pages.parts.read import reading
from pages.sql.answer import show_run
from pages.sql.run import last_run, start
from pages.sql.schema import show_schema
from queries.sandbox.place import NEEDS_LINUX, runs_here
from queries.sandbox.sandbox import LIMITS
from queries.sandbox.tables import examples

# The text stays in the session and out of the address: links are kept in histories and logs, and it holds what was typed.
words = reading().words
st.html(Path(__file__).with_name("sql.css"))
show_question(
    words.say("Interroger les données en SQL"),
    words.say(
        "Écrivez une requête SQL, en lecture seule, sur les tables de la publication, sans aucune ligne relative à une personne\u00a0: {rows} lignes et {seconds} secondes au plus.",
        rows=words.number(LIMITS.rows),
        seconds=LIMITS.seconds,
    ),
)
if not runs_here():
    why = words.say(NEEDS_LINUX)
    show_paragraph("cap-answer", why[:1].upper() + why[1:])
    st.stop()
by_name = {submitted.name: submitted for submitted in examples(reading().access.release.has_several)}


def open_example() -> None:
    """Puts the chosen question of the dashboard into the editor."""
    if st.session_state["sql_example"] is not None:
        st.session_state["sql_text"] = by_name[st.session_state["sql_example"]].sql


editor, beside = st.columns([2, 1], gap="medium")
with editor:
    st.selectbox(
        words.say("Ouvrir une question du tableau de bord"),
        list(by_name),
        index=None,
        key="sql_example",
        format_func=lambda name: words.say(by_name[name].text),
        on_change=open_example,
        placeholder=words.say("Choisir un exemple"),
    )
    with st.form("sql_form", border=False, enter_to_submit=True):
        text = st.text_area(
            words.say("Requête SQL"),
            key="sql_text",
            height=240,
            max_chars=LIMITS.characters,
            persist_state="session",
            placeholder="SELECT clause_category, sum(hours_validated) AS hours\nFROM hours_in_scope($scope)\nGROUP BY clause_category",
        )
        submitted = st.form_submit_button(words.say("Exécuter (Ctrl + Entrée)"))
    show_notes(
        [
            words.say(
                "$scope vaut les filtres de la page, par exemple dans hours_in_scope($scope) ou lots_in_scope($scope)."
            )
        ]
    )
    run = start(text or "") if submitted else last_run()
    if run is not None:
        show_run(run)
with beside, st.container(key="sql_schema"):
    st.header(words.say("Les tables"), anchor=False)
    show_schema()
