"""The promise of a milestone's date, kept: eight times in ten over generated authorities, 15 of 19 past dates of the demonstration."""

import datetime as dt
import math
from pathlib import Path

import pytest

from data.demo import write_demo
from data.publish import publish
from data.settings import load_settings
from queries.open_release import open_release
from tests.bench.forecast import FAMILIES, coverage
from tests.queries.asking import answer

pytestmark = pytest.mark.slow
AUTHORITIES = 30


@pytest.mark.parametrize("name", FAMILIES)
def test_the_interval_holds_eight_times_in_ten(name: str) -> None:
    """Between 75 and 85 times in 100 for each horizon, within twice the sampling error of that many dates."""
    for bucket, held in coverage(FAMILIES[name], name, AUTHORITIES).items():
        share = sum(held) / len(held)
        error = math.sqrt(share * (1 - share) / len(held))
        assert 0.75 - 2 * error <= share <= 0.85 + 2 * error, f"{bucket}: {share:.1%} of {len(held)}"


def test_fifteen_of_nineteen_past_dates_of_the_demonstration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAP_EXTRACTS", str(tmp_path / "extracts"))
    write_demo(tmp_path / "sources")
    release = publish(sorted((tmp_path / "sources").glob("*.parquet")), today=dt.date(2026, 11, 15))
    rows = answer(open_release.__wrapped__(release, load_settings()), "milestone_backtest")
    past = [row for row in rows if row["milestone"] == "million_2"]
    assert (past[0]["known_dates"], past[0]["inside_dates"]) == (19, 15)
    # The four errors are one episode: the fall from 2018 to 2020.
    assert [row["asked_month"].year for row in past if row["inside"] is False] == [2016, 2017, 2018, 2019]
