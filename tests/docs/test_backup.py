"""The commands of OPERATING that back up and restore, run as they are written."""

import re
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest

from data.release.history import go_back
from data.release.releases import extracts_folder, releases_folder
from data.release.serving import serving
from data.secret import FILE, installation_secret
from data.settings import DEFAULT_FILE, load_settings
from tests.extracts import contract, entry, publish_rows

OPERATING = (Path(__file__).parents[2] / ".docs" / "OPERATING.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^    (tar [^#\n]*[^#\s])", OPERATING, flags=re.MULTILINE)


@pytest.fixture
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two releases, the second serving; a publish under way, a trace, settings and a sign-in of its own."""
    here = tmp_path / "old"
    monkeypatch.setenv("CAP_EXTRACTS", str(here / "data" / "extracts"))
    for hours in (35, 36):
        publish_rows(here / "data", [contract()], [entry(hours_validated=Decimal(hours))])
    half = releases_folder() / ".writing-20261129T120000000000"
    half.mkdir()
    (half / "hours.parquet").write_bytes(b"half")
    (extracts_folder() / "trace").mkdir()
    (extracts_folder() / "trace" / "access-2026-11-29.1.jsonl").write_text('{"question": "headline"}\n')
    (here / "data" / "settings.toml").write_text(
        DEFAULT_FILE.read_text(encoding="utf-8").replace('epci = "200023414"', 'epci = "200054781"'), encoding="utf-8"
    )
    (here / ".streamlit").mkdir()
    (here / ".streamlit" / "secrets.toml").write_text('[auth]\nclient_id = "cap-insertion"\n')
    return here


def test_what_is_restored_is_what_was_there(
    installation: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret, mode = installation_secret(extracts_folder()), (extracts_folder() / FILE).stat().st_mode
    backup, restore = COMMANDS
    new = tmp_path / "new"
    new.mkdir()
    for command in (backup, restore.replace("/srv/new", str(new))):
        subprocess.run(["bash", "-c", f"umask 077; {command}"], cwd=installation, check=True, capture_output=True)
    shutil.rmtree(installation)
    monkeypatch.setenv("CAP_EXTRACTS", str(new / "data" / "extracts"))
    monkeypatch.setenv("CAP_SETTINGS", str(new / "data" / "settings.toml"))
    found = serving()
    assert found.broken == ""
    assert found.release is not None
    assert found.release.hours_validated == 36
    assert installation_secret(extracts_folder()) == secret
    assert (extracts_folder() / FILE).stat().st_mode == mode
    assert load_settings().authority.epci == "200054781"
    assert (new / ".streamlit" / "secrets.toml").exists()
    assert list((extracts_folder() / "trace").iterdir())
    assert go_back().hours_validated == 35
    again = publish_rows(new / "data", [contract()], [entry(hours_validated=Decimal(37))])
    assert (extracts_folder() / "current").readlink() == Path("releases", again.id)
    assert not list(releases_folder().glob(".*"))
