"""A planned table turned into typed rows, with every fault of every cell and every reading that is not literal.

One query counts all faults of all columns; only those that occur are looked up. A source with ten million rows and no fault is
therefore read once before it is written. What SQL cannot read is looked at a second time (data/sources/second_look.py).
"""

import re
from dataclasses import dataclass

import duckdb

from data.problems import Problem
from data.schema import NOTIFIED, TABLES
from data.sources.cell_report import CellReport
from data.sources.cells import Cell, cell
from data.sources.column_style import number_style, place_of_midnights
from data.sources.left_out_rows import may_say_total, suspect_rows, total_question
from data.sources.mapping import Mapping
from data.sources.mapping_entries import Suggestion
from data.sources.raw_table import quoted
from data.sources.second_look import looked_at, suspicions
from data.sources.sheet import fault_problems, formula_notices, without_rows
from data.sources.table_plan import TablePlan
from data.words import N_

# Rows up to which copying costs less than planning the reading again for every query.
_SMALL = 500_000
_UNREADABLE = N_("contenu illisible ({error})\u202f; exportez le fichier de nouveau.")
_SHORT = N_("la mémoire ou le disque ne suffit pas pour lire ce fichier\u202f; faites de la place, puis recommencez.")
_NO_PLACE = re.compile("No space left|Disk quota|max_temp_directory_size|Could not write", re.IGNORECASE)
_KEYS = ("contract_id", "entry_id", "lot_id", "month")


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedTable:
    """`relation` has the columns of the table that the source has, and `origin` and `source_row`; "" when it is no table.

    `unreadable`: a query of the cells of a DECP that could not be read (origin, source_row, detail).
    """

    plan: TablePlan
    relation: str = ""
    rows: int = 0
    problems: tuple[Problem, ...] = ()
    notices: tuple[Problem, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    unreadable: str = ""


def read_table(connection: duckdb.DuckDBPyConnection, plan: TablePlan, mapping: Mapping, index: int) -> TypedTable:
    """The planned table's rows as values of the contract. A faulty cell is NULL there and a problem here.

    A large Parquet file stays where it is, behind a view; what is small or slow to read goes into a table.
    """
    if plan.table is None:
        problems = (*plan.raw.problems, *plan.problems)
        return TypedTable(plan=plan, problems=problems, notices=plan.notices, suggestions=plan.suggestions)
    reader = _Reader(connection, plan, mapping, index)
    try:
        reader.read()
    except duckdb.Error as error:
        short = isinstance(error, duckdb.OutOfMemoryException) or _NO_PLACE.search(str(error)) is not None
        reader.report.problems.append(
            Problem(
                kind="machine_short" if short else "unreadable_table",
                file=plan.raw.file,
                message=_SHORT if short else _UNREADABLE,
                values={"error": type(error).__name__},
            )
        )
        reader.relation = f"{plan.table.name}_none"
    return TypedTable(
        plan=plan,
        relation=reader.relation,
        rows=reader.rows,
        problems=(*plan.raw.problems, *plan.problems, *reader.report.problems),
        notices=(*plan.notices, *reader.report.notices),
        suggestions=(*plan.suggestions, *reader.report.suggestions),
        unreadable=reader.report.unreadable,
    )


class _Reader:
    """Reads one table: first literally, then what deserves a second look, then into its relation."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, plan: TablePlan, mapping: Mapping, index: int) -> None:
        assert plan.table is not None
        self._connection = connection
        self._plan = plan
        self._table = plan.table
        self._mapping = mapping.of(plan.table)
        self._index = index
        self._left_out: set[int] = set()
        self.relation = f"part_{index}"
        self.rows = 0
        self.report = CellReport(connection, plan, self._mapping, index)

    def read(self) -> None:
        """Fills the relation, the problems and the notices."""
        raw, places = self._plan.raw, [at.place for at in self._plan.fields.values() if at.place is not None]
        cells = self._cells(set())
        staged = self._staged(cells, set())
        counts = self._counted(staged, cells)
        read: set[str] = set()
        if self._find_left_out(staged, counts):
            staged = self._staged(cells, read)
            counts = self._counted(staged, cells)
        faults, headers = without_rows(raw.faults, self._left_out), raw.sheet_headers or raw.headers
        self.report.problems += fault_problems(raw.file, headers, places, faults)
        self.report.notices += formula_notices(raw.file, headers, places, faults)
        suspicious = {at.column.name: suspicions(at, counts) for at in cells}
        if any(suspicious.values()):
            look = looked_at(
                self._connection,
                staged,
                cells,
                suspicious,
                plan=self._plan,
                index=self._index,
            )
            self.report.problems += look.problems
            self.report.notices += look.notices
            self.report.suggestions += look.suggestions
            if look.read:
                read = look.read
                cells = self._cells(read)
                staged = self._staged(cells, read)
                counts = self._counted(staged, cells)
        self.rows = counts["", "rows"]
        self.report.readings(staged, cells, counts)
        self.report.faults(staged, cells, counts)
        self._write(staged, cells)

    def _cells(self, read: set[str]) -> list[Cell]:
        """How each column of the source is read; the decimal mark is known from all its numbers together."""
        style = number_style(self._connection, self._plan)
        fields = self._plan.fields
        return [
            cell(
                column,
                at.sql,
                at.kind,
                style,
                self._mapping.values.get(column.name, {}),
                read=column.name in read,
                unit=self._mapping.units.get(column.name, ""),
                zones=place_of_midnights(self._connection, self._plan, at) if column.sql_type == "DATE" else (),
            )
            for column in self._table.every_column
            if (at := fields.get(column.name))
        ]

    def _staged(self, cells: list[Cell], read: set[str]) -> str:
        """The stages of every cell as a subquery. Lines of a text that are empty throughout are no rows."""
        raw = self._plan.raw
        taken = ", ".join(f"{at.taken} AS t_{at.column.name}" for at in cells)
        forms = ", ".join(f"{at.form} AS n_{at.column.name}" for at in cells if at.form != "NULL") or "NULL"
        canonical = ", ".join(f"{at.canonical} AS c_{at.column.name}" for at in cells)
        values = ", ".join(f"{at.value} AS v_{at.column.name}" for at in cells)
        kept = "true" if raw.lasting else self._kept(cells)
        stage = f"SELECT {raw.row} AS source_row, {taken} FROM {raw.relation}"
        if read:
            columns = ", ".join(f"read_{self._index}_{name}.value AS r_{name}" for name in sorted(read))
            joins = " ".join(
                f"LEFT JOIN read_{self._index}_{name} ON stage.t_{name} = read_{self._index}_{name}.text"
                for name in sorted(read)
            )
            stage = f"SELECT stage.*, {columns} FROM ({stage}) AS stage {joins}"
        written = f"SELECT *, {forms} FROM ({stage}) WHERE {kept}"
        return f"(SELECT *, {values} FROM (SELECT *, {canonical} FROM ({written})))"

    def _kept(self, cells: list[Cell]) -> str:
        """The condition of a row that is one: something stands there, made columns aside, and it is neither total nor note."""
        given = [at for at in cells if self._plan.fields[at.column.name].place is not None] or cells
        kept = " OR ".join(f"t_{at.column.name} IS NOT NULL" for at in given)
        if self._left_out:
            kept = f"({kept}) AND source_row NOT IN ({', '.join(map(str, sorted(self._left_out)))})"
        return kept

    def _counted(self, staged: str, cells: list[Cell]) -> dict[tuple[str, str], int]:
        """How often each fault, doubt and remark of each column occurs, in one pass; and the number of rows."""
        conditions: dict[tuple[str, str], str] = {("", "rows"): "true"}
        for at in cells:
            conditions |= {(at.column.name, kind): condition for kind, condition in at.faults}
            conditions |= {(at.column.name, kind): condition for kind, condition in at.remarks}
            if at.doubt:
                conditions[at.column.name, "doubt"] = at.doubt
            if at.column.name in _KEYS and self._plan.raw.by_hand and self._table in TABLES:
                conditions[at.column.name, "total"] = self._suspect(at.column.name)
        # Of no rows, count_if is NULL.
        sums = ", ".join(f"coalesce(count_if({condition}), 0)" for condition in conditions.values())
        counts = self._connection.execute(f"SELECT {sums} FROM {staged}").fetchone() or ()
        return dict(zip(conditions, counts, strict=True))

    def _suspect(self, key: str) -> str:
        """The condition that the identifier of a row is the word of a total, or the header again."""
        return f"({may_say_total(f't_{key}')} OR t_{key} = {quoted(self._plan.fields[key].header)})"

    def _find_left_out(self, staged: str, counts: dict[tuple[str, str], int]) -> bool:
        """Whether some rows are totals or notes. Complete rows are not examined."""
        raw = self._plan.raw
        if not raw.by_hand:
            return False
        suspect = [f"t_{name} IS NULL" for name, kind in counts if kind == "missing_value" and counts[name, kind]]
        suspect += [self._suspect(name) for name, kind in counts if kind == "total" and counts[name, kind]]
        if not suspect:
            return False
        left_out = suspect_rows(self._connection, self._plan, staged, f"({' OR '.join(suspect)})")
        self._left_out |= set(left_out.rows)
        self.report.notices += left_out.notices
        return bool(left_out.rows)

    def _write(self, staged: str, cells: list[Cell]) -> None:
        raw = self._plan.raw
        values = ", ".join(f"{self._value(at)} AS {at.column.name}" for at in cells)
        kind = "VIEW" if raw.lasting and self.rows > _SMALL else "TABLE"
        select = f"SELECT {self._index} AS origin, source_row, {values} FROM {staged}"
        self._connection.execute(f"CREATE {kind} {self.relation} AS {select}")
        if not raw.by_hand or self._table not in TABLES or self.report.problems:
            return
        last = total_question(self._connection, self._plan, self.relation, self._mapping.totals)
        if last is not None and last.kind == "total_question":
            self.report.problems.append(last)
        elif last is not None:
            self.report.notices.append(last)
            self._connection.execute(f"DELETE FROM {self.relation} WHERE source_row = {last.row}")
            self.rows -= 1

    def _value(self, at: Cell) -> str:
        """The typed value; of a DECP, nothing where the cell has a fault, and of a list what is known of it."""
        if self._table is not NOTIFIED or not at.faults:
            return f"v_{at.column.name}"
        if at.column.sql_type == "VARCHAR[]" and at.column.codes is not None:
            known = ", ".join("'" + str(code).replace("'", "''") + "'" for code in at.column.codes)
            return f"list_filter(v_{at.column.name}, lambda item: item IN ({known}))"
        faulty = " OR ".join(f"coalesce({condition}, false)" for _, condition in at.faults)
        return f"CASE WHEN NOT ({faulty}) THEN v_{at.column.name} END"
