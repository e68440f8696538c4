"""What was read from the sources so far: files opened, then an extract in its connection. data/sources/stages.py fills it."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, Protocol

import duckdb

from data.problems import Problem
from data.release.releases import AnomalyCount, Source, Structure
from data.release.within_memory import execute
from data.schema import ALL_TABLES, COMMENTS, NOTIFIED, OPTIONAL_TABLES, Table
from data.sources.files import Fingerprint
from data.sources.mapping import Mapping
from data.sources.mapping_entries import Suggestion, mapping_text
from data.sources.plan import Plan, planned
from data.sources.raw_table import RawTable


class Step(Protocol):
    """Called with what is being done: a catalogue text and its values."""

    def __call__(self, text: str, /, **values: object) -> None:
        """A step begins."""


@dataclass(slots=True, kw_only=True)
class Extract:
    """What was read, in `connection`: contracts_read, hours_read, notified_read and comments_read have the columns of the schema, and
    `origin` (index in `sources`) and `source_row` of each row. Without problems there are also `anomalies`, the tables of
    rollup.sql and, when a source is DECP, the table `notified`.

    `fingerprints` know whether a file changed since; `present_columns` are those that a source had, as contracts.sector.
    `structures`: those that publish, where a mapping or the slices of an observatory say so; `prefixed`: keys begin with their code.
    """

    connection: duckdb.DuckDBPyConnection
    sources: list[Source] = field(default_factory=list)
    fingerprints: list[Fingerprint] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)
    validated_in_time: float | None = None
    suggestions: list[Suggestion] = field(default_factory=list)
    plan: Plan | None = None
    anomalies: tuple[AnomalyCount, ...] = ()
    present_columns: set[str] = field(default_factory=set)
    data_as_of: dt.date = dt.date.min
    demo: bool = False
    structures: tuple[Structure, ...] = ()
    prefixed: bool = False

    @property
    def absent_columns(self) -> tuple[str, ...]:
        """Columns that no source had, as contracts.sector; those of an optional table only when there is such a source."""
        names = (
            f"{table.name}.{column.name}"
            for table in ALL_TABLES
            for column in table.columns
            if table not in OPTIONAL_TABLES or (self._has(table) and not column.derived)
        )
        return tuple(name for name in names if name not in self.present_columns)

    @property
    def has_notified(self) -> bool:
        """Whether a source has all contracts notified."""
        return self._has(NOTIFIED)

    @property
    def has_comments(self) -> bool:
        """Whether a source has comments."""
        return self._has(COMMENTS)

    def _has(self, table: Table) -> bool:
        return any(source.table == table.name for source in self.sources)

    def mapping_text(self) -> str:
        """A whole mapping.toml with what is decided and what is suggested; "" when nothing is suggested."""
        if self.plan is None or not self.suggestions:
            return ""
        return mapping_text(self.plan.mapping, self.suggestions)

    def one(self, sql: str, **values: object) -> tuple[Any, ...]:
        """The first row of an answer."""
        row = execute(self.connection, sql, values or None).fetchone()
        assert row is not None, "an aggregate always has a row"
        return row


@dataclass(slots=True, kw_only=True)
class Opened:
    """Files opened and their tables laid out: what a plan is made of. `extract` has the connection that reads them.

    `hashes`: the SHA-256 of each table's file, by the table's name.
    """

    extract: Extract
    tables: list[RawTable] = field(default_factory=list)
    hashes: dict[str, str] = field(default_factory=dict)
    unreadable: int = 0

    def plan(self, mapping: Mapping) -> Plan:
        """What each table is taken for under a mapping."""
        return planned(self.tables, mapping)
