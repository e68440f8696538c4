"""Faults and readings of a table's cells, as problems and notices with the first rows where they occur."""

import duckdb

from data.problems import Problem
from data.schema import NOTIFIED, Column
from data.sources.cell_faults import bounds, message_of
from data.sources.cells import Cell
from data.sources.mapping import TableMapping
from data.sources.mapping_entries import Suggestion
from data.sources.names import client_type
from data.sources.raw_table import EXAMPLES, abridged, cut
from data.sources.readings import NOTICES
from data.sources.suggestions import close
from data.sources.table_plan import TablePlan
from data.words import N_

_PERCENT = N_(
    "toutes les valeurs valent au plus 1\u00a0: 0,05 veut-il dire 5\u00a0% ou 0,05\u00a0%\u202f? Répondez dans mapping.toml,"
    ' [{table}.units] {column} = "fraction" (0,05 est 5\u00a0%) ou "%".'
)


class CellReport:
    """Problems and notices about the cells of one table. `unreadable`: a query for the cells of a DECP that could not be read."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, plan: TablePlan, mapping: TableMapping, index: int
    ) -> None:
        assert plan.table is not None
        self._connection = connection
        self._plan = plan
        self._table = plan.table
        self._mapping = mapping
        self._index = index
        self.problems: list[Problem] = []
        self.notices: list[Problem] = []
        self.suggestions: list[Suggestion] = []
        self.unreadable = ""

    def readings(self, staged: str, cells: list[Cell], counts: dict[tuple[str, str], int]) -> None:
        """Notices of what was read otherwise than it stands there, by a rule of the whole column."""
        for at in cells:
            name = at.column.name
            for kind, condition in at.remarks:
                if n := counts[name, kind]:
                    self._remark(at.column, kind, n, staged, condition)
            given, unit = f"t_{name} IS NOT NULL", self._mapping.units.get(name)
            if unit in ("fraction", "min", "k€") and (n := self._count(staged, given)):
                self._remark(at.column, "in_units", n, staged, given)

    def _count(self, staged: str, condition: str) -> int:
        row = self._connection.execute(f"SELECT count(*) FROM {staged} WHERE {condition}").fetchone()
        return row[0] if row else 0

    def _remark(self, column: Column, kind: str, n: int, staged: str, condition: str) -> None:
        """A notice of `n` cells, with the first of them. Columns of one header have one notice."""
        row, month, text, value = self._connection.execute(
            f"SELECT source_row, {self._plan.month_of_row} AS month, CAST(t_{column.name} AS VARCHAR), v_{column.name}"
            f" FROM {staged} WHERE {condition} ORDER BY source_row, month LIMIT 1"
        ).fetchone() or (0, None, "", "")
        if kind == "small_percent":
            value = f"{text.strip().replace('.', ',')}\u00a0%"
        notice = Problem(
            kind=f"read_{kind}",
            file=self._plan.raw.file,
            row=row,
            column=self._plan.header(column.name, month),
            value=None if column.personal else cut(text),
            message=NOTICES[kind],
            values={"value": "…" if column.personal else value, "n": n},
            count=n,
        )
        if notice not in self.notices:
            self.notices.append(notice)

    def faults(self, staged: str, cells: list[Cell], counts: dict[tuple[str, str], int]) -> None:
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
                self._add(self._first(offending, at, kind), total)
                if kind == "missing_value" and at.column.name == "client_type" and "client_type" in self._mapping.by:
                    self.suggestions += self._clients(offending)
        self.unreadable = " UNION ALL ".join(unreadable)
        for at in cells:
            if at.column.unit == "%" and at.column.name not in self._mapping.units and not self._is_typed(at):
                self.problems += self._percent(staged, at)

    def _add(self, first: list[Problem], total: int) -> None:
        """The first problems of one kind and how many more. Cells under one header are named once, whatever they are read as."""
        listed = abridged(first, total, is_one_column=not self._plan.raw.months_read)
        self.problems += [problem for problem in listed if problem not in self.problems]

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
        if row is None or not row[1] or row[0] is None:
            return []
        if row[0] > 1:
            self._small_percent(staged, at)
            return []
        values = {"table": self._table.name, "column": name}
        where = {"file": self._plan.raw.file, "row": row[2], "column": self._plan.header(name), "value": row[3]}
        return [Problem(kind="percent_or_fraction", message=_PERCENT, values=values, **where)]

    def _small_percent(self, staged: str, at: Cell) -> None:
        """A notice of the values below 1 among others above: 0.05 is read as 0.05 %, and may have been meant as 5 %."""
        name = at.column.name
        small = f"v_{name} > 0 AND v_{name} < 1 AND NOT contains(CAST(t_{name} AS VARCHAR), '%')"
        if n := self._count(staged, small):
            self._remark(at.column, "small_percent", n, staged, small)

    def _first(self, offending: str, at: Cell, kind: str) -> list[Problem]:
        """The first offenders of one fault. What stands in a personal column is never repeated."""
        column = at.column
        rows = self._connection.execute(
            f"SELECT source_row, {self._plan.month_of_row} AS month, CAST(t_{column.name} AS VARCHAR) {offending}"
            f" ORDER BY source_row, month LIMIT {EXAMPLES}"
        ).fetchall()
        return [
            Problem(
                kind=kind,
                file=self._plan.raw.file,
                row=row,
                column=self._plan.header(column.name, month),
                value=None if column.personal or text is None else cut(text),
                message=message_of(kind, column),
                values=bounds(column, self._plan.fields[column.name].kind),
            )
            for row, month, text in rows
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
        ((other, known),) = self._mapping.by["client_type"].items()
        texts = self._connection.execute(f"SELECT DISTINCT t_{other} {offending} ORDER BY 1 LIMIT 50").fetchall()
        section = f"contracts.by.client_type.{other}"
        return [
            Suggestion(section=section, text=text, target=client_type(text) or "", file=self._plan.raw.file)
            for (text,) in texts
            if text and text not in known
        ]
