"""The yearly indicators of a SPASER: shares in number and in value, reserved contracts, beside the threshold of yearly purchases."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from data.reference.law import spaser_thresholds
from queries.engine import Database
from queries.open_release import open_release
from queries.scope import Scope
from tests.extracts import contracts_table, entry, notified, notified_table, publish_rows
from tests.queries.asking import SETTINGS, answer, only

KINDS = ("iae", "disability", "other", "unknown")
LOTS = contracts_table("""
    contract_id | lot_id | client_id | client_type | client_siret   | contract_ref | clause_category     | contract_form    | status
    M1          | 01     | VIL       | commune     | 00000001000017 | R1           | reserved_iae        | marche           | running
    M1          | 02     | VIL       | commune     | 00000001000017 | R1           | reserved_disability | marche           | running
    M2          | 00     | VIL       | commune     | 00000001000017 | R2           | reserved_disability | accord_cadre_bc  | closed
    M3          | 00     | CHU       | hopital     | 00000002000015 | R3           | reserved_ess        | marche           | running
    M4          | 00     | CHU       | hopital     | 00000002000015 | R4           | execution           | marche           | running
    M5          | 00     | CHU       | hopital     | 00000002000015 | R5           | reserved_iae        | marche           | cancelled
""")
DECP = notified_table("""
    contract_ref | buyer_siret    | notified_on | nature            | initial_amount_eur | amount_eur | considerations
    N1           | 00000001000017 | 2021-05-01  | Marché            | 100000             | 150000     | Clause sociale   # at notification
    N2           | 00000001000017 | 2021-05-02  | Accord-cadre      |                    | 300000     | Non              # a ceiling
    N3           | 00000001000017 | 2021-05-03  | Marché            |                    |            | Clause sociale   # no amount
    N4           | 00000001000017 | 2021-05-04  | Marché            |                    | 0          | Critère social   # 0: no amount
    N5           | 00000001000017 | 2021-05-05  | Concession        |                    | 50000      |                  # does not say
    R1-01        | 00000001000017 | 2021-06-01  | Marché            |                    | 20000      | Marché réservé   # lot 01: SIAE
    R1-02        | 00000001000017 | 2021-06-01  | Marché            |                    | 30000      | Marché réservé   # lot 02: EA/ESAT
    R2           | 00000001000017 | 2023-06-01  | Marché            |                    | 60000      | Marché réservé   # its only lot
    R1           | 00000001000017 | 2023-06-02  | Marché            |                    | 40000      | Marché réservé   # two kinds of lots
    R3           | 00000002000015 | 2023-06-03  | Marché            |                    | 7000       | Marché réservé, Clause sociale
    R4           | 00000002000015 | 2023-06-04  | Marché            |                    | 8000       | Marché réservé   # its lot is not
    R5           | 00000002000015 | 2023-06-05  | Marché            |                    | 9000       | Marché réservé   # a cancelled lot
    R1-01        | 00000002000015 | 2023-06-06  | Marché            |                    | 5000       | Non              # another buyer's number
    N6           | 00000009000001 |             | Marché            |                    | 1000       | Oui              # no client, no day
