"""The commands: exit codes, what they say at the end, and their answer for programs."""

import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from data import check, publish
from data.codes import AnomalyKind
from data.commands import language
from data.release.pointer import current_release
from data.schema import HOURS as HOURS_TABLE
from tests.extracts import contract, entry, hours_table, write_csv, write_parquet

HOURS = hours_table("""
    entry_id | contract_id | month   | hours_validated | hours_declared | status
    E1       | M1          | 2020-03 | 35.50           | 35.50          | validated
    E2       | M1          | 2021-04 |                 | 12             | declared
    E2       | M1          | 2021-04 | 1               | 1              | validated
    E3       | M1          | 2021-05 |                 | 8              | validated
""")
SUMMARY = """\
Lu : contracts.parquet (Marchés et lots, 1 ligne).
Lu : hours.parquet (Heures d’insertion, 4 lignes, 36,50 h).
Lignes lues : marchés 1, heures 4 (hors des totaux : 1).
Heures validées : 35,50 h ; en attente : 12,00 h.
Mois couverts : de mars 2020 à mai 2021.
Date des données : 31 mai 2021.
Anomalies :
  Ligne de déclaration en double : 1 ligne, 1,00 h (hors des totaux)
"""
NOTICE = """\
À savoir :
  lignes validées ou corrigées dont les heures validées sont vides : 1, comptant pour 0 h.
"""


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setenv("CAP_EXTRACTS", str(tmp_path / "extracts"))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    return [str(path) for path in write_parquet(tmp_path, [contract()], HOURS)]


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_check_says_what_publish_would(sources: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert check.main(sources) == 0
    assert plain(capsys.readouterr().out) == f"{NOTICE}\n{SUMMARY}Rien ne s’oppose à la publication.\n"
    assert current_release() is None


def test_publish_ends_on_what_now_serves(sources: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert publish.main(sources) == 0
    release = current_release()
    assert release is not None
    assert plain(capsys.readouterr().out) == f"{NOTICE}\n{SUMMARY}Version {release.id} en service.\n"


def test_check_for_programs(sources: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert check.main([*sources, "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["problems"] == []
    assert [notice["kind"] for notice in printed["notices"]] == ["validated_without_hours"]
    assert {anomaly["kind"] for anomaly in printed["anomalies"]} == {*AnomalyKind}  # those without a row too
    assert printed["anomalies"][0] == {"kind": "duplicate_entry", "rows": 1, "hours": 1.0, "in_totals": False}
    assert printed["tables"]["hours"] == {"rows": 4, "sources": ["hours.parquet"], "absent_columns": []}
    assert printed["data_as_of"] == "2021-05-31"
    assert (printed["hours_validated"], printed["hours_pending"]) == (35.5, 12.0)


def test_problems_for_programs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = write_csv(tmp_path, [contract()], HOURS)
    paths[1].write_text(paths[1].read_text("utf-8-sig").replace("35,50", "beaucoup"), encoding="utf-8")
    assert check.main([*map(str, paths), "--json", "--lang", "fr"]) == 1
    printed = json.loads(capsys.readouterr().out)
    assert [{name: problem[name] for name in problem if name != "message"} for problem in printed["problems"]] == [
        {
            "kind": "not_a_number",
            "file": "hours.csv",
            "row": 2,
            "column": f"{HOURS_TABLE.column(name).label} ({name})",
            "value": "beaucoup",
            "count": 1,
        }
        for name in ("hours_declared", "hours_validated")
    ]
    assert printed["anomalies"] == []


@pytest.mark.parametrize("command", [check, publish])
@pytest.mark.parametrize("arguments", [[], ["--as-of", "hier", "x.csv"], ["--nothing"]])
def test_wrong_usage(command: ModuleType, arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        command.main(arguments)
    assert stopped.value.code == 2


def test_run_as_a_command(sources: list[str], tmp_path: Path) -> None:
    """As PUBLISHING.md has it, from a shell."""
    for arguments, code in (([str(tmp_path / "absent.csv")], 1), ([], 2), (sources, 0)):
        ran = subprocess.run(
            [sys.executable, "-m", "data.publish", *arguments], capture_output=True, text=True, check=False
        )
        assert ran.returncode == code, ran.stderr
        assert "Traceback" not in ran.stderr


@pytest.mark.parametrize("command", [check, publish])
def test_a_loop_of_links_is_a_file_that_cannot_be_read(
    command: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "heures.csv").symlink_to("autres.csv")
    (tmp_path / "autres.csv").symlink_to("heures.csv")
    assert command.main([str(tmp_path / "heures.csv")]) == 1
    answered = capsys.readouterr()
    assert "heures.csv" in answered.out + answered.err


def test_back_takes_no_source(sources: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        publish.main([*sources, "--back"])
    assert stopped.value.code == 2


def test_help_tells_every_option(capsys: pytest.CaptureFixture[str]) -> None:
    for command, options in (
        (check, ("--mapping", "--as-of", "--json", "--lang", "--accept-anomalies")),
        (publish, ("--mapping", "--as-of", "--back", "--lang", "--accept-anomalies")),
    ):
        with pytest.raises(SystemExit) as stopped:
            command.main(["--help"])
        assert stopped.value.code == 0
        printed = capsys.readouterr().out
        assert [option for option in options if option not in printed] == []


@pytest.mark.parametrize(
    ("machine", "asked", "spoken"),
    [
        ("en_GB.UTF-8", [], "en"),
        ("fr_FR.UTF-8", [], "fr"),
        ("C.UTF-8", [], "fr"),
        ("en_US", ["--lang", "fr"], "fr"),
        ("fr_FR", ["--lang=en"], "en"),
        ("fr_FR", ["--lang"], "fr"),
    ],
)
def test_the_language_of_messages(machine: str, asked: list[str], spoken: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", machine)
    assert language(asked) == spoken


def test_the_limit_is_the_same_for_check_and_publish(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = [str(path) for path in write_parquet(tmp_path, [contract()], [entry(contract_id="M9")])]
    assert check.main([*paths, "--lang", "fr"]) == 1
    assert "doublons et heures sans lot font 100,00" in plain(capsys.readouterr().out)
    assert check.main([*paths, "--lang", "fr", "--accept-anomalies"]) == 0
