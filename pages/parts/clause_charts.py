"""Charts of clause categories: their hours, a line each, the category with most hours first."""

from collections.abc import Callable, Sequence
from typing import Final

from data.words import Words
from pages.parts import theme
from pages.parts.charts import Chart
from pages.parts.charts_lines import Line, feet, panel
from pages.parts.clause_sentences import NamedClauseRow
from pages.parts.drawing import Drawing, bar
from pages.parts.plain import hover

_HEIGHT: Final = 68
_END: Final = 1.6  # the axis leaves more than a third of the width to the figures at the end of bars


def clause_hours(clauses: Sequence[NamedClauseRow], words: Words, *, summary: str) -> Chart:
    """Hours of each category and their share. `clauses`: rows of hours_by_clause with their name."""
    drawn, places = _panel(clauses, words, lambda row: _lots_text(row, words))
    drawn.add_trace(
        bar(
            x=[row["hours_validated"] for row, _ in places],
            y=[place + 50 for _, place in places],
            orientation="h",
            width=14,
            constraintext="none",
            name="hours",
            marker={"color": [theme.CLAUSE_COLOURS[row["clause_category"]] for row, _ in places]},
            text=[f"{words.hours(row['hours_validated'])} ({words.percent(row['share_ratio'])})" for row, _ in places],
            textposition="outside",
            textfont={"size": theme.FONT_SIZE, "color": theme.TEXT},
            cliponaxis=False,
            customdata=[row["clause_category"] for row, _ in places],
            hovertext=[words.named(row["name"], words.hours(row["hours_validated"], 2)) for row, _ in places],
            hovertemplate=hover("hovertext"),
        )
    )
    feet(drawn, [place + 58 for _, place in places])
    top = max((float(row["hours_validated"]) for row in clauses), default=1.0)
    drawn.update_xaxes(visible=False, range=[0, (top if top > 0 else 1) * _END])
    return Chart(figure=drawn, name=words.say("Heures réalisées par type de clause"), summary=summary)


def _lots_text(row: NamedClauseRow, words: Words) -> str:
    lots = words.say_count("{n} lot", "{n} lots", row["lots"])
    return words.say_count("{lots} dans {n} marché", "{lots} dans {n} marchés", row["contracts"], lots=lots)


def _panel(
    clauses: Sequence[NamedClauseRow], words: Words, detail: Callable[[NamedClauseRow], str]
) -> tuple[Drawing, list[tuple[NamedClauseRow, int]]]:
    """All the categories in one panel, so that their bars compare."""
    return panel([Line(row=row) for row in clauses], words, _HEIGHT, detail, named_by="name")
