"""`data.publish --to`: what arrives in the store, in which order, and who wins."""

import json
import os
import shutil
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from data import publish as publishing
from data.problems import ExtractError
from data.release.fingerprints import sha256_of
from data.release.history import go_back
from data.replica.notice import read_notice
from data.replica.receive import receive
from data.replica.send import send
from data.replica.store import Store
from tests.data.replica.conftest import Machine
from tests.data.replica.object_store import ADDRESS, BUCKET, PREFIX, ObjectStore
from tests.extracts import contract, entry, write_parquet


def quiet(_text: str, /, **_values: object) -> None: ...


def send_current(machine: Machine, keep: int = 0) -> bool:
    release, store = machine.release(), Store(ADDRESS)
    return send(release, store, read_notice(store), keep=keep, step=quiet)


def notice(store: ObjectStore) -> dict[str, object]:
    found: dict[str, object] = json.loads(store.get("current.json"))
    return found


def test_all_files_then_their_list_then_the_notice(store: ObjectStore, publisher: Machine) -> None:
    release = publisher.publish(35)
    assert send_current(publisher)
    names = [name for name, _ in release.files]
    folder = f"releases/{release.id}"
    assert store.names() == {"current.json", f"{folder}/release.json", *(f"{folder}/{name}" for name in names)}
    written = [path.removeprefix(f"/{BUCKET}/{PREFIX}/") for method, path in store.asked if method == "PUT"]
    assert written == [*(f"{folder}/{name}" for name in names), f"{folder}/release.json", "current.json"]
    for name in (*names, "release.json"):
        assert store.get(f"{folder}/{name}") == release.file(name).read_bytes()
    result = notice(store)
    assert result["release"] == release.id
    assert result["served"] == [release.id]
    assert result["files"] == {
        name: {"size": release.file(name).stat().st_size, "sha256": sha256_of(release.file(name))}
        for name in (*names, "release.json")
    }


def test_nothing_that_is_this_machine_s_own_leaves(store: ObjectStore, publisher: Machine) -> None:
    publisher.publish(35)
    (publisher.extracts / "trace").mkdir()
    (publisher.extracts / "trace" / "access-2026-11-24.1.jsonl").write_text("maire@example.fr")
    (publisher.extracts / "rounding.secret").exists()
    send_current(publisher)
    assert not [name for name in store.names() if "secret" in name or "trace" in name or "state" in name]


def test_what_is_there_is_not_sent_again(store: ObjectStore, publisher: Machine) -> None:
    publisher.publish(35)
    assert send_current(publisher)
    store.asked.clear()
    assert not send_current(publisher)
    assert not [method for method, _ in store.asked if method == "PUT"]
    # Cut just before the notice: the next one sends the notice only.
    store.client.delete_object(Bucket=BUCKET, Key=f"{PREFIX}/current.json")
    store.asked.clear()
    assert send_current(publisher)
    assert [path.rpartition("/")[2] for method, path in store.asked if method == "PUT"] == ["current.json"]


def test_of_two_publishers_one_wins_and_the_other_learns_it(
    store: ObjectStore, publisher: Machine, other_publisher: Machine
) -> None:
    for is_first_release in (True, False):
        publisher.publish(35 if is_first_release else 37)
        seen = read_notice(Store(ADDRESS))
        release = other_publisher.publish(36 if is_first_release else 38)
        send_current(other_publisher)
        ours = publisher.here().publish(35 if is_first_release else 37)
        with pytest.raises(ExtractError) as refused:
            send(ours, Store(ADDRESS), seen, keep=0, step=quiet)
        assert [problem.kind for problem in refused.value.problems] == ["store_overtaken"]
        assert notice(store)["release"] == release.id


def test_an_answer_that_got_lost_is_no_defeat(store: ObjectStore, publisher: Machine) -> None:
    publisher.publish(35)
    send_current(publisher)
    content = store.get("current.json")
    assert Store(ADDRESS).replace("current.json", content, '"an older mark"')
    assert not Store(ADDRESS).replace("current.json", content + b" ", '"an older mark"')
    assert not Store(ADDRESS).replace("never written.json", b"x", '"removed meanwhile"')


def test_going_back_goes_back_there_too(store: ObjectStore, publisher: Machine) -> None:
    first, second = publisher.publish(35), publisher.publish(36)
    send_current(publisher)
    assert notice(store)["served"] == [second.id]
    go_back()
    assert send_current(publisher)
    assert notice(store)["served"] == [first.id]
    third = publisher.publish(37)
    send_current(publisher)
    assert notice(store)["served"] == [first.id, third.id]


def test_what_was_withdrawn_here_is_forgotten_there_although_nobody_sent_the_return(
    store: ObjectStore, publisher: Machine, other_publisher: Machine
) -> None:
    theirs = other_publisher.publish(34)
    send_current(other_publisher)
    first = publisher.publish(35)
    send_current(publisher)
    withdrawn = publisher.publish(36)
    send_current(publisher)
    assert notice(store)["served"] == [theirs.id, first.id, withdrawn.id]
    go_back()
    third = publisher.publish(37)
    send_current(publisher)
    assert notice(store)["served"] == [theirs.id, first.id, third.id]


