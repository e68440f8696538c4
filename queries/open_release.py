"""Opens a release: locked down to its own files, with the settings, the communes and the law as tables, then the views and macros."""

import warnings
from functools import lru_cache
from pathlib import Path

import duckdb

from data.codes import AlertEvent, AnomalyKind
from data.problems import ExtractError
from data.reference import france_file, members_sql
from data.reference.law import eu_thresholds, national_shares, national_targets, social_obligation, spaser_thresholds
from data.release.fingerprints import check_files
from data.release.releases import Release
from data.schema import COMMENTS, NOTIFIED, PUBLISHED
from data.settings import Settings
from data.settings_opening import opening_hours
from data.words import N_
from queries.compared import TABLES
from queries.engine import FILES, OPTIONAL_FILES, Database
from queries.errors import QueryError
from queries.questions import FOLDER, question

VIEW_FILES = (
    "_views.sql",
    "_notified.sql",
    "_period.sql",
    "_filters.sql",
    "_scope.sql",
    "_choices.sql",
    "_totals.sql",
    "_structures.sql",
    "_persons.sql",
    "_lots.sql",
    "_milestones.sql",
    "_forecast.sql",
    "_detail.sql",
    "_changes.sql",
    "_comments.sql",
)

# The files of a single authority do not have the column of structures; questions read it.
_ABSENT = {table.name: ", CAST(NULL AS VARCHAR) AS structure" for table in PUBLISHED if table.structured}


# Two releases may be read at once, while sessions move to the next, and two older ones compared; one closes when nothing holds it.
@lru_cache(maxsize=4)
def open_release(release: Release, settings: Settings) -> Database:
    """The release, open for questions: locked down to its own files, then views and macros.

    Raises QueryError when a file of the release is missing, damaged or not the one that was published.
    """
    settings = settings.applying_to(release.demo, several=release.has_several)
    try:
        check_files(release)
    except ExtractError as error:
        raise QueryError(N_("la publication {release} n’est plus lisible."), release=release.id) from error
    # A relation, which would spare a copy of the rows, is bound twice: that costs a third of the time of a question (headline: 32 ms
    # against 24), and answers have few rows. Large ones are streamed, from a relation.
    warnings.filterwarnings("ignore", message="Arrow output on a DB-API result")
    connection = duckdb.connect(
        config={"threads": settings.engine.threads, "memory_limit": settings.engine.memory, "temp_directory": ""}
    )
    optional = {NOTIFIED: release.notified, COMMENTS: release.comments}
    files = FILES | {table.name: OPTIONAL_FILES[table.name] for table, rows in optional.items() if rows is not None}
    paths = {name: str(release.file(file)) for name, file in files.items()}
    try:
        connection.execute("SET autoinstall_known_extensions = false; SET autoload_known_extensions = false")
        _create_communes(connection, paths["contracts"], settings.members_of(one.code for one in release.structures))
        _create_structures(connection, release, settings)
        connection.execute(f"SET allowed_paths = [{', '.join(map(_quoted, paths.values()))}]")
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        for name, path in paths.items():
            columns = f"CREATE VIEW {name} AS SELECT *" + ("" if release.structures else _ABSENT.get(name, ""))
            connection.execute(columns + f" FROM read_parquet({_quoted(path)})")
        for table in optional:
            if (name := table.name) not in paths:
                # Questions about it have an answer all the same: nothing was notified, so no share can be computed.
                connection.execute(f"CREATE TABLE {name} (" + table.definition_sql() + ")")
        connection.execute("CREATE TABLE comments_written (" + COMMENTS.definition_sql() + ")")
        _create_settings(connection, release, settings)
        _create_law(connection)
        for name in TABLES:
            connection.execute(f"CREATE TABLE earlier_{name} (" + question(name).columns_sql + ")")
        for file in VIEW_FILES:
            connection.execute((FOLDER / file).read_text(encoding="utf-8"))
    except duckdb.Error as error:
        connection.close()
        raise QueryError(N_("la publication {release} n’est plus lisible."), release=release.id) from error
    return Database(release, settings, connection, open_release)


