"""One release serves at a time, whole: pointed at atomically, survived by its predecessor, returned to."""

import datetime as dt
import fcntl
import hashlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

import data
from data import publish as publish_command
from data.codes import AnomalyKind
from data.problems import ExtractError
from data.publish import publish
from data.release import write as write_release
from data.release.fingerprints import check_files
from data.release.history import go_back, point_at
from data.release.labelled_sql import query
from data.release.pointer import current_release
from data.release.releases import Release, extracts_folder, releases, releases_folder
from data.schema import SCHEMA_VERSION
from tests.extracts import AS_OF, TODAY, contract, entry, publish_rows, write_parquet


@pytest.fixture(autouse=True)
def extracts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAP_EXTRACTS", str(tmp_path / "extracts"))


@pytest.fixture
def sources(tmp_path: Path) -> list[Path]:
    return write_parquet(tmp_path, [contract()], [entry()])


def published(sources: list[Path]) -> Release:
    """Published here and now."""
    return publish(sources, as_of=AS_OF, today=TODAY)


def before(sources: list[Path]) -> Release:
    """The same, published once for all tests: for what comes after a publish."""
    return publish_rows(sources[0].parent, [contract()], [entry()])


def test_nothing_serves_before_the_first_publish() -> None:
    assert current_release() is None
    assert releases() == ()


def test_a_release_tells_what_it_is(sources: list[Path]) -> None:
    release = published(sources)
    assert release == current_release()
    assert hash(release) == hash(current_release())
    assert sorted(path.name for path in release.path.iterdir()) == [
        "anomalies.parquet",
        "contracts.parquet",
        "hours.parquet",
        "hours_monthly.parquet",
        "persons.parquet",
        "release.json",
        "sketches.parquet",
    ]
    assert release.path == releases_folder() / release.id
    assert release.file("hours.parquet") == release.path / "hours.parquet"
    assert not release.demo
    assert release.data_as_of == AS_OF
    assert release.published_at.tzinfo == dt.UTC
    assert (release.first_month, release.last_month) == (dt.date(2020, 3, 1), dt.date(2020, 3, 1))
    assert (release.contracts, release.lots, release.hours_rows, release.rows_left_out) == (1, 1, 1, 0)
    assert (str(release.hours_validated), str(release.hours_pending)) == ("10.00", "0.00")
    assert [(source.file, source.table, source.rows) for source in release.sources] == [
        ("contracts.parquet", "contracts", 1),
        ("hours.parquet", "hours", 1),
    ]
    assert all(len(source.sha256) == 64 for source in release.sources)
    assert [count.kind for count in release.anomalies] == list(AnomalyKind)


def test_asking_again_for_an_unchanged_release_costs_nothing(sources: list[Path]) -> None:
    """Pages ask at each interaction: the very same object comes back, from a readlink and a stat."""
    before(sources)
    assert current_release() is current_release()


def test_a_demonstration_stays_one_even_when_published_from_its_own_release(tmp_path: Path) -> None:
    demo = publish(write_parquet(tmp_path, [contract()], [entry()], demo=True), today=TODAY)
    again = publish([demo.file("contracts.parquet"), demo.file("hours.parquet")], today=TODAY)
    assert demo.demo
    assert again.demo