""")


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Database:
    released = publish_rows(tmp_path_factory.mktemp("spaser"), LOTS, [entry()], decp=DECP)
    return open_release.__wrapped__(released, SETTINGS)


def values(rows: list[dict[str, Any]], *columns: str) -> dict[Any, tuple[Any, ...]]:
    return {row["year"]: tuple(row[column] for column in columns) for row in rows}


def test_the_share_in_value_is_of_the_amounts_at_notification(database: Database) -> None:
    rows = answer(database, "spaser_indicators_by_year")
    assert values(
        rows, "contracts_social", "contracts", "contracts_unknown", "amount_social_eur", "amount_notified_eur"
    ) == {
        # N1, N3, N4, R1-01, R1-02 of seven; 100 000 of N1, not 150 000
        2021: (5, 7, 1, 100_000 + 20_000 + 30_000, 100_000 + 300_000 + 50_000 + 20_000 + 30_000),
        2022: (0, 0, 0, 0, 0),  # no hole in the series
        2023: (5, 6, 0, 60_000 + 40_000 + 7_000 + 8_000 + 9_000, 60_000 + 40_000 + 7_000 + 8_000 + 9_000 + 5_000),
        None: (1, 1, 0, 1_000, 1_000),
    }
    assert values(rows, "social_ratio", "social_amount_ratio", "contracts_valueless") == {
        2021: (5 / 7, 150 / 500, 2),
        2022: (None, None, 0),
        2023: (5 / 6, 124 / 129, 0),
        None: (1.0, 1.0, 0),
    }


def test_ceilings_and_concessions_are_in_the_amount_and_counted_apart(database: Database) -> None:
    # 2021: N2 by its nature, N5 is a concession. 2023: R2 by the form of its lot.
    assert values(answer(database, "spaser_indicators_by_year"), "amount_framework_eur", "amount_concession_eur") == {
        2021: (300_000, 50_000), 2022: (0, 0), 2023: (60_000, 0), None: (0, 0),
    }  # fmt: skip


def test_a_reserved_contract_is_for_whom_the_lot_of_its_number_says(database: Database) -> None:
    rows = answer(database, "spaser_indicators_by_year")
    # N6 says "Oui": it may be reserved or not.
    assert values(rows, "contracts_unspecified") == {2021: (0,), 2022: (0,), 2023: (0,), None: (1,)}
    assert values(rows, "contracts_reserved", *(f"contracts_reserved_{kind}" for kind in KINDS)) == {
        2021: (2, 1, 1, 0, 0), 2022: (0, 0, 0, 0, 0), 2023: (5, 0, 1, 1, 3), None: (0, 0, 0, 0, 0),
    }  # fmt: skip
    assert values(rows, "amount_reserved_eur", *(f"amount_reserved_{kind}_eur" for kind in KINDS)) == {
        2021: (50_000, 20_000, 30_000, 0, 0), 2022: (0, 0, 0, 0, 0), None: (0, 0, 0, 0, 0),
        2023: (124_000, 0, 60_000, 7_000, 40_000 + 8_000 + 9_000),
    }  # fmt: skip


def test_the_threshold_is_the_one_of_the_end_of_the_year_and_of_one_buyer(database: Database) -> None:
    first, second = (threshold.yearly_purchases for threshold in spaser_thresholds())
    assert values(answer(database, "spaser_indicators_by_year"), "spaser_threshold_eur", "complete") == {
        2021: (first, True), 2022: (first, True), 2023: (second, True), None: (None, None),
    }  # fmt: skip
    rows = answer(database, "spaser_indicators_by_year_and_client")
    assert [(row["year"], row["client_id"], row["contracts"], row["amount_notified_eur"]) for row in rows] == [
        (2023, "VIL", 2, 100_000), (2023, "CHU", 4, 29_000), (2021, "VIL", 7, 500_000), (None, None, 1, 1_000),
    ]  # fmt: skip
    # Buyers that are no clients are several: no threshold.
    assert [row["spaser_threshold_eur"] for row in rows] == [second, second, first, None]


@pytest.mark.parametrize(
    "scope", [Scope(), Scope(clients=("VIL",)), Scope(first_year=2022), Scope(clients=())], ids=str
)
def test_years_and_buyers_add_up_to_the_page_s_total(database: Database, scope: Scope) -> None:
    by_year, by_client, shares = (
        answer(database, name, scope)
        for name in ("spaser_indicators_by_year", "spaser_indicators_by_year_and_client", "social_share_by_year")
    )
    for column in (column for column in by_year[0] if column.startswith(("contracts", "amount"))):
        assert sum(row[column] for row in by_year) == sum(row[column] for row in by_client), column
    whole = only(database, "social_condition", scope)
    buyers = answer(database, "social_share_by_client", scope)
    for column in ("contracts", "contracts_social", "contracts_valueless", "amount_notified_eur", "amount_social_eur"):
        assert whole[column] == sum(row[column] for row in by_year) == sum(row[column] for row in buyers), column
    shared = (
        "year",
        "contracts",
        "contracts_social",
        "social_ratio",
        "amount_notified_eur",
        "amount_social_eur",
        "social_amount_ratio",
    )
    assert [[row[name] for name in shared] for row in shares] == [[row[name] for name in shared] for row in by_year]


def test_a_share_in_value_needs_an_amount_that_says(tmp_path: Path) -> None:
    rows = [notified(contract_ref="A", considerations=None), notified(contract_ref="B", amount_eur=None)]
    opened = open_release.__wrapped__(publish_rows(tmp_path, LOTS, [entry()], decp=rows), SETTINGS)
    for name in (
        "social_share_by_year",
        "social_share_by_client",
        "social_condition",
        "spaser_indicators_by_year",
        "spaser_indicators_by_year_and_client",
    ):
        # One of two has a social consideration, but has no amount; the other one has an amount and does not say.
        row = only(opened, name)
        assert (row["social_ratio"], row["social_amount_ratio"], row["amount_notified_eur"]) == (0.5, None, 100_000)


def test_a_negative_amount_is_no_amount(tmp_path: Path) -> None:
    rows = [notified(contract_ref="A", amount_eur=Decimal(-1)), notified(contract_ref="B", amount_eur=Decimal(500))]
    opened = open_release.__wrapped__(publish_rows(tmp_path, LOTS, [entry()], decp=rows), SETTINGS)
    row = only(opened, "spaser_indicators_by_year")
    assert (row["contracts"], row["contracts_valueless"], row["amount_notified_eur"]) == (2, 1, 500)
