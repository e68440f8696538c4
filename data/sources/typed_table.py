"""A planned table turned into typed rows, with every fault of every cell and every reading that is not literal.

One query counts all faults of all columns; only those that occur are looked up. A source with ten million rows and no fault is
therefore read once before it is written. What SQL cannot read is looked at a second time (data/sources/second_look.py).
"""

from dataclasses import dataclass

import duckdb

from data.problems import Problem
from data.schema import NOTIFIED, TABLES, Column
from data.sources.cells import MESSAGES, Cell, bounds, cell, has_zone
from data.sources.left_out_rows import asked_total, found_rows, may_say_total
from data.sources.mapping import Mapping
from data.sources.mapping_entries import Suggestion
from data.sources.names import client_type
from data.sources.plan import Field, TablePlan
from data.sources.raw_table import SHOWN, cut, quoted, shown
from data.sources.readings import NOTICES, ZONES
from data.sources.second_look import looked_at, suspicions
from data.sources.sheet import fault_problems, formula_notices
from data.sources.suggestions import close
from data.words import N_

# Rows up to which copying costs less than planning the reading again for every query.
_SMALL = 500_000
_UNREADABLE = N_("contenu illisible ({error})\u202f; exportez le fichier de nouveau.")
_PERCENT = N_(
    "toutes les valeurs valent au plus 1\u202f: 0,05 veut-il dire 5\u00a0% ou 0,05\u00a0%\u00a0? Répondez dans mapping.toml,"
    ' [{table}.units] {column} = "fraction" (0,05 est 5\u00a0%) ou "%".'
)
_KEYS = ("contract_id", "entry_id")


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
        values = {"error": type(error).__name__}
        reader.problems.append(Problem(kind="unreadable_table", file=plan.raw.file, message=_UNREADABLE, values=values))
        reader.relation = f"{plan.table.name}_none"
    return TypedTable(
        plan=plan,
        relation=reader.relation,
        rows=reader.rows,
        problems=(*plan.raw.problems, *plan.problems, *reader.problems),
        notices=(*plan.notices, *reader.notices),
        suggestions=(*plan.suggestions, *reader.suggestions),
        unreadable=reader.unreadable,
    )


