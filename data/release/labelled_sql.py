"""SQL files whose statements bear names: `-- name: duplicate_entry`, comments, the statement."""

import re
from functools import cache
from pathlib import Path


@cache
def statements(name: str) -> dict[str, str]:
    """The statements of a file of this folder, by name, in the file's order. Runs as it stands in a DuckDB shell."""
    text = (Path(__file__).parent / name).read_text(encoding="utf-8")
    _, *parts = re.split(r"^-- name: (\w+)$", text, flags=re.MULTILINE)
    return {name: body.strip() for name, body in zip(parts[::2], parts[1::2], strict=True)}


def query(name: str, label: str) -> str:
    """One statement without its closing semicolon, to stand inside another."""
    return statements(name)[label].rstrip(";")
