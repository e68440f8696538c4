import datetime as dt
import itertools
from dataclasses import replace
from pathlib import Path

import pytest

from data.release.releases import Release
from data.settings import Settings
from queries.engine import Database
from queries.open_release import open_release
from tests.extracts import AS_OF, contracts_table, hours_table, publish_rows
from tests.queries.asking import SETTINGS, Opened


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    """Text tables published and opened. The same tables are published once in a module, whatever the settings and date."""
    published: dict[tuple[str, str], Release] = {}
    numbers = itertools.count()
    folder: Path = tmp_path_factory.mktemp("published")

    def open_tables(contracts: str, hours: str, *, settings: Settings = SETTINGS, as_of: dt.date = AS_OF) -> Database:
        key = (contracts, hours)
        if key not in published:
            rows = contracts_table(contracts), hours_table(hours)
            published[key] = publish_rows(folder / str(next(numbers)), *rows)
        # Not `open_release`, which keeps two releases: tests hold more of them open at once.
        return open_release.__wrapped__(replace(published[key], data_as_of=as_of), settings)

    return open_tables
