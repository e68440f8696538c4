"""Statistical secrecy: what a reader who wants to know too much gets from every answer about persons."""

import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from random import Random
from typing import Any

import pyarrow as pa
import pytest

from data import codes
from data.codes import Role
from data.secret import FILE
from queries.engine import Database
from queries.questions import AnswerColumn, question, questions
from queries.rights.access import Access
from queries.rights.rights import Rights
from queries.scope import Scope
from queries.secrecy.cells import Cell, cell, with_cells
from queries.secrecy.disclosure import Secrecy, is_about_persons, protected
from queries.secrecy.rounding import rounded
from tests.queries.asking import EVERYTHING, Opened
from tests.queries.test_sql_files import read_by, statements

Row = dict[str, Any]
ABOUT_PERSONS = sorted(name for name, asked in questions().items() if is_about_persons(asked))
HIGHEST_HIDDEN = {Role.SERVICE: 5, Role.PUBLIC: 10}
THRESHOLD = {Role.SERVICE: 5, Role.PUBLIC: 11}
CLIENTS, CLAUSES, YEARS = ("C1", "C2", "C3"), ("execution", "insertion"), (2019, 2020, 2021)
KINDS = {"gender": [*map(str, codes.Gender), ""], "age_band": [*map(str, codes.AgeBand), ""]}


def extract() -> tuple[str, str]:
    """Three clients, two clauses, three years; most people in one place, and a few alone in theirs, so that scopes differ by one."""
    die = Random(20261125)
    lots = [f"{client}{clause[0]} | {client} | {clause}" for client in CLIENTS for clause in CLAUSES]
    lines = []
    for n in range(140):
        # C1 has nearly everybody; C2 and C3 have few people, so that with or without them scopes are neighbours.
        client = CLIENTS[n % 2 + 1] if n < 10 else "C1"
        gender, age, rsa = (
            die.choice("FFFMMX") if n % 7 else "",
            die.choice([*codes.AgeBand]),
            die.choice(["true", "false"]),
        )
        left = f"{die.choice(YEARS)}-06-30 | {die.choice(['durable', 'transition', 'chomage', 'inactif'])}"
        exit_text = left if die.random() < 0.7 else " | "
        for year in die.sample(YEARS, 1 if n < 10 or n % 4 else 2):
            clause = die.choice(CLAUSES)
            lines.append(
                f"{client}{clause[0]} | {year}-03 | P{n} | W{n} | {gender} | {age} | {rsa} | 7654{n % 2} | 20 | {exit_text}"
            )
    head = "contract_id | month | participant_id | work_contract_id | gender | age_band | is_rsa | residence_commune"
    return (
        "contract_id | client_id | clause_category\n" + "\n".join(lots),
        f"{head} | hours_validated | exit_on | exit_outcome\n" + "\n".join(lines),
    )


@pytest.fixture(scope="module")
def database(opened: Opened) -> Database:
    found = opened(*extract())
    # The same secret at each run: what is tried here is tried again the same way.
    (found.release.path.parents[1] / FILE).write_bytes(b"essai" * 8)
    return found


def reader(database: Database, role: Role = Role.SERVICE) -> Access:
    return Access(database=database, rights=Rights(role=role))


def every_scope() -> Iterator[Scope]:
    """Every combination of these filters."""
    for clients in (some for size in (1, 2, 3) for some in itertools.combinations(CLIENTS, size)):
        for clauses in (("execution",), ("insertion",), CLAUSES):
            for first, last in (*((year, year) for year in YEARS), (YEARS[0], YEARS[-1])):
                yield Scope(clients=clients, clause_categories=clauses, first_year=first, last_year=last)


SCOPES = list(every_scope())
# What an answer says of each cell: the number, None when it is hidden.
Told = dict[tuple[Any, ...], int | None]


