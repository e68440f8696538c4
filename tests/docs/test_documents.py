"""README and .docs/ are true: links, folders, commands, rights, dates."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from pages.frame.menu import OF_SEVERAL, PAGES
from pages.parts.rgaa import CRITERIA
from pages.parts.terms import TERMS
from pages.parts.versions import VERSIONS
from queries.questions import questions
from tests.docs import accessibility_table
from tests.docs.rights_table import OPERATING, rewritten

ROOT = Path(__file__).parents[2]
DOCS = ROOT / ".docs"
README = (ROOT / "README.md").read_text(encoding="utf-8")
FILES = [
    ROOT / "README.md",
    ROOT / ".github" / "SECURITY.md",
    ROOT / "data/reference/README.md",
    *sorted(DOCS.rglob("*.md")),
]
TEXTS = {file: file.read_text(encoding="utf-8") for file in FILES}
# Decisions are never rewritten: their paths and commands are those of their day.
TODAY = {file: text for file, text in TEXTS.items() if file.parent.name != "decisions"}
# What is named by its path: a file or folder of ours between back quotes.
PATH = re.compile(r"`((?:data|pages|queries|tests|\.docs|\.github|\.streamlit|\.ci)/[\w./-]*)`")
# Paths that a running installation or a reader makes.
MADE = ("data/extracts/", ".streamlit/secrets.toml", "pages/<")


@pytest.mark.parametrize("file", TEXTS, ids=lambda file: file.name)
def test_every_link_and_picture_leads_to_a_file(file: Path) -> None:
    targets = [target for target in re.findall(r"\]\(([^)#]+)\)", TEXTS[file]) if "://" not in target]
    assert [target for target in targets if not (file.parent / target).exists()] == []


def test_the_readme_leads_to_every_document() -> None:
    linked = set(re.findall(r"\]\(\.docs/([^)#]+)\)", README))
    # What another document leads to: an example, pictures.
    named = {file.name for file in DOCS.iterdir()} - {"nginx.conf", "first-month"}
    assert named - linked == set()
    others = "".join(text for file, text in TODAY.items() if file.parent == DOCS)
    assert "](nginx.conf)" in others
    assert all(f"](first-month/{picture.name})" in others for picture in (DOCS / "first-month").iterdir())


def test_the_readme_is_short_and_keeps_its_two_commands() -> None:
    assert len(README.splitlines()) <= 100
    assert "\n    pip install uv && uv run streamlit run dashboard.py\n" in README
    assert "\n    pip install uv && uv run pytest\n" in README


@pytest.mark.parametrize("file", TODAY, ids=lambda file: file.name)
def test_every_path_is_there(file: Path) -> None:
    named = [path for path in PATH.findall(TODAY[file]) if not path.startswith(MADE)]
    assert [path for path in named if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("file", [".docs/SECRECY.md", ".docs/AIPD.md", ".github/SECURITY.md"])
def test_the_tests_that_hold_a_promise_exist(file: str) -> None:
    named = set(re.findall(r"`(test_\w+)`", (ROOT / file).read_text(encoding="utf-8")))
    files = list((ROOT / "tests").rglob("test_*.py"))
    there = {one.stem for one in files} | {
        name for one in files for name in re.findall(r"def (test_\w+)", one.read_text(encoding="utf-8"))
    }
    assert len(named) > 5
    assert named - there == set()


def test_every_rule_of_secrecy_names_the_test_that_holds_it() -> None:
    text = (ROOT / ".docs" / "SECRECY.md").read_text(encoding="utf-8").partition("## How")[0]
    rules = text.split("\n- **")[1:]
    assert len(rules) > 7
    assert [rule[:40] for rule in rules if "`test_" not in rule] == []


def test_the_map_of_folders_names_what_is_there() -> None:
    section = README.split("## Map of folders")[1].split("Licence")[0]
    above, named = Path(), []
    for indent, name in re.findall(r"^    ( *)(.+?)/? {2,}", section, flags=re.MULTILINE):
        for one in name.split("/ "):
            place = above / one if indent else Path(one)
            assert (ROOT / place).exists(), place
            above = above if indent else place
            named.append(place.as_posix())
    assert {"dashboard.py", "pages", "pages/parts", "queries", "queries/secrecy", "data", "tests", ".docs"} <= set(
        named
    )
    folders = {
        file.parent.relative_to(ROOT).as_posix()
        for package in ("data", "queries")
        for file in (ROOT / package).glob("*/__init__.py")
    }
    assert folders <= set(named), "a folder that the map leaves out"


def test_every_command_answers_help() -> None:
    commands = sorted(set(re.findall(r"python -m ([\w.]+[\w])", "".join(TODAY.values()))) - {"data.reference"})
    assert len(commands) > 15
    asking = [sys.executable, "tests/docs/helps.py", *commands]
    done = subprocess.run(asking, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    content = [json.loads(line) for line in done.stdout.splitlines()]
    assert [module for module, _, _ in content] == commands
    assert [(module, text) for module, code, text in content if code != 0 or not text.startswith("usage:")] == []


def test_decisions_have_the_date_of_their_name() -> None:
    decisions = [file for file in FILES if file.parent.name == "decisions"]
    assert decisions
    for file in decisions:
        title, _, dated = TEXTS[file].split("\n", 2)
        assert title.startswith("# "), file.name
        assert dated.startswith(f"Decided on {file.name[:10]}."), file.name


def test_the_changelog_begins_with_the_version_to_come() -> None:
    versions = re.findall(r"^## (.+)$", TEXTS[DOCS / "CHANGELOG.md"], re.MULTILINE)
    assert versions[0].endswith("(not released)")
    assert not [version for version in versions[1:] if "not released" in version]


def test_every_page_is_in_the_menu() -> None:
    rooms = {file.parent.name for file in (ROOT / "pages").glob("*/page.py")} - {"frame"}
    assert {page.script.split("/")[0] for page in (*PAGES, OF_SEVERAL)} == rooms | {"participants"}
    assert [page.script for page in PAGES if not (ROOT / "pages" / page.script).exists()] == []


def test_the_table_of_rights_is_that_of_the_code() -> None:
    text = OPERATING.read_text(encoding="utf-8")
    assert rewritten(text) == text, "run: uv run python -m tests.docs.rights_table"


def test_every_definition_names_a_question_that_exists() -> None:
    assert {term.question for term in TERMS if term.question} <= set(questions())
    assert len({term.id for term in TERMS}) == len(TERMS)


def test_the_criteria_are_those_of_the_page() -> None:
    text = accessibility_table.ACCESSIBILITY.read_text(encoding="utf-8")
    assert accessibility_table.rewritten(text) == text, "run: uv run python -m tests.docs.accessibility_table"


def test_there_are_106_criteria_and_their_tests_exist() -> None:
    themes = (9, 2, 3, 13, 8, 2, 5, 10, 4, 14, 13, 11, 12)
    numbers = [f"{theme}.{number}" for theme, many in enumerate(themes, 1) for number in range(1, many + 1)]
    assert [criterion.number for criterion in CRITERIA] == numbers
    for test in {criterion.way.test for criterion in CRITERIA} - {""}:
        file, _, name = test.partition("::")
        assert re.search(rf"^(def|class) {name}\b", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE), test


def test_every_version_of_the_changelog_has_its_news() -> None:
    versions = re.findall(r"^## ([\d.]+)", TEXTS[DOCS / "CHANGELOG.md"], re.MULTILINE)
    assert [version.number for version in VERSIONS] == versions


def test_every_page_says_what_it_answers() -> None:
    assert [page.path for page in PAGES if not page.about.endswith(".")] == []
    assert len({page.about for page in PAGES}) == len(PAGES)
