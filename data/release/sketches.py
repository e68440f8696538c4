"""What keeps differences between populations and between releases from being read: sketches of marks.

See data/release/persons.py for the rules.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import duckdb
import numpy as np

from data.ladder import EVERYTHING, LADDER
from data.release.releases import Thresholds
from data.release.small_table import create_small_table
from data.release.within_memory import execute
from data.sources.raw_table import file_literal

_PARTS: Final = 64
GROUPS: Final = ("participants", "hours", "exits")
# Of a group of figures: the table of marks, and the column whose sums change when they may.
_SKETCHED: Final = (("participants", "marks", "facts"), ("hours", "marks", "hours"), ("exits", "exit_marks", "facts"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Previous:
    """The files of the release before, drawn from the same secret: persons.parquet, sketches.parquet.

    `may_repeat`: whether its figures may be repeated, under the same thresholds. Keys stay in any case.
    """

    persons: Path
    sketches: Path
    may_repeat: bool = True


# A sketch: for each of 64 parts of a population's participants, a sum of marks.
Sketches = Mapping[str, Mapping[int, Any]]


def sketches_now(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[int, Any]]:
    """What the figures of each population are drawn of, by group of figures: 64 sums."""
    by_group: dict[str, dict[int, Any]] = {}
    for group, table, column in _SKETCHED:
        rows = connection.execute(f"SELECT population_no, part, {column} FROM {table}").fetchnumpy()
        numbers, parts, sums = (rows[name] for name in ("population_no", "part", column))
        places, index = np.unique(numbers, return_inverse=True)
        sketch = np.zeros((len(places), _PARTS), dtype=np.uint32)
        sketch[index, parts] = sums
        by_group[group] = dict(zip(places.tolist(), sketch, strict=True))
    return by_group


def frozen_populations(
    connection: duckdb.DuckDBPyConnection,
    sketches: dict[str, dict[int, Any]],
    previous: Previous | None,
    threshold: int,
) -> dict[str, set[int]]:
    """The populations whose figures are repeated: fewer participants than the threshold changed. Their sketch stays the old one."""
    frozen: dict[str, set[int]] = {group: set() for group in GROUPS}
    if previous is None or not previous.may_repeat:
        return frozen
    rows = connection.execute(f"""
        SELECT sketches.figures, populations.population_no, sketches.parts
        FROM read_parquet({file_literal(previous.sketches)}) AS sketches
        INNER JOIN populations
          ON
            sketches.field = populations.field AND sketches.value = populations.value
            AND sketches.year IS NOT DISTINCT FROM populations.year
            AND sketches.include_uncounted = populations.include_uncounted
        WHERE populations.same_as IS NULL AND sketches.parts IS NOT NULL
    """).fetchall()
    for group, number, parts in rows:
        old, new = np.array(parts, dtype=np.uint32), sketches[group].get(number)
        changed = np.count_nonzero(old if new is None else old != new)
        if 0 < changed < threshold:
            frozen[group].add(number)
            sketches[group][number] = old
    return frozen


def keep_apart(
    connection: duckdb.DuckDBPyConnection,
    sketches: Sketches,
    frozen: Mapping[str, set[int]],
    thresholds: Thresholds,
    counted_by_default: bool,
) -> None:
    """The table kept: per group, the populations that have figures: no two that differ by fewer participants than the threshold."""
    order = {rung.field: place for place, rung in enumerate(LADDER)}
    populations = connection.execute(
        "SELECT population_no, field, value, year, include_uncounted FROM populations WHERE same_as IS NULL"
    ).fetchall()
    rank = {
        number: (uncounted is counted_by_default, (field != EVERYTHING) + (year is not None), order[field], number)
        for number, field, _, year, uncounted in populations
    }
    rows: list[tuple[str, int]] = []
    for group, axis in (("participants", "participants"), ("exits", "exits")):
        published = connection.execute(
            "SELECT DISTINCT drawn_cells.population_no FROM drawn_cells"
            " INNER JOIN numbers ON drawn_cells.cell_no = numbers.cell_no"
            f" WHERE drawn_cells.axis = '{axis}' AND numbers.number IS NOT NULL"
        ).fetchall()
        numbers = sorted({number for (number,) in published} | frozen[group], key=lambda number: rank[number])
        rows += [(group, number) for number in _apart(numbers, sketches[group], thresholds.account)]
    create_small_table(connection, "kept", rows, figures="VARCHAR", population_no="INTEGER")


def _apart(numbers: Sequence[int], sketches: Mapping[int, Any], threshold: int) -> list[int]:
    """Those of the populations, in their order, that differ from each one before by nobody or by the threshold at least."""
    kept: list[int] = []
    chosen = np.zeros((len(numbers), _PARTS), dtype=np.uint32)
    for number in numbers:
        sketch = sketches.get(number)
        if sketch is None:
            continue
        changed = np.count_nonzero(chosen[: len(kept)] != sketch, axis=1)
        if not np.any((changed > 0) & (changed < threshold)):
            chosen[len(kept)] = sketch
            kept.append(number)
    return kept


def create_sketches(connection: duckdb.DuckDBPyConnection, previous: Previous | None) -> None:
    """The table sketches: what the figures of each population are drawn of, the old one where they are repeated; and its key.

    A population without figures has its key alone: with figures once more, it is drawn as it was.
    """
    new = " UNION ALL ".join(
        f"SELECT '{group}' AS figures, population_no, part, {column} AS parts FROM {table}"
        for group, table, column in _SKETCHED
    )
    old = (
        f"FROM read_parquet({file_literal(previous.sketches)})"
        if previous
        else "SELECT NULL AS figures, '' AS field, '' AS value, 0 AS year, FALSE AS include_uncounted, [0] AS parts WHERE FALSE"
    )
    frozen = " UNION ALL ".join(f"SELECT '{group}' AS figures, population_no FROM frozen_{group}" for group in GROUPS)
    execute(
        connection,
        f"""
        CREATE TEMP TABLE sketches AS
        WITH frozen AS ({frozen}),
        drawn AS (SELECT new_parts.* FROM ({new}) AS new_parts ANTI JOIN frozen USING (figures, population_no)),
        populations_drawn AS (SELECT DISTINCT figures, population_no FROM drawn),
        whole AS (
          SELECT
            populations_drawn.figures, populations_drawn.population_no,
            list(CAST(coalesce(drawn.parts, 0) AS UINTEGER) ORDER BY places.part) AS parts
          FROM populations_drawn
          CROSS JOIN (SELECT CAST(unnest(range({_PARTS})) AS UTINYINT) AS part) AS places
          LEFT JOIN drawn
            ON
              populations_drawn.figures = drawn.figures AND populations_drawn.population_no = drawn.population_no
              AND places.part = drawn.part
          GROUP BY populations_drawn.figures, populations_drawn.population_no
          UNION ALL
          SELECT old.figures, populations.population_no, CAST(old.parts AS UINTEGER[]) AS parts
          FROM ({old}) AS old
          INNER JOIN populations
            ON
              old.field = populations.field AND old.value = populations.value AND populations.same_as IS NULL
              AND old.year IS NOT DISTINCT FROM populations.year AND old.include_uncounted = populations.include_uncounted
          SEMI JOIN frozen ON old.figures = frozen.figures AND populations.population_no = frozen.population_no
        )
        SELECT whole.*, all_keys.key
        FROM whole
        LEFT JOIN all_keys
          ON
            whole.population_no = all_keys.population_no
            AND whole.figures = CASE WHEN all_keys.is_exits THEN 'exits' ELSE 'participants' END
        SEMI JOIN kept
          ON
            whole.population_no = kept.population_no
            AND kept.figures = CASE WHEN whole.figures = 'hours' THEN 'participants' ELSE whole.figures END
        UNION ALL
        SELECT
          CASE WHEN all_keys.is_exits THEN 'exits' ELSE 'participants' END AS figures, all_keys.population_no,
          CAST(NULL AS UINTEGER[]) AS parts, all_keys.key
        FROM all_keys
        ANTI JOIN kept
          ON
            all_keys.population_no = kept.population_no
            AND kept.figures = CASE WHEN all_keys.is_exits THEN 'exits' ELSE 'participants' END
    """,
    )
