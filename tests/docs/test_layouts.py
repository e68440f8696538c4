"""The layouts of PUBLISHING.md are published as they stand there: all of them give the figures of the exact form."""

import re
from pathlib import Path
from typing import Any

import duckdb
import pytest

from data.publish import publish
from tests.extracts import TODAY

TEXT = (Path(__file__).parents[2] / ".docs" / "PUBLISHING.md").read_text(encoding="utf-8")
SECTION = TEXT.split("## Six dispositions courantes")[1]
LAYOUTS = dict(re.findall(r"^### (.+?)\n(.*?)(?=^### |\Z)", SECTION, flags=re.MULTILINE | re.DOTALL))
EXACT = "La forme exacte"
# Computed by hand: 10 + 20,50 in the first contract, 5 in the second; 300 + 150 h committed.
LOTS = [
    ("24-01", "00", "Ville A", "commune", "execution", "300.00", "running"),
    ("24-02", "00", "CHU B", "hopital", "insertion", "150.00", "running"),
]
HOURS = [
    ("24-01", "00", "2024-02-01", "10.00", "10.00", "validated"),
    ("24-01", "00", "2024-03-01", "20.50", "20.50", "validated"),
    ("24-02", "00", "2024-03-01", "5.00", "5.00", "validated"),
]


def rows(file: Path, columns: str) -> list[tuple[Any, ...]]:
    with duckdb.connect() as connection:
        sql = f"SELECT COLUMNS([{columns}])::VARCHAR FROM read_parquet('{file}')"
        return sorted(connection.execute(sql).fetchall())


def test_there_are_six_layouts_and_the_exact_form() -> None:
    assert len(LAYOUTS) == 7
    assert EXACT in LAYOUTS


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_layout_publishes_the_figures_of_the_exact_form(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAP_EXTRACTS", str(tmp_path / "extracts"))
    blocks = re.findall(r"^```(csv|toml) (\S+)\n(.*?)^```$", LAYOUTS[name], flags=re.MULTILINE | re.DOTALL)
    files = []
    for _, file, content in blocks:
        (tmp_path / file).write_text(content, encoding="utf-8")
        files.append(tmp_path / file)
    mapping = next((file for file in files if file.suffix == ".toml"), None)
    release = publish([file for file in files if file.suffix == ".csv"], mapping=mapping, today=TODAY)
    lots = "'contract_id', 'lot_id', 'client_name', 'client_type', 'clause_category', 'hours_committed', 'status'"
    assert rows(release.file("contracts.parquet"), lots) == LOTS
    done = "'contract_id', 'lot_id', 'month', 'hours_declared', 'hours_validated', 'status'"
    assert rows(release.file("hours.parquet"), done) == HOURS
