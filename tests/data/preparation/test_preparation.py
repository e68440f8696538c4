"""From dropped files to a release, as a page does it: questions once, a candidate, the mapping kept for the next month."""

import datetime as dt
import json
import os
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path

import pytest

from data.commands import quiet
from data.preparation.__main__ import main
from data.preparation.folder import Preparation, forget_old, kept_mapping, preparation_of, safe_name
from data.preparation.plain import plain, problem_of
from data.preparation.proposal import answered
from data.preparation.read import read
from data.preparation.reading import Reading, reading_of
from data.preparation.run import cancel, publish_candidate, start
from data.preparation.state import Phase, State, state_of
from data.problems import ExtractError, Problem
from data.release.events import Act, events
from data.release.pointer import current_release
from data.release.publishing import publishing_lock
from data.release.releases import extracts_folder
from data.settings import load_settings
from data.sources.mapping_entries import mapping_text
from data.sources.mapping_file import mapping_of
from data.toml import parsed
from data.words import Words
from tests.extracts import TODAY, contract, entry, publish_rows

CONTRACTS = """Réf. marché;Intitulé;Donneur d'ordre;Type de clause;Heures à réaliser;Date de notification;Date de fin;Statut
24-1;Gymnase;Ville A;Article 14 ancien;1200;15/01/2024;31/12/2025;En cours
24-2;Nettoyage;Dépt 99;Art. L2112-2;800;15/02/2024;;Terminé
"""
MARCH = "24-1;31/03/2024;140,5;NET+\n24-2;30/04/2024;35;NET+\n"
HOURS = "Réf. marché;Mois;Heures réalisées;SIAE\n"


@pytest.fixture(autouse=True)
def extracts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CAP_EXTRACTS", str(tmp_path / "extracts"))
    return tmp_path / "extracts"


@pytest.fixture
def mine() -> Preparation:
    return preparation_of("somebody@example.org")


def drop(preparation: Preparation, **files: str) -> None:
    """Drops files by name, the point of the ending written as _."""
    for name, text in files.items():
        incoming = preparation.incoming()
        incoming.write_bytes(text.encode("cp1252"))
        preparation.take(incoming, name.replace("_", "."))


def checked(preparation: Preparation) -> tuple[Phase, Reading]:
    """What the process that reads would find."""
    phase, found = read(preparation, load_settings(), TODAY, quiet)
    found.write(preparation)
    written = reading_of(preparation)
    assert written == found
    return phase, found


def confirm(preparation: Preparation, found: Reading) -> None:
    """Every proposal is taken, as by whoever clicks at once."""
    preparation.write_text("mapping.toml", found.mapping)


def published(preparation: Preparation, **files: str) -> None:
    drop(preparation, **files)
    phase, found = checked(preparation)
    if phase is Phase.QUESTIONS:
        confirm(preparation, found)
        phase, found = checked(preparation)
    assert phase is Phase.READY, [problem.text(Words("fr")) for problem in found.problems]
    publish_candidate(preparation, "somebody@example.org")


