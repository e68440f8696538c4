"""The fold of hours of each clause category, year by year: small charts, then their table."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from data.codes import ClauseCategory
from data.words import N_
from pages.parts import columns
from pages.parts.address_choice import one_of
from pages.parts.blocks import show_chart, show_notes
from pages.parts.charts import Chart
from pages.parts.charts_small import Scale, dominant, series_by_size, small_multiples
from pages.parts.folds import fold
from pages.parts.image_downloads import show_images
from pages.parts.read import reading
from pages.parts.tables import show_table
from queries.answers import HoursByClauseAndYearRow, HoursByClauseRow

KEY: Final = "echelle"
_IN_A_PICTURE: Final = 3  # small charts side by side
# In the address → the scale, and its name on screen.
_SCALES: Final[dict[str, tuple[Scale, str]]] = {
    "a-part": ("apart", N_("Le plus grand à part")),
    "meme": ("same", N_("Même échelle")),
    "propre": ("own", N_("Échelle propre")),
}
_NOTES: Final[dict[Scale, str]] = {
    "apart": N_(
        "Le premier type de clause a sa propre échelle, les autres en partagent une\u202f; du plus au moins d’heures."
    ),
    "same": N_(
        "Une même échelle pour tous, du type de clause qui compte le plus d’heures à celui qui en compte le moins."
    ),
    "own": N_("Chaque type de clause a sa propre échelle\u00a0: les hauteurs ne se comparent pas de l’un à l’autre."),
}


def show_clause_years(years: Sequence[HoursByClauseAndYearRow], clauses: Sequence[HoursByClauseRow]) -> None:
    """A small chart for each category with hours, on the scale that the reader chose, and their table with the share of each year.

    `years`: rows of hours_by_clause_and_year, `clauses`: of hours_by_clause. The category with most hours comes first.
    """
    words = reading().words
    name = "heures_par_type_de_clause_et_an"
    blocks = [f"clause_{clause['clause_category']}" for clause in clauses]
    with fold(words.say("Et d’une année à l’autre\u202f?"), name, *blocks, is_open=KEY in st.query_params):
        names = {str(code): words.say(code.label) for code in ClauseCategory}
        series = series_by_size(years, clauses)
        scale = _chosen_scale(is_dominated=dominant(series) is not None) if len(series) > 1 else "same"
        show_notes([words.say(_NOTES[scale])])
        drawn = small_multiples(series, names, words, scale=scale)
        apart = list(drawn)[:1] if scale == "apart" else []
        _show_side_by_side({code: drawn[code] for code in apart})
        _show_side_by_side({code: chart for code, chart in drawn.items() if code not in apart})
        caption = words.say("Heures réalisées par type de clause et par année")
        if drawn:
            show_images(
                list(drawn.values()),
                "clauses_annees",
                title=caption,
                sentence=words.say(_NOTES[scale]),
                columns=_IN_A_PICTURE,
            )
        show_table(
            _latest_first(years, clauses),
            columns.clause_years(),
            caption=caption,
            name=name,
            folded=False,
        )


def _chosen_scale(*, is_dominated: bool) -> Scale:
    """The reader's choice, which lives in the address; by default the dominant category is apart where there is one."""
    words = reading().words
    offered = tuple(code for code in _SCALES if is_dominated or code != "a-part")
    choice = one_of(key=KEY, widget="cap_scale", default=offered[0], options=offered)
    st.segmented_control(
        words.say("Échelle"),
        offered,
        required=True,
        format_func=lambda code: words.say(_SCALES[code][1]),
        **choice.bound(),
    )
    return _SCALES[choice.value][0]


def _show_side_by_side(drawn: dict[str, Chart]) -> None:
    if not drawn:
        return
    places = st.container(horizontal=True, gap="medium")
    for code, chart in drawn.items():
        with places.container(width=328):
            show_chart(chart, f"clause_{code}", notes=[chart.summary], image=False)


def _latest_first(
    years: Sequence[HoursByClauseAndYearRow], clauses: Sequence[HoursByClauseRow]
) -> list[HoursByClauseAndYearRow]:
    """The latest year first; within a year the category with most hours of the scope first."""
    by_size = sorted(clauses, key=lambda clause: clause["hours_validated"], reverse=True)
    order = {clause["clause_category"]: place for place, clause in enumerate(by_size)}
    return sorted(years, key=lambda cell: (-cell["year"], order[cell["clause_category"]]))
