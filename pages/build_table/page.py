"""Construire un tableau. Any measure by any dimension; the whole description is in the address."""

import streamlit as st

from pages.build_table.chart import show_table_chart
from pages.build_table.charts import built_charts
from pages.build_table.choice import show_left_out, show_ready_tables, show_table_choice, wanted_table
from pages.build_table.cross_table import cross_table
from pages.build_table.file import file_columns, file_rows, file_totals
from pages.build_table.layout import Layout
from pages.build_table.names import TableNames
from pages.build_table.order import in_order
from pages.build_table.sentences import table_notes, table_sentence
from pages.parts.blocks import show_notes, show_question
from pages.parts.downloads import show_downloads
from pages.parts.empty import stop_if_empty
from pages.parts.filters.names import Names
from pages.parts.read import reading
from queries import answers
from queries.table_builder.built_table import build

current = reading()
words, access, scope, settings = current.words, current.access, current.scope, current.settings
question = words.say("Quel tableau voulez-vous construire\u202f?")
stop_if_empty(question, answers.totals(access, scope), lots_suffice=True)
wanted = wanted_table()
names = TableNames(Names(access, words), settings, scope)
described = Layout(build(access, scope, wanted.definition), names)
layout = in_order(described)

summary = table_sentence(layout)
show_question(question, summary)
show_ready_tables()
show_table_choice(wanted, names)
show_left_out(wanted, names)
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
# Along time whatever the order of the lines.
show_table_chart(built_charts(described, summary), described)
