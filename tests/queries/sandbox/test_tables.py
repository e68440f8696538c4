"""The copies that readers' SQL reads are all that the dashboard's views need."""

import duckdb

from data.codes import Role
from queries.rights.access import Access
from queries.rights.rights import Rights
from queries.sandbox.tables import held, views
from tests.queries.asking import Opened


def test_every_view_finds_its_tables(opened: Opened) -> None:
    database = opened("contract_id\nM1", "contract_id | month   | hours_validated\nM1 | 2020-01 | 100")
    with duckdb.connect() as connection:
        for name, table in held(Access(database=database, rights=Rights(role=Role.ANALYSTE))):
            connection.register("copied", table)
            connection.execute(f"CREATE TABLE {name} AS FROM copied")
        for statement in views(structured=False):
            connection.execute(statement)
        assert connection.execute("SELECT sum(hours_validated) FROM hours_monthly").fetchone() == (100,)