def test_columns_that_no_source_had_are_named(tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text(
        "contract_id,lot_id,subject,client_id,client_name,client_type,clause_category,hours_committed,starts_on,ends_on,"
        "status,sector\nM1,00,x,C1,C,commune,execution,,,,running,\n"
    )
    line = entry(participant_id="P1", work_contract_id="W1")
    release = published([tmp_path / "c.csv", write_parquet(tmp_path, [contract()], [line])[1]])
    assert "contracts.contractor_name" in release.absent_columns
    assert "contracts.sector" not in release.absent_columns
    assert not [name for name in release.absent_columns if name.startswith("hours.")]


def test_the_date_of_the_data_is_the_latest_of_the_hours(tmp_path: Path) -> None:
    def as_of(**changes: object) -> dt.date:
        return publish(write_parquet(tmp_path, [contract()], [entry(**changes)]), today=TODAY).data_as_of

    assert as_of() == dt.date(2020, 3, 31)
    assert as_of(declared_on=dt.date(2020, 4, 7)) == dt.date(2020, 4, 7)
    assert as_of(declared_on=dt.date(2020, 4, 7), validated_on=dt.date(2020, 4, 9)) == dt.date(2020, 4, 9)
    assert as_of(month=dt.date(2026, 11, 1)) == TODAY  # the present month ends later
    assert as_of(validated_on=dt.date(2062, 1, 1)) == TODAY  # a slip of the pen


def test_contracts_without_hours_can_be_published(tmp_path: Path) -> None:
    release = publish(write_parquet(tmp_path, [contract()], []), today=TODAY)
    assert (release.hours_rows, release.first_month, release.last_month) == (0, None, None)
    assert release.data_as_of == TODAY


# Going back


def test_back_returns_to_the_release_before(sources: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    first, second = before(sources), before(sources)
    assert releases() == (second, first)
    assert publish_command.main(["--back"]) == 0
    assert capsys.readouterr().out == f"Version {first.id} de nouveau en service.\n"
    assert current_release() == first
    assert publish_command.main(["--back"]) == 1
    assert capsys.readouterr().err == "il n’y a pas de version antérieure à laquelle revenir.\n"
    assert current_release() == first


def test_back_does_not_return_to_a_release_that_was_withdrawn(sources: list[Path]) -> None:
    first, withdrawn = before(sources), before(sources)
    go_back()
    third = published(sources)
    assert third.previous == first.id
    assert go_back() == first
    assert withdrawn in releases()


def test_back_passes_over_a_release_that_was_deleted(sources: list[Path]) -> None:
    first, second, _ = before(sources), before(sources), before(sources)
    for path in second.path.iterdir():
        path.unlink()
    second.path.rmdir()
    assert go_back() == first


def clock(monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    """The machine's clock, so many days off."""

    class Clock(dt.datetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> "Clock":
            return cls.fromtimestamp(time.time() + days * 86_400, tz)

    monkeypatch.setattr("data.release.candidate.dt", SimpleNamespace(datetime=Clock, date=dt.date, UTC=dt.UTC))


def test_back_goes_by_the_order_of_serving_and_not_by_the_clock(
    sources: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second was published by a clock that was a year late, the third by one that was a year early."""
    first = before(sources)
    clock(monkeypatch, -365)
    second = published(sources)
    clock(monkeypatch, 365)
    published(sources)
    assert second.published_at < first.published_at
    assert go_back() == second
    assert go_back() == first
    with pytest.raises(ExtractError, match="il n’y a pas de version antérieure"):
        go_back()


def test_back_leaves_a_release_that_is_broken(sources: list[Path]) -> None:
    first, second = before(sources), before(sources)
    (second.path / "release.json").unlink()
    assert go_back() == first


def test_back_passes_over_a_release_with_a_file_that_is_cut(sources: list[Path]) -> None:
    first, second, _ = before(sources), before(sources), before(sources)
    cut = second.file("hours.parquet")
    cut.write_bytes(cut.read_bytes()[:-1])
    assert go_back() == first


def test_back_where_no_order_was_kept(sources: list[Path]) -> None:
    """As after version 0.1: each release remembers the one it took over from."""
    first, second, _ = before(sources), before(sources), before(sources)
    (extracts_folder() / "served").unlink()
    assert go_back() == second
    assert go_back() == first


# Whole


@pytest.mark.parametrize("name", ["contracts.parquet", "hours_monthly.parquet", "anomalies.parquet"])
def test_a_changed_bit_a_cut_or_a_missing_file_is_seen(sources: list[Path], name: str) -> None:
    release = before(sources)
    check_files(release)
    file = release.file(name)
    content = file.read_bytes()
    flipped = bytearray(content)
    flipped[len(content) // 2] ^= 1
    for wrong in (bytes(flipped), content[:-1], content[: len(content) // 2], b"", content + b" "):
        file.write_bytes(wrong)
        with pytest.raises(ExtractError, match="fichier coupé ou modifié depuis la publication"):
            check_files(release)
    file.unlink()
    with pytest.raises(ExtractError, match="fichier illisible"):
        check_files(release)
    file.write_bytes(content)
    check_files(release)


def test_the_id_is_no_hash_of_what_is_published(sources: list[Path]) -> None:
    """Everybody reads it: a guess about one participant could be compared with it."""
    release = before(sources)
    assert release.id[-8:] not in hashlib.sha256((release.path / "release.json").read_bytes()).hexdigest()


def test_every_file_of_a_release_has_its_fingerprint(sources: list[Path]) -> None:
    release = before(sources)
    assert {name for name, _ in release.files} == {file.name for file in release.path.iterdir()} - {"release.json"}


def test_back_without_any_release() -> None:
    with pytest.raises(ExtractError, match="il n’y a pas de version antérieure"):
        go_back()


# Atomic


def test_the_pointer_always_names_a_whole_release(sources: list[Path]) -> None:
    """A reader that asks all the time while the pointer moves to and fro sees one of the two, and nothing else."""
    ids = {before(sources).id, before(sources).id}
    seen: set[str] = set()
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            release = current_release()
            seen.add(release.id if release else "nothing")

    reader = threading.Thread(target=read)
    reader.start()
    for _ in range(200):
        for release_id in ids:
            point_at(release_id)
    stop.set()
    reader.join()
    assert seen == ids


def test_a_killed_publish_leaves_the_old_release_serving(sources: list[Path], tmp_path: Path) -> None:
    """SIGKILL while the release is being written: its remains are never read, and the next publish sweeps them."""
    old = before(sources)
    code = (
        "import sys, time, datetime as dt; from pathlib import Path; from data import publish\n"
        "from data.release import candidate\n"
        "candidate.verify = lambda extract, folder: (print('written', flush=True), time.sleep(600))\n"
        "publish.publish([Path(p) for p in sys.argv[1:]], today=dt.date(2026, 11, 15))"
    )
    child = subprocess.Popen([sys.executable, "-c", code, *map(str, sources)], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert child.stdout.readline() == "written\n"
    (writing,) = releases_folder().glob(".writing-*")
    assert (writing / "hours.parquet").exists()
    with pytest.raises(ExtractError, match="une autre publication est en cours"):
        published(sources)
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()
    assert writing.exists()
    assert current_release() == old
    assert releases() == (old,)
    new = published(sources)
    assert current_release() == new
    assert sorted(path.name for path in releases_folder().iterdir()) == sorted([old.id, new.id])


def test_a_killed_publish_stops_anywhere(sources: list[Path]) -> None:
    """Killed as soon as its folder exists, and a little later each time: the old release serves, the next publish works."""
    old = before(sources)
    command = [sys.executable, "-m", "data.publish", *map(str, sources)]
    for pause in (0.0, 0.1, 0.3):
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while not list(releases_folder().glob(".writing-*")) and child.poll() is None:
            time.sleep(0.001)
        time.sleep(pause)
        child.kill()
        child.wait()
        serving = current_release()
        assert serving is not None
        if child.returncode != 0:
            assert serving in releases()
            assert set(releases()) >= {old}
    assert published(sources) == current_release()
    assert not list(releases_folder().glob(".writing-*"))


def test_two_publishes_at_once(sources: list[Path]) -> None:
    """The second is refused at once; a lock file left by a dead process is no lock."""
    before(sources)
    lock = extracts_folder() / ".lock"
    assert lock.exists()
    with lock.open() as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(ExtractError, match="une autre publication est en cours"):
            published(sources)
        with pytest.raises(ExtractError, match="une autre publication est en cours"):
            go_back()
    published(sources)


def test_what_was_written_is_reopened_and_compared(sources: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """A rollup that loses hours never serves."""
    old = before(sources)

    def losing(name: str, label: str) -> str:
        sql = query(name, label)
        return (
            f"SELECT * REPLACE (hours_validated - 1 AS hours_validated) FROM ({sql})"
            if label == "hours_monthly"
            else sql
        )

    monkeypatch.setattr("data.release.write.query", losing)
    with pytest.raises(ExtractError, match=r"la version écrite diffère de ce qui a été lu \(totals\)"):
        published(sources)
    assert current_release() == old
    assert releases() == (old,)


def test_a_disk_that_cannot_be_written(sources: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    old = before(sources)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(write_release, "_note", full)
    with pytest.raises(ExtractError, match=r"publication impossible \(No space left on device\)"):
        published(sources)
    assert current_release() == old


def test_a_folder_of_extracts_that_is_a_file(sources: list[Path], tmp_path: Path) -> None:
    (tmp_path / "extracts").write_text("")
    with pytest.raises(ExtractError, match="dossier des extractions inutilisable"):
        published(sources)


# Broken releases


def test_a_pointer_to_nothing(sources: list[Path]) -> None:
    release = before(sources)
    (release.path / "release.json").unlink()
    with pytest.raises(ExtractError, match="version absente ou incomplète"):
        current_release()
    assert published(sources) == current_release()  # a publish mends it


def test_a_pointer_that_is_a_folder(sources: list[Path]) -> None:
    before(sources)
    pointer = extracts_folder() / "current"
    pointer.unlink()
    pointer.mkdir()
    with pytest.raises(ExtractError, match="ce n’est pas un lien vers une version"):
        current_release()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"schema_version": 1}', "\ufffd{"])
def test_a_broken_note(text: str, sources: list[Path]) -> None:
    release = before(sources)
    (release.path / "release.json").write_text(text)
    with pytest.raises(ExtractError, match=r"release\.json illisible"):
        current_release()


def test_a_release_of_another_contract(sources: list[Path]) -> None:
    release = before(sources)
    note = release.path / "release.json"
    result = json.loads(note.read_text())
    note.write_text(json.dumps(result | {"schema_version": 1}))
    with pytest.raises(ExtractError, match=f"version 1 du contrat de données, {SCHEMA_VERSION} attendue"):
        current_release()


def test_pointing_at_a_release_that_does_not_exist(sources: list[Path]) -> None:
    release = before(sources)
    with pytest.raises(ExtractError, match="version absente ou incomplète"):
        point_at("20200101T000000Z-00000000")
    assert current_release() == release


def test_a_release_is_a_value(sources: list[Path]) -> None:
    release = before(sources)
    assert replace(release, data_as_of=dt.date(2020, 1, 1)) != release
    with pytest.raises(AttributeError):
        release.demo = True  # type: ignore[misc]
    assert os.path.samefile(extracts_folder() / "current", release.path)  # noqa: PTH121 - the link, not the path


def test_without_a_choice_the_extracts_are_in_the_folder_that_git_ignores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CAP_EXTRACTS", raising=False)
    assert extracts_folder() == Path(data.__file__).parent / "extracts"
