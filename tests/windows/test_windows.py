"""Where the machine is Windows: start, publish, read. Nothing that is Unix's alone is needed, and what cannot run says so."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from data.commands import write_plainly

STEPS = Path(__file__).with_name("first_steps.py")


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    extracts = tmp_path_factory.mktemp("windows") / "extracts"
    ended = subprocess.run(
        [sys.executable, str(STEPS)],
        env={**os.environ, "CAP_EXTRACTS": str(extracts), "PYTHONWARNINGS": "default"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr[-4000:]
    result: dict[str, Any] = json.loads(ended.stdout.splitlines()[-1])
    return result


@pytest.mark.slow
def test_the_demonstration_is_published_and_served_by_a_file(found: dict[str, Any]) -> None:
    assert found["pointer"] == f"releases/{found['release']}\n"
    again, serving = found["again"]
    assert again == serving != found["release"]
    assert found["back"] == [found["release"]] * 2


@pytest.mark.slow
def test_a_question_is_answered_and_the_first_page_shown(found: dict[str, Any]) -> None:
    assert found["hours"] > 1_000_000
    assert found["first"]["errors"] == []
    assert "heures" in found["first"]["html"]


@pytest.mark.slow
def test_the_sql_of_readers_says_that_it_cannot_run_there(found: dict[str, Any]) -> None:
    assert found["sql"]["errors"] == []
    assert "Le SQL des lecteurs ne fonctionne que sur un serveur Linux" in found["sql"]["html"]
    assert 'class="cap-schema"' not in found["sql"]["html"]


def test_a_console_without_french_typography(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows writes what goes to a file in its old encoding, which lacks the narrow space."""
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding="cp1252"))
    write_plainly()
    sys.stdout.write("12\u202f350\u00a0h\u202f; l’été → fin")
    sys.stdout.flush()
    assert written.getvalue().decode("cp1252") == "12 350\u00a0h ; l’été ? fin"
