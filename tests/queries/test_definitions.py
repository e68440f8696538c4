"""The examples of the page *Définitions*, held to the SQL: each is quoted, then computed."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from pages.parts.terms import TERMS
from queries.scope import Scope
from tests.queries.asking import SETTINGS, Opened, answer, by, milestone, milestones, month, only
from tests.queries.definitions import (
    a_category_outlasts_its_article,
    an_unknown_amount_counts_in_number_only,
    exits_are_ends_without_return,
    movements_add_up_to_the_difference,
    persons_are_not_added_up,
    small_numbers_are_hidden_and_others_rounded,
    the_lowest_threshold_where_the_kind_is_unknown,
    the_unsaid_stays_in_the_denominator,
    traits_are_those_at_entry,
    what_is_left_by_the_pace_of_twelve_months,
)

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


def a_client_is_active(opened: Opened) -> None:
    lots = """
        contract_id | client_id | status
        M1          | K1        | running   # without hours
        M2          | K2        | closed    # with hours
        M3          | K3        | closed    # without
        M4          | K4        | closed    # corrected to nothing
    """
    lines = "contract_id | month | hours_validated\nM2 | 2020-03 | 5\nM4 | 2020-03 | 5\nM4 | 2020-04 | -5"
    row = only(opened(lots, lines), "totals")
    assert (row["clients"], row["clients_with_hours"]) == (2, 1)


def planned_hours_are_never_committed(opened: Opened) -> None:
    lots = "contract_id | hours_planned | hours_committed | status\nM1 | 900 | 100 | running\nM2 | 500 | | planned"
    assert (
        only(opened(lots, "contract_id | month | hours_validated\nM1 | 2020-03 | 1"), "totals")["hours_committed"]
        == 100
    )


def the_notified_lots_are_committed(opened: Opened) -> None:
    states = ("running", "suspended", "closed", "terminated", "planned", "cancelled")
    lots = "contract_id | hours_committed | status\n" + "\n".join(f"M{n} | {10**n} | {s}" for n, s in enumerate(states))
    row = only(opened(lots, "contract_id | month | hours_validated\nM0 | 2020-03 | 1"), "totals")
    assert row["hours_committed"] == 1 + 10 + 100 + 1000
    assert row["rated_committed"] == 1 + 100


def milestones_of_committed_hours(opened: Opened) -> None:
    settings = milestones(milestone(50, "done"), milestone(50, "promised", measure="committed"))
    rows = answer(opened(CONTRACT, "month | hours_validated\n2020-03 | 40", settings=settings), "milestone_progress")
    assert by("milestone", rows, "hours_to_date") == {"done": 40, "promised": 100}


def the_month_of_crossing(opened: Opened) -> None:
    lines = "month | hours_validated\n2020-03 | 40\n2020-05 | 10\n2020-06 | 1"
    rows = answer(opened(CONTRACT, lines, settings=milestones(milestone(50))), "milestone_progress")
    assert rows[0]["crossed_month"] == month("2020-05")


def the_opening_balance_without_filters(opened: Opened) -> None:
    database = opened(CONTRACT, "month | hours_validated\n2020-03 | 40", settings=milestones(opening=900))
    scopes = (Scope(), Scope(first_year=2020, last_year=2020), Scope(client_types=("commune",)))
    ends = [answer(database, "hours_by_month", scope)[-1]["cumulative_hours"] for scope in scopes]
    assert ends == [900 + 40, 900 + 40, 40]


def no_change_of_a_running_year(opened: Opened) -> None:
    lines = "month | hours_validated\n2018-01 | 10\n2019-01 | 0\n2019-02 | 4\n2020-01 | 12\n2021-01 | 3"
    rows = answer(opened(CONTRACT, lines, as_of=dt.date(2021, 10, 31)), "hours_by_year")
    assert by("year", rows, "change_ratio") == {2018: None, 2019: -0.6, 2020: 2.0, 2021: None}
    assert by("year", rows, "same_months_change_ratio")[2021] == -0.75  # 3 against 12, over eight months


def what_running_lots_still_owe(opened: Opened) -> None:
    lots = "contract_id | hours_committed | status | ends_on\nM1 | 100 | running | 2022-12-31\nM2 | 50 | running | 2022-12-31\nM3 | 70 | closed | 2022-12-31"
    lines = "contract_id | month | hours_validated\nM1 | 2020-03 | 40\nM2 | 2020-03 | 60"
    rows = answer(opened(lots, lines), "hours_still_owed")
    assert sum(row["owed_hours"] for row in rows) == 100 - 40


def the_expected_pace(opened: Opened) -> None:
    lots = "contract_id | hours_committed | status | starts_on | ends_on\nM1 | 400 | running | 2026-05-23 | 2027-06-27\nM2 | 400 | running | | 2027-06-27"
    rows = answer(
        opened(
            lots,
            "contract_id | month | hours_validated\nM1 | 2026-08 | 30\nM1 | 2026-09 | 500",
            as_of=dt.date(2026, 10, 31),
        ),
        "lots",
    )
    # On 31 August 100 of 400 days have passed: 100 h, and the 500 h of September are of a provisional month.
    assert by("contract_id", rows, "expected_hours") == {"M1": 100, "M2": None}
    assert by("contract_id", rows, "gap_hours") == {"M1": 30 - 100, "M2": None}
    assert by("contract_id", rows, "best_per_month")["M1"] == 30 / 3


def the_first_alert_that_applies(opened: Opened) -> None:
    lots = """
        contract_id | hours_committed | status  | starts_on  | ends_on
        short       | 100             | running | 2025-01-01 | 2026-08-31   # 99 of 100 at its end
        ending      | 100             | running | 2025-01-01 | 2026-12-29   # 120 days on, 6 of 100 missing
        enough      | 100             | running | 2025-01-01 | 2026-12-29   # 5 of 100 missing
        not_started | 400             | running | 2026-05-23 | 2027-06-27   # a quarter of its time
        pending     | 400             | running | 2026-05-23 | 2027-06-27   # hours are waiting: behind
        half        | 400             | running | 2026-05-23 | 2027-06-27   # half of what was expected
        over        | 100             | closed  | 2025-01-01 | 2026-06-30
    """
    lines = """
        contract_id | month   | hours_validated | hours_declared | status
        short       | 2026-08 | 99              | 99             | validated
        ending      | 2026-08 | 94              | 94             | validated
        enough      | 2026-08 | 95              | 95             | validated
        pending     | 2026-08 |                 | 9              | declared
        half        | 2026-08 | 50              | 50             | validated
        over        | 2026-06 | 101             | 101            | validated
    """
    rows = answer(opened(lots, lines, as_of=dt.date(2026, 10, 31)), "lots")
    assert by("contract_id", rows, "alert") == {
        "short": "ended_short", "ending": "ending", "enough": "none", "not_started": "not_started",
        "pending": "behind", "half": "none", "over": "over",
    }  # fmt: skip


def the_divisor_is_a_setting(opened: Opened) -> None:
    for divisor in (Decimal(1607), Decimal(1820)):
        settings = replace(SETTINGS, counting=replace(SETTINGS.counting, fte_divisor=divisor))
        row = only(opened(CONTRACT, "month | hours_validated\n2020-03 | 3214", settings=settings), "totals")
        assert row["fte"] == float(3214 / divisor)


def means_are_out_by_default(opened: Opened) -> None:
    lots = "contract_id | clause_category | counts_in_total\nM1 | means |\nM2 | means | true\nM3 | execution |\nM4 | execution | false"
    lines = "contract_id | month | hours_validated\nM1 | 2020-03 | 1\nM2 | 2020-03 | 10\nM3 | 2020-03 | 100\nM4 | 2020-03 | 1000"
    database = opened(lots, lines)
    assert only(database, "totals")["hours_validated"] == 10 + 100
    assert only(database, "totals", Scope(include_uncounted=True))["hours_validated"] == 1111


def duplicates_and_orphans_are_out(opened: Opened) -> None:
    lines = "entry_id | contract_id | month | hours_validated\nE1 | M1 | 2020-03 | 1\nE1 | M1 | 2020-03 | 10\nE2 | M9 | 2020-03 | 100"
    database = opened(CONTRACT, lines)
    assert only(database, "totals")["hours_validated"] == 1
    out = {row["kind"]: row["hours"] for row in answer(database, "anomalies") if not row["in_totals"] and row["rows"]}
    assert sorted(out.values()) == [10, 100]


def communes_of_the_works(opened: Opened) -> None:
    lots = "contract_id | client_commune | execution_commune\nM1 | 76540 | 76231"
    rows = answer(opened(lots, "month | hours_validated\n2020-03 | 8"), "hours_by_commune")
    assert by("execution_commune", rows) == {"76231": 8}


def committed(opened: Opened) -> None:
    an_unknown_obligation_is_not_nought(opened)
    the_notified_lots_are_committed(opened)


# What a release is compared with lies beside it: two of one folder.
OF_TWO_RELEASES = {
    "revisions": (
        "seul l’écart net est connu.*Écart = heures après − heures avant = ajoutées . corrigées . apparues . disparues",
        movements_add_up_to_the_difference,
    )
}
# These only name something: what it is, not how it is counted.
NAMES = {"clause-sociale", "titulaire"}
EXAMPLES: dict[str, tuple[str, Callable[[Opened], None]]] = {
    "provisoire": ("au 31 octobre comme au 1(er|ᵉʳ) novembre, septembre est provisoire et août est complet", provisional_months),
    "annee": ("les heures de décembre déclarées en février sont de décembre", december_declared_in_february),
    "heures-declarees": ("Une ligne négative est une correction", a_negative_line_is_a_correction),
    "taux-de-realisation": ("Il dépasse 100\u00a0% quand", a_rate_above_its_obligation),
    "heures-engagees": ("en cours, suspendus, soldés ou résiliés, ni prévus ni abandonnés. Une obligation inconnue n’est pas une obligation nulle", committed),
    "heures-en-attente": ("ne s’ajoutent jamais en silence aux heures réalisées", pending_hours_are_apart),
    "lot": ("Les marchés ne s’additionnent pas d’une année à l’autre", contracts_span_years),
    "maitre-d-ouvrage": ("Il est actif s’il a un lot en cours, ou des heures réalisées dans la période", a_client_is_active),
    "heures-prevues": ("jamais comprises dans les heures engagées", planned_hours_are_never_committed),
    "heures-validees": ("sauf de ceux qui sont fixés en heures engagées", milestones_of_committed_hours),
    "jalon": ("le premier où le cumul atteint la cible", the_month_of_crossing),
    "solde-d-ouverture": ("ajouté que si aucun filtre n’est posé, sauf sur les années", the_opening_balance_without_filters),
    "evolution": ("vide pour une année en cours", no_change_of_a_running_year),
    "heures-encore-dues": ("des lots en cours qui n’ont pas tout fait", what_running_lots_still_owe),
    "rythme-attendu": ("à la fin du dernier mois complet", the_expected_pace),
    "alerte": ("La première qui s’applique", the_first_alert_that_applies),
    "etp": ("Le diviseur est un réglage", the_divisor_is_a_setting),
    "compte-au-total": (r"celles des obligations de moyens \(formation, stage\) n’y entrent pas", means_are_out_by_default),
    "anomalies": ("Les doublons et les lignes sans lot connu sont hors des totaux", duplicates_and_orphans_are_out),
    "commune": ("commune d’exécution des travaux", communes_of_the_works),
    "beneficiaires": ("la somme des heures validées dépasse 0 dans la période et le filtre. Elles ne s’additionnent pas", persons_are_not_added_up),
    "caracteristiques": ("celles de l’entrée\u00a0: la première renseignée", traits_are_those_at_entry),
    "sortie-dynamique": ("une fin à venir n’est pas une sortie, et une personne qui a des heures un mois suivant est revenue", exits_are_ends_without_return),
    "secret-statistique": ("arrondis au hasard à l’un des deux multiples de 5 voisins, et les petits nombres ne sont pas communiqués", small_numbers_are_hidden_and_others_rounded),
    "type-de-clause": ("Catégorie stable, quel que soit l’article", a_category_outlasts_its_article),
    "consideration-sociale": ("sans information restent au dénominateur.* pas calculable quand aucun n’est renseigné", the_unsaid_stays_in_the_denominator),
    "seuils-europeens": ("Quand l’un d’eux est inconnu, le seuil le plus bas est retenu", the_lowest_threshold_where_the_kind_is_unknown),
    "spaser": ("Un marché de montant inconnu ou nul compte en nombre seulement", an_unknown_amount_counts_in_number_only),
    "projection": ("avant 36 mois complets.*rythme des douze derniers mois complets", what_is_left_by_the_pace_of_twelve_months),
}  # fmt: skip


def quoted(term: str, words: str) -> None:
    (definition,) = [f"{entry.definition} {entry.formula}" for entry in TERMS if entry.id == term]
    assert re.search(words, definition), f"{term} no longer says so"


@pytest.mark.parametrize("term", EXAMPLES)
def test_what_a_definition_says_is_what_is_computed(opened: Opened, term: str) -> None:
    words, holds = EXAMPLES[term]
    quoted(term, words)
    holds(opened)


@pytest.mark.parametrize("term", OF_TWO_RELEASES)
def test_what_it_says_of_two_releases_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, term: str) -> None:
    monkeypatch.setenv("CAP_EXTRACTS", str(tmp_path / "extracts"))
    words, holds = OF_TWO_RELEASES[term]
    quoted(term, words)
    holds(tmp_path)


def test_every_definition_of_a_figure_has_its_example() -> None:
    assert {term.id for term in TERMS} == {*EXAMPLES, *OF_TWO_RELEASES, *NAMES}
