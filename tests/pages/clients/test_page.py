"""The page of clients and a client's own page, on figures worked by hand."""

import datetime as dt
import json
import re
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.extracts import contracts_table, hours_table
from tests.pages.conftest import Published, Shown, texts
from tests.pages.marked_table import marked_table

CONTRACTS = """
    contract_id | client_id | client_name     | client_type     | clause_category | hours_committed | status  | counts_in_total
    M1          | MRN       | La Métropole    | metropole       | execution       | 500             | running |
    M2          | C2        | Ville de B      | commune         | insertion       | 100             | closed  |
    M3          | C2        | Ville de B      | commune         | execution       | 50              | running |
    M4          | C3        | Ville d’A       | commune         | execution       | 200             | closed  |
    M5          | C3        | Ville d’A       | commune         | execution       |                 | running |                  # hors calcul
    M6          | C4        | Habitat <b>     | bailleur_social | execution       | 100             | running |                  # pending hours only
    M7          | C5        | Sans compte     | prive           | means           |                 | running | false
"""
HOURS = """
    contract_id | month   | hours_validated | hours_declared | status
    M1          | 2019-01 | 250             | 250            | validated
    M1          | 2020-01 | 50              | 50             | validated
    M2          | 2019-01 | 240             | 240            | validated
    M3          | 2020-01 | 10.25           | 10.25          | validated
    M4          | 2020-01 | 49.75           | 49.75          | validated
    M5          | 2020-02 | 400             | 400            | validated
    M6          | 2020-02 |                 | 7              | declared
    M7          | 2020-02 | 70              | 70             | validated
"""
# 1000 hours: MRN 300, C2 250.25, C3 449.75.
SETTINGS = """
[authority]
name = "L’Autorité"
epci = "200023414"
clients = ["MRN"]

[[opening_balance]]
hours = 900
as_of = 2018-12-31
origin = "bilans"

[[opening_balance]]
hours = 150
as_of = 2018-12-31
origin = "bilans de la Métropole"
client = "MRN"

[[milestones]]
id = "de_b"
name = "les 250 heures de B"
target_hours = 250
client = "C2"

[[milestones]]
id = "de_a"
name = "les 9 000 heures de A"
target_hours = 9000
client = "C3"
due_on = 2026-12-31

[[milestones]]
id = "insertion"
name = "les 300 heures d’insertion"
target_hours = 300
clause_category = "insertion"

[[milestones]]
id = "objectif_2020"
name = "l’objectif 2020"
target_hours = 400
year = 2020
"""


@pytest.fixture(autouse=True)
def release(published: Published) -> None:
    published(contracts_table(CONTRACTS), hours_table(HOURS), settings=SETTINGS, as_of=dt.date(2020, 12, 31))


def figures(at: AppTest) -> list[dict[str, Any]]:
    return [json.loads(chart.proto.spec) for chart in at.get("plotly_chart")]


def table_of(page: str, start: str) -> dict[str, list[str]]:
    """The cells of the rows of the table that follows a text, by the row's name; the total too."""
    table = page[page.index(start) :]
    table = table[: table.index("</table>")]
    rows = re.findall(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', table)
    strip = re.compile("<.*?>")
    return {
        strip.sub("", name): [strip.sub("", cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", cells)]
        for name, cells in rows
    }


def clients_table(at: AppTest) -> dict[str, list[str]]:
    return marked_table(texts(at), "Heures par maître d’ouvrage")


def test_the_first_sentence_tells_own_contracts_from_those_of_the_bodies_assisted(shown: Shown) -> None:
    assert (
        "3 maîtres d’ouvrage portent 1\u202f000 heures\u00a0: 30,0\u00a0% viennent des marchés de l’autorité elle-même (L’Autorité), "
        "70,0\u00a0% de ceux des organismes qu’elle accompagne." in texts(shown("clients/page.py"))
    )


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"clients": "C2"}, "Ville de B porte 250 heures."),
        ({"types": "commune"}, "2 maîtres d’ouvrage portent 700 heures."),
        ({"clients": "C4"}, "1 maître d’ouvrage a un lot, sans heure réalisée pour ces filtres."),
    ],
)
def test_the_first_sentence_of_a_narrower_scope(shown: Shown, query: dict[str, str], sentence: str) -> None:
    assert sentence in texts(shown("clients/page.py", **query))


def test_an_empty_scope_says_so(shown: Shown) -> None:
    at = shown("clients/page.py", clients="-")
    assert "Aucune heure pour ces filtres." in texts(at)
    assert not at.get("plotly_chart")


