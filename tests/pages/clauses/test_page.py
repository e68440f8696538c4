"""The page of clause types, on figures worked by hand."""

import re

import pytest

from tests.extracts import contracts_table, hours_table
from tests.pages.conftest import Published, Shown, texts
from tests.pages.marked_table import marked_table

SETTINGS = """
[authority]
name = "Métropole d’essai"
epci = "200023414"
clients = ["MRN"]

[[milestones]]
id = "siae"
name = "les cent heures des SIAE"
target_hours = 100
clause_category = "reserved_iae"
"""
CONTRACTS = """
    contract_id | lot_id | clause_category     | counts_in_total | hours_committed | status
    M1          | 01     | execution           |                 | 1000            | running
    M1          | 02     | execution           |                 | 500             | closed
    M2          | 01     | insertion           |                 | 50              | closed
    M3          | 01     | reserved_iae        |                 | 100             | running
    M4          | 01     | reserved_iae        | false           | 100             | running    # kept out of the total
    M5          | 01     | reserved_disability |                 |                 | running    # unknown obligation: excluded
    M6          | 01     | means               |                 |                 | running    # out by default
"""
HOURS = """
    contract_id | lot_id | month   | hours_validated
    M1          | 01     | 2019-03 | 200
    M1          | 02     | 2020-03 | 450
    M2          | 01     | 2020-03 | 120
    M3          | 01     | 2020-03 | 30
    M4          | 01     | 2020-03 | 7
    M5          | 01     | 2020-03 | 200
    M6          | 01     | 2020-03 | 5
"""


@pytest.fixture(autouse=True)
def release(published: Published) -> None:
    published(contracts_table(CONTRACTS), hours_table(HOURS), settings=SETTINGS)


def table_of(page: str, caption: str) -> dict[str, list[str]]:
    """The cells of a table's rows, by the row's name; the total too."""
    table = page[page.index(f"<caption>{caption}</caption>") :]
    table = table[: table.index("</table>")]
    rows = re.findall(r'<tr><th scope="row"[^>]*>(.*?)</th>(.*?)</tr>', table)
    return {re.sub("<.*?>", "", name): re.findall(r"<td[^>]*>(.*?)</td>", cells) for name, cells in rows}


HEADING = "Heures, lots et réalisation par type de clause"


def test_the_first_sentence_says_which_and_of_how_many_hours(shown: Shown) -> None:
    # 650 + 120 + 30 + 200 = 1000
    assert (
        "Les conditions d’exécution représentent 65,0\u00a0% des 1\u202f000 heures réalisées\u202f; viennent ensuite "
        "«\u00a0Marché réservé EA/ESAT\u00a0» (20,0\u00a0%) et «\u00a0Marché d’insertion\u00a0» (12,0\u00a0%)."
        in texts(shown("clauses/page.py"))
    )


def test_hours_lots_and_completion_by_size_add_up_to_the_headline(shown: Shown) -> None:
    rows = marked_table(texts(shown("clauses/page.py")), HEADING)
    assert list(rows) == [
        "Condition d’exécution",
        "Marché réservé EA/ESAT",
        "Marché d’insertion",
        "Marché réservé SIAE",
        "Total",
    ]
    # hours and share, bars of the years, pending, committed, completion with its sides, lots with contracts and those excluded
    assert rows["Condition d’exécution"] == [
        "650 | 65,0\u00a0%", "", "0", "1\u202f500",
        "43,3 | 650\u00a0h sur 1\u202f500\u00a0h | soldés 90,0\u00a0% · en cours 20,0\u00a0%", "2 | dans 1 marché",
    ]  # fmt: skip
    assert rows["Marché d’insertion"][4].endswith("| soldés 240,0\u00a0%")  # never clipped
    assert rows["Marché réservé EA/ESAT"][3:] == ["0", "–", "1 | dans 1 marché | 1 lot hors du taux"]
    # closed: (450 + 120) / 550, running: (200 + 30) / 1100
    assert rows["Total"] == [
        "1\u202f000", "", "0", "1\u202f650",
        "48,5 | 800\u00a0h sur 1\u202f650\u00a0h | soldés 103,6\u00a0% · en cours 20,9\u00a0%",
        "5 | dans 4 marchés | 1 lot hors du taux",
    ]  # fmt: skip


