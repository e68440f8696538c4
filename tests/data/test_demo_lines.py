"""The demonstration's lines of hours: people, outcomes, statuses, and a few anomalies of every kind."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from data import codes
from data.demo.contracts import siret, wrong_siret
from data.reference import france_file

Ask = Callable[[str], list[tuple[Any, ...]]]
DATA_DATE = dt.date(2026, 10, 31)


def test_hours_per_person_and_per_line(ask_demo: Ask) -> None:
    ((per_person, contracts_per_person),) = ask_demo("""
        SELECT sum(hours_validated) / count(DISTINCT participant_id),
            count(DISTINCT work_contract_id) / count(DISTINCT participant_id)
        FROM counted WHERE participant_id IS NOT NULL AND hours_validated > 0
    """)
    assert 200 < per_person < 700
    assert 1.2 < contracts_per_person < 2.2
    ((low, high, most),) = ask_demo("""
        SELECT quantile_cont(hours_declared, 0.05), quantile_cont(hours_declared, 0.999), max(hours_declared)
        FROM hours WHERE status <> 'corrected'
    """)
    assert low >= 6
    assert high <= Decimal("151.5") < most < 250


def test_a_person_is_the_same_on_all_lines(ask_demo: Ask) -> None:
    for column in (
        "gender",
        "age_band",
        "education",
        "main_public",
        "is_deld",
        "is_rsa",
        "is_rqth",
        "is_qpv",
        "is_plie",
    ):
        assert ask_demo(f"""
            SELECT count(*) FROM (
                SELECT participant_id FROM hours WHERE participant_id IS NOT NULL
                GROUP BY 1 HAVING count(DISTINCT {column}) > 1
            )
        """) == [(0,)], column
    assert ask_demo("""
        SELECT count(*) FROM hours WHERE participant_id IS NULL AND (gender IS NOT NULL OR exit_on IS NOT NULL)
    """) == [(0,)]


def test_some_people_have_several_lots_employers_and_years(ask_demo: Ask) -> None:
    ((people, lots, employers, years),) = ask_demo("""
        SELECT count(*), count(*) FILTER (lots > 1), count(*) FILTER (employers > 1), count(*) FILTER (years > 2)
        FROM (
            SELECT count(DISTINCT (contract_id, lot_id)) AS lots, count(DISTINCT employer_kind) AS employers,
                count(DISTINCT year(month)) AS years
            FROM counted WHERE participant_id IS NOT NULL GROUP BY participant_id
        )
    """)
    assert lots / people > 0.15
    assert employers / people > 0.005
    assert years / people > 0.1


def test_profile(ask_demo: Ask) -> None:
    ((women, *shares),) = ask_demo("""
        WITH people AS (
            SELECT participant_id, any_value(gender) AS gender, any_value(is_deld) AS deld, any_value(is_rsa) AS rsa,
                any_value(is_rqth) AS rqth, any_value(is_qpv) AS qpv, any_value(is_plie) AS plie
            FROM counted WHERE hours_validated > 0 AND participant_id IS NOT NULL GROUP BY 1
        )
        SELECT count(*) FILTER (gender = 'F') / count(*), avg(deld::INT), avg(rsa::INT), avg(rqth::INT), avg(qpv::INT),
            avg(plie::INT)
        FROM people
    """)
    assert 0.17 < women < 0.25
    assert shares == pytest.approx([0.40, 0.30, 0.09, 0.275, 0.10], abs=0.03)
    ((cleaning,),) = ask_demo("SELECT avg((gender = 'F')::INT) FROM counted WHERE sector = 'nettoyage'")
    assert cleaning > 0.4


def test_criteria_overlap_but_agree(ask_demo: Ask) -> None:
    assert ask_demo("SELECT count(*) FROM hours WHERE is_young <> (age_band = '<26')") == [(0,)]
    assert ask_demo("SELECT count(*) FROM hours WHERE is_senior <> (age_band = '50+')") == [(0,)]
    for public, flag in (("deld", "is_deld"), ("rsa", "is_rsa"), ("rqth", "is_rqth"), ("jeune", "is_young")):
        assert ask_demo(f"SELECT count(*) FROM hours WHERE main_public = '{public}' AND NOT {flag}") == [(0,)]
    assert ask_demo("SELECT count(*) > 1000 FROM hours WHERE is_deld AND is_rsa AND is_qpv") == [(True,)]


def test_outcomes_at_three_points(ask_demo: Ask) -> None:
    """One line an observation, the last lines of the work contract, none before its time."""
    assert ask_demo("SELECT count(*) FROM hours WHERE (exit_outcome IS NULL) <> (outcome_point IS NULL)") == [(0,)]
    assert ask_demo("""
        SELECT count(*) FROM (
            SELECT 1 FROM counted WHERE outcome_point IS NOT NULL
            GROUP BY work_contract_id, outcome_point HAVING count(*) > 1
        )
    """) == [(0,)]
    assert ask_demo("SELECT count(*) FROM counted WHERE outcome_point IS NOT NULL AND exit_on IS NULL") == [(0,)]
    for point, months in (("exit", 0), ("m6", 6), ("m12", 12)):
        assert ask_demo(f"""
            SELECT count(*) FROM hours
            WHERE outcome_point = '{point}' AND exit_on + INTERVAL {months} MONTH > DATE '{DATA_DATE}'
        """) == [(0,)]
    assert ask_demo("SELECT count(*) FROM hours WHERE exit_on < month") == [(0,)]
    rows: dict[Any, Any] = dict(ask_demo("SELECT outcome_point, count(*) FROM counted GROUP BY 1"))
    assert rows["exit"] > rows["m6"] > rows["m12"] > 500
    # Nine of ten are asked again, of those who worked long enough under that contract; a fourth to a third of them do not answer.
    left = "SELECT work_contract_id, max(exit_on) AS left_on, count(DISTINCT month) AS months FROM counted GROUP BY 1"
    for point, months, lines, asked, silent in (("m6", 6, 2, 0.92, 0.26), ("m12", 12, 3, 0.90, 0.30)):
        ((result, unheard),) = ask_demo(f"""
            SELECT avg((seen.exit_outcome IS NOT NULL)::INT), avg((seen.exit_outcome = 'inconnu')::INT)
            FROM ({left}) AS gone
            LEFT JOIN (SELECT * FROM counted WHERE outcome_point = '{point}') AS seen USING (work_contract_id)
            WHERE left_on + INTERVAL {months} MONTH <= DATE '{DATA_DATE}' AND gone.months >= {lines}
        """)
        assert result == pytest.approx(asked, abs=0.06)
        assert unheard == pytest.approx(silent, abs=0.04)
    ((dynamic, unknown),) = ask_demo("""
        SELECT avg((exit_outcome IN ('durable', 'transition', 'positive'))::INT) FILTER (exit_outcome <> 'inconnu'),
            avg((exit_outcome = 'inconnu')::INT) FROM counted WHERE outcome_point = 'exit'
    """)
    assert 0.5 < dynamic < 0.75
    assert 0.1 < unknown < 0.3


def test_pending_lines_are_the_last_months_and_a_few_older(ask_demo: Ask) -> None:
    recent, older = ask_demo("""
        SELECT count(*) FROM hours WHERE status = 'declared'
        GROUP BY month >= '2026-08-01' ORDER BY month >= '2026-08-01' DESC
    """)
    assert recent[0] > 3 * older[0] > 0
    ((validated, pending),) = ask_demo("""
        SELECT sum(hours_validated), sum(hours_declared) FILTER (status = 'declared') FROM counted
        WHERE month >= '2026-09-01'
    """)
    assert pending > validated


def test_declared_five_to_forty_days_after_the_month(ask_demo: Ask) -> None:
    assert ask_demo("""
        SELECT count(*) FROM hours
        WHERE status <> 'corrected' AND month < '2026-10-01' AND declared_on - last_day(month) NOT BETWEEN 5 AND 40
    """) == [(0,)]


def test_few_lines_are_rejected_or_corrected(ask_demo: Ask) -> None:
    ((rejected, corrected),) = ask_demo("""
        SELECT count(*) FILTER (status = 'rejected') / count(*), count(*) FILTER (status = 'corrected') / count(*)
        FROM hours
    """)
    assert rejected == pytest.approx(0.01, abs=0.002)
    assert corrected == pytest.approx(0.003, abs=0.0005)


def luhn(number: str) -> bool:
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(number)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def anomalies(ask_demo: Ask) -> dict[str, list[tuple[Any, ...]]]:
    """Rows of each kind, the last value of each its hours."""
    known = {code for (code,) in ask_demo(f"SELECT code FROM '{france_file()}'")}
    places = ask_demo(
        "SELECT execution_commune, 0 FROM contracts UNION ALL SELECT residence_commune, hours_declared FROM hours"
    )
    numbers = ask_demo(
        "SELECT contractor_siret, 0 FROM contracts UNION ALL SELECT employer_siret, hours_declared FROM hours"
    )
    return {
        "duplicate_entry": ask_demo("""
            SELECT entry_id, min(hours_declared) FROM hours GROUP BY entry_id HAVING count(*) > 1
        """),
        "hours_without_lot": ask_demo("""
            SELECT entry_id, hours_declared FROM hours
            WHERE (contract_id, lot_id) NOT IN (SELECT (contract_id, lot_id) FROM contracts)
        """),
        "lot_without_hours": ask_demo("""
            SELECT contract_id, 0 FROM contracts WHERE status IN ('running', 'closed')
            AND (contract_id, lot_id) NOT IN (SELECT (contract_id, lot_id) FROM hours)
        """),
        "hours_before_notification": ask_demo("""
            SELECT entry_id, hours_declared FROM counted WHERE last_day(month) < notified_on
        """),
        "hours_after_end": ask_demo("""
            SELECT entry_id, hours_declared FROM counted WHERE month > ends_on + INTERVAL 3 MONTH
        """),
        "over_220_hours": ask_demo("""
            SELECT participant_id, sum(hours_validated) FROM counted WHERE participant_id IS NOT NULL
            GROUP BY participant_id, month HAVING sum(hours_validated) > 220
        """),
        "negative_month": ask_demo("""
            SELECT lot_id, -sum(hours_validated) FROM counted GROUP BY contract_id, lot_id, month
            HAVING sum(hours_validated) < 0
        """),
        "unknown_commune": [row for row in places if row[0] and row[0] not in known],
        "invalid_siret": [row for row in numbers if row[0] and not luhn(row[0])],
    }


def test_a_handful_of_anomalies_of_every_kind(ask_demo: Ask) -> None:
    found = anomalies(ask_demo)
    # The demonstration's DECP can all be read, its exits have all been, and each client has one name and type.
    nowhere = {
        codes.AnomalyKind.UNREADABLE_DECP, codes.AnomalyKind.EXIT_TO_COME, codes.AnomalyKind.CLIENT_DESCRIBED_TWICE
    }  # fmt: skip
    assert ask_demo(f"SELECT count(*) FROM hours WHERE exit_on > DATE '{DATA_DATE}'") == [(0,)]
    assert (
        ask_demo("""
        SELECT client_id FROM contracts GROUP BY client_id HAVING count(DISTINCT (client_name, client_type)) > 1
    """)
        == []
    )
    assert set(found) == set(codes.AnomalyKind) - nowhere
    assert {kind: len(rows) for kind, rows in found.items() if not 3 <= len(rows) <= 40} == {}
    ((total,),) = ask_demo("SELECT sum(hours_validated) FROM counted")
    assert 0 < sum(row[-1] for rows in found.values() for row in rows) < total / 100


def test_sirets_are_valid_unless_mistyped() -> None:
    for number in (0, 7, 99_999, 123_456):
        assert luhn(siret(number))
        assert luhn(siret(number)[:9])
        assert len(siret(number)) == 14
        assert not luhn(wrong_siret(siret(number)))
