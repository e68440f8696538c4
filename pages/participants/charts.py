"""Charts of persons: shares as bars, each on its own 0 to 100 %, never stacked; persons of each year; outcomes of exits."""

from collections.abc import Sequence
from typing import Final

from data.words import Words
from pages.parts import theme
from pages.parts.axes import nice_ticks, years_axis
from pages.parts.charts import Chart
from pages.parts.charts_lines import Line, feet, panel
from pages.parts.drawing import bar, scatter
from pages.parts.plain import hover
from queries.secrecy.cells import Row, is_hidden

_HEIGHT: Final = 44
_LEGEND: Final = 56  # two lines of it, on a phone
_ROOM: Final = 1.22  # for the figures at the end of the bars


def _share_text(row: Row, measure: str, words: Words) -> str:
    return words.say("n.c.") if is_hidden(row, measure) else words.percent(row[measure], 0)


def share_bars(
    rows: Sequence[Row], words: Words, *, name: str, summary: str, whole: bool = True, measure: str = "share"
) -> Chart:
    """A bar for each row's share, its figure at the end. `whole`: on 0 to 100 %, else up to the largest share."""
    drawn, places = panel([Line(row=row) for row in rows], words, _HEIGHT, named_by="name")

    drawn.add_trace(
        bar(
            x=[row[measure] or 0 for row, _ in places],
            y=[place + 30 for _, place in places],
            orientation="h",
            width=12,
            constraintext="none",
            name="share",
            marker={"color": theme.VALIDATED},
            text=[_share_text(row, measure, words) for row, _ in places],
            textposition="outside",
            textfont={"size": theme.FONT_SIZE, "color": theme.TEXT},
            cliponaxis=False,
            hovertext=[words.named(row["name"], _share_text(row, measure, words)) for row, _ in places],
            hovertemplate=hover("hovertext"),
        )
    )
    feet(drawn, [place + 37 for _, place in places])
    top = 1.0 if whole else max((row[measure] or 0 for row in rows), default=1.0) or 1.0
    drawn.update_xaxes(visible=False, range=[0, top * _ROOM])
    return Chart(figure=drawn, name=name, summary=summary)


def rate_columns(rows: Sequence[Row], words: Words, *, name: str, summary: str, measure: str) -> Chart:
    """A column for each year's rate, from 0 to 100 %. `rows`: years as `value`, in their order."""
    drawn = theme.figure(words, 300, words.say("% des situations connues\u202f; ×\u00a0: n.c."))
    drawn.add_trace(
        bar(
            x=[row["value"] for row in rows],
            y=[row[measure] for row in rows],
            name="share",
            marker={"color": theme.VALIDATED},
            hovertext=[words.named(row["name"], _share_text(row, measure, words)) for row in rows],
            hovertemplate=hover("hovertext"),
        )
    )
    # A year whose rate is hidden is no year without exits.
    secret = [row for row in rows if is_hidden(row, measure)]
    drawn.add_trace(
        scatter(
            x=[row["value"] for row in secret],
            y=[0.03] * len(secret),
            mode="markers",
            name="hidden",
            marker={"symbol": "x-thin", "size": 7, "line": {"width": 1.5, "color": theme.MUTED}},
            hovertext=[words.named(row["name"], words.say("n.c.")) for row in secret],
            hovertemplate=hover("hovertext"),
        )
    )
    ticks = [0, 0.25, 0.5, 0.75, 1]
    drawn.update_yaxes(tickvals=ticks, ticktext=[words.percent(tick, 0) for tick in ticks], range=[0, 1.02])
    years_axis(drawn, (int(row["value"]) for row in rows), most=8)
    return Chart(figure=drawn, name=name, summary=summary)


def year_bars(years: Sequence[Row], words: Words, *, summary: str) -> Chart:
    """Persons of each year: those already known below, those who came for the first time above."""
    drawn = theme.figure(words, 300, words.say("personnes\u00a0: foncé, déjà présentes\u202f; clair, nouvelles"))
    for part, colour in (("known", theme.VALIDATED), ("new", theme.PENDING)):
        drawn.add_trace(
            bar(
                x=[row["year"] for row in years],
                y=[row[part] for row in years],
                name=part,
                marker={"color": colour},
                hovertext=[words.say("n.c.") if is_hidden(row, part) else words.number(row[part]) for row in years],
                hovertemplate=hover("x", "hovertext"),
            )
        )
    top = max(((row["known"] or 0) + (row["new"] or 0) for row in years), default=1) or 1
    ticks = nice_ticks(top, 4)
    drawn.update_layout(barmode="stack")
    drawn.update_yaxes(tickvals=ticks, ticktext=[words.number(tick) for tick in ticks], range=[0, top * 1.1])
    years_axis(drawn, (row["year"] for row in years))
    return Chart(figure=drawn, name=words.say("Personnes par année travaillée"), summary=summary)


def outcome_bars(points: Sequence[Row], words: Words, *, summary: str) -> Chart:
    """What became of those who left at each moment: parts of all who were due to be observed, unknown ones included."""
    drawn, places = panel([Line(row=row) for row in points], words, 68, lambda row: row["detail"], named_by="name")
    for part, colour in (
        ("durable", theme.VALIDATED),
        ("other_dynamic", theme.PENDING),
        ("other_known", theme.OPENING),
        ("unknown", theme.GRID),
    ):
        drawn.add_trace(
            bar(
                x=[row[f"{part}_part"] or 0 for row, _ in places],
                y=[place + 50 for _, place in places],
                orientation="h",
                width=16,
                name=places[0][0]["labels"][part],
                marker={"color": colour},
                hovertext=[
                    words.named(row["labels"][part], words.percent(row[f"{part}_part"], 0)) for row, _ in places
                ],
                hovertemplate=hover("hovertext"),
            )
        )
    drawn.update_layout(
        barmode="stack",
        height=drawn.height + _LEGEND,
        margin={"b": _LEGEND},
        showlegend=True,
        legend={
            "orientation": "h", "x": 0, "xanchor": "left", "y": 0, "yanchor": "top", "traceorder": "normal", "itemclick": False,
            "itemdoubleclick": False, "font": {"size": theme.FONT_SIZE, "color": theme.TEXT},
        },
    )  # fmt: skip
    drawn.update_xaxes(visible=False, range=[0, 1.02])
    return Chart(figure=drawn, name=words.say("Situation des personnes sorties"), summary=summary)
