"""What every .sql file of queries/ keeps to: its header is true, it reads only through the macros, it will translate."""

import ast
import inspect
import re
import typing
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from random import Random
from types import UnionType

import pyarrow as pa
import pytest
import sqlglot
from sqlglot import exp

from data.codes import Role
from queries import answers, row_types
from queries.engine import BOUND, Database, named_parameters
from queries.meanings import column_meaning
from queries.questions import FOLDER, Question, question, questions
from queries.rights.access import Access
from queries.rights.rights import GUARDED, Rights
from queries.scope import Scope
from queries.secrecy.exact import bound_populations
from tests.queries.asking import EVERYTHING, Opened, milestone, milestones
from tests.queries.random_extracts import RANDOM_SEED, random_scope

NAMES = sorted(questions())
SHARED = sorted(file.name for file in FOLDER.glob("_*.sql"))
EVERY_FILE = sorted(file.name for file in FOLDER.glob("*.sql"))
PARTS = ["Grain", "Columns", "Parameters", "Order", "Note"]
# The files that are longer than a screen, each of them one question all the same.
LONG = {
    "headline",
    "milestone_progress",
    "milestone_backtest",
    "filter_choices",
    "people_by_year",
    "detail_hours",
    "detail_lots",
    "hours_by_year",
    "hours_compared",
    "years_compared",
}


@pytest.fixture(scope="module")
def database(opened: Opened) -> Database:
    return opened("contract_id\nM1", "month\n2020-01", settings=milestones(milestone(100)))


@cache
def statements(file: str) -> list[exp.Expr]:
    """Its trees, which the tests only read."""
    text = (FOLDER / file).read_text(encoding="utf-8")
    return [tree for tree in sqlglot.parse(text, dialect="duckdb") if tree is not None]


def parameters_of(one_question: Question) -> dict[str, str]:
    return {parameter.name: "" for parameter in one_question.parameters}


# Headers


@pytest.mark.parametrize("name", NAMES)
def test_a_header_says_the_question_and_its_parts_in_order(name: str) -> None:
    one_question = question(name)
    assert one_question.text.endswith(("\N{NARROW NO-BREAK SPACE}?", " ?")), one_question.text
    assert one_question.grain.startswith("one row")
    assert one_question.columns
    assert one_question.order
    header = one_question.sql[: one_question.sql.index("\n", one_question.sql.rindex("\n--") + 1)]
    found = re.findall(rf"^-- ({'|'.join(PARTS)}):", header, re.MULTILINE)
    assert found == [part for part in PARTS if part in found]


@pytest.mark.parametrize("name", NAMES)
def test_a_header_declares_the_columns_of_the_answer(database: Database, name: str) -> None:
    one_question = question(name)
    values = {
        "scope": EVERYTHING.bound(),
        "rights": EVERYTHING.rights_bound(),
        "populations": bound_populations(EVERYTHING),
        **parameters_of(one_question),
    }
    wanted = {parameter: values[parameter] for parameter in named_parameters(one_question.sql)}
    relation = database.connection.cursor().sql(one_question.sql, params=wanted)
    answered = [(column, str(kind)) for column, kind in zip(relation.columns, relation.types, strict=True)]
    assert [(column.name, column.type) for column in one_question.columns] == answered


@pytest.mark.parametrize("name", NAMES)
def test_a_header_declares_the_parameters_beyond_the_scope(name: str) -> None:
    one_question = question(name)
    assert named_parameters(one_question.sql) - BOUND == parameters_of(one_question).keys()


@pytest.mark.parametrize("name", NAMES)
def test_a_meaning_is_told_for_each_column(name: str) -> None:
    assert all(column.meaning for column in question(name).columns)


@pytest.mark.parametrize("name", NAMES)
def test_readers_have_words_for_each_column(name: str) -> None:
    """The header is for who reads SQL; screens, files and the dictionary take their words from queries/vocabulary.py."""
    untold = [
        column.name
        for column in question(name).columns
        if not (found := column_meaning(column.name, name)) or not found.definition
    ]
    assert untold == [], "add them to WORDS in queries/vocabulary.py"


# What may be empty.


def answers_to(asking: Database | Access, name: str) -> Iterator[pa.Table]:
    """The answers over several scopes, of some lots where a question is about one."""
    die = Random(RANDOM_SEED)
    for scope in (EVERYTHING, Scope(include_uncounted=True), Scope(clients=()), *(random_scope(die) for _ in range(2))):
        parameters = [parameters_of(question(name))]
        if "lot_id" in parameters[0]:
            lots = asking.ask("lots", scope).select(["contract_id", "lot_id"]).to_pylist()
            parameters = die.sample(lots, min(4, len(lots)))
        yield from (asking.ask(name, scope, **given) for given in parameters)


