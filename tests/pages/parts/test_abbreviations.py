"""Abbreviations are spelt out the first time that a page writes them."""

import datetime as dt
import html
import re

import pytest

from pages.frame.menu import PAGES
from pages.parts.abbreviations import ABBREVIATIONS
from tests.extracts import contracts_table, hours_table
from tests.pages.conftest import Published, Shown, markup
from tests.queries.random_extracts import random_extract, random_notified, with_exits

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
def release(published: Published) -> None:
    published(contracts_table(CONTRACTS), hours_table(HOURS))


@pytest.mark.parametrize(
    ("language", "name"),
    [("fr", "structures d’insertion par l’activité économique"), ("en", "work integration social enterprises")],
)
def test_an_abbreviation_has_its_name_once_a_page(shown: Shown, language: str, name: str) -> None:
    for _ in range(2):  # and again after the next run
        page = "\n".join(block.proto.body for block in shown("clauses/page.py", lang=language).get("html"))
        assert page.count(f'<abbr title="{name}">SIAE</abbr>') == 1
        assert page.index("<abbr ") < page.rindex("SIAE")


# The names on *Réglages* are those of the file.
@pytest.mark.parametrize("script", sorted({page.script for page in PAGES} - {"settings/page.py"}))
def test_every_page_spells_them_out_in_its_tables_too(published: Published, shown: Shown, script: str) -> None:
    drawn = random_extract(7, lots=48, lines=1500)
    published(drawn.contracts, with_exits(drawn.hours, 7), as_of=dt.date(2021, 7, 31), decp=random_notified(7))
    page = markup(shown(script))
    text = html.unescape(re.sub(r"<[^>]*>", " ", page))
    for short, name in ABBREVIATIONS.items():
        if re.search(rf"\b{short}\b", text) and name.lower() not in text.lower():
            assert page.count(f">{short}</abbr>") == 1, short
