"""A release that is cut while a server runs: the page and /sante go on with the one before, and say so."""

import json
from pathlib import Path

import pytest

from data.words import Words
from pages.frame.failure import show_older_release
from pages.server.health import health
from queries.rights.readers import PUBLIC
from tests.extracts import contract, entry, publish_rows
from tests.pages.conftest import Shown
from tests.queries.asking import SETTINGS

EVERYBODY = "La dernière publication ne peut pas être lue"


def test_the_page_and_sante_say_that_an_older_release_serves(shown: Shown, tmp_path: Path) -> None:
    first = publish_rows(tmp_path, [contract()], [entry()], settings=SETTINGS)
    second = publish_rows(tmp_path, [contract()], [entry(entry_id="E2")], settings=SETTINGS)
    assert not [warning for warning in shown().warning if EVERYBODY in warning.value]
    assert json.loads(bytes(health(None).body))["status"] == "ok"  # type: ignore[arg-type]  # the request is not read
    file = second.file("hours_monthly.parquet")
    file.write_bytes(file.read_bytes()[:-1])
    (warning,) = (found.value for found in shown().warning if EVERYBODY in found.value)
    assert second.id in warning.replace("\\", "")  # at this machine one administers
    answer = health(None)  # type: ignore[arg-type]
    content = json.loads(bytes(answer.body))
    assert (answer.status_code, content["status"]) == (200, "older_release")
    assert (content["release"], content["broken"]) == (first.id, second.id)


def test_who_does_not_administer_reads_no_name_of_a_release(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    monkeypatch.setattr("pages.frame.failure.st.warning", seen.append)
    show_older_release("", PUBLIC, Words("fr"))
    show_older_release("20260101T000000Z-abcdef01", PUBLIC, Words("fr"))
    (text,) = seen
    assert EVERYBODY in text
    assert "abcdef01" not in text
