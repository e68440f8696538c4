"""The definitions, and the dictionary below them: complete, in the reader's language, found by words without accents, downloadable."""

from decimal import Decimal
from pathlib import Path

import pytest

from data import codes
from data.release.tables import EVERY_TABLE, INTERNAL
from data.words import Words
from pages.definitions.entries import Entry, entries
from pages.definitions.file import markdown
from pages.parts.terms import TERMS
from queries.questions import questions
from tests.extracts import contract, entry, publish_rows
from tests.pages.conftest import Shown, texts

FRENCH = entries(Words("fr"), several=True)


def named(name: str, group: str) -> Entry:
    (found,) = (one for one in FRENCH if one.name == name and one.group == group)
    return found


def test_everything_is_in_it_with_a_definition() -> None:
    there = {(one.group, one.name) for one in FRENCH}
    assert {(table.name, column.name) for table in EVERY_TABLE for column in table.columns} <= there
    assert {(name, column.name) for name, question in questions().items() for column in question.columns} <= there
    assert {("", term.name) for term in TERMS} <= there
    assert {(listed.label, str(code)) for listed in codes.CODE_LISTS for code in listed.codes} <= there
    lists = {listed.label for listed in codes.CODE_LISTS} | {"Alertes d’un lot", "États d’un jalon"}
    # A code is told by its label; everything else has a definition of its own.
    assert [one for one in FRENCH if not one.definition and one.group not in lists] == []
    assert all(one.source for one in FRENCH if one.group)


def test_a_single_authority_reads_nothing_of_structures() -> None:
    single = entries(Words("fr"))
    assert not [one for one in single if "structure" in (one.name, one.group) or one.group == "hours_by_structure"]
    assert len(single) < len(FRENCH)


def test_tables_of_persons_say_that_nobody_reads_them() -> None:
    assert {table.name for table in INTERNAL} == {"persons"}
    for table in EVERY_TABLE:
        (found,) = (one for one in FRENCH if one.part == "Colonnes" and one.name == one.group == table.name)
        assert ("aucune de ses lignes n’est montrée" in found.definition) == (table in INTERNAL)


def test_an_indicator_says_its_formula_wherever_it_is_a_column() -> None:
    assert named("completion_ratio", "hours_by_client").formula.startswith("Somme des heures validées ÷")
    assert named("contracts_social", "social_share_by_year").formula == ""  # about the share, not the share itself
    untold = {
        one.name for one in FRENCH if one.name.endswith("_ratio") and not one.formula and "÷" not in one.definition
    }
    assert untold == {"target_ratio", "national_ratio"}  # given, not computed


def test_a_column_of_an_answer_that_may_be_empty_says_so() -> None:
    assert named("completion_ratio", "hours_by_client").kind == "DOUBLE, peut être vide"
    assert named("hours_validated", "hours_by_client").kind == "DECIMAL(38,2)"


def test_a_column_of_codes_says_them() -> None:
    assert "Codes\u00a0: metropole, commune, hopital" in named("client_type", "contracts").definition


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_nothing_is_in_the_other_language(lang: str) -> None:
    english = {one.definition for one in entries(Words("en"), several=True)}
    shared = {one.definition for one in FRENCH} & english - {""}
    assert {text for text in shared if " " in text} == set(), lang


def test_words_are_found_without_accents() -> None:
    found = [one for one in FRENCH if one.has("rythme DETTES")]
    assert found == []
    assert named("expected_hours", "lots") in [one for one in FRENCH if one.has("Heures attendues répartie egalement")]
    assert named("hours_pending", "headline") in [one for one in FRENCH if one.has("hours_pending")]


def test_the_page_folds_finds_and_gives_files(shown: Shown, tmp_path: Path) -> None:
    publish_rows(tmp_path, [contract()], [entry(hours_validated=Decimal(10))])
    page = shown("definitions/page.py")
    assert "Somme des heures validées ÷ somme des heures engagées" in texts(page)  # the indicators are open
    assert "<code>contract_id</code>" not in texts(page)  # the rest is folded
    page.text_input(key="recherche").set_value("geiq").run()
    assert "Groupement d’employeurs pour l’insertion et la qualification." in texts(page)
    assert len(page.get("download_button")) == 6
    page.text_input(key="recherche").set_value("licorne").run()
    assert "0 entrée trouvée." in texts(page)


def test_the_markdown_file_has_every_entry() -> None:
    text = markdown(FRENCH, Words("fr")).decode("utf-8")
    assert text.startswith("# Dictionnaire des données\n\n## Termes\n")
    assert text.count("\n- ") == len(FRENCH)
    assert "- **\\<26** (Moins de 26 ans)" in text
