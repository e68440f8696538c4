"""Counts participants for every population of a ladder: the tables that drawn.sql rounds, and that the shell's exact answers read.

Needs, in the connection: contracts, hours, the macros counted_hours, own_id and participant_mark, and the tables data_dates
(structure, data_as_of: one row without a structure for a single authority), lot_years
(contract_id, lot_id, year, employer_kind: the lines to count; without those of exits), member_communes (commune).
"""

from collections.abc import Callable, Sequence
from typing import Any, Final

import duckdb

from data.ladder import Rung
from data.release.labelled_sql import query
from data.release.within_memory import execute

_PARTICIPANTS: Final = "participants.sql"
_POPULATIONS: Final = "populations.sql"
_COUNTS: Final = "participant_counts.sql"
_PARTS: Final = """
CREATE OR REPLACE TEMP MACRO duration_band(months) AS (
  CASE
    WHEN months < 3 THEN '0-2' WHEN months < 6 THEN '3-5' WHEN months < 12 THEN '6-11' WHEN months < 24 THEN '12-23' ELSE '24+'
  END
)
"""
_CELLS: Final = """
CREATE TEMP TABLE counted_cells (
  population_no INTEGER, moment VARCHAR, axis VARCHAR, category VARCHAR, outcome VARCHAR, participants BIGINT,
  hours_validated DECIMAL(38, 2), most_hours DECIMAL(18, 2), mark HUGEINT
)
"""
# Rows of `worked` up to which all fields are counted at once: the ten passes, one a field, took a third of a small publish. Of a
# large extract, all at once would need the memory of all.
FEW: Final = 20_000
# How a large table is made: the name of a table or view of that name, and its SQL.
Maker = Callable[[str, str], None]


def count_participants(
    connection: duckdb.DuckDBPyConnection,
    ladder: Sequence[Rung],
    *,
    least: int = 1,
    make: Maker | None = None,
    exits: tuple[str, dict[str, Any]] = ("FROM leavers", {}),
) -> None:
    """Makes the tables populations, counted_cells, marks, exit_marks. Cells only of populations of at least so many participants.

    `make`: how the large tables are made; as temporary tables when None. `exits`: SQL of the leavers to count, and its values.
    """

    def table(name: str, sql: str) -> None:
        execute(connection, f"CREATE OR REPLACE TEMP TABLE {name} AS {sql}")

    large = make or table
    connection.execute(_PARTS)
    connection.execute("CREATE TEMP TABLE ladder (field VARCHAR, by_year BOOLEAN, uncounted BOOLEAN)")
    for rung in ladder:
        connection.execute("INSERT INTO ladder VALUES (?, ?, ?)", [rung.field, rung.by_year, rung.uncounted])
    table("leavers", query(_PARTICIPANTS, "leavers"))
    large("people", query(_PARTICIPANTS, "people"))
    table("profiles", query(_PARTICIPANTS, "profiles"))
    sql, values = exits
    connection.execute(
        f"INSERT INTO lot_years SELECT contract_id, lot_id, exit_year, employer_kind FROM ({sql}) AS counted"
        " EXCEPT FROM lot_years",
        values or None,
    )
    table("strata", query(_POPULATIONS, "strata"))
    large("worked", query(_POPULATIONS, "worked"))
    for what in ("participant", "work_contract"):
        large(
            f"{what}_strata",
            f"SELECT {what}_no, stratum_no, CAST(sum(hours_validated) AS DECIMAL(18, 2)) AS hours_validated FROM worked"
            f" WHERE {what}_no IS NOT NULL GROUP BY {what}_no, stratum_no HAVING sum(hours_validated) <> 0",
        )
    for name in ("stratum_values", "populations", "stratum_populations"):
        table(name, query(_POPULATIONS, name))
    connection.execute(_CELLS)
    fields = [rung.field for rung in ladder]
    (rows,) = connection.execute("SELECT count(*) FROM worked").fetchone() or (0,)
    at_once = len(fields) if rows <= FEW else 1
    for start in range(0, len(fields), at_once):
        _count_fields(connection, fields[start : start + at_once], least, is_first=not start)
    table("exit_members", query(_COUNTS, "exit_members"))
    table("exit_marks", query(_COUNTS, "exit_marks"))
    execute(
        connection,
        f"INSERT INTO counted_cells SELECT * EXCLUDE (mark), 0, 0, mark FROM ({query(_COUNTS, 'exit_cells')}) AS cells WHERE population_no IN"
        f" (SELECT population_no FROM exit_marks GROUP BY population_no HAVING sum(participants) >= {least})",
    )


def _count_fields(connection: duckdb.DuckDBPyConnection, fields: Sequence[str], least: int, *, is_first: bool) -> None:
    """The populations of some fields."""
    values = {"fields": list(fields)}
    members = query(_POPULATIONS, "members")
    execute(connection, f"CREATE OR REPLACE TEMP TABLE members AS {members}", values)
    marks = query(_COUNTS, "marks")
    execute(connection, f"CREATE TEMP TABLE marks AS {marks}" if is_first else f"INSERT INTO marks {marks}")
    execute(
        connection,
        "DELETE FROM members WHERE population_no NOT IN"
        f" (SELECT population_no FROM marks GROUP BY population_no HAVING sum(participants) >= {least})",
    )
    execute(
        connection,
        "INSERT INTO counted_cells SELECT population_no, '', axis, category, '', participants, hours_validated, most_hours, mark"
        f" FROM ({query(_COUNTS, 'cells')}) AS cells",
    )
    execute(
        connection,
        "INSERT INTO counted_cells SELECT population_no, '', axis, category, '', participants, hours_validated, most_hours, mark"
        f" FROM ({query(_COUNTS, 'work_contract_cells')}) AS cells WHERE population_no IN (SELECT population_no FROM members)",
        values,
    )
    connection.execute("DROP TABLE members")