def test_bars_have_the_colour_of_their_category(shown: Shown) -> None:
    page = texts(shown("clauses/page.py"))
    assert '<span style="--part:650.00;--whole:650.00;--cap-bar:#2f6fb5"></span>' in page
    assert '<span class="cap-bars" style="--cap-bar:#2f6fb5" role="img"' in page
    # 200 h in 2019 and 450 h in 2020; the others have theirs in 2020. Up to 2026 there are none.
    assert re.findall(r'<span style="height:(\d+%)"></span>', page)[:4] == ["44%", "100%", "0%", "0%"]


def test_reserved_contracts_have_a_subtotal(shown: Shown) -> None:
    # M3 and M5: 30 + 200 of 1000 h; M5 has no obligation, M4 does not count
    assert (
        "Sous-total des marchés réservés (SIAE, EA/ESAT, ESS, établissement pénitentiaire)\u00a0: 230\u00a0h, soit 23,0\u00a0% des "
        "heures réalisées, 2 lots\u202f; taux de réalisation 30,0\u00a0%, 30\u00a0h réalisées sur 100\u00a0h engagées par les mêmes lots\u202f; "
        "1 lot hors du taux." in texts(shown("clauses/page.py"))
    )
    assert "Sous-total des marchés réservés" not in texts(shown("clauses/page.py", clauses="execution"))


def test_the_convention_on_reserved_contracts_is_told_lot_by_lot(shown: Shown) -> None:
    page = texts(shown("clauses/page.py"))
    assert "Une partie des marchés réservés compte dans le total, par convention de l’autorité." in page
    assert "«\u00a0Marché réservé SIAE\u00a0»\u00a0: 1 lot comptés, 1 lot hors du total." not in page
    assert "«\u00a0Marché réservé SIAE\u00a0»\u00a0: 1 lot compté, 1 lot hors du total." in page
    assert (
        "Hors du total\u00a0: «\u00a0Obligation de moyens (formation, stage)\u00a0» (1 lot, 5\u00a0h) et "
        "«\u00a0Marché réservé SIAE\u00a0» (1 lot, 7\u00a0h)." in page
    )
    assert "Ces heures (12\u00a0h) ne sont pas dans les chiffres de cette page." in page
    counted = table_of(page, "Lots comptés dans le total et lots hors du total, par type de clause")
    assert counted["Marché réservé SIAE"] == ["1", "30", "1", "7"]
    assert counted["Obligation de moyens (formation, stage)"] == ["0", "0", "1", "5"]


def test_one_convention_for_all_is_said_in_one_sentence(shown: Shown) -> None:
    page = texts(shown("clauses/page.py", clauses="reserved_disability,execution"))
    assert "Les heures des marchés réservés comptent dans le total\u00a0: c’est la convention de l’autorité." in page
    assert "Tous les lots retenus par les filtres en cours comptent dans le total." in page
    assert "Aucun marché réservé avec les filtres en cours." in texts(shown("clauses/page.py", clauses="execution"))


def test_a_button_adds_the_lots_kept_out_and_takes_them_away_again(shown: Shown) -> None:
    at = shown("clauses/page.py")
    at.button(key="cap_counting").click().run()
    page = texts(at)
    assert "des 1\u202f012 heures réalisées" in page  # 1000 + 7 + 5
    assert "À votre demande, ces heures (12\u00a0h) sont comprises dans les chiffres de cette page." in page
    assert "Obligation de moyens (formation, stage)" in marked_table(page, HEADING)
    assert at.button(key="cap_counting").label == "Retirer les lots hors du total"
    at.button(key="cap_counting").click().run()
    assert "des 1\u202f000 heures réalisées" in texts(at)
    assert "hors_total" not in at.query_params  # as before the first click


