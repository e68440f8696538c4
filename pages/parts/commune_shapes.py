"""The outlines of communes on a flat map, and the points that a pointer finds a commune by.

Kilometres east and north of the middle of them all: at this size (tens of kilometres) an equirectangular projection
is off by less than a pixel.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import cos, hypot, radians

from data.reference import outlines

Point = tuple[float, float]

KM_PER_DEGREE = 111.32
# On a map of more kilometres across there are as many points as on this one, or a département would take ten thousand: four in five
# of them find the commune pointed at.
FINE_SPAN = 90.0
# The points that a pointer finds a commune by: a grid, and a row along both sides of each border, so that the nearest point is
# in the commune pointed at 98 times in 100 (88 with as many points in a grid alone). A kilometre is 15 pixels on a wide screen.
GRID = 1.5
ALONG_BORDER = 1.0
FROM_BORDER = 0.15


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A commune: its closed rings, the points inside it that a pointer finds it by, where its number is written."""

    code: str
    rings: tuple[tuple[Point, ...], ...]
    points: tuple[Point, ...]
    middle: Point


def outlined(codes: Sequence[str]) -> frozenset[str]:
    """Those of the communes that have an outline on board."""
    return frozenset(outlines(frozenset(codes)))


@lru_cache(maxsize=8)
def shapes(codes: frozenset[str]) -> tuple[Shape, ...]:
    """Those of the communes that have an outline on board, one at least, in the order of their codes. Computed once: 0.1 s for 71."""
    known = {code: [ring for rings in polygons for ring in rings] for code, polygons in outlines(codes).items()}
    corners = [point for rings in known.values() for ring in rings for point in ring]
    west, east = min(x for x, _ in corners), max(x for x, _ in corners)
    south, north = min(y for _, y in corners), max(y for _, y in corners)
    origin = ((west + east) / 2, (south + north) / 2)
    across = KM_PER_DEGREE * cos(radians(origin[1]))
    wider = max(1.0, (east - west) * across / FINE_SPAN, (north - south) * KM_PER_DEGREE / FINE_SPAN)
    communes = []
    for code, outline in known.items():
        rings = tuple(
            tuple((round((x - origin[0]) * across, 3), round((y - origin[1]) * KM_PER_DEGREE, 3)) for x, y in ring)
            for ring in outline
        )
        # A commune that is smaller than the steps of a wide map has those of its own border.
        points = (*_grid(rings, GRID * wider), *_along_border(rings, wider)) or tuple(_along_border(rings, 1.0))
        communes.append(Shape(code=code, rings=rings, points=points, middle=_middle(rings, points)))
    return tuple(communes)


def is_inside(rings: tuple[tuple[Point, ...], ...], point: Point) -> bool:
    """Whether a point is inside, holes left out: an odd number of borders lies to its east."""
    x, y = point
    inside = False
    for ring in rings:
        for (x1, y1), (x2, y2) in pairwise(ring):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                inside = not inside
    return inside


def _grid(rings: tuple[tuple[Point, ...], ...], step: float) -> list[Point]:
    """Points inside, of one grid for all communes, every other row shifted by half a step."""
    xs, ys = [x for ring in rings for x, _ in ring], [y for ring in rings for _, y in ring]
    inner_points = []
    for row in range(int(min(ys) // step), int(max(ys) // step) + 1):
        shift = (row % 2) / 2
        for column in range(int(min(xs) // step) - 1, int(max(xs) // step) + 1):
            point = (round((column + shift) * step, 3), round(row * step, 3))
            if is_inside(rings, point):
                inner_points.append(point)
    return inner_points


def _along_border(rings: tuple[tuple[Point, ...], ...], wider: float) -> list[Point]:
    """Points a little inside the border, the middles of its stretches; on a wider map of some only, a step from each other."""
    inner_points = []
    for ring in rings:
        walked = 0.0
        for (x1, y1), (x2, y2) in pairwise(ring):
            length = hypot(x2 - x1, y2 - y1)
            walked += length
            if wider > 1 and walked < ALONG_BORDER * wider:
                continue
            walked = 0.0
            for part in range(parts := max(1, round(length / (ALONG_BORDER * wider)))):
                place = (part + 0.5) / parts
                x, y = x1 + (x2 - x1) * place, y1 + (y2 - y1) * place
                off = FROM_BORDER * wider / length
                aside, up = off * (y1 - y2), off * (x2 - x1)
                sides = ((round(x + aside, 3), round(y + up, 3)), (round(x - aside, 3), round(y - up, 3)))
                inner_points += [point for point in sides if is_inside(rings, point)][:1]
    return inner_points


def _middle(rings: tuple[tuple[Point, ...], ...], points: tuple[Point, ...]) -> Point:
    """The point that is farthest from the border: a commune along a bend of the river has its centroid outside."""
    corners = [point for ring in rings for point in ring]
    return max(points, key=lambda point: min(hypot(x - point[0], y - point[1]) for x, y in corners))
