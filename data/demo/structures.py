"""A demonstration of several structures: the contracts of the one authority, shared out among its rivers.

The first structure has the clients that the public story names; the invented ones go by turns to the others, and some that buy
everywhere (the State, the Region) have contracts in all. So the figures of the structures add up to those of the demonstration. Where
the settings give a structure its territory, its works and its participants are moved there, from the largest commune to the
smallest; no real body is named with them. The last structure has not published for some months.
"""

import datetime as dt
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import duckdb

from data.demo import write_demo
from data.demo.story import CLIENTS
from data.reference import communes, members_sql
from data.schema import CONTRACTS, HOURS, NOTIFIED
from data.settings import Settings, load_settings
from data.sources.raw_table import file_literal, quoted

CODES: Final = ("Seine", "Cailly", "Robec", "Aubette", "Oison", "Cleon", "Crevon", "Andelle", "Clerette")
EVERYWHERE: Final = ("SIE", "RNS", "DEP", "REG")
# Invented bodies, in the order of the structures that they go to by turns. Every other client is of the first one.
ELSEWHERE: Final = ("HBS", "LDR", "FAH", "TEO", "SPL", "UDF", "CPH", "FIL")
LAST_DAY_OF_THE_LATE: Final = dt.date(2026, 5, 31)


def write_structures(
    out: Path, structures: int, seed: int, entries: int, progress: Callable[[float], None] | None = None
) -> tuple[str, ...]:
    """Writes a folder for each structure, with its own extracts; returns their codes. The same seed gives the same rows."""
    codes = CODES[:structures]
    with tempfile.TemporaryDirectory(prefix="cap-demo-") as folder:
        write_demo(Path(folder), seed, entries, progress)
        with duckdb.connect(config={"threads": 1}) as database:
            _move(database, codes, load_settings())
            _share_out(database, Path(folder), codes)
            for code in codes:
                (out / code).mkdir(parents=True, exist_ok=True)
                for table in (CONTRACTS, HOURS, NOTIFIED):
                    _write(database, table.name, code, out / code / f"{table.name}.parquet")
    return codes


def _move(database: duckdb.DuckDBPyConnection, codes: Sequence[str], settings: Settings) -> None:
    """A table moved: for each structure but the first, where each commune of the authority lies in its territory, by rank of population."""
    database.execute("CREATE TABLE moved (structure VARCHAR, commune VARCHAR, place VARCHAR)")
    own = [one.code for one in sorted(communes(), key=lambda one: (-one.population, one.code))]
    for code in codes[1:]:
        sql = f"SELECT code FROM ({members_sql()}) ORDER BY population DESC, code"
        members = [member for (member,) in database.execute(sql, {"epci": settings.territory(code)}).fetchall()]
        if members:
            places = [(code, commune, members[rank % len(members)]) for rank, commune in enumerate(own)]
            database.executemany("INSERT INTO moved VALUES (?, ?, ?)", places)


def _share_out(database: duckdb.DuckDBPyConnection, folder: Path, codes: Sequence[str]) -> None:
    """Views shared_contracts, shared_hours, shared_notified: the rows of each table with the structure that they go to."""
    for table in (CONTRACTS, HOURS, NOTIFIED):
        file = file_literal(folder / f"{table.name}.parquet")
        database.execute(f"CREATE VIEW {table.name} AS FROM read_parquet({file})")
    database.execute("CREATE TABLE places (client_id VARCHAR, place INTEGER)")
    for client in CLIENTS:
        turn = 1 + ELSEWHERE.index(client.id) % (len(codes) - 1) if client.id in ELSEWHERE else 0
        database.execute("INSERT INTO places VALUES (?, ?)", [client.id, None if client.id in EVERYWHERE else turn])
    database.execute(
        "CREATE TABLE owners AS SELECT client_id, place, max(client_siret) AS client_siret FROM places"
        " LEFT JOIN contracts USING (client_id) GROUP BY client_id, place"
    )
    names = ", ".join(quoted(code) for code in codes)
    late = f"structure = {quoted(codes[-1])} AND"
    database.execute(
        f"CREATE TABLE shared_contracts AS WITH shared AS (SELECT contracts.*, owners.place IS NULL AS is_everywhere,"
        f" [{names}][1 + coalesce(owners.place, CAST(md5_number_lower(contracts.contract_id) % {len(codes)} AS INTEGER))] AS structure"
        " FROM contracts LEFT JOIN owners ON contracts.client_id = owners.client_id)"
        " SELECT shared.* EXCLUDE (is_everywhere) REPLACE (coalesce(works.place, shared.execution_commune) AS execution_commune,"
        " coalesce(seats.place, shared.client_commune) AS client_commune) FROM shared"
        " LEFT JOIN moved AS works ON shared.structure = works.structure AND shared.execution_commune = works.commune"
        # A body that buys everywhere has one seat.
        " LEFT JOIN moved AS seats ON shared.structure = seats.structure AND shared.client_commune = seats.commune"
        " AND NOT shared.is_everywhere"
    )
    day = f"DATE '{LAST_DAY_OF_THE_LATE}'"
    database.execute(
        f"CREATE VIEW shared_hours AS WITH shared AS (SELECT hours.*, coalesce(lots.structure, {quoted(codes[0])}) AS structure FROM hours"
        " LEFT JOIN shared_contracts AS lots ON hours.contract_id = lots.contract_id AND hours.lot_id = lots.lot_id)"
        " SELECT shared.* REPLACE (coalesce(homes.place, shared.residence_commune) AS residence_commune) FROM shared"
        " LEFT JOIN moved AS homes ON shared.structure = homes.structure AND shared.residence_commune = homes.commune"
        f" WHERE NOT (shared.{late} greatest(month, declared_on, validated_on) > {day})"
    )
    database.execute(
        f"CREATE VIEW shared_notified AS SELECT notified.*, [{names}][1 + coalesce(owners.place, 0)] AS structure"
        " FROM notified LEFT JOIN owners ON notified.buyer_siret = owners.client_siret"
    )


def _write(database: duckdb.DuckDBPyConnection, table: str, code: str, file: Path) -> None:
    database.execute(
        f"COPY (SELECT * EXCLUDE (structure) FROM shared_{table} WHERE structure = {quoted(code)} ORDER BY ALL)"
        f" TO {quoted(str(file))} (FORMAT parquet, COMPRESSION zstd, KV_METADATA {{cap_demo: 'true'}})"
    )
