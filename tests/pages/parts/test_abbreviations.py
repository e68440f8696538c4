"""Abbreviations are spelt out the first time that a page writes them."""

from pathlib import Path

import pytest

from tests.extracts import contracts_table, hours_table, publish_rows
from tests.pages.conftest import Shown

CONTRACTS = """
    contract_id | clause_category     | hours_committed | status
    M1          | reserved_iae        | 100             | running
    M2          | reserved_disability | 100             | running
"""
HOURS = """
    contract_id | month   | hours_validated
    M1          | 2020-03 | 60
    M2          | 2020-03 | 40
"""


@pytest.fixture(autouse=True)
def release(tmp_path: Path) -> None:
    publish_rows(tmp_path, contracts_table(CONTRACTS), hours_table(HOURS))


@pytest.mark.parametrize(
    ("language", "name"),
    [("fr", "structures d’insertion par l’activité économique"), ("en", "work integration social enterprises")],
)
def test_an_abbreviation_has_its_name_once_a_page(shown: Shown, language: str, name: str) -> None:
    for _ in range(2):  # and again after the next run
        page = "\n".join(block.proto.body for block in shown("clauses/page.py", lang=language).get("html"))
        assert page.count(f'<abbr title="{name}">SIAE</abbr>') == 1
        assert page.index("<abbr ") < page.rindex("SIAE")
