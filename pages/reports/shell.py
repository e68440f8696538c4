"""What the commands of this folder share: whose access they have, and a file that is written whole or not at all."""

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from data.release.serving import serving
from data.settings import load_settings
from data.words import N_
from queries.errors import QueryError
from queries.open_release import open_release
from queries.rights.access import Access
from queries.rights.readers import LOCAL
from queries.rights.trace import Surface
from queries.scope import Scope
from queries.shell import access_of, check_open, scope_of


def access_and_scope(given: argparse.Namespace) -> tuple[Access, Scope]:
    """The access and the scope of the arguments: all rows unless they name a reader. Participants are never counted exactly here: what
    is made is handed on.

    Raises QueryError when nothing is published, or the reader may not use a filter.
    """
    release = serving().release
    if release is None:
        raise QueryError(N_("aucune publication\u00a0: lancez d’abord python -m data.publish."))
    database = open_release(release, load_settings())
    access = access_of(given, database) or Access(
        database=database, rights=LOCAL.rights, reader=LOCAL.name, surface=Surface.SHELL
    )
    scope = scope_of(given)
    check_open(access, scope)
    return access, scope


@contextmanager
def whole_file(file: Path) -> Iterator[BinaryIO]:
    """A file to write: in its place once the block has ended without an error, else nowhere."""
    with tempfile.NamedTemporaryFile(dir=file.parent, prefix=f".{file.name}-", delete=False) as draft:
        try:
            yield cast("BinaryIO", draft)
        except BaseException:
            Path(draft.name).unlink()
            raise
    made = Path(draft.name)
    made.chmod(0o644)
    made.replace(file)
