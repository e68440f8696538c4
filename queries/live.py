"""What may change while a release is open: the comments written on the pages. Questions about it are never kept."""

from typing import Final

import pyarrow as pa

from data.comments_log import LOG, written
from data.release.releases import Release
from data.schema import COMMENTS

LIVE: Final = frozenset({"comments"})
_TYPES: Final = {"VARCHAR": pa.string(), "DATE": pa.date32()}


def written_comments(release: Release) -> pa.Table:
    """The rows of the log that go with this release, demonstration or real, in the columns of the contract."""
    schema = pa.schema([pa.field(column.name, _TYPES[column.sql_type]) for column in COMMENTS.columns])
    # releases/<id> within the folder of extracts
    return pa.Table.from_pylist(written(release.path.parents[1], demo=release.demo), schema=schema)


def mark(name: str, release: Release) -> tuple[int, int] | None:
    """What changes when an answer does while the release stays: for whoever keeps it. None for a question that is not live."""
    if name not in LIVE:
        return None
    try:
        seen = (release.path.parents[1] / LOG).stat()
    except OSError:
        return 0, 0
    return seen.st_mtime_ns, seen.st_size
