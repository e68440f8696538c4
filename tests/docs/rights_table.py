"""Who sees what, as OPERATING.md has it, from the code that decides it.

uv run python -m tests.docs.rights_table     # rewrites the table
"""

import argparse
import sys
from pathlib import Path

from data.codes import Role
from data.words import Words
from pages.frame.menu import PAGES
from queries.rights.rights import ROLES, WITHHELD, Right

OPERATING = Path(__file__).parents[2] / ".docs" / "OPERATING.md"
BEGIN, END = "<!-- rights: made by tests/docs/rights_table.py -->\n", "<!-- end of rights -->\n"
# What a right opens besides pages and columns.
BESIDES = {
    Right.COMPANIES: "names of companies",
    Right.PENALTIES: "penalties",
    Right.FACILITATORS: "codes of *facilitateurs*",
    Right.ROUTES: "data routes, with a token",
    Right.BUILD: "own tables",
    Right.DETAIL: "detail",
    Right.PEOPLE: "people",
    Right.COMMENTS: "comments",
    Right.WRITE_COMMENTS: "writing comments",
    Right.SQL: "SQL",
    Right.PUBLISH: "publishing",
}


def table() -> str:
    """The Markdown table: one row for what everybody sees, one per right."""
    words = Words("fr")
    head = ["", *(words.say(role.label) for role in Role)]
    rows = [head, ["---"] * len(head), [_pages(None), *("✓" for _ in Role)]]
    rows += [[_opened(right), *("✓" if right in ROLES[role] else "–" for role in Role)] for right in Right]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _opened(right: Right) -> str:
    columns = ", ".join(f"`{name}`" for name, needed in WITHHELD.items() if needed is right)
    return "; ".join(filter(None, [_pages(right) or BESIDES.get(right, ""), columns]))


def _pages(right: Right | None) -> str:
    return ", ".join(f"*{Words('fr').say(page.title)}*" for page in PAGES if page.needs is right)


def rewritten(text: str) -> str:
    """The document with the table of today."""
    before, rest = text.split(BEGIN)
    return before + BEGIN + table() + END + rest.split(END)[1]


if __name__ == "__main__":
    argparse.ArgumentParser(
        prog="python -m tests.docs.rights_table", description="Writes the table of rights into .docs/OPERATING.md."
    ).parse_args()
    OPERATING.write_text(rewritten(OPERATING.read_text(encoding="utf-8")), encoding="utf-8")
    sys.exit(0)
