"""Charts of clients, one line each."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

from data.words import Words
from pages.parts import theme
from pages.parts.charts import Chart
from pages.parts.charts_lines import Group, feet, panel, panels, segments
from pages.parts.completion import completion_text
from pages.parts.drawing import bar, scatter
from pages.parts.plain import hover, in_chart
from queries.answers import HoursByClientAndYearRow, HoursByClientRow

_END: Final = 1.5  # the hours' axis leaves a third of the width to the figures at the end of bars


def hours_bars(groups: Sequence[Group[HoursByClientRow]], words: Words, *, summary: str) -> list[Chart]:
    """Hours of each client and their share, on one scale. `groups`: rows of hours_by_client."""
    top = max((row["hours_validated"] for group in groups for row in group.rows), default=Decimal(1))
    charts = []
    for lines in panels(groups, words):
        drawn, places = panel(lines, words, 46)
        drawn.add_trace(
            bar(
                x=[row["hours_validated"] for row, _ in places],
                y=[place + 30 for _, place in places],
                orientation="h",
                width=13,
                marker={"color": theme.VALIDATED},
                text=[_hours_and_share(row, words) for row, _ in places],
                textposition="outside",
                constraintext="none",
                textfont={"size": theme.FONT_SIZE, "color": theme.TEXT},
                cliponaxis=False,
                customdata=[row["client_id"] for row, _ in places],
                hovertext=[
                    words.named(in_chart(row["client_name"]), words.hours(row["hours_validated"], 2))
                    for row, _ in places
                ],
                hovertemplate=hover("hovertext"),
            )
        )
        drawn.update_xaxes(range=[0, float(top or 1) * _END], visible=False)
        charts.append(Chart(figure=drawn, name=words.say("Heures réalisées par maître d’ouvrage"), summary=summary))
    return charts


def _hours_and_share(row: HoursByClientRow, words: Words) -> str:
    hours = words.hours(row["hours_validated"])
    return hours if row["share_ratio"] is None else f"{hours} · {words.percent(row['share_ratio'])}"


def year_bars(
    groups: Sequence[Group[HoursByClientRow]],
    series: Mapping[str, Sequence[HoursByClientAndYearRow]],
    words: Words,
    *,
    summary: str,
) -> list[Chart]:
    """Hours of each client year by year, on one scale. `series`: rows of hours_by_client_and_year by client_id."""
    entries = [entry for rows in series.values() for entry in rows]
    top = float(max((entry["hours_validated"] for entry in entries), default=0)) or 1.0
    years = sorted({entry["year"] for entry in entries})
    charts = []
    for lines in panels(groups, words):
        drawn, places = panel(lines, words, 88, lambda row: _best_year(series.get(row["client_id"], ()), words))
        shown = [(row, place + 76, entry) for row, place in places for entry in series.get(row["client_id"], ())]
        drawn.add_trace(
            bar(
                x=[entry["year"] for _, _, entry in shown],
                y=[-38 * float(entry["hours_validated"]) / top for _, _, entry in shown],
                base=[foot for _, foot, _ in shown],
                width=0.8,
                marker={"color": theme.VALIDATED},
                customdata=[row["client_id"] for row, _, _ in shown],
                hovertext=[
                    words.named(
                        f"{in_chart(row['client_name'])}, {entry['year']}", words.hours(entry["hours_validated"], 2)
                    )
                    for row, _, entry in shown
                ],
                hovertemplate=hover("hovertext"),
            )
        )
        feet(drawn, [place + 76 for _, place in places])
        drawn.update_xaxes(visible=False, range=[years[0] - 0.6, years[-1] + 0.6] if years else None)
        # Not as ticks: Plotly hides those that would stand over the edge of the panel.
        for year, side in ((years[0], "left"), (years[-1], "right")) if years else ():
            drawn.add_annotation(
                xref="paper", yref="paper", x=int(side == "right"), y=1, xanchor=side, yanchor="bottom", text=str(year),
                showarrow=False, font={"size": theme.FONT_SIZE, "color": theme.TEXT},
            )  # fmt: skip
        drawn.update_layout(margin={"t": 24})
        charts.append(
            Chart(figure=drawn, name=words.say("Heures réalisées par maître d’ouvrage et par année"), summary=summary)
        )
    return charts


def _best_year(entries: Sequence[HoursByClientAndYearRow], words: Words) -> str:
    best = max(entries, key=lambda entry: entry["hours_validated"], default=None)
    if best is None or best["hours_validated"] <= 0:
        return words.say("aucune heure réalisée")
    return words.say(
        "au plus haut en {year}\u00a0: {hours}", year=best["year"], hours=words.hours(best["hours_validated"])
    )


def completion_marks(groups: Sequence[Group[HoursByClientRow]], words: Words, *, summary: str) -> list[Chart]:
    """Completion of each client: a bar for closed lots, which is final; a lozenge for running ones, to date. Never clipped.

    `groups`: rows of hours_by_client.
    """
    ratios = [row[key] or 0 for group in groups for row in group.rows for key in _COMPLETIONS]
    top = max([1.0, *ratios])
    charts = []
    for lines in panels(groups, words):
        drawn, places = panel(lines, words, 66, lambda row: completion_text(row, words))
        segments(drawn, [((1, 1), (place + 41, place + 59)) for _, place in places], theme.COMMITTED, width=2)
        closed = [(row, place) for row, place in places if row["completion_closed_ratio"] is not None]
        running = [(row, place) for row, place in places if row["completion_running_ratio"] is not None]
        drawn.add_trace(
            bar(
                x=[row["completion_closed_ratio"] for row, _ in closed],
                y=[place + 50 for _, place in closed],
                orientation="h", width=9, name="closed",
                marker={"color": theme.VALIDATED},
                customdata=[row["client_id"] for row, _ in closed],
                hovertext=[words.named(in_chart(row["client_name"]), completion_text(row, words)) for row, _ in closed],
                hovertemplate=hover("hovertext"),
            )
        )  # fmt: skip
        drawn.add_trace(
            scatter(
                x=[row["completion_running_ratio"] for row, _ in running],
                y=[place + 50 for _, place in running],
                mode="markers", name="running",
                marker={"symbol": "diamond", "size": 12, "color": theme.BACKGROUND, "line": {"color": theme.TEXT, "width": 2}},
                cliponaxis=False,
                customdata=[row["client_id"] for row, _ in running],
                hovertext=[words.named(in_chart(row["client_name"]), completion_text(row, words)) for row, _ in running],
                hovertemplate=hover("hovertext"),
            )
        )  # fmt: skip
        feet(drawn, [place + 56 for _, place in places])
        ticks = [step / 2 for step in range(int(top * 2) + 1)] if top < 2 else [float(n) for n in range(int(top) + 1)]
        drawn.update_xaxes(
            range=[0, top * 1.06], tickvals=ticks, ticktext=[words.percent(tick, 0) for tick in ticks], side="top", ticks="",
        )  # fmt: skip
        drawn.update_layout(margin={"t": 24})
        charts.append(Chart(figure=drawn, name=words.say("Taux de réalisation par maître d’ouvrage"), summary=summary))
    return charts


_COMPLETIONS: Final = ("completion_closed_ratio", "completion_running_ratio")
