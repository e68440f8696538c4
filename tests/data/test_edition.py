"""The public edition after a publish: written when the settings name its folder; where it cannot be, the release serves all the same."""

import sys
from pathlib import Path

import pytest

from data import edition
from data.publish import main
from data.release.pointer import current_id
from tests.extracts import contract, entry, write_parquet


@pytest.mark.parametrize(
    ("script", "code", "said"),
    [
        ("print('Édition publique\\u00a0: 2 pages')", 0, "Édition publique\u00a0: 2 pages"),
        ("import sys; print('disque plein', file=sys.stderr); sys.exit(1)", 1, "n’a pas été écrite, celle d’avant reste\u00a0: disque plein"),
    ],
)  # fmt: skip
def test_a_publish_says_what_became_of_the_edition(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    script: str,
    code: int,
    said: str,
) -> None:
    (tmp_path / "settings.toml").write_text(
        f'[authority]\nname = "A"\nepci = "200023414"\n\n[public]\nfolder = "{tmp_path}/site"\n'
    )
    monkeypatch.setenv("CAP_SETTINGS", str(tmp_path / "settings.toml"))
    monkeypatch.setenv("CAP_EXTRACTS", str(tmp_path / "extracts"))
    monkeypatch.setattr(edition, "_command", lambda *_: [sys.executable, "-c", script])
    sources = write_parquet(tmp_path, [contract()], [entry()])
    assert main([*map(str, sources), "--lang", "fr"]) == code
    printed = capsys.readouterr()
    assert said in (printed.err if code else printed.out)
    assert current_id()
