"""Rows of a table filled by hand that are no data: totals, notes, examples of the model. They are left out with a notice, or raise a question."""

import re
from dataclasses import dataclass
from decimal import Decimal

import duckdb

from data.problems import Problem
from data.schema import Table
from data.sources import readings
from data.sources.csv import note_lines
from data.sources.model_examples import EXAMPLE
from data.sources.raw_table import cut, quoted
from data.sources.suggestions import TOTAL, is_total
from data.sources.table_plan import TablePlan
from data.words import N_, folded

_MOST = 10_000
# The columns whose sum a total may be, in the order in which they are looked for.
_MEASURES = {
    "hours": ("hours_validated", "hours_declared"),
    "contracts": ("hours_committed", "hours_planned", "amount_eur"),
}
_LEFT_OUT = N_("ligne de total, non lue\u00a0: {amount}\u202f; lignes de cette sorte\u00a0: {n}.")
_EXAMPLES = N_("ligne d’exemple du modèle, non lue\u202f; lignes de cette sorte\u00a0: {n}.")
_QUESTION = N_(
    "cette ligne égale la somme de celles qui la précèdent ({amount})\u00a0: est-ce un total\u202f? Répondez dans mapping.toml,"
    ' [{table}.rows] totals = "out" (écartée) ou "data" (gardée).'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """The places of rows that are no data, and the notices about them."""

    rows: tuple[int, ...] = ()
    notices: tuple[Problem, ...] = ()


def says_total(text: str) -> str:
    """The SQL condition that a text says its row is a total."""
    return f"regexp_matches(strip_accents(lower(trim({text}))), {quoted(f'^({TOTAL})')})"


def may_say_total(text: str) -> str:
    """A cheap condition that every text of a total, or of an example, meets; for columns of identifiers, of which few do."""
    return f"lower({text}[1:4]) IN ('exem', 'tota', 'sous', 's/to', 's-to', 's. t', 's to', 'somm', 'cumu', 'ense', 'gran')"


def suspect_rows(connection: duckdb.DuckDBPyConnection, plan: TablePlan, staged: str, suspect: str) -> LeftOut:
    """The totals, notes and repeated headers among the rows that are incomplete, or whose identifier says so.

    `suspect`: the condition of such a row in `staged`.
    """
    raw = plan.raw
    assert plan.table is not None
    texts = [f"coalesce(CAST({sql} AS VARCHAR), '')" for sql in dict.fromkeys(raw.fields)]
    rows = connection.execute(
        f"SELECT source_row, cells FROM (SELECT {raw.row} AS source_row, [{', '.join(texts)}] AS cells FROM {raw.relation})"
        f" WHERE source_row IN (SELECT source_row FROM {staged} WHERE {suspect}) ORDER BY source_row LIMIT {_MOST}"
    ).fetchall()
    places = list(dict.fromkeys(raw.fields))
    headers = [header.strip() for header in raw.headers if header.strip()]
    keys = [
        places.index(plan.fields[key].sql)
        for key in ("contract_id", "entry_id")
        if key in plan.fields and plan.fields[key].sql in places
    ]
    totals: list[tuple[int, str, list[str]]] = []
    notes: list[tuple[int, str]] = []
    examples: list[int] = []
    for row, cells in rows:
        if any(re.match(EXAMPLE, folded(cells[key].strip())) for key in keys):
            examples.append(row)
            continue
        given = [cell.strip() for cell in cells if cell.strip()]
        label = next((cell for cell in given if _is_total(cell)), None)
        if label is None and given and not any(sign.isalpha() for cell in given for sign in cell):
            # Numbers alone: a total without its name when they are the sum of the others, else a row that lacks its keys.
            label = given[0] if _is_sum(connection, plan, staged, suspect, places, cells) else None
        if given == headers:
            notes.append((row, given[0]))
        elif label is not None:
            totals.append((row, label, cells))
        elif len(given) == 1 and len(raw.fields) >= 3 and readings.plain_number(given[0]) is None:
            notes.append((row, given[0]))
    notices = []
    if totals:
        row, label, _ = totals[0]
        amount = _amount(plan, places, [cells for _, _, cells in totals])
        notices.append(
            Problem(
                kind="totals_row",
                file=raw.file,
                row=row,
                value=cut(label),
                message=_LEFT_OUT,
                values={"amount": amount, "n": len(totals)},
                count=len(totals),
            )
        )
    if notes:
        notices.append(note_lines(raw.file, *notes[0], len(notes)))
    if examples:
        n = len(examples)
        values = {"n": n}
        notices.append(
            Problem(kind="example_rows", file=raw.file, row=examples[0], message=_EXAMPLES, values=values, count=n)
        )
    return LeftOut(
        rows=tuple(sorted({row for row, _, _ in totals} | {row for row, _ in notes} | set(examples))),
        notices=tuple(notices),
    )


def _is_sum(
    connection: duckdb.DuckDBPyConnection,
    plan: TablePlan,
    staged: str,
    suspect: str,
    places: list[str],
    cells: list[str],
) -> bool:
    """Whether the row's hours, or euros, are the sum of those of all complete rows."""
    assert plan.table is not None
    for name in _MEASURES.get(plan.table.name, ()):
        field = plan.fields.get(name)
        if field is not None and field.sql in places:
            row = connection.execute(
                f"SELECT sum(v_{name}) FROM {staged} WHERE NOT coalesce({suspect}, false)"
            ).fetchone()
            amount = _number(plan.table, name, cells[places.index(field.sql)].strip())
            return row is not None and amount != 0 and row[0] == amount
    return False


def _is_total(cell: str) -> bool:
    return is_total(folded(cell))


def _amount(plan: TablePlan, places: list[str], rows: list[list[str]]) -> str:
    """What the rows hold in the column that is summed, as text: a total of hours, or of euros."""
    assert plan.table is not None
    for name in _MEASURES.get(plan.table.name, ()):
        field = plan.fields.get(name)
        if field is None or field.sql not in places:
            continue
        texts = [row[places.index(field.sql)].strip() for row in rows]
        numbers = [_number(plan.table, name, text) for text in texts]
        return f"{sum(numbers, Decimal(0)):.2f} {plan.table.column(name).unit}".replace(".", ",")
    return "–"


def _number(table: Table, name: str, text: str) -> Decimal:
    read = readings.number_reader(table.column(name))(text)
    return readings.plain_number(text) or (Decimal(read.value) if read else Decimal(0))


def total_question(
    connection: duckdb.DuckDBPyConnection, plan: TablePlan, relation: str, totals: str | None
) -> Problem | None:
    """The problem of a last row equal to the sum of all rows before it: a question, or a notice where the mapping leaves it out.

    None when there is no such row, or when the mapping says that it is data.
    """
    assert plan.table is not None
    name = next((name for name in _MEASURES.get(plan.table.name, ()) if name in plan.fields), None)
    if name is None or totals == "data":
        return None
    last_row = connection.execute(
        f"SELECT max(source_row), count(*), sum({name}), arg_max({name}, source_row),"
        f" count_if({name} <> 0), count_if(source_row = last_row) FROM (SELECT source_row, {name},"
        f" max(source_row) OVER () AS last_row FROM {relation})"
    ).fetchone()
    if last_row is None or not last_row[1]:
        return None
    row, rows, total, last, given, at_last = last_row
    # Of a column that is unknown everywhere even the count is NULL.
    if last is None or total is None or at_last != 1 or rows < 3 or given < 3 or last == 0 or last * 2 != total:
        return None
    amount = f"{last:.2f} {plan.table.column(name).unit}".replace(".", ",")
    if totals == "out":
        values: dict[str, object] = {"amount": amount, "n": 1}
        return Problem(kind="totals_row", file=plan.raw.file, row=row, message=_LEFT_OUT, values=values)
    values = {"amount": amount, "table": plan.table.name}
    return Problem(
        kind="total_question", file=plan.raw.file, row=row, column=plan.header(name), message=_QUESTION, values=values
    )
