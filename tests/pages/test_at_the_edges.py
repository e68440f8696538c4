"""What pages say where figures have an odd sign or size: corrections, a single hour, hours that came in since the last complete month."""

import datetime as dt

import pytest

from pages.parts.exits_sentences import NO_EXIT
from tests.extracts import contracts_table, hours_table, notified_table
from tests.pages.conftest import Published, Shown, texts

SETTINGS = """
[authority]
name = "Métropole d’essai"
epci = "200023414"
"""
LOTS = """
    contract_id | client_id | client_name | clause_category | execution_commune
    M1          | K1        | Commune A   | execution       | 76540
    M2          | K2        | Commune B   | insertion       | 76231
"""
# 2021 is negative as a whole, 2022 for one of two clients.
HOURS = """
    contract_id | month   | hours_validated | status
    M1          | 2020-01 | 1               | validated
    M1          | 2021-02 | -70             | corrected
    M1          | 2021-08 | 50              | validated
    M1          | 2022-01 | 100             | validated
    M2          | 2022-01 | -30             | corrected
"""


@pytest.fixture
def corrected(published: Published) -> None:
    published(contracts_table(LOTS), hours_table(HOURS), settings=SETTINGS, as_of=dt.date(2023, 3, 31))


@pytest.mark.usefixtures("corrected")
@pytest.mark.parametrize(
    ("page", "query", "sentence"),
    [
        ("milestones/page.py", {"annees": "2020-2020"}, "1 heure réalisée, de janvier 2020 à décembre 2020."),
        ("milestones/page.py", {"annees": "2020-2021"}, "Les corrections dépassent les heures validées, de janvier 2020 à décembre 2021\u00a0: −19\u00a0h."),
        ("milestones/page.py", {"annees": "2022-2022"}, "En 2022, 70 heures ont été réalisées, en hausse par rapport à 2021."),
        ("years/page.py", {"annees": "2020-2020"}, "1 heure réalisée en 2020."),
        ("years/page.py", {"annees": "2021-2021"}, "Aucune heure réalisée, corrections déduites."),
        ("years/page.py", {"annees": "2020-2021"}, "De 2020 à 2021, la seule année avec des heures réalisées est 2020 (1\u00a0h)."),
        ("clauses/page.py", {"annees": "2022-2022"}, "Corrections déduites, 70\u00a0h en tout\u00a0: «\u00a0Condition d’exécution\u00a0» (100\u00a0h) et «\u00a0Marché d’insertion\u00a0» (−30\u00a0h)."),
        ("clauses/page.py", {"annees": "2021-2021"}, "Corrections déduites, −20\u00a0h en tout\u00a0: «\u00a0Condition d’exécution\u00a0» (−20\u00a0h)."),
        ("clients/page.py", {"annees": "2020-2020"}, "Commune A porte 1 heure."),
        ("clients/page.py", {"annees": "2021-2021"}, "Les corrections dépassent les heures validées\u00a0: −20\u00a0h pour ces filtres."),
        # The client has 100 hours: 70 is what the other one leaves of them.
        ("clients/page.py", {"annees": "2022-2022"}, "1 maître d’ouvrage porte des heures\u202f; corrections des autres déduites, le total est de 70\u00a0h."),
        ("clients/page.py", {"client": "K1", "annees": "2022-2022"}, "Commune A porte 100 heures\u202f;"),
        ("clients/page.py", {"client": "K2", "annees": "2022-2022"}, "Commune B\u00a0: les corrections dépassent les heures validées (−30\u00a0h)"),
        ("communes/page.py", {"annees": "2022-2022"}, "1 commune sur 71 a accueilli des heures\u00a0: Rouen (100\u00a0h)."),
        ("communes/page.py", {"annees": "2022-2022", "communes": "76231"}, "Elbeuf\u00a0: −30\u00a0h, corrections déduites, dans 1 lot."),
    ],
)  # fmt: skip
def test_sentences_over_corrections(shown: Shown, page: str, query: dict[str, str], sentence: str) -> None:
    assert sentence in texts(shown(page, **query))


@pytest.mark.usefixtures("corrected")
@pytest.mark.parametrize("page", ["milestones/page.py", "years/page.py"])
def test_no_change_in_percent_from_a_negative_year(shown: Shown, page: str) -> None:
    table = texts(shown(page))
    assert "450,0" not in table  # from −20 to 70
    assert "−2\u202f100,0" not in table  # from 1 to −20


LATE = """
    contract_id | hours_committed | status  | starts_on  | ends_on
    soon        | 1000            | running | 2025-01-01 | 2026-12-29
    passed      | 100             | running | 2025-01-01 | 2026-09-15
    behind      | 1000            | running | 2026-05-23 | 2027-06-27
    nothing     | 1000            | running | 2026-05-23 | 2027-06-27
"""
# Data of 31 October: August is the last complete month, the hours of September are validated all the same.
SINCE = """
    contract_id | month   | hours_validated | hours_declared | status
    soon        | 2026-08 | 900             | 900            | validated
    soon        | 2026-09 | 200             | 200            | validated
    passed      | 2026-08 | 90              | 90             | validated
    behind      | 2026-10 | 500             | 500            | validated
    nothing     | 2026-08 |                 | 50             | declared
"""


