"""Sail, an engine of Spark SQL without a Java machine, on loopback: asked over Spark Connect, as a cluster would be."""

import sys
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pysail.spark import SparkConnectServer

from queries.compared import EARLIER, earlier_release
from queries.engine import Database, Parameter
from queries.live import written_comments
from queries.questions import Question, question
from queries.scope import Scope
from queries.secrecy.exact import bound_populations
from tests.queries.sail.spark_sql import arguments, question_sql, tables_sql

# In a worker of xdist the main module has no file: PySpark takes the run for its own doctests, and ends the process.
sys.modules["__main__"].__dict__.setdefault("__file__", __file__)
with warnings.catch_warnings():
    warnings.simplefilter("ignore", FutureWarning)  # pandas 3 is too new for PySpark; answers come as Arrow
    from pyspark.sql.connect.session import SparkSession


@dataclass(frozen=True, kw_only=True)
class OnSail:
    """A release on Sail. `made`: what Sail has made of its files, by the statements of the shared files."""

    database: Database
    session: SparkSession
    folder: Path
    made: dict[str, pa.Table] = field(default_factory=dict)

    def load(self, name: str, rows: pa.Table) -> None:
        """Parquet, as a cluster would read it."""
        file = self.folder / f"{name}.parquet"
        pq.write_table(rows, file)
        self.session.read.parquet(str(file)).createOrReplaceTempView(name)

    def ask(self, one_question: str | Question, scope: Scope, **parameters: Parameter) -> pa.Table:
        """The answer to a question, by name or made in code, with the values that the engine binds."""
        one_question = question(one_question) if isinstance(one_question, str) else one_question
        if one_question.name in EARLIER and (found := earlier_release(self.database.release, str(parameters["since"]))):
            earlier = self.database._opened(found, self.database.settings)
            for other in EARLIER[one_question.name]:
                self.load(f"earlier_{other}", earlier.ask(other, scope))
        values = {
            "scope": scope.bound(),
            "rights": scope.rights_bound(),
            "populations": bound_populations(scope),
            **{
                name: list(value) if isinstance(value, tuple) else value
                for name, value in one_question.values(parameters).items()
            },
        }
        return self.session.sql(question_sql(one_question.sql), arguments(values)).toArrow()


@pytest.fixture(scope="session")
def session() -> Iterator[SparkSession]:
    server = SparkConnectServer(ip="127.0.0.1", port=0)
    server.start()
    host, port = server.listening_address
    found = SparkSession.builder.remote(f"sc://{host}:{port}").create()
    yield found
    found.stop()
    server.stop()


@pytest.fixture(scope="module")
def sail(everything: Database, session: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> OnSail:
    """The release that DuckDB has open: its files and settings, then the tables that Sail makes of them."""
    found = OnSail(database=everything, session=session, folder=tmp_path_factory.mktemp("sail"))
    statements = tables_sql()
    cursor = everything.connection.cursor()
    for (name,) in cursor.execute("SELECT table_name FROM information_schema.tables").fetchall():
        if name not in statements:
            found.load(name, cursor.execute(f"FROM {name}").to_arrow_table())
    found.load("comments_written", written_comments(everything.release))
    for name, statement in statements.items():
        found.made[name] = session.sql(statement).toArrow()
        found.load(name, found.made[name])
    return found
