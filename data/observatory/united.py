"""All slices as one extract: keys prefixed, clients joined, anomalies weighed again over all rows together."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import duckdb

from data.observatory.clients import OwnClient, joined, read_entries
from data.observatory.keys import PREFIXED, SEPARATOR
from data.observatory.slices import Slice
from data.problems import Problem
from data.release.anomalies import weigh
from data.release.labelled_sql import statements
from data.release.lag import validated_in_time
from data.release.releases import Source, Structure
from data.schema import ALL_TABLES, COMMENTS, CONTRACTS, Table
from data.settings import Settings
from data.sources.extract import Extract, Step
from data.sources.raw_table import file_literal, quoted
from data.sources.stages import publishing_connection
from data.words import N_


def united(slices: Sequence[Slice], settings: Settings, clients: Path, work: Path, step: Step) -> Extract:
    """The extract of an observatory. `clients`: its table of clients; `work`: an empty folder for what spills.

    Slices were accepted one by one: nothing of them is judged again, so that one never stops the others.
    """
    connection = publishing_connection(settings, work)
    extract = Extract(connection=connection, prefixed=True)
    extract.data_as_of = max((one.data_as_of for one in slices), default=dt.date.min)
    extract.demo = all(one.demo for one in slices)
    extract.structures = tuple(
        Structure(code=one.structure, data_as_of=one.data_as_of, published_at=one.published_at) for one in slices
    )
    offsets: list[int] = []
    for one in slices:
        offsets.append(len(extract.sources))
        extract.present_columns |= one.present_columns
        extract.sources += [
            Source(file=f"{one.structure}/{source.file}", table=source.table, sha256=source.sha256, rows=source.rows)
            for source in one.sources
        ]
    for table in ALL_TABLES:
        _unite(connection, table, slices, offsets)
    unreadable = " UNION ALL ".join(
        f"SELECT origin + {offset} AS origin, source_row, detail FROM read_parquet({file_literal(one.file('decp_unreadable'))})"
        for one, offset in zip(slices, offsets, strict=True)
    )
    connection.execute(f"CREATE TABLE decp_unreadable AS {unreadable}")
    extract.notices += _join_clients(connection, clients)
    step(N_("anomalies"))
    extract.anomalies = weigh(connection, extract.data_as_of, extract.structures)
    lag = settings.counting.declaration_lag_months
    extract.validated_in_time = validated_in_time(connection, extract.data_as_of, lag)
    if extract.has_notified:
        connection.execute(statements("decp.sql")["notified"])
    return extract


def _unite(
    connection: duckdb.DuckDBPyConnection, table: Table, slices: Sequence[Slice], offsets: Sequence[int]
) -> None:
    """hours_read, notified_read and, before clients are joined, contracts_as_published and comments_as_published: the rows of every
    slice, with the code of its structure in its keys.
    """
    name = table.name
    connection.execute(f"CREATE TABLE {name}_none (origin INTEGER, source_row BIGINT, {table.definition_sql()})")
    parts = [f"FROM {name}_none"]
    for one, offset in zip(slices, offsets, strict=True):
        code = quoted(one.structure)
        keys = [f"{quoted(one.structure + SEPARATOR)} || {key} AS {key}" for key in PREFIXED[name]]
        keys += [f"CAST({code} AS VARCHAR) AS structure"] if table.structured else []
        replaced = ", ".join([f"CAST(origin + {offset} AS INTEGER) AS origin", *keys])
        extra = f", {code} AS structure" if name == COMMENTS.name else ""
        parts.append(f"SELECT * REPLACE ({replaced}){extra} FROM read_parquet({file_literal(one.file(name))})")
    view = f"{name}_as_published" if table in (CONTRACTS, COMMENTS) else f"{name}_read"
    connection.execute(f"CREATE VIEW {view} AS {' UNION ALL BY NAME '.join(parts)}")


def _join_clients(connection: duckdb.DuckDBPyConnection, file: Path) -> list[Problem]:
    """contracts_read: the lots with their clients joined. A lot that its own structure writes in another way keeps its words."""
    rows = connection.execute(
        "SELECT structure, client_id, coalesce(last(client_siret ORDER BY place) FILTER (client_siret IS NOT NULL), ''),"
        " last(client_name ORDER BY place), last(client_type ORDER BY place), max(place.day)"
        " FROM (SELECT *, {'day': coalesce(notified_on, starts_on, DATE '0001-01-01'), 'contract': contract_id, 'lot': lot_id}"
        " AS place FROM contracts_as_published) GROUP BY structure, client_id ORDER BY structure, client_id"
    ).fetchall()
    clients = [
        OwnClient(
            structure=structure,
            code=client_id.removeprefix(f"{structure}{SEPARATOR}"),
            siret=siret,
            name=name,
            type=kind,
            latest=day,
        )
        for structure, client_id, siret, name, kind, day in rows
    ]
    joined_clients, notices = joined(clients, read_entries(file))
    connection.execute(
        "CREATE TABLE clients_joined (structure VARCHAR, code VARCHAR, own_name VARCHAR, own_type VARCHAR, client_id VARCHAR,"
        " client_name VARCHAR, client_type VARCHAR)"
    )
    for one in joined_clients:
        own = one.own
        connection.execute(
            "INSERT INTO clients_joined VALUES (?, ?, ?, ?, ?, ?, ?)",
            [own.structure, own.code, own.name, own.type, one.client_id, one.name, one.type],
        )
    connection.execute(
        "CREATE VIEW contracts_read AS SELECT lots.* REPLACE (joined.client_id AS client_id,"
        " CASE WHEN lots.client_name = joined.own_name THEN joined.client_name ELSE lots.client_name END AS client_name,"
        " CASE WHEN lots.client_type = joined.own_type THEN joined.client_type ELSE lots.client_type END AS client_type)"
        " FROM contracts_as_published AS lots INNER JOIN clients_joined AS joined ON lots.structure = joined.structure"
        f" AND lots.client_id = joined.structure || {quoted(SEPARATOR)} || joined.code"
    )
    # What a structure says of all its hours, or of a year, would be taken for a word of the observatory: it stays at home.
    connection.execute(
        "CREATE VIEW comments_read AS SELECT comments.* EXCLUDE (structure) REPLACE (CASE comments.scope_kind"
        f" WHEN 'lot' THEN comments.structure || {quoted(SEPARATOR)} || comments.scope_code"
        " WHEN 'client' THEN joined.client_id ELSE comments.scope_code END AS scope_code)"
        " FROM comments_as_published AS comments LEFT JOIN clients_joined AS joined"
        " ON comments.structure = joined.structure AND comments.scope_code = joined.code AND comments.scope_kind = 'client'"
        " WHERE comments.scope_kind IN ('lot', 'commune') OR joined.client_id IS NOT NULL"
    )
    return notices
