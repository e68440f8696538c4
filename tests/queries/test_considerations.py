"""The share of contracts with a social consideration, and those above the European thresholds without a social clause."""

import datetime as dt
import itertools
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest

from data.reference.law import eu_thresholds, national_shares, national_targets, social_obligation
from queries.engine import Database
from queries.open_release import open_release
from queries.scope import Scope
from tests.extracts import contract, contracts_table, entry, notified, notified_table, publish_rows
from tests.queries.asking import EVERYTHING, SETTINGS, answer, by, only

Row = dict[str, Any]
Notified = Callable[..., Database]
NOW = eu_thresholds()[-1]
DAY = social_obligation().start
LARGE: Row = {
    "notified_on": DAY, "amount_eur": Decimal(90_000_000), "considerations": ["Pas de considération sociale"],
}  # fmt: skip
QUESTIONS = ("social_share_by_year", "social_share_by_client", "social_condition", "contracts_without_social_condition")
# A town, a hospital whose two establishments have one SIREN, two services of the State, a landlord without a SIRET.
CLIENTS = """
    contract_id | client_id | client_name      | client_type     | client_siret
    M1          | VIL       | Ville            | commune         | 00000001000017
    M2          | CHU       | CHU              | hopital         | 00000002000015
    M3          | CHU       | CHU              | hopital         | 00000002000023
    M4          | ETA       | Service de l’État | etat           | 00000003000013
    M5          | BAI       | Bailleur         | bailleur_social |
"""
TOWN, HOSPITAL, STATE, STRANGER = "00000001000017", "00000002000015", "00000003000013", "00000009000001"


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Notified]:
    """A release with these contracts notified, drawn as a text table or given as rows; without any when None."""
    numbers = itertools.count()
    folder: Path = tmp_path_factory.mktemp("published")
    open_now: dict[tuple[str, str], Database] = {}

    def open_tables(decp: str | Iterable[Row] | None, contracts: str = CLIENTS) -> Database:
        rows = notified_table(decp) if isinstance(decp, str) else None if decp is None else list(decp)
        key = (repr(rows), contracts)
        if key not in open_now:
            lots = contracts_table(contracts)
            release = publish_rows(folder / str(next(numbers)), lots, [entry()], decp=rows)
            open_now[key] = open_release.__wrapped__(release, SETTINGS)
        return open_now[key]

    yield open_tables
    for database in open_now.values():
        database.connection.close()


# The share by year

SAID = """
    buyer_siret    | notified_on | considerations
    00000001000017 | 2022-01-01  | Clause sociale
    00000001000017 | 2022-12-31  | Critère social, Clause sociale
    00000001000017 | 2022-06-01  | Pas de considération sociale
    00000001000017 | 2022-06-01  |                               # does not say
    00000002000015 | 2022-06-01  | Sans objet
    00000002000023 | 2024-06-01  |                               # a year in which nobody says
    00000003000013 | 2025-06-01  | Oui
    00000009000001 | 2025-06-01  | Marché réservé                # a buyer that is no client
    00000009000001 |             | Non                           # notified nobody knows when
"""


def test_the_share_is_of_all_contracts_notified_and_those_that_do_not_say_are_counted(opened: Notified) -> None:
    rows = answer(opened(SAID), "social_share_by_year")
    kept = (
        "year",
        "contracts_social",
        "contracts",
        "social_ratio",
        "contracts_unknown",
        "contracts_known",
        "said_ratio",
    )
    assert [tuple(row[name] for name in kept) for row in rows] == [
        (2022, 1 + 1, 5, 2 / 5, 1, 1 + 1 + 1 + 1, 0.5),
        (2023, 0, 0, None, 0, 0, None),  # no hole in the series
        (2024, 0, 1, None, 1, 0, None),
        (2025, 2, 2, 1.0, 0, 2, 1.0),
        (None, 0, 1, 0.0, 0, 1, 0.0),
    ]


def test_targets_and_national_shares_are_those_of_the_reference(opened: Notified) -> None:
    rows = {row["year"]: row for row in answer(opened(SAID), "social_share_by_year")}
    (target,) = national_targets()
    known = {entry.year: entry.share for entry in national_shares()}
    for year in range(2022, 2026):
        assert (rows[year]["target_ratio"], rows[year]["target_year"]) == (target.share, target.year)
        assert rows[year]["national_ratio"] == known.get(year)
    assert rows[None]["target_ratio"] is None
    assert {year: row["complete"] for year, row in rows.items()} == {
        2022: True, 2023: True, 2024: True, 2025: True, None: None,
    }  # fmt: skip


