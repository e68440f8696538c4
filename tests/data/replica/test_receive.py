"""What a replica takes from a store, and what it refuses: whatever happens, the release before serves, whole."""

import errno
import json
import os
import shutil
import signal
from pathlib import Path
from types import SimpleNamespace

import pytest

from data.problems import ExtractError
from data.publish import publish
from data.release.history import go_back
from data.release.publishing import publishing_lock
from data.release.serving import serving
from data.replica.receive import receive
from data.replica.store import Store
from tests.data.replica.conftest import Machine
from tests.data.replica.object_store import ADDRESS, BUCKET, PREFIX, ObjectStore
from tests.data.replica.test_send import send_current
from tests.extracts import AS_OF, TODAY, contract, entry, write_parquet
from tests.faults.child import FORKS, At, die


def take(replica: Machine, keep: int = 0) -> str | None:
    """The id of the release that newly serves on the replica."""
    replica.here()
    release = receive(Store(ADDRESS), keep=keep)
    return release.id if release else None


def refused(replica: Machine, *kinds: str) -> str:
    """The words of a refusal that changed nothing."""
    before = replica.hours()
    with pytest.raises(ExtractError) as error:
        take(replica)
    assert replica.hours() == before
    assert not [name for name in replica.folders() if name.startswith(".")]
    assert [problem.kind for problem in error.value.problems] == list(kinds), str(error.value)
    return str(error.value)


@pytest.fixture
def one_behind(store: ObjectStore, publisher: Machine, replica: Machine) -> str:
    """The replica serves 35 hours, the store names a release of 36."""
    publisher.publish(35)
    send_current(publisher)
    take(replica)
    newest = publisher.publish(36).id
    send_current(publisher)
    return newest


def test_a_replica_serves_the_same_bytes(store: ObjectStore, publisher: Machine, replica: Machine) -> None:
    release = publisher.publish(35)
    send_current(publisher)
    assert take(replica) == release.id
    assert replica.hours() == 35
    here, there = (machine.extracts / "releases" / release.id for machine in (replica, publisher))
    assert {file.name: file.read_bytes() for file in here.iterdir()} == {
        file.name: file.read_bytes() for file in there.iterdir()
    }
    assert {found.name for found in replica.extracts.iterdir()} == {".lock", "current", "releases", "served"}
    store.asked.clear()
    assert take(replica) is None
    assert [path for _, path in store.asked] == [f"/{BUCKET}/{PREFIX}/current.json"]


def test_an_observatory_arrives_without_the_slices_of_its_structures(
    store: ObjectStore, publisher: Machine, replica: Machine, tmp_path: Path
) -> None:
    """They are lines as each structure published them: who publishes needs them, nobody else."""
    publisher.here()
    for code in ("CAP27", "CAP76"):
        publish(write_parquet(tmp_path / code, [contract()], [entry()]), as_of=AS_OF, today=TODAY, structure=code)
    release = publisher.release()
    assert (release.path / "structures" / "CAP27" / "hours.parquet").exists()
    send_current(publisher)
    assert not [name for name in store.names() if "CAP" in name]
    assert take(replica) == release.id
    assert [one.code for one in replica.release().structures] == ["CAP27", "CAP76"]
    assert replica.hours() == release.hours_validated
    assert not (replica.extracts / "releases" / release.id / "structures").exists()


def test_a_return_is_followed_and_what_was_withdrawn_never_comes_back(
    store: ObjectStore, publisher: Machine, replica: Machine
) -> None:
    ids = []
    for hours in (35, 36):
        ids.append(publisher.publish(hours).id)
        send_current(publisher)
        take(replica)
    publisher.here()
    go_back()
    send_current(publisher)
    store.asked.clear()
    assert take(replica) == ids[0]
    assert len(store.asked) == 1, "nothing is downloaded again"
    assert replica.hours() == 35
    # The one that serves is damaged: the withdrawn one does not take its place.
    (replica.extracts / "releases" / ids[0] / "hours.parquet").write_bytes(b"")
    with pytest.raises(ExtractError):
        serving()
    assert take(replica) == ids[0]
    assert replica.hours() == 35


