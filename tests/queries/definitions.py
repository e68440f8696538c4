"""Examples of the page *Définitions* about persons, contracts notified and releases: each asserts what a definition says."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

from data.codes import Role
from data.reference.law import eu_thresholds, social_obligation
from queries.open_release import open_release
from queries.rights.access import Access
from queries.rights.rights import Rights
from queries.scope import Scope
from tests.extracts import contracts_table, hours_table, publish_rows
from tests.queries.asking import SETTINGS, Opened, answer, by, milestone, milestones, month, only
from tests.queries.naive_forecast import later

LOT = "contract_id | client_id | status\nM1 | C1 | running\nM2 | C2 | running"
PERSON = "contract_id | month | hours_validated | participant_id"
EXIT = (
    "contract_id | month | hours_validated | participant_id | work_contract_id | exit_on | exit_outcome | outcome_point"
)
TOWN = "contract_id | client_id | client_type | client_siret\nM1 | VIL | commune | 00000001000017"
NO_HOURS = "month | hours_validated\n2026-03 | 1"


def persons_are_not_added_up(opened: Opened) -> None:
    lines = f"{PERSON}\nM1 | 2020-03 | 5 | P1\nM2 | 2020-03 | 5 | P1\nM2 | 2020-03 | 5 | P2\nM2 | 2020-04 | -5 | P2"
    database = opened(LOT, lines)
    scopes = (Scope(clients=("C1",)), Scope(clients=("C2",)), Scope())
    assert [only(database, "headline", scope)["participants"] for scope in scopes] == [1, 1, 1]


def traits_are_those_at_entry(opened: Opened) -> None:
    lines = f"{PERSON} | gender\nM1 | 2019-03 | 5 | P1 |\nM1 | 2020-03 | 5 | P1 | F\nM1 | 2021-03 | 5 | P1 | M"
    for year in (2019, 2021):
        rows = answer(opened(LOT, lines), "people_by_trait", Scope(first_year=year, last_year=year))
        assert [(row["value"], row["participants"]) for row in rows if row["trait"] == "gender"] == [("F", 1)], year


def exits_are_ends_without_return(opened: Opened) -> None:
    lines = f"""{EXIT}
        M1 | 2020-03 | 5 | P1 | W1 | 2020-03-31 | durable    | exit
        M1 | 2020-03 | 5 | P2 | W2 | 2020-03-31 | transition | exit
        M1 | 2020-03 | 5 | P3 | W3 | 2020-03-31 | positive   | exit
        M1 | 2020-03 | 5 | P4 | W4 | 2020-03-31 | chomage    | exit
        M1 | 2020-03 | 5 | P5 | W5 | 2020-03-31 | inconnu    | exit
        M1 | 2020-03 | 5 | P6 | W6 | 2020-03-31 | durable    | exit   # back in May
        M1 | 2020-05 | 5 | P6 | W7 |            |            |
        M1 | 2020-03 | 5 | P7 | W8 | 2030-03-31 | durable    | exit   # to come
    """
    rows = [row for row in answer(opened(LOT, lines), "exits_by_point") if row["outcome_point"] == "exit"]
    assert by("exit_outcome", rows, "participants") == {
        "total": 5, "durable": 1, "transition": 1, "positive": 1, "chomage": 1, "inconnu": 1,
    }  # fmt: skip


def a_category_outlasts_its_article(opened: Opened) -> None:
    lots = "contract_id | clause_category | notified_on\nM1 | execution | 2010-01-01\nM2 | execution | 2020-01-01"
    lines = "contract_id | month | hours_validated\nM1 | 2021-03 | 4\nM2 | 2021-03 | 5"
    rows = answer(opened(lots, lines), "hours_by_clause_and_year", Scope(first_year=2021))
    assert by("clause_category", [row for row in rows if row["hours_validated"]]) == {"execution": 4 + 5}


def the_unsaid_stays_in_the_denominator(opened: Opened) -> None:
    decp = """
        contract_ref | buyer_siret    | notified_on | considerations
        N1           | 00000001000017 | 2022-01-01  | Clause sociale
        N2           | 00000001000017 | 2022-02-01  | Critère social
        N3           | 00000001000017 | 2022-03-01  | Marché réservé
        N4           | 00000001000017 | 2022-04-01  | Pas de considération sociale
        N5           | 00000001000017 | 2022-05-01  |
        N6           | 00000001000017 | 2023-05-01  |
    """
    rows = answer(opened(TOWN, NO_HOURS, decp=decp), "social_share_by_year")
    assert by("year", rows, "social_ratio") == {2022: 3 / 5, 2023: None}
    assert by("year", rows, "contracts_unknown") == {2022: 1, 2023: 1}
    assert answer(opened(TOWN, NO_HOURS), "social_share_by_year") == []


def the_lowest_threshold_where_the_kind_is_unknown(opened: Opened) -> None:
    # Works would have the highest of the thresholds.
    amount = eu_thresholds()[-1].supplies_services
    decp = f"""
        contract_ref | buyer_siret    | notified_on              | cpv_code | amount_eur | considerations
        N1           | 00000001000017 | {social_obligation().start} |          | {amount}   | Pas de considération sociale
        N2           | 00000001000017 | {social_obligation().start} | 45000000 | {amount}   | Pas de considération sociale
        N3           | 00000001000017 | {social_obligation().start} | 50000000 | {amount}   | Clause sociale
    """
    rows = answer(opened(TOWN, NO_HOURS, decp=decp), "contracts_without_social_condition")
    assert by("contract_ref", rows, "doubt") == {"N1": "kind"}


def an_unknown_amount_counts_in_number_only(opened: Opened) -> None:
    decp = """
        contract_ref | buyer_siret    | notified_on | amount_eur | considerations
        N1           | 00000001000017 | 2022-01-01  | 300        | Clause sociale
        N2           | 00000001000017 | 2022-02-01  | 100        | Pas de considération sociale
        N3           | 00000001000017 | 2022-03-01  |            | Clause sociale
        N4           | 00000001000017 | 2022-04-01  | 0          | Clause sociale
    """
    row = only(opened(TOWN, NO_HOURS, decp=decp), "spaser_indicators_by_year")
    assert (row["contracts_social"] / row["contracts"], row["amount_social_eur"] / row["amount_notified_eur"]) == (
        3 / 4,
        Decimal(300) / 400,
    )


def what_is_left_by_the_pace_of_twelve_months(opened: Opened) -> None:
    def projected(months: int) -> dict[str, object]:
        worked = [later(month("2026-08"), -n) for n in range(months)]
        lines = "month | hours_validated\n" + "\n".join(f"{day:%Y-%m} | 100" for day in worked)
        settings = milestones(milestone(months * 100 + 600))
        return only(
            opened("contract_id\nM1", lines, settings=settings, as_of=dt.date(2026, 10, 31)), "milestone_progress"
        )

    assert projected(36)["projected_month"] == month("2027-02")  # 600 h by 100 a month
    assert projected(35)["projected_month"] is None


def small_numbers_are_hidden_and_others_rounded(opened: Opened) -> None:
    lines = "\n".join(
        [PERSON, *(f"M1 | 2020-03 | 5 | P{n}" for n in range(33)), *(f"M2 | 2020-03 | 5 | Q{n}" for n in range(3))]
    )
    as_public = Access(database=opened(LOT, lines), rights=Rights(role=Role.PUBLIC))
    scopes = (Scope(), Scope(clients=("C1",)), Scope(clients=("C2",)))
    everyone, large, small = (as_public.ask("headline", scope).to_pylist()[0] for scope in scopes)
    # 3 are few; and whoever had 36 and 33 had them too.
    assert (everyone["participants"] in {35, 40}, large["participants"], small["participants"]) == (True, None, None)
    assert small["hours_validated"] == 3 * 5


def movements_add_up_to_the_difference(folder: Path) -> None:
    lots = "contract_id\nM1\nM2\nM3"
    head = "contract_id | month | hours_validated\n"
    before = head + "M1 | 2020-03 | 100\nM2 | 2020-03 | 40\nM3 | 2020-03 | 30"
    after = (
        head
        + "M1 | 2020-03 | 100\nM1 | 2020-04 | 24\nM1 | 2020-05 | -4\nM2 | 2020-03 | 40\nM2 | 2020-03 | -7\nM4 | 2020-03 | 5"
    )
    publish_rows(folder, contracts_table(lots), hours_table(before))
    latest = publish_rows(folder, contracts_table("contract_id\nM1\nM2\nM4"), hours_table(after))
    row = only(open_release.__wrapped__(latest, SETTINGS), "changes_since")
    assert [row[f"{name}_hours"] for name in ("added", "corrected", "appeared", "gone")] == [24 - 4, -7, 5, -30]
    assert row["change_hours"] == row["hours_after"] - row["hours_before"] == 158 - 170