def test_a_year_is_complete_once_the_data_date_is_past_it(opened: Notified) -> None:
    (row,) = answer(opened("notified_on\n2026-01-31"), "social_share_by_year")
    assert row["complete"] is False  # the data date is 31 October 2026
    assert (row["target_ratio"], row["target_year"]) == (0.3, 2025)  # the last target holds after its year


# Clients and filters


def test_a_buyer_is_its_client_by_siret_then_by_siren(opened: Notified) -> None:
    rows = answer(opened(SAID), "social_share_by_client")
    assert by("client_id", rows, "contracts") == {"VIL": 4, "ETA": 1, "CHU": 2, None: 2}
    assert by("client_id", rows, "social_ratio") == {"VIL": 2 / 4, "ETA": 1.0, "CHU": 0.0, None: 1 / 2}
    assert by("client_id", rows, "said_ratio") == {"VIL": 2 / 3, "ETA": 1.0, "CHU": 0.0, None: 1 / 2}
    assert by("client_id", rows, "buyers") == {"VIL": 1, "ETA": 1, "CHU": 2, None: 1}
    assert [row["client_id"] for row in rows] == ["VIL", "ETA", "CHU", None]  # commune, etat, hopital, then the others


def test_a_siren_stands_for_a_client_only_without_doubt(opened: Notified) -> None:
    contracts = (
        CLIENTS
        + """
    M6          | X         | X                | commune         | 00000004000011
    M7          | Y         | Y                | commune         | 00000004000037
    M8          | V         | V                | commune         | 00000005000018
    M9          | W         | W                | commune         | 00000005000018
"""
    )
    expected = {
        "00000001000017": "VIL",
        "00000001000025": "VIL",  # another establishment of the town
        "00000003000013": "ETA",
        "00000003000021": None,  # another service of the same ministry is another buyer
        "00000004000011": "X",
        "00000004000029": None,  # two clients share that SIREN
        "00000005000018": None,  # two clients share that SIRET
    }
    rows = [notified(buyer_siret=siret, **LARGE) for siret in expected]
    found = answer(opened(rows, contracts), "contracts_without_social_condition")
    assert by("buyer_siret", found, "client_id") == expected


def test_years_clients_and_types_filter_and_nothing_else_does(opened: Notified) -> None:
    database = opened(SAID)

    def contracts(**scope: Any) -> int:
        return sum(row["contracts"] for row in answer(database, "social_share_by_year", Scope(**scope)))

    assert contracts() == 9
    assert contracts(first_year=2022, last_year=2022) == 5
    assert contracts(first_year=2023) == 3  # a contract without a date is in no year
    assert contracts(clients=("VIL", "CHU")) == 4 + 2
    assert contracts(client_types=("etat",)) == 1
    assert contracts(clients=()) == 0
    assert contracts(clients=("BAI",)) == 0  # no SIRET in the extract: no buyer can be told to be this client
    assert contracts(execution_communes=("76540",), sectors=("batiment",), clause_categories=("means",)) == 9


@pytest.mark.parametrize("scope", [EVERYTHING, Scope(clients=("VIL",)), Scope(first_year=2025)], ids=str)
def test_every_question_counts_the_same_contracts(opened: Notified, scope: Scope) -> None:
    database = opened(SAID)
    by_year, by_client = (answer(database, name, scope) for name in QUESTIONS[:2])
    for column in ("contracts", "contracts_social", "contracts_known", "contracts_unknown"):
        assert sum(row[column] for row in by_year) == sum(row[column] for row in by_client)
        assert only(database, "social_condition", scope)[column] == sum(row[column] for row in by_year)


@pytest.mark.parametrize("decp", [None, []], ids=["no source", "a source without rows"])
def test_without_contracts_every_question_has_an_answer(opened: Notified, decp: list[Row] | None) -> None:
    database = opened(decp)
    assert (database.release.notified is None) == (decp is None)
    for name in ("social_share_by_year", "social_share_by_client", "contracts_without_social_condition"):
        assert answer(database, name) == []
    row = only(database, "social_condition")
    assert row.pop("obliged_from") == social_obligation().start
    assert row.pop("last_notified") is None
    assert [row.pop(name) for name in ("social_ratio", "said_ratio", "social_amount_ratio")] == [None] * 3
    assert set(row.values()) == {0}


# The obligation


def looked_at(opened: Notified, *contracts: Row) -> list[tuple[str, str | None] | None]:
    """Condition and doubt of each contract that is to be looked at, None for the others.

    They are services of the town, notified on the first day of the obligation without a consideration, but for the changes.
    """
    usual = {"notified_on": DAY, "considerations": ["Pas de considération sociale"], "cpv_code": "50000000"}
    rows = [notified(**(usual | changes | {"contract_ref": str(n)})) for n, changes in enumerate(contracts)]
    listed = answer(opened(rows), "contracts_without_social_condition")
    found = {row["contract_ref"]: (row["condition"], row["doubt"]) for row in listed}
    return [found.get(str(n)) for n in range(len(rows))]