def test_a_download_that_is_cut_is_made_again_and_given_up_in_the_end(
    store: ObjectStore, one_behind: str, replica: Machine
) -> None:
    cuts = []

    def cut(body: bytes, path: str) -> bytes:
        if path.endswith("hours.parquet"):
            cuts.append(path)
            return body[: len(body) // 2]
        return body

    store.fault = cut
    assert "ne répond pas" in refused(replica, "store_unreachable")
    assert len(cuts) == 3
    cuts.clear()
    store.fault = lambda body, path: body if cuts else cut(body, path)
    assert take(replica) == one_behind
    assert replica.hours() == 36
    assert len(cuts) == 1


@pytest.mark.parametrize("name", ["hours.parquet", "release.json", "persons.parquet"])
def test_a_wrong_sum(store: ObjectStore, one_behind: str, replica: Machine, name: str) -> None:
    def changed(body: bytes, path: str) -> bytes:
        middle = len(body) // 2
        return body[:middle] + bytes([body[middle] ^ 1]) + body[middle + 1 :] if path.endswith(name) else body

    store.fault = changed
    assert f"{name} n’est pas le fichier qui a été publié" in refused(replica, "store_wrong")


@pytest.mark.parametrize("content", [b"", b"longer than what was published" * 100_000])
def test_another_size(store: ObjectStore, one_behind: str, replica: Machine, content: bytes) -> None:
    store.put(f"releases/{one_behind}/contracts.parquet", content)
    assert "contracts.parquet n’est pas le fichier qui a été publié" in refused(replica, "store_wrong")


def test_a_notice_that_names_what_is_not_there(store: ObjectStore, one_behind: str, replica: Machine) -> None:
    store.client.delete_object(Bucket=BUCKET, Key=f"{PREFIX}/releases/{one_behind}/hours.parquet")
    assert "hours.parquet n’y est pas" in refused(replica, "store_wrong")


def test_a_disk_that_is_too_small_is_known_before(
    store: ObjectStore, one_behind: str, replica: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=10))
        store.asked.clear()
        assert "disque trop plein" in refused(replica, "release_broken")
        assert len(store.asked) == 1
    assert take(replica) == one_behind


