"""The words of a milestone's state, with the figures that decide it."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from data.words import Words
from pages.parts.milestone_block import (
    SYMBOLS,
    MilestoneStatus,
    is_measured_whole,
    status_text,
    why,
    with_objective_status,
)
from queries.scope import Scope

WORDS = Words("fr")
LASTING: dict[str, Any] = {
    "milestone": "m", "measure": "validated", "target_hours": Decimal(1000), "hours_to_date": Decimal(600), "share_ratio": 0.6,
    "client": "C1", "clause_category": None, "year": None, "due_on": None, "crossed_month": None, "pace_hours": Decimal(120),
    "projected_month": dt.date(2029, 12, 1), "projected_earliest": dt.date(2028, 4, 1), "projected_latest": dt.date(2032, 1, 1),
    "last_complete_month": dt.date(2026, 8, 1), "complete_hours": Decimal(590), "complete_months": None, "expected_hours": None,
    "status": "projected",
}  # fmt: skip
YEAR = LASTING | {
    "client": None, "year": 2026, "projected_month": None, "projected_earliest": None, "projected_latest": None,
    "complete_months": 8, "expected_hours": Decimal("666.67"), "status": "on_track",
}  # fmt: skip
PACE = "Au rythme des douze derniers mois complets (120\u00a0h), il serait atteint entre avril 2028 et janvier 2032 (estimation)"
DUE = dt.date(2030, 12, 31)


def test_every_status_has_its_own_symbol() -> None:
    assert set(SYMBOLS) == {str(status) for status in MilestoneStatus}
    assert len(set(SYMBOLS.values())) == len(SYMBOLS)


def test_a_status_is_a_symbol_and_a_word_of_the_field() -> None:
    assert [status_text(str(status), WORDS) for status in MilestoneStatus] == [
        "✓\u00a0atteint", "▲\u00a0en avance", "●\u00a0dans les temps", "▼\u00a0en retard", "◇\u00a0sans échéance",
        "…\u00a0trop tôt pour dire", "–\u00a0non projetable",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"status": "reached", "crossed_month": dt.date(2020, 3, 1)}, "Atteint en mars 2020."),
        ({"status": "reached"}, "Atteint avant le début de l’extraction."),
        ({}, f"{PACE}."),
        ({"status": "ahead", "due_on": DUE}, f"{PACE}\u202f; avant l’échéance du 31 décembre 2030."),
        (
            {"status": "on_track", "due_on": DUE},
            f"{PACE}\u202f; l’échéance du 31 décembre 2030 est dans cette estimation.",
        ),
        ({"status": "late", "due_on": DUE}, f"{PACE}\u202f; après l’échéance du 31 décembre 2030."),
        ({"status": "late", "due_on": DUE, "projected_month": None}, "Échéance du 31 décembre 2030 passée."),
        ({"status": "not_projectable", "pace_hours": None}, "Le rythme ne se mesure qu’après douze mois complets."),
        (
            {"status": "not_projectable", "projected_month": None, "pace_hours": Decimal(0)},
            "Au rythme des douze derniers mois complets (0\u00a0h), le rythme est nul ou le terme au-delà de quarante ans.",
        ),
    ],
)
def test_a_milestone_says_what_decides_its_state(changes: dict[str, Any], reason: str) -> None:
    assert why(LASTING | changes, WORDS) == reason


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, "Sur 8 mois complets\u00a0: 590\u00a0h réalisées pour 667\u00a0h attendues, à 5\u00a0% près."),
        ({"status": "too_early", "complete_months": 2}, "Il faut trois mois complets de 2026 pour le dire."),
        ({"status": "late", "complete_months": 12}, "L’année 2026 est terminée."),
        ({"status": "late", "year": 2003, "complete_months": 5}, "L’année 2003 est terminée."),
    ],
)
def test_an_objective_of_a_year_says_what_decides_its_state(changes: dict[str, Any], reason: str) -> None:
    assert why(YEAR | changes, WORDS) == reason


@pytest.mark.parametrize(
    ("scope", "whole"),
    [
        (Scope(), True),
        (Scope(first_year=2020, last_year=2021), True),  # a milestone is of all time
        (Scope(clients=("C1", "C2")), True),
        (Scope(clients=("C2",)), False),
        (Scope(clients=()), False),
        (Scope(clause_categories=("execution",)), False),
        (Scope(employer_kinds=("ei",)), False),
    ],
)
def test_a_milestone_is_judged_on_all_of_its_hours_only(scope: Scope, whole: bool) -> None:
    assert is_measured_whole(LASTING, scope) == whole


def test_a_year_takes_the_state_of_the_objective_that_it_shows() -> None:
    years: list[dict[str, Any]] = [
        {"year": 2025, "objective_hours": None},
        {"year": 2026, "objective_hours": Decimal(1000)},
    ]
    entries = [
        YEAR | {"client": "C1", "status": "late"},
        YEAR,
        YEAR | {"target_hours": Decimal(500), "status": "reached"},
    ]
    assert [row["objective_status"] for row in with_objective_status(years, entries)] == [None, "on_track"]
