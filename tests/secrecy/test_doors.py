"""All doors in their quick form: what is the same to the byte in two worlds tells nobody which of them is true."""

import re
from pathlib import Path
from typing import Any

import pytest

from queries.questions import questions
from queries.secrecy.hidden_figures import is_about_persons
from queries.secrecy.line_counts import counts_lines
from tests.secrecy.doors import Attacker, differing, mails, pages, routes, tables
from tests.secrecy.figures import READERS
from tests.secrecy.worlds import GROUP, World, of_a_group, of_some

# Those with figures of participants, or of lines; the rest, every format and the edition: python -m tests.secrecy --whole.
ASKED = [name for name, asked in questions().items() if is_about_persons(asked) or counts_lines(asked)]
QUICK: dict[str, Any] = {"paths": ("publics", "sorties", "donnees"), "forms": ("json",), "asked": ASKED}


@pytest.fixture(scope="module")
def some(tmp_path_factory: pytest.TempPathFactory) -> tuple[World, ...]:
    return of_some(tmp_path_factory.mktemp("some"))


@pytest.fixture(scope="module")
def hidden_from_the_public(tmp_path_factory: pytest.TempPathFactory) -> tuple[World, ...]:
    return of_a_group(tmp_path_factory.mktemp("public"), 1, 9, 10)


@pytest.fixture(scope="module")
def hidden_from_all(tmp_path_factory: pytest.TempPathFactory) -> tuple[World, ...]:
    return of_a_group(tmp_path_factory.mktemp("all"), 1, 5, 4)


@pytest.mark.parametrize("reader", READERS)
def test_no_answer_is_another_whatever_four_participants_are(some: tuple[World, ...], reader: str) -> None:
    """From one release to the next: questions, feeds, refusals, sizes, mails, tables of SQL."""
    answers, others = differing(some, reader, (routes, mails, tables), **QUICK)
    assert answers > 15
    assert others == []


def test_no_page_and_no_file_is_another_whatever_four_participants_are(some: tuple[World, ...]) -> None:
    """Texts, charts, tables, order, and each file: workbooks with all that is hidden in them, images, sheets, the report."""
    answers, others = differing(some, "service, one client", (pages,), **QUICK)
    assert answers > 30
    assert others == []


def test_a_small_group_is_the_same_to_the_public_whoever_is_in_it(hidden_from_the_public: tuple[World, ...]) -> None:
    """One participant, nine or ten, and whether all lines say whose they are: neither rows that are there, nor hours, nor a word."""
    answers, others = differing(hidden_from_the_public, "public", (routes, pages), query={"clients": GROUP}, **QUICK)
    assert answers > 30
    assert others == []


def test_a_smaller_group_is_the_same_to_an_account_whoever_is_in_it(hidden_from_all: tuple[World, ...]) -> None:
    answers, others = differing(hidden_from_all, "analyste", (routes, pages), query={"clients": GROUP}, **QUICK)
    assert answers > 15
    assert others == []


@pytest.mark.parametrize(
    ("key", "page"), [("clients", "publics"), ("client", "clients"), ("marche", "lots"), ("q", "recherche")]
)
def test_what_is_others_is_answered_as_what_is_not_there(some: tuple[World, ...], key: str, page: str) -> None:
    """A client, a contract and a search of somebody else's: the same status, words and sizes as for a code that nobody has."""
    told = []
    for typed in ("K11", "X99"):
        with pytest.MonkeyPatch.context() as patch:
            attacker = Attacker(
                world=some[1],
                name="service, one client",
                patch=patch,
                query={key: typed},
                paths=(page,),
                forms=("json",),
                asked=ASKED if key == "clients" else (),
            )
            attacker.enter()
            answers = {place: text for door in (pages, routes) for place, text in door(attacker)}
        told.append({place: re.sub(f"{typed}|etag: .*", "", text) for place, text in answers.items()})
    assert [place for place in told[0] if told[0][place] != told[1].get(place)] == []
    assert f"page {page}" in told[0]


def test_the_comparison_sees_what_is_shown(tmp_path: Path) -> None:
    """Sixty participants who are others change what readers may see: in the routes, on the page, in its files."""
    worlds = of_some(tmp_path, 60)
    _, others = differing(worlds, "analyste", (routes, pages), paths=("publics",), forms=("json",), asked=ASKED)
    assert "route /api/v1/questions/people_by_trait.json" in others
    assert "page publics" in others
    assert any(place.startswith("file publics") and place.endswith(".xlsx") for place in others)
