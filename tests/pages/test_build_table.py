"""The page that builds tables, on figures worked by hand."""

import datetime as dt
import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.codes import Role
from data.words import Words
from pages.parts.charts_built import built_charts
from pages.parts.scope_form import Names
from pages.parts.table_layout import COLUMNS_SHOWN, Layout
from pages.parts.table_names import TableNames
from queries.access import Access
from queries.built_table import build
from queries.engine import open_release
from queries.rights import Right, Rights
from queries.scope import Scope
from queries.table_definition import PENALTIES, TableDefinition
from tests.extracts import Row, contract, contracts_table, entry, hours_table, publish_rows
from tests.pages.conftest import Shown, texts
from tests.queries.asking import SETTINGS

CONTRACTS = """
    contract_id | client_id | client_name | clause_category | hours_committed | status  | penalty_eur | contractor_name | sector
    M1          | C1        | Ville d’A   | execution       | 1000            | running | 100         | Alpha           | batiment
    M2          | C2        | Rezé        | execution       | 500             | closed  | 50          | Beta            |
    M3          | C3        | =Zone & Cie | insertion       | 100             | closed  |             |                 | pi
"""
HOURS = """
    contract_id | month   | hours_validated | employer_kind
    M1          | 2019-03 | 200             | ei
    M1          | 2021-03 | 1500.25         | etti
    M2          | 2021-04 | 450             |
    M3          | 2021-03 | 120             | ei
"""


@pytest.fixture
def release(tmp_path: Path) -> None:
    publish_rows(tmp_path, contracts_table(CONTRACTS), hours_table(HOURS))


def lines(at: AppTest) -> list[list[str]]:
    """The cells of the table, row by row, heads and totals included."""
    page = texts(at)
    table = page[page.index('<div class="cap-table cap-cross') :]
    rows = re.findall(r"<tr.*?</tr>", table[: table.index("</table>")])
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in rows]


@pytest.mark.usefixtures("release")
def test_the_first_table_is_hours_by_client_and_year(shown: Shown) -> None:
    at = shown("build_table.py")
    assert lines(at) == [
        ["Maître d’ouvrage", "2019", "2020", "2021", "Total"],
        ["=Zone &amp; Cie", "–", "–", "120", "120"],
        ["Rezé", "–", "–", "450", "450"],
        ["Ville d’A", "200", "–", "1\u202f500", "1\u202f700"],
        ["Total", "200", "–", "2\u202f070", "2\u202f270"],
    ]
    page = texts(at)
    assert "Heures réalisées par maître d’ouvrage et par année" in page
    assert (
        "Heures réalisées\u00a0: 2\u202f270\u00a0h au total\u202f; au plus haut, Ville d’A\u00a0: 1\u202f700\u00a0h, soit 74,9\u00a0%."
        in page
    )
    assert len(at.get("plotly_chart")) == 3
    assert not at.warning


@pytest.mark.usefixtures("release")
def test_a_link_is_a_table(shown: Shown) -> None:
    query = {"lignes": "clause", "mesures": "heures,realisation,lots", "classement": "heures", "parts": "total"}
    assert lines(shown("build_table.py", **query)) == [
        ["Type de clause", "Heures réalisées (h)", "Heures réalisées, part (%)", "Taux de réalisation (%)", "Lots", "Lots, part (%)"],
        ["Condition d’exécution", "2\u202f150,25", "94,7", "143,4", "2", "66,7"],
        ["Marché d’insertion", "120,00", "5,3", "120,0", "1", "33,3"],
        ["Total", "2\u202f270,25", "100,0", "141,9", "3", "100,0"],
    ]  # fmt: skip


@pytest.mark.usefixtures("release")
def test_groups_measures_across_and_the_others(shown: Shown) -> None:
    query = {"lignes": "type,client", "colonnes": "annee", "mesures": "heures,lots"}
    assert lines(shown("build_table.py", **query))[:4] == [
        ["", "2019", "2020", "2021", "Total"],
        ["Type de maître d’ouvrage / Maître d’ouvrage", *["Heures réalisées (h)", "Lots"] * 4],
        ["Commune", "200", "1", "–", "–", "2\u202f070", "3", "2\u202f270", "3"],
        ["=Zone &amp; Cie", "–", "–", "–", "–", "120", "1", "120", "1"],
    ]
    at = shown("build_table.py", lignes="client", mesures="heures", premiers="1")
    assert [line[0] for line in lines(at)] == ["Maître d’ouvrage", "Ville d’A", "Autres (2)", "Total"]


@pytest.mark.usefixtures("release")
def test_what_a_table_cannot_say_is_refused_in_words(shown: Shown) -> None:
    at = shown("build_table.py", lignes="client,dragon", colonnes="annee", mesures="engagees,heures", parts="<b>")
    told = [str(warning.value).replace("\\", "") for warning in at.warning]  # as Markdown shows them
    assert told == [
        "Partie du lien non comprise, donc ignorée\u00a0: lignes=dragon et parts=<b>",
        "Pas dans ce tableau\u00a0: Heures engagées. Une obligation est celle d’un lot entier\u202f: elle n’a ni mois, ni employeur, "
        "et ne se répartit pas selon «\u00a0Année\u00a0».",
    ]
    assert lines(at)[-1] == ["Total", "200", "–", "2\u202f070", "2\u202f270"]