def test_as_many_stay_in_the_store_as_the_settings_keep(store: ObjectStore, publisher: Machine) -> None:
    ids = []
    for hours in range(31, 36):
        ids.append(publisher.publish(hours).id)
        send_current(publisher, keep=3)
    # Of a publisher that is still sending: named nowhere, and young.
    store.put("releases/20261129T000000Z-00000000/hours.parquet", b"on its way")
    ids.append(publisher.publish(36).id)
    send_current(publisher, keep=3)
    there = {name.split("/")[1] for name in store.names() if "/" in name}
    assert there == {*ids[-3:], "20261129T000000Z-00000000"}


def test_a_file_that_changed_on_this_machine_is_not_sent(store: ObjectStore, publisher: Machine) -> None:
    release = publisher.publish(35)
    release.file("hours.parquet").write_bytes(b"other figures")
    with pytest.raises(ExtractError, match=r"hours\.parquet"):
        send(release, Store(ADDRESS), (None, None), keep=0, step=quiet)
    assert store.names() == set()


@pytest.fixture
def sources(tmp_path: Path, publisher: Machine) -> list[str]:
    publisher.here()
    lines = [entry(hours_validated=Decimal("35.50"))]
    return [str(path) for path in write_parquet(tmp_path / "sources", [contract()], lines)]


def test_one_command_publishes_and_sends(
    store: ObjectStore, publisher: Machine, replica: Machine, sources: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert publishing.main([*sources, "--to", ADDRESS]) == 0
    first = publisher.release().id
    assert f"Version {first} en service à {ADDRESS}." in capsys.readouterr().out
    assert publishing.main(["--to", ADDRESS]) == 0
    assert f"Version {first} déjà en service à {ADDRESS}." in capsys.readouterr().out
    second = publisher.publish(36)
    assert publishing.main(["--to", ADDRESS, "--lang", "en"]) == 0
    assert f"Release {second.id} now serves at {ADDRESS}." in capsys.readouterr().out
    assert publishing.main(["--back", "--to", ADDRESS]) == 0
    replica.here()
    found = receive(Store(ADDRESS), keep=0)
    assert found is not None
    assert found.id == first


def test_a_store_that_cannot_take_it_stops_the_publish_first(
    store: ObjectStore, publisher: Machine, sources: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert publishing.main([*sources, "--to", "s3://no-such-bucket/x"]) == 1
    assert "ce compartiment n’existe pas" in capsys.readouterr().err
    store.stop()
    assert publishing.main([*sources, "--to", ADDRESS]) == 1
    assert "le stockage objet ne répond pas (EndpointConnectionError)" in capsys.readouterr().err
    assert publisher.hours() is None


def test_a_store_that_fails_after_the_publish_leaves_it_serving_here(
    store: ObjectStore, publisher: Machine, sources: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    publisher.publish(34)
    send_current(publisher)

    def somebody_else(_body: bytes, _path: str) -> bytes:
        store.fault = None
        body = _body
        store.put("current.json", body.replace(b'"format": 1', b'"format":  1'))
        return body

    store.fault = somebody_else
    assert publishing.main([*sources, "--to", ADDRESS]) == 1
    printed = capsys.readouterr()
    assert "une autre publication a été plus rapide" in printed.err
    assert f"python -m data.publish --to {ADDRESS}" in printed.err
    assert publisher.hours() == 35
    assert publishing.main(["--to", ADDRESS]) == 0


@pytest.mark.parametrize(
    "address",
    ["bucket/prefix", "s3://", "s3://cap/../other", "s3://CAP/x", "https://s3.example.fr/cap", "s3://cap/a b"],
)
def test_an_address_that_is_none_is_wrong_usage(store: ObjectStore, address: str) -> None:
    with pytest.raises(SystemExit) as ended:
        publishing.main(["--to", address])
    assert ended.value.code == 2


def test_nothing_to_send(store: ObjectStore, publisher: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    publisher.here()
    assert publishing.main(["--to", ADDRESS]) == 1
    assert "aucune version n’est en service" in capsys.readouterr().err


def test_a_watched_folder_is_sent_when_something_was_dropped(
    store: ObjectStore, publisher: Machine, sources: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dropped = tmp_path / "dropped"
    dropped.mkdir()
    watched = ["--watch", str(dropped), "--to", ADDRESS]
    assert publishing.main(watched) == 0
    assert store.names() == set()
    for source in sources:
        os.utime(source, (0, 0))
        shutil.move(source, dropped)
    assert publishing.main(watched) == 0
    assert notice(store)["release"] == publisher.release().id
    capsys.readouterr()
    assert publishing.main(watched) == 0
    assert ADDRESS not in capsys.readouterr().out


def test_without_the_extra(
    store: ObjectStore, publisher: Machine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    publisher.here()
    monkeypatch.setitem(sys.modules, "boto3.session", None)
    assert publishing.main(["--to", ADDRESS]) == 1
    assert "l’extra s3" in capsys.readouterr().err
