"""The curve of each one, year by year, on one scale."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from data.words import Words
from pages.parts import theme
from pages.parts.axes import hours_axis, years_axis
from pages.parts.charts import Chart
from pages.parts.drawing import scatter
from pages.parts.plain import bold_in_chart, in_chart

# Each line has a colour, a dash and a mark of its own: none is told by its colour alone.
_STYLES: Final = (
    ("#2f6fb5", "solid", "circle"),
    ("#c25a2b", "dash", "square"),
    ("#1f8a63", "dot", "diamond"),
    ("#a0528c", "dashdot", "triangle-up"),
    ("#6f7f2a", "longdash", "x"),
)


def compared_years(
    rows: Sequence[Mapping[str, Any]], values: Sequence[str], names: Mapping[str, str], words: Words, *, summary: str
) -> Chart:
    """A line for each value. `rows`: one a year, with the hours of each value under it; `names`: what each is called."""
    drawn = theme.figure(words, 360, words.say("heures réalisées"))
    years = [row["year"] for row in rows]
    for value, (colour, dash, symbol) in zip(values, _STYLES, strict=False):
        hours = [row[value] for row in rows]
        drawn.add_trace(
            scatter(
                x=years, y=hours, mode="lines+markers", name=in_chart(names[value]), showlegend=True, hoverinfo="text",
                line={"color": colour, "dash": dash, "width": 2}, marker={"symbol": symbol, "size": 7, "color": colour},
                hovertext=[
                    bold_in_chart(names[value], words.named(str(year), words.hours(count)))
                    for year, count in zip(years, hours, strict=True)
                ],
            )
        )  # fmt: skip
    years_axis(drawn, years)
    hours_axis(drawn, words, max((row[value] for row in rows for value in values), default=0))
    drawn.update_layout(
        showlegend=True,
        margin={"l": 8, "r": 8, "t": 56, "b": 8},
        legend={
            "orientation": "h",
            "x": 0,
            "xanchor": "left",
            "y": 1.1,
            "yanchor": "bottom",
            "itemclick": False,
            "itemdoubleclick": False,
        },
    )
    return Chart(figure=drawn, name=words.say("Heures réalisées par année, côte à côte"), summary=summary)