class TestAFirstMonth:
    def test_is_asked_once_then_compared_and_served(self, mine: Preparation) -> None:
        drop(mine, marches_csv=CONTRACTS, heures_csv=HOURS + MARCH)
        phase, found = checked(mine)
        assert phase is Phase.QUESTIONS
        assert [(sheet.file, sheet.tables) for sheet in found.sheets] == [
            ("heures.csv", ("hours",)),
            ("marches.csv", ("contracts",)),
        ]
        hours = {header.name: (header.targets, header.examples) for header in found.sheets[0].headers}
        assert hours["Heures réalisées"] == (("hours_validated",), ("140,5", "35"))
        assert hours["SIAE"] == ((), ("NET+",))
        asked = {(question.section, question.text): question.target for question in found.questions}
        assert asked["contracts.columns", "Heures à réaliser"] == "hours_committed"
        assert asked["contracts.by.client_type.client_name", "Dépt 99"] == "departement"
        assert asked["hours.made", "entry_id"] == ("file", "row")
        assert found.problems == ()

        confirm(mine, found)
        phase, found = checked(mine)
        assert (phase, found.questions) == (Phase.READY, ())
        assert found.hours == {"heures.csv": Decimal("175.50")}
        assert found.comparison is not None
        assert (found.comparison.served, found.comparison.hours_after) == ("", Decimal("175.50"))
        assert current_release() is None

        release = publish_candidate(mine, "somebody@example.org")
        assert current_release() == release
        assert release.hours_validated == Decimal("175.50")
        assert not mine.folder.exists()
        assert [(event.act, event.release, event.by) for event in events(extracts_folder())] == [
            (Act.PUBLISHED, release.id, "somebody@example.org")
        ]

    def test_the_next_one_asks_nothing_and_says_what_changes(self, mine: Preparation) -> None:
        published(mine, marches_csv=CONTRACTS, heures_csv=HOURS + MARCH)
        assert kept_mapping().is_file()
        # A late line of 2024 for Ville A, and two of 2025.
        later = MARCH + "24-1;30/04/2024;10;\n24-1;31/01/2025;20;\n24-2;31/01/2025;5,25;\n"
        drop(mine, marches_csv=CONTRACTS, octobre_csv=HOURS + later)
        phase, found = checked(mine)
        assert (phase, found.questions) == (Phase.READY, ())
        comparison = found.comparison
        assert comparison is not None
        assert (comparison.hours_before, comparison.hours_after) == (Decimal("175.50"), Decimal("210.75"))
        assert [
            (r["code"], r["hours_before"], r["hours_after"], r["change_hours"]) for r in comparison.tables["years"]
        ] == [
            ("2024", Decimal("175.50"), Decimal("185.50"), Decimal(10)),
            ("2025", None, Decimal("25.25"), Decimal("25.25")),
        ]
        assert [(r["shown"], r["change_hours"]) for r in comparison.tables["clients"]] == [
            ("Ville A", Decimal(30)),
            ("Dépt 99", Decimal("5.25")),
        ]
        assert [(r["year"], r["client_name"], r["change_hours"]) for r in comparison.past_years] == [
            (2024, "Ville A", Decimal(10))
        ]

    def test_a_new_client_is_the_only_question(self, mine: Preparation) -> None:
        published(mine, marches_csv=CONTRACTS, heures_csv=HOURS + MARCH)
        more = CONTRACTS + "24-3;Voirie;CHU C;Article 14 ancien;10;15/02/2024;31/12/2025;En cours\n"
        drop(mine, marches_csv=more, heures_csv=HOURS + MARCH)
        phase, found = checked(mine)
        assert phase is Phase.QUESTIONS
        assert [(question.section, question.text) for question in found.questions] == [
            ("contracts.by.client_type.client_name", "CHU C")
        ]

    def test_an_answer_that_differs_is_kept(self, mine: Preparation) -> None:
        drop(mine, marches_csv=CONTRACTS, heures_csv=HOURS + MARCH)
        _, found = checked(mine)
        answers: list[tuple[str, str, str | tuple[str, ...]]] = [
            ("contracts.values.clause_category", "Art. L2112-2", "criterion"),
            ("hours.columns", "SIAE", ()),
            ("hours.columns", "Heures réalisées", ("hours_declared", "hours_validated")),
        ]
        mapping = answered(mapping_of(parsed(found.mapping), "mapping.toml"), answers)
        mine.write_text("mapping.toml", mapping_text(mapping))
        phase, found = checked(mine)
        assert phase is Phase.READY
        assert found.comparison is not None
        assert {row["code"] for row in found.comparison.tables["clauses"]} == {"execution", "criterion"}
        header = next(h for h in found.sheets[0].headers if h.name == "Heures réalisées")
        assert header.targets == ("hours_declared", "hours_validated")


