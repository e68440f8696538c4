"""Which population a scope is, and what a reader sees of it."""

import datetime as dt
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from data.codes import Role
from data.ladder import LADDER
from queries.engine import Database
from queries.filters import FILTERS
from queries.questions import questions
from queries.rights.access import Access
from queries.rights.rights import Rights
from queries.scope import Reading, Scope
from queries.secrecy.hidden_figures import is_about_persons
from queries.secrecy.ladder import Off, Population, populations, why_not
from tests.queries.asking import EVERYTHING, Opened

Row = dict[str, Any]
ABOUT = sorted(name for name, asked in questions().items() if is_about_persons(asked))


def test_rungs_are_filters_and_companies_are_none() -> None:
    """A contractor, or a kind of purchase, may be one company: no figure about its participants."""
    assert set(FILTERS) - {rung.field for rung in LADDER} == {"contractors", "purchase_kinds"}
    assert {rung.field for rung in LADDER} - {""} <= set(FILTERS)
    assert populations(Scope(contractors=("73282932000074",))) is Off.OTHER


def test_a_scope_is_everything_or_one_value_of_one_field() -> None:
    assert populations(EVERYTHING) == (Population(),)
    assert populations(Scope(first_year=2020, last_year=2020)) == (Population(year=2020),)
    assert populations(Scope(clients=("A",))) == (Population(field="clients", value="A"),)
    assert populations(Scope(clients=("A",), include_uncounted=True)) == (
        Population(field="clients", value="A", include_uncounted=True),
    )
    assert populations(Scope(employer_kinds=("none", "unknown"))) == (Population(field="employer_kinds", value="none"),)
    assert populations(replace(EVERYTHING, reading=Reading.PUBLIC)) == (Population(public=True),)


def test_several_values_are_side_by_side_and_an_empty_list_is_nobody() -> None:
    both = populations(Scope(clients=("A", "B")))
    assert both == (Population(field="clients", value="A"), Population(field="clients", value="B"))
    assert populations(Scope(clients=())) == ()
    assert "jamais pour leur ensemble" in why_not(Scope(clients=("A", "B")))
    assert why_not(Scope(clients=("A",))) == ""


@pytest.mark.parametrize(
    ("scope", "reason"),
    [
        (Scope(clients=("A",), sectors=("pi",)), Off.FIELDS),
        (Scope(first_year=2019, last_year=2020), Off.YEARS),
        (Scope(first_year=2019), Off.YEARS),
        (Scope(first_month=dt.date(2019, 1, 1), last_month=dt.date(2019, 12, 1)), Off.MONTHS),
        (Scope(first_month=dt.date(2019, 1, 1), clients=("A",)), Off.MONTHS),
        (Scope(last_year=2019, clients=("A",)), Off.YEARS),
    ],
    ids=str,
)
def test_a_scope_off_the_ladder_says_why(scope: Scope, reason: Off) -> None:
    assert populations(scope) is reason
    assert why_not(scope) == reason.value


# Three clients, of sixty, three and twenty participants.
def _lines() -> str:
    die = Random(7)
    lines = [
        "contract_id | month | hours_validated | participant_id | work_contract_id | gender | residence_commune | exit_on | exit_outcome"
    ]
    for n in range(83):
        client = 1 if n < 60 else 2 if n < 63 else 3
        lines.append(
            f"M{client} | {die.choice([2019, 2020])}-03 | 20 | P{n} | W{n} | {'F' if n % 3 else 'M'} | 76540 | 2021-06-30 | durable"
        )
    return "\n".join(lines)


@pytest.fixture(scope="module")
def database(opened: Opened) -> Database:
    return opened("contract_id | client_id\nM1 | C1\nM2 | C2\nM3 | C3", _lines())


def reader(database: Database, role: Role = Role.SERVICE, **rows: tuple[str, ...]) -> Access:
    return Access(database=database, rights=Rights(role=role, **rows))


def only(access: Access, scope: Scope = EVERYTHING) -> Row:
    found: list[Row] = access.ask("headline", scope).to_pylist()
    (row,) = found
    return row


def test_numbers_are_multiples_of_five_within_five_of_the_truth(database: Database) -> None:
    row = only(reader(database), Scope(clients=("C1",)))
    assert row["participants"] in (60,)  # a multiple of 5 is its own rounding
    assert row["work_contracts"] == 60
    assert row["hidden"] == []


