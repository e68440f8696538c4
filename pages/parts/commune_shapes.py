"""The outlines of communes on a flat map, and the points that a pointer finds a commune by.

Kilometres east and north of the middle of them all: at this size (tens of kilometres) an equirectangular projection
is off by less than a pixel.
"""

from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from math import cos, hypot, radians
from typing import Any

from data.reference import outlines

Point = tuple[float, float]

KM_PER_DEGREE = 111.32
# The points that a pointer finds a commune by: a grid, and a row along both sides of each border, so that the nearest point is
# in the commune pointed at 98 times in 100 (88 with as many points in a grid alone). A kilometre is 15 pixels on a wide screen.
GRID = 1.5
ALONG_BORDER = 1.0
FROM_BORDER = 0.15


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A commune: its closed rings, the points inside it that a pointer finds it by, where its number is written."""

    code: str
    name: str
    rings: tuple[tuple[Point, ...], ...]
    points: tuple[Point, ...]
    middle: Point


@cache
def outlined() -> frozenset[str]:
    """The codes of the communes whose outlines are on board."""
    return frozenset(str(feature["id"]) for feature in outlines()["features"])


@lru_cache(maxsize=8)
def shapes(codes: frozenset[str]) -> tuple[Shape, ...]:
    """Those of the communes that have an outline on board, one at least, in the order of the outlines. Computed once: 0.1 s for 71."""
    features = [feature for feature in outlines()["features"] if feature["id"] in codes]
    corners = [point for feature in features for ring in _rings(feature["geometry"]) for point in ring]
    west, east = min(x for x, _ in corners), max(x for x, _ in corners)
    south, north = min(y for _, y in corners), max(y for _, y in corners)
    origin = ((west + east) / 2, (south + north) / 2)
    across = KM_PER_DEGREE * cos(radians(origin[1]))
    communes = []
    for feature in features:
        rings = tuple(
            tuple((round((x - origin[0]) * across, 3), round((y - origin[1]) * KM_PER_DEGREE, 3)) for x, y in ring)
            for ring in _rings(feature["geometry"])
        )
        points = (*_grid(rings, GRID), *_along_border(rings))
        properties = feature["properties"]
        communes.append(
            Shape(
                code=properties["code"],
                name=properties["name"],
                rings=rings,
                points=points,
                middle=_middle(rings, points),
            )
        )
    return tuple(communes)


def _rings(geometry: dict[str, Any]) -> list[Any]:
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return [ring for polygon in polygons for ring in polygon]


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


def _along_border(rings: tuple[tuple[Point, ...], ...]) -> list[Point]:
    """Points a little inside the border, the middles of its stretches."""
    inner_points = []
    for ring in rings:
        for (x1, y1), (x2, y2) in pairwise(ring):
            length = hypot(x2 - x1, y2 - y1)
            for part in range(parts := max(1, round(length / ALONG_BORDER))):
                place = (part + 0.5) / parts
                x, y = x1 + (x2 - x1) * place, y1 + (y2 - y1) * place
                aside, up = FROM_BORDER * (y1 - y2) / length, FROM_BORDER * (x2 - x1) / length
                sides = ((round(x + aside, 3), round(y + up, 3)), (round(x - aside, 3), round(y - up, 3)))
                inner_points += [point for point in sides if is_inside(rings, point)][:1]
    return inner_points


def _middle(rings: tuple[tuple[Point, ...], ...], points: tuple[Point, ...]) -> Point:
    """The point that is farthest from the border: a commune along a bend of the river has its centroid outside."""
    corners = [point for ring in rings for point in ring]
    return max(points, key=lambda point: min(hypot(x - point[0], y - point[1]) for x, y in corners))
