"""Charts of clients: one line each, its name above its marks, so that long names read on a phone.

The lines are dealt out to a few panels, side by side on a screen and one below the other on a phone; all the panels of a
chart have one scale. Inside a panel, y is a distance in pixels from its top.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from typing import Final

import plotly.graph_objects as go

from data.words import Words
from pages.parts import theme
from pages.parts.charts import Chart, Row

PANELS: Final = 3
_FEW: Final = 6  # clients; fewer stand in one panel
_HEADING: Final = 36
_NAME_LENGTH: Final = 46
_END: Final = 1.5  # the hours' axis leaves a third of the width to the figures at the end of bars


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Clients under one heading; no heading when they are not grouped."""

    heading: str
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a panel: a heading, or a client."""

    heading: str = ""
    row: Row | None = None


def panels(groups: Sequence[Group], words: Words) -> list[list[Line]]:
    """The groups as lines in panels of about one height; a group that runs over says its heading again."""
    total = sum(len(group.rows) + bool(group.heading) for group in groups)
    clients = sum(len(group.rows) for group in groups)
    most = total if clients < _FEW else -(-total // PANELS)
    found: list[list[Line]] = [[]]
    for group in groups:
        for number, row in enumerate(group.rows):
            # A heading never stands last in a panel.
            if len(found[-1]) + (number == 0 and bool(group.heading)) >= most and len(found) < PANELS:
                found.append([])
            if group.heading and (number == 0 or not found[-1]):
                again = words.say("{heading} (suite)", heading=group.heading)
                found[-1].append(Line(heading=again if number else group.heading))
            found[-1].append(Line(row=row))
    return [panel for panel in found if panel]


def hours_bars(groups: Sequence[Group], words: Words, *, summary: str) -> list[Chart]:
    """Hours of each client and their share, on one scale. `groups`: rows of hours_by_client."""
    top = max((row["hours_validated"] for group in groups for row in group.rows), default=Decimal(1))
    charts = []
    for lines in panels(groups, words):
        drawn, places = _panel(lines, words, 46)
        drawn.add_trace(
            go.Bar(
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
                hovertext=[
                    f"{row['client_name']}\u00a0: {words.hours(row['hours_validated'], 2)}" for row, _ in places
                ],
                hovertemplate="%{hovertext}<extra></extra>",
            )
        )
        drawn.update_xaxes(range=[0, float(top or 1) * _END], visible=False)
        charts.append(Chart(figure=drawn, name=words.say("Heures réalisées par maître d’ouvrage"), summary=summary))
    return charts


def _hours_and_share(row: Row, words: Words) -> str:
    hours = words.hours(row["hours_validated"])
    return hours if row["share_ratio"] is None else f"{hours} · {words.percent(row['share_ratio'])}"


def year_bars(
    groups: Sequence[Group], series: Mapping[str, Sequence[Row]], words: Words, *, summary: str
) -> list[Chart]:
    """Hours of each client year by year, on one scale. `series`: rows of hours_by_client_and_year by client_id."""
    entries = [entry for rows in series.values() for entry in rows]
    top = float(max((entry["hours_validated"] for entry in entries), default=0)) or 1.0
    years = sorted({entry["year"] for entry in entries})
    charts = []
    for lines in panels(groups, words):
        drawn, places = _panel(lines, words, 88, lambda row: _best_year(series.get(row["client_id"], ()), words))
        shown = [(row, place + 76, entry) for row, place in places for entry in series.get(row["client_id"], ())]
        drawn.add_trace(
            go.Bar(
                x=[entry["year"] for _, _, entry in shown],
                y=[-38 * float(entry["hours_validated"]) / top for _, _, entry in shown],
                base=[foot for _, foot, _ in shown],
                width=0.8,
                marker={"color": theme.VALIDATED},
                customdata=[row["client_id"] for row, _, _ in shown],
                hovertext=[
                    f"{row['client_name']}, {entry['year']}\u00a0: {words.hours(entry['hours_validated'], 2)}"
                    for row, _, entry in shown
                ],
                hovertemplate="%{hovertext}<extra></extra>",
            )
        )
        _feet(drawn, [place + 76 for _, place in places])
        ends = years[:1] + years[-1:] if len(years) > 1 else years
        drawn.update_xaxes(
            type="linear", tickvals=ends, ticktext=list(map(str, ends)), side="top", ticks="", visible=bool(years),
            range=[years[0] - 0.6, years[-1] + 0.6] if years else None,
        )  # fmt: skip
        drawn.update_layout(margin={"t": 24})
        charts.append(
            Chart(figure=drawn, name=words.say("Heures réalisées par maître d’ouvrage et par année"), summary=summary)
        )
    return charts


def _best_year(entries: Sequence[Row], words: Words) -> str:
    best = max(entries, key=lambda entry: entry["hours_validated"], default=None)
    if best is None or best["hours_validated"] <= 0:
        return words.say("aucune heure réalisée")
    return words.say(
        "au plus haut en {year}\u00a0: {hours}", year=best["year"], hours=words.hours(best["hours_validated"])
    )


def completion_marks(groups: Sequence[Group], words: Words, *, summary: str) -> list[Chart]:
    """Completion of each client: a bar for closed lots, which is final; a lozenge for running ones, to date. Never clipped.

    `groups`: rows of hours_by_client.
    """
    ratios = [row[key] or 0 for group in groups for row in group.rows for key in _COMPLETIONS]
    top = max([1.0, *ratios])
    charts = []
    for lines in panels(groups, words):
        drawn, places = _panel(lines, words, 66, lambda row: completion_told(row, words))
        for _, place in places:
            _segment(drawn, (1, 1), (place + 41, place + 59), theme.COMMITTED, width=2)
        closed = [(row, place) for row, place in places if row["completion_closed_ratio"] is not None]
        running = [(row, place) for row, place in places if row["completion_running_ratio"] is not None]
        drawn.add_trace(
            go.Bar(
                x=[row["completion_closed_ratio"] for row, _ in closed],
                y=[place + 50 for _, place in closed],
                orientation="h", width=9, name="closed",
                marker={"color": theme.VALIDATED},
                customdata=[row["client_id"] for row, _ in closed],
                hovertext=[f"{row['client_name']}\u00a0: {completion_told(row, words)}" for row, _ in closed],
                hovertemplate="%{hovertext}<extra></extra>",
            )
        )  # fmt: skip
        drawn.add_trace(
            go.Scatter(
                x=[row["completion_running_ratio"] for row, _ in running],
                y=[place + 50 for _, place in running],
                mode="markers", name="running",
                marker={"symbol": "diamond", "size": 12, "color": theme.BACKGROUND, "line": {"color": theme.TEXT, "width": 2}},
                cliponaxis=False,
                customdata=[row["client_id"] for row, _ in running],
                hovertext=[f"{row['client_name']}\u00a0: {completion_told(row, words)}" for row, _ in running],
                hovertemplate="%{hovertext}<extra></extra>",
            )
        )  # fmt: skip
        _feet(drawn, [place + 56 for _, place in places])
        ticks = [step / 2 for step in range(int(top * 2) + 1)] if top < 2 else [float(n) for n in range(int(top) + 1)]
        drawn.update_xaxes(
            range=[0, top * 1.06], tickvals=ticks, ticktext=[words.percent(tick, 0) for tick in ticks], side="top", ticks="",
        )  # fmt: skip
        drawn.update_layout(margin={"t": 24})
        charts.append(Chart(figure=drawn, name=words.say("Taux de réalisation par maître d’ouvrage"), summary=summary))
    return charts


_COMPLETIONS: Final = ("completion_closed_ratio", "completion_running_ratio")


def completion_told(row: Row, words: Words) -> str:
    """Closed lots, running lots, lots outside the ratio: "soldés 97,2 % · en cours 41,0 % · 3 lots hors calcul"."""
    parts = []
    if row["completion_closed_ratio"] is not None:
        parts.append(words.say("soldés {share}", share=words.percent(row["completion_closed_ratio"])))
    if row["completion_running_ratio"] is not None:
        parts.append(words.say("en cours {share}", share=words.percent(row["completion_running_ratio"])))
    if row["lots_excluded"]:
        parts.append(words.say_count("{n} lot hors calcul", "{n} lots hors calcul", row["lots_excluded"]))
    return " · ".join(parts)


def _panel(
    lines: Sequence[Line],
    words: Words,
    height: int,
    detail: Callable[[Row], str] | None = None,
) -> tuple[go.Figure, list[tuple[Row, int]]]:
    """An empty panel with its headings and names, and how far from the top each client stands."""
    whole = sum(_HEADING if line.row is None else height for line in lines)
    drawn = theme.figure(words, whole + 32)
    drawn.update_layout(margin={"l": 0, "r": 0, "t": 4, "b": 4}, bargap=0)
    drawn.update_yaxes(range=[whole, 0], visible=False)
    places: list[tuple[Row, int]] = []
    top = 0
    for line in lines:
        if line.row is None:
            _text(drawn, top + _HEADING - 6, f"<b>{escape(line.heading, quote=False)}</b>")
            _segment(drawn, (0, 1), (top + _HEADING - 4,) * 2, theme.OPENING, xref="paper")
            top += _HEADING
            continue
        name = escape(_short(line.row["client_name"]), quote=False)
        _text(drawn, top + 20, name if detail is None else f"<b>{name}</b>")
        if detail is not None:
            _text(drawn, top + 38, detail(line.row))
        places.append((line.row, top))
        top += height
    return drawn, places


def _text(drawn: go.Figure, bottom: int, text: str) -> None:
    drawn.add_annotation(
        xref="paper", x=0, y=bottom, text=text, xanchor="left", yanchor="bottom", showarrow=False, borderpad=0,
        font={"size": theme.FONT_SIZE, "color": theme.TEXT},
    )  # fmt: skip


def _feet(drawn: go.Figure, places: Sequence[int]) -> None:
    """A hairline below the marks of each line: where 0 is, for those too small to be seen."""
    for place in places:
        _segment(drawn, (0, 1), (place, place), theme.GRID, xref="paper")


def _segment(
    drawn: go.Figure, x: tuple[float, float], y: tuple[int, ...], colour: str, *, width: int = 1, xref: str = "x"
) -> None:
    drawn.add_shape(
        type="line", xref=xref, x0=x[0], x1=x[1], y0=y[0], y1=y[1], line={"color": colour, "width": width}, layer="below",
    )  # fmt: skip


def _short(name: str) -> str:
    return name if len(name) <= _NAME_LENGTH else f"{name[: _NAME_LENGTH - 1].rstrip()}…"