class TestWhatCannotServe:
    def test_a_fault_in_a_file_is_a_reason_with_its_place(self, mine: Preparation) -> None:
        drop(mine, marches_csv=CONTRACTS, heures_csv=HOURS + "24-1;31/03/2024;beaucoup;NET+\n24-2;30/04/2024;35;NET+\n")
        _, found = checked(mine)
        confirm(mine, found)
        phase, found = checked(mine)
        assert phase is Phase.REFUSED
        problem = found.problems[0]
        assert (problem.file, problem.row, problem.value) == ("heures.csv", 2, "beaucoup")
        assert not mine.candidate.exists()
        with pytest.raises(ExtractError, match="version absente"):
            publish_candidate(mine, "somebody")

    def test_a_release_that_came_between_is_named_and_the_figures_are_asked_again(
        self, mine: Preparation, tmp_path: Path
    ) -> None:
        published(mine, marches_csv=CONTRACTS, heures_csv=HOURS + MARCH)
        drop(mine, marches_csv=CONTRACTS, heures_csv=HOURS + MARCH)
        assert checked(mine)[0] is Phase.READY
        other = publish_rows(tmp_path, [contract()], [entry()])
        with pytest.raises(ExtractError, match="une autre publication a été mise en service depuis cette vérification"):
            publish_candidate(mine, "somebody")
        assert current_release() == other
        assert checked(mine)[0] is Phase.READY
        assert publish_candidate(mine, "somebody") == current_release()

    def test_one_publish_at_a_time(self, mine: Preparation) -> None:
        drop(mine, marches_csv=CONTRACTS, heures_csv=HOURS + MARCH)
        with publishing_lock():
            assert main(mine.folder) == 0
        found = reading_of(mine)
        assert state_of(mine).phase is Phase.REFUSED
        assert found is not None
        assert "une autre publication est en cours" in found.problems[0].text(Words("fr"))

    def test_a_full_disk_leaves_the_files_and_no_half_release(
        self, mine: Preparation, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        published(mine, marches_csv=CONTRACTS, heures_csv=HOURS + MARCH)
        drop(mine, marches_csv=CONTRACTS, heures_csv=HOURS + MARCH)

        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("data.release.candidate.write", full)
        with pytest.raises(ExtractError, match="No space left on device"):
            checked(mine)
        assert len(mine.files) == 2
        assert not mine.candidate.exists()
        assert current_release() is not None


class TestTheProcess:
    def test_reads_and_says_so_on_disk(self, mine: Preparation) -> None:
        drop(mine, marches_csv=CONTRACTS, heures_csv=HOURS + MARCH)
        process = start(mine)
        assert process is not None
        assert process.wait(60) == 0
        assert state_of(mine).phase is Phase.QUESTIONS
        assert reading_of(mine) is not None

    def test_stops_when_asked_and_the_files_stay(self, mine: Preparation) -> None:
        drop(mine, marches_csv=CONTRACTS)
        with blocked(mine) as process:
            assert state_of(mine).phase is Phase.RUNNING
            assert start(mine) is None  # one is at it
            cancel(mine)
            assert process.wait(30) == 1
        assert state_of(mine).phase is Phase.CANCELLED
        assert [file.name for file in mine.files] == ["marches.csv"]

    def test_ends_when_its_folder_is_gone(self, mine: Preparation) -> None:
        drop(mine, marches_csv=CONTRACTS)
        with blocked(mine) as process:
            mine.discard()
            assert process.wait(30) == 1
        assert not mine.folder.exists()

    def test_that_was_killed_is_known(self, mine: Preparation, monkeypatch: pytest.MonkeyPatch) -> None:
        drop(mine, marches_csv=CONTRACTS)
        with blocked(mine) as process:
            process.kill()
        assert state_of(mine).phase is Phase.RUNNING
        monkeypatch.setattr("data.preparation.state.DEAD_AFTER", dt.timedelta(0))
        assert state_of(mine).phase is Phase.FAILED

    def test_that_fails_says_where_and_no_value(
        self, mine: Preparation, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
    ) -> None:
        drop(mine, marches_csv=CONTRACTS)

        def failing(*_: object) -> tuple[Phase, Reading]:
            raise ValueError("Ville A, secret")

        monkeypatch.setattr("data.preparation.__main__.read", failing)
        assert main(mine.folder) == 1
        printed = capfd.readouterr().err
        assert "ValueError" in printed
        assert "Ville A" not in printed
        assert state_of(mine).phase is Phase.FAILED


class blocked:  # noqa: N801  a context, written as one
    """The process while it reads for ever."""

    def __init__(self, preparation: Preparation) -> None:
        self._preparation = preparation

    def __enter__(self) -> "subprocess.Popen[str]":
        code = (
            "import sys, time; from pathlib import Path; from data.preparation import __main__ as process\n"
            "process.read = lambda *_: (print('reading', flush=True), time.sleep(600))\n"
            "process.main(Path(sys.argv[1]))"
        )
        self._process = subprocess.Popen(
            [sys.executable, "-c", code, str(self._preparation.folder)], stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == "reading\n"
        return self._process

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()


class TestTheFolder:
    def test_names_nobody_and_opens_to_nobody(self, mine: Preparation) -> None:
        drop(mine, marches_csv=CONTRACTS)
        assert "somebody" not in str(mine.folder)
        assert preparation_of("other") != mine
        for folder in (mine.folder.parent, mine.folder / "files"):
            assert folder.stat().st_mode & 0o077 == 0

    @pytest.mark.parametrize(
        ("name", "expected"),
        [
            ("marchés d’octobre.xlsx", "marchés d’octobre.xlsx"),
            ("../../etc/passwd", "_.._etc_passwd"),
            ("C:\\docs\\m.csv", "C__docs_m.csv"),
            (".hidden.csv", "hidden.csv"),
            ("a\x00\u202eb.csv", "a__b.csv"),
            ("...", "fichier"),
            ("x" * 300 + ".xlsx", "x" * 115 + ".xlsx"),
        ],
    )
    def test_a_name_is_one_name(self, name: str, expected: str) -> None:
        assert safe_name(name) == expected

    def test_what_nobody_publishes_goes_after_some_days(self, mine: Preparation) -> None:
        other = preparation_of("other")
        drop(mine, marches_csv=CONTRACTS)
        drop(other, marches_csv=CONTRACTS)
        long_ago = time.time() - 31 * 86_400
        for path in (mine.folder, *mine.folder.rglob("*")):
            os.utime(path, (long_ago, long_ago))
        forget_old(30)
        assert not mine.folder.exists()
        assert other.folder.exists()

    def test_another_file_forgets_what_was_read(self, mine: Preparation) -> None:
        drop(mine, marches_csv=CONTRACTS)
        State(phase=Phase.READY).write(mine)
        drop(mine, heures_csv=HOURS)
        assert state_of(mine).phase is Phase.DROPPED
        mine.remove("heures.csv")
        mine.remove("marches.csv")
        assert state_of(mine).phase is Phase.EMPTY


def test_a_problem_is_the_same_after_a_file() -> None:
    problem = Problem(
        kind="k",
        message="{a} {b} {c}",
        values={"a": Decimal("1.50"), "b": dt.date(2024, 3, 1), "c": 7},
        file="f",
        row=2,
        count=3,
    )
    assert problem_of(json.loads(json.dumps(plain(problem)))) == problem


def test_a_table_of_months_beside_a_list_of_lots_has_hours_alone(mine: Preparation) -> None:
    """It repeats what each contract is: its lots would be there twice, and nobody could say otherwise."""
    bilan = (
        "Réf. marché;Intitulé;Donneur d'ordre;Type de clause;janv.-24;févr.-24;mars-24\n"
        "24-1;Gymnase;Ville A;Article 14 ancien;100;40,5;\n24-2;Nettoyage;Dépt 99;Art. L2112-2;;;35\n"
    )
    drop(mine, marches_csv=CONTRACTS, bilan_csv=bilan)
    _, found = checked(mine)
    assert [sheet.tables for sheet in found.sheets] == [("hours",), ("contracts",)]
    # By hand: 100 + 40.50 + 35.
    confirm(mine, found)
    phase, found = checked(mine)
    assert (phase, sum(found.hours.values())) == (Phase.READY, Decimal("175.50"))


def test_hours_promised_that_are_unknown_everywhere_are_no_total(mine: Preparation) -> None:
    lots = "Réf. marché;Intitulé;Donneur d'ordre;Type de clause;Statut\n" + "".join(
        f"24-{n};Gymnase;Ville A;Article 14 ancien;En cours\n" for n in (1, 2, 3)
    )
    drop(mine, marches_csv=lots, heures_csv=HOURS + MARCH)
    confirm(mine, checked(mine)[1])
    assert checked(mine)[0] is Phase.READY
