"""The detail on screen and as a file, on figures worked by hand."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.words import Words
from pages.detail.columns import file_columns, screen_columns
from pages.parts.paging import PER_PAGE
from tests.extracts import contracts_table, entry, hours_table, publish_rows
from tests.pages.conftest import Published, Shown, texts

CONTRACTS = """
    contract_id | lot_id | subject          | client_id | client_name | contractor_name | hours_committed
    M1          | 01     | École <b>de</b>  | C1        | Rezé        | Bâti            | 1000
    M2          | 00     | Élagage          | C2        | Ville d’A   |                 |
"""
HOURS = """
    contract_id | lot_id | month   | hours_declared | hours_validated | status    | employer_kind | participant_id | employer_siret
    M1          | 01     | 2020-01 | 10             | 8               | validated | ei            | person-1       | 73282932000074
    M1          | 01     | 2020-02 | 7              | 7               | rejected  | ei            | person-2       |
    M2          | 00     | 2020-02 | 16             |                 | declared  |               | person-3       |
"""


@pytest.fixture
def release(published: Published) -> None:
    published(contracts_table(CONTRACTS), hours_table(HOURS))


def table(at: AppTest) -> list[list[str]]:
    """The cells of the table, line by line."""
    body = texts(at).partition("<tbody>")[2].partition("</tbody>")[0]
    lines = re.findall(r"<tr>(.*?)</tr>", body)
    return [[re.sub("<.*?>", "", cell) for cell in re.findall(r"<t[hd].*?>(.*?)</t[hd]>", line)] for line in lines]


@pytest.mark.usefixtures("release")
def test_lots_at_first(shown: Shown) -> None:
    at = shown("detail/page.py")
    page = texts(at)
    assert "2 lots et 3 lignes d’heures\u00a0: 8\u00a0h réalisées et 16\u00a0h en attente." in page
    assert table(at) == [
        ["École &lt;b&gt;de&lt;/b&gt;", "M1", "01", "Rezé", "Bâti", "Condition d’exécution", "En cours", "31/12/2021",
         "1\u202f000", "8", "0"],
        ["Élagage", "M2", "00", "Ville d’A", "–", "Condition d’exécution", "En cours", "31/12/2021", "–", "0", "16"],
    ]  # fmt: skip
    assert "Lots 1 à 2 sur 2, par numéro de marché" in page
    assert '<a href="lots?marche=M1&amp;lot=01" target="_self">' in page


@pytest.mark.usefixtures("release")
def test_lines_of_hours(shown: Shown) -> None:
    at = shown("detail/page.py", vue="heures")
    assert [line[:3] + line[6:] for line in table(at)] == [
        ["1", "janvier 2020", "École &lt;b&gt;de&lt;/b&gt;", "Validée", "10,00", "8,00", "0,00"],
        ["2", "février 2020", "École &lt;b&gt;de&lt;/b&gt;", "Rejetée", "7,00", "0,00", "0,00"],
        ["3", "février 2020", "Élagage", "Déclarée, en attente", "16,00", "–", "16,00"],
    ]
    assert "person-" not in texts(at)
    assert "73282932000074" not in texts(at)
    assert "Une ligne est le travail d’une personne" in texts(at)


@pytest.mark.usefixtures("release")
def test_a_search_is_written_into_the_address_and_cuts_both_lists(shown: Shown) -> None:
    at = shown("detail/page.py", vue="heures", page="3")
    at.text_input(key="_detail_search").set_value("ELAGAGE").run()
    assert (at.query_params["recherche"], at.query_params["vue"]) == ("ELAGAGE", "heures")
    assert "page" not in at.query_params
    assert (
        "Pour «\u00a0ELAGAGE\u00a0»\u00a0: 1 lot et 1 ligne d’heures\u00a0: 0\u00a0h réalisée et 16\u00a0h en attente."
        in texts(at)
    )
    assert [line[2] for line in table(at)] == ["Élagage"]
    (view,) = [group for group in at.button_group if group.label == "Ce qui est listé"]
    assert view.options == ["Lots – 1", "Lignes d’heures – 1"]
    view.set_value("lots").run()
    assert "vue" not in at.query_params
    assert [line[0] for line in table(at)] == ["Élagage"]


@pytest.mark.usefixtures("release")
@pytest.mark.parametrize("search", ["zzz", "<script>alert(1)</script>", "' OR 1=1 --", "%", "x" * 5000])
def test_a_search_without_an_answer(shown: Shown, search: str) -> None:
    page = texts(shown("detail/page.py", recherche=search))
    if search != "%":  # a mark alone is no word
        assert "Aucun résultat pour cette recherche." in page
    assert "<script>" not in page


@pytest.mark.usefixtures("release")
@pytest.mark.parametrize(
    "query", [{"vue": "persons"}, {"page": "-1"}, {"page": "9" * 5000}, {"page": "²"}, {"page": "0"}, {"page": "٣"}]
)
def test_a_broken_address_shows_the_first_view_there_is(shown: Shown, query: dict[str, str]) -> None:
    assert [line[0] for line in table(shown("detail/page.py", **query))] == ["École &lt;b&gt;de&lt;/b&gt;", "Élagage"]


@pytest.mark.usefixtures("release")
def test_an_empty_scope_says_so(shown: Shown) -> None:
    at = shown("detail/page.py", clients="-")
    assert "Aucune heure pour ces filtres." in texts(at)
    assert table(at) == []


def test_long_lists_come_in_pages(tmp_path: Path, shown: Shown) -> None:
    number = 2 * PER_PAGE + 5
    publish_rows(tmp_path, contracts_table("contract_id\nM1"), [entry(entry_id=f"E{n}") for n in range(number)])
    second = shown("detail/page.py", vue="heures", page="2")
    assert [line[0] for line in table(second)] == [str(n) for n in range(PER_PAGE + 1, 2 * PER_PAGE + 1)]
    assert 'href="?vue=heures&amp;page=3"' in texts(second)
    assert 'href="?vue=heures"' in texts(second)
    last = shown("detail/page.py", vue="heures", page="99")
    assert [line[0] for line in table(last)] == [str(n) for n in range(2 * PER_PAGE + 1, number + 1)]
    assert f"Lignes {2 * PER_PAGE + 1} à {number} sur {number}, par mois travaillé" in texts(last)
    (size,) = [group for group in last.button_group if group.label == "Lignes par page"]
    size.set_value("tout").run()
    assert last.query_params["par_page"] == "tout"
    assert "page" not in last.query_params
    assert len(table(last)) == number
    assert 'aria-label="Pages de la liste"' not in texts(last)


@pytest.mark.usefixtures("release")
def test_a_header_orders_the_whole_list(shown: Shown) -> None:
    at = shown("detail/page.py", vue="heures", tri_detail_heures="-hours_declared", page="7")
    assert [(line[0], line[7]) for line in table(at)] == [("1", "16,00"), ("2", "10,00"), ("3", "7,00")]
    assert "Lignes 1 à 3 sur 3, triées par «\u00a0Heures déclarées (h)\u00a0»" in texts(at)
    assert 'aria-sort="descending"><a href="?vue=heures&amp;tri_detail_heures=hours_declared"' in texts(at)
    assert [line[0] for line in table(shown("detail/page.py", tri_detail_lots="-subject"))] == [
        "Élagage", "École &lt;b&gt;de&lt;/b&gt;",
    ]  # fmt: skip


@pytest.mark.usefixtures("release")
def test_picked_columns_are_those_of_the_table_and_of_the_file(shown: Shown) -> None:
    at = shown("detail/page.py", colonnes="hours_committed,subject,sector,participant_id")
    assert table(at) == [
        ["École &lt;b&gt;de&lt;/b&gt;", "1\u202f000", "Non renseigné"],
        ["Élagage", "–", "Non renseigné"],
    ]
    assert "Le fichier contient les colonnes que vous avez choisies." in texts(at)
    assert [column.key for column in file_columns("detail_lots", ("hours_committed", "subject"))] == [
        "subject", "hours_committed",
    ]  # fmt: skip
    at.multiselect(key="_detail_columns").set_value(["subject"]).run()
    assert at.query_params["colonnes"] == "subject"
    assert [len(line) for line in table(at)] == [1, 1]


def test_every_column_of_the_screen_is_in_the_file() -> None:
    for name in ("detail_lots", "detail_hours"):
        headers = [column.header(Words("fr")) for column in file_columns(name)]
        assert len(set(headers)) == len(headers)
        assert {column.header(Words("fr")) for column in screen_columns(name)} <= set(headers)
