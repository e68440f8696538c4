"""The visible sums of amounts by company: a cell has a minimum of companies, and no company exceeds a share of it.

A cell that the rule hides is not left alone beside its total, from which it could be worked out: another one is hidden with it,
and what is hidden together must keep the rule as well. Zero is visible: it is no company's amount.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from enum import Enum
from typing import Final

Place = tuple[str, ...]  # the key of each dimension; an empty one is summed over
Amounts = Mapping[str, Decimal]  # by company; an empty name for those that are unknown
UNKNOWN: Final = ""


class Hidden(Enum):
    """The mark in the place of a hidden value."""

    HIDDEN = "hidden"


HIDDEN: Final = Hidden.HIDDEN


def shown_amounts(
    cells: Mapping[Place, Amounts], levels: Sequence[tuple[int, ...]], *, units: int, share: Decimal
) -> dict[Place, Decimal | Hidden]:
    """The amount of every cell and total, or HIDDEN.

    `cells`: amounts of the innermost cells. `levels`: which dimensions each level keeps, those of the cells and the whole
    included.
    """
    amounts: dict[Place, dict[str, Decimal]] = {}
    for place, by_company in cells.items():
        for level in levels:
            total = amounts.setdefault(_kept(place, level), {})
            for company, amount in by_company.items():
                total[company] = total.get(company, Decimal(0)) + amount
    hidden = {place for place, by_company in amounts.items() if not _is_safe([by_company], units, share)}
    equations = list(_equations(amounts, levels))
    while added := {place for equation in equations for place in _more(*equation, hidden, amounts, units, share)}:
        hidden |= added
    return {
        place: HIDDEN if place in hidden else sum(by_company.values(), Decimal(0))
        for place, by_company in amounts.items()
    }


def _kept(place: Place, level: tuple[int, ...]) -> Place:
    return tuple(key if index in level else "" for index, key in enumerate(place))


def _is_safe(together: Sequence[Amounts], units: int, share: Decimal) -> bool:
    """Whether the sum of these cells may be known. Companies that are unknown weigh as one, and count for none."""
    by_company: dict[str, Decimal] = {}
    for amounts in together:
        for company, amount in amounts.items():
            by_company[company] = by_company.get(company, Decimal(0)) + amount
    total = sum(by_company.values(), Decimal(0))
    known = [company for company, amount in by_company.items() if amount and company != UNKNOWN]
    return not total or (len(known) >= units and max(by_company.values()) <= share * total)


def _equations(
    places: Mapping[Place, object], levels: Sequence[tuple[int, ...]]
) -> Iterator[tuple[Place, tuple[Place, ...]]]:
    """Every total with the cells that add up to it along one dimension."""
    for level in levels:
        for below in levels:
            if len(below) == len(level) + 1 and set(level) < set(below):
                parts: dict[Place, list[Place]] = {}
                for place in places:
                    if tuple(index for index, key in enumerate(place) if key) == below:
                        parts.setdefault(_kept(place, level), []).append(place)
                yield from ((total, tuple(members)) for total, members in parts.items())


def _more(
    total: Place,
    parts: tuple[Place, ...],
    hidden: set[Place],
    amounts: Mapping[Place, Amounts],
    units: int,
    share: Decimal,
) -> set[Place]:
    """What must be hidden as well, so that the total and its other parts do not tell a hidden one; one at a time."""
    inside = [part for part in parts if part in hidden]
    if total in hidden:
        enough = bool(inside)
    else:
        enough = not inside or (len(inside) > 1 and _is_safe([amounts[part] for part in inside], units, share))
    if enough:
        return set()
    others = [
        (sum(amounts[part].values()), part) for part in parts if part not in hidden and any(amounts[part].values())
    ]
    return {min(others)[1] if others else total} - hidden