@pytest.mark.parametrize(
    ("lot", "sentences"),
    [
        ("soon", [
            "En cours\u00a0: 1\u202f100\u00a0h réalisées sur 1\u202f000\u00a0h engagées, dont 900\u00a0h à la fin du dernier mois complet, "
            "soit 108\u00a0% des 835\u00a0h attendues alors\u202f; il manquait 100\u00a0h à l’obligation.",
            "◆\u00a0fin proche, il manquait 100\u00a0h sur 1\u202f000\u00a0h à la fin du dernier mois complet",
            "L’obligation a été remplie en septembre 2026.",
        ]),
        ("passed", [
            "◆\u00a0fin passée, il manquait 10\u00a0h sur 100\u00a0h à la fin du dernier mois complet",
            "À la fin du dernier mois complet, il restait 10\u00a0h à faire, soit 10\u00a0h par mois jusqu’à la fin prévue",
        ]),
        ("behind", [
            "En cours\u00a0: 500\u00a0h réalisées sur 1\u202f000\u00a0h engagées, dont 0\u00a0h à la fin du dernier mois complet, "
            "soit 0\u00a0% des 250\u00a0h attendues alors\u202f; il en manquait 250\u00a0h.",
            "À la fin du dernier mois complet, il restait 1\u202f000\u00a0h à faire, soit 101\u00a0h par mois jusqu’à la fin prévue.",
        ]),
        ("nothing", [
            "En cours\u00a0: aucune heure réalisée sur 1\u202f000\u00a0h engagées, pour 250\u00a0h attendues à la fin du dernier mois complet"
            "\u202f; il en manquait 250\u00a0h.",
        ]),
    ],
)  # fmt: skip
def test_what_a_lot_lacks_is_dated(published: Published, shown: Shown, lot: str, sentences: list[str]) -> None:
    published(contracts_table(LATE), hours_table(SINCE), settings=SETTINGS, as_of=dt.date(2026, 10, 31))
    page = texts(shown("lots/page.py", marche=lot))
    for sentence in sentences:
        assert sentence in page


PAST_ITS_DATE = """
[authority]
name = "Métropole d’essai"
epci = "200023414"

[[milestones]]
id = "thousand"
name = "le millier"
target_hours = 1000
due_on = 2025-12-31
"""


def test_a_milestone_whose_date_is_past_says_so(published: Published, shown: Shown) -> None:
    published(
        contracts_table("contract_id\nM1"),
        hours_table("month | hours_validated\n2024-01 | 900"),
        settings=PAST_ITS_DATE,
        as_of=dt.date(2026, 10, 31),
    )
    page = texts(shown("milestones/page.py"))
    assert (
        "900 heures réalisées\u00a0: il reste 100 heures avant le millier, non atteint à son échéance du 31 décembre 2025."
        in page
    )
    assert "\u202f; non atteint à son échéance du 31 décembre 2025" in page


def test_an_obligation_that_is_still_to_come_is_said_so(published: Published, shown: Shown) -> None:
    """Two contracts above any threshold, notified before the condition became compulsory."""
    day = dt.date(2025, 12, 31)
    decp = notified_table("amount_eur | notified_on\n90000000 | 2025-03-01\n90000000 | 2025-12-31")
    published(
        contracts_table("contract_id\nM1"),
        hours_table("month | hours_validated\n2025-01 | 9"),
        settings=SETTINGS,
        as_of=day,
        decp=decp,
    )
    page = texts(shown("considerations/page.py"))
    assert "Aucun marché n’est notifié dans ces données depuis le 22 août 2026" in page
    assert "sur 0 marché au-dessus des seuils, notifié depuis le 22 août 2026" in page
    assert "Aucun maître d’ouvrage n’a de marché notifié dans les DECP, pour ces filtres." in page  # SIRET of none


def test_a_lot_that_is_not_notified_is_not_counted_as_one(published: Published, shown: Shown) -> None:
    lots = """
        contract_id | client_id | client_name | status  | hours_committed
        M1          | K1        | Ville       | planned | 700
        M2          | K1        | Ville       | running | 300
    """
    published(
        contracts_table(lots),
        hours_table("contract_id | month | hours_validated\nM2 | 2022-01 | 60"),
        settings=SETTINGS,
    )
    page = texts(shown("clients/page.py", client="K1"))
    assert "<strong>300\u00a0h</strong>" in page
    assert "par les lots notifiés\u202f; en tout, 2 marchés et 2 lots" in page


def test_exits_of_a_year_without_hours_are_shown(published: Published, shown: Shown) -> None:
    """Sixty participants worked in 2024 and left in 2025: half into a lasting job, half into unemployment, nobody elsewhere."""
    head = "entry_id | month | hours_validated | participant_id | work_contract_id | exit_on | exit_outcome | outcome_point"
    lines = [
        f"E{n} | 2024-03 | 35 | P{n} | W{n} | 2025-03-31 | {'durable' if n % 2 else 'chomage'} | exit"
        for n in range(60)
    ]
    published(
        contracts_table("contract_id\nM1"),
        hours_table("\n".join([head, *lines])),
        settings=SETTINGS,
        as_of=dt.date(2026, 10, 31),
    )
    page = texts(shown("participants/exits.py", annees="2025-2025"))
    assert "<strong>60</strong>" in page
    # Not "trop peu de personnes": sixty left, but too few of them into each of the other situations.
    assert "Trop peu de personnes dans une des situations de sortie pour publier un taux de sorties dynamiques." in page
    assert NO_EXIT in texts(shown("participants/exits.py", annees="2024-2024"))