def test_a_contract_is_compared_to_the_threshold_of_its_kind_and_buyer(opened: Notified) -> None:
    expected = [
        (TOWN, "50000000", "Marché", NOW.supplies_services, None),
        (HOSPITAL, "30000000", "Marché", NOW.supplies_services, None),
        (STATE, "50000000", "Marché", NOW.supplies_services_state, None),
        (TOWN, "45000000", "Marché", NOW.works, None),
        (STATE, "45000000", "Marché", NOW.works, None),
        (STRANGER, "45000000", "Marché", NOW.works, None),
        (STRANGER, "50000000", "Marché", NOW.supplies_services_state, "buyer"),  # the State's, for want of knowing
        (TOWN, None, "Marché", NOW.supplies_services, "kind"),  # works would have a higher one
        (TOWN, None, "Concession de service", NOW.concessions, "concession"),
        # Above every threshold that may apply there is no doubt.
        (STRANGER, "50000000", "Marché", NOW.supplies_services, None),
        (TOWN, None, "Marché", NOW.works, None),
    ]
    cases: list[Row] = [
        {"buyer_siret": buyer, "cpv_code": cpv, "nature": nature, "amount_eur": Decimal(threshold)}
        for buyer, cpv, nature, threshold, _ in expected
    ]
    assert looked_at(opened, *cases) == [("none", doubt) for *_, doubt in expected]
    below = [case | {"amount_eur": case["amount_eur"] - Decimal("0.01")} for case in cases[:-2]]
    assert looked_at(opened, *below) == [None] * len(below)


def test_the_obligation_begins_on_its_day(opened: Notified) -> None:
    one = dt.timedelta(days=1)
    days = {DAY: None, NOW.end: None, NOW.end + one: "dated"}
    cases = [LARGE | {"notified_on": day} for day in days]
    assert looked_at(opened, *cases) == [("none", doubt) for doubt in days.values()]
    assert looked_at(opened, LARGE | {"notified_on": DAY - one}, LARGE | {"notified_on": None}) == [None, None]


def test_what_a_contract_says_of_its_condition(opened: Notified) -> None:
    expected: list[tuple[list[str] | None, str | None]] = [
        (["Clause sociale"], None),
        (["Critère social", "Clause sociale"], None),
        (["Critère social"], "other"),
        (["Marché réservé"], "other"),
        (["Oui"], "unspecified"),
        (["Pas de considération sociale"], "none"),
        (None, "unsaid"),
    ]
    cases = [LARGE | {"considerations": considerations} for considerations, _ in expected]
    assert looked_at(opened, *cases) == [condition and (condition, None) for _, condition in expected]
    rows = [notified(contract_ref=str(n), **case) for n, case in enumerate(cases)]
    row = only(opened(rows), "social_condition")
    assert row["contracts_obliged"] == 2 + 3 + 1 + 1
    assert row["contracts_with_clause"] == 2
    assert row["contracts_with_other"] == 1 + 1 + 1
    assert row["contracts_without"] == 1
    assert row["contracts_unsaid"] == 1


def test_the_initial_amount_is_the_one_compared(opened: Notified) -> None:
    grown = {"initial_amount_eur": Decimal(200_000), "amount_eur": Decimal(300_000)}
    assert looked_at(opened, grown, {"amount_eur": Decimal(300_000)}) == [None, ("none", None)]


def test_a_contract_without_an_amount_is_counted_and_not_judged(opened: Notified) -> None:
    result = [notified(notified_on=DAY, amount_eur=None, considerations=None)]
    assert answer(opened(result), "contracts_without_social_condition") == []
    row = only(opened(result), "social_condition")
    assert (row["contracts_obliged"], row["contracts_without_amount"]) == (0, 1)


def test_the_list_begins_with_what_is_certain_and_says_nothing_social(opened: Notified) -> None:
    text = """
        contract_ref | buyer_siret    | notified_on | cpv_code | amount_eur | considerations
        other        | 00000001000017 | 2026-09-01  | 50000000 | 900000     | Critère social
        unsaid       | 00000001000017 | 2026-09-01  | 50000000 | 900000     |
        small        | 00000001000017 | 2026-09-01  | 50000000 | 300000     | Non
        large        | 00000001000017 | 2026-09-01  | 50000000 | 900000     | Non
        doubtful     | 00000001000017 | 2026-09-01  |          | 5000000    | Non
        with clause  | 00000001000017 | 2026-09-01  | 50000000 | 900000     | Clause sociale
    """
    rows = answer(opened(text), "contracts_without_social_condition")
    assert [row["contract_ref"] for row in rows] == ["large", "small", "unsaid", "other", "doubtful"]
    assert rows[0]["buyer_name"] == "Ville"
    assert only(opened(text), "social_condition")["contracts_doubtful"] == 1


