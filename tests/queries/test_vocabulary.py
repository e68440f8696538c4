"""Every column, code list and unit that a reader can meet has its words; and no word is left over."""

from pathlib import Path

import pytest

from data import codes
from data.codes import Code
from data.release.tables import EVERY_TABLE
from data.words import Words
from pages.parts.terms import TERMS
from queries.engine import FILES
from queries.errors import QueryError
from queries.meanings import column_meaning, header, of_column
from queries.questions import questions
from queries.table_builder.parts import MEASURES
from queries.vocabulary import ON_PAGES, UNITS, WORDS
from tests.queries.asking import Opened

ANSWERED = [(name, column) for name, one_question in questions().items() for column in one_question.columns]


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


def test_no_answer_has_what_is_declared_for_pages_only() -> None:
    assert set(ON_PAGES) & {column.name for _, column in ANSWERED} == set()
    assert {meaning.term for meaning in ON_PAGES.values()} - {""} <= {term.id for term in TERMS}


@pytest.mark.parametrize(
    ("column", "question", "expected"),
    [
        ("hours_validated", "", "Heures réalisées (h)"),
        ("share_ratio", "hours_by_client", "Part (%)"),
        ("award_weight_pct", "detail_lots", "Pondération du critère (%)"),
        ("amount_eur", "contracts_without_social_condition", "Montant comparé (€\u00a0HT)"),
        ("expected_hours", "lot_months", "Cumul attendu (h)"),
        ("expected_hours", "lots", "Heures attendues (h)"),
        ("months_late", "clients_freshness", "Mois d’écart à la date des données"),
        ("contracts", "hours_by_client", "Marchés"),
        ("contracts", "social_share_by_year", "Marchés notifiés"),
    ],
)
def test_a_header_has_the_unit_of_what_is_measured(column: str, question: str, expected: str) -> None:
    meaning = column_meaning(column, question)
    assert meaning is not None
    assert header(meaning, Words("fr")) == expected


@pytest.mark.parametrize(
    ("column", "question", "kind", "digits"),
    [
        ("hours_validated", "lots", "hours", 2),
        ("objective_hours", "hours_by_year", "hours", 0),
        ("hours_per_1000", "commune_map", "hours", 0),
        ("completion_ratio", "lots", "percent", 0),
        ("change_ratio", "hours_by_year", "change", 0),
        ("amount_eur", "detail_lots", "decimal", 2),
        ("amount_eur", "contracts_without_social_condition", "count", 0),
        ("month", "hours_by_month", "month", 0),
        ("ends_on", "lots", "date", 0),
        ("year", "hours_by_year", "year", 0),
        ("lots", "hours_by_client", "count", 0),
        ("source_row", "anomaly_lines", "text", 0),
        ("in_totals", "anomalies", "yes", 0),
        ("clause_category", "hours_by_clause", "label", 0),
        ("client_name", "lots", "text", 0),
    ],
)
def test_how_a_column_is_written_follows_its_type_and_unit(column: str, question: str, kind: str, digits: int) -> None:
    meaning = column_meaning(column, question)
    assert meaning is not None
    assert (meaning.kind, meaning.digits) == (kind, digits)


def test_a_built_table_calls_its_measures_as_the_vocabulary_does() -> None:
    found = {measure.column: measure.label for measure in MEASURES.values()}
    assert found == {column: meaning.label for column in found if (meaning := column_meaning(column))}


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
    assert set(files) == set(declared) - {"notified", "comments"}
    for name, view in files.items():
        shape = database.connection.cursor().sql(f"DESCRIBE {view}").fetchall()
        assert [(column, kind) for column, kind, *_ in shape] == [
            (column.name, column.sql_type) for column in declared[name].every_column
        ], name
