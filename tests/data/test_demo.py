"""The demonstration keeps to the data contract, is the same for the same seed, and grows without changing its shape."""

import hashlib
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from data.demo import write_demo
from data.demo.__main__ import main
from data.reference import communes
from data.schema import ALL_TABLES, TABLES, Table

Ask = Callable[[str], list[tuple[Any, ...]]]


def fingerprints(out: Path) -> list[str]:
    return [hashlib.sha256((out / f"{table.name}.parquet").read_bytes()).hexdigest() for table in ALL_TABLES]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_has_the_columns_and_types_of_the_contract(ask_demo: Ask, table: Table) -> None:
    described = [(name, sql_type) for name, sql_type, *_ in ask_demo(f"DESCRIBE {table.name}")]
    assert described == [(column.name, column.sql_type) for column in table.columns]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_value_is_allowed(ask_demo: Ask, table: Table) -> None:
    for column in table.columns:
        if not column.nullable:
            assert ask_demo(f"SELECT count(*) FROM {table.name} WHERE {column.name} IS NULL") == [(0,)], column.name
        if column.codes:
            found = {value for (value,) in ask_demo(f"SELECT DISTINCT {column.name} FROM {table.name}")} - {None}
            assert found <= set(column.codes), column.name
        if column.minimum is not None:
            assert ask_demo(f"SELECT count(*) FROM {table.name} WHERE {column.name} < {column.minimum}") == [(0,)]
        if column.maximum is not None:
            assert ask_demo(f"SELECT count(*) FROM {table.name} WHERE {column.name} > {column.maximum}") == [(0,)]
        if column.max_length:
            assert ask_demo(f"SELECT count(*) FROM {table.name} WHERE length({column.name}) > {column.max_length}") == [
                (0,)
            ]


def test_contracts_have_a_unique_key_and_ordered_dates(ask_demo: Ask) -> None:
    assert ask_demo("SELECT count(*) - count(DISTINCT (contract_id, lot_id)) FROM contracts") == [(0,)]
    assert ask_demo("SELECT count(*) FROM contracts WHERE starts_on > ends_on") == [(0,)]
    assert ask_demo("SELECT count(*) FROM contracts WHERE hours_committed = 0") == [(0,)]
    assert ask_demo("SELECT count(*) FROM contracts WHERE counts_in_total = (clause_category = 'means')") == [(0,)]


def test_hours_are_quarters_on_first_days_with_status_and_validation_that_agree(ask_demo: Ask) -> None:
    assert ask_demo("SELECT count(*) FROM hours WHERE day(month) <> 1") == [(0,)]
    assert ask_demo("SELECT count(*) FROM hours WHERE hours_declared * 4 % 1 <> 0 OR hours_validated * 4 % 1 <> 0") == [
        (0,)
    ]
    assert ask_demo("SELECT count(*) FROM hours WHERE (status = 'declared') <> (hours_validated IS NULL)") == [(0,)]
    assert ask_demo("SELECT count(*) FROM hours WHERE status = 'rejected' AND hours_validated <> 0") == [(0,)]
    assert ask_demo("SELECT count(*) FROM hours WHERE reject_reason IS NOT NULL AND status <> 'rejected'") == [(0,)]
    assert ask_demo("SELECT count(*) FROM hours WHERE hours_declared < 0 AND status <> 'corrected'") == [(0,)]
    assert ask_demo("SELECT count(*) FROM hours WHERE validated_on < declared_on") == [(0,)]


def test_one_line_per_lot_month_and_work_contract(ask_demo: Ask) -> None:
    """Corrections apart: they repeat the key of the line that they correct."""
    assert ask_demo("""
        SELECT count(*) FROM (
            SELECT 1 FROM counted WHERE status <> 'corrected' AND work_contract_id IS NOT NULL
            GROUP BY contract_id, lot_id, month, work_contract_id HAVING count(*) > 1
        )
    """) == [(0,)]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_is_marked_as_a_demonstration(demo_folder: Path, table: Table) -> None:
    found = duckdb.execute(
        f"SELECT key, value FROM parquet_kv_metadata('{demo_folder}/{table.name}.parquet')"
    ).fetchall()
    assert (b"cap_demo", b"true") in found


def test_nobody_real_is_named(ask_demo: Ask) -> None:
    """Only the Métropole, its communes and the CHU bear their own names."""
    names = {name for (name,) in ask_demo("SELECT DISTINCT client_name FROM contracts")}
    real = {name for name in names if "(fictif)" not in name and "(fictive)" not in name}
    towns = {name.removeprefix("Ville de ").removeprefix("Ville d’").replace("Ville du ", "Le ") for name in real}
    assert towns - {commune.name for commune in communes()} == {"Métropole Rouen Normandie", "CHU de Rouen"}
    assert ask_demo("SELECT count(*) FROM contracts WHERE contractor_name NOT LIKE '%(démo)'") == [(0,)]
    for column in ("client_siret", "contractor_siret"):
        assert ask_demo(f"SELECT count(*) FROM contracts WHERE {column} NOT LIKE '000%'") == [(0,)]


