"""The examples of the page *Définitions*, held to the SQL: each is quoted, then computed."""

import datetime as dt
import re
from collections.abc import Callable

import pytest

from pages.parts.terms import TERMS
from queries.scope import Scope
from tests.queries.asking import Opened, answer, by, month, only

CONTRACT = "contract_id | hours_committed | status\nM1 | 100 | running"


def provisional_months(opened: Opened) -> None:
    for day in (dt.date(2026, 10, 31), dt.date(2026, 11, 1)):
        rows = answer(
            opened(CONTRACT, "month | hours_validated\n2026-08 | 1\n2026-09 | 1", as_of=day), "hours_by_month"
        )
        provisional = by("month", rows, "provisional")
        assert (provisional[month("2026-08")], provisional[month("2026-09")]) == (False, True), day


def december_declared_in_february(opened: Opened) -> None:
    rows = answer(opened(CONTRACT, "month | hours_validated | declared_on\n2019-12 | 5 | 2020-02-10"), "hours_by_year")
    assert by("year", rows)[2019] == 5


def a_negative_line_is_a_correction(opened: Opened) -> None:
    lines = "month | hours_validated | status\n2020-03 | 10 | validated\n2020-03 | -4 | corrected"
    assert only(opened(CONTRACT, lines), "totals")["hours_validated"] == 10 - 4


def a_rate_above_its_obligation(opened: Opened) -> None:
    assert only(opened(CONTRACT, "month | hours_validated\n2020-03 | 240"), "totals")["completion_ratio"] == 240 / 100


def an_unknown_obligation_is_not_nought(opened: Opened) -> None:
    lots = "contract_id | hours_committed | status\nM1 | 100 | running\nM2 | | running"
    row = only(opened(lots, "contract_id | month | hours_validated\nM1 | 2020-03 | 40\nM2 | 2020-03 | 60"), "totals")
    assert (row["hours_committed"], row["completion_ratio"], row["lots_excluded"]) == (100, 40 / 100, 1)


def pending_hours_are_apart(opened: Opened) -> None:
    lines = "month | hours_validated | hours_declared | status\n2020-03 | 10 | 10 | validated\n2020-03 | | 7 | declared"
    row = only(opened(CONTRACT, lines), "totals")
    assert (row["hours_validated"], row["hours_pending"]) == (10, 7)


def contracts_span_years(opened: Opened) -> None:
    database = opened(CONTRACT, "month | hours_validated\n2019-03 | 1\n2020-03 | 1")
    each = [only(database, "totals", Scope(first_year=year, last_year=year))["contracts"] for year in (2019, 2020)]
    assert (each, only(database, "totals")["contracts"]) == ([1, 1], 1)


EXAMPLES: dict[str, tuple[str, Callable[[Opened], None]]] = {
    "provisoire": ("au 31 octobre comme au 1(er|ᵉʳ) novembre, septembre est provisoire et août est complet", provisional_months),
    "annee": ("les heures de décembre déclarées en février sont de décembre", december_declared_in_february),
    "heures-declarees": ("Une ligne négative est une correction", a_negative_line_is_a_correction),
    "taux-de-realisation": ("Il dépasse 100\u00a0% quand", a_rate_above_its_obligation),
    "heures-engagees": ("Une obligation inconnue n’est pas une obligation nulle", an_unknown_obligation_is_not_nought),
    "heures-en-attente": ("ne s’ajoutent jamais en silence aux heures réalisées", pending_hours_are_apart),
    "lot": ("Les marchés ne s’additionnent pas d’une année à l’autre", contracts_span_years),
}  # fmt: skip


@pytest.mark.parametrize("term", EXAMPLES)
def test_what_a_definition_says_is_what_is_computed(opened: Opened, term: str) -> None:
    quoted, holds = EXAMPLES[term]
    (definition,) = [entry.definition for entry in TERMS if entry.id == term]
    assert re.search(quoted, definition), f"{term} no longer says so"
    holds(opened)
