"""The map of the communes of the territory.

Drawn as filled lines (SVG), not as a map trace. Tried side by side in Chromium: `go.Choroplethmap` on "white-bg" draws and selects
without a request, in the same time and with half the bytes (44 against 90 kB, sent once), but it needs WebGL, stays white in the
dark theme, does not fit the width it is given, and tells its classes apart by colour alone. Here classes are textures, which
print, follow the theme by themselves and differ without colour. A fill answers no click in Plotly: invisible points answer
for the commune that they lie in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from math import dist, floor, log10
from typing import Final, Literal

from data.words import Words
from pages.parts import theme
from pages.parts.charts import Chart
from pages.parts.commune_sentences import Place
from pages.parts.commune_shapes import Point, Shape, outlined, shapes
from pages.parts.drawing import Drawing, bar, scatter
from pages.parts.plain import bold_in_chart

Measure = Literal["hours_validated", "hours_per_1000"]

# Shares of the communes with hours below each limit: few at the top, where the differences are large.
_CUTS: Final = (0.4, 0.7, 0.9)


@dataclass(frozen=True, slots=True, kw_only=True)
class Texture:
    """How a class is filled: marks of the measure's colour on a background."""

    background: str
    shape: str = ""
    size: int = 6
    solidity: float = 0.3


_NONE: Final = Texture(background=theme.BACKGROUND)
# From few to many: each differs from its neighbours by its marks, not by its colour alone.
_TEXTURES: Final = (
    Texture(background=theme.BACKGROUND, shape=".", size=7, solidity=0.16),
    Texture(background=theme.PENDING),
    Texture(background=theme.PENDING, shape="x", size=5, solidity=0.42),
    Texture(background=theme.VALIDATED),
)
NAMED: Final = 5  # communes that bear a number on the map
_NUMBER: Final = 19  # pixels across, its border and a gap included
_PHONE: Final = 343  # pixels that the map has on a phone


def class_limits(values: Sequence[Decimal | float]) -> list[float]:
    """Round values (1, 2, 5, 10, 20 …) that part the values above 0 into at most four classes, ascending."""
    ordered = sorted(float(value) for value in values if value > 0)
    limits = {_nice(ordered[int(len(ordered) * cut)]) for cut in _CUTS} if len(ordered) > 3 else set()
    return sorted(limit for limit in limits if ordered[0] < limit <= ordered[-1])


def _nice(value: float) -> float:
    """The nearest of 1, 2, 5, 10, 20, 50 …, in ratio."""
    power = 10.0 ** floor(log10(value))
    steps = (power * factor for factor in (1, 2, 5, 10))
    return min(steps, key=lambda step: max(step / value, value / step))


def commune_chart(
    members: Sequence[Place], measure: Measure, words: Words, *, chosen: Sequence[str] = (), summary: str
) -> Chart:
    """The communes by class of a measure. `members`: rows of commune_map that are `drawable`; `chosen`: codes to outline.

    The first NAMED communes bear their rank; `numbered` gives them in order. A point's customdata is its commune's code.
    """
    whole = measure == "hours_validated"
    name = words.say("Heures par commune d’exécution") if whole else words.say("Heures pour 1\u202f000 habitants")
    drawn = theme.figure(words, 600)
    values = {row["execution_commune"] or "": row[measure] or 0 for row in members}
    communes = shapes(frozenset(values))
    limits = class_limits(list(values.values()))
    textures = _TEXTURES[len(_TEXTURES) - len(limits) - 1 :]
    for number, label in enumerate(class_names(limits, words)):
        members_of = [shape for shape in communes if _class(values[shape.code], limits) == number]
        _add_area(drawn, members_of, label, textures[number - 1] if number else _NONE)
    picked = [shape for shape in communes if shape.code in chosen]
    drawn.add_trace(
        scatter(
            **_lines(picked),
            mode="lines",
            line={"color": theme.TEXT, "width": 3},
            hoverinfo="skip",
            showlegend=False,
            name="chosen",
        )
    )
    _add_numbers(drawn, communes, numbered(members, measure))
    _add_pointer(drawn, communes, members, words)
    _lay_out(drawn, communes, name)
    return Chart(figure=drawn, name=name, summary=summary)


def drawable(members: Sequence[Place]) -> list[Place]:
    """The communes whose outlines are on board: without one, there is no map."""
    known = outlined([row["execution_commune"] or "" for row in members])
    return [row for row in members if row["execution_commune"] in known]


def numbered(members: Sequence[Place], measure: Measure) -> list[Place]:
    """The communes that bear a number, the first one first."""
    ordered = sorted(members, key=lambda row: row[measure] or 0, reverse=True)
    return [row for row in ordered[:NAMED] if row[measure]]


def class_names(limits: Sequence[float], words: Words) -> list[str]:
    """The classes in words, from none to the highest."""
    names = [words.say("aucune heure")]
    if not limits:
        return [*names, words.say("des heures")]
    texts = [words.number(limit, 0 if limit >= 1 else 1) for limit in limits]
    names.append(words.say("moins de {limit}", limit=f"{texts[0]}\u00a0h"))
    names += [words.say("{low} à {high}", low=low, high=f"{high}\u00a0h") for low, high in pairwise(texts)]
    return [*names, words.say("{limit} et plus", limit=f"{texts[-1]}\u00a0h")]


