"""Comparer. Two to five communes, clients or clause types side by side: sentence, figures, curves on one scale, table."""

from dataclasses import replace
from typing import Any

import streamlit as st

from pages.compare.charts import compared_years
from pages.compare.choice import asked_field, compared, hours_by_value, short_name, show_choice
from pages.compare.sentences import compared_figures, compared_text, years_text
from pages.parts.blocks import show_chart, show_figures, show_notes, show_question
from pages.parts.empty import stop_if_empty
from pages.parts.filters.names import Names
from pages.parts.read import reading
from pages.parts.tables import Column, show_table
from queries import answers

current = reading()
words, access, scope = current.words, current.access, current.scope
question = words.say("Lequel compte le plus d’heures, année par année\u202f?")
stop_if_empty(question, answers.totals(access, scope))
field, names = asked_field(), Names(access, words)
others: dict[str, Any] = {field: None}
around = replace(scope, **others)
hours = hours_by_value(field, around)
chosen = compared(hours)
if not chosen:
    show_question(question, words.say("Aucune valeur à comparer\u00a0: la colonne n’est pas renseignée."))
    show_choice(field, hours, chosen, names)
    st.stop()

scopes = {}
for value in chosen:
    single: dict[str, Any] = {field: (value,)}
    scopes[value] = replace(around, **single)
called = {value: short_name(field, value, names) for value in chosen}
totals = {value: answers.totals(access, one) for value, one in scopes.items()}
by_year = {value: {row["year"]: row for row in answers.hours_by_year(access, one)} for value, one in scopes.items()}
years = sorted({year for found in by_year.values() for year in found})
rows = [
    {
        "year": year,
        **{value: found[year]["hours_validated"] if year in found else 0 for value, found in by_year.items()},
    }
    for year in years
]
text = compared_text(totals, called, years_text(years, words), words)
show_question(question, text)
show_choice(field, hours, chosen, names)
show_figures(compared_figures(totals, called, words))
chart = compared_years(rows, chosen, called, words, summary=text)
running = [row["year"] for found in by_year.values() for row in found.values() if not row["complete"]]
show_chart(chart, "comparaison")
show_notes([words.say("{year} n’est pas une année complète.", year=year) for year in sorted(set(running))])
show_table(
    rows[::-1],
    (
        Column(key="year"),
        *(
            Column(key=value, label=words.say("{name} (h)", name=called[value]), kind="hours", adds=True)
            for value in chosen
        ),
    ),
    caption=chart.name,
    name="comparaison",
    total={value: totals[value]["hours_validated"] for value in chosen},
    folded=False,
)
