"""The criteria of RGAA as ACCESSIBILITY.md has them, from the data that the page *Accessibilité* shows.

uv run python -m tests.docs.accessibility_table     # rewrites the table
"""

import sys
from pathlib import Path

from data.words import Words
from pages.parts.conformity import conformity_ratio, counts, level
from pages.parts.rgaa import CRITERIA, Verdict

ACCESSIBILITY = Path(__file__).parents[2] / ".docs" / "ACCESSIBILITY.md"
BEGIN, END = "<!-- criteria: made by tests/docs/accessibility_table.py -->\n", "<!-- end of criteria -->\n"


def table() -> str:
    """The result in a sentence, then the Markdown table: one row for each criterion."""
    words = Words("en")
    found = counts()
    applied = found[Verdict.YES] + found[Verdict.NO]
    said = (
        f"**{words.say(level()).capitalize()}**: {found[Verdict.YES]} of the {applied} criteria that apply"
        f" ({conformity_ratio():.0%}); {found[Verdict.NONE]} do not apply.\n\n"
    )
    rows = [["Criterion", "Subject", "Verdict", "How this was checked", "Test"], ["---"] * 5]
    rows += [
        [
            criterion.number,
            words.say(criterion.subject),
            words.say(criterion.verdict.label),
            words.say(criterion.way.text),
            f"`{criterion.way.test}`" if criterion.way.test else "",
        ]
        for criterion in CRITERIA
    ]
    return said + "".join(f"| {' | '.join(row)} |\n" for row in rows)


def rewritten(text: str) -> str:
    """The document with the criteria of today."""
    before, rest = text.split(BEGIN)
    return before + BEGIN + table() + END + rest.split(END)[1]


if __name__ == "__main__":
    ACCESSIBILITY.write_text(rewritten(ACCESSIBILITY.read_text(encoding="utf-8")), encoding="utf-8")
    sys.exit(0)
