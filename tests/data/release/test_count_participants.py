"""Counts of participants do not depend on how many fields of the ladder are counted at once."""

import datetime as dt
import shutil
from pathlib import Path

import duckdb
import pytest

from data.release import count_participants
from data.release.releases import PERSONS, SKETCHES
from data.secret import FILE
from tests.extracts import publish_rows
from tests.queries.random_extracts import random_extract, with_exits

SEED = 5


def test_a_large_extract_counted_field_by_field_has_the_counts_of_all_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    extract = random_extract(SEED)
    lines = [
        line | {"participant_id": f"P{n % 90}", "gender": ("F", "M")[n % 2]} for n, line in enumerate(extract.hours)
    ]
    hours, as_of = with_exits(lines, SEED), dt.date(2021, 8, 31)
    at_once = publish_rows(tmp_path / "at once", extract.contracts, hours, as_of=as_of)
    # The figures are drawn from the secret of the installation.
    (parted := tmp_path / "parted" / "extracts").mkdir(parents=True)
    shutil.copy(tmp_path / "at once" / "extracts" / FILE, parted)
    monkeypatch.setattr(count_participants, "FEW", 0)
    field_by_field = publish_rows(parted.parent, extract.contracts, hours, as_of=as_of)
    for file in (PERSONS, SKETCHES):
        rows, expected = (
            duckdb.execute("FROM read_parquet($file)", {"file": str(release.file(file))}).fetchall()
            for release in (field_by_field, at_once)
        )
        assert len(expected) > 100
        assert rows == expected