# A second implementation


def naive_share(rows: Iterable[Row]) -> tuple[int, int, int]:
    """Contracts with a social consideration, contracts that say, contracts: by what the DECP's texts mean."""
    social = known = total = 0
    for row in rows:
        said = set(row["considerations"] or ())
        total += 1
        known += bool(said)
        social += bool(said - {"Pas de considération sociale"})
    return social, known, total


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_naive_second_implementation_agrees(tmp_path: Path, seed: int) -> None:
    die = Random(seed)
    said = [None, ["Pas de considération sociale"], ["Clause sociale"], ["Critère social"], ["Oui"], ["Marché réservé"]]
    clients = {"VIL": TOWN, "CHU": HOSPITAL, None: STRANGER}
    rows = []
    for n in range(120):
        day = dt.date(die.choice((2019, 2020, 2022, 2026)), die.randint(1, 12), die.randint(1, 28))
        row = notified(
            contract_ref=f"N{n}",
            buyer_siret=die.choice(list(clients.values())),
            notified_on=None if die.random() < 0.05 else day,
            considerations=die.choice(said),
            amount_eur=die.choice([None, *(Decimal(amount) for amount in (139_999, 140_000, 216_000, 5_404_000))]),
            cpv_code=die.choice(["45000000", "50000000", None]),
        )
        rows.append(row)
    release = publish_rows(tmp_path, [contract(client_id="VIL", client_siret=TOWN, client_type="commune"),
                                      contract(contract_id="M2", client_id="CHU", client_siret=HOSPITAL, client_type="hopital")],
                           [entry()], decp=rows)  # fmt: skip
    database = open_release.__wrapped__(release, SETTINGS)
    for scope in (
        EVERYTHING,
        Scope(clients=("VIL",)),
        Scope(first_year=2020, last_year=2022),
        Scope(client_types=("hopital",)),
    ):
        kept = [row for row in rows if _in_scope(row, scope, clients)]
        for row in answer(database, "social_share_by_year", scope):
            of_year = [
                result for result in kept if (result["notified_on"] and result["notified_on"].year) == row["year"]
            ]
            found = (row["contracts_social"], row["contracts_known"], row["contracts"])
            assert found == naive_share(of_year), f"{row['year']} under {scope}"
            assert row["social_ratio"] == (found[0] / found[2] if found[1] else None)
            assert row["said_ratio"] == (found[0] / found[1] if found[1] else None)
        for row in answer(database, "social_share_by_client", scope):
            of_client = [result for result in kept if result["buyer_siret"] == clients[row["client_id"]]]
            found = naive_share(of_client)
            assert (row["contracts_social"], row["contracts_known"], row["contracts"]) == found
            assert row["social_ratio"] == (found[0] / found[2] if found[1] else None)
        assert _refs(answer(database, "contracts_without_social_condition", scope)) == {
            row["contract_ref"] for row in kept if _to_look_at(row)
        }


def _refs(rows: Iterable[Row]) -> set[str]:
    return {row["contract_ref"] for row in rows}


def _in_scope(row: Row, scope: Scope, clients: dict[str | None, str]) -> bool:
    year = row["notified_on"].year if row["notified_on"] else None
    client = next(client for client, siret in clients.items() if siret == row["buyer_siret"])
    kind = {"VIL": "commune", "CHU": "hopital"}.get(client or "")
    return (
        (scope.first_year is None or (year is not None and year >= scope.first_year))
        and (scope.last_year is None or (year is not None and year <= scope.last_year))
        and (scope.clients is None or client in scope.clients)
        and (scope.client_types is None or kind in scope.client_types)
    )


def _to_look_at(row: Row) -> bool:
    """With the figures of 2026 written out: 140 000 € for who is not known, 216 000 € for local buyers, 5 404 000 € for works."""
    if row["notified_on"] is None or row["notified_on"] < dt.date(2026, 8, 22) or row["amount_eur"] is None:
        return False
    if "Clause sociale" in (row["considerations"] or ()):
        return False
    if row["cpv_code"] == "45000000":
        return bool(row["amount_eur"] >= 5_404_000)
    return bool(row["amount_eur"] >= (140_000 if row["buyer_siret"] == STRANGER else 216_000))