def test_the_share_of_a_year_is_of_that_year(shown: Shown) -> None:
    page = texts(shown("clauses/page.py"))
    table = page[page.index("<caption>Heures réalisées par type de clause et par année") :]
    cells = re.findall(r"<tr><th[^>]*>(\d+)</th><td>(.*?)</td><td[^>]*>(.*?)</td><td[^>]*>(.*?)</td></tr>", table)
    assert ("2020", "Condition d’exécution", "450", "56,3") in cells  # of 800: 56.25, a half rounded up
    assert ("2019", "Condition d’exécution", "200", "100,0") in cells


def test_articles_stand_under_their_regime_and_doubts_are_told(shown: Shown) -> None:
    rows = table_of(
        texts(shown("clauses/page.py")), "Article de chaque type de clause, selon la date de la consultation"
    )
    assert rows["Condition d’exécution"] == [
        "art. 14",
        "ordonnance, art. 38",
        "art. L2112-2\u202f; concessions\u00a0: art. L3114-2",
    ]
    assert rows["Marché d’insertion"] == ["art. 30", "décret, art. 28 (à vérifier)", "art. R2123-1, 3° (à vérifier)"]
    assert rows["Marché réservé (établissement pénitentiaire)"] == ["–", "–", "art. L2113-13-1"]
    assert rows["Non renseigné"] == ["–", "–", "–"]
    page = texts(shown("clauses/page.py"))
    assert "Code de la commande publique, depuis le 1ᵉʳ avril 2019" in page
    assert "Code des marchés publics (2006), du 1ᵉʳ septembre 2006 au 31 mars 2016" in page


def test_the_milestone_of_a_category_is_shown_on_its_page(shown: Shown) -> None:
    at = shown("clauses/page.py")
    page = texts(at)
    assert "Quels jalons sont fixés pour un type de clause\u202f?" in [fold.label for fold in at.expander]
    assert "30\u00a0h réalisées sur 100\u00a0h, soit 30,0\u00a0%." in page
    other = shown("clauses/page.py", clauses="insertion")
    assert not [fold for fold in other.expander if fold.label.startswith("Quels jalons")]


@pytest.mark.parametrize(
    ("query", "opened"),
    [
        ({}, []),
        ({"echelle": "propre"}, ["Et d’une année à l’autre\u202f?"]),
        ({"tri_heures_par_type_de_clause_et_an": "year"}, ["Et d’une année à l’autre\u202f?"]),
        ({"hors_total": "true"}, ["Qu’est-ce qui compte dans le total\u202f?"]),
        ({"bloc": "articles"}, ["Quel article, à quelle date\u202f?"]),
    ],
)
def test_a_fold_is_open_for_an_address_that_asks_for_its_content(
    shown: Shown, query: dict[str, str], opened: list[str]
) -> None:
    assert [fold.label for fold in shown("clauses/page.py", **query).expander if fold.proto.expanded] == opened


def test_one_category_alone(shown: Shown) -> None:
    page = texts(shown("clauses/page.py", clauses="insertion"))
    assert "Les marchés d’insertion représentent toutes les heures\u00a0: 120\u00a0h." in page
    assert '<a href="clauses" target="_self">Marché d’insertion</a>' in page  # back to all


def test_a_row_leads_to_its_category_under_the_other_filters(shown: Shown) -> None:
    page = texts(shown("clauses/page.py", annees="2020"))
    assert 'href="clauses?annees=2020-2020&amp;clauses=insertion"' in page


def test_an_empty_scope_says_so(shown: Shown) -> None:
    at = shown("clauses/page.py", clauses="private")
    assert "Aucune heure pour ces filtres." in texts(at)
    assert not at.get("plotly_chart")