def test_same_seed_same_bytes_another_seed_others(demo_folder: Path, tmp_path: Path) -> None:
    write_demo(tmp_path / "again")
    write_demo(tmp_path / "other", seed=3)
    assert fingerprints(tmp_path / "again") == fingerprints(demo_folder)
    # Comments are written, not drawn: the same for every seed.
    same = set(fingerprints(tmp_path / "other")) & set(fingerprints(demo_folder))
    assert same == {hashlib.sha256((demo_folder / "comments.parquet").read_bytes()).hexdigest()}


def test_threads_do_not_change_the_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two whole demonstrations and a part of a third, to the entry."""
    connect = duckdb.connect
    found = []
    for threads in (1, 2):
        monkeypatch.setattr(duckdb, "connect", lambda threads=threads: connect(config={"threads": threads}))
        write_demo(tmp_path / str(threads), entries=210_001)
        found.append(fingerprints(tmp_path / str(threads)))
    assert found[0] == found[1]
    monkeypatch.undo()
    assert_written(tmp_path / "1", 210_001)


@pytest.mark.parametrize("entries", [1, 999])
def test_writes_exactly_the_entries_asked_for(tmp_path: Path, entries: int) -> None:
    write_demo(tmp_path, entries=entries)
    assert_written(tmp_path, entries)


def test_writes_exactly_the_entries_of_the_default(demo_folder: Path) -> None:
    assert_written(demo_folder, 100_000)


def assert_written(out: Path, entries: int) -> None:
    assert duckdb.execute(f"SELECT count(*) FROM '{out}/hours.parquet'").fetchall() == [(entries,)]
    assert duckdb.execute(f"SELECT min(hours_committed) > 0 FROM '{out}/contracts.parquet'").fetchall() == [(True,)]


def test_a_larger_size_has_the_same_shape(demo_folder: Path, tmp_path: Path) -> None:
    """Three times the entries: three times the hours, the persons and the obligations, year by year."""
    write_demo(tmp_path, entries=300_000)

    def yearly(out: Path) -> list[tuple[Any, ...]]:
        return duckdb.execute(f"""
            SELECT year(month), sum(hours_declared), count(DISTINCT participant_id), count(DISTINCT lot_id)
            FROM '{out}/hours.parquet' GROUP BY 1 ORDER BY 1
        """).fetchall()

    for (year, hours, persons, lots), small in zip(yearly(tmp_path), yearly(demo_folder), strict=True):
        assert year == small[0]
        assert float(hours) == pytest.approx(3 * float(small[1]), rel=0.02)
        assert persons == 3 * small[2]
        assert lots == small[3]
    committed = [
        duckdb.execute(f"SELECT sum(hours_committed) FROM '{out}/contracts.parquet'").fetchall()[0][0]
        for out in (tmp_path, demo_folder)
    ]
    assert committed[0] == 3 * committed[1]
    assert duckdb.execute(f"SELECT count(*) - count(DISTINCT entry_id) FROM '{tmp_path}/hours.parquet'").fetchall() == [
        (72,)
    ]


def test_default_size_is_written_in_no_time(tmp_path: Path) -> None:
    """1.5 s of work at most, counted in the processor's time so that a busy machine does not matter."""
    began = time.process_time()
    write_demo(tmp_path)
    assert time.process_time() - began < 3.0


def test_command_writes_and_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--out", str(tmp_path / "new" / "folder"), "--entries", "500", "--lang", "fr"]) == 0
    assert capsys.readouterr().out.startswith("500 lignes d’heures de démonstration")
    assert sorted(file.name for file in (tmp_path / "new" / "folder").iterdir()) == [
        "comments.parquet",
        "contracts.parquet",
        "hours.parquet",
        "notified.parquet",
    ]


@pytest.mark.parametrize("entries", ["0", "-5", "100000001", "many"])
def test_command_refuses_impossible_sizes(tmp_path: Path, entries: str) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--out", str(tmp_path), "--entries", entries])
    assert stopped.value.code == 2


def test_function_refuses_impossible_sizes(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="entries"):
        write_demo(tmp_path, entries=0)


def test_command_says_why_it_cannot_write(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").touch()
    assert main(["--out", str(tmp_path / "file"), "--lang", "fr"]) == 1
    assert "écriture impossible" in capsys.readouterr().err


def test_command_answers_help() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "data.demo", "--help"], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0
    assert "--entries" in done.stdout


def test_progress_is_told_and_remains_go_away(tmp_path: Path) -> None:
    result: list[float] = []
    write_demo(tmp_path, entries=2_000, progress=result.append)
    assert result[-1] == 1.0
    assert {file.name for file in tmp_path.iterdir()} == {f"{table.name}.parquet" for table in ALL_TABLES}
