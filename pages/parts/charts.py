"""Pure chart functions: an answer in, a figure with its one-sentence summary out. No reading, no Streamlit."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from data.settings import PolicyDate
from data.settings_opening import OpeningBalance
from data.words import Words
from pages.parts import theme
from pages.parts.axes import hours_axis, since_begun, time_axis
from pages.parts.drawing import Drawing, scatter
from pages.parts.plain import bold_in_chart, hover, in_chart
from pages.parts.projection import projection
from queries.answers import (
    HoursByMonthRow,
    MilestoneProgressRow,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A figure, its name for those who do not see it, and the sentence that says what it shows."""

    figure: Drawing
    name: str
    summary: str


def cumulative(
    months: list[HoursByMonthRow],
    milestones: list[MilestoneProgressRow],
    names: dict[str, str],
    words: Words,
    *,
    opening: tuple[OpeningBalance, ...] = (),
    since: int | None = None,
    policy_dates: tuple[PolicyDate, ...] = (),
    within: tuple[dt.date | None, dt.date | None] = (None, None),
    summary: str,
) -> Chart:
    """The running total toward the milestones, over its whole history; a single month is a dot.

    `months`: rows of hours_by_month, whatever the years of the filter. `within`: the first and the last day of the filter, which are
    marked by a band. `milestones`: rows of milestone_progress over the same hours. `names`: what each
    milestone is called. Policy dates are numbered hairlines, read in the note below the chart.
    """
    if not opening:
        marked = [day for day in (within[0], *(mark.on for mark in policy_dates)) if day is not None]
        months = since_begun(
            months,
            lambda row: (
                bool(row["cumulative_hours"] or row["cumulative_committed_hours"])
                or any(day <= row["month"] for day in marked)
            ),
        )
    drawn = theme.figure(words, 350, words.say("heures réalisées, cumulées"))
    complete = [row for row in months if not row["provisional"]]
    # The provisional stretch starts where the complete one ends, so that the curve has no gap.
    provisional = complete[-1:] + [row for row in months if row["provisional"]]
    if opening:
        base = float(sum(balance.hours for balance in opening))
        as_of = max(balance.as_of for balance in opening)
        known = [dt.date(since or as_of.year, 1, 1), as_of, months[-1]["month"]]
        drawn.add_trace(
            scatter(
                x=known, y=[0, base, base], mode="lines", line={"color": theme.OPENING, "width": 1}, fill="tozeroy",
                fillcolor=theme.OPENING, hoverinfo="skip", name="opening",
            )
        )  # fmt: skip
    for name, rows, pattern in (("validated", complete, ""), ("provisional", provisional, "/")):
        drawn.add_trace(
            scatter(
                x=[row["month"] for row in rows],
                y=[row["cumulative_hours"] for row in rows],
                mode=_mode(rows),
                name=name,
                line={"color": theme.VALIDATED, "width": 2.5},
                fill="tonexty" if opening and name == "validated" else "tozeroy",
                fillpattern={"shape": pattern, "fgcolor": theme.VALIDATED, "bgcolor": theme.BACKGROUND, "size": 6},
                text=[
                    words.say(
                        "{month}\u00a0: {hours}",
                        month=words.month(row["month"]),
                        hours=words.hours(row["cumulative_hours"]),
                    )
                    for row in rows
                ],
                hovertemplate=hover("text"),
            )
        )
    _mark_filter(drawn, within, months)
    start = dt.date(since, 1, 1) if opening and since else months[0]["month"]
    return _finished(drawn, months, milestones, names, words, policy_dates, summary, start)


def _mode(rows: Sequence[HoursByMonthRow]) -> str:
    """A line; a dot where there is one month, of which no line can be drawn."""
    return "lines+markers" if len(rows) == 1 else "lines"


def _mark_filter(
    drawn: Drawing, within: tuple[dt.date | None, dt.date | None], months: Sequence[HoursByMonthRow]
) -> None:
    """The years or months of the filter as a band behind the curve: outside of it the curve is history, not invented."""
    first, last = within
    if first is None and last is None:
        return
    start = months[0]["month"] if first is None else max(months[0]["month"], first)
    end = months[-1]["month"] if last is None else min(months[-1]["month"], last)
    if start > end:
        return
    drawn.add_shape(
        type="rect", name="years", x0=start.isoformat(), x1=end.isoformat(), yref="paper", y0=0, y1=1, layer="below",
        fillcolor=theme.GRID, line={"color": theme.OPENING, "width": 1},
    )  # fmt: skip


