"""Every column, code list and unit that a reader can meet has its words; and no word is left over."""

from pathlib import Path

import pytest

from data import codes
from data.codes import Code
from data.release.tables import EVERY_TABLE
from pages.parts.terms import TERMS
from queries.engine import FILES
from queries.errors import QueryError
from queries.questions import questions
from queries.vocabulary import UNITS, WORDS, column_meaning, of_column
from tests.queries.asking import Opened

ANSWERED = [(name, column) for name, asked in questions().items() for column in asked.columns]


def test_a_column_is_told_within_its_question_else_in_general_else_by_the_extract() -> None:
    progress, in_general = (
        column_meaning("expected_hours", "milestone_progress"),
        column_meaning("expected_hours", "lots"),
    )
    assert progress is not None
    assert in_general is not None
    assert progress.definition.startswith("Pour un objectif annuel")
    assert (in_general.label, in_general.unit, in_general.term) == ("Heures attendues", "h", "rythme-attendu")
    assert in_general == column_meaning("expected_hours")
    sector = column_meaning("sector", "hours_by_sector")
    assert sector is not None
    assert sector.codes is codes.Sector
    assert sector.definition.startswith("Secteur d’activité")


def test_a_name_that_no_answer_has_is_not_told() -> None:
    assert column_meaning("moon_phase") is None
    with pytest.raises(QueryError):
        column_meaning("sector", "hours_by_moon")


def test_the_unit_is_the_header_s_in_words() -> None:
    assert {column.unit for _, column in ANSWERED} - {""} == set(UNITS)
    ratio, workers = column_meaning("share_ratio", "hours_by_clause"), column_meaning("work_contracts", "headline")
    assert ratio is not None
    assert workers is not None
    assert (ratio.unit, workers.unit) == ("fraction (1 = 100\u00a0%)", "contrats")


def test_every_word_is_of_a_column_that_an_answer_has() -> None:
    general = {column.name for _, column in ANSWERED}
    particular = {f"{name}.{column.name}" for name, column in ANSWERED}
    assert set(WORDS) - general - particular == set()
    assert {meaning.term for meaning in WORDS.values()} - {""} <= {term.id for term in TERMS}


def test_every_column_of_a_release_has_a_definition() -> None:
    empty = [(t.name, c.name) for t in EVERY_TABLE for c in t.columns if not (c.label and of_column(c).definition)]
    assert empty == []


def test_every_code_list_is_told_and_every_code_has_its_label() -> None:
    lists = {kind for kind in vars(codes).values() if isinstance(kind, type) and issubclass(kind, Code)} - {Code}
    assert {listed.codes for listed in codes.CODE_LISTS} == lists
    assert all(listed.label and listed.definition and listed.source for listed in codes.CODE_LISTS)
    assert all(code.label for kind in lists for code in kind)


def test_every_file_of_a_release_is_declared_as_it_is_published(opened: Opened) -> None:
    """The view of a table may have another name than its file; `lots` and the like are no files."""
    database = opened("contract_id\nM1", "month\n2020-01")
    files = {Path(file).stem: view for view, file in FILES.items()}
    declared = {table.name: table for table in EVERY_TABLE}
    assert set(files) == set(declared) - {"notified"}
    for name, view in files.items():
        shape = database.connection.cursor().sql(f"DESCRIBE {view}").fetchall()
        assert [(column, kind) for column, kind, *_ in shape] == [
            (column.name, column.sql_type) for column in declared[name].columns
        ], name
