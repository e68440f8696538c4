"""Puts a folder in the place of another in one rename: a reader sees the old edition or the new one, never a mixture."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from data.problems import ExtractError, Problem
from data.words import N_


@contextmanager
def in_place_of(out: Path) -> Iterator[Path]:
    """A new folder to fill; at the end `out` leads to it, and the folders of editions before are removed. Nothing has changed where it fails.

    `out` is a symbolic link to a folder beside it. ExtractError where something else stands there already. One at a time.
    """
    parent, prefix = out.absolute().parent, f".{out.name}-edition-"
    if out.exists() and not out.is_symlink():
        if not out.is_dir() or any(out.iterdir()):
            raise ExtractError(Problem(kind="edition_place", file=str(out), message=_TAKEN))
        out.rmdir()
    parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
    try:
        yield made
        # Readable by the web server, whoever it runs as.
        made.chmod(0o755)
        link = made.with_name(made.name + ".link")
        link.symlink_to(made.name, target_is_directory=True)
        link.replace(out.absolute())
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise
    for folder in parent.glob(f"{prefix}*"):
        if folder != made:
            shutil.rmtree(folder, ignore_errors=True)


_TAKEN = N_("ce nom est pris par autre chose qu’une édition publique\u202f; donnez un autre nom, ou videz ce dossier.")
