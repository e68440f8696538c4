"""The page about social considerations, on figures worked by hand."""

import json
from pathlib import Path
from typing import Any

import pytest

from data.reference.law import eu_thresholds, social_obligation
from tests.extracts import contracts_table, entry, notified_table, publish_rows
from tests.pages.conftest import Published, Shown, texts

CONTRACTS = """
    contract_id | client_id | client_name      | client_type | client_siret
    M1          | VIL       | La <b>Ville</b>  | commune     | 00000001000017
    M2          | CHU       | CHU & Cie        | hopital     | 00000002000015
    M3          | BAI       | Bailleur         | prive       |                  # its contracts cannot be found in the DECP
"""
DECP = """
    contract_ref | buyer_siret    | buyer_name | notified_on | cpv_code | amount_eur | subject       | considerations
    A            | 00000001000017 |            | 2025-01-10  | 45000000 | 90000      | Voirie        | Clause sociale
    B            | 00000001000017 |            | 2025-02-10  | 45000000 | 90000      | Voirie        | Non
    C            | 00000002000015 |            | 2025-03-10  | 45000000 | 90000      | Toiture       | Critère social
    D            | 00000002000015 |            | 2025-03-11  | 45000000 | 90000      | Peinture      |
    E            | 00000001000017 |            | 2026-01-11  | 45000000 | 90000      | Peinture      | Non
    F            | 00000001000017 |            | 2026-08-22  | 50000000 | 216000     | Gardiennage   | Non
    G            | 00000002000015 |            | 2026-09-01  | 50000000 | 215999     | Nettoyage     | Non            # below
    H            | 00000002000015 |            | 2026-09-01  | 50000000 | 300000     | Blanchisserie | Clause sociale
    I            | 00000009000001 | Syndicat   | 2026-09-02  | 50000000 | 150000     | Transport     |                # who knows
    J            | 00000001000017 |            | 2024-06-01  | 45000000 | 90000      | Voirie        |                # nobody says in 2024
"""
QUESTION = "Quelle part des marchés comporte une considération sociale\u202f?"


@pytest.fixture
def release(published: Published) -> None:
    published(contracts_table(CONTRACTS), [entry()], decp=notified_table(DECP))


@pytest.fixture
def page(release: None, shown: Shown) -> str:
    return texts(shown("considerations/page.py"))


def cells(page: str, head: str) -> list[str]:
    """The cells of the table's row that begins with a text."""
    row = page[page.index(f'<th scope="row">{head}</th>') :]
    return [cell.split("</td>")[0].split(">")[-1] for cell in row[: row.index("</tr>")].split("<td")[1:]]


def test_the_first_sentence_answers(page: str) -> None:
    assert QUESTION in page
    # 2026: E, F, G say no, H says yes, I says nothing
    assert (
        "Depuis janvier 2026, 1 marché notifié sur 5 comporte une considération sociale, soit 20,0\u00a0% (1 sans information)."
        " À titre de comparaison, l’objectif national est de 30\u00a0% en 2025" in page
    )
    assert "Parmi les seuls marchés renseignés, la part est de 25,0\u00a0% en 2026 (1 sur 4)." in page
    assert "1 sur 5 marchés notifiés" in page


def test_a_past_year_is_held_to_the_target(release: None, shown: Shown) -> None:
    page = texts(shown("considerations/page.py", annees="2024-2025"))
    # 2025: A and C of A, B, C, D
    assert "En 2025, 2 marchés notifiés sur 4 comportent une considération sociale, soit 50,0\u00a0%" in page
    assert "est atteint" not in page  # four contracts are no ground for a verdict
    assert "Le filtre sur les années porte ici sur celle de la notification." in page
    assert "Non calculable en 2024\u00a0: aucun marché n’est renseigné." in page


MANY = [
    f"{ref} | 00000001000017 | {year}-03-10 | {'Clause sociale' if ref % 3 == 0 else 'Non'}"
    for year, refs in ((2025, range(30)), (2026, range(30, 70)))
    for ref in refs
]


@pytest.mark.parametrize(
    ("refs", "query", "verdict"),
    [
        # 10 of the 30 contracts of 2025 (0, 3, … 27): 33.3 %
        (
            range(70),
            {},
            "L’objectif national de 30\u00a0% pour 2025 est atteint\u00a0: 33,3\u00a0% des 30 marchés notifiés cette année-là.",
        ),
        # without 0, 3 and 6, with three of 2026 instead, they are 27
        (range(7, 70), {}, "À titre de comparaison"),
        (range(70), {"clients": "VIL"}, "À titre de comparaison"),
        (range(70), {"annees": "2026"}, "À titre de comparaison"),
    ],
)
def test_a_target_is_held_against_its_own_year_for_the_whole(
    refs: range, query: dict[str, str], verdict: str, tmp_path: Path, shown: Shown
) -> None:
    head = "contract_ref | buyer_siret | notified_on | considerations"
    rows = notified_table("\n".join([head, *(MANY[ref] for ref in refs)]))
    publish_rows(tmp_path, contracts_table(CONTRACTS), [entry()], decp=rows)
    page = texts(shown("considerations/page.py", **query))
    assert verdict in page
    assert ("est atteint" in page) is verdict.startswith("L’objectif")


