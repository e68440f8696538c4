"""python -m queries: any question from the shell, with the filters of the screens. 0 answered, 1 refused, 2 wrong usage."""

import csv
import io
import json
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from data.schema import CONTRACTS
from data.settings import DEFAULT_FILE
from queries.__main__ import main
from queries.files.write import FORMATS, as_csv, as_json, as_parquet, as_table, as_xlsx, neutralised
from queries.questions import questions
from tests.extracts import contracts_table, hours_table, publish_rows

ROOT = Path(__file__).parents[2]
LOTS = """
    contract_id | client_id | client_name | subject     | clause_category | sector   | hours_committed | counts_in_total | facilitator_code
    M1          | CHU       | CHU         | =1+1        | execution       | batiment | 200             | true            | F1
    M2          | MRN       | Métropole   | Rénovation ; lot 2 | insertion |       |                 | true            |
    M3          | MRN       | Métropole   | Formation   | means           |          |                 | false           |
"""
LINES = """
    contract_id | month   | hours_validated | hours_declared | status    | employer_kind
    M1          | 2019-12 | 120.50          | 120.50         | validated | direct
    M2          | 2020-01 | 35              | 35             | validated | etti
    M2          | 2020-02 |                 | 7.25           | declared  | etti
    M3          | 2020-01 | 1000            | 1000           | validated |
"""


@pytest.fixture(scope="module")
def extracts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("command")
    publish_rows(folder, contracts_table(LOTS), hours_table(LINES))
    return folder / "extracts"


