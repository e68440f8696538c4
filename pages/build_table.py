"""Construire un tableau. Any measure by any dimension; the whole description is in the address."""

import streamlit as st

import queries
from pages.parts.blocks import show_notes, show_question
from pages.parts.charts_built import built_charts
from pages.parts.cross_table import cross_table
from pages.parts.downloads import show_downloads
from pages.parts.empty import stop_if_empty
from pages.parts.read import reading, row
from pages.parts.scope_form import Names
from pages.parts.table_chart import show_table_chart
from pages.parts.table_choice import asked_table, show_left_out, show_ready_tables, show_table_choice
from pages.parts.table_file import file_columns, file_rows, file_totals
from pages.parts.table_layout import Layout
from pages.parts.table_names import TableNames
from pages.parts.table_told import table_notes, table_sentence
from queries.built_table import build

current = reading()
words, database, scope, settings = current.words, current.database, current.scope, current.settings
question = words.say("Quel tableau voulez-vous construire\u202f?")
stop_if_empty(question, row(queries.totals(database, scope)), lots_suffice=True)
asked = asked_table()
names = TableNames(Names(database, words), settings)
layout = Layout(build(database, scope, asked.definition), names)

summary = table_sentence(layout)
show_question(question, summary)
show_ready_tables()
show_table_choice(asked, names)
show_left_out(asked, names)
st.html(cross_table(layout))
show_notes(table_notes(layout, scope, settings))
show_downloads(
    lambda: file_rows(layout),
    lambda: file_columns(layout),
    title=layout.caption,
    name="tableau",
    label=words.say("Télécharger le tableau entier"),
    totals=lambda: file_totals(layout),
)
show_table_chart(built_charts(layout, summary), layout)