@pytest.mark.parametrize("name", NAMES)
def test_a_column_without_a_question_mark_is_never_null(everything: Database, name: str) -> None:
    required = [column.name for column in question(name).columns if not column.nullable]
    answered = list(answers_to(everything, name))
    assert sum(answer.num_rows for answer in answered) > 0
    empty = {column for answer in answered for column in required if answer[column].null_count}
    assert empty == set(), f"write a ? after their type in queries/{name}.sql, or return no NULL"


def test_the_typed_answers_are_those_of_the_headers() -> None:
    assert row_types.FILE.read_text(encoding="utf-8") == row_types.text(), "run: python -m queries.answers"


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_typed_rows_are_those_that_a_reader_receives(everything: Database, name: str) -> None:
    """Column for column, with what secrecy and rights add or empty."""
    returned = typing.get_type_hints(getattr(answers, name))["return"]
    (row,) = typing.get_args(returned) or (returned,)
    kinds = {column: _allowed(kind) for column, kind in typing.get_type_hints(row).items()}
    for role in (Role.ADMINISTRATEUR, Role.PUBLIC):
        access = Access(database=everything, rights=Rights(role=role))
        if name in GUARDED and not access.rights.may(GUARDED[name]):
            continue
        for answer in answers_to(access, name):
            assert answer.column_names == list(kinds)
            for column, allowed in kinds.items():
                assert {type(value) for value in answer[column].to_pylist()} <= allowed, column


def _allowed(kind: object) -> set[object]:
    """The types of the values that an annotation such as `list[str] | None` lets through."""
    return {typing.get_origin(one) or one for one in (typing.get_args(kind) if isinstance(kind, UnionType) else [kind])}


# Python beside SQL


def test_the_macros_read_every_field_of_the_scope_and_no_other() -> None:
    """A field that no macro reads would be a filter without effect."""
    text = "".join((FOLDER / file).read_text(encoding="utf-8") for file in SHARED)
    read = set(re.findall(r"\b(?:scope|rights)\['(\w+)'\]", text))
    assert read == {field.name for field in fields(Scope)} - {"within", "reading"}


@pytest.mark.parametrize("name", NAMES)
def test_each_file_has_its_typed_function(database: Database, name: str) -> None:
    one_question, function = question(name), getattr(answers, name)
    expected: dict[str, object] = {"access": Access}
    if named_parameters(one_question.sql) & {"scope", "populations"}:
        expected["scope"] = Scope
    expected |= dict.fromkeys(parameters_of(one_question), str)
    hints = typing.get_type_hints(function)
    is_list = typing.get_origin(hints.pop("return")) is list
    assert hints == expected
    assert (inspect.getdoc(function) or "").startswith("One row")
    access = Access(database=database, rights=Rights(role=Role.ADMINISTRATEUR))
    given = {"access": access, "scope": EVERYTHING, **parameters_of(one_question)}
    answer = function(**{argument: given[argument] for argument in expected})
    assert isinstance(answer, list) == is_list == (one_question.order != "a single row")


def test_there_is_no_function_without_a_file() -> None:
    functions = [
        name
        for name, value in vars(answers).items()
        if inspect.isfunction(value) and value.__module__ == answers.__name__
    ]
    assert sorted(functions) == NAMES


# Only through the macros

# Every table macro that takes the scope: through these, filters and rights apply.
MACROS = {
    name
    for file in SHARED
    for name in re.findall(
        r"^CREATE MACRO (\w+)\((?:scope|rights|populations)(?:, rights)?"
        r"(?:, (?:search VARCHAR|other_field|past|extra_hours))?\) AS TABLE",
        (FOLDER / file).read_text(encoding="utf-8"),
        re.MULTILINE,
    )
}
# What the filters could cut. The rest (months, settings, milestones, names…) is the same for every scope.
FACTS = {
    "contracts", "hours", "hours_monthly", "lots", "notified", "notified_contracts", "buyers", "anomalies_found",
    "persons",
    "comments", "comments_written",
}  # fmt: skip
# What a file reads past the macros, and why it may.
PAST_THE_MACROS = {
    "lot_last_months": {"hours_monthly"},  # joined to the lots that lots_in_scope let through
    "lot_months": {"hours_monthly"},  # joined to the lot that lots_in_scope let through
}


def read_by(tree: exp.Expr) -> set[str]:
    """Tables and table macros that a statement reads, its own CTEs left out."""
    own = {cte.alias for cte in tree.find_all(exp.CTE)}
    return {
        (table.this.name if isinstance(table.this, exp.Anonymous) else table.name) for table in tree.find_all(exp.Table)
    } - own


@pytest.mark.parametrize("name", NAMES)
def test_questions_read_only_through_the_macros(name: str) -> None:
    (tree,) = statements(f"{name}.sql")
    assert read_by(tree) & FACTS == PAST_THE_MACROS.get(name, set())