class _Reader:
    """Reads one table: first literally, then what deserves a second look, then into its relation."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, plan: TablePlan, mapping: Mapping, index: int) -> None:
        assert plan.table is not None
        self._connection = connection
        self._plan = plan
        self._table = plan.table
        self._said = mapping.of(plan.table)
        self._index = index
        self._left_out: set[int] = set()
        self.relation = f"part_{index}"
        self.rows = 0
        self.problems: list[Problem] = []
        self.notices: list[Problem] = []
        self.suggestions: list[Suggestion] = []
        self.unreadable = ""

    def read(self) -> None:
        """Fills the relation, the problems and the notices."""
        raw, places = self._plan.raw, [at.place for at in self._plan.fields.values() if at.place is not None]
        self.problems += fault_problems(raw.file, raw.headers, places, raw.faults)
        self.notices += formula_notices(raw.file, raw.headers, places, raw.faults)
        cells = self._cells(set())
        staged = self._staged(cells, set())
        counts = self._counted(staged, cells)
        read: set[str] = set()
        if self._find_left_out(staged, counts):
            staged = self._staged(cells, read)
            counts = self._counted(staged, cells)
        suspicious = {at.column.name: suspicions(at, counts) for at in cells}
        if any(suspicious.values()):
            look = looked_at(
                self._connection,
                staged,
                cells,
                suspicious,
                table=self._table,
                file=raw.file,
                header=self._name,
                index=self._index,
            )
            self.problems += look.problems
            self.notices += look.notices
            self.suggestions += look.suggestions
            if look.read:
                read = look.read
                cells = self._cells(read)
                staged = self._staged(cells, read)
                counts = self._counted(staged, cells)
        self.rows = counts["", "rows"]
        self._remark(staged, cells, counts)
        self._report(staged, cells, counts)
        self._write(staged, cells)

    def _name(self, column: str) -> str:
        """The header of a column with the column's own name, for messages."""
        header = self._plan.fields[column].header
        return column if header == column else f"{cut(header)} ({column})"

    def _cells(self, read: set[str]) -> list[Cell]:
        """How each column of the source is read; the decimal mark is known from all its numbers together."""
        style = self._style()
        fields = self._plan.fields
        return [
            cell(
                column,
                at.sql,
                at.kind,
                style,
                self._said.values.get(column.name, {}),
                read=column.name in read,
                unit=self._said.units.get(column.name, ""),
                zones=self._zones(at) if column.sql_type == "DATE" else (),
            )
            for column in self._table.columns
            if (at := fields.get(column.name))
        ]

    def _style(self) -> str | None:
        raw = self._plan.raw
        numbers = [
            self._plan.fields[column.name].sql
            for column in self._table.columns
            if column.name in self._plan.fields and column.sql_type.startswith(("DECIMAL", "INTEGER"))
        ]
        if not raw.text_numbers or not numbers:
            return None
        names = [f"form_{n}" for n in range(len(numbers))]
        taken = ", ".join(f"taken({sql}) AS {name}" for sql, name in zip(numbers, names, strict=True))
        forms = ", ".join(f"number_form({name}) AS {name}" for name in names)
        ever = (
            " OR ".join(f"coalesce(bool_or({name} = '{form}'), false)" for name in names) for form in ("comma", "point")
        )
        seen = self._connection.execute(
            f"SELECT {', '.join(ever)} FROM (SELECT {forms} FROM (SELECT {taken} FROM {raw.relation}))"
        ).fetchone()
        return {(True, False): "comma", (False, True): "point"}.get(seen or (False, False))

    def _zones(self, at: Field) -> tuple[str, ...]:
        """The place overseas in which all moments of a typed column are midnight, when they are so nowhere nearer."""
        if not has_zone(at.kind):
            return ()
        midnights = ", ".join(
            f"bool_and({local} = date_trunc('day', {local}))"
            for local in (f"timezone('{zone}', CAST({at.sql} AS TIMESTAMPTZ))" for zone in ZONES)
        )
        seen = self._connection.execute(f"SELECT {midnights} FROM {self._plan.raw.relation}").fetchone() or ()
        return tuple(zone for zone, always in zip(ZONES, seen, strict=False) if always)[:1]

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
        """Whether rows were found that are totals or notes. Nothing is looked for in rows that are complete."""
        raw = self._plan.raw
        if not raw.by_hand:
            return False
        suspect = [f"t_{name} IS NULL" for name, kind in counts if kind == "missing_value" and counts[name, kind]]
        suspect += [self._suspect(name) for name, kind in counts if kind == "total" and counts[name, kind]]
        if not suspect:
            return False
        found = found_rows(self._connection, self._plan, staged, f"({' OR '.join(suspect)})")
        self._left_out |= set(found.rows)
        self.notices += found.notices
        return bool(found.rows)

    def _remark(self, staged: str, cells: list[Cell], counts: dict[tuple[str, str], int]) -> None:
        """Notices of what was read otherwise than it stands there, by a rule of the whole column."""
        for at in cells:
            name = at.column.name
            for kind, condition in at.remarks:
                if n := counts[name, kind]:
                    first = f"SELECT source_row, CAST(t_{name} AS VARCHAR), v_{name} FROM {staged} WHERE {condition}"
                    row, text, value = self._connection.execute(f"{first} ORDER BY source_row LIMIT 1").fetchone() or (
                        0,
                        "",
                        "",
                    )
                    self.notices.append(self._remarked(at.column, kind, row, text, value, n))
            if self._said.units.get(name) in ("fraction", "min", "k€"):
                first = f"SELECT count(t_{name}), min(source_row), arg_min(CAST(t_{name} AS VARCHAR), source_row),"
                first += f" arg_min(v_{name}, source_row) FROM {staged} WHERE t_{name} IS NOT NULL"
                n, row, text, value = self._connection.execute(first).fetchone() or (0, 0, "", "")
                if n:
                    self.notices.append(self._remarked(at.column, "in_units", row, text, value, n))

    def _remarked(self, column: Column, kind: str, row: int, text: str, value: object, n: int) -> Problem:
        return Problem(
            kind=f"read_{kind}",
            file=self._plan.raw.file,
            row=row,
            column=self._name(column.name),
            value=None if column.personal else cut(text),
            message=NOTICES[kind],
            values={"value": "…" if column.personal else value, "n": n},
            count=n,
        )

    def _report(self, staged: str, cells: list[Cell], counts: dict[tuple[str, str], int]) -> None:
        """A problem for each fault that occurs; of the DECP, a query of the cells that could not be read."""
        unreadable = []
        for at in cells:
            for kind, condition in at.faults:
                total = counts[at.column.name, kind]
                if not total:
                    continue
                offending = f"FROM {staged} WHERE coalesce({condition}, false)"
                if kind == "unknown_code" and not at.column.personal:
                    self.suggestions += self._codes(offending, at)
                if self._table is NOTIFIED and kind != "wrong_type":
                    detail = f"concat_ws(' ', '{at.column.name}', CAST(t_{at.column.name} AS VARCHAR))"
                    unreadable.append(f"SELECT {self._index} AS origin, source_row, {detail} AS detail {offending}")
                    continue
                self.problems += shown(self._first(offending, at, kind), total)
                if kind == "missing_value" and at.column.name == "client_type" and "client_type" in self._said.by:
                    self.suggestions += self._clients(offending)
        self.unreadable = " UNION ALL ".join(unreadable)
        for at in cells:
            if at.column.unit == "%" and at.column.name not in self._said.units and not self._is_typed(at):
                self.problems += self._percent(staged, at)

    def _is_typed(self, at: Cell) -> bool:
        return self._plan.fields[at.column.name].kind == at.column.sql_type

    def _percent(self, staged: str, at: Cell) -> list[Problem]:
        """The question about a column in % whose values are all at most 1, cells that show their % aside."""
        name = at.column.name
        row = self._connection.execute(
            f"SELECT max(v_{name}), count_if(v_{name} > 0), arg_max(source_row, v_{name}),"
            f" arg_max(CAST(t_{name} AS VARCHAR), v_{name}) FROM {staged}"
            f" WHERE v_{name} IS NOT NULL AND NOT contains(CAST(t_{name} AS VARCHAR), '%')"
        ).fetchone()
        if row is None or not row[1] or row[0] is None or row[0] > 1:
            return []
        values = {"table": self._table.name, "column": name}
        where = {"file": self._plan.raw.file, "row": row[2], "column": self._name(name), "value": row[3]}
        return [Problem(kind="percent_or_fraction", message=_PERCENT, values=values, **where)]

    def _first(self, offending: str, at: Cell, kind: str) -> list[Problem]:
        """The first offenders of one fault. What stands in a personal column is never repeated."""
        column = at.column
        rows = self._connection.execute(
            f"SELECT source_row, CAST(t_{column.name} AS VARCHAR) {offending} ORDER BY source_row LIMIT {SHOWN}"
        ).fetchall()
        return [
            Problem(
                kind=kind,
                file=self._plan.raw.file,
                row=row,
                column=self._name(column.name),
                value=None if column.personal or text is None else cut(text),
                message=MESSAGES[kind],
                values=bounds(column, self._plan.fields[column.name].kind),
            )
            for row, text in rows
        ]

    def _codes(self, offending: str, at: Cell) -> list[Suggestion]:
        """A line of mapping.toml for each unknown code, with the code it resembles."""
        assert at.column.codes is not None
        codes = list(at.column.codes)
        text = f"unnest(c_{at.column.name})" if at.column.sql_type == "VARCHAR[]" else f"c_{at.column.name}"
        texts = self._connection.execute(
            f"SELECT DISTINCT code FROM (SELECT {text} AS code {offending}) WHERE code NOT IN $codes ORDER BY code LIMIT 50",
            {"codes": codes},
        ).fetchall()
        section = f"{self._table.name}.values.{at.column.name}"
        file = self._plan.raw.file
        return [
            Suggestion(section=section, text=text, target=close(at.column.codes, text), file=file) for (text,) in texts
        ]

    def _clients(self, offending: str) -> list[Suggestion]:
        """The type of each client that the mapping names none for."""
        ((other, known),) = self._said.by["client_type"].items()
        texts = self._connection.execute(f"SELECT DISTINCT t_{other} {offending} ORDER BY 1 LIMIT 50").fetchall()
        section = f"contracts.by.client_type.{other}"
        return [
            Suggestion(section=section, text=text, target=client_type(text) or "", file=self._plan.raw.file)
            for (text,) in texts
            if text and text not in known
        ]

    def _write(self, staged: str, cells: list[Cell]) -> None:
        raw = self._plan.raw
        values = ", ".join(f"{self._value(at)} AS {at.column.name}" for at in cells)
        kind = "VIEW" if raw.lasting and self.rows > _SMALL else "TABLE"
        select = f"SELECT {self._index} AS origin, source_row, {values} FROM {staged}"
        self._connection.execute(f"CREATE {kind} {self.relation} AS {select}")
        if not raw.by_hand or self._table not in TABLES or self.problems:
            return
        last = asked_total(self._connection, self._plan, self.relation, self._said.totals)
        if last is not None and last.kind == "asked_total":
            self.problems.append(last)
        elif last is not None:
            self.notices.append(last)
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