def _quoted(path: str | Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _create_communes(connection: duckdb.DuckDBPyConnection, contracts: str, epci: list[str]) -> None:
    """One row per commune that the release names: INSEE code, name, population of the members, those of the EPCI."""
    connection.execute(
        f"""
        CREATE TABLE communes AS
        SELECT
          code AS commune, name AS commune_name,
          CASE WHEN kind = 'actuelle' AND list_contains($epci, epci) THEN CAST(population AS BIGINT) END AS population
        FROM read_parquet({_quoted(france_file())})
        WHERE
          code IN (
            SELECT unnest([execution_commune, client_commune]) FROM read_parquet({_quoted(contracts)})
          )
          OR (kind = 'actuelle' AND list_contains($epci, epci))
        """,
        {"epci": epci},
    )


def _create_structures(connection: duckdb.DuckDBPyConnection, release: Release, settings: Settings) -> None:
    """One row per structure of an observatory: code, name, date of its data, inhabitants of its territory, NULL where it is not known.
    One per commune of each of these territories.
    """
    columns = "(structure VARCHAR, structure_name VARCHAR, data_as_of DATE, population BIGINT)"
    connection.execute("CREATE TABLE structures " + columns)
    connection.execute("CREATE TABLE structure_communes (structure VARCHAR, commune VARCHAR)")
    population = "(SELECT sum(population) FROM (" + members_sql() + "))"
    insert = "INSERT INTO structures SELECT $code, $name, $as_of, " + population
    for one in release.structures:
        values = {"code": one.code, "name": settings.structure_name(one.code), "as_of": one.data_as_of}
        epci = settings.territory(one.code)
        connection.execute(insert, values | {"epci": epci})
        connection.execute(
            "INSERT INTO structure_communes SELECT $code, code FROM (" + members_sql() + ")",
            {"code": one.code, "epci": epci},
        )


def _create_settings(connection: duckdb.DuckDBPyConnection, release: Release, settings: Settings) -> None:
    """The release, the settings and the milestones as tables, with values bound."""
    counting, alerts = settings.counting, settings.alerts
    connection.execute(
        """
        CREATE TABLE release AS
        SELECT
          $id::VARCHAR AS release, $demo::BOOLEAN AS demo, $data_as_of::DATE AS data_as_of,
          $published_at::TIMESTAMP AS published_at, $first_month::DATE AS first_month, $last_month::DATE AS last_month,
          $contracts::BIGINT AS contracts, $lots::BIGINT AS lots, $hours_rows::BIGINT AS hours_rows,
          $rows_left_out::BIGINT AS rows_left_out
        """,
        {
            "id": release.id,
            "demo": release.demo,
            "data_as_of": release.data_as_of,
            "published_at": release.published_at.replace(tzinfo=None),
            "first_month": release.first_month,
            "last_month": release.last_month,
            "contracts": release.contracts,
            "lots": release.lots,
            "hours_rows": release.hours_rows,
            "rows_left_out": release.rows_left_out,
        },
    )
    connection.execute(
        """
        CREATE TABLE settings AS
        SELECT
          $lag::INTEGER AS declaration_lag_months, $divisor::DECIMAL(9, 2) AS fte_divisor, $late::INTEGER AS late_after_months,
          $not_started::DECIMAL(5, 4) AS not_started_after, $behind::DECIMAL(5, 4) AS behind_below,
          $soon::INTEGER AS ending_soon_days, $missing::DECIMAL(5, 4) AS ending_missing_above,
          $own::VARCHAR[] AS own_clients, $revised::DECIMAL(5, 4) AS revised_above,
          $consolidated::INTEGER AS consolidated_until
        """,
        {
            "lag": counting.declaration_lag_months,
            "divisor": counting.fte_divisor,
            "late": counting.late_after_months,
            "not_started": alerts.not_started_after,
            "behind": alerts.behind_below,
            "soon": alerts.ending_soon_days,
            "missing": alerts.ending_missing_above,
            "own": list(settings.authority.clients),
            "revised": settings.revisions.noticeable,
            "consolidated": settings.revisions.consolidated_until,
        },
    )
    connection.execute("""
        CREATE TABLE milestones (
          milestone VARCHAR, target_hours DECIMAL(18, 2), measure VARCHAR, client VARCHAR, clause_category VARCHAR,
          year INTEGER, due_on DATE
        )
    """)
    for entry in settings.milestones:
        category = None if entry.clause_category is None else str(entry.clause_category)
        row = [entry.id, entry.target_hours, entry.measure, entry.client, category, entry.year, entry.due_on]
        connection.execute("INSERT INTO milestones VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    connection.execute("CREATE TABLE opening_balances (client_id VARCHAR, hours DECIMAL(18, 2))")
    for client, hours in opening_hours(settings.opening_balance).items():
        connection.execute("INSERT INTO opening_balances VALUES (?, ?)", [client, hours])
    connection.execute("CREATE TABLE alert_events (alert_event VARCHAR, sort_rank INTEGER)")
    for rank, event in enumerate(AlertEvent):
        connection.execute("INSERT INTO alert_events VALUES (?, ?)", [str(event), rank])
    connection.execute("CREATE TABLE anomaly_kinds (kind VARCHAR, in_totals BOOLEAN, of_participants BOOLEAN)")
    for kind in AnomalyKind:
        connection.execute(
            "INSERT INTO anomaly_kinds VALUES (?, ?, ?)", [str(kind), not kind.left_out, kind.of_participants]
        )


def _create_law(connection: duckdb.DuckDBPyConnection) -> None:
    """The dated thresholds, the obligation and the national targets as tables, with values bound."""
    connection.execute("""
        CREATE TABLE eu_thresholds (
          start_on DATE, end_on DATE, next_on DATE, state_eur BIGINT, local_eur BIGINT, works_eur BIGINT,
          concessions_eur BIGINT
        )
    """)
    periods = eu_thresholds()
    for period, following in zip(periods, [*periods[1:], None], strict=True):
        connection.execute(
            "INSERT INTO eu_thresholds VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                period.start,
                period.end,
                following and following.start,
                period.supplies_services_state,
                period.supplies_services,
                period.works,
                period.concessions,
            ],
        )
    obligation = social_obligation()
    connection.execute("CREATE TABLE social_obligation AS SELECT ?::DATE AS start_on", [obligation.start])
    connection.execute(
        "CREATE TABLE national_targets (year INTEGER, share DOUBLE, year_before INTEGER, is_last BOOLEAN)"
    )
    before: int | None = None
    for target in (targets := national_targets()):
        last = target is targets[-1]
        connection.execute(
            "INSERT INTO national_targets VALUES (?, ?, ?, ?)", [target.year, target.share, before, last]
        )
        before = target.year
    connection.execute("CREATE TABLE spaser_thresholds (start_on DATE, next_on DATE, yearly_eur BIGINT)")
    yearly = spaser_thresholds()
    for threshold, later in zip(yearly, [*yearly[1:], None], strict=True):
        connection.execute(
            "INSERT INTO spaser_thresholds VALUES (?, ?, ?)",
            [threshold.start, later and later.start, threshold.yearly_purchases],
        )
    connection.execute("CREATE TABLE national_shares (year INTEGER, share DOUBLE)")
    for known in national_shares():
        connection.execute("INSERT INTO national_shares VALUES (?, ?)", [known.year, known.share])
