"""Keys of populations, from which the draws of their cells come: HMACs that only a publish can compute.

A key of participants or of exits is that of the participants of the population when it was first published, and stays its own from
then on, with figures or without, under any thresholds (sketches.parquet). Drawn anew each month, the figures of a year would average to
the exact numbers; drawn once, their roundings all lean to the same side, and no number of releases tells to which. Populations of the
same participants have the same key. The lasting layer of the noise of hours has it too.

A key of hours is that of the participants and their hours, and changes with them: the same noise twice would cancel in a difference.
"""

import hmac
from collections.abc import Mapping
from typing import Final

import duckdb

from data.ladder import EVERYTHING
from data.release.sketches import Previous
from data.release.small_table import create_small_table
from data.sources.raw_table import file_literal

_SUMS: Final = "CAST(sum(mark) AS VARCHAR), CAST(sum(second_mark) AS VARCHAR)"
_HOURS: Final = f"{_SUMS}, CAST(sum(hours) AS VARCHAR), CAST(bit_xor(hours) AS VARCHAR)"
Sums = Mapping[int, tuple[str, ...]]  # by population


def create_keys(connection: duckdb.DuckDBPyConnection, secret: bytes, previous: Previous | None) -> None:
    """The tables keys (of the populations that have cells, and which cells they may have) and hours_keys."""

    def key(*parts: str) -> str:
        return hmac.digest(secret, "\x1f".join(parts).encode(), "sha256").hex()

    members, leavers, hours = (
        _sums(connection, table, sums) for table, sums in (("marks", _SUMS), ("exit_marks", _SUMS), ("marks", _HOURS))
    )
    both = {number: (*sums, *members.get(number, ("", ""))) for number, sums in leavers.items()}
    rows = []
    for is_exits, kind, sums in ((False, "participants", members), (True, "exits", both)):
        earlier = _earlier_keys(connection, previous, kind)
        by_sums: dict[tuple[str, ...], str] = {}
        for number in sorted(sums, key=lambda number: (number not in earlier, number)):
            chosen = by_sums.setdefault(sums[number], earlier.get(number) or key(kind, *sums[number]))
            rows.append((number, is_exits, chosen))
    create_small_table(connection, "all_keys", rows, population_no="INTEGER", is_exits="BOOLEAN", key="VARCHAR")
    of_hours = [(number, key("hours", *sums)) for number, sums in hours.items()]
    create_small_table(connection, "hours_keys", of_hours, population_no="INTEGER", key="VARCHAR")
    connection.execute(f"""
        CREATE TEMP TABLE keys AS
        SELECT
          all_keys.*, populations.year IS NOT NULL AS has_year,
          populations.year IS NULL OR populations.field = '{EVERYTHING}' AS has_breakdowns
        FROM all_keys
        INNER JOIN populations ON all_keys.population_no = populations.population_no
        SEMI JOIN (SELECT DISTINCT population_no, moment <> '' AS is_exits FROM counted_cells) AS counted
          ON all_keys.population_no = counted.population_no AND all_keys.is_exits = counted.is_exits
    """)


def _sums(connection: duckdb.DuckDBPyConnection, table: str, sums: str) -> Sums:
    """The sums of marks of each population."""
    rows = connection.execute(f"SELECT population_no, {sums} FROM {table} GROUP BY population_no").fetchall()
    return {number: tuple(parts) for number, *parts in rows}


def _earlier_keys(connection: duckdb.DuckDBPyConnection, previous: Previous | None, figures: str) -> dict[int, str]:
    """The keys that populations had in the release before. None of a release that kept no keys."""
    if previous is None:
        return {}
    sketches = f"read_parquet({file_literal(previous.sketches)})"
    if "key" not in connection.execute(f"SELECT * FROM {sketches} LIMIT 0").fetchnumpy():
        return {}
    rows = connection.execute(
        f"""
        SELECT populations.population_no, sketches.key
        FROM {sketches} AS sketches
        INNER JOIN populations
          ON
            sketches.field = populations.field AND sketches.value = populations.value
            AND sketches.year IS NOT DISTINCT FROM populations.year
            AND sketches.include_uncounted = populations.include_uncounted
        WHERE sketches.figures = $figures AND sketches.key IS NOT NULL AND populations.same_as IS NULL
        """,
        {"figures": figures},
    ).fetchall()
    return dict(rows)