def test_clients_come_by_their_hours_and_add_up_to_the_headline(shown: Shown) -> None:
    found = clients_table(shown("clients/page.py"))
    assert list(found) == ["Ville d’A", "La Métropole", "Ville de B", "Habitat &lt;b&gt;", "Total"]
    # Hours and share, bars of the years, pending, committed, completion of all lots, of closed and of running ones, lots, to call.
    assert found["Ville de B"] == [
        "250 | 25,0\u00a0%", "", "0", "150", "166,8 | soldés 240,0\u00a0% · en cours 20,5\u00a0%", "2 | dans 2 marchés",
        "1 | il manque 20\u00a0h",
    ]  # fmt: skip
    # 449.75 h, of which 49.75 of the 200 h of a closed lot; the other lot has no obligation.
    assert found["Ville d’A"] == [
        "450 | 45,0\u00a0%", "", "0", "200", "24,9 | soldés 24,9\u00a0%", "2 | dans 2 marchés", "0",
    ]  # fmt: skip
    # Committed: 500 + 100 + 50 + 200 + 100. Closed: (240 + 49.75) / 300. Running: (300 + 10.25 + 0) / 650. Six contracts.
    assert found["Total"] == [
        "1\u202f000", "", "7", "950", "63,2 | soldés 96,6\u00a0% · en cours 47,7\u00a0%", "6 | dans 6 marchés",
        "2 | il manque 81\u00a0h",
    ]  # fmt: skip


def test_bars_are_drawn_against_the_most_hours_and_years_against_the_best_one(shown: Shown) -> None:
    page = texts(shown("clients/page.py"))
    assert re.findall(r"--part:([\d.]+);--whole:([\d.]+)", page) == [
        ("449.75", "449.75"), ("300.00", "449.75"), ("250.25", "449.75"), ("0.00", "449.75"),
    ]  # fmt: skip
    # 50 of 250 h; 10.25 of 240 h. A client without hours has no bars.
    assert re.findall(r'<span style="height:(\d+%)"></span>', page) == ["0%", "100%", "100%", "20%", "100%", "4%"]
    assert 'aria-label="Heures réalisées de 2019 à 2020\u00a0: au plus haut 240\u00a0h, en 2019"' in page
    assert "<span>2019\u00a0–\u00a02020</span>" in page


def test_a_single_year_has_no_small_bars(shown: Shown) -> None:
    two, one = (texts(shown("clients/page.py", annees=years)) for years in ("2019-2020", "2020"))
    assert ('class="cap-bars"' in two, "Petites barres" in two) == (True, True)
    assert ('class="cap-bars"' in one, "Petites barres" in one) == (False, False)
    # Ville d’A: 449.75 of 510 h; pending, committed …
    assert marked_table(one, "Heures par maître d’ouvrage")["Ville d’A"][:2] == ["450 | 88,2\u00a0%", "0"]


def test_types_of_clients_have_their_table(shown: Shown) -> None:
    found = table_of(texts(shown("clients/page.py")), "<caption>Heures par type de maître d’ouvrage</caption>")
    # 449.75 + 250.25; committed 150 + 200; rated 250.25 + 49.75
    assert found["Commune"] == ["2", "700", "70,0", "350", "300", "350", "85,7"]
    assert found["Total"] == ["4", "1\u202f000", "", "950", "600", "950", "63,2"]
    assert "Heures par type" not in texts(shown("clients/page.py", types="commune"))


def test_the_lots_to_call_of_each_client_lead_to_their_list(shown: Shown) -> None:
    """On 31 October 2020 669 of 1 095 days have passed: M3 has 10.25 h of 30.55, M6 only pending hours of 61.10, M1 300 of 305.48."""
    page = texts(shown("clients/page.py", types="commune,bailleur_social"))
    assert (
        "À la fin du dernier mois complet, 2 lots en cours, chez 2 maîtres d’ouvrage, appelaient une relance\u00a0: 2 en retard sur le rythme attendu (il manquait 81\u00a0h)."
        in page
    )
    assert '<a href="lots?types=bailleur_social%2Ccommune">Voir les lots à relancer</a>' in page
    assert re.findall(r'href="(lots\?clients=[^"]*)" target="_self">(\d+)', page) == [
        ("lots?clients=C2&amp;types=bailleur_social%2Ccommune", "1"),
        ("lots?clients=C4&amp;types=bailleur_social%2Ccommune", "1"),
    ]


def test_without_a_lot_to_call_the_page_of_clients_says_so(shown: Shown) -> None:
    page = texts(shown("clients/page.py", clients="C3"))
    assert "Aucun lot n’appelle de relance." in page
    assert "Voir les lots à relancer" not in page


