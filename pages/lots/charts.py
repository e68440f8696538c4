"""The charts of a lot: its running total against the expected pace, and its months. Pure functions."""

import datetime as dt
from decimal import Decimal

from data.words import Words
from pages.parts import theme
from pages.parts.axes import nice_ticks
from pages.parts.charts import Chart
from pages.parts.drawing import Drawing, bar, scatter
from pages.parts.plain import bold_in_chart, hover
from queries.answers import LotFactsRow, LotMonthsRow

# Names below the axis that a phone holds side by side.
_MONTHS, _YEARS = 4, 6


def pace_curve(months: list[LotMonthsRow], lot: LotFactsRow, words: Words, *, summary: str) -> Chart:
    """The hours of a lot, cumulated, and those that were expected; a total stands at the end of its month.

    `months`: rows of lot_months, at least one. `lot`: the row of lot_facts.
    """
    drawn = theme.figure(words, 320, words.say("heures du lot, cumulées"))
    committed = lot["hours_committed"]
    start, end = months[0]["month"], _month_after(months[-1]["month"], 1)
    if lot["expected_hours"] is not None and lot["ends_on"] is not None:
        # Evenly from nothing at the start to the obligation at the end.
        end = max(end, lot["ends_on"])
        days = [lot["starts_on"], lot["ends_on"], end]
        drawn.add_trace(
            scatter(
                x=days, y=[Decimal(0), committed, committed], mode="lines", name="expected",
                line={"color": theme.COMMITTED, "width": 1.2}, hoverinfo="skip",
            )
        )  # fmt: skip
    drawn.add_trace(
        scatter(
            x=[start, *(_month_after(row["month"], 1) for row in months)],
            y=[Decimal(0), *(row["cumulative_hours"] for row in months)],
            mode="lines", name="validated", line={"color": theme.VALIDATED, "width": 2.5},
            text=["", *(_total_text(row, words) for row in months)], hovertemplate=hover("text"),
        )
    )  # fmt: skip
    start = min(start, lot["starts_on"] or start)
    top = max(row["cumulative_hours"] for row in months)
    if committed:
        top = max(top, committed)
        _mark_obligation(drawn, lot, (start, end), words)
    _mark_last(drawn, months[-1], lot, (start, end), words)
    _axes(drawn, start, end, top, min(row["cumulative_hours"] for row in months), words)
    drawn.update_xaxes(range=[start.isoformat(), end.isoformat()])
    return Chart(figure=drawn, name=words.say("Heures du lot, cumulées, et rythme attendu"), summary=summary)


def _total_text(row: LotMonthsRow, words: Words) -> str:
    done, expected = words.hours(row["cumulative_hours"]), row["expected_hours"]
    month = words.month(row["month"])
    if expected is None:
        return words.say("Fin {month}\u00a0: {hours} réalisées", month=month, hours=done)
    return words.say(
        "Fin {month}\u00a0: {hours} réalisées, {expected} attendues",
        month=month,
        hours=done,
        expected=words.hours(expected),
    )


def _month_text(words: Words, hours: str, day: dt.date) -> str:
    return words.say("{month}\u00a0: {hours}", month=words.month(day), hours=hours)


def _mark_obligation(drawn: Drawing, lot: LotFactsRow, span: tuple[dt.date, dt.date], words: Words) -> None:
    """The obligation as a level line with its hours, and the one before amendments, dotted."""
    committed, initial = lot["hours_committed"] or Decimal(0), lot["hours_committed_initial"]
    levels = [(committed, words.say("{hours} engagées", hours=words.hours(committed)), "solid")]
    if lot["amendment_hours"] and initial is not None:
        levels.append((initial, words.say("{hours} à l’origine", hours=words.hours(initial)), "dot"))
    for hours, text, dash in levels:
        drawn.add_shape(
            type="line", x0=span[0].isoformat(), x1=span[1].isoformat(), y0=float(hours), y1=float(hours),
            line={"color": theme.OPENING, "width": 1, "dash": dash},
        )  # fmt: skip
        # To the left, where the curve is low; the lower of the two levels is written below its line.
        below = hours < max(level[0] for level in levels)
        drawn.add_annotation(
            x=span[0].isoformat(), y=float(hours), text=text, showarrow=False, xanchor="left",
            yanchor="top" if below else "bottom", font={"size": theme.FONT_SIZE, "color": theme.MUTED},
        )  # fmt: skip