@pytest.fixture(autouse=True)
def _surroundings(extracts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAP_EXTRACTS", str(extracts))
    monkeypatch.setenv("CAP_SETTINGS", str(DEFAULT_FILE))
    monkeypatch.setenv("LANG", "fr_FR.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)


class Shell:
    """Runs the command in this process."""

    def __init__(self, captured: pytest.CaptureFixture[bytes]) -> None:
        self._captured = captured

    def run(self, *arguments: str) -> tuple[int, bytes, str]:
        """Exit code, standard output, standard error."""
        try:
            code = main(list(arguments))
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else 1
        out, result = self._captured.readouterr()
        return code, out, result.decode("utf-8")

    def rows(self, *arguments: str) -> list[dict[str, Any]]:
        """The answer, read back from JSON."""
        code, out, result = self.run(*arguments, "--format", "json")
        assert (code, result) == (0, "")
        rows: list[dict[str, Any]] = json.loads(out)
        return rows

    def hours(self, *arguments: str) -> float:
        """Validated hours under these filters."""
        (row,) = self.rows("headline", *arguments)
        hours: float = row["hours_validated"]
        return hours


@pytest.fixture
def shell(capsysbinary: pytest.CaptureFixture[bytes]) -> Shell:
    return Shell(capsysbinary)


# Filters


@pytest.mark.parametrize(
    ("filters", "hours"),
    [
        ("", 120.5 + 35),
        ("--from-year 2020", 35),
        ("--to-year 2019", 120.5),
        ("--from-year 2019 --to-year 2020", 120.5 + 35),
        ("--from-month 2019-12 --to-month 2019-12", 120.5),
        ("--from-month 2020-01", 35),
        ("--to-month 2019-11", 0),
        ("--client CHU", 120.5),
        ("--client CHU --client MRN", 120.5 + 35),
        ("--client nobody", 0),
        ("--client-type commune", 120.5 + 35),
        ("--client-type hopital", 0),
        ("--clause execution", 120.5),
        ("--clause execution --clause insertion", 120.5 + 35),
        ("--commune 76540", 0),
        ("--commune none", 120.5 + 35),
        ("--sector batiment", 120.5),
        ("--sector none", 35),
        ("--employer-kind etti --employer-kind direct", 120.5 + 35),
        ("--employer-kind etti", 35),
        ("--programme anru", 0),
        ("--facilitator F1", 120.5),
        ("--include-uncounted", 120.5 + 35 + 1000),
        ("--include-uncounted --clause means --employer-kind none", 1000),
    ],
)
def test_the_filters_of_the_screens(shell: Shell, filters: str, hours: float) -> None:
    assert shell.hours(*filters.split()) == hours


def test_a_question_s_own_parameters(shell: Shell) -> None:
    rows = shell.rows("lot_months", "--param", "contract_id=M2", "--param", "lot_id=00")
    assert rows[-1]["cumulative_hours"] == 35


# Formats


def test_json_has_numbers_nulls_and_iso_dates(shell: Shell) -> None:
    first, second = sorted(shell.rows("lots"), key=lambda row: row["contract_id"])
    assert first["hours_validated"] == 120.5
    assert first["completion_ratio"] == 120.5 / 200
    assert first["starts_on"] == "2019-01-01"
    assert first["last_month"] == "2019-12-01"
    assert (second["hours_committed"], second["completion_ratio"]) == (None, None)
    assert second["hours_validated"] == 35
    assert isinstance(second["hours_validated"], int)  # 35, not "35.00"
    (release,) = shell.rows("release_summary")
    assert release["demo"] is False
    months = shell.rows("hours_by_month")
    assert {type(row["provisional"]) for row in months} == {bool}


def test_csv_is_for_french_excel(shell: Shell) -> None:
    code, out, _ = shell.run("lots", "--format", "csv")
    assert code == 0
    assert out.startswith("\ufeff".encode())
    assert b"\r\n" in out
    rows = list(csv.DictReader(io.StringIO(out.decode("utf-8-sig"), newline=""), delimiter=";"))
    by_contract = {row["contract_id"]: row for row in rows}
    assert by_contract["M1"]["subject"] == "'=1+1"  # not run as a formula
    assert by_contract["M2"]["subject"] == "Rénovation ; lot 2"
    assert by_contract["M1"]["hours_validated"] == "120,50"
    assert by_contract["M1"]["completion_ratio"] == "0,6025"
    assert by_contract["M2"]["hours_committed"] == ""
    assert by_contract["M1"]["starts_on"] == "01/01/2019"
    assert by_contract["M1"]["gap_hours"] == "-79,50"  # a number is not neutralised


def test_parquet_reads_back_with_its_types(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "answer.parquet"
    assert shell.run("hours_by_client", "--format", "parquet", "--out", str(file)) == (0, b"", "")
    table = pq.read_table(file)
    assert table.schema.field("hours_validated").type == pa.decimal128(38, 2)
    assert dict(zip(*table.select(["client_id", "hours_validated"]).to_pydict().values(), strict=True)) == {
        "CHU": Decimal("120.50"),
        "MRN": Decimal("35.00"),
    }


def test_a_table_is_aligned_for_the_eye(shell: Shell) -> None:
    code, out, _ = shell.run("hours_by_sector")
    assert code == 0
    assert out.decode() == (
        "sector    hours_validated  share_ratio\n"
        "--------  ---------------  -----------\n"
        "batiment           120.50       0.7749\n"
        "                    35.00       0.2251\n"
    )


def test_the_formats_hold_the_same_rows(shell: Shell, tmp_path: Path) -> None:
    as_json_rows = shell.rows("hours_by_month")
    shell.run("hours_by_month", "--format", "parquet", "--out", str(tmp_path / "p"))
    assert json.loads(as_json(pq.read_table(tmp_path / "p"))) == as_json_rows
    assert len(as_csv(pq.read_table(tmp_path / "p")).splitlines()) == 1 + len(as_json_rows)


def test_an_empty_answer_has_its_columns(shell: Shell) -> None:
    assert shell.rows("lots", "--client", "nobody") == []
    _, out, _ = shell.run("hours_by_sector", "--client", "nobody", "--format", "csv")
    assert out.decode("utf-8-sig") == "sector;hours_validated;share_ratio\r\n"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_text_that_a_spreadsheet_would_run_is_neutralised(start: str) -> None:
    assert neutralised(f"{start}1+1") == f"'{start}1+1"
    written = as_csv(pa.table({f"{start}head": [f"{start}cmd|' /C calc'!A0"]})).decode("utf-8-sig")
    assert all(row[0].startswith(f"'{start}") for row in csv.reader(io.StringIO(written, newline=""), delimiter=";"))


@pytest.mark.parametrize("write", [as_csv, as_json, as_parquet, as_table, as_xlsx])
def test_every_type_of_an_extract_is_written(write: Any) -> None:
    kinds = {"VARCHAR": pa.string(), "DATE": pa.date32(), "BOOLEAN": pa.bool_(), "INTEGER": pa.int32()}
    kinds |= {"VARCHAR[]": pa.list_(pa.string()), "TIMESTAMP": pa.timestamp("us"), "DOUBLE": pa.float64()}
    columns = {column.sql_type: kinds.get(column.sql_type, pa.decimal128(14, 2)) for column in CONTRACTS.columns}
    schema = pa.schema(list((columns | kinds).items()))
    assert write(pa.Table.from_pylist([dict.fromkeys(schema.names)], schema=schema))


# --out, --list, --help


def test_out_writes_the_file(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "answer.json"
    assert shell.run("headline", "--format", "json", "--out", str(file)) == (0, b"", "")
    assert json.loads(file.read_text(encoding="utf-8"))[0]["hours_validated"] == 155.5


def test_out_that_cannot_be_written_is_told(shell: Shell, tmp_path: Path) -> None:
    code, out, result = shell.run("headline", "--out", str(tmp_path / "no" / "folder"))
    assert (code, out) == (1, b"")
    assert result.startswith(f"impossible d’écrire {tmp_path / 'no' / 'folder'} (")


def test_list_names_every_question(shell: Shell) -> None:
    code, out, _ = shell.run("--list")
    assert code == 0
    lines = out.decode().splitlines()
    assert [line.split()[0] for line in lines] == list(questions())
    assert all(line.endswith("?") for line in lines)


def test_help_names_every_filter_and_format(shell: Shell) -> None:
    code, out, _ = shell.run("--help")
    assert code == 0
    text = out.decode()
    for word in (
        "--from-year",
        "--to-year",
        "--from-month",
        "--to-month",
        "--client",
        "--client-type",
        "--clause",
        "--commune",
        "--sector",
    ):
        assert word in text
    for word in ("--employer-kind", "--programme", "--facilitator", "--include-uncounted", "--out", "--list", *FORMATS):
        assert word in text


# Refused: 1


def refusal(shell: Shell, *arguments: str) -> str:
    code, out, result = shell.run(*arguments)
    assert (code, out) == (1, b"")
    return result.strip()


def test_an_unknown_question(shell: Shell) -> None:
    assert refusal(shell, "hours_by_moon").startswith("hours_by_moon n’est pas une question. Questions possibles")


def test_years_the_wrong_way_round(shell: Shell) -> None:
    result = refusal(shell, "headline", "--from-year", "2021", "--to-year", "2019")
    assert result == "la première année (2021) vient après la dernière (2019)."


def test_months_that_are_not_known_or_not_of_the_years(shell: Shell) -> None:
    result = refusal(shell, "headline", "--from-month", "2020-03", "--to-month", "2020-01")
    assert result == "le premier mois (2020-03) vient après le dernier (2020-01)."
    result = refusal(shell, "headline", "--from-month", "2020-03", "--from-year", "2019")
    assert result == "l’année 2019 n’est pas celle des mois demandés."
    assert "n’est connue que par années entières" in refusal(shell, "people_by_year", "--from-month", "2020-03")


def test_a_missing_parameter(shell: Shell) -> None:
    assert refusal(shell, "lot_months") == "la question lot_months attend les paramètres contract_id, lot_id."


def test_no_release(shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAP_EXTRACTS", str(tmp_path))
    result = refusal(shell, "headline")
    assert result == "aucune publication\N{NO-BREAK SPACE}: lancez d’abord python -m data.publish."


def test_settings_that_cannot_be_read(shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAP_SETTINGS", str(tmp_path / "nowhere.toml"))
    assert "nowhere.toml" in refusal(shell, "headline")


# Wrong usage: 2


@pytest.mark.parametrize(
    "arguments",
    [
        "",
        "headline --from-year soon",
        "headline --from-month 2020",
        "headline --clause nonsense",
        "headline --client-type nonsense",
        "headline --sector nonsense",
        "headline --nonsense",
        "headline lots",
        "lot_months --param contract_id",
    ],
)
def test_wrong_usage(shell: Shell, arguments: str) -> None:
    code, out, result = shell.run(*arguments.split())
    assert (code, out) == (2, b"")
    assert "usage" in result.lower()


# English


def test_english_when_asked_or_when_the_machine_speaks_it(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    french = refusal(shell, "headline", "--from-year", "2021", "--to-year", "2019")
    english = refusal(shell, "headline", "--from-year", "2021", "--to-year", "2019", "--lang", "en")
    assert english != french
    assert "2021" in english
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    assert refusal(shell, "headline", "--from-year", "2021", "--to-year", "2019") == english


# As a reader types it


def run(*arguments: str, **more: Any) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "queries", *arguments], cwd=ROOT, capture_output=True, check=False, timeout=60, **more
    )


@pytest.mark.slow
def test_the_command_itself() -> None:
    ran = run("headline", "--client", "CHU", "--format", "json")
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert json.loads(ran.stdout)[0]["hours_validated"] == 120.5
    assert run("hours_by_moon").returncode == 1
    assert run("headline", "--nonsense").returncode == 2


def test_a_pipe_that_is_closed_early_is_no_incident() -> None:
    command = f"{sys.executable} -m queries lots --format csv | true"
    ran = subprocess.run(
        command,
        shell=True,
        cwd=ROOT,
        capture_output=True,
        check=False,
        timeout=60,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )
    assert ran.stderr == b""
