"""The columns of the table of structures."""

from collections.abc import Sequence

from data.words import Words
from pages.parts.tables import Column, of_question
from queries.answers import HoursByStructureRow


def structures(rows: Sequence[HoursByStructureRow], words: Words) -> tuple[Column, ...]:
    """Of hours_by_structure; hours for 1000 inhabitants in the last whole year where a territory is known.

    What has no column on screen stands in the smaller lines of a cell.
    """
    known, year = any(row["population"] is not None for row in rows), rows[0]["whole_year"]
    label = words.say("Heures de {year} pour 1\u202f000 habitants", year=year) if year else ""
    return of_question(
        "hours_by_structure",
        Column(key="structure_name"),
        Column(key="structure", only_in_file=True),
        Column(key="data_as_of", only_in_file=True),
        Column(key="first_month", only_in_file=True),
        Column(key="months_late", only_in_file=True),
        Column(key="is_late", only_in_file=True),
        Column(key="hours_validated", adds=True, drawn="bar"),
        Column(key="last_month"),
        Column(key="share_ratio", adds=True, only_in_file=True),
        Column(key="hours_pending", adds=True),
        Column(key="hours_committed", adds=True, only_in_file=True),
        Column(key="rated_hours", adds=True, only_in_file=True),
        Column(key="rated_committed", adds=True, only_in_file=True),
        Column(key="completion_ratio"),
        Column(key="clients"),
        Column(key="contracts", adds=True, only_in_file=True),
        Column(key="lots", adds=True, only_in_file=True),
        Column(key="population", only_in_file=True),
        Column(key="whole_year", only_in_file=True),
        Column(key="whole_year_hours", only_in_file=True),
        Column(key="hours_per_1000", of="hours_per_1000", label=label, only_in_file=not known or year is None),
    )
