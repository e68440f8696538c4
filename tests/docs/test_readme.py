"""The README says what is there."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from pages.frame.menu import PAGES
from pages.parts.terms import TERMS
from queries.questions import questions
from tests.docs.rights_table import rewritten

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_link_and_picture_leads_to_a_file() -> None:
    targets = [target for target in re.findall(r"\]\(([^)#]+)\)", README) if "://" not in target]
    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_the_map_of_folders_names_what_is_there() -> None:
    section = README.split("## Map of folders")[1].split("##")[0]
    named = re.findall(r"^    +([\w./]+?)/? {2,}", section, flags=re.MULTILINE)
    assert {"dashboard.py", "pages", "queries", "data", "tests"} <= set(named)
    for name in named:
        assert any((ROOT / folder / name).exists() for folder in ("", "pages", "data")), name


@pytest.mark.parametrize("module", sorted(set(re.findall(r"python -m ([\w.]+)", README))))
def test_every_command_answers_help(module: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", module, "--help"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("usage:")


def test_every_page_is_in_the_menu() -> None:
    rooms = {file.parent.name for file in (ROOT / "pages").glob("*/page.py")} - {"frame"}
    assert {page.script.split("/")[0] for page in PAGES} == rooms | {"participants"}
    assert [page.script for page in PAGES if not (ROOT / "pages" / page.script).exists()] == []


def test_the_table_of_rights_is_that_of_the_code() -> None:
    assert rewritten(README) == README, "run: uv run python -m tests.docs.rights_table"


def test_every_definition_names_a_question_that_exists() -> None:
    assert {term.question for term in TERMS if term.question} <= set(questions())
    assert len({term.id for term in TERMS}) == len(TERMS)