@pytest.mark.usefixtures("release")
def test_penalties_need_the_right(shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    query = {"lignes": "client", "mesures": "heures,penalites", "premiers": "1"}
    at = shown("build_table.py", **query)
    assert lines(at)[1:] == [
        ["=Zone &amp; Cie", "120,00", "–"],
        ["Rezé", "450,00", "n.d."],  # one company a cell
        ["Ville d’A", "1\u202f700,25", "n.d."],
        ["Total", "2\u202f270,25", "n.d."],
    ]
    assert "Toutes les lignes sont montrées" in str(at.warning[0].value)
    may = Rights.may
    monkeypatch.setattr(Rights, "may", lambda rights, right: right != Right.PENALTIES and may(rights, right))
    without = shown("build_table.py", **query)
    assert [line[0] for line in lines(without)] == ["Maître d’ouvrage", "Ville d’A", "Autres (2)", "Total"]
    assert len(lines(without)[0]) == 2
    assert "que vos droits ne permettent pas de voir" in str(without.warning[0].value)
    assert PENALTIES not in without.multiselect(key="_table_mesures").options


@pytest.mark.usefixtures("release")
def test_choices_are_written_into_the_address(shown: Shown) -> None:
    at = shown("build_table.py", clients="C1,C2")
    at.selectbox(key="_table_lignes").set_value("secteur").run()
    assert at.query_params["lignes"] in ("secteur", ["secteur"])
    assert [line[0] for line in lines(at)] == ["Secteur", "Bâtiment", "Non renseigné", "Total"]
    at.selectbox(key="_table_colonnes").set_value("").run()
    at.multiselect(key="_table_mesures").set_value(["realisation"]).run()
    assert lines(at)[1:] == [["Bâtiment", "170,0"], ["Non renseigné", "90,0"], ["Total", "143,4"]]
    at.selectbox(key="_table_lignes").set_value("client").run()
    at.selectbox(key="_table_colonnes").set_value("annee").run()
    assert "Pas dans ce tableau" in str(at.warning[0].value)
    at.multiselect(key="_table_mesures").set_value(["heures"]).run()
    assert "lignes" not in at.query_params  # the default leaves the address clean


@pytest.mark.usefixtures("release")
def test_the_link_to_copy_is_the_table(shown: Shown) -> None:
    at = shown("build_table.py", lignes="clause,secteur", mesures="heures,lots", clients="C1", lang="en")
    (code,) = at.code
    assert code.value.endswith("?lignes=clause,secteur&mesures=heures,lots&clients=C1&lang=en")
    assert not shown("build_table.py").code


@pytest.mark.usefixtures("release")
def test_an_empty_scope_says_so(shown: Shown) -> None:
    assert "Aucune heure pour ces filtres." in texts(shown("build_table.py", clients="-"))


def laid(tmp_path: Path, lots: list[Row], worked: list[Row], *definitions: TableDefinition) -> list[Layout]:
    """Tables of an extract, in French."""
    release = publish_rows(tmp_path, lots, worked)
    database = Access(database=open_release.__wrapped__(release, SETTINGS), rights=Rights(role=Role.ANALYSTE))
    names = TableNames(Names(database, Words("fr")), SETTINGS)
    return [Layout(build(database, Scope(), definition), names) for definition in definitions]


def test_every_kind_of_table_has_the_chart_that_fits(tmp_path: Path) -> None:
    wanted = {
        (("annee",), None): 1,  # bars along years
        (("client",), None): 1,  # level bars
        (("client",), "annee"): 3,  # a small one for each client
        (("annee",), "client"): 3,
        (("annee",), "mois"): 2,  # the same by year; none for 2020, without hours
        (("client",), "modalite"): 1,  # four level bars under their headings
        (("clause", "secteur"), None): 1,
        (("annee", "client"), None): 0,  # nothing that reads better than the table
    }
    definitions = [TableDefinition(rows=rows, columns=columns) for rows, columns in wanted]
    layouts = laid(tmp_path, contracts_table(CONTRACTS), hours_table(HOURS), *definitions)
    found = {}
    for layout in layouts:
        drawn = built_charts(layout, "résumé")
        found[layout.definition.rows, layout.definition.columns] = len(drawn.charts)
        bars = [
            float(value)
            for chart in drawn.charts
            for bar in chart.figure.data
            for value in bar["x" if "orientation" in bar else "y"]
        ]
        assert not bars or sum(bars) == 2270.25, layout.definition
    assert found == wanted


def test_a_large_table_is_cut_on_screen_and_whole_in_the_file(tmp_path: Path) -> None:
    number = 400
    lots = [contract(contract_id=f"M{n:03}", client_id=f"C{n:03}", client_name="=1+1") for n in range(number)]
    months = [(year, month) for year in (2019, 2020, 2021) for month in range(1, 13)]
    worked = [
        entry(entry_id=f"E{n}-{year}-{month}", contract_id=f"M{n:03}", month=dt.date(year, month, 1))
        for n, (year, month) in enumerate(months)
    ]
    worked += [entry(entry_id=f"F{n}", contract_id=f"M{n:03}") for n in range(number)]
    (layout,) = laid(tmp_path, lots, worked, TableDefinition(columns="mois"))
    assert [column.label for column in layout.shown_columns][:1] == ["janv. 2020"]
    assert len(layout.shown_columns) == COLUMNS_SHOWN + 1  # the last months, and the total
    assert len(layout.shown_lines) == 160  # four thousand cells
    rows, columns = list(layout.file_rows()), layout.file_columns()
    assert (len(rows), len(columns)) == (number, 1 + 36 + 1)
    assert columns[1].header == "janv. 2019 – Heures réalisées (h)"
    assert sum(row["column_36"] for row in rows) == 10 * (number + 36)
    assert rows[0]["row_0"] == "=1+1"
