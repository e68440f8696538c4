"""Hours of each clause category, year by year."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from pages.clauses import columns as columns_clauses
from pages.parts.blocks import show_chart, show_notes
from pages.parts.charts import series_by_size, small_multiples
from pages.parts.read import reading
from pages.parts.tables import show_table

Row = dict[str, Any]


def show_clause_years(years: Sequence[Row], clauses: Sequence[Row]) -> None:
    """A small chart for each category with hours, all on one scale, and their table with the share of each year.

    `years`: rows of hours_by_clause_and_year, `clauses`: of hours_by_clause; both with their name.
    """
    words = reading().words
    show_notes(
        [
            words.say(
                "Une même échelle pour tous, du type de clause qui compte le plus d’heures à celui qui en compte le moins."
            )
        ]
    )
    names = {clause["clause_category"]: clause["name"] for clause in clauses}
    places = st.container(horizontal=True, gap="medium")
    for code, drawn in small_multiples(
        series_by_size(list(years), list(clauses), "clause_category"), names, words
    ).items():
        with places.container(width=328):
            show_chart(drawn, f"clause_{code}", notes=[drawn.summary])
    show_table(
        sorted(years, key=lambda cell: (-cell["year"], list(names).index(cell["clause_category"]))),
        columns_clauses.years(words),
        caption=words.say("Heures réalisées par type de clause et par année"),
        name="heures_par_type_de_clause_et_an",
    )
