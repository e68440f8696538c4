"""Three highlights since the last publication, without filters only."""

import datetime as dt
from pathlib import Path

import pytest

from tests.extracts import contracts_table, hours_table, publish_rows
from tests.pages.conftest import Shown, texts

LOTS = """
    contract_id | client_id | client_name | subject | hours_committed | starts_on  | ends_on    | status
    SLOW        | B         | Bihorel     | Voirie  | 1000            | 2026-01-01 | 2027-12-31 | running
    IDLE        | B         | Bihorel     | Toits   | 100             | 2026-01-01 | 2027-12-31 | running
    SHORT       | C         | Canteleu    | École   | 100             | 2025-01-01 | 2026-04-30 | running
"""
BEFORE = """
    contract_id | month   | hours_validated
    SLOW        | 2026-01 | 100
    IDLE        | 2026-01 | 1
    SHORT       | 2026-01 | 50
"""


@pytest.fixture(autouse=True)
def releases(tmp_path: Path) -> None:
    after = BEFORE + "SHORT | 2026-07 | 1\nIDLE | 2026-07 | 1"
    publish_rows(tmp_path, contracts_table(LOTS), hours_table(BEFORE), as_of=dt.date(2026, 3, 31))
    publish_rows(tmp_path, contracts_table(LOTS), hours_table(after), as_of=dt.date(2026, 9, 30))


def test_kinds_in_their_order_one_sentence_each(shown: Shown) -> None:
    page = texts(shown("milestones/page.py"))
    # At the end of July 211 of 729 days are over: 318.38 h of 1 100 are expected, 102 are there.
    assert "2 lots ont pris du retard\u00a0: ils ont 216\u00a0h de moins que le rythme attendu." in page
    assert "École (Canteleu)\u00a0: il manque 49\u00a0h. Fin prévue le 30 avril 2026." in page
    assert 'href="changements"' in page


def test_not_under_a_filter(shown: Shown) -> None:
    for query in ({"clients": "B"}, {"annees": "2026"}):
        assert "ont pris du retard" not in texts(shown("milestones/page.py", **query))
