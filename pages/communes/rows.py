"""The rows of the page of communes: what commune_map and hours_by_commune have in common, with the name that readers see."""

from queries.answers import CommuneMapRow


class MapPlace(CommuneMapRow):
    """A row of commune_map with its name."""

    name: str
