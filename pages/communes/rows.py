"""The rows of the page of communes: what commune_map and hours_by_commune have in common, with the name that readers see."""

from decimal import Decimal
from typing import TypedDict

from queries.answers import CommuneMapRow


class Place(TypedDict):
    """A commune, or hours elsewhere."""

    execution_commune: str | None
    commune_name: str | None
    hours_validated: Decimal
    share_ratio: float | None
    population: int | None
    hours_per_1000: float | None
    lots: int


class NamedPlace(Place):
    """A place with its name."""

    name: str


class MapPlace(CommuneMapRow):
    """A row of commune_map with its name."""

    name: str
