"""The chart that fits a built table: bars along time, bars line by line, or small ones on one scale. Never stacked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from data.words import Words
from pages.build_table.layout import Layout, Line, amount
from pages.parts import theme
from pages.parts.axes import nice_ticks
from pages.parts.charts import Chart
from pages.parts.charts_lines import Group, feet, panel, panels
from pages.parts.drawing import bar
from pages.parts.plain import bold_in_chart, hover, in_chart
from queries.table_builder.builder import TOTAL
from queries.table_builder.parts import DIMENSIONS

LINES_DRAWN: Final = 30
SERIES_DRAWN: Final = 9
_LINES_OF_A_SERIES: Final = 8
_END: Final = 1.5  # the axis leaves a third of the width to the figures at the end of bars


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A bar: its name, its value, the value in words."""

    label: str
    value: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """The charts of a table, side by side; `small`: one for each series. `left_out`: how many series or lines are not drawn."""

    charts: tuple[Chart, ...]
    small: bool = False
    left_out: int = 0


def built_charts(layout: Layout, summary: str) -> Drawn:
    """What draws the first measure: its values, whatever shares the table shows. No chart where there is nothing to draw."""
    definition, words = layout.definition, layout.words
    outer = [line for line in layout.lines if len(line.row) == 1]
    keys = list(dict.fromkeys(column.key for column in layout.columns if column.key != TOTAL))
    # The first years beside all the others are no series: they are bars with names.
    rows_in_time = DIMENSIONS[definition.rows[0]].time is not None and definition.top is None
    if definition.columns is None and len(definition.rows) == 1:
        marks = [mark for line in outer if (mark := _mark(layout, line, TOTAL, line.label)) is not None]
        if rows_in_time:
            return Drawn(charts=tuple([_in_time(marks, layout, summary, layout.caption, 320)] if marks else []))
        kept = marks[:LINES_DRAWN] if definition.order else sorted(marks, key=lambda mark: -mark.value)[:LINES_DRAWN]
        return Drawn(
            charts=_level([Group(heading="", rows=_rows(kept))], words, summary, layout.caption),
            left_out=len(marks) - len(kept),
        )
    if definition.columns is not None and DIMENSIONS[definition.columns].time is not None:
        series = {line.label: [(line, key) for key in keys] for line in outer}
        return _multiples(layout, series, summary, by_column=True)
    if rows_in_time:
        labels = {column.key: column.label for column in layout.columns}
        if definition.columns is None:
            return Drawn(charts=())
        return _multiples(layout, {labels[key]: [(line, key) for line in outer] for key in keys}, summary)
    return _groups(layout, outer, keys, summary)


def _multiples(
    layout: Layout, series: dict[str, list[tuple[Line, str]]], summary: str, by_column: bool = False
) -> Drawn:
    """A small chart along time for each series, the largest first, on one scale."""
    labels = {column.key: column.label for column in layout.columns}
    marks = {
        name: [
            _mark(layout, line, key, labels[key] if by_column else line.label)
            or Mark(label=labels[key] if by_column else line.label, value=0, text="")
            for line, key in places
        ]
        for name, places in series.items()
    }
    sized = sorted(marks, key=lambda name: -sum(mark.value for mark in marks[name]))
    drawn = [name for name in sized if any(mark.value for mark in marks[name])]
    top = max((mark.value for name in drawn for mark in marks[name]), default=1.0)
    charts = tuple(_in_time(marks[name], layout, summary, name, 150, top) for name in drawn[:SERIES_DRAWN])
    return Drawn(charts=charts, small=True, left_out=len(drawn) - len(charts))