def _finished(
    drawn: Drawing,
    months: list[HoursByMonthRow],
    milestones: list[MilestoneProgressRow],
    names: dict[str, str],
    words: Words,
    policy_dates: tuple[PolicyDate, ...],
    summary: str,
    start: dt.date,
) -> Chart:
    drawn.add_trace(
        scatter(
            x=[row["month"] for row in months],
            y=[row["cumulative_committed_hours"] for row in months],
            mode=_mode(months),
            name="committed",
            line={"color": theme.COMMITTED, "width": 1.2},
            hoverinfo="skip",
        )
    )
    top = max([row["cumulative_hours"] for row in months] + [row["cumulative_committed_hours"] for row in months])
    reached = [row for row in milestones if row["status"] == "reached" and row["crossed_month"]]
    ahead = [row for row in milestones if row["projected_month"]]
    for row in (*reached, *ahead):
        top = max(top, row["target_hours"])
    for row in reached:
        _mark_reached(drawn, row, names[row["milestone"]], words)
    for row in ahead:
        _mark_projected(drawn, row, names[row["milestone"]], words)
    _mark_policy(drawn, policy_dates)
    # Room above the target for the label of the next milestone, which would hide the end of the curve elsewhere.
    lowest = min(row["cumulative_hours"] for row in months)
    hours_axis(drawn, words, top, headroom=1.25 if ahead else 1.12, bottom=lowest)
    ends = [months[-1]["month"], *(row["projected_latest"] or row["projected_month"] or start for row in ahead)]
    time_axis(drawn, start, max(ends), words)
    return Chart(figure=drawn, name=words.say("Heures réalisées, cumulées depuis l’origine"), summary=summary)


def mark_number(number: int) -> str:
    """① for 1: the number of a mark that cannot be read as part of a date."""
    return chr(ord("①") + number - 1)


def _mark_policy(drawn: Drawing, policy_dates: tuple[PolicyDate, ...]) -> None:
    """Numbered hairlines. A number steps up when the one before it is near, so that 1 and 2 do not read 12 on a phone."""
    stepped = False
    before: dt.date | None = None
    for number, mark in enumerate(policy_dates, start=1):
        stepped = before is not None and (mark.on - before).days < 3 * 365 and not stepped
        before = mark.on
        drawn.add_vline(x=mark.on.isoformat(), line={"color": theme.OPENING, "width": 1, "dash": "dot"})
        drawn.add_annotation(
            x=mark.on.isoformat(), yref="paper", y=0, yshift=18 if stepped else 1, text=mark_number(number), showarrow=False,
            yanchor="bottom", font={"size": theme.FONT_SIZE, "color": theme.MUTED}, bgcolor=theme.BACKGROUND,
        )  # fmt: skip


def _mark_reached(drawn: Drawing, row: MilestoneProgressRow, name: str, words: Words) -> None:
    drawn.add_trace(
        scatter(
            x=[row["crossed_month"]], y=[row["target_hours"]], mode="markers", name=row["milestone"],
            marker={"symbol": "diamond", "size": 12, "color": theme.VALIDATED, "line": {"color": theme.BACKGROUND, "width": 2}},
            hovertext=[f"{in_chart(name)} – {words.month(row['crossed_month'])}"], hoverinfo="text",
        )
    )  # fmt: skip
    drawn.add_annotation(
        x=row["crossed_month"], y=float(row["target_hours"]), xanchor="right", yanchor="bottom", xshift=-8, yshift=2,
        text=bold_in_chart(words.short_hours(row["target_hours"]), words.month(row["crossed_month"])),
        align="right", showarrow=False, font={"size": theme.FONT_SIZE, "color": theme.TEXT}, bgcolor=theme.BACKGROUND,
    )  # fmt: skip


def _mark_projected(drawn: Drawing, row: MilestoneProgressRow, name: str, words: Words) -> None:
    """The way to the target from the last complete month: a pale fan to its interval, a thick bar on the target, dashes between.

    Where no latest month can be given, dashes and the earliest one only.
    """
    target, start = float(row["target_hours"]), (row["last_complete_month"], float(row["complete_hours"]))
    first, last = row["projected_earliest"], row["projected_latest"]
    if last is not None:
        drawn.add_trace(
            scatter(
                x=[start[0], first, last, start[0]], y=[start[1], target, target, start[1]], mode="lines", name="fan",
                line={"color": theme.VALIDATED, "width": 0}, fill="toself", fillcolor=theme.GRID, hoverinfo="skip",
            )
        )  # fmt: skip
    drawn.add_trace(
        scatter(
            x=[start[0], row["projected_month"]], y=[start[1], target], mode="lines", name="middle", hoverinfo="skip",
            line={"color": theme.VALIDATED, "width": 1.5, "dash": "dash"},
        )
    )  # fmt: skip
    drawn.add_trace(
        scatter(
            x=[first, last or row["projected_month"]], y=[target, target], mode="lines", name="interval",
            line={"color": theme.VALIDATED, "width": 6 if last else 2},
            text=[f"{in_chart(name)} – {in_chart(projection(row, words))}"] * 2, hovertemplate=hover("text"),
        )
    )  # fmt: skip
    if last is None:
        text = words.say("pas avant {month} (estimation)", month=words.short_month(first))
    else:
        text = words.say("{first} – {last} (estimation)", first=words.short_month(first), last=words.short_month(last))
    drawn.add_annotation(
        x=(last or row["projected_month"]), y=target, xanchor="right", yanchor="bottom", xshift=6, yshift=8,
        text=bold_in_chart(words.short_hours(row["target_hours"]), text),
        align="right", showarrow=False, font={"size": theme.FONT_SIZE, "color": theme.TEXT}, bgcolor=theme.BACKGROUND,
    )  # fmt: skip