def test_numerators_and_denominators_stand_beside_each_share(page: str) -> None:
    assert cells(page, "2025") == [
        "2",
        "4",
        "50,0",
        "1",
        "3",
        "66,7",
        "180\u202f000",
        "360\u202f000",
        "50,0",
        "0",
        "30,0",
        "–",
    ]
    assert cells(page, "2024") == ["0", "1", "–", "1", "0", "–", "0", "90\u202f000", "–", "0", "30,0", "–"]
    assert cells(page, "La &lt;b&gt;Ville&lt;/b&gt;") == [
        "Commune",
        "1",
        "5",
        "20,0",
        "1",
        "4",
        "25,0",
        "90\u202f000",
        "576\u202f000",
        "15,6",
        "0",
    ]
    assert cells(page, "CHU &amp; Cie") == [
        "Établissement de santé",
        "2",
        "4",
        "50,0",
        "1",
        "3",
        "66,7",
        "390\u202f000",
        "695\u202f999",
        "56,0",
        "0",
    ]
    assert cells(page, "Autres acheteurs des DECP")[1:] == ["0", "1", "–", "1", "0", "–", "0", "150\u202f000", "–", "0"]
    assert cells(page, "Total") == [
        "3",
        "10",
        "30,0",
        "3",
        "7",
        "42,9",
        "480\u202f000",
        "1\u202f421\u202f999",
        "33,8",
        "0",
        "",
        "",
    ]


def test_the_contracts_to_look_at_are_listed_with_their_reserve(page: str) -> None:
    day = "22 août 2026"
    assert social_obligation().start.isoformat() == "2026-08-22"
    assert (
        f"3 marchés notifiés depuis le {day} atteignent le seuil européen\u00a0: 1 avec une clause sociale,"
        " 1 sans considération et 1 sans indication." in page
    )
    assert cells(page, "Gardiennage") == [
        "La &lt;b&gt;Ville&lt;/b&gt;", "22/08/2026", "216\u202f000", "216\u202f000", "Aucune considération sociale", "–", "F",
    ]  # fmt: skip
    assert cells(page, "Transport")[4:] == [
        "Non renseignée dans les DECP", "acheteur inconnu, seuil le plus bas retenu", "I",
    ]  # fmt: skip
    assert '<th scope="row">Nettoyage</th>' not in page
    assert '<th scope="row">Blanchisserie</th>' not in page


def test_the_law_is_that_of_the_reference(page: str) -> None:
    assert "Code de la commande publique, art. L2112-2-1\u00a0:" in page
    last = eu_thresholds()[-1]
    for amount in (last.supplies_services, last.supplies_services_state, last.supplies_services_utilities, last.works):
        assert f"{amount:,}".replace(",", "\u202f") in page
    assert "50\u202f000\u202f000\u00a0€\u00a0HT d’achats par an" in page


def test_the_chart_has_a_bar_for_each_share_and_the_target(release: None, shown: Shown) -> None:
    (chart,) = shown("considerations/page.py").get("plotly_chart")
    figure: dict[str, Any] = json.loads(chart.proto.spec)
    assert figure["data"][0]["x"] == [2025, 2026]
    assert [shape["y0"] for shape in figure["layout"]["shapes"]] == [0.3]


def test_one_client(release: None, shown: Shown) -> None:
    page = texts(shown("considerations/page.py", clients="CHU", secteurs="batiment"))
    assert "Depuis janvier 2026, 1 marché notifié sur 2 comporte une considération sociale, soit 50,0\u00a0%." in page
    assert (
        "Sans effet sur cette page, faute de cette information dans les DECP\u00a0: le filtre sur le secteur." in page
    )
    assert "La &lt;b&gt;Ville" not in page


def test_no_contract_under_the_filters(release: None, shown: Shown) -> None:
    at = shown("considerations/page.py", clients="BAI")
    assert "Aucun marché notifié pour ces filtres." in texts(at)
    assert [button.label for button in at.button if button.key == "show_everything"] == ["Tout afficher"]
    assert not at.get("plotly_chart")


def test_without_a_decp_source_it_says_what_to_publish(tmp_path: Path, shown: Shown) -> None:
    publish_rows(tmp_path, contracts_table(CONTRACTS), [entry()])
    page = texts(shown("considerations/page.py"))
    assert QUESTION in page
    assert "Non calculable\u00a0: la liste de tous les marchés notifiés n’est pas publiée." in page
    assert "python -m data.publish marches.csv heures.csv decp.json" in page


def test_a_source_that_says_nothing(tmp_path: Path, shown: Shown) -> None:
    rows = notified_table("considerations | notified_on\n | 2025-01-01\n | 2025-01-02")
    publish_rows(tmp_path, contracts_table(CONTRACTS), [entry()], decp=rows)
    at = shown("considerations/page.py")
    page = texts(at)
    assert not at.get("plotly_chart")
    assert (
        "Non calculable\u00a0: aucun des 2 marchés notifiés ne précise s’il comporte une considération sociale." in page
    )


def test_contracts_without_a_date_are_a_row_of_their_own(tmp_path: Path, shown: Shown) -> None:
    rows = notified_table("notified_on | considerations\n | Clause sociale\n | Non")
    publish_rows(tmp_path, contracts_table(CONTRACTS), [entry()], decp=rows)
    at = shown("considerations/page.py")
    assert not at.get("plotly_chart")
    assert "2" in cells(texts(at), "–")


def test_the_same_figures_in_english(release: None, shown: Shown) -> None:
    page = texts(shown("considerations/page.py", lang="en"))
    assert cells(page, "2025")[:5] == ["2", "4", "50.0", "1", "3"]