def _in_time(
    marks: Sequence[Mark], layout: Layout, summary: str, name: str, height: int, top: float | None = None
) -> Chart:
    words, small = layout.words, top is not None
    title = bold_in_chart(_cut(name)) if small else layout.names.header(layout.definition.measures[0])
    drawn = theme.figure(words, height, title)
    drawn.add_trace(
        bar(
            x=list(range(len(marks))),
            y=[mark.value for mark in marks],
            marker={"color": theme.VALIDATED},
            customdata=[words.named(in_chart(mark.label), mark.text) for mark in marks],
            hovertemplate=hover("customdata"),
        )
    )
    largest = top or max(mark.value for mark in marks) or 1.0
    ticks = nice_ticks(largest, 2 if small else 5)
    drawn.update_yaxes(tickvals=ticks, ticktext=[words.short(tick) for tick in ticks], range=[0, largest * 1.08])
    step = max(1, -(-len(marks) // (1 if small else 5)))
    places = [0, len(marks) - 1] if small else list(range(0, len(marks), step))
    labels = [marks[place].label for place in places]
    ticks_of_time = [in_chart(layout.names.tick(label) if small else label) for label in labels]
    drawn.update_xaxes(tickvals=places, ticktext=ticks_of_time)
    if small:
        drawn.update_layout(margin={"l": 8, "r": 8, "t": 28, "b": 4}, bargap=0.15)
    return Chart(figure=drawn, name=name, summary=summary)


def _groups(layout: Layout, outer: Sequence[Line], keys: Sequence[str], summary: str) -> Drawn:
    """Bars line by line under the heading of each column, or of each group of lines; the largest of each."""
    labels = {column.key: column.label for column in layout.columns}
    if layout.definition.columns is not None:
        by_name = {labels[key]: [_mark(layout, line, key, line.label) for line in outer] for key in keys}
    else:
        by_name = {
            line.label: [
                _mark(layout, inner, TOTAL, inner.label)
                for inner in layout.lines
                if not inner.is_group and inner.row[:1] == line.row
            ]
            for line in outer
        }
    series = {name: [mark for mark in marks if mark is not None and mark.value] for name, marks in by_name.items()}
    sized = sorted(
        (name for name in series if series[name]), key=lambda name: -sum(mark.value for mark in series[name])
    )
    groups = [
        Group(heading=name, rows=_rows(sorted(series[name], key=lambda mark: -mark.value)[:_LINES_OF_A_SERIES]))
        for name in sized[:SERIES_DRAWN]
    ]
    charts = _level(groups, layout.words, summary, layout.caption) if groups else ()
    return Drawn(charts=charts, left_out=sum(map(len, series.values())) - sum(len(group.rows) for group in groups))


def _level(groups: Sequence[Group[dict[str, Any]]], words: Words, summary: str, name: str) -> tuple[Chart, ...]:
    """Panels of level bars, a name above each, all on one scale."""
    top = max((row["value"] for group in groups for row in group.rows), default=1.0) or 1.0
    charts = []
    for lines in panels(groups, words):
        drawn, places = panel(lines, words, 46, named_by="label")
        drawn.add_trace(
            bar(
                x=[row["value"] for row, _ in places],
                y=[place + 30 for _, place in places],
                orientation="h",
                width=13,
                marker={"color": theme.VALIDATED},
                text=[row["text"] for row, _ in places],
                textposition="outside",
                constraintext="none",
                textfont={"size": theme.FONT_SIZE, "color": theme.TEXT},
                cliponaxis=False,
                hovertext=[words.named(in_chart(row["label"]), row["text"]) for row, _ in places],
                hovertemplate=hover("hovertext"),
            )
        )
        feet(drawn, [place + 39 for _, place in places])
        drawn.update_xaxes(range=[0, top * _END], visible=False)
        charts.append(Chart(figure=drawn, name=name, summary=summary))
    return tuple(charts)


def _mark(layout: Layout, line: Line, key: str, label: str) -> Mark | None:
    measure = layout.definition.measures[0]
    value = layout.table.value(line.row, key, measure)
    size = amount(value)
    return None if size is None else Mark(label=label, value=float(size), text=layout.full_text(value, measure))


def _rows(marks: Sequence[Mark]) -> list[dict[str, Any]]:
    return [{"label": mark.label, "value": mark.value, "text": mark.text} for mark in marks]


def _cut(name: str, length: int = 38) -> str:
    return name if len(name) <= length else f"{name[: length - 1].rstrip()}…"
