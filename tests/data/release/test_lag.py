"""How soon hours are validated, measured at publish. Data date: 31 October 2026, two months of lag."""

from pathlib import Path

import pytest

from data.release.lag import lag_notices
from data.words import Words
from tests.extracts import contracts_table, hours_table, publish_rows

LINES = """
    month   | hours_validated | validated_on
    2025-09 | 60              | 2025-11-30   # in time: the last day of the second month after
    2025-09 | 30              | 2025-12-01   # a day late
    2025-08 | 10              |              # says nothing
    2025-10 | 500             | 2026-10-01   # less than a year old: more may be to come
    2023-09 | 500             | 2026-10-01   # too old
"""


def test_hours_validated_after_the_lag_are_weighed(tmp_path: Path) -> None:
    release = publish_rows(tmp_path, contracts_table("contract_id\nM1"), hours_table(LINES))
    assert release.validated_in_time == pytest.approx(60 / 90)


def test_without_dates_nothing_is_measured(tmp_path: Path) -> None:
    release = publish_rows(tmp_path, contracts_table("contract_id\nM1"), hours_table("month\n2025-01"))
    assert release.validated_in_time is None


def test_a_lag_that_is_too_short_is_a_warning() -> None:
    (notice,) = lag_notices(0.667, 2)
    assert notice.text(Words("fr")).startswith("66\u00a0% seulement des heures sont validées dans les 2 mois")
    assert lag_notices(0.8, 2) == lag_notices(None, 2) == []
