"""The hours of each month, of each quarter or of twelve months to the end of each month, as the reader chooses. Kept in the address."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from data.words import N_, Words
from pages.parts import theme
from pages.parts.address_choice import one_of
from pages.parts.axes import hours_axis, time_axis
from pages.parts.blocks import show_chart
from pages.parts.changes import change_text
from pages.parts.charts import Chart
from pages.parts.drawing import bar, scatter
from pages.parts.plain import hover
from pages.parts.read import reading
from pages.parts.tables import Column, of_question, show_table
from queries import answers
from queries.answers import HoursByPeriodRow

ROLLING: Final = "rolling"
# In the address → the parameter of the question, on screen.
_PERIODS: Final = {
    "mois": ("", N_("Par mois")),
    "trimestres": ("quarter", N_("Par trimestre")),
    "glissant": (ROLLING, N_("Douze mois glissants")),
}
_PERIOD: Final = one_of(key="periode", widget="_years_period", default="mois", options=tuple(_PERIODS))
_NAMES: Final = {
    "": N_("Heures réalisées par mois travaillé"),
    "quarter": N_("Heures réalisées par trimestre"),
    ROLLING: N_("Heures réalisées sur douze mois complets glissants"),
}


def show_periods() -> None:
    """The choice, the chart under its sentence, the table."""
    words = reading().words
    st.header(words.say("Et au fil des mois\u202f?"), anchor=False)
    st.segmented_control(
        words.say("Période"),
        _PERIOD.options,
        required=True,
        format_func=lambda code: words.say(_PERIODS[code][1]),
        label_visibility="collapsed",
        **_PERIOD.bound(),
    )
    period = _PERIODS[_PERIOD.value][0]
    rows = answers.hours_by_period(reading().access, reading().scope, period)
    if not rows:
        st.text(words.say("Aucune période de douze mois complets pour ces filtres."))
        return
    chart = period_chart(rows, period, words)
    show_chart(chart, "periodes", notes=[chart.summary])
    columns = of_question(
        "hours_by_period",
        Column(key="first_month"),
        Column(key="last_month"),
        Column(key="hours_validated", adds=period != ROLLING),
        Column(key="change_ratio"),
        Column(key="complete"),
    )
    show_table(rows[::-1], columns, caption=chart.name, name="heures_par_periode")


def period_chart(rows: Sequence[HoursByPeriodRow], period: str, words: Words) -> Chart:
    """Bars, hatched where a period is not complete; of twelve months that overlap, a line."""
    drawn = theme.figure(words, 300, words.say("heures réalisées"))
    x, y = [row["last_month"].isoformat() for row in rows], [row["hours_validated"] for row in rows]
    texts = [words.named(period_name(row, period, words), words.hours(row["hours_validated"])) for row in rows]
    if period == ROLLING:
        drawn.add_trace(
            scatter(
                x=x,
                y=y,
                mode="lines",
                name="validated",
                line={"color": theme.VALIDATED, "width": 2},
                hovertext=texts,
                hoverinfo="text",
            )
        )
    else:
        hatch = ["" if row["complete"] else "/" for row in rows]
        pattern = {"shape": hatch, "fgcolor": theme.BACKGROUND, "fillmode": "overlay", "size": 5, "solidity": 0.25}
        drawn.add_trace(
            bar(
                x=x, y=y, name="validated", marker={"color": theme.VALIDATED, "pattern": pattern},
                customdata=texts, hovertemplate=hover("customdata"),
            )
        )  # fmt: skip
    time_axis(drawn, rows[0]["last_month"], rows[-1]["last_month"], words)
    hours_axis(drawn, words, max(y), wanted=4, bottom=min(y))
    return Chart(figure=drawn, name=words.say(_NAMES[period]), summary=period_text(rows, period, words))


def period_text(rows: Sequence[HoursByPeriodRow], period: str, words: Words) -> str:
    """The last complete period, its hours and its change on the same one a year before."""
    complete = [row for row in rows if row["complete"]]
    if not complete:
        return words.say(
            "Aucune période complète\u00a0: les mois récents sont encore en cours de déclaration (hachures claires)."
        )
    last = complete[-1]
    text = words.say(
        "Dernière période complète, {period}\u00a0: {hours}",
        period=period_name(last, period, words),
        hours=words.hours(last["hours_validated"]),
    )
    if last["change_ratio"] is not None:
        change = change_text(last["change_ratio"], words)
        text = words.say("{hours}, {change} par rapport à la même période un an plus tôt", hours=text, change=change)
    if any(not row["complete"] for row in rows):
        return words.say("{sentence}. Hachures claires\u00a0: périodes incomplètes ou provisoires.", sentence=text)
    return f"{text}."


def period_name(row: HoursByPeriodRow, period: str, words: Words) -> str:
    """Août 2026; de juillet à septembre 2026; de septembre 2025 à août 2026."""
    first, last = row["first_month"], row["last_month"]
    if first == last:
        return words.month(last)
    name = words.month_name(first) if period == "quarter" else words.month(first)
    return words.say("de {first} à {last}", first=name, last=words.month(last))
