"""The table of clause categories: hours, years and completion of each in a row, in its colour."""

from collections.abc import Sequence
from typing import Any

from data.words import Words
from pages.clauses import columns as columns_clauses
from pages.clauses.choice import clause_address
from pages.parts import theme
from pages.parts.completion import closed_and_running, excluded_text, sides_text, totals_row
from pages.parts.marked_table import Mark, Marks, show_marked_table
from pages.parts.read import reading
from pages.parts.small_bars import bars_of_years, years_text
from pages.parts.tables import Row
from queries.answers import HoursByClauseAndYearRow, HoursByClauseRow, TotalsRow


def show_clauses(
    clauses: Sequence[HoursByClauseRow], years: Sequence[HoursByClauseAndYearRow], totals: TotalsRow
) -> None:
    """The table in the order of `clauses`, rows of hours_by_clause with their name, and its file.

    `years`: rows of hours_by_clause_and_year. `totals`: the row of totals.
    """
    words = reading().words
    bars = bars_of_years(years, "clause_category", words)
    rows: list[dict[str, Any]] = [
        {**clause, columns_clauses.YEARS: bars.get(clause["clause_category"])} for clause in clauses
    ]
    show_marked_table(
        rows,
        columns_clauses.clauses(clause_address, years_text(years)),
        _marks(words),
        caption=words.say("Heures, lots et réalisation par type de clause"),
        name="heures_par_type_de_clause",
        total={**totals_row(totals), "name": words.say("Total"), "contracts": totals["contracts"]},
    )


def _marks(words: Words) -> Marks:
    """What each cell has beside its figure; the total has it where it is of all categories."""

    def hours(row: Row) -> Mark:
        if "clause_category" not in row:
            return Mark()
        share = "" if row["share_ratio"] is None else words.percent(row["share_ratio"])
        return Mark(share, part=row["hours_validated"], colour=theme.CLAUSE_COLOURS[row["clause_category"]])

    def years(row: Row) -> Mark:
        colour = theme.CLAUSE_COLOURS[row["clause_category"]] if "clause_category" in row else ""
        return Mark(bars=row.get(columns_clauses.YEARS), colour=colour)

    return {
        "hours_validated": hours,
        columns_clauses.YEARS: years,
        "completion_ratio": lambda row: Mark(f"{sides_text(row, words)}\n{closed_and_running(row, words)}"),
        "lots": lambda row: Mark(
            f"{words.say_count('dans {n} marché', 'dans {n} marchés', row['contracts'])}\n{excluded_text(row, words)}"
        ),
    }
