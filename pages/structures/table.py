"""The table of structures: in alphabetical order, a card a structure on a narrow screen."""

from collections.abc import Sequence

from data.words import Words
from pages.parts.marked_table import Mark, Marks, show_marked_table
from pages.parts.read import reading
from pages.parts.tables import Row
from pages.structures.columns import structures
from queries.answers import HoursByStructureRow, TotalsRow


def show_structures(rows: Sequence[HoursByStructureRow], totals: TotalsRow) -> None:
    """The table and its file. `rows`: of hours_by_structure. A client of two structures is one in the total: that column does not add up."""
    words = reading().words
    show_marked_table(
        rows,
        structures(rows, words),
        _marks(words),
        caption=words.say("Ce que chaque structure a publié"),
        name="structures",
        total={**totals, "structure_name": words.say("Total")},
        # An order by a figure would be a league table.
        fixed=True,
    )


def _marks(words: Words) -> Marks:
    """What each cell has beside its figure; the total has it where it is of all structures."""

    def published(row: Row) -> str:
        return words.say("données au {day}", day=words.date(row["data_as_of"])) if "data_as_of" in row else ""

    def declared(row: Row) -> str:
        lines = []
        if row.get("first_month"):
            lines.append(words.say("premier mois\u00a0: {month}", month=words.month(row["first_month"])))
        if row.get("months_late") and row["is_late"]:
            lines.append(words.say_count("{n} mois de retard", "{n} mois de retard", row["months_late"]))
        return "\n".join(lines)

    def share(row: Row) -> str:
        return words.percent(row["share_ratio"]) if "structure" in row else ""

    def rated(row: Row) -> str:
        done, owed = words.hours(row["rated_hours"]), words.hours(row["rated_committed"])
        return words.say("{done} sur {owed} engagées", done=done, owed=owed) if row["rated_committed"] else ""

    def work(row: Row) -> str:
        lots = words.say_count("{n} lot", "{n} lots", row["lots"])
        return words.say_count("{n} marché, {lots}", "{n} marchés, {lots}", row["contracts"], lots=lots)

    def inhabitants(row: Row) -> str:
        if row.get("whole_year_hours") is None or row["population"] is None:
            return ""
        return words.say_count(
            "{hours} pour {n} habitant",
            "{hours} pour {n} habitants",
            row["population"],
            hours=words.hours(row["whole_year_hours"]),
        )

    return {
        "structure_name": lambda row: Mark(published(row)),
        "last_month": lambda row: Mark(declared(row)),
        "hours_validated": lambda row: Mark(share(row), part=row["hours_validated"] if "structure" in row else None),
        "completion_ratio": lambda row: Mark(rated(row)),
        "clients": lambda row: Mark(work(row)),
        "hours_per_1000": lambda row: Mark(inhabitants(row)),
    }
