"""Outlines in a few bytes: whole numbers of 10⁻⁴ degree, each the step from the point before, small ones in one byte.

A polygon is its rings, a ring its points without the last, which is the first again. 2.8 MB for all communes of France, where
their GeoJSON takes 19.
"""

from collections.abc import Iterator, Sequence

from data.reference.geometry import DECIMALS, Polygons, Ring

_UNIT = 10**DECIMALS


def packed(polygons: Polygons) -> bytes:
    """The bytes of polygons whose points lie on the grid of DECIMALS."""
    numbers = [len(polygons)]
    before_x = before_y = 0
    for rings in polygons:
        numbers.append(len(rings))
        for ring in rings:
            numbers.append(len(ring) - 1)
            for x, y in ring[:-1]:
                east, north = round(x * _UNIT), round(y * _UNIT)
                numbers += (_unsigned(east - before_x), _unsigned(north - before_y))
                before_x, before_y = east, north
    return b"".join(_bytes_of(number) for number in numbers)


def unpacked(content: bytes) -> list[list[Ring]]:
    """The polygons that `packed` made the bytes of."""
    numbers = _numbers(content)
    east = north = 0
    polygons: list[list[Ring]] = []
    for _ in range(next(numbers)):
        rings: list[Ring] = []
        for _ in range(next(numbers)):
            ring: Ring = []
            for _ in range(next(numbers)):
                east += _signed(next(numbers))
                north += _signed(next(numbers))
                ring.append((east / _UNIT, north / _UNIT))
            rings.append([*ring, ring[0]])
        polygons.append(rings)
    return polygons


def _unsigned(number: int) -> int:
    """0, -1, 1, -2, 2 … as 0, 1, 2, 3, 4 …: small steps either way stay small."""
    return number * 2 if number >= 0 else -number * 2 - 1


def _signed(number: int) -> int:
    return number // 2 if number % 2 == 0 else -(number + 1) // 2


def _bytes_of(number: int) -> bytes:
    """Seven bits a byte, the lowest first; the eighth says that another byte follows."""
    content: list[int] = []
    while number > 127:
        content.append(number & 127 | 128)
        number >>= 7
    return bytes([*content, number])


def _numbers(content: Sequence[int]) -> Iterator[int]:
    number = shift = 0
    for byte in content:
        number |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            yield number
            number = shift = 0
