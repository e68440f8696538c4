"""Hours of each year as bars, objectives and the best year as marks."""

from collections.abc import Sequence
from decimal import Decimal

from data.words import Words
from pages.parts import theme
from pages.parts.axes import hours_axis, since_begun, years_axis
from pages.parts.charts import Chart
from pages.parts.drawing import Drawing, bar
from pages.parts.plain import hover
from queries.answers import (
    HoursByYearRow,
)


def yearly(years: Sequence[HoursByYearRow], words: Words, *, summary: str) -> Chart:
    """Hours of each year, pending ones hatched above; the year before over the same months as a dotted line.

    `years`: rows of hours_by_year. Objectives are short full lines; the best year and the last one bear their hours.
    """
    years = since_begun(
        years, lambda row: bool(row["hours_validated"] or row["hours_pending"] or row["objective_hours"] is not None)
    )
    drawn = theme.figure(words, 340, words.say("heures réalisées par an"))
    x = [row["year"] for row in years]
    drawn.add_trace(
        bar(
            x=x, y=[row["hours_validated"] for row in years], name="validated",
            marker={
                "color": theme.VALIDATED,
                "pattern": {
                    "shape": ["" if row["complete"] else "/" for row in years],
                    "fgcolor": theme.BACKGROUND, "fillmode": "overlay", "size": 5, "solidity": 0.25,
                },
            },
            customdata=[words.named(str(row["year"]), words.hours(row["hours_validated"])) for row in years],
            hovertemplate=hover("customdata"),
        )
    )  # fmt: skip
    drawn.add_trace(
        bar(
            x=x, y=[row["hours_pending"] for row in years], name="pending",
            marker={"color": theme.PENDING, "pattern": {"shape": "/", "fgcolor": theme.VALIDATED, "size": 5, "solidity": 0.3}},
            customdata=[
                words.say("{year}\u00a0: {hours} en attente", year=row["year"], hours=words.hours(row["hours_pending"])) for row in years
            ],
            hovertemplate=hover("customdata"),
        )
    )  # fmt: skip
    top = max(row["hours_validated"] + row["hours_pending"] for row in years)
    objectives = [(row["year"], hours) for row in years if (hours := row["objective_hours"]) is not None]
    for year, hours in objectives:
        top = max(top, hours)
        _level(drawn, year, hours, theme.COMMITTED)
    last = years[-1]
    if last["same_months_hours_before"] is not None and not last["complete"]:
        _level(drawn, last["year"], last["same_months_hours_before"], theme.TEXT, dash="dot")
    for row in years:
        if row["rank"] == 1 or row is last:
            heights = [row["hours_validated"] + row["hours_pending"], row["objective_hours"] or 0]
            if row is last and not last["complete"]:
                heights.append(row["same_months_hours_before"] or 0)
            drawn.add_annotation(
                x=row["year"], y=float(max(heights)) if row["hours_validated"] >= 0 else float(row["hours_validated"]),
                text=words.short(row["hours_validated"]),
                yanchor="bottom" if row["hours_validated"] >= 0 else "top", yshift=2 if row["hours_validated"] >= 0 else -2, showarrow=False, font={"size": theme.FONT_SIZE, "color": theme.TEXT},
                bgcolor=theme.BACKGROUND,
            )  # fmt: skip
    drawn.update_layout(barmode="stack")
    years_axis(drawn, x)
    hours_axis(drawn, words, top, wanted=4, headroom=1.12, bottom=min(row["hours_validated"] for row in years))
    return Chart(figure=drawn, name=words.say("Heures réalisées par année travaillée"), summary=summary)


def _level(drawn: Drawing, year: int, hours: Decimal, colour: str, *, dash: str = "solid") -> None:
    drawn.add_shape(
        type="line",
        x0=year - 0.45,
        x1=year + 0.45,
        y0=float(hours),
        y1=float(hours),
        line={"color": colour, "width": 2, "dash": dash},
    )