@pytest.mark.parametrize(
    ("order", "names"),
    [
        ("client_name", ["Ville d’A", "Ville de B", "Habitat &lt;b&gt;", "La Métropole"]),
        # 250.25/150, 300/500, 49.75/200, 0/100
        ("-completion_ratio", ["Ville de B", "La Métropole", "Ville d’A", "Habitat &lt;b&gt;"]),
        ("-hours_pending", ["Habitat &lt;b&gt;", "Ville d’A", "Ville de B", "La Métropole"]),
        ("years", ["Ville d’A", "La Métropole", "Ville de B", "Habitat &lt;b&gt;"]),
    ],
)
def test_another_order_lives_in_the_address(shown: Shown, order: str, names: list[str]) -> None:
    at = shown("clients/page.py", tri_heures_par_maitre_d_ouvrage=order)
    assert list(clients_table(at)) == [*names, "Total"]


def test_years_and_clients_in_a_table_that_adds_up(shown: Shown) -> None:
    page = texts(shown("clients/page.py"))
    found = table_of(page, 'aria-labelledby="cap-heat"><thead>')
    assert found == {
        "Habitat &lt;b&gt;": ["–", "–", "–"],
        "Ville d’A": ["–", "450", "450"],
        "Ville de B": ["240", "10", "250"],
        "La Métropole": ["250", "50", "300"],
        "Total": ["490", "510", "1\u202f000"],
    }
    assert 'class="number heat-1" title="Ville de B, 2020\u00a0: 10,25\u00a0h"' in page  # 10.25 / 240
    assert 'class="number heat-5" title="Ville de B, 2019\u00a0: 240,00\u00a0h"' in page
    assert 'class="number heat-1" title="La Métropole, 2020\u00a0: 50,00\u00a0h"' in page  # 50 / 250, a fifth


def test_every_client_leads_to_its_page_with_the_filters(shown: Shown) -> None:
    page = texts(shown("clients/page.py", types="commune", lang="en"))
    assert re.search(r'<a href="clients\?client=C2&amp;types=commune&amp;lang=en"[^>]*>Ville de B</a>', page)


def test_what_became_of_the_obligations_has_its_sides(shown: Shown) -> None:
    assert (
        # (300 + 240 + 10.25 + 49.75) / (500 + 100 + 50 + 200 + 100)
        "600\u00a0h réalisées sur 950\u00a0h engagées par les mêmes lots\u202f; 1 lot hors du taux\u202f; lots soldés\u00a0: 96,6\u00a0% (290\u00a0h sur 300\u00a0h)\u202f; "
        "lots en cours\u00a0: 47,7\u00a0% à ce jour (310\u00a0h sur 650\u00a0h)" in texts(shown("clients/page.py"))
    )


def test_milestones_of_clients_stand_with_their_word_and_its_reason(shown: Shown) -> None:
    at = shown("clients/page.py")
    page = texts(at)
    assert "Quels jalons sont fixés avec un maître d’ouvrage\u202f?" in [fold.label for fold in at.expander]
    assert '<strong>Les 250 heures de B</strong> <span class="cap-status">✓\u00a0atteint</span>' in page
    assert "250\u00a0h réalisées sur 250\u00a0h, soit 100,1\u00a0%. Atteint en janvier 2020." in page
    assert "Les 9 000 heures de A" in page
    assert "Les 300 heures d’insertion" not in page


def test_a_milestone_that_a_filter_cuts_is_not_judged(shown: Shown) -> None:
    page = texts(shown("clients/page.py", clauses="execution"))
    assert "2 jalons ne sont pas montrés" in page
    assert 'class="cap-milestones"' not in page
    # Its own client is no cut, nor are years: a milestone is of all time.
    page = texts(shown("clients/page.py", clients="C2", annees="2020"))
    assert "Atteint en janvier 2020." in page
    assert "de A" not in page


# One client


def test_a_client_s_page_says_where_it_stands(shown: Shown) -> None:
    at = shown("clients/page.py", client="C2")
    assert at.title[0].value == "Ville de B\u00a0: où en est-on\u202f?"
    page = texts(at)
    assert (
        "Ville de B porte 250 heures, soit 25,0\u00a0% du total affiché\u202f; dernière déclaration pour janvier 2020."
        in page
    )
    assert '<a href="clients" target="_self">Tous les maîtres d’ouvrage</a>' in page


def test_a_client_s_curve_climbs_toward_its_own_milestone(shown: Shown) -> None:
    curve, years = figures(shown("clients/page.py", client="C2"))
    assert {"de_b"} < {trace["name"] for trace in curve["data"]}
    assert not {"de_a", "insertion", "objectif_2020"} & {trace["name"] for trace in curve["data"]}
    assert years["data"][0]["y"] == [240, 10.25]
    assert "Atteint en janvier 2020." in texts(shown("clients/page.py", client="C2"))


