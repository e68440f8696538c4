"""Charts of what lies ahead: the fan toward a target, the strip of past dates, what running lots still owe."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from data.codes import Code
from data.words import N_, Words
from pages.parts import theme
from pages.parts.axes import nice_ticks
from pages.parts.charts import Chart
from pages.parts.drawing import Drawing, scatter
from pages.parts.plain import bold_in_chart, hover
from queries.answers import (
    HoursByMonthRow,
    HoursStillOwedRow,
    MilestoneBacktestRow,
    MilestoneFanRow,
    MilestoneProgressRow,
)

_ROW: Final = 26  # pixels of a past date


class PastDate(Code):
    """What became of an interval given in the past."""

    INSIDE = "inside", N_("dedans")
    OUTSIDE = "outside", N_("dehors")
    UNKNOWN = "unknown", N_("pas encore connu")


PAST_SYMBOLS: Final[dict[str, str]] = {PastDate.INSIDE: "●", PastDate.OUTSIDE: "✕", PastDate.UNKNOWN: "…"}


def past_date(row: MilestoneBacktestRow) -> PastDate:
    """The word of a row of milestone_backtest."""
    if row["inside"] is None:
        return PastDate.UNKNOWN
    return PastDate.INSIDE if row["inside"] else PastDate.OUTSIDE


def fan(
    months: Sequence[HoursByMonthRow],
    steps: Sequence[MilestoneFanRow],
    milestone: MilestoneProgressRow,
    name: str,
    words: Words,
    *,
    summary: str,
) -> Chart:
    """The running total of the last three years and its interval to come, close up.

    `months`: rows of hours_by_month; `steps`: rows of milestone_fan of the milestone, a row of milestone_progress.
    """
    drawn = theme.figure(words, 320, words.say("heures réalisées, cumulées"))
    target, last = milestone["target_hours"], steps[0]["month"]
    done = [row for row in months if row["month"] <= last][-36:]
    _band(drawn, steps)
    _line(drawn, [row["month"] for row in done], [row["cumulative_hours"] for row in done], "validated", words)
    _line(drawn, [row["month"] for row in steps], [row["middle_hours"] for row in steps], "middle", words, dash="dash")
    first, end = milestone["projected_earliest"], milestone["projected_latest"]
    drawn.add_shape(
        type="line", xref="paper", x0=0, x1=1, y0=float(target), y1=float(target), layer="below",
        line={"color": theme.TEXT, "width": 1, "dash": "dot"},
    )  # fmt: skip
    drawn.add_trace(
        scatter(
            x=[first, end or steps[-1]["month"]], y=[target, target], mode="lines", name="interval", hoverinfo="skip",
            line={"color": theme.VALIDATED, "width": 7},
        )
    )  # fmt: skip
    drawn.add_annotation(
        xref="paper", x=0, y=float(target), xanchor="left", yanchor="bottom", yshift=3, showarrow=False,
        text=bold_in_chart(words.hours(target)), font={"size": theme.FONT_SIZE, "color": theme.TEXT},
    )  # fmt: skip
    low = min([done[0]["cumulative_hours"]] if done else [steps[0]["low_hours"]])
    high = max(target, max(step["middle_hours"] for step in steps))
    ticks = [tick for tick in nice_ticks(high, 12) if tick >= low]
    # From where the last three years begin, not from zero: the fan would be a hair there.
    drawn.update_yaxes(
        rangemode="normal", range=[float(low), float(high) + (float(high) - float(low)) * 0.12],
        tickvals=ticks[:: max(1, len(ticks) // 4)], ticktext=[words.short(tick) for tick in ticks[:: max(1, len(ticks) // 4)]],
    )  # fmt: skip
    drawn.update_xaxes(type="date", tickformat="%Y", dtick="M12")
    return Chart(figure=drawn, name=words.say("Cumul à venir vers {milestone}", milestone=name), summary=summary)


def _band(drawn: Drawing, steps: Sequence[MilestoneFanRow]) -> None:
    """One pale area between the low and the high end."""
    low, high = [step["low_hours"] for step in steps], [step["high_hours"] for step in steps]
    for name, hours, fill in (("low", low, None), ("high", high, "tonexty")):
        drawn.add_trace(
            scatter(
                x=[step["month"] for step in steps], y=hours, mode="lines", name=name,
                line={"color": theme.VALIDATED, "width": 0}, fill=fill, fillcolor=theme.GRID if fill else None,
                hoverinfo="skip",
            )
        )  # fmt: skip


def _line(
    drawn: Drawing, x: Sequence[dt.date], y: Sequence[Decimal], name: str, words: Words, *, dash: str = "solid"
) -> None:
    drawn.add_trace(
        scatter(
            x=list(x), y=list(y), mode="lines", name=name, line={"color": theme.VALIDATED, "width": 2.5, "dash": dash},
            text=[
                words.say("{month}\u00a0: {hours}", month=words.month(month), hours=words.hours(hours))
                for month, hours in zip(x, y, strict=True)
            ],
            hovertemplate=hover("text"),
        )
    )  # fmt: skip


def past_dates(past: Sequence[MilestoneBacktestRow], words: Words, *, summary: str) -> Chart:
    """One row a year: the interval given then as a bar, a mark where the answer came, with its word on hover.

    `past`: rows of milestone_backtest of one milestone.
    """
    drawn = theme.figure(words, _ROW * len(past) + 56)
    years = [str(row["asked_month"].year) for row in past]
    ends = max(
        [row["latest"] or row["earliest"] for row in past] + [row["happened"] or row["earliest"] for row in past]
    )
    for year, row in zip(years, past, strict=True):
        drawn.add_trace(
            scatter(
                x=[row["earliest"], row["latest"] or ends], y=[year, year], mode="lines", name="interval",
                line={"color": theme.OPENING, "width": 13}, hoverinfo="skip",
            )
        )  # fmt: skip
    for kind, symbol in ((PastDate.INSIDE, "circle"), (PastDate.OUTSIDE, "x")):
        marked = [row for row in past if past_date(row) == kind and row["happened"]]
        drawn.add_trace(
            scatter(
                x=[row["happened"] for row in marked], y=[str(row["asked_month"].year) for row in marked], mode="markers",
                name=str(kind), marker={"symbol": symbol, "size": 8, "color": theme.VALIDATED},
                text=[
                    words.say("{word}\u00a0: {month}", word=words.say(kind.label), month=words.month(row["happened"]))
                    for row in marked
                ],
                hovertemplate=hover("text"),
            )
        )  # fmt: skip
    drawn.update_yaxes(
        type="category", categoryorder="array", categoryarray=years[::-1], showgrid=False, rangemode="normal"
    )
    drawn.update_xaxes(type="date", tickformat="%Y", showgrid=True, gridcolor=theme.GRID)
    return Chart(figure=drawn, name=words.say("Intervalles donnés par le passé, et la bonne réponse"), summary=summary)


def owed(months: Sequence[HoursStillOwedRow], words: Words, *, summary: str) -> Chart:
    """A pale area: what running lots still owe each month, to their ends.

    `months`: the rows of hours_still_owed that have a month.
    """
    drawn = theme.figure(words, 240, words.say("heures encore dues par mois"))
    drawn.add_trace(
        scatter(
            x=[row["month"] for row in months], y=[row["owed_hours"] for row in months], mode="lines", name="owed",
            line={"color": theme.COMMITTED, "width": 1.5, "shape": "hv"}, fill="tozeroy", fillcolor=theme.GRID,
            text=[
                words.say("{month}\u00a0: {hours}", month=words.month(row["month"]), hours=words.hours(row["owed_hours"]))
                for row in months
            ],
            hovertemplate=hover("text"),
        )
    )  # fmt: skip
    top = max(row["owed_hours"] for row in months)
    ticks = nice_ticks(top, 3)
    drawn.update_yaxes(tickvals=ticks, ticktext=[words.short(tick) for tick in ticks], range=[0, float(top) * 1.05])
    drawn.update_xaxes(type="date", tickformat="%Y", dtick="M12")
    return Chart(figure=drawn, name=words.say("Heures encore dues par les lots en cours"), summary=summary)
