"""The words of a milestone's state, with the figures that decide it."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from data.words import Words
from pages.parts.milestone_block import is_measured_whole, why, with_objective_status
from pages.parts.milestone_status import SYMBOLS, MilestoneStatus, status_text
from queries.scope import Scope

WORDS = Words("fr")
LASTING: Any = {
    "milestone": "m", "measure": "validated", "target_hours": Decimal(1000), "hours_to_date": Decimal(600), "share_ratio": 0.6,
    "gap_hours": Decimal(-400), "client": "C1", "clause_category": None, "year": None, "due_on": None, "crossed_month": None,
    "pace_hours": Decimal(120), "pace_per_month": Decimal(10), "projected_month": dt.date(2029, 12, 1), "not_before": None,
    "projected_earliest": dt.date(2028, 4, 1), "projected_latest": dt.date(2032, 1, 1), "obstacle": None,
    "last_complete_month": dt.date(2026, 8, 1), "complete_hours": Decimal(590), "complete_months": None, "expected_hours": None,
    "history_months": 60, "last_declared_month": dt.date(2026, 10, 1), "needed_per_month": None, "needed_more_per_month": None,
    "needed_change_ratio": None, "needed_for_sure_per_month": None, "status": "projected", "year_low_hours": None,
    "year_high_hours": None,
}  # fmt: skip
NO_DATE: dict[str, Any] = {"projected_month": None, "projected_earliest": None, "projected_latest": None}
YEAR = LASTING | NO_DATE | {
    "client": None, "year": 2026, "complete_months": 8, "expected_hours": Decimal("666.67"), "status": "on_track",
    "year_low_hours": Decimal(900), "year_high_hours": Decimal(1100),
}  # fmt: skip
PACE = "Au rythme des douze derniers mois complets (10\u00a0h par mois), il serait atteint entre avril 2028 et janvier 2032 (8 chances sur 10\u202f; estimation)."
DUE = dt.date(2030, 12, 31)
SOON = {"needed_per_month": Decimal(8), "needed_more_per_month": Decimal(-2), "needed_change_ratio": -0.2}
MORE = {"needed_per_month": Decimal(15), "needed_more_per_month": Decimal(5), "needed_change_ratio": 0.5}


def test_every_status_has_its_own_symbol() -> None:
    assert set(SYMBOLS) == {str(status) for status in MilestoneStatus}
    assert len(set(SYMBOLS.values())) == len(SYMBOLS)


def test_a_status_is_a_symbol_and_a_word_of_the_field() -> None:
    assert [status_text(str(status), WORDS) for status in MilestoneStatus] == [
        "✓\u00a0atteint", "▲\u00a0en avance", "●\u00a0dans les temps", "▼\u00a0en retard", "✕\u00a0non atteint",
        "◇\u00a0sans échéance", "≥\u00a0sans dernier mois", "…\u00a0trop tôt pour dire", "–\u00a0non projetable",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"status": "reached", "crossed_month": dt.date(2020, 3, 1)}, "Atteint en mars 2020."),
        ({"status": "reached"}, "Atteint avant le début de l’extraction."),
        ({}, PACE),
        (
            {"status": "ahead", "due_on": DUE, **SOON},
            f"{PACE} À ce rythme, l’échéance du 31 décembre 2030 serait tenue avec de la marge. Il suffit de 8\u00a0h par mois pour y arriver à temps.",
        ),
        (
            {"status": "on_track", "due_on": DUE},
            f"{PACE} À ce rythme, l’échéance du 31 décembre 2030 serait tenue, sans certitude.",
        ),
        (
            {"status": "too_early", "due_on": DUE},
            f"{PACE} Il est trop tôt pour dire si l’échéance du 31 décembre 2030 sera tenue.",
        ),
        (
            {"status": "late", "due_on": DUE, **MORE, "needed_for_sure_per_month": Decimal(20)},
            f"{PACE} À ce rythme, l’échéance du 31 décembre 2030 ne serait pas tenue. Il faut 15\u00a0h par mois pour y arriver à temps, soit 5\u00a0h de plus (+50\u00a0%)\u202f; 20\u00a0h par mois pour en être presque sûr (9 chances sur 10).",
        ),
        (
            {"status": "missed", "due_on": DUE, "obstacle": "no_pace", **NO_DATE},
            "L’échéance du 31 décembre 2030 est passée. Aucune heure de plus sur les douze derniers mois complets.",
        ),
        (
            {"crossed_month": dt.date(2026, 8, 1), **NO_DATE, "status": "not_projectable", "obstacle": "idle_months"},
            "La cible a été atteinte en août 2026, puis des corrections ont ramené le cumul au-dessous. Plus de six des 24 derniers mois complets sont sans heures.",
        ),
        ({"status": "not_projectable", "obstacle": "no_hours", **NO_DATE}, "Aucune heure à ce jour."),
        (
            {"status": "too_early", "obstacle": "short_history", "history_months": 1, **NO_DATE},
            "Il faut 36 mois complets depuis les premières heures\u202f; il y en a 1.",
        ),
        (
            {
                "status": "not_projectable",
                "obstacle": "late_declarations",
                "last_declared_month": dt.date(2026, 6, 1),
                **NO_DATE,
            },
            "Aucune heure déclarée depuis juin 2026.",
        ),
        (
            {"status": "not_projectable", "obstacle": "beyond_ten_years", **NO_DATE},
            "Au rythme des douze derniers mois complets (10\u00a0h par mois), il faudrait plus de dix ans.",
        ),
        (
            {
                "status": "not_before",
                "obstacle": "no_latest",
                "not_before": dt.date(2028, 4, 1),
                "projected_latest": None,
            },
            "Au rythme des douze derniers mois complets (10\u00a0h par mois), il ne serait pas atteint avant avril 2028 (9 chances sur 10\u202f; estimation). Le total varie trop d’une année à l’autre pour donner un dernier mois.",
        ),
    ],
)
def test_a_milestone_says_what_decides_its_state(changes: dict[str, Any], reason: str) -> None:
    assert why(LASTING | changes, WORDS) == reason


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        (
            {**MORE},
            "Sur 8 mois complets\u00a0: 590\u00a0h réalisées. Au rythme des douze derniers mois complets, l’année finirait entre 900\u00a0h et 1\u202f100\u00a0h (8 chances sur 10\u202f; estimation). Il faut 15\u00a0h par mois pour y arriver à temps, soit 5\u00a0h de plus (+50\u00a0%).",
        ),
        (
            {"status": "too_early", "obstacle": "short_history", "history_months": 12, "year_low_hours": None},
            "Il faut 36 mois complets depuis les premières heures\u202f; il y en a 12.",
        ),
        ({"status": "missed", "complete_months": 12}, "L’année 2026 est terminée\u202f; il a manqué 400\u00a0h."),
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
    years: Any = [
        {"year": 2025, "objective_hours": None},
        {"year": 2026, "objective_hours": Decimal(1000)},
    ]
    entries = [
        YEAR | {"client": "C1", "status": "late"},
        YEAR,
        YEAR | {"target_hours": Decimal(500), "status": "reached"},
    ]
    assert [row["objective_status"] for row in with_objective_status(years, entries)] == [None, "on_track"]
