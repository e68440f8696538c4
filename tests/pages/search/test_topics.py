"""Questions asked in words, answered in a sentence over the place and the years that they name. Data date: 31 October 2026."""

import pytest

from tests.extracts import contracts_table, hours_table
from tests.pages.conftest import Published, Shown, texts

CONTRACTS = """
    contract_id | lot_id | subject   | client_id | client_name     | client_type     | clause_category | execution_commune | status  | hours_committed | starts_on  | ends_on
    M1          | 00     | Peinture  | C1        | Ville d’Elbeuf  | commune         | execution       | 76231             | running | 1000            | 2020-01-01 | 2026-12-31
    M2          | 00     | Gros œuvre | C2       | Logis du Port   | bailleur_social | reserved_iae    | 76540             | running | 600             | 2024-01-01 | 2027-12-31
    M3          | 00     | Espaces   | C3        | CHU de Rouen    | hopital         | execution       | 76540             | running | 100             | 2020-01-01 | 2028-12-31
"""
HOURS = """
    contract_id | month   | hours_validated | hours_declared | status
    M1          | 2020-03 | 300             | 300            | validated
    M1          | 2026-08 | 400             | 400            | validated
    M1          | 2026-09 |                 | 25             | declared
    M2          | 2024-05 | 100             | 100            | validated
    M2          | 2026-02 |                 | 40             | declared
    M3          | 2026-08 | 100             | 100            | validated
"""


@pytest.fixture(autouse=True)
def release(published: Published) -> None:
    published(contracts_table(CONTRACTS), hours_table(HOURS))


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        # 100 of 300 + 400 + 100 + 100
        (
            "Quelle part des heures vient des marchés réservés ?",
            "Marchés réservés\u00a0: 100\u00a0h, soit 11,1\u00a0% des heures réalisées, dans 1 lot.",
        ),
        # 100 of 400 + 100 + 100; a lot that was active
        (
            "marchés réservés depuis 2024",
            "Marchés réservés depuis 2024\u00a0: 100\u00a0h, soit 16,7\u00a0% des heures réalisées, dans 1 lot.",
        ),
        (
            "Quelles heures attendent la validation, chez qui ?",
            "65\u00a0h en attente de validation\u00a0: Logis du Port (40\u00a0h) et Ville d’Elbeuf (25\u00a0h).",
        ),
        ("heures en attente elbeuf", "25\u00a0h en attente de validation\u00a0: Ville d’Elbeuf (25\u00a0h)."),
        # 1000 - 300 - 400; the two others end later
        (
            "Quels marchés finissent dans les trois mois sans leurs heures ?",
            "1 lot se termine dans les trois mois sans toutes ses heures, il manque 300\u00a0h\u00a0: "
            "Peinture, Ville d’Elbeuf (le 31/12/2026, 300\u00a0h).",
        ),
        ("lots du CHU qui finissent", "Aucun lot ne se termine dans les trois mois sans toutes ses heures."),
        # No declaration since February: eight months.
        (
            "Qui n’a rien déclaré depuis trois mois ?",
            "1 maître d’ouvrage actif n’a rien déclaré depuis plus de 3 mois\u00a0: Logis du Port.",
        ),
        # On 31 August 2026 973 of 1460 days have passed: 399.86 h of 600 were expected, and 100 done.
        (
            "Quel bailleur social est en retard ?",
            "À la fin du dernier mois complet, des lots appelaient une relance chez\u00a0: Logis du Port (1 lot, il manquait 300\u00a0h).",
        ),
        ("retard CHU", "Aucun lot n’appelle de relance."),
    ],
)
def test_a_question_has_its_sentence(shown: Shown, question: str, answer: str) -> None:
    assert answer in texts(shown("search/page.py", q=question))


def test_it_leads_to_its_page_under_what_it_names(shown: Shown) -> None:
    page = texts(shown("search/page.py", q="réservés Elbeuf depuis 2024"))
    assert (
        '<a href="clauses?annees=2024-&amp;clients=C1">Part des marchés réservés, Ville d’Elbeuf, depuis 2024</a>'
        in page
    )


@pytest.mark.parametrize("question", ["réservés Dieppe", "femmes", "objectif national", "retards du Havre"])
def test_what_it_does_not_know_is_no_answer(shown: Shown, question: str) -> None:
    page = texts(shown("search/page.py", q=question))
    assert "Marchés réservés" not in page
    assert "appellent une relance" not in page
    assert "0 femme" not in page
