"""The demonstration of the default size, written once, and the views that the tests of it recompute from."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from data.demo import write_demo
from data.schema import TABLES
from data.settings import DEFAULT_FILE, load_settings

# First of several rows with the same entry_id; lots that exist and count; what a total is made of.
COUNTED = """
CREATE VIEW counted AS
WITH numbered AS (SELECT *, row_number() OVER () AS place FROM hours),
firsts AS (SELECT * FROM numbered WHERE place IN (SELECT min(place) FROM numbered GROUP BY entry_id))
SELECT firsts.*, contracts.* EXCLUDE (contract_id, lot_id, status)
FROM firsts JOIN contracts ON firsts.contract_id = contracts.contract_id AND firsts.lot_id = contracts.lot_id
WHERE contracts.counts_in_total
"""

Ask = Callable[[str], list[tuple[Any, ...]]]


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of both extracts; not to be written to."""
    out = tmp_path_factory.mktemp("demo")
    write_demo(out)
    return out


@pytest.fixture(scope="session")
def ask_demo(demo_folder: Path) -> Iterator[Ask]:
    """The rows that a query over the views contracts, hours and counted gives."""
    with duckdb.connect() as database:
        for table in TABLES:
            database.execute(f"CREATE VIEW {table.name} AS FROM '{demo_folder}/{table.name}.parquet'")
        database.execute(COUNTED)
        yield lambda query: database.execute(query).fetchall()


@pytest.fixture(scope="session")
def opening() -> Decimal:
    """Hours of the settings' opening balance."""
    return sum((entry.hours for entry in load_settings(DEFAULT_FILE).opening_balance), Decimal(0))
