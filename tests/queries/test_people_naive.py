"""Profiles and outcomes against a second computation, line by line in plain Python, on random extracts under random scopes."""

import calendar
import datetime as dt
from collections import Counter
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest

from queries.engine import Database
from queries.open_release import open_release
from queries.scope import Scope
from tests.extracts import publish_rows
from tests.queries.asking import EVERYTHING, SETTINGS, answer
from tests.queries.naive_rules import FORMER, key, latest_of_client, line_is_in, lot_is_in, validated, year_is_in
from tests.queries.random_extracts import random_extract, random_scope

# Participants one by one in Python.
pytestmark = pytest.mark.slow

Row = dict[str, Any]
AS_OF = dt.date(2021, 8, 31)
TRAITS: dict[str, list[Any]] = {
    "gender": ["F", "M", None],
    "age_band": ["<26", "50+", None],
    "education": ["infra3", "unknown", None],
    "main_public": ["rsa", "deld", None],
    **{
        name: [True, False, None]
        for name in ("is_deld", "is_rsa", "is_rqth", "is_young", "is_senior", "is_qpv", "is_plie")
    },
}
OUTCOMES = ["durable", "transition", "positive", "chomage", "inconnu"]
MONTHS_AFTER = {"exit": 0, "m6": 6, "m12": 12}


@pytest.fixture(scope="module", params=[3, 4], ids="seed {}".format)
def both(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Database, "People", Random]:
    """An extract with traits and exits, published and opened, and read naively."""
    seed: int = request.param
    die, extract = Random(seed), random_extract(seed)
    for line in extract.hours:
        line |= {name: die.choice(values) for name, values in TRAITS.items()}
        line["residence_commune"] = die.choice(["76540", "76498", "75056", None])
        if die.random() < 0.4:
            line["exit_on"] = die.choice([None, line["month"] + dt.timedelta(days=die.randrange(400))])
            line["exit_outcome"] = die.choice([*OUTCOMES, None])
            line["outcome_point"] = die.choice(["exit", "m6", "m12", None])
    folder: Path = tmp_path_factory.mktemp("people")
    release = publish_rows(folder, extract.contracts, extract.hours, as_of=AS_OF, settings=SETTINGS)
    return open_release.__wrapped__(release, SETTINGS), People(extract.contracts, extract.hours), die


class People:
    """Persons and exits of an extract, counted from its lines."""

    def __init__(self, contracts: list[Row], hours: list[Row]) -> None:
        # Names and types of a client are those of the latest lot; a former commune counts for the one of today.
        latest = {
            client: max((lot for lot in contracts if lot["client_id"] == client), key=latest_of_client)
            for client in {lot["client_id"] for lot in contracts}
        }
        self.lots = {
            key(lot): lot
            | {"client_type": latest[lot["client_id"]]["client_type"]}
            | {"execution_commune": FORMER.get(lot["execution_commune"], lot["execution_commune"])}
            for lot in contracts
        }
        first: dict[str, Row] = {}
        for line in hours:
            unknown = {"employer_kind": None if line["employer_kind"] == "unknown" else line["employer_kind"]}
            first.setdefault(line["entry_id"], line | unknown)
        self.lines = [line for line in first.values() if key(line) in self.lots]
        self.lines.sort(key=lambda line: (line["month"], line["entry_id"]))

    def text(self, person: str, name: str) -> Any:
        """What the first line that states it says of a person."""
        values = [line[name] for line in self.lines if line["participant_id"] == person and line[name] is not None]
        values = [value for value in values if (name, value) != ("education", "unknown")]
        return values[0] if values else None

    def entry_year(self, person: str) -> int | None:
        """The first year whose hours sum to more than 0."""
        years: dict[int, Decimal] = {}
        for line in self.lines:
            if line["participant_id"] == person:
                year = line["month"].year
                years[year] = years.get(year, Decimal(0)) + validated(line)
        return min((year for year, hours in years.items() if hours > 0), default=None)

    def hours(self, scope: Scope) -> dict[str, Decimal]:
        """Persons above 0 hours in the scope."""
        sums: dict[str, Decimal] = {}
        for line in self.lines:
            inside = lot_is_in(self.lots[key(line)], scope) and line_is_in(line, scope)
            if line["participant_id"] and inside and year_is_in(line["month"].year, scope):
                sums[line["participant_id"]] = sums.get(line["participant_id"], Decimal(0)) + validated(line)
        return {person: hours for person, hours in sums.items() if hours > 0}

    def exits(self, scope: Scope) -> Counter[tuple[str, str]]:
        """Persons who left in the scope, by moment and outcome."""
        last: dict[str, tuple[Any, ...]] = {}
        for person, work_contract in {(line["participant_id"], line["work_contract_id"]) for line in self.lines}:
            own = [
                line
                for line in self.lines
                if (line["participant_id"], line["work_contract_id"]) == (person, work_contract)
            ]
            telling = [line for line in own if line["exit_on"] or line["exit_outcome"]]
            telling = [line for line in telling if not line["exit_on"] or line["exit_on"] <= AS_OF]  # a plan is no exit
            if person is None or not telling or sum(map(validated, own)) <= 0:
                continue
            days = [line["exit_on"] for line in telling if line["exit_on"]]
            month = max(line["month"] for line in telling)
            day = max(days) if days else month.replace(day=calendar.monthrange(month.year, month.month)[1])
            outcomes = {
                line["outcome_point"] or "exit": line["exit_outcome"] for line in telling if line["exit_outcome"]
            }
            found = (day, (telling[-1]["month"], telling[-1]["entry_id"]), telling[-1], outcomes)
            if person not in last or found[:2] > last[person][:2]:
                last[person] = found
        counts: Counter[tuple[str, str]] = Counter()
        for person, (day, _, line, outcomes) in last.items():
            later = [validated(line) for line in self.lines if line["participant_id"] == person and line["month"] > day]
            if sum(later) > 0 or self.entry_year(person) is None:
                continue  # back at work, or never at work
            inside = lot_is_in(self.lots[key(line)], scope) and line_is_in(line, scope)
            if not inside or not year_is_in(day.year, scope):
                continue
            for point, months in MONTHS_AFTER.items():
                if point == "exit" or point in outcomes or _after(day, months) <= AS_OF:
                    counts[point, outcomes.get(point, "inconnu")] += 1
        return counts


