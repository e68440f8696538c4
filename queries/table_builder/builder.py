"""The SQL of a built table, put together from the expressions of its description; every value is bound.

Two tables of parts, according to what breaks the hours down. By the lot alone: one part a lot in scope, with its obligation. As
soon as a dimension belongs to the line: one part per lot and value of these dimensions, without obligations, which have
neither year nor employer. In the first, every lot of the scope counts; in the second, a lot counts where it has hours.
"""

from functools import lru_cache
from itertools import combinations
from typing import Final
from urllib.parse import urlencode

from queries.questions import AnswerColumn, Question
from queries.table_builder.definition import TableDefinition
from queries.table_builder.parts import CLIENTS, MEASURES, PENALTIES

OTHERS: Final = "*"  # the key of the row of those that are not among the first
TOTAL: Final = ""  # the key of a dimension that a total sums over; no value of a dimension is empty
KEYS: Final = ("row_1", "row_2", "column_1")

_BY_LOT: Final = """part AS (
  SELECT
    {keys},
    row_number() OVER (ORDER BY in_scope.contract_id, in_scope.lot_id) AS lot_number,
    in_scope.contract_id,
    in_scope.client_id,
    in_scope.contractor,
    in_scope.status = 'running' AS is_running,
    TRUE AS is_counted,
    in_scope.hours_validated,
    in_scope.hours_pending,
    in_scope.notified_committed,
    in_scope.rated_committed,
    in_scope.rated_hours,
    in_scope.penalty_eur
  FROM lot_hours_in_scope($scope) AS in_scope
)"""
_BY_LINE: Final = """line AS (
  SELECT
    contract_id,
    lot_id,
    {line_keys},
    sum(hours_validated) AS hours_validated,
    sum(hours_pending) AS hours_pending,
    bool_or(hours_validated > 0 OR hours_pending > 0) AS is_counted
  FROM hours_in_scope($scope)
  GROUP BY contract_id, lot_id, {line_names}
),

lot AS (
  SELECT
    row_number() OVER (ORDER BY contract_id, lot_id) AS lot_number,
    contract_id,
    lot_id,
    client_id,
    contractor{lot_keys}
  FROM lots_in_scope($scope)
),

part AS (
  SELECT
    {keys},
    lot.lot_number,
    lot.contract_id,
    lot.client_id,
    lot.contractor,
    FALSE AS is_running,
    line.is_counted,
    line.hours_validated,
    line.hours_pending
  FROM line
  INNER JOIN lot ON line.contract_id = lot.contract_id AND line.lot_id = lot.lot_id
)"""
_CLIENTS: Final = """client_part AS (
  SELECT
    {totals},
    part.client_id
  FROM part
  GROUP BY GROUPING SETS ({client_sets})
  HAVING {is_active}
),

client_cell AS (
  SELECT
    {names},
    count(*) AS clients
  FROM client_part
  GROUP BY {names}
)"""


@lru_cache(maxsize=256)
def table_question(definition: TableDefinition) -> Question:
    """One row per cell of the table and per total: what is summed over has an empty key. `$kept` when it has a top."""
    names = _names(definition)
    added = [MEASURES[code] for code in definition.measures if code not in (CLIENTS, PENALTIES)]
    named = [*added, *([MEASURES[CLIENTS]] if CLIENTS in definition.measures else [])]
    aggregates = [f"coalesce(part.{name}, '{TOTAL}') AS {name}" for name in names]
    aggregates += [f"{measure.sql} AS {measure.column}" for measure in added]
    totals = [f"cell.{name}" for name in names] + [f"cell.{measure.column}" for measure in added]
    joined = ""
    tables = [_parts(definition)]
    if CLIENTS in definition.measures:
        tables.append(_clients(definition, names))
        totals.append("coalesce(client_cell.clients, 0) AS clients")
        same = " AND ".join(f"cell.{name} = client_cell.{name}" for name in names)
        joined = f"\nLEFT JOIN client_cell ON {same}"
    sets = ", ".join(f"({', '.join(f'part.{name}' for name in kept)})" for kept in _sets(names))
    tables.append(
        f"cell AS (\n  SELECT\n    {_lines(aggregates)}\n  FROM part\n  CROSS JOIN settings\n  GROUP BY GROUPING SETS ({sets})\n)"
    )
    order = ", ".join(f"cell.{name}" for name in names)
    sql = "WITH " + ",\n\n".join(tables)
    sql += f"\n\nSELECT\n  {_lines(totals, 2)}\nFROM cell{joined}\nORDER BY {order};\n"
    return Question(
        name="built_table",
        text="Que dit le tableau construit ?",
        grain="one row per cell and per total",
        columns=(
            *(AnswerColumn(name=name, type="VARCHAR", unit="", meaning="its key, empty for a total") for name in names),
            *(AnswerColumn(name=each.column, type=each.type, unit="", meaning=each.label) for each in named),
        ),
        parameters=_parameters(definition),
        order=", ".join(names),
        note=urlencode(definition.to_query(), safe=","),
        sql=sql,
    )


