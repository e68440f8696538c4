"""The block of hours of each clause category, year by year: small charts on one scale, then their table."""

from collections.abc import Sequence

import streamlit as st

from data.codes import ClauseCategory
from pages.parts import columns
from pages.parts.blocks import show_chart, show_notes
from pages.parts.charts import series_by_size, small_multiples
from pages.parts.read import reading
from pages.parts.tables import show_table
from queries.answers import HoursByClauseAndYearRow, HoursByClauseRow


def show_clause_years(years: Sequence[HoursByClauseAndYearRow], clauses: Sequence[HoursByClauseRow]) -> None:
    """A small chart for each category with hours, all on one scale, and their table with the share of each year.

    `years`: rows of hours_by_clause_and_year, `clauses`: of hours_by_clause. The category with most hours comes first.
    """
    words = reading().words
    show_notes(
        [
            words.say(
                "Une même échelle pour tous, du type de clause qui compte le plus d’heures à celui qui en compte le moins."
            )
        ]
    )
    names = {str(code): words.say(code.label) for code in ClauseCategory}
    places = st.container(horizontal=True, gap="medium")
    series = series_by_size(years, clauses)
    for code, drawn in small_multiples(series, names, words).items():
        with places.container(width=328):
            show_chart(drawn, f"clause_{code}", notes=[drawn.summary])
    show_table(
        _latest_first(years, clauses),
        columns.clause_years(),
        caption=words.say("Heures réalisées par type de clause et par année"),
        name="heures_par_type_de_clause_et_an",
    )


def _latest_first(
    years: Sequence[HoursByClauseAndYearRow], clauses: Sequence[HoursByClauseRow]
) -> list[HoursByClauseAndYearRow]:
    """The latest year first; within a year the category with most hours of the scope first."""
    by_size = sorted(clauses, key=lambda clause: clause["hours_validated"], reverse=True)
    order = {clause["clause_category"]: place for place, clause in enumerate(by_size)}
    return sorted(years, key=lambda cell: (-cell["year"], order[cell["clause_category"]]))