def _after(day: dt.date, months: int) -> dt.date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def scopes(die: Random) -> list[Scope]:
    return [EVERYTHING, Scope(include_uncounted=True), Scope(first_year=2020), *(random_scope(die) for _ in range(4))]


def test_traits_agree(both: tuple[Database, People, Random]) -> None:
    database, people, die = both
    for scope in scopes(die):
        hours = people.hours(scope)
        expected: dict[tuple[str, str | None], tuple[int, Decimal]] = {}
        for person, done in hours.items():
            for trait in TRAITS:
                value = people.text(person, trait)
                cell = trait, str(value).lower() if isinstance(value, bool) else value
                count, total = expected.get(cell, (0, Decimal(0)))
                expected[cell] = count + 1, total + done
        expected["total", None] = len(hours), sum(hours.values(), Decimal(0))
        rows = answer(database, "people_by_trait", scope)
        assert {(row["trait"], row["value"]): (row["participants"], row["hours_validated"]) for row in rows} == expected


def test_homes_agree(both: tuple[Database, People, Random]) -> None:
    database, people, die = both
    for scope in scopes(die):
        homes = Counter(people.text(person, "residence_commune") for person in people.hours(scope))
        rows = answer(database, "people_by_residence", scope)
        found = {(row["trait"], row["value"]): row["participants"] for row in rows if not row["is_total"]}
        inside = {home: count for home, count in homes.items() if home in ("76540", "76498")}
        three = {"outside": homes["75056"], None: homes[None], "inside": sum(inside.values())}
        assert found == {
            **{("residence", place): count for place, count in three.items() if count},
            **{("residence_commune", home): count for home, count in inside.items()},
        }


def test_exits_agree_and_every_breakdown_adds_up_to_them(both: tuple[Database, People, Random]) -> None:
    database, people, die = both
    for scope in scopes(die):
        expected = people.exits(scope)
        rows = [row for row in answer(database, "exits_by_point", scope) if not row["is_total"]]
        assert {(row["outcome_point"], row["exit_outcome"]): row["participants"] for row in rows} == expected
        for question in ("exits_by_clause", "exits_by_duration", "exits_by_employer_kind", "exits_by_entry_year"):
            found: Counter[str] = Counter()
            for row in answer(database, question, scope):
                if not row["is_total"] and row["outcome_group"] != "total":
                    found[row["outcome_point"]] += row["participants"]
            assert found == Counter(
                {point: sum(n for (p, _), n in expected.items() if p == point) for point, _ in expected}
            )
