"""Complementary suppression: a lone hidden cell beside its total is recomputed by a subtraction, so another one is hidden too."""

from collections import defaultdict
from collections.abc import Mapping

# Where a cell stands in its table: the value of each axis that it is not a total over.
Place = frozenset[tuple[str, str]]


def completed(cells: Mapping[Place, int | None]) -> frozenset[Place]:
    """The places of all cells to hide. `cells`: published numbers, None for those that are hidden for themselves.

    A line is the cells that differ along one axis, with their total when the table has it. No line is left with one hidden cell
    beside numbers: another of its cells goes, one that settles other lines too where there is one, else the smallest; and so
    on until every line holds.
    """
    members: dict[tuple[str, Place], list[Place]] = defaultdict(list)
    for place in cells:
        for coordinate in place:
            members[coordinate[0], place - {coordinate}].append(place)
    lines = [(total, found) for (_, total), found in members.items() if total in cells]
    lines_of: dict[Place, list[tuple[Place, list[Place]]]] = defaultdict(list)
    for line in lines:
        for place in (line[0], *line[1]):
            lines_of[place].append(line)
    hidden = {place for place, value in cells.items() if value is None}

    def is_lone(line: tuple[Place, list[Place]], more: int = 0) -> bool:
        total, found = line
        many = sum(place in hidden for place in found)
        return many < len(found) and many + (total in hidden) + more == 1

    def cost(place: Place) -> tuple[int, int, list[tuple[str, str]]]:
        opened = sum(is_lone(line, 1) - is_lone(line) for line in lines_of[place])
        return opened, cells[place] or 0, sorted(place)

    while lone := next(filter(is_lone, lines), None):
        hidden.add(min((place for place in lone[1] if place not in hidden), key=cost))
    return frozenset(hidden)
