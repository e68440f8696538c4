"""The demonstration tells the story of the domain page, recomputed here naively over the written files."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from data import codes
from data.reference import communes
from data.schema import TABLES
from data.settings import DEFAULT_FILE, load_settings

Ask = Callable[[str], list[tuple[Any, ...]]]
DATA_DATE = dt.date(2026, 10, 31)


def test_covers_2003_to_the_data_date(ask_demo: Ask) -> None:
    assert ask_demo("SELECT min(month), max(month), count(DISTINCT month) FROM hours") == [
        (dt.date(2003, 1, 1), dt.date(2026, 10, 1), 286)
    ]
    assert ask_demo("SELECT greatest(max(declared_on), max(validated_on), max(exit_on)) FROM hours") == [(DATA_DATE,)]


def test_the_millionth_hour_is_in_march_2015(ask_demo: Ask, opening: Decimal) -> None:
    crossed = ask_demo(f"""
        WITH monthly AS (SELECT month, sum(hours_validated) AS hours FROM counted GROUP BY month)
        SELECT month, {opening} + sum(hours) OVER (ORDER BY month) AS reached FROM monthly ORDER BY month
    """)
    first = next(month for month, reached in crossed if reached >= 1_000_000)
    assert first == dt.date(2015, 3, 1)
    assert Decimal(1_860_000) < crossed[-1][1] < Decimal(1_890_000)


def test_the_second_million_is_about_twenty_months_away(ask_demo: Ask, opening: Decimal) -> None:
    """At the pace of the last twelve complete months: those before the two that are still being declared."""
    ((total, pace),) = ask_demo("""
        SELECT sum(hours_validated), sum(hours_validated) FILTER (month BETWEEN '2025-09-01' AND '2026-08-01') / 12
        FROM counted
    """)
    assert 18.5 < (2_000_000 - float(opening + total)) / pace < 21.5


def test_years_rise_then_settle(ask_demo: Ask) -> None:
    year: dict[Any, Any] = dict(ask_demo("SELECT year(month), sum(hours_validated) FROM counted GROUP BY 1"))
    assert year[2003] < 20_000
    assert max(year, key=lambda key: year[key]) in (2013, 2014, 2015)
    assert 105_000 < year[2014] < 120_000
    assert year[2020] < Decimal("0.75") * year[2019]  # the confinements
    assert 70_000 < year[2025] < 80_000


def test_august_and_december_are_low(ask_demo: Ask) -> None:
    month: dict[Any, Any] = dict(
        ask_demo("SELECT month(month), sum(hours_validated) FROM counted WHERE year(month) < 2026 GROUP BY 1")
    )
    lowest = sorted(month, key=lambda key: month[key])[:2]
    assert set(lowest) == {8, 12}


def test_clients(ask_demo: Ask) -> None:
    assert ask_demo("SELECT count(DISTINCT client_id) FROM contracts") == [(28,)]
    active: dict[Any, Any] = dict(
        ask_demo("""
        SELECT year, count(DISTINCT client_id) FROM (SELECT unnest(range(2003, 2027)) AS year), contracts
        WHERE year(starts_on) <= year AND year(ends_on) >= year AND status IN ('running', 'closed', 'terminated')
        GROUP BY year
    """)
    )
    assert active[2003] < 12
    assert active[2015] == 24
    assert all(active[year] == 28 for year in range(2018, 2026))
    types: dict[Any, Any] = dict(ask_demo("SELECT client_type, count(DISTINCT client_id) FROM contracts GROUP BY 1"))
    assert types["commune"] == 14
    assert types["bailleur_social"] == 4
    assert types["metropole"] == types["hopital"] == 1
    assert len(types) == 11


def test_the_authority_is_the_one_of_the_settings(ask_demo: Ask) -> None:
    settings = load_settings(DEFAULT_FILE)
    assert ask_demo("SELECT DISTINCT client_name FROM contracts WHERE client_id = 'MRN'") == [
        (settings.authority.name,)
    ]
    assert settings.authority.clients == ("MRN",)


def test_three_clients_are_late_and_invented(ask_demo: Ask) -> None:
    late = ask_demo(
        "SELECT client_name, max(month) FROM counted GROUP BY 1 HAVING max(month) < '2026-08-01' ORDER BY 2"
    )
    assert [month for _, month in late] == [dt.date(2026, 1, 1), dt.date(2026, 3, 1), dt.date(2026, 5, 1)]
    assert all("(fictif)" in name or "(fictive)" in name for name, _ in late)


def test_lots_and_contracts(ask_demo: Ask) -> None:
    ((lots, contracts, divided),) = ask_demo("""
        SELECT count(*), count(DISTINCT contract_id), count(*) FILTER (lot_id <> '00') FROM contracts
    """)
    assert 640 < lots < 760
    assert 320 < contracts < 380
    assert divided > 200
    statuses = {status for (status,) in ask_demo("SELECT DISTINCT status FROM contracts")}
    assert statuses == set(codes.LotStatus)


def test_clause_categories_are_all_there_and_execution_dominates(ask_demo: Ask) -> None:
    assert {value for (value,) in ask_demo("SELECT DISTINCT clause_category FROM contracts")} == set(
        codes.ClauseCategory
    )
    share: dict[Any, Any] = dict(
        ask_demo("""
        SELECT clause_category, sum(hours_validated) / (SELECT sum(hours_validated) FROM counted)
        FROM counted GROUP BY 1
    """)
    )
    assert 0.85 < share["execution"] < 0.95
    assert "means" not in share


@pytest.mark.parametrize(
    ("category", "before", "between", "after"),
    [
        ("execution", "%marchés publics, art. 14", "Ordonnance%art. 38", "%commande publique, art. L%-2"),
        ("criterion", "%art. 53", "%art. 62", "%R2152-7"),
        ("insertion", "%art. 30", "%art. 28", "%R2123-1, 3°"),
        ("reserved_disability", "%art. 15", "%art. 36", "%L2113-12"),
        ("reserved_iae", "-", "%art. 36", "%L2113-13"),
        ("reserved_ess", "-", "%art. 37", "%L2113-16"),
        ("reserved_prison", "-", "-", "%L2113-13-1"),
    ],
)
def test_articles_are_those_of_their_time(ask_demo: Ask, category: str, before: str, between: str, after: str) -> None:
    for article, first, last in (
        (before, "2000-01-01", "2016-03-31"),
        (between, "2016-04-01", "2019-03-31"),
        (after, "2019-04-01", "2030-12-31"),
    ):
        wrong = ask_demo(f"""
            SELECT count(*) FROM contracts WHERE clause_category = '{category}'
            AND notified_on BETWEEN '{first}' AND '{last}' AND (legal_basis LIKE '{article}') IS NOT TRUE
        """)
        assert wrong == [(0,)], article


def test_shares_are_near_the_published_ones(ask_demo: Ask) -> None:
    """The model is Hérault 2020 (domain page): only the order of magnitude is meant."""

    def share(column: str) -> dict[str, float]:
        return dict(
            ask_demo(f"""
            SELECT {column}, (sum(hours_validated) / (SELECT sum(hours_validated) FROM counted))::DOUBLE
            FROM counted GROUP BY 1
        """)
        )

    employers, sectors, hired = share("employer_kind"), share("sector"), share("work_contract_type")
    assert 0.40 < employers["direct"] < 0.55
    assert 0.12 < employers["etti"] < 0.24
    assert 0.20 < sectors["batiment"] < 0.42
    assert 0.10 < sectors["dechets_eau"] < 0.22
    assert 0.10 < sectors["travaux_publics"] < 0.25
    assert 0.20 < hired["cdi"] < 0.32
    assert set(employers) - {None} == set(codes.EmployerKind)
    assert set(sectors) - {None} == set(codes.Sector)
    assert set(hired) - {None} == set(codes.WorkContractType)


def test_obligations_are_coherent(ask_demo: Ask) -> None:
    """Amount × labour × 5 to 10 % ÷ 30 €/h, within the rounding and the bounds of the trade."""
    assert ask_demo("""
        SELECT count(*) FROM contracts
        WHERE hours_committed > 100 AND amount_eur IS NOT NULL
        AND hours_committed * 30 / amount_eur NOT BETWEEN 0.35 * 0.05 * 0.97 AND 0.8 * 0.10 * 1.03
    """) == [(0,)]
    ((amended, initial_kept),) = ask_demo("""
        SELECT count(*) FILTER (amendment_count > 0) / count(*),
            count(*) FILTER (amendment_count = 0 AND hours_committed <> hours_committed_initial) FROM contracts
    """)
    assert 0.06 < amended < 0.16
    assert initial_kept == 0
    assert ask_demo("SELECT count(*) FROM contracts WHERE status = 'planned' AND hours_committed IS NOT NULL") == [(0,)]
    kinds = {kind for (kind,) in ask_demo("SELECT DISTINCT obligation_kind FROM contracts")}
    assert kinds == {*codes.ObligationKind, None}
    assert ask_demo("""
        SELECT count(*) FROM contracts WHERE award_weight_pct IS NOT NULL AND clause_category NOT LIKE '%criterion'
    """) == [(0,)]
    assert ask_demo("SELECT count(*) > 3 FROM contracts WHERE penalty_eur > 0") == [(True,)]


def test_lots_are_ahead_behind_over_and_not_started(ask_demo: Ask) -> None:
    lots = ask_demo(f"""
        WITH done AS (SELECT contract_id, lot_id, sum(hours_validated) AS hours FROM hours GROUP BY ALL)
        SELECT status, coalesce(hours, 0) / hours_committed,
            least(1, (DATE '{DATA_DATE}' - starts_on + 1) / (ends_on - starts_on + 1))
        FROM contracts LEFT JOIN done USING (contract_id, lot_id)
        WHERE hours_committed > 0 AND counts_in_total AND status IN ('running', 'closed') AND starts_on < '{DATA_DATE}'
    """)
    closed = [done for status, done, _ in lots if status == "closed"]
    running = [(done, elapsed) for status, done, elapsed in lots if status == "running"]
    assert 2.0 < max(closed) <= 2.6
    assert sum(done < 0.8 for done in closed) > 40
    assert sum(done > 1.2 for done in closed) > 40
    assert sum(done == 0 and elapsed > 0.25 for done, elapsed in running) >= 3
    assert sum(0 < done < 0.5 * elapsed for done, elapsed in running) >= 5
    assert sum(0.8 * elapsed < done < 1.2 * elapsed for done, elapsed in running) >= 10
    assert sum(done > 1 for done, _ in running) >= 3


def test_places(ask_demo: Ask) -> None:
    own = {commune.code for commune in communes()}
    found = {code for (code,) in ask_demo("SELECT DISTINCT execution_commune FROM contracts")}
    assert len(found & own) > 50
    ((unknown, outside),) = ask_demo(f"""
        SELECT sum(hours_validated) FILTER (execution_commune IS NULL) / sum(hours_validated),
            sum(hours_validated) FILTER (execution_commune NOT IN {tuple(sorted(own))}) / sum(hours_validated)
        FROM counted
    """)
    assert 0.05 < unknown < 0.15
    assert 0.003 < outside < 0.05


def test_renewal_programmes_are_of_their_time(ask_demo: Ask) -> None:
    started: dict[Any, Any] = dict(
        ask_demo("SELECT programme, max(starts_on) FROM contracts WHERE operation IS NULL GROUP BY 1")
    )
    assert started["anru"] < dt.date(2015, 6, 1)
    ((first,),) = ask_demo("SELECT min(starts_on) FROM contracts WHERE programme = 'npnru'")
    assert first >= dt.date(2015, 1, 1)


def test_everything_that_may_be_empty_sometimes_is(ask_demo: Ask) -> None:
    always = {"counts_in_total"}  # a publish would fill it
    for table in TABLES:
        for column in table.columns:
            if column.nullable and column.name not in always:
                ((empty, rows),) = ask_demo(f"SELECT count(*) - count({column.name}), count(*) FROM {table.name}")
                assert 0 < empty < rows, f"{table.name}.{column.name}"


def test_names_try_the_formats(ask_demo: Ask) -> None:
    ((text,),) = ask_demo("SELECT string_agg(concat(client_name, subject, contractor_name), ' ') FROM contracts")
    assert all(sign in text for sign in ('"', "&", "’", "«", "É", "ô", "œ", "–"))