def _mark_last(
    drawn: Drawing, last: LotMonthsRow, lot: LotFactsRow, span: tuple[dt.date, dt.date], words: Words
) -> None:
    """What is realised, at the end of the curve, on the side where the expected pace does not run."""
    day, hours = _month_after(last["month"], 1), last["cumulative_hours"]
    expected = lot["expected_hours"]
    above = expected is None or lot["hours_to_date"] >= expected
    early = (day - span[0]) < (span[1] - day)
    drawn.add_annotation(
        x=day.isoformat(), y=float(hours), text=bold_in_chart(words.say("{hours} réalisées", hours=words.hours(hours))),
        showarrow=False, xanchor="left" if early else "right", yanchor="bottom" if above else "top",
        xshift=4 if early else 0, yshift=4 if above else -4,
        font={"size": theme.FONT_SIZE, "color": theme.TEXT}, bgcolor=theme.BACKGROUND,
    )  # fmt: skip


def month_bars(months: list[LotMonthsRow], words: Words, *, summary: str) -> Chart:
    """The hours of each month of a lot, pending ones hatched above.

    `months`: rows of lot_months, at least one.
    """
    drawn = theme.figure(words, 260, words.say("heures réalisées par mois"))
    x = [row["month"] for row in months]
    drawn.add_trace(
        bar(
            x=x, y=[row["hours_validated"] for row in months], name="validated", marker={"color": theme.VALIDATED},
            customdata=[_month_text(words, words.hours(row["hours_validated"]), row["month"]) for row in months],
            hovertemplate=hover("customdata"),
        )
    )  # fmt: skip
    drawn.add_trace(
        bar(
            x=x, y=[row["hours_pending"] for row in months], name="pending",
            marker={"color": theme.PENDING, "pattern": {"shape": "/", "fgcolor": theme.VALIDATED, "size": 5, "solidity": 0.3}},
            customdata=[
                _month_text(words, words.say("{hours} en attente", hours=words.hours(row["hours_pending"])), row["month"])
                for row in months
            ],
            hovertemplate=hover("customdata"),
        )
    )  # fmt: skip
    drawn.update_layout(barmode="relative", bargap=0.15)
    top = max(row["hours_validated"] + row["hours_pending"] for row in months)
    _axes(drawn, x[0], x[-1], top, min(row["hours_validated"] for row in months), words)
    drawn.update_xaxes(range=[_shifted(x[0], -16), _shifted(x[-1], 16)])
    return Chart(figure=drawn, name=words.say("Heures du lot par mois travaillé"), summary=summary)


def _axes(drawn: Drawing, start: dt.date, end: dt.date, top: Decimal, bottom: Decimal, words: Words) -> None:
    """Hours from 0, or from the lowest correction; months and years in the reader's words, few enough for a phone."""
    ticks = nice_ticks(top, 4)
    lowest = min(float(bottom), 0.0)
    drawn.update_yaxes(
        tickvals=ticks,
        ticktext=[_tick_name(tick, words) for tick in ticks],
        range=[lowest * 1.1, (max(float(top), 0.0) or (0.0 if lowest else 1.0)) * 1.15],
        rangemode="normal",
    )
    years = range(start.year, end.year + 1)
    if len(years) > 3:
        step = -(-len(years) // _YEARS)
        days = [dt.date(year, 1, 1) for year in years[::step] if dt.date(year, 1, 1) >= start]
        names = [str(day.year) for day in days]
    else:
        span = (end.year - start.year) * 12 + end.month - start.month + 1
        step = next(step for step in (1, 2, 3, 6, 12) if span / step <= _MONTHS)
        days = [_month_after(start, n) for n in range(0, span, step)]
        names = [words.short_month(day) for day in days]
    drawn.update_xaxes(type="date", tickvals=[day.isoformat() for day in days], ticktext=names)


def _tick_name(hours: float, words: Words) -> str:
    """1,5 k, but 1 250 and 2,5: a round value of an axis is not rounded once more."""
    unit = next((unit for unit in (1e6, 1e3) if hours >= unit), 10.0)
    if (hours * 10 / unit).is_integer():
        return words.short(hours)
    return words.number(hours, 0 if hours >= 10 and hours.is_integer() else 2 if hours < 1 else 1)


def _month_after(month: dt.date, n: int) -> dt.date:
    years, index = divmod(month.month - 1 + n, 12)
    return dt.date(month.year + years, index + 1, 1)


def _shifted(day: dt.date, days: int) -> str:
    return (day + dt.timedelta(days=days)).isoformat()