@pytest.mark.parametrize("step", ["download", "serve"])
def test_a_disk_that_fills_up_on_the_way(
    store: ObjectStore, one_behind: str, replica: Machine, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_given: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        if step == "download":
            patch.setattr("data.replica.store.os.fsync", full)
        else:
            patch.setattr("data.release.history.serve", full)
        assert "No space left on device" in refused(replica, "release_broken")
    assert take(replica) == one_behind
    assert replica.hours() == 36


@pytest.mark.parametrize(
    "change",
    [
        lambda result: result["files"].update({"../../settings.toml": result["files"]["hours.parquet"]}),
        lambda result: result["files"].update({"/etc/x.parquet": result["files"]["hours.parquet"]}),
        lambda result: result["files"].update({"a/b.parquet": result["files"]["hours.parquet"]}),
        lambda result: result["files"].update({"current": result["files"]["hours.parquet"]}),
        lambda result: result["files"]["hours.parquet"].update(size=-1),
        lambda result: result["files"]["hours.parquet"].update(size="1"),
        lambda result: result["files"]["hours.parquet"].update(sha256="../x"),
        lambda result: result.update(release="../../x", served=["../../x"]),
        lambda result: result.update(served=["..", result["release"]]),
        lambda result: result.update(served=[]),
        lambda result: result.update(format=2),
        lambda result: result.pop("files"),
    ],
)
def test_a_notice_that_is_none_of_ours(
    store: ObjectStore, one_behind: str, replica: Machine, change: "object", tmp_path: Path
) -> None:
    result = json.loads(store.get("current.json"))
    # release.json stays the last file, as in a notice that is in order but for the change.
    note = result["files"].pop("release.json")
    change(result)  # type: ignore[operator]
    if "files" in result:
        result["files"]["release.json"] = note
    store.put("current.json", json.dumps(result).encode())
    before = {file for file in tmp_path.rglob("*") if "replica" in file.parts}
    assert "current.json n’est pas de ce produit" in refused(replica, "store_wrong")
    assert {file for file in tmp_path.rglob("*") if "replica" in file.parts} == before


@pytest.mark.parametrize("content", [b"", b"[]", b"\xff", b"[" * 100_000, b"null", b"x" * (2 << 20)])
def test_a_notice_that_is_no_json(store: ObjectStore, one_behind: str, replica: Machine, content: bytes) -> None:
    store.put("current.json", content)
    assert "current.json" in refused(replica, "store_wrong")


def test_files_that_the_release_does_not_know(store: ObjectStore, one_behind: str, replica: Machine) -> None:
    result = json.loads(store.get("current.json"))
    del result["files"]["persons.parquet"]
    store.put("current.json", json.dumps(result).encode())
    assert "release.json et la liste de ses fichiers ne concordent pas" in refused(replica, "store_wrong")


def test_a_release_of_another_version_of_the_product(
    store: ObjectStore, one_behind: str, replica: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("data.release.releases.SCHEMA_VERSION", 10_000)
        store.asked.clear()
        with pytest.raises(ExtractError) as error:
            take(replica)
        assert [problem.kind for problem in error.value.problems] == ["release_outdated"]
        assert len(store.asked) == 2, "the large files do not come"
    assert replica.hours() == 35


def test_nothing_was_published_there_yet(store: ObjectStore, replica: Machine) -> None:
    replica.here()
    with pytest.raises(ExtractError, match="aucune version n’y a encore été publiée"):
        receive(Store(ADDRESS), keep=0)


def test_a_killed_download_is_swept(store: ObjectStore, one_behind: str, replica: Machine) -> None:
    left = replica.extracts / "releases" / f".writing-{one_behind}"
    left.mkdir()
    (left / "hours.parquet").write_bytes(b"half")
    assert take(replica) == one_behind
    assert replica.hours() == 36
    assert not [name for name in replica.folders() if name.startswith(".")]


def test_as_many_stay_here_as_the_settings_keep(store: ObjectStore, publisher: Machine, replica: Machine) -> None:
    ids = []
    for hours in range(31, 36):
        ids.append(publisher.publish(hours).id)
        send_current(publisher)
        take(replica, keep=2)
    assert replica.folders() == set(ids[-2:])
    assert replica.hours() == 35


def test_no_two_downloads_at_once(store: ObjectStore, one_behind: str, replica: Machine) -> None:
    replica.here()
    with publishing_lock():
        assert "une autre publication est en cours" in refused(replica, "release_broken")


def test_killed_at_any_change_of_a_file(store: ObjectStore, one_behind: str, replica: Machine) -> None:
    """As by kill −9: the release before serves, or the new one, and the next look ends what was begun."""
    codes = []
    for number in range(1, 100, 4):
        replica.here()
        child = FORKS.Process(target=_receive, args=(replica.extracts, dict(os.environ), number))
        child.start()
        child.join()
        codes.append(child.exitcode)
        assert replica.hours() in (35, 36)
        if child.exitcode == 0:
            break
    assert codes[-1] == 0
    assert set(codes[:-1]) == {-signal.SIGKILL}
    assert len(codes) > 3
    assert replica.hours() == 36
    assert not [name for name in replica.folders() if name.startswith(".")]


def _receive(extracts: Path, environment: dict[str, str], number: int) -> None:
    os.environ.update(environment)
    At(number, die)(extracts)
    receive(Store(ADDRESS), keep=0)
    os._exit(0)