def test_a_client_s_clause_types_add_up(shown: Shown) -> None:
    found = table_of(texts(shown("clients/page.py", client="C2")), "<caption>Heures par type de clause</caption>")
    assert found == {
        "Condition d’exécution": ["10", "4,1", "50", "10", "50", "20,5", "–", "20,5", "1", "0"],
        "Marché d’insertion": ["240", "95,9", "100", "240", "100", "240,0", "240,0", "–", "1", "0"],
        "Total": ["250", "", "150", "250", "150", "166,8", "240,0", "20,5", "2", "0"],
    }


def test_a_client_s_curve_never_sets_hours_of_all_lots_against_those_that_some_owe(shown: Shown) -> None:
    page = texts(shown("clients/page.py", client="C3"))
    # 449.75 h, 400 of them of a lot without an obligation; 49.75 of the 200 h of the other one
    assert "réalisées pour" not in page
    assert "À fin décembre 2020\u00a0: 450\u00a0h réalisées, tous lots compris." in page
    assert "50\u00a0h réalisées sur 200\u00a0h engagées par les mêmes lots, soit 24,9\u00a0%." in page


def test_a_client_s_lots_lead_to_theirs_the_running_first(shown: Shown) -> None:
    page = texts(shown("clients/page.py", client="C2"))
    assert re.findall(r'href="(lots\?[^"]*)"', page) == [
        "lots?marche=M3&amp;lot=00",
        "lots?marche=M2&amp;lot=00",
        "lots?clients=C2",
    ]


def test_a_client_s_lots_to_call_are_counted_with_their_hours(shown: Shown) -> None:
    page = texts(shown("clients/page.py", client="C2"))
    assert (
        "À la fin du dernier mois complet, 1 lot en cours appelait une relance\u00a0: 1 en retard sur le rythme attendu (il manquait 20\u00a0h)."
        in page
    )
    assert "Aucun lot n’appelle de relance." in texts(shown("clients/page.py", client="C3"))
    # Only this client's, whatever clients the filter keeps.
    page = texts(shown("clients/page.py", client="C2", clients="C2,C4"))
    assert '<a href="lots?clients=C2">Voir les lots à relancer</a>' in page


def test_filters_hold_on_a_client_s_page(shown: Shown) -> None:
    page = texts(shown("clients/page.py", client="C2", annees="2020"))
    assert "Ville de B porte 10 heures, soit 2,0\u00a0% du total affiché" in page  # 10.25 of 510


@pytest.mark.parametrize("query", [{"client": "NOPE"}, {"client": "C2", "clients": "C3"}, {"client": "<b>"}])
def test_a_client_that_is_not_there_gets_a_calm_word_and_a_way_back(shown: Shown, query: dict[str, str]) -> None:
    at = shown("clients/page.py", **query)
    page = texts(at)
    assert "dans ces données, ou les filtres l’écartent." in page
    assert "Tous les maîtres d’ouvrage" in page
    assert "<b>" not in page
    assert not at.get("plotly_chart")


def test_a_client_without_hours_has_no_empty_chart(shown: Shown) -> None:
    at = shown("clients/page.py", client="C4", annees="2019")
    assert "sans heure réalisée\u202f; dernière déclaration pour février 2020." in texts(at)
    assert len(figures(at)) == 1  # its obligation of 100 h is a line on the curve; no bars


# Years


def test_the_objective_of_a_year_has_its_word(shown: Shown) -> None:
    found = table_of(texts(shown("years/page.py")), "<caption>Heures réalisées par année travaillée</caption>")
    assert found["2020"][-3:] == ["400", "127,5", "✓\u00a0atteint"]
    assert found["2019"][-3:] == ["–", "–", "–"]


def test_an_objective_is_for_all_hours_and_not_for_a_filter(shown: Shown) -> None:
    assert "État de l’objectif" not in texts(shown("years/page.py", clients="C2"))


def test_the_curve_of_a_client_starts_from_its_own_balance(shown: Shown) -> None:
    """150 h before the extract, then 250 + 50 = 300: the 900 h of the whole are not its own."""
    page = shown("clients/page.py", client="MRN")
    traces = {trace["name"]: trace for trace in figures(page)[0]["data"]}
    assert traces["opening"]["y"] == [0, 150, 150]
    assert float([*traces["validated"]["y"], *traces["provisional"]["y"]][-1]) == 150 + 250 + 50
    assert "solde d’ouverture de 150\u00a0h au 31 décembre 2018 (bilans de la Métropole)" in texts(page)


def test_the_curve_of_a_client_without_a_balance_starts_at_zero(shown: Shown) -> None:
    page = shown("clients/page.py", client="C3")
    assert "opening" not in {trace["name"] for trace in figures(page)[0]["data"]}
    assert "solde d’ouverture" not in texts(page)
