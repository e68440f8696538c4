"""persons.parquet: what readers may see of participants, computed, rounded and hidden when a release is published.

Each number is rounded at random to base 5. The draw comes from a key of *all* the participants of its population: an HMAC over the
sums of their marks (all bits, so that no difference of two sets cancels); exits have a key of those who left and of the whole
population. A population keeps its key from release to release (draw_keys.py). The same participants under another name have the same
numbers: another population, or another cell of the same one.

Three rules beyond the ladder (data/ladder.py) keep differences from being read:

- **No figure changes for fewer participants than the threshold.** Beside each population lies a sketch of what its figures were drawn
  of: 64 sums of marks, which say how many participants changed and nothing else. Where they are fewer than the threshold, the new
  release repeats the old figures. Two releases that differ by one participant are the same release for a reader.
- **Of two populations that are nearly the same participants, one has figures**: the wider, or the earlier field of the ladder.
- **Hours of a trait** (drawn.sql, shares) have noise of the largest contribution, and are hidden where one participant weighs much.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import duckdb

from data.codes import DurationBand, Education, ExitOutcome, OutcomeGroup, OutcomePoint
from data.ladder import LADDER
from data.reference import members_sql
from data.release.count_participants import count_participants
from data.release.draw_keys import create_keys
from data.release.labelled_sql import query
from data.release.marks import create_marks
from data.release.releases import Thresholds
from data.release.sketches import GROUPS, Previous, create_sketches, frozen_populations, keep_apart, sketches_now
from data.release.small_table import create_small_table
from data.release.within_memory import execute
from data.schema import HOURS
from data.sources.raw_table import file_literal

BASE: Final = 5
TRAITS: Final = ("gender", "age_band", "education", "main_public")
FLAGS: Final = ("is_deld", "is_rsa", "is_rqth", "is_young", "is_senior", "is_qpv", "is_plie")
_FILE: Final = "drawn.sql"


def highest_hidden(threshold: int) -> int:
    """The multiple of 5 up to which a rounded count is hidden, so that no count below the threshold is ever visible."""
    return -(-(threshold - 1) // BASE) * BASE


def draw_persons(
    connection: duckdb.DuckDBPyConnection,
    secret: bytes,
    thresholds: Thresholds,
    *,
    epci: Sequence[str],
    counted_by_default: bool = True,
    previous: Previous | None = None,
    make: Any = None,
    prefixed: bool = False,
) -> None:
    """Makes the tables persons and sketches, to be written. See count_participants for what must be there.

    `epci`: whose communes are members, those of the authority and of its structures. `prefixed`: pseudonyms begin with the code of a structure.
    """
    create_marks(connection, secret, prefixed=prefixed)
    _create_member_communes(connection, epci)
    # A count of 5 or less is always hidden, whatever the threshold: its rounding is 5 at most.
    count_participants(connection, LADDER, least=BASE + 1, make=make)
    create_keys(connection, secret, previous)
    _draw(connection, thresholds)
    sketches = sketches_now(connection)
    frozen = frozen_populations(connection, sketches, previous, thresholds.account)
    keep_apart(connection, sketches, frozen, thresholds, counted_by_default)
    _create_persons(connection, frozen, previous)
    create_sketches(connection, previous)


def _create_member_communes(connection: duckdb.DuckDBPyConnection, epci: Sequence[str]) -> None:
    connection.execute(
        f"CREATE TEMP TABLE member_communes AS SELECT code AS commune FROM ({members_sql()})", {"epci": list(epci)}
    )


def _draw(connection: duckdb.DuckDBPyConnection, thresholds: Thresholds) -> None:
    """numbers: what each reading shows of each cell."""
    for statement in query(_FILE, "macros").split(";"):
        connection.execute(statement.replace("CREATE MACRO", "CREATE TEMP MACRO"))
    create_small_table(
        connection, "categories", _categories(), moment="VARCHAR", axis="VARCHAR", category="VARCHAR", outcome="VARCHAR"
    )
    readings = [
        (0, highest_hidden(thresholds.account)),
        (1, highest_hidden(max(thresholds.account, thresholds.public))),
    ]
    create_small_table(connection, "readings", readings, reading="INTEGER", highest_hidden="INTEGER")
    for name in ("drawn_cells", "cell_bases", "numbers", "margins"):
        execute(connection, f"CREATE TEMP TABLE {name} AS {query(_FILE, name)}")
    while True:
        execute(connection, f"CREATE OR REPLACE TEMP TABLE complements AS {query(_FILE, 'complements')}")
        (left,) = connection.execute("SELECT count(*) FROM complements").fetchone() or (0,)
        if not left:
            break
        connection.execute(
            "UPDATE numbers SET number = NULL FROM complements"
            " WHERE numbers.cell_no = complements.cell_no AND numbers.reading = complements.reading"
        )
    execute(connection, f"CREATE TEMP TABLE shares AS {query(_FILE, 'shares')}")


def _categories() -> list[tuple[str, str, str, str]]:
    """Every moment, axis, category and group of outcomes that has its row, whether or not somebody is in it."""
    keys = [("", axis, "", "") for axis in ("participants", "work_contracts")]
    for axis in TRAITS:
        values = [str(code) for code in HOURS.column(axis).codes or () if code is not Education.UNKNOWN]
        keys += [("", axis, category, "") for category in (*values, "")]
    keys += [("", axis, category, "") for axis in FLAGS for category in ("true", "false", "")]
    keys += [("", "residence", category, "") for category in ("inside", "outside", "")]
    keys += [("", "presence", category, "") for category in ("new", "known")]
    groups = [str(group) for group in OutcomeGroup]
    for moment in map(str, OutcomePoint):
        keys.append((moment, "exits", "", ""))
        keys += [(moment, "exit_outcome", str(code), "") for code in ExitOutcome]
        keys += [(moment, "outcome_group", group, "") for group in groups]
        keys += [(moment, "duration_band", str(band), group) for band in DurationBand for group in ("", *groups)]
    return keys


def _create_persons(
    connection: duckdb.DuckDBPyConnection, frozen: Mapping[str, set[int]], previous: Previous | None
) -> None:
    """The table persons: new rows, and the old ones of what is frozen."""
    for group in GROUPS:
        create_small_table(
            connection, f"frozen_{group}", [(number,) for number in sorted(frozen[group])], population_no="INTEGER"
        )
    old = file_literal(previous.persons) if previous else None
    empty = "SELECT * FROM {new} WHERE FALSE"
    connection.execute("""
        CREATE TEMP TABLE new_rows AS
        SELECT
          drawn_cells.population_no, drawn_cells.moment, drawn_cells.axis, drawn_cells.category, drawn_cells.outcome,
          max(CASE WHEN numbers.reading = 0 THEN numbers.number END) AS participants,
          max(CASE WHEN numbers.reading = 1 THEN numbers.number END) AS participants_public
        FROM drawn_cells
        INNER JOIN numbers ON drawn_cells.cell_no = numbers.cell_no
        GROUP BY ALL
    """)
    same = (
        "old.field = populations.field AND old.value = populations.value"
        " AND old.year IS NOT DISTINCT FROM populations.year AND old.include_uncounted = populations.include_uncounted"
        " AND populations.same_as IS NULL"
    )
    columns = "population_no, moment, axis, category, outcome"
    if old:
        connection.execute(f"""
            CREATE TEMP TABLE old_rows AS
            SELECT populations.population_no, old.* EXCLUDE (field, value, year, include_uncounted)
            FROM read_parquet({old}) AS old
            INNER JOIN populations ON {same}
        """)
    else:
        connection.execute(
            f"CREATE TEMP TABLE old_rows AS {empty.format(new='new_rows CROSS JOIN (SELECT 0.0 AS hours_share_ratio) AS none')}"
        )
    execute(
        connection,
        f"""
        CREATE TEMP TABLE persons AS
        WITH chosen AS (
          SELECT {columns}, participants, participants_public
          FROM new_rows
          WHERE
            (moment = '' AND population_no NOT IN (FROM frozen_participants))
            OR (moment <> '' AND population_no NOT IN (FROM frozen_exits))
          UNION ALL
          SELECT {columns}, participants, participants_public
          FROM old_rows
          WHERE
            (moment = '' AND population_no IN (FROM frozen_participants))
            OR (moment <> '' AND population_no IN (FROM frozen_exits))
        ),

        chosen_shares AS (
          SELECT population_no, axis, category, hours_share_ratio
          FROM shares
          WHERE population_no NOT IN (FROM frozen_hours)
          UNION ALL
          SELECT population_no, axis, category, hours_share_ratio
          FROM old_rows
          WHERE moment = '' AND hours_share_ratio IS NOT NULL AND population_no IN (FROM frozen_hours)
        )

        SELECT
          populations.field, populations.value, populations.year, populations.include_uncounted,
          chosen.moment, chosen.axis, chosen.category, chosen.outcome, chosen.participants, chosen.participants_public,
          CAST(CASE WHEN chosen.axis = 'participants' THEN counted_cells.hours_validated END AS DECIMAL(18, 2)) AS hours_validated,
          CASE WHEN chosen.participants IS NOT NULL THEN chosen_shares.hours_share_ratio END AS hours_share_ratio
        FROM chosen
        INNER JOIN kept
          ON
            chosen.population_no = kept.population_no
            AND kept.figures = CASE WHEN chosen.moment = '' THEN 'participants' ELSE 'exits' END
        INNER JOIN populations ON chosen.population_no = coalesce(populations.same_as, populations.population_no)
        LEFT JOIN counted_cells
          ON chosen.population_no = counted_cells.population_no AND chosen.axis = 'participants' AND counted_cells.axis = 'participants'
        LEFT JOIN chosen_shares
          ON
            chosen.moment = '' AND chosen.population_no = chosen_shares.population_no
            AND chosen.axis = chosen_shares.axis AND chosen.category = chosen_shares.category
        -- That a row of a list which only participants make is there must not tell that somebody is in it.
        WHERE chosen.axis NOT IN ('residence_commune', 'entry_year') OR chosen.participants IS NOT NULL
    """,
    )
