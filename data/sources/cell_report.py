"""Faults and readings of a table's cells, as problems and notices with the first rows where they occur."""

import duckdb

from data.problems import Problem
from data.schema import NOTIFIED, Column
from data.sources.cell_faults import MESSAGES, bounds
from data.sources.cells import Cell
from data.sources.mapping import TableMapping
from data.sources.mapping_entries import Suggestion
from data.sources.names import client_type
from data.sources.plan import TablePlan
from data.sources.raw_table import SHOWN, cut, shown
from data.sources.readings import NOTICES
from data.sources.suggestions import close
from data.words import N_

_PERCENT = N_(
    "toutes les valeurs valent au plus 1\u202f: 0,05 veut-il dire 5\u00a0% ou 0,05\u00a0%\u00a0? Répondez dans mapping.toml,"
    ' [{table}.units] {column} = "fraction" (0,05 est 5\u00a0%) ou "%".'
)


def header_of(plan: TablePlan, column: str) -> str:
    """The header of a column with the column's own name, for messages."""
    header = plan.fields[column].header
    return column if header == column else f"{cut(header)} ({column})"


class CellReport:
    """What is said about the cells of one table. `unreadable`: a query of the cells of a DECP that could not be read."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, plan: TablePlan, said: TableMapping, index: int) -> None:
        assert plan.table is not None
        self._connection = connection
        self._plan = plan
        self._table = plan.table
        self._said = said
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
            column=header_of(self._plan, column.name),
            value=None if column.personal else cut(text),
            message=NOTICES[kind],
            values={"value": "…" if column.personal else value, "n": n},
            count=n,
        )

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
        where = {"file": self._plan.raw.file, "row": row[2], "column": header_of(self._plan, name), "value": row[3]}
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
                column=header_of(self._plan, column.name),
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
