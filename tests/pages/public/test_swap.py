"""The folder of the edition: replaced in one rename, kept whole where something fails, never taken from somebody else."""

from pathlib import Path

import pytest

from data.problems import ExtractError
from pages.public.swap import in_place_of


def write(out: Path, text: str) -> None:
    with in_place_of(out) as folder:
        (folder / "index.html").write_text(text, encoding="utf-8")


def test_a_new_edition_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    for text in ("first", "second"):
        write(tmp_path / "site", text)
        assert (tmp_path / "site" / "index.html").read_text() == text
    # The link and the folder that it leads to: nothing is left of the first.
    assert len(list(tmp_path.iterdir())) == 2


def test_what_fails_leaves_the_old_one(tmp_path: Path) -> None:
    write(tmp_path / "site", "first")
    with pytest.raises(UnicodeEncodeError):
        write(tmp_path / "site", "half \ud800")
    assert (tmp_path / "site" / "index.html").read_text() == "first"
    assert len(list(tmp_path.iterdir())) == 2


def test_a_folder_of_somebody_else_stays(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "thesis.txt").touch()
    with pytest.raises(ExtractError, match="pris par autre chose"):
        write(tmp_path / "site", "edition")
    (tmp_path / "site" / "thesis.txt").unlink()
    write(tmp_path / "site", "edition")
    assert (tmp_path / "site" / "index.html").read_text() == "edition"
