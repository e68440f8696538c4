"""`python -m data.follow`: beside a server, for hours, whatever happens to the store."""

import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from data import edition
from data import follow as following
from data.follow import Follower, follow
from data.replica.store import Store
from data.words import Words
from tests.data.replica.conftest import Machine
from tests.data.replica.object_store import ADDRESS, ObjectStore
from tests.data.replica.test_send import send_current

ROOT = Path(__file__).parents[3]


def test_the_store_is_gone_for_an_hour_and_comes_back(
    store: ObjectStore, publisher: Machine, replica: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    first = publisher.publish(35)
    send_current(publisher)
    replica.here()
    follower = Follower(Store(ADDRESS), Words("fr"))
    assert follower.look()
    assert f"Version {first.id} en service." in capsys.readouterr().out
    store.stop()
    for _ in range(3):
        assert not follower.look()
        assert replica.hours() == 35
    printed = capsys.readouterr()
    # Closed while it was asked, then not there: one outage all the same.
    assert printed.err.count("le stockage objet ne répond pas (") == 1, "not once a minute"
    assert printed.err.count(f"La version {first.id} reste en service.") == 1
    store.start()
    assert follower.look()
    assert capsys.readouterr().out.count("Le stockage objet répond de nouveau.") == 1
    second = publisher.publish(36)
    send_current(publisher)
    replica.here()
    assert follower.look()
    assert f"Version {second.id} en service." in capsys.readouterr().out
    assert follower.look()
    assert capsys.readouterr().out == ""


def test_the_public_edition_follows_and_is_tried_again(
    store: ObjectStore,
    publisher: Machine,
    replica: Machine,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    settings, site, disk_is_full = tmp_path / "settings.toml", tmp_path / "site", tmp_path / "full"
    settings.write_text(f'[authority]\nname = "A"\nepci = "200023414"\n\n[public]\nfolder = "{site}"\n')
    monkeypatch.setenv("CAP_SETTINGS", str(settings))
    # In the place of the process that writes the pages: the name of what serves, unless the disk is full.
    script = (
        "import os, pathlib, sys; from data.release.pointer import current_id;"
        f"sys.exit('disque plein') if os.path.exists({str(disk_is_full)!r}) else None;"
        f"pathlib.Path({str(site)!r}).write_text(current_id()); print('écrite')"
    )
    monkeypatch.setattr(edition, "_command", lambda *_: [sys.executable, "-c", script])
    first = publisher.publish(35)
    send_current(publisher)
    replica.here()
    follower = Follower(Store(ADDRESS), Words("fr"))
    assert (follower.look(), site.read_text()) == (True, first.id)
    second = publisher.publish(36)
    send_current(publisher)
    replica.here()
    disk_is_full.touch()
    capsys.readouterr()
    assert (follower.look(), follower.look(), site.read_text()) == (True, True, first.id)
    assert capsys.readouterr().err.count("celle d’avant reste\u00a0: disque plein") == 1
    disk_is_full.unlink()
    assert (follower.look(), site.read_text()) == (True, second.id)
    site.unlink()
    assert follower.look()
    assert not site.exists()  # nothing new, nothing written


def test_it_goes_on_until_it_is_stopped(store: ObjectStore, publisher: Machine, replica: Machine) -> None:
    publisher.publish(35)
    send_current(publisher)
    replica.here()
    stop, looks = threading.Event(), []

    class Counted(Follower):
        def look(self) -> bool:
            looks.append(super().look())
            if len(looks) == 3:
                stop.set()
            return looks[-1]

    follow(Counted(Store(ADDRESS), Words("fr")), 0, stop)
    assert looks == [True, True, True]


def test_once(store: ObjectStore, publisher: Machine, replica: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    replica.here()
    assert following.main([ADDRESS, "--once"]) == 1
    assert "aucune version n’y a encore été publiée" in capsys.readouterr().err
    publisher.publish(35)
    send_current(publisher)
    replica.here()
    assert following.main([ADDRESS, "--once"]) == 0
    assert replica.hours() == 35


@pytest.mark.parametrize("given", [["s3://"], [ADDRESS, "--every", "0"], [ADDRESS, "--every", "soon"], []])
def test_wrong_usage(store: ObjectStore, given: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        following.main(given)
    assert ended.value.code == 2


def test_the_service_ends_when_it_is_asked_to(store: ObjectStore, publisher: Machine, replica: Machine) -> None:
    release = publisher.publish(35)
    send_current(publisher)
    replica.here()
    command = [sys.executable, "-m", "data.follow", ADDRESS, "--every", "3600"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        assert f"Version {release.id} en service." in process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=30)
    finally:
        process.kill()
    assert (process.returncode, err) == (0, "")
    assert replica.hours() == 35


def test_an_http_address_elsewhere_is_warned_of(
    store: ObjectStore, replica: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not Store(ADDRESS).is_open_to_listeners()
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://store.example.fr")
    assert Store(ADDRESS).is_open_to_listeners()
    monkeypatch.setenv("AWS_ENDPOINT_URL", "https://store.example.fr")
    assert not Store(ADDRESS).is_open_to_listeners()


def test_without_credentials(
    store: ObjectStore, replica: Machine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    replica.here()
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    assert following.main([ADDRESS, "--once"]) == 1
    assert "aucun identifiant" in capsys.readouterr().err
