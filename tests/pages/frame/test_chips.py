"""The filters in force, each with a link that takes it off and keeps all else."""

import html
import re

import pytest
from streamlit.testing.v1 import AppTest

from tests.extracts import contracts_table, hours_table
from tests.pages.conftest import Published, Shown, texts

CONTRACTS = """
    contract_id | client_id | client_name | execution_commune
    M1          | C1        | Client C1   | 76540
    M2          | C2        | Client C2   | 76095
"""
HOURS = """
    contract_id | month   | hours_validated
    M1          | 2020-03 | 100
    M2          | 2020-03 | 20
"""


@pytest.fixture(autouse=True)
def release(published: Published) -> None:
    published(contracts_table(CONTRACTS), hours_table(HOURS))


def chips(at: AppTest) -> dict[str, str]:
    """Where each chip leads, by its text."""
    found = re.findall(r'<ul class="cap-chips".*?</ul>', texts(at))
    return {
        text: html.unescape(address)
        for text, address in (
            (text, address) for address, text in re.findall(r'<a href="([^"]*)"[^>]*>([^<]*)</a>', "".join(found))
        )
    }


def test_each_value_is_taken_off_alone(shown: Shown) -> None:
    found = chips(shown("communes/page.py", communes="76540,76095", clients="C1,C2", annees="2020", mesure="habitants"))
    kept = "?mesure=habitants&"
    assert found == {
        "année 2020": kept + "clients=C1,C2&communes=76095,76540",
        "maître d’ouvrage\u00a0: Client C1": kept + "annees=2020-2020&clients=C2&communes=76095,76540",
        "maître d’ouvrage\u00a0: Client C2": kept + "annees=2020-2020&clients=C1&communes=76095,76540",
        "commune d’exécution\u00a0: Bihorel (76095)": kept + "annees=2020-2020&clients=C1,C2&communes=76540",
        "commune d’exécution\u00a0: Rouen (76540)": kept + "annees=2020-2020&clients=C1,C2&communes=76095",
    }


def test_a_range_of_months_is_one_chip_on_every_page(shown: Shown) -> None:
    for page in ("clients/page.py", "years/page.py", "totals/page.py"):
        assert chips(shown(page, mois="2020-03..2021-01", clients="C1")) == {
            "de mars 2020 à janvier 2021": "?clients=C1",
            "maître d’ouvrage\u00a0: Client C1": "?mois=2020-03..2021-01",
        }


def test_the_last_value_leaves_no_filter(shown: Shown) -> None:
    assert chips(shown("years/page.py", clients="C1")) == {"maître d’ouvrage\u00a0: Client C1": "?"}
    assert chips(shown("years/page.py", clients="-")) == {"maître d’ouvrage\u00a0: aucun": "?"}
    assert chips(shown("years/page.py", hors_total="true", lang="en")) == {
        "lots not counted in the total included": "?lang=en"
    }
    assert chips(shown("years/page.py")) == {}
