"""The curve of each one, along years or the months of the year, on one scale."""

import datetime as dt
from decimal import Decimal
from typing import Final

from data.words import Words
from pages.compare.side_by_side import SideBySide
from pages.parts import theme
from pages.parts.axes import hours_axis, years_axis
from pages.parts.charts import Chart
from pages.parts.drawing import scatter
from pages.parts.plain import bold_in_chart, in_chart

# Each line has a colour, a dash and a mark of its own: none differs by its colour alone.
_STYLES: Final = (
    ("#2f6fb5", "solid", "circle"),
    ("#c25a2b", "dash", "square"),
    ("#1f8a63", "dot", "diamond"),
    ("#a0528c", "dashdot", "triangle-up"),
    ("#6f7f2a", "longdash", "x"),
)


def compared_curves(compared: SideBySide, words: Words) -> Chart:
    """A line for each value, along years or the months of the year: hours, or what they are of those at the start, 100."""
    unit = words.say("indice des heures") if compared.is_indexed else words.say("heures réalisées")
    drawn = theme.figure(words, 360, unit)
    places = list(compared.ticks)
    for (value, name), (colour, dash, symbol) in zip(compared.names.items(), _STYLES, strict=False):
        along = compared.drawn(value)
        drawn.add_trace(
            scatter(
                x=places, y=along, mode="lines+markers", name=in_chart(name), showlegend=True, hoverinfo="text",
                cliponaxis=False,  # a mark at 0 stands on the axis whole
                line={"color": colour, "dash": dash, "width": 2}, marker={"symbol": symbol, "size": 7, "color": colour},
                hovertext=[
                    bold_in_chart(name, words.named(compared.ticks[place], _value(number, compared, words)))
                    for place, number in zip(places, along, strict=True)
                ],
            )
        )  # fmt: skip
    if compared.first_columns[0].key == "year":
        years_axis(drawn, places)
    else:
        drawn.update_xaxes(
            type="linear",
            tickvals=places,
            ticktext=[words.short_month_name(dt.date(2000, month, 1)) for month in places],
        )
    hours_axis(
        drawn, words, max((number for value in compared.names for number in compared.drawn(value) if number), default=0)
    )
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
    return Chart(figure=drawn, name=compared.name, summary=compared.index or compared.sentence)


def _value(number: Decimal | float | None, compared: SideBySide, words: Words) -> str:
    return words.number(number, 1) if compared.is_indexed else words.hours(number)
