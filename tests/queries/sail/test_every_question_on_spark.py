"""Every question on Sail, over Spark Connect, against DuckDB: cell by cell, row by row, over six scopes of a random extract.

One way of computing, two engines: what only one of them understands, or understands otherwise, is found here.
"""

import datetime as dt
import math
from dataclasses import replace
from decimal import Decimal
from random import Random
from typing import Any

import pyarrow as pa
import pytest

from queries.compared import EARLIER, earlier_release
from queries.engine import Database
from queries.questions import question, questions
from queries.scope import Reading, Scope
from queries.table_builder.builder import table_question
from queries.whole_years import follows_months
from tests.queries.random_extracts import RANDOM_SEED, random_scope
from tests.queries.sail.conftest import OnSail
from tests.queries.sail.spark_sql import tables_sql
from tests.queries.table_builder.test_builder import definitions

# A second engine for each question: 0.5 s each.
pytestmark = pytest.mark.slow

DIE = Random(RANDOM_SEED)
SCOPES = (
    Scope(reading=Reading.ACCOUNT),
    Scope(include_uncounted=True, reading=Reading.PUBLIC),
    Scope(clients=(), reading=Reading.ACCOUNT),
    *(replace(random_scope(DIE), reading=Reading.ACCOUNT, within=random_scope(DIE)) for _ in range(2)),
    Scope(first_month=dt.date(2019, 5, 1), last_month=dt.date(2020, 8, 1), reading=Reading.ACCOUNT),
)
# What is searched, and which lines of it; a pace that is faster. Other parameters are names of the extract.
GIVEN = {
    "search": "cc 0", "first": "2", "rows": "7", "extra_hours": "250", "period": "quarter", "compared_by": "clauses",
    "compared": "execution,insertion",
}  # fmt: skip


def parameters(database: Database, name: str, scope: Scope) -> list[dict[str, str]]:
    """What the question is asked about: a lot in scope, the release before; over everything without what may be left out."""
    declared = {parameter.name: parameter.optional for parameter in question(name).parameters}
    if "lot_id" in declared:
        lots: list[dict[str, str]] = database.ask("lots", scope).select(["contract_id", "lot_id"]).to_pylist()
        return lots[len(lots) // 2 :][:1]
    if name in EARLIER:
        before = earlier_release(database.release)
        return [{"since": before.id if before else ""}]
    left_out = scope is SCOPES[0]
    return [{parameter: GIVEN[parameter] for parameter, optional in declared.items() if not (optional and left_out)}]


def same(ours: object, theirs: object) -> bool:
    """Equal; doubles but for the order in which they were added up."""
    if isinstance(ours, float) and isinstance(theirs, float):
        return math.isclose(ours, theirs, rel_tol=1e-12)
    numbers = isinstance(ours, int | Decimal) and isinstance(theirs, int | Decimal)
    return ours == theirs and (numbers or type(ours) is type(theirs))


def rows(table: pa.Table) -> list[tuple[Any, ...]]:
    return list(zip(*(column.to_pylist() for column in table.columns), strict=True))


def differences(ours: pa.Table, theirs: pa.Table) -> list[str]:
    """The cells that are not the same, DuckDB's first."""
    assert ours.column_names == theirs.column_names
    assert ours.num_rows == theirs.num_rows
    return [
        f"{column}, row {n}: {one!r}, {other!r}"
        for n, pair in enumerate(zip(rows(ours), rows(theirs), strict=True))
        for column, one, other in zip(ours.column_names, *pair, strict=True)
        if not same(one, other)
    ]


@pytest.mark.parametrize("name", sorted(questions()))
def test_a_question_has_the_same_answer_on_spark(sail: OnSail, name: str) -> None:
    for scope in SCOPES if follows_months(question(name)) else SCOPES[:-1]:
        for given in parameters(sail.database, name, scope):
            ours, theirs = sail.database.ask(name, scope, **given), sail.ask(name, scope, **given)
            assert differences(ours, theirs) == [], (scope, given)


def test_a_built_table_is_the_same_on_spark(sail: OnSail) -> None:
    """Ten of those of every kind; of a table of the greatest, two codes are kept."""
    for definition in Random(RANDOM_SEED).sample(definitions(), 10):
        one_question = table_question(definition)
        given = {parameter.name: ("C1", "76540") for parameter in one_question.parameters}
        for scope in (SCOPES[0], SCOPES[3], SCOPES[-1]):
            ours, theirs = sail.database.ask(one_question, scope, **given), sail.ask(one_question, scope, **given)
            assert differences(ours, theirs) == [], definition


@pytest.mark.parametrize("name", sorted(tables_sql()))
def test_a_table_of_all_questions_is_the_same_on_spark(sail: OnSail, name: str) -> None:
    """In no order: a table has none."""
    ours = sail.database.connection.cursor().execute(f"FROM {name}").to_arrow_table()
    theirs = sail.made[name]
    assert differences(in_order(ours), in_order(theirs)) == []


def in_order(table: pa.Table) -> pa.Table:
    texts = [
        [str(float(cell)) if isinstance(cell, Decimal | int) else str(cell) for cell in row] for row in rows(table)
    ]
    return table.take(pa.array(sorted(range(len(texts)), key=texts.__getitem__), pa.int64()))