@lru_cache(maxsize=256)
def companies_question(definition: TableDefinition) -> Question:
    """One row per innermost cell and company: its penalties. Only for deciding which amounts to hide: it never leaves as it is."""
    names = _names(definition)
    keys = [f"part.{name}" for name in names]
    company = "coalesce(part.contractor, '') AS company"
    sql = (
        f"WITH {_parts(definition)}\n\nSELECT\n  {_lines([*keys, company, 'sum(part.penalty_eur) AS penalty_eur'], 2)}\n"
        f"FROM part\nWHERE part.penalty_eur IS NOT NULL\nGROUP BY {', '.join([*keys, 'part.contractor'])}\n"
        f"ORDER BY {', '.join([*names, 'company'])};\n"
    )
    return Question(
        name="built_table_companies",
        text="Quelles entreprises sont dans chaque case ?",
        grain="one row per innermost cell and company",
        columns=(
            *(AnswerColumn(name=name, type="VARCHAR", unit="", meaning="its key") for name in names),
            AnswerColumn(name="company", type="VARCHAR", unit="", meaning="SIRET, else name; empty when unknown"),
            AnswerColumn(name="penalty_eur", type="DECIMAL(38,2)", unit="eur", meaning="its penalties in the cell"),
        ),
        parameters=(),
        order=", ".join([*names, "company"]),
        note=urlencode(definition.to_query(), safe=","),
        sql=sql,
    )


def _names(definition: TableDefinition) -> tuple[str, ...]:
    """The names of the keys that the table has."""
    return (*KEYS[: len(definition.rows)], *([] if definition.columns is None else KEYS[2:]))


def _sets(names: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Which keys each level keeps: cells; totals of rows, of columns, of groups of rows; the whole."""
    subsets = [kept for size in range(len(names), -1, -1) for kept in combinations(names, size)]
    # A total over the first dimension that keeps the second one belongs to no row.
    return [kept for kept in subsets if "row_2" not in kept or "row_1" in kept]


def levels(definition: TableDefinition) -> list[tuple[int, ...]]:
    """Which dimensions, by their number from 0, each level keeps: the cells first, the whole last."""
    names = _names(definition)
    return [tuple(names.index(name) for name in kept) for kept in _sets(names)]


def _parts(definition: TableDefinition) -> str:
    names = _names(definition)
    expressions = dict(zip(names, definition.dimensions, strict=True))
    if not definition.is_by_line:
        return _BY_LOT.format(
            keys=_lines(
                [f"{_first(definition, name, expression.sql)} AS {name}" for name, expression in expressions.items()]
            )
        )
    of_line = {name: expression.sql for name, expression in expressions.items() if expression.of_line}
    of_lot = {name: expression.sql for name, expression in expressions.items() if not expression.of_line}
    return _BY_LINE.format(
        line_keys=_lines([f"{sql} AS {name}" for name, sql in of_line.items()]),
        line_names=", ".join(of_line.values()),
        lot_keys="".join(f",\n    {sql} AS {name}" for name, sql in of_lot.items()),
        keys=_lines(
            [f"{_first(definition, name, ('line.' if name in of_line else 'lot.') + name)} AS {name}" for name in names]
        ),
    )


def _first(definition: TableDefinition, name: str, sql: str) -> str:
    """The key of a row: its own when it is among the first ones, else that of the others."""
    if name != KEYS[0] or definition.top is None:
        return sql
    return f"CASE WHEN list_contains($kept, {sql}) THEN {sql} ELSE '{OTHERS}' END"


def _clients(definition: TableDefinition, names: tuple[str, ...]) -> str:
    """Clients of each cell and total, counted as the headline does: a running lot, or hours. By line: hours alone."""
    sets = ", ".join(f"({', '.join(f'part.{name}' for name in (*kept, 'client_id'))})" for kept in _sets(names))
    running = "bool_or(part.is_running) OR sum(part.hours_validated) > 0"
    return _CLIENTS.format(
        totals=_lines([f"coalesce(part.{name}, '{TOTAL}') AS {name}" for name in names]),
        client_sets=sets,
        names=", ".join(names),
        is_active="bool_or(part.is_counted)" if definition.is_by_line else running,
    )


def _parameters(definition: TableDefinition) -> tuple[AnswerColumn, ...]:
    if definition.top is None:
        return ()
    return (AnswerColumn(name="kept", type="VARCHAR[]", unit="", meaning="the first keys, which stand alone"),)


def _lines(parts: list[str], indent: int = 4) -> str:
    return (",\n" + " " * indent).join(parts)
