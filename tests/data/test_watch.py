"""A folder where files are dropped: published together, set aside together, or left alone, by who is at fault."""

import datetime as dt
import os
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from data import publish as command
from data.problems import ExtractError, Problem
from data.release.file_lock import locked
from data.release.history import go_back
from data.release.pointer import current_release
from data.release.publishing import publishing_lock
from data.release.releases import releases
from data.sources import drop_folder
from data.watch import NOT_THE_FILES, watch
from data.words import Words
from tests.extracts import contract, entry, write_csv, write_parquet

NOW = dt.datetime(2026, 11, 29, 13, 40, 5, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def extracts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAP_EXTRACTS", str(tmp_path / "extracts"))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "depot").mkdir()
    return tmp_path / "depot"


def settled(folder: Path) -> None:
    """As if the files had been there for an hour."""
    for file in folder.iterdir():
        os.utime(file, (time.time() - 3600, time.time() - 3600), follow_symlinks=False)


def dropped(folder: Path, **changes: object) -> None:
    write_csv(folder, [contract()], [entry(**changes)])
    settled(folder)


def names(folder: Path) -> list[str]:
    """Everything below a folder, but for what passes leave of their own."""
    found = (file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())
    return sorted(name for name in found if name != drop_folder.LOCK)


def passed(folder: Path, *options: str) -> int:
    return command.main(["--watch", str(folder), *options])


def test_what_lies_there_is_published_and_moved(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dropped(folder)
    assert passed(folder) == 0
    release = current_release()
    assert release is not None
    place = f"publies/{release.id}"
    assert names(folder) == [f"{place}/contracts.csv", f"{place}/hours.csv", f"{place}/rapport.txt"]
    shown = capsys.readouterr().out
    assert f"Version {release.id} en service." in shown
    assert f"Version {release.id} en service." in (folder / place / "rapport.txt").read_text("utf-8")
    assert passed(folder) == 0
    assert capsys.readouterr().out == "rien à publier.\n"
    assert len(releases()) == 1


def test_a_bad_file_is_set_aside_with_its_report(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dropped(folder)
    assert passed(folder) == 0
    served = current_release()
    dropped(folder, month=dt.date(2031, 5, 1))
    assert passed(folder) == 1
    (place,) = (folder / "refuses").iterdir()
    assert sorted(file.name for file in place.iterdir()) == ["contracts.csv", "hours.csv", "rapport.txt"]
    report = (place / "rapport.txt").read_text("utf-8")
    assert report.startswith("Publication refusée")
    assert "hours.csv, ligne 2, colonne Mois travaillé (month)" in report
    assert report in capsys.readouterr().err
    assert current_release() == served
    assert passed(folder) == 0  # nothing waits, and nothing is tried again


def test_a_report_repeats_nothing_about_a_person(folder: Path) -> None:
    dropped(folder, gender="F")
    hours = folder / "hours.csv"
    header, line = hours.read_text("utf-8-sig").splitlines()[:2]
    at = header.split(";").index("Sexe")
    cells = line.split(";")
    cells[at] = "Marie Dupont"
    hours.write_text(f"{header}\r\n{';'.join(cells)}\r\n", encoding="utf-8-sig")
    settled(folder)
    assert passed(folder) == 1
    (report,) = (folder / "refuses").rglob("rapport.txt")
    text = report.read_text("utf-8")
    assert "colonne Sexe" in text
    assert "Dupont" not in text


def test_half_a_drop_waits_for_the_other(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dropped(folder)
    hours = (folder / "hours.csv").rename(folder.parent / "hours.csv")
    assert passed(folder) == 0
    assert "dépôt incomplet" in capsys.readouterr().out
    assert (names(folder), current_release()) == (["contracts.csv"], None)
    hours.rename(folder / "hours.csv")
    assert passed(folder) == 0
    assert current_release() is not None


@pytest.mark.parametrize(
    "name",
    [
        "hours.csv.part",
        "hours.csv.filepart",
        "hours.tmp",
        ".hours.csv.Ab12",
        "~$classeur.xlsx",
        "Thumbs.db",
        "h.crdownload",
    ],
)
def test_what_is_under_way_is_passed_over(name: str, folder: Path) -> None:
    dropped(folder)
    (folder / name).write_bytes(b"half")
    settled(folder)
    assert passed(folder) == 0
    assert current_release() is not None
    assert name in names(folder)


def test_a_file_that_grows_is_left_for_the_next_pass(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dropped(folder)
    grows = folder / "hours.csv"
    os.utime(grows)

    def upload(_seconds: float) -> None:
        with grows.open("a", encoding="utf-8") as out:
            out.write("E9;")

    assert drop_folder.waiting(folder, upload).unfinished == ("hours.csv",)
    paused: list[float] = []
    assert drop_folder.waiting(folder, paused.append).unfinished == ()
    assert paused == [drop_folder.QUIET_SECONDS]
    settled(folder)
    assert drop_folder.waiting(folder, upload).unfinished == ()  # settled for long: nobody waits


def test_files_that_come_during_the_look_wait(folder: Path) -> None:
    dropped(folder)
    (folder / "new.csv").write_text("a", encoding="utf-8")

    def upload(_seconds: float) -> None:
        (folder / "new.csv").unlink()
        (folder / "other.csv").write_text("a", encoding="utf-8")

    assert drop_folder.waiting(folder, upload).unfinished == ("new.csv", "other.csv")


def test_a_busy_publishing_lock_sets_nothing_aside(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dropped(folder)
    with publishing_lock():
        assert passed(folder) == 1
    assert "une autre publication est en cours" in capsys.readouterr().err
    assert names(folder) == ["contracts.csv", "hours.csv"]
    assert passed(folder) == 0


def test_two_passes_at_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dropped(folder)
    with locked(folder / drop_folder.LOCK):
        assert passed(folder) == 0
    assert "un autre passage est en cours" in capsys.readouterr().out
    assert (names(folder), current_release()) == (["contracts.csv", "hours.csv"], None)


def full(*_: object, **__: object) -> None:
    raise OSError(28, "No space left on device")


def no_memory(*_: object, **__: object) -> None:
    raise duckdb.OutOfMemoryException("Out of Memory Error: failed to allocate")


def no_spill(*_: object, **__: object) -> None:
    raise duckdb.IOException("IO Error: Could not write all bytes to file: No space left on device")


@pytest.mark.parametrize(
    ("place", "fault"),
    [
        ("data.release.write._note", full),
        ("data.sources.files.read_csv.read", full),
        ("data.sources.typed_table._Reader.read", no_memory),
        ("data.sources.typed_table._Reader.read", no_spill),
    ],
)
def test_a_full_disk_sets_nothing_aside(
    place: str, fault: Callable[..., None], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dropped(folder)
    with monkeypatch.context() as patch:
        patch.setattr(place, fault)
        assert passed(folder) == 1
    assert names(folder) == ["contracts.csv", "hours.csv"]
    assert current_release() is None
    assert passed(folder) == 0


@pytest.mark.parametrize("kind", sorted(NOT_THE_FILES))
def test_what_is_not_the_files_fault_leaves_them(kind: str, folder: Path) -> None:
    dropped(folder)

    def refuse(*_: object) -> None:
        raise ExtractError(Problem(kind=kind, message="…"), Problem(kind="not_a_number", message="…"))

    assert watch(folder, refuse, Words("fr")).code == 1  # type: ignore[arg-type]
    assert names(folder) == ["contracts.csv", "hours.csv"]


def test_the_mapping_of_the_folder_serves_and_stays(folder: Path) -> None:
    dropped(folder)
    contracts = folder / "contracts.csv"
    text = contracts.read_text("utf-8-sig")
    assert "Objet" in text
    contracts.write_text(text.replace("Objet", "Zzz", 1), encoding="utf-8-sig")
    (folder / "mapping.toml").write_text('[contracts.columns]\n"Zzz" = "subject"\n', encoding="utf-8")
    settled(folder)
    assert passed(folder) == 0
    assert (folder / "mapping.toml").exists()


def test_a_mapping_that_is_wrong_sets_nothing_aside(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dropped(folder)
    (folder / "mapping.toml").write_text("[contracts", encoding="utf-8")
    assert passed(folder) == 1
    assert "mapping.toml" in capsys.readouterr().err
    assert names(folder) == ["contracts.csv", "hours.csv", "mapping.toml"]


def test_no_link_is_followed(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever drops files reads nothing of the server by them, and moves nothing elsewhere."""
    write_parquet(tmp_path / "apart", [contract()], [entry()])
    for file in (tmp_path / "apart").iterdir():
        (folder / file.name).symlink_to(file)
    (folder / "mapping.toml").symlink_to("/etc/passwd")
    settled(folder)
    assert passed(folder) == 0
    assert capsys.readouterr().out == "rien à publier.\n"
    (folder / "refuses").rmdir()
    (folder / "refuses").symlink_to(tmp_path / "apart")
    assert passed(folder) == 1
    assert "dossier inutilisable" in capsys.readouterr().err


def test_a_pass_that_was_killed_before_it_moved_publishes_nothing_twice(folder: Path) -> None:
    dropped(folder)
    assert passed(folder) == 0
    release = current_release()
    assert release is not None
    place = folder / "publies" / release.id
    (place / "rapport.txt").unlink()
    (place / "hours.csv").rename(folder / "hours.csv")
    assert passed(folder) == 0
    assert sorted(file.name for file in place.iterdir()) == ["contracts.csv", "hours.csv", "rapport.txt"]
    assert releases() == (release,)


def test_the_same_files_dropped_again_are_published_again(folder: Path) -> None:
    """After a return to the version before, or a change of the mapping."""
    dropped(folder)
    assert passed(folder) == 0
    dropped(folder, hours_validated="5")
    assert passed(folder) == 0
    go_back()
    dropped(folder, hours_validated="5")
    assert passed(folder) == 0
    assert len(list((folder / "publies").iterdir())) == 3


def test_wrong_usage(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for wrong in (
        ["--watch", str(folder / "none")],
        ["--watch", str(folder), "x.csv"],
        ["--watch", str(folder), "--back"],
    ):
        with pytest.raises(SystemExit) as stopped:
            command.main(wrong)
        assert stopped.value.code == 2
    capsys.readouterr()


def test_the_place_of_refused_files_is_the_time(folder: Path) -> None:
    def refuse(*_: object) -> None:
        raise ExtractError(Problem(kind="not_a_number", message="…"))

    for _ in range(2):
        dropped(folder)
        watch(folder, refuse, Words("fr"), now=NOW)  # type: ignore[arg-type]
    assert sorted(place.name for place in (folder / "refuses").iterdir()) == ["20261129T134005Z", "20261129T134005Z-2"]