def _class(value: Decimal | float, limits: Sequence[float]) -> int:
    return 1 + sum(value >= limit for limit in limits) if value > 0 else 0


def _lines(drawn: Sequence[Shape]) -> dict[str, list[float | None]]:
    """All rings as one line, each parted from the next by a gap."""
    x: list[float | None] = []
    y: list[float | None] = []
    for shape in drawn:
        for ring in shape.rings:
            x += [point[0] for point in ring] + [None]
            y += [point[1] for point in ring] + [None]
    return {"x": x, "y": y}


def _add_area(drawn: Drawing, communes: Sequence[Shape], label: str, texture: Texture) -> None:
    """The communes of a class. Its mark in the legend is a bar's, which is a square: that of an area is a thin line."""
    colours = {"fgcolor": theme.VALIDATED, "bgcolor": texture.background}
    pattern = {"shape": texture.shape, "size": texture.size, "solidity": texture.solidity, **colours}
    drawn.add_trace(
        scatter(
            **_lines(communes), mode="lines", fill="toself", line={"color": theme.MUTED, "width": 0.8}, hoverinfo="skip", name=label,
            showlegend=False, **({"fillpattern": pattern} if texture.shape else {"fillcolor": texture.background}),
        )
    )  # fmt: skip
    drawn.add_trace(
        bar(
            x=[None], y=[None], name=label, showlegend=True,
            marker={
                "color": texture.background, "line": {"color": theme.MUTED, "width": 0.8},
                "pattern": pattern if texture.shape else {},
            },
        )
    )  # fmt: skip


def _add_numbers(drawn: Drawing, communes: Sequence[Shape], first: Sequence[Place]) -> None:
    places = _apart(communes, [row["execution_commune"] or "" for row in first])
    drawn.add_trace(
        scatter(
            x=[x for x, _ in places], y=[y for _, y in places], mode="markers+text", text=[str(n) for n, _ in enumerate(places, 1)],
            textfont={"size": theme.FONT_SIZE, "color": theme.TEXT}, hoverinfo="skip", showlegend=False, name="named",
            marker={"size": _NUMBER - 1, "color": theme.BACKGROUND, "line": {"color": theme.TEXT, "width": 1}},
        )
    )  # fmt: skip


def _apart(communes: Sequence[Shape], first: Sequence[str]) -> list[Point]:
    """Where each number stands: at the middle of its commune, or at the next place in it that no number before covers on a phone."""
    xs = [x for shape in communes for ring in shape.rings for x, _ in ring]
    wide = (max(xs) - min(xs)) * _NUMBER / _PHONE
    known = {shape.code: shape for shape in communes}
    places: list[Point] = []
    for shape in (known[code] for code in first):
        inside = sorted(shape.points, key=lambda point: dist(point, shape.middle))
        free = (point for point in (shape.middle, *inside) if all(dist(point, other) >= wide for other in places))
        places.append(next(free, shape.middle))
    return places


def _add_pointer(drawn: Drawing, communes: Sequence[Shape], members: Sequence[Place], words: Words) -> None:
    """Invisible points that answer the pointer and the click, a trace for each commune: its text is sent once."""
    texts = {row["execution_commune"]: pointer_text(row, words) for row in members}
    drawn.add_traces(
        [
            scatter(
                x=[x for x, _ in shape.points],
                y=[y for _, y in shape.points],
                mode="markers",
                opacity=0,
                name="pointer",
                showlegend=False,
                customdata=[shape.code] * len(shape.points),
                text=texts[shape.code],
                hoverinfo="text",
            )
            for shape in communes
        ]
    )


def pointer_text(row: Place, words: Words) -> str:
    """What a pointer reads over a commune."""
    if not row["hours_validated"]:
        return bold_in_chart(row["commune_name"] or "", words.say("aucune heure"))
    per_1000 = words.say("{hours} pour 1\u202f000 habitants", hours=words.hours(row["hours_per_1000"]))
    share = words.percent(row["share_ratio"])
    return bold_in_chart(row["commune_name"] or "", f"{words.hours(row['hours_validated'])} ({share})", per_1000)


def _lay_out(drawn: Drawing, communes: Sequence[Shape], title: str) -> None:
    # No height: the map takes its container's.
    xs = [x for shape in communes for ring in shape.rings for x, _ in ring]
    ys = [y for shape in communes for ring in shape.rings for _, y in ring]
    drawn.update_layout(
        height=None, margin={"l": 0, "r": 0, "t": 0, "b": 0}, hoverdistance=12, clickmode="event+select", showlegend=True,
        legend={
            "title": {"text": bold_in_chart(title), "side": "top", "font": {"size": theme.FONT_SIZE, "color": theme.TEXT}}, "itemsizing": "constant",
            "orientation": "h", "x": 0, "xanchor": "left", "y": 1, "yanchor": "bottom", "itemclick": False, "itemdoubleclick": False,
            "font": {"size": theme.FONT_SIZE, "color": theme.TEXT},
        },
    )  # fmt: skip
    drawn.update_xaxes(visible=False, range=[min(xs), max(xs)], constrain="domain")
    drawn.update_yaxes(
        visible=False,
        range=[min(ys), max(ys)],
        rangemode="normal",
        scaleanchor="x",
        constrain="domain",
        constraintoward="top",
    )