def test_few_participants_are_hidden(database: Database) -> None:
    few = only(reader(database), Scope(clients=("C2",)))
    assert few["participants"] is None
    assert set(few["hidden"]) == {"participants", "work_contracts", "hours_per_participant"}


def test_the_same_participants_have_the_same_number_under_another_name(database: Database) -> None:
    whole, by_type = (only(reader(database), scope) for scope in (EVERYTHING, Scope(client_types=("commune",))))
    assert whole["participants"] == by_type["participants"] is not None


def test_of_two_populations_that_are_nearly_the_same_one_has_figures(opened: Opened) -> None:
    """Everything is C1 and three more: beside it C1 would tell of the three."""
    nearly = opened("contract_id | client_id\nM1 | C1\nM2 | C2", "\n".join(_lines().splitlines()[:64]))
    assert only(reader(nearly))["participants"] is not None
    assert only(reader(nearly), Scope(clients=("C1",)))["participants"] is None
    assert only(reader(nearly, clients=("C1",)))["participants"] is None


def test_a_union_a_crossing_and_a_range_have_no_figure(database: Database) -> None:
    for scope in (
        Scope(clients=("C1", "C2")),
        Scope(clients=("C1",), sectors=("none",)),
        Scope(first_year=2019, last_year=2020),
    ):
        row = only(reader(database), scope)
        assert row["participants"] is None
        assert "participants" in row["hidden"]
        assert row["hours_validated"] > 0  # those of contracts stay free
    for name in set(ABOUT) - {"headline"}:
        answer = reader(database).ask(name, Scope(first_year=2019, last_year=2020))
        assert answer.num_rows == 0
        lines = reader(database).ask(name, Scope(clients=("C1", "C2"))).to_pylist()
        assert {line["population"] for line in lines} <= {"C1", "C2"}


def test_who_is_limited_to_clients_sees_each_and_no_whole(database: Database) -> None:
    limited = reader(database, clients=("C1", "C2"))
    assert only(limited)["participants"] is None
    assert {line["population"] for line in limited.ask("people_by_trait", EVERYTHING).to_pylist()} == {
        "C1"
    }  # C2: too few
    assert only(reader(database, clients=("C1",)))["participants"] == 60
    assert limited.ask("people_by_trait", Scope(execution_communes=("76540",))).num_rows == 0


def test_the_public_reads_the_same_number_under_a_higher_threshold(database: Database) -> None:
    account, public = (
        {
            (row["trait"], row["value"]): row["participants"]
            for row in reader(database, role).ask("people_by_trait", EVERYTHING).to_pylist()
        }
        for role in (Role.SERVICE, Role.PUBLIC)
    )
    assert account["gender", "F"] == public["gender", "F"]
    assert all(number is None or number == account[place] for place, number in public.items())
    assert all(number is None or number > 10 for number in public.values())


def test_without_a_line_nobody_is_there_and_that_is_public(database: Database) -> None:
    assert only(reader(database), Scope(clients=()))["participants"] == 0
    assert only(reader(database), Scope(clients=("C1",), first_year=2010, last_year=2010))["participants"] == 0


def test_the_shell_counts_exactly_whatever_the_scope(database: Database) -> None:
    for scope, count in ((EVERYTHING, 83), (Scope(clients=("C1", "C2")), 63), (Scope(clients=("C2",)), 3)):
        assert database.ask("headline", scope)["participants"].to_pylist() == [count]
    assert database.ask("headline", Scope(first_year=2019, last_year=2020))["participants"].to_pylist() == [83]


def test_who_is_limited_to_rows_sees_traits_as_all_clients_stated_them(opened: Opened) -> None:
    """RQTH is stated to C1, before: a profile does not depend on who looks. The lines of C2 do not have it."""
    lines = "\n".join(f"M1 | 2019-03 | P{n} | true\nM2 | 2020-03 | P{n} |" for n in range(20))
    both = opened(
        "contract_id | client_id\nM1 | C1\nM2 | C2", f"contract_id | month | participant_id | is_rqth\n{lines}"
    )
    rows = reader(both, clients=("C2",)).ask("people_by_trait", EVERYTHING).to_pylist()
    assert [row["participants"] for row in rows if (row["trait"], row["value"]) == ("is_rqth", "true")] == [20]
