"""Panels of lines: a name above its marks, so that long names read on a phone.

Lines are dealt out to a few panels, side by side on a screen and one below the other on a phone; all the panels of a chart
have one scale. Inside a panel, y is a distance in pixels from its top.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from data.words import Words
from pages.parts import theme
from pages.parts.drawing import Drawing
from pages.parts.plain import bold_in_chart, in_chart

# A row of an answer.
R = TypeVar("R", bound=Mapping[str, Any])
Segment = tuple[tuple[float, float], tuple[int, int]]
PANELS: Final = 3
_FEW: Final = 6  # clients; fewer stand in one panel
_HEADING: Final = 36
_NAME_LENGTH: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Group(Generic[R]):
    """Clients under one heading; no heading when they are not grouped."""

    heading: str
    rows: Sequence[R]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line(Generic[R]):
    """A line of a panel: a heading, or a client."""

    heading: str = ""
    row: R | None = None


def panels(groups: Sequence[Group[R]], words: Words) -> list[list[Line[R]]]:
    """The groups as lines in panels of about one height; a group that runs over says its heading again."""
    total = sum(len(group.rows) + bool(group.heading) for group in groups)
    clients = sum(len(group.rows) for group in groups)
    most = total if clients < _FEW else -(-total // PANELS)
    filled: list[list[Line[R]]] = [[]]
    for group in groups:
        for number, row in enumerate(group.rows):
            # A heading never stands last in a panel.
            if len(filled[-1]) + (number == 0 and bool(group.heading)) >= most and len(filled) < PANELS:
                filled.append([])
            if group.heading and (number == 0 or not filled[-1]):
                again = words.say("{heading} (suite)", heading=group.heading)
                filled[-1].append(Line(heading=again if number else group.heading))
            filled[-1].append(Line(row=row))
    return [panel for panel in filled if panel]


def panel(
    lines: Sequence[Line[R]],
    words: Words,
    height: int,
    detail: Callable[[R], str] | None = None,
    named_by: str = "client_name",
) -> tuple[Drawing, list[tuple[R, int]]]:
    """An empty panel with its headings and names, and how far from the top each client stands.

    `named_by`: the key of a row's name.
    """
    whole = sum(_HEADING if line.row is None else height for line in lines)
    drawn = theme.figure(words, whole + 32)
    drawn.update_layout(margin={"l": 0, "r": 0, "t": 4, "b": 4}, bargap=0)
    drawn.update_yaxes(range=[whole, 0], visible=False)
    places: list[tuple[R, int]] = []
    rules: list[Segment] = []
    top = 0
    for line in lines:
        if line.row is None:
            _write(drawn, top + _HEADING - 6, bold_in_chart(line.heading))
            rules.append(((0, 1), (top + _HEADING - 4, top + _HEADING - 4)))
            top += _HEADING
            continue
        name = _short(line.row[named_by])
        _write(drawn, top + 20, in_chart(name) if detail is None else bold_in_chart(name))
        if detail is not None:
            _write(drawn, top + 38, detail(line.row))
        places.append((line.row, top))
        top += height
    segments(drawn, rules, theme.OPENING, xref="paper")
    return drawn, places


def _write(drawn: Drawing, bottom: int, text: str) -> None:
    drawn.add_annotation(
        xref="paper", x=0, y=bottom, text=text, xanchor="left", yanchor="bottom", showarrow=False, borderpad=0,
        font={"size": theme.FONT_SIZE, "color": theme.TEXT},
    )  # fmt: skip


def feet(drawn: Drawing, places: Sequence[int]) -> None:
    """A hairline below the marks of each line: where 0 is, for those too small to be seen."""
    segments(drawn, [((0, 1), (place, place)) for place in places], theme.GRID, xref="paper")


def segments(drawn: Drawing, wanted: Sequence[Segment], colour: str, *, width: int = 1, xref: str = "x") -> None:
    """Lines below the marks, each from and to its x and its y; x is a part of the panel when `xref` is "paper"."""
    for x, y in wanted:
        drawn.add_shape(
            type="line", xref=xref, x0=x[0], x1=x[1], y0=y[0], y1=y[1], layer="below", line={"color": colour, "width": width}
        )  # fmt: skip


def _short(name: str) -> str:
    return name if len(name) <= _NAME_LENGTH else f"{name[: _NAME_LENGTH - 1].rstrip()}…"
