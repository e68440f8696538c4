"""The hostile sources that take a second or two; the others are in `python -m tests.faults`."""

from pathlib import Path

import pytest

from tests.faults import hostile

QUICK = (
    "tag_without_end.xlsx",
    "sheets.xlsx",
    "one_text.ods",
    "blank_lines.csv",
    "wide_line.csv",
    "deep.json",
    "entities.xml",
    "footer.parquet",
    "damaged_9_128.parquet",
)


@pytest.mark.parametrize("name", QUICK)
def test_a_hostile_source_is_refused_in_words(tmp_path: Path, name: str) -> None:
    assert hostile.is_refused(tmp_path, name)