def test_facts_are_read_where_views_are_made_and_where_filters_apply() -> None:
    reading = {file for file in SHARED if set().union(*map(read_by, statements(file))) & FACTS}
    assert reading == {
        "_choices.sql",
        "_comments.sql",
        "_detail.sql",
        "_filters.sql",
        "_notified.sql",
        "_persons.sql",
        "_scope.sql",
        "_views.sql",
    } & set(SHARED)


def test_every_table_macro_takes_the_scope() -> None:
    text = "".join((FOLDER / file).read_text(encoding="utf-8") for file in SHARED)
    assert sorted(re.findall(r"^CREATE MACRO (\w+)\([^)]*\) AS TABLE", text, re.MULTILINE)) == sorted(MACROS)


@pytest.mark.parametrize("name", NAMES)
def test_a_question_about_hours_or_lots_takes_the_scope_or_the_rights(name: str) -> None:
    (tree,) = statements(f"{name}.sql")
    assert bool(named_parameters(question(name).sql) & BOUND) == bool(read_by(tree) & MACROS)


# Answers


def final_selects(tree: exp.Expr) -> Iterator[exp.Select]:
    """The SELECTs whose columns are the answer's: one, or each branch of a UNION."""
    if isinstance(tree, exp.SetOperation):
        yield from final_selects(tree.left)
        yield from final_selects(tree.right)
    elif isinstance(tree, exp.Select):
        yield tree


@pytest.mark.parametrize("name", NAMES)
def test_an_answer_names_its_columns(name: str) -> None:
    (tree,) = statements(f"{name}.sql")
    for select in final_selects(tree):
        assert not [column for column in select.expressions if column.find(exp.Star) and not column.find(exp.Count)]


@pytest.mark.parametrize("name", NAMES)
def test_an_answer_is_one_statement_in_an_order(name: str) -> None:
    (tree,) = statements(f"{name}.sql")
    assert tree.args.get("order") or question(name).order == "a single row"


# Portability: tests/queries/sail runs the questions on another engine; these rules hold what a small extract may not show.


@pytest.mark.parametrize("file", EVERY_FILE)
def test_ratios_are_doubles_and_never_divide_by_zero(file: str) -> None:
    for tree in statements(file):
        for division in tree.find_all(exp.Div):
            divisor = division.expression
            assert isinstance(divisor, exp.Nullif | exp.Literal), f"{file}: {division.sql()}"
            assert isinstance(divisor, exp.Literal) or _has_double(division.this), f"{file}: {division.sql()}"


def _has_double(tree: exp.Expr) -> bool:
    return any(cast.to.this == exp.DType.DOUBLE for cast in tree.find_all(exp.Cast))


@pytest.mark.parametrize("file", EVERY_FILE)
def test_running_totals_write_their_frame_out(file: str) -> None:
    for tree in statements(file):
        for window in tree.find_all(exp.Window):
            ordered = window.args.get("order") is not None
            ranked = isinstance(window.this, exp.Rank | exp.RowNumber | exp.DenseRank)
            assert ranked or ordered == (window.args.get("spec") is not None), f"{file}: {window.sql()}"


@pytest.mark.parametrize("file", EVERY_FILE)
def test_joins_name_their_kind(file: str) -> None:
    for tree in statements(file):
        for join in tree.find_all(exp.Join):
            assert join.side or join.kind, f"{file}: {join.sql()}"
            assert join.args.get("on") or join.kind == "CROSS", f"{file}: {join.sql()}"


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("file", SHARED)
def test_views_and_macros_are_understood(file: str) -> None:
    for tree in statements(file):
        assert isinstance(tree, exp.Create), tree.sql()


# Layout


@pytest.mark.parametrize("file", EVERY_FILE)
def test_lines_are_short(file: str) -> None:
    long = [line for line in (FOLDER / file).read_text(encoding="utf-8").splitlines() if len(line) > 130]
    assert long == []


def test_a_question_fits_a_screen() -> None:
    def length(name: str) -> int:
        return len([line for line in question(name).sql.splitlines() if line and not line.startswith("--")])

    assert {name for name in NAMES if length(name) > 60} <= LONG


def test_a_file_bears_a_name_that_a_shell_and_a_link_take() -> None:
    assert [name for name in NAMES if not re.fullmatch(r"[a-z]+(_[a-z0-9]+)*", name)] == []


def test_values_are_bound_never_formatted() -> None:
    """The one module that runs SQL puts nothing into it but paths, quoted, and the names of the release's files."""
    tree = ast.parse((FOLDER / "open_release.py").read_text(encoding="utf-8"))
    put_in = {ast.unparse(node.value) for node in ast.walk(tree) if isinstance(node, ast.FormattedValue)}
    assert {text for text in put_in if "_quoted" not in text} == {"name"}
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr == "format"]