def places(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple((name, row[name]) for name in row if name in AXES)


AXES = ("trait", "value", "year", "presence", "outcome_point", "outcome_group", "exit_outcome", "clause_category")


def counts(answer: pa.Table) -> Told:
    return {places(row): row["participants"] for row in answer.to_pylist()}


@pytest.fixture(scope="module")
def answers(database: Database) -> dict[tuple[str, Role, Scope], Told]:
    """What readers are told of every scope."""
    names = ("people_by_trait", "exits_by_point")
    return {
        (name, role, scope): counts(reader(database, role).ask(name, scope))
        for name in names
        for role in THRESHOLD
        for scope in (SCOPES if role is Role.SERVICE else SCOPES[::5])
    }


@pytest.fixture(scope="module")
def persons(database: Database) -> dict[tuple[str, Scope], frozenset[str]]:
    """The persons of every scope, and those of them who left: what the attacker looks for, from the lines themselves."""
    counted = {
        "people_by_trait": """
            SELECT hours.participant_id FROM hours JOIN lots_in_scope($scope) USING (contract_id, lot_id)
            WHERE year_matches($scope, year(hours.month)) GROUP BY ALL HAVING sum(hours.hours_validated) > 0""",
        "exits_by_point": """
            WITH last_line AS (
                SELECT participant_id, exit_on, contract_id FROM hours WHERE exit_on IS NOT NULL
                QUALIFY row_number() OVER (PARTITION BY participant_id ORDER BY month DESC, entry_id DESC) = 1)
            SELECT participant_id FROM last_line JOIN lots_in_scope($scope) USING (contract_id)
            WHERE year_matches($scope, year(exit_on))""",
    }
    return {
        (name, scope): frozenset(
            person for (person,) in database.connection.cursor().sql(sql, params={"scope": scope.bound()}).fetchall()
        )
        for name, sql in counted.items()
        for scope in SCOPES
    }


# What leaves


def test_every_question_that_reads_persons_is_protected() -> None:
    macros = {"persons_in_scope", "work_contracts_in_scope", "exits_in_scope", "entries_in_scope"}
    tables = {"people_years", "work_contract_years", "exits", "profiles", "hours"}
    reading = {
        name for name in questions() if any(read_by(tree) & (macros | tables) for tree in statements(f"{name}.sql"))
    }
    assert reading == set(ABOUT_PERSONS)
    for name in ABOUT_PERSONS:
        units = {column.name: column.unit for column in question(name).columns}
        assert units["participants"] == "persons"
        assert units["persons_key"] == "key"


@pytest.mark.parametrize("name", ABOUT_PERSONS)
@pytest.mark.parametrize("role", THRESHOLD)
def test_keys_stay_and_hidden_figures_are_named(database: Database, name: str, role: Role) -> None:
    asked = question(name)
    for scope in (EVERYTHING, Scope(clients=("C3",)), Scope(clients=())):
        answer = reader(database, role).ask(name, scope)
        with reader(database, role).stream(name, scope) as batches:
            assert batches.read_all().equals(answer)
        kept = [column.name for column in asked.columns if column.unit != "key"]
        assert answer.column_names[: len(kept)] == kept
        assert set(answer.column_names) - set(kept) <= {"hidden", "hours_share_ratio"}
        for row in answer.to_pylist():
            assert all(row[column] is None for column in row["hidden"])
            assert (row["participants"] is None) == ("participants" in row["hidden"])
            assert (row["participants"] or 0) % 5 == 0
            if row.get("trait", "total") != "total":
                assert row["hours_validated"] is None


def test_no_number_below_the_threshold_is_shown(
    database: Database, answers: dict[tuple[str, Role, Scope], Told]
) -> None:
    seen = 0
    for (name, role, scope), shown in answers.items():
        exact = counts(database.ask(name, scope))
        for place, number in shown.items():
            count = exact.get(place, 0)
            seen += count is not None and 0 < count < THRESHOLD[role]
            if count is None or count < THRESHOLD[role]:
                assert number is None
            else:
                assert number is None or abs(number - count) < 5 or number == max(shown[total_of(place)] or 0, 0)
    assert seen > 150


def total_of(place: tuple[Any, ...]) -> tuple[Any, ...]:
    totals = {"trait": "total", "value": None, "exit_outcome": "total", "outcome_group": "total"}
    return tuple((name, totals.get(name, value)) for name, value in place)


def test_without_any_hours_nobody_is_there_and_that_is_public(database: Database) -> None:
    (row,) = reader(database).ask("headline", Scope(clients=())).to_pylist()
    assert (row["participants"], row["work_contracts"], row["hidden"]) == (0, 0, [])


def test_hours_without_a_named_person_do_not_tell_that_nobody_is_there(opened: Opened) -> None:
    nobody = opened("contract_id\nM1", "month | participant_id\n2020-01 | ")
    (row,) = reader(nobody).ask("headline", EVERYTHING).to_pylist()
    assert row["participants"] is None
    assert set(row["hidden"]) == {"participants", "work_contracts", "hours_per_participant"}


def test_a_column_that_no_source_had_is_unknown_not_hidden(database: Database) -> None:
    asked = question("headline")
    secrecy = Secrecy(secret=b"essai", threshold=5, absent=frozenset({"hours.participant_id"}))
    (row,) = protected(asked, database.ask("headline", EVERYTHING), secrecy).to_pylist()
    assert row["participants"] is None
    assert "participants" not in row["hidden"]


# One who subtracts


def spread(number: int | None) -> tuple[int, float]:
    """The least and the most that a published number may stand for."""
    return (0, float("inf")) if number is None else (max(0, number - 4), number + 4)


def test_no_hidden_cell_is_told_by_the_others_of_its_line(answers: dict[tuple[str, Role, Scope], Told]) -> None:
    looked_at = 0
    for shown in answers.values():
        for total, members in lines(shown):
            for place in members:
                if shown[place] is not None or shown[total] is None:
                    continue
                others = [spread(shown[other]) for other in members if other != place]
                low = max(0, spread(shown[total])[0] - sum(most for _, most in others))
                high = spread(shown[total])[1] - sum(least for least, _ in others)
                assert high - low >= 4  # five values at least
                assert [shown[other] for other in members].count(None) > 1
                looked_at += 1
    assert looked_at > 300


def lines(shown: Told) -> Iterator[tuple[tuple[Any, ...], list[tuple[Any, ...]]]]:
    """The cells that add up, with their total: the values of a trait, the outcomes of a moment."""
    found: dict[Any, list[tuple[Any, ...]]] = defaultdict(list)
    for place in shown:
        if total_of(place) != place:
            found[total_of(place), dict(place).get("trait")].append(place)
    for (total, _), members in found.items():
        yield total, members


# One who compares two scopes that differ by one person


def neighbours(persons: dict[tuple[str, Scope], frozenset[str]], name: str) -> list[tuple[Scope, Scope]]:
    """Every pair of scopes of which the second has one person more."""
    sets = [(persons[name, scope], scope) for scope in SCOPES]
    return [
        (less, more)
        for (few, less), (many, more) in itertools.product(sets, repeat=2)
        if len(many) == len(few) + 1 and few < many
    ]


def outcomes(count: int) -> set[int]:
    low = count // 5 * 5
    return {low} if count % 5 == 0 else {low, low + 5}


def counts_behind(before: int | None, after: int | None, joined: int) -> tuple[int, float] | None:
    """The least and the most that a count may have been before the person came, who is in the cell or not (1 or 0)."""
    found = [
        count
        for count in range(200)
        if (before is None or before in outcomes(count)) and (after is None or after in outcomes(count + joined))
    ]
    return (found[0], found[-1] if found[-1] < 199 else float("inf")) if found else None


@pytest.mark.parametrize("name", ["people_by_trait", "exits_by_point"])
def test_no_pair_of_neighbours_tells_where_the_person_is(
    name: str,
    answers: dict[tuple[str, Role, Scope], Told],
    persons: dict[tuple[str, Scope], frozenset[str]],
) -> None:
    """Whatever is published of both, that the person is in a cell of a line stays as possible as that they are in another."""
    pairs = neighbours(persons, name)
    looked_at = 0
    for less, more in pairs:
        before, after = answers[name, Role.SERVICE, less], answers[name, Role.SERVICE, more]
        if before.keys() != after.keys():
            # Only a population whose number is hidden has fewer rows, and the number is all they tell.
            fewer = min(before, after, key=len)
            assert all(number is None or place in before.keys() & after.keys() for place, number in fewer.items())
            continue
        for total, members in lines(after):
            joined = {place: counts_behind(before[place], after[place], 1) for place in members}
            apart = {place: counts_behind(before[place], after[place], 0) for place in members}
            whole = counts_behind(before[total], after[total], 1)
            if whole is None or None in apart.values():
                continue  # a complement or a cap: fewer things can be said
            possible = {place: is_possible(place, members, joined, apart, whole) for place in members}
            assert len(set(possible.values())) == 1, (less, more, total, possible)
            looked_at += 1
    assert looked_at > 50


def is_possible(
    suspect: tuple[Any, ...],
    members: list[tuple[Any, ...]],
    joined: Mapping[tuple[Any, ...], tuple[int, float] | None],
    apart: Mapping[tuple[Any, ...], tuple[int, float] | None],
    whole: tuple[int, float],
) -> bool:
    """Whether the person may be in that cell: some counts add up to the total and give all that is published."""
    found = [joined[place] if place == suspect else apart[place] for place in members]
    ranges = [entry for entry in found if entry is not None]
    return (
        len(ranges) == len(members)
        and sum(least for least, _ in ranges) <= whole[1]
        and sum(most for _, most in ranges) >= whole[0]
    )


def test_the_number_of_any_cell_can_change_or_stay_wherever_the_person_is() -> None:
    """The argument of disclosure.py: with or without the person, the same pairs can come out."""

    def pairs(joined: int) -> set[tuple[int, int]]:
        return {
            pair for n in range(60) for pair in itertools.product(outcomes(n), outcomes(n + joined)) if max(pair) < 50
        }

    assert pairs(0) == pairs(1)


def test_the_cells_without_the_person_are_drawn_anew_as_well(
    answers: dict[tuple[str, Role, Scope], Told], persons: dict[tuple[str, Scope], frozenset[str]], database: Database
) -> None:
    """Else the one cell that changes would tell."""
    changed = 0
    for less, more in neighbours(persons, "people_by_trait"):
        exact = [counts(database.ask("people_by_trait", scope)) for scope in (less, more)]
        shown = [answers["people_by_trait", Role.SERVICE, scope] for scope in (less, more)]
        for place in exact[0].keys() & exact[1].keys() & shown[0].keys() & shown[1].keys():
            changed += exact[0][place] == exact[1][place] and shown[0][place] != shown[1][place]
    assert changed > 20


def test_exits_change_also_when_the_person_who_joins_has_not_left(
    answers: dict[tuple[str, Role, Scope], Told], persons: dict[tuple[str, Scope], frozenset[str]]
) -> None:
    """Else a change would tell that this person has left; that there is none tells nothing, for draws often agree."""
    same_leavers = [
        (less, more)
        for less, more in neighbours(persons, "people_by_trait")
        if persons["exits_by_point", less] == persons["exits_by_point", more]
    ]
    shown = [[answers["exits_by_point", Role.SERVICE, scope] for scope in pair] for pair in same_leavers]
    assert any(before != after for before, after in shown)
    assert any(before == after for before, after in shown)


# One who asks again in other words


def test_the_same_persons_always_have_the_same_numbers(
    answers: dict[tuple[str, Role, Scope], Told], persons: dict[tuple[str, Scope], frozenset[str]]
) -> None:
    alike: dict[frozenset[str], list[Told]] = defaultdict(list)
    for scope in SCOPES:
        alike[persons["people_by_trait", scope]].append(answers["people_by_trait", Role.SERVICE, scope])
    assert all(found == same[0] for same in alike.values() for found in same)
    assert any(len(same) > 1 and len(same[0]) > 1 for same in alike.values())


def test_the_same_exits_have_four_numbers_at_most_however_often_they_are_asked_for(
    answers: dict[tuple[str, Role, Scope], Told], persons: dict[tuple[str, Scope], frozenset[str]]
) -> None:
    of_everybody: dict[tuple[frozenset[str], frozenset[str]], list[Told]] = defaultdict(list)
    of_leavers: dict[frozenset[str], list[Told]] = defaultdict(list)
    for scope in SCOPES:
        leavers, shown = persons["exits_by_point", scope], answers["exits_by_point", Role.SERVICE, scope]
        of_everybody[leavers, persons["people_by_trait", scope]].append(shown)
        of_leavers[leavers].append(shown)
    assert all(found == same[0] for same in of_everybody.values() for found in same)
    assert any(len(same) > 1 for same in of_everybody.values())
    different = [len({tuple(shown.items()) for shown in found}) for found in of_leavers.values()]
    assert 1 < max(different) <= 4


def test_a_line_of_a_wider_answer_says_what_its_own_scope_says(database: Database) -> None:
    """Else one clause, asked for beside each choice of others, would be averaged out: of exits there are four draws at most."""
    wide = counts(reader(database).ask("exits_by_clause", EVERYTHING))
    looked_at = 0
    for clause in CLAUSES:
        alone = counts(reader(database).ask("exits_by_clause", Scope(clause_categories=(clause,))))
        for place, number in alone.items():
            if dict(place)["clause_category"] == clause:
                # Both may round the same count, each its way; a complement may be hidden in one of them.
                beside = wide[place]
                assert number is None or beside is None or abs(number - beside) <= 5
                looked_at += number is not None and number == beside
    assert looked_at > 4


def test_every_question_gives_the_same_total(database: Database) -> None:
    for role, scope in itertools.product(THRESHOLD, (EVERYTHING, Scope(clients=("C1",)), Scope(first_year=2020))):
        whole = {
            name: reader(database, role).ask(name, scope).to_pylist()[0]["participants"]
            for name in ("headline", "people_by_trait", "people_by_residence", "people_by_year")
        }
        assert len(set(whole.values())) == 1, whole


# Worked by hand


def test_figures_follow_the_published_number() -> None:
    """17 persons of 340 h are shown as 15 or 20: their mean is over what is shown."""
    units = {
        "participants": "persons",
        "work_contracts": "work_contracts",
        "mean": "h_per_person",
        "persons_key": "key",
    }
    kinds = {"mean": "DOUBLE", "persons_key": "UBIGINT"}
    columns = tuple(
        AnswerColumn(name=name, type=kinds.get(name, "BIGINT"), unit=unit, meaning="") for name, unit in units.items()
    )
    asked = replace(question("headline"), columns=columns)
    exact = pa.table({"participants": [17], "work_contracts": [17], "mean": [20.0], "persons_key": [1]})
    means = set()
    for n in range(20):
        (row,) = protected(asked, exact, Secrecy(secret=bytes([n]), threshold=5)).to_pylist()
        assert row["participants"] in (15, 20)
        assert row["mean"] == 340 / row["participants"]
        means.add(row["participants"])
    assert means == {15, 20}


def test_a_table_is_as_it_was_worked_out() -> None:
    """60 persons: 35 women and 20 men stay, 5 others are hidden, and the smaller cell with them; rsa has 45 and 15."""
    asked = question("people_by_trait")
    cells = [("total", None, 60), ("gender", "F", 35), ("gender", "M", 20), ("gender", "X", 5)]
    cells += [("is_rsa", "false", 45), ("is_rsa", "true", 15)]
    exact = pa.Table.from_pylist([_of(trait, value, n) for trait, value, n in cells])
    found = counts(protected(asked, exact, Secrecy(secret=b"essai", threshold=5)))
    assert {(dict(place)["trait"], dict(place)["value"]): number for place, number in found.items()} == {
        ("total", None): 60,
        ("gender", "F"): 35,
        ("gender", "M"): 20,
        ("gender", "X"): None,
        ("gender", None): None,  # nobody: as hidden as five
        ("is_rsa", "true"): 15,
        ("is_rsa", "false"): 45,
        ("is_rsa", None): None,
    } | {("is_rsa", "true"): None}  # the lone hidden one takes the smallest with it


def _of(trait: str, value: str | None, count: int) -> Row:
    return {
        "trait": trait,
        "value": value,
        "participants": count,
        "hours_validated": count * 10,
        "persons_key": 7,
        "is_total": trait == "total",
    }


def test_shares_are_of_published_numbers_and_hidden_with_their_base() -> None:
    women, men = {"participants": 35, "hidden": []}, {"participants": None, "hidden": ["participants"]}
    whole = Cell(60)
    assert cell(women, "participants").part_of(whole) == Cell(35 / 60)
    assert Cell(65).part_of(whole) == Cell(1.0)
    assert cell(men, "participants").part_of(whole) == Cell(None, hidden=True)
    assert whole.over(cell(men, "participants")) == Cell(None, hidden=True)
    assert Cell(None).over(whole) == Cell(None)
    assert whole.over(Cell(0)) == Cell(None)
    assert with_cells(men, share=Cell(None, hidden=True))["hidden"] == ["participants", "share"]


def test_the_rounding_of_a_cell_is_that_of_its_draw() -> None:
    assert {rounded(n, 0.5) for n in range(10, 16)} == {10, 15}
