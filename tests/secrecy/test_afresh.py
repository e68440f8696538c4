"""Attacks of somebody who knows the pages and the routes: whole answers from one release to the next, texts, numbers of lines."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from queries.engine import Database, named_parameters
from queries.errors import QueryError
from queries.files.write import as_json
from queries.open_release import open_release
from queries.questions import questions
from queries.rights.access import Access
from queries.rights.rights import OF_SEVERAL, Right
from queries.sandbox.tables import held
from queries.scope import Scope
from queries.secrecy.hidden_figures import is_about_persons
from queries.secrecy.line_counts import UNIT
from tests.extracts import contract, entry, publish_rows
from tests.queries.asking import EVERYTHING, SETTINGS
from tests.secrecy.figures import READERS
from tests.secrecy.known import KnownExtract, known_extract
from tests.secrecy.tried import published, threshold_of

ABOUT = sorted(name for name, asked in questions().items() if is_about_persons(asked))
CLIENTS = tuple(known_extract(0).lots)
SCOPES = (
    EVERYTHING,
    Scope(clients=CLIENTS),
    Scope(first_year=2020, last_year=2020),
    Scope(execution_communes=("76540",)),
)


def with_others(extract: KnownExtract, number: int) -> KnownExtract:
    """The same, where the first so many participants have everything else that is stated of them: each an attacker's hypothesis."""
    people = tuple(
        replace(
            one,
            traits={
                "gender": "M" if one.traits["gender"] == "F" else "F",
                "is_rqth": "false" if one.traits["is_rqth"] == "true" else "true",
            },
            outcome="chomage" if one.outcome == "durable" else "durable",
        )
        if place < number
        else one
        for place, one in enumerate(extract.people)
    )
    return replace(extract, people=people)


def test_answers_are_the_same_to_the_byte_whatever_one_participant_is(tmp_path: Path) -> None:
    """Sex, RQTH and outcome of up to four: the files, their sizes and what is hidden tell none of them, to any reader."""
    extract = known_extract(0)
    told = []
    for number in (0, 1, 4):
        database = open_release(published(tmp_path, with_others(extract, number), 0), SETTINGS)
        told.append(
            {
                (reader, name, scope): as_json(Access(database=database, rights=rights).ask(name, scope))
                for reader, rights in READERS.items()
                for name in ABOUT
                for scope in SCOPES
            }
        )
    assert told[0] == told[1] == told[2]
    assert b'"participants": 1' in told[0]["public", "people_by_trait", EVERYTHING]


# Who reads a text of a line finds none of it: a pseudonym, a work contract, a number of the line, an employer, a home.
MARKED = {
    "participant_id": "PSEUDONYME",
    "work_contract_id": "EMBAUCHE",
    "entry_id": "NUMERO",
    "employer_siret": "11122233344455",
    "residence_commune": "99997",
}


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Database:
    """A lot whose lines are anomalous in every way that a line can be: 13 early ones, twice each, one of somebody who will leave."""
    lines = [
        entry(
            **MARKED
            | {
                "entry_id": f"NUMERO{n}",
                "participant_id": f"PSEUDONYME{n % 3}",
                "work_contract_id": f"EMBAUCHE{n % 3}",
            },
            contract_id="M1",
            month=dt.date(2020, 3, 1),
            hours_validated=Decimal(100 + n),
            exit_on=dt.date(2090, 1, 1),
        )
        for n in range(13)
    ]
    lot = contract(
        contract_id="M1",
        client_id="K10",
        client_name="Ville de K10",
        facilitator_code="F1",
        notified_on=dt.date(2021, 1, 1),
        starts_on=dt.date(2021, 1, 1),
    )
    orphan = entry(**MARKED | {"entry_id": "NUMERO99"}, contract_id="M9")
    return open_release(publish_rows(tmp_path_factory.mktemp("marked"), [lot], [*lines, *lines, orphan]), SETTINGS)


def every_answer(access: Access) -> Iterator[tuple[str, list[dict[str, object]]]]:
    for name, asked in questions().items():
        own = {"contract_id": "M1", "lot_id": "01", "search": "M1"}
        given = {one.name: own[one.name] for one in asked.parameters if one.name in own}
        if name in OF_SEVERAL or set(named_parameters(asked.sql)) - {"scope", "rights", "populations", *given} - {
            one.name for one in asked.parameters if one.optional
        }:
            continue
        try:
            yield name, access.ask(name, EVERYTHING, **given).to_pylist()
        except QueryError:
            assert not access.offers(name), name


@pytest.mark.parametrize("reader", READERS)
def test_no_text_of_a_line_leaves(marked: Database, reader: str) -> None:
    """By any question, to who may see lines too; nor in the tables of readers' SQL."""
    access = Access(database=marked, rights=READERS[reader])
    told = dict(every_answer(access))
    assert len(told) > 25
    assert ("detail_hours" in told) == access.rights.may(Right.DETAIL)
    texts = {name: str(rows) for name, rows in told.items()}
    if access.rights.may(Right.SQL):
        texts |= {name: str(rows.to_pylist()) for name, rows in held(access)}
    found = [(name, mark) for name, text in texts.items() for mark in MARKED.values() if mark in text]
    assert found == []


@pytest.mark.parametrize("reader", [name for name, rights in READERS.items() if not rights.may(Right.DETAIL)])
def test_numbers_of_lines_are_rounded_and_none_is_below_the_threshold(marked: Database, reader: str) -> None:
    access = Access(database=marked, rights=READERS[reader])
    numbers = [
        row[column.name]
        for name, rows in every_answer(access)
        for column in questions()[name].columns
        if column.unit == UNIT
        for row in rows
    ]
    shown = [number for number in numbers if isinstance(number, int)]
    assert 15 in shown  # 13 lines counted, and 13 duplicates
    assert [number for number in shown if number % 5 or number < threshold_of(access.rights)] == []
