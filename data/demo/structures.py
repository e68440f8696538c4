"""A demonstration of several structures: the contracts of the one authority, shared out among its rivers.

Every client has one structure, but for some that buy everywhere (the State, the Region): these have contracts in all. So the
figures of the structures add up to those of the demonstration. The last structure has not published for some months.
"""

import datetime as dt
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import duckdb

from data.demo import write_demo
from data.demo.story import CLIENTS
from data.schema import CONTRACTS, HOURS, NOTIFIED
from data.sources.raw_table import file_literal, quoted

CODES: Final = ("Seine", "Cailly", "Robec", "Aubette", "Oison", "Cleon", "Crevon", "Andelle", "Clerette")
EVERYWHERE: Final = ("SIE", "RNS", "DEP", "REG")
LAST_DAY_OF_THE_LATE: Final = dt.date(2026, 5, 31)


def write_structures(
    out: Path, structures: int, seed: int, entries: int, progress: Callable[[float], None] | None = None
) -> tuple[str, ...]:
    """Writes a folder for each structure, with its own extracts; returns their codes. The same seed gives the same rows."""
    codes = CODES[:structures]
    with tempfile.TemporaryDirectory(prefix="cap-demo-") as folder:
        write_demo(Path(folder), seed, entries, progress)
        with duckdb.connect(config={"threads": 1}) as database:
            _share_out(database, Path(folder), codes)
            for code in codes:
                (out / code).mkdir(parents=True, exist_ok=True)
                for table in (CONTRACTS, HOURS, NOTIFIED):
                    _write(database, table.name, code, out / code / f"{table.name}.parquet")
    return codes


def _share_out(database: duckdb.DuckDBPyConnection, folder: Path, codes: Sequence[str]) -> None:
    """Views shared_contracts, shared_hours, shared_notified: the rows of each table with the structure that they go to."""
    for table in (CONTRACTS, HOURS, NOTIFIED):
        file = file_literal(folder / f"{table.name}.parquet")
        database.execute(f"CREATE VIEW {table.name} AS FROM read_parquet({file})")
    database.execute("CREATE TABLE places (client_id VARCHAR, place INTEGER)")
    own = [client for client in CLIENTS if client.id not in EVERYWHERE]
    for client in CLIENTS:
        # The first is the largest buyer; the others follow by turns.
        place = own.index(client) % len(codes) if client in own else None
        database.execute("INSERT INTO places VALUES (?, ?)", [client.id, place])
    database.execute(
        "CREATE TABLE owners AS SELECT client_id, place, max(client_siret) AS client_siret FROM places"
        " LEFT JOIN contracts USING (client_id) GROUP BY client_id, place"
    )
    names = ", ".join(quoted(code) for code in codes)
    late = f"structure = {quoted(codes[-1])} AND"
    database.execute(
        f"CREATE TABLE shared_contracts AS SELECT contracts.*, [{names}][1 + coalesce(owners.place,"
        f" CAST(md5_number_lower(contracts.contract_id) % {len(codes)} AS INTEGER))] AS structure"
        " FROM contracts LEFT JOIN owners ON contracts.client_id = owners.client_id"
    )
    day = f"DATE '{LAST_DAY_OF_THE_LATE}'"
    database.execute(
        f"CREATE VIEW shared_hours AS FROM (SELECT hours.*, coalesce(lots.structure, {quoted(codes[0])}) AS structure FROM hours"
        " LEFT JOIN shared_contracts AS lots ON hours.contract_id = lots.contract_id AND hours.lot_id = lots.lot_id)"
        f" WHERE NOT ({late} greatest(month, declared_on, validated_on) > {day})"
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
