"""The page that builds tables, on figures worked by hand."""

import datetime as dt
import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from streamlit.testing.v1 import AppTest

from data.codes import Role
from data.words import Words
from pages.build_table.charts import built_charts
from pages.build_table.file import file_columns, file_rows, file_totals
from pages.build_table.layout import MOST_COLUMNS, Layout
from pages.build_table.names import TableNames
from pages.parts.filters.names import Names
from queries.files.csv import write_csv
from queries.files.data import write_json, write_parquet
from queries.files.exports import FRENCH, Export, batches_of
from queries.files.xlsx import write_xlsx
from queries.open_release import open_release
from queries.rights.access import Access
from queries.rights.rights import Right, Rights
from queries.scope import Scope
from queries.secrecy.companies import Hidden
from queries.table_builder.built_table import build
from queries.table_builder.definition import SHARES, Share, TableDefinition
from queries.table_builder.parts import PENALTIES
from tests.extracts import Row, contract, contracts_table, entry, hours_table, publish_rows
from tests.pages.conftest import Published, Shown, texts
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
def release(published: Published) -> None:
    published(contracts_table(CONTRACTS), hours_table(HOURS))


def lines(at: AppTest) -> list[list[str]]:
    """The cells of the table, row by row, heads and totals included."""
    page = texts(at)
    table = page[page.index('<div class="cap-table cap-cross') :]
    rows = re.findall(r"<tr.*?</tr>", table[: table.index("</table>")])
    return [re.findall(r"<t[hd][^>]*>(?:<a [^>]*>)?(.*?)(?:</a>)?</t[hd]>", row) for row in rows]


@pytest.mark.usefixtures("release")
def test_the_first_table_is_hours_by_client_and_year(shown: Shown) -> None:
    at = shown("build_table/page.py")
    assert lines(at) == [
        ["Maître d’ouvrage", "2019", "2020", "2021", "Total"],
        ["=Zone &amp; Cie", "–", "–", "120", "120"],
        ["Ville d’A", "200", "–", "1\u202f500", "1\u202f700"],
        ["Rezé", "–", "–", "450", "450"],
        ["Total", "200", "–", "2\u202f070", "2\u202f270"],
    ]
    page = texts(at)
    assert "Heures réalisées par maître d’ouvrage et par année" in page
    assert (
        "Heures réalisées\u00a0: 2\u202f270\u00a0h au total\u202f; au plus haut, Ville d’A\u00a0: 1\u202f700\u00a0h, soit 74,9\u00a0% du total."
        in page
    )
    assert len(at.get("plotly_chart")) == 3
    assert not at.warning


@pytest.mark.usefixtures("release")
def test_a_name_in_a_chart_is_text_and_no_markup(shown: Shown) -> None:
    """Plotly takes names for HTML: in the title of a small chart, over its marks, beside bars."""
    years, bars = (
        "\n".join(chart.proto.spec for chart in shown("build_table/page.py", **query).get("plotly_chart"))
        for query in ({}, {"lignes": "client", "colonnes": ""})
    )
    for drawn in (years, bars):
        assert "Zone &amp; Cie" in drawn
        assert "Zone & Cie" not in drawn


@pytest.mark.usefixtures("release")
def test_lines_in_the_order_of_a_header(shown: Shown) -> None:
    def names(**query: str) -> list[str]:
        return [line[0] for line in lines(shown("build_table/page.py", **query))[1:-1]]

    # 1 700.25, 450, 120; by their names; of 2020 alone
    by_name = names()
    assert names(tri_tableau="-hours_validated") == ["Ville d’A", "Rezé", "=Zone &amp; Cie"]
    assert names(tri_tableau="hours_validated") == ["=Zone &amp; Cie", "Rezé", "Ville d’A"]
    assert names(tri_tableau="-nom") == by_name[::-1]
    assert names(tri_tableau="what") == by_name
    page = texts(shown("build_table/page.py", tri_tableau="-hours_validated"))
    assert 'aria-sort="descending"><a href="?tri_tableau=hours_validated"' in page
    # Penalties that may not be shown order nothing.
    hidden = {"lignes": "client", "colonnes": "", "mesures": "heures,penalites"}
    assert names(**hidden, tri_tableau="-penalty_eur") == by_name


@pytest.mark.usefixtures("release")
def test_a_link_is_a_table(shown: Shown) -> None:
    query = {"lignes": "clause", "mesures": "heures,realisation,lots", "classement": "heures", "parts": "total"}
    assert lines(shown("build_table/page.py", **query)) == [
        ["Type de clause", "Heures réalisées (h)", "Heures réalisées, part (%)", "Taux de réalisation (%)", "Lots", "Lots, part (%)"],
        ["Condition d’exécution", "2\u202f150", "94,7", "143,4", "2", "66,7"],
        ["Marché d’insertion", "120", "5,3", "120,0", "1", "33,3"],
        ["Total", "2\u202f270", "100,0", "141,9", "3", "100,0"],
    ]  # fmt: skip


@pytest.mark.usefixtures("release")
def test_groups_measures_across_and_the_others(shown: Shown) -> None:
    query = {"lignes": "type,client", "colonnes": "annee", "mesures": "heures,lots"}
    assert lines(shown("build_table/page.py", **query))[:4] == [
        ["", "2019", "2020", "2021", "Total"],
        ["Type de maître d’ouvrage / Maître d’ouvrage", *["Heures réalisées (h)", "Lots"] * 4],
        ["Commune", "200", "1", "–", "–", "2\u202f070", "3", "2\u202f270", "3"],
        ["=Zone &amp; Cie", "–", "–", "–", "–", "120", "1", "120", "1"],
    ]
    at = shown("build_table/page.py", lignes="client", mesures="heures", premiers="1")
    assert [line[0] for line in lines(at)] == ["Maître d’ouvrage", "Ville d’A", "Autres (2)", "Total"]


@pytest.mark.usefixtures("release")
def test_what_a_table_cannot_say_is_refused_in_words(shown: Shown) -> None:
    at = shown("build_table/page.py", lignes="client,dragon", colonnes="annee", mesures="engagees,heures", parts="<b>")
    result = [str(warning.value).replace("\\", "") for warning in at.warning]  # as Markdown shows them
    assert result == [
        "Partie du lien non comprise, donc ignorée\u00a0: lignes=dragon et parts=<b>",
        "Pas dans ce tableau\u00a0: Heures engagées. Une obligation est celle d’un lot entier\u00a0: elle n’a ni mois, ni employeur, "
        "et ne se répartit pas selon «\u00a0Année\u00a0».",
    ]
    assert lines(at)[-1] == ["Total", "200", "–", "2\u202f070", "2\u202f270"]


@pytest.mark.usefixtures("release")
def test_penalties_need_the_right(shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    query = {"lignes": "client", "mesures": "heures,penalites", "premiers": "1"}
    at = shown("build_table/page.py", **query)
    assert lines(at)[1:] == [
        ["=Zone &amp; Cie", "120", "–"],
        ["Ville d’A", "1\u202f700", "n.c."],
        ["Rezé", "450", "n.c."],  # one company a cell
        ["Total", "2\u202f270", "n.c."],
    ]
    assert "Toutes les lignes sont montrées" in str(at.warning[0].value)
    may = Rights.may
    monkeypatch.setattr(Rights, "may", lambda rights, right: right != Right.PENALTIES and may(rights, right))
    without = shown("build_table/page.py", **query)
    assert [line[0] for line in lines(without)] == ["Maître d’ouvrage", "Ville d’A", "Autres (2)", "Total"]
    assert len(lines(without)[0]) == 2
    assert "que vos droits ne permettent pas de voir" in str(without.warning[0].value)
    assert PENALTIES not in without.multiselect(key="_table_mesures").options


@pytest.mark.usefixtures("release")
def test_choices_are_written_into_the_address(shown: Shown) -> None:
    at = shown("build_table/page.py", clients="C1,C2")
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
    at = shown("build_table/page.py", lignes="clause,secteur", mesures="heures,lots", clients="C1", lang="en")
    (code,) = at.code
    assert code.value.endswith("?lignes=clause,secteur&mesures=heures,lots&clients=C1&lang=en")
    assert not shown("build_table/page.py").code


@pytest.mark.usefixtures("release")
def test_an_empty_scope_says_so(shown: Shown) -> None:
    assert "Aucune heure pour ces filtres." in texts(shown("build_table/page.py", clients="-"))


def laid(tmp_path: Path, lots: list[Row], worked: list[Row], *definitions: TableDefinition) -> list[Layout]:
    """Tables of an extract, in French."""
    release = publish_rows(tmp_path, lots, worked)
    database = Access(database=open_release.__wrapped__(release, SETTINGS), rights=Rights(role=Role.ANALYSTE))
    names = TableNames(Names(database, Words("fr")), SETTINGS, Scope())
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


def test_the_first_years_and_the_others_are_bars_with_names(tmp_path: Path) -> None:
    """Along an axis of time the others would stand as one year, the tallest, without a label."""
    years = TableDefinition(rows=("annee",), columns=None)
    along, first = laid(
        tmp_path, contracts_table(CONTRACTS), hours_table(HOURS), years, replace(years, top=1, order="heures")
    )
    (chart,) = built_charts(first, "résumé").charts
    (bars,) = chart.figure.data
    assert (bars["orientation"], sorted(bars["x"])) == ("h", [200, 2070.25])  # 2021; 2019
    (chart,) = built_charts(along, "résumé").charts
    assert "orientation" not in chart.figure.data[0]


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
    assert [column.label for column in layout.visible_columns][:1] == ["janv. 2020"]
    assert len(layout.visible_columns) == MOST_COLUMNS + 1  # the last months, and the total
    assert len(layout.visible_lines) == 160  # four thousand cells
    rows, columns = list(file_rows(layout)), file_columns(layout)
    assert (len(rows), len(columns)) == (number, 2 + 36 + 1)
    assert columns[2].header == "janv. 2019 – Heures réalisées (h)"
    assert (columns[2].name, columns[-1].name) == ("hours_validated__2019-01-01", "hours_validated")
    assert sum(row["hours_validated"] for row in rows) == 10 * (number + 36)
    assert (rows[0]["client_id"], rows[0]["client_id_name"]) == ("C000", "=1+1")  # the code to join on, and the name


# The file


def exported(layout: Layout) -> Export:
    return Export(title=layout.caption, columns=tuple(file_columns(layout)), totals=file_totals(layout), words=FRENCH)


def written(layout: Layout, write: Callable[[Export, pa.RecordBatchReader, BinaryIO], None]) -> bytes:
    export, out = exported(layout), io.BytesIO()
    write(export, batches_of(list(file_rows(layout)), export.columns), out)
    return out.getvalue()


def test_a_file_has_codes_in_its_names_and_its_totals_apart(tmp_path: Path) -> None:
    definition = TableDefinition(rows=("clause",), columns="annee", measures=("heures", "lots"))
    (layout,) = laid(tmp_path, contracts_table(CONTRACTS), hours_table(HOURS), definition)
    names = [f"{measure}__{year}" for year in (2019, 2020, 2021) for measure in ("hours_validated", "lots")]
    result = json.loads(written(layout, write_json))
    about = result["about"]
    assert [column["name"] for column in about["columns"]] == ["clause_category", *names, "hours_validated", "lots"]
    assert about["columns"][0]["labels"] == {"execution": "Condition d’exécution", "insertion": "Marché d’insertion"}
    assert about["columns"][1] | {"definition": "", "formula": ""} == {
        "name": "hours_validated__2019", "label": "2019 – Heures réalisées (h)", "unit": "h", "definition": "", "formula": "",
        "measure": "hours_validated", "dimension": "year", "value": "2019",
    }  # fmt: skip
    assert about["columns"][1]["definition"].startswith("Heures que le facilitateur a acceptées")
    assert about["columns"][-1]["value"] == "total"
    assert sum(row["hours_validated"] for row in result["rows"]) == 200 + 1500.25 + 450 + 120
    assert [row["clause_category"] for row in result["rows"]] == ["execution", "insertion"]
    (total,) = about["totals"]
    assert total["clause_category"] is None
    assert (total["hours_validated"], total["lots"], total["lots__2021"]) == (2270.25, 3, 3)
    table = pq.read_table(io.BytesIO(written(layout, write_parquet)))
    assert table.column_names == ["clause_category", *names, "hours_validated", "lots"]
    assert json.loads(table.schema.metadata[b"cap_totals"]) == about["totals"]
    assert written(layout, write_csv).decode("utf-8-sig").splitlines()[1:] == [
        "Condition d’exécution;200,00;1;;;1950,25;2;2150,25;2",  # M1 both years: no sum of lots
        "Marché d’insertion;;;;;120,00;1;120,00;1",
        "Total;200,00;1;;;2070,25;3;2270,25;3",
    ]
    sheet = openpyxl.load_workbook(io.BytesIO(written(layout, write_xlsx)))["Données"]
    *_, first, _, total_cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert first[-2:] == ["=SUM(B2,D2,F2)", 2]
    assert total_cells[:3] == ["Total", "=SUBTOTAL(109,B2:B3)", 1]
    assert total_cells[-2:] == ["=SUBTOTAL(109,H2:H3)", 3]


def test_groups_have_their_totals_after_that_of_the_table(tmp_path: Path) -> None:
    definition = TableDefinition(rows=("clause", "client"), columns=None, measures=("realisation", "heures"))
    (layout,) = laid(tmp_path, contracts_table(CONTRACTS), hours_table(HOURS), definition)
    assert written(layout, write_csv).decode("utf-8-sig").splitlines() == [
        "Type de clause;Maître d’ouvrage;Maître d’ouvrage, code;Taux de réalisation (%);Heures réalisées (h)",
        "Condition d’exécution;Ville d’A;C1;170,0250;1700,25",
        "Condition d’exécution;Rezé;C2;90,0000;450,00",
        "Marché d’insertion;'=Zone & Cie;C3;120,0000;120,00",
        "Condition d’exécution;Total;;143,3500;2150,25",
        "Marché d’insertion;Total;;120,0000;120,00",
        "Total;;;141,8906;2270,25",
    ]
    sheet = openpyxl.load_workbook(io.BytesIO(written(layout, write_xlsx)))["Données"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
    assert rows[0] == ["Total", None, None, 141.8906, "=SUBTOTAL(109,E2:E4)"]
    assert rows[1] == [None] * 5
    assert [row[:2] for row in rows[2:]] == [["Condition d’exécution", "Total"], ["Marché d’insertion", "Total"]]
    assert sheet.auto_filter.ref == "A1:E4"


@pytest.mark.parametrize("share", [None, *SHARES])
@pytest.mark.parametrize(
    ("rows", "columns", "measures"),
    [
        (("client",), "annee", ("heures", "attente", "etp")),
        (("mois",), "clause", ("heures", "lots", "marches", "clients")),
        (("client",), "clause", ("engagees", "realisation", "lots", "penalites")),
        (("clause", "secteur"), "type", ("heures", "entreprises")),
    ],
)
def test_the_totals_of_a_file_are_those_of_the_screen(
    tmp_path: Path, rows: tuple[str, ...], columns: str, measures: tuple[str, ...], share: Share | None
) -> None:
    """What Excel shows before it computes anything, formulas included; and the sum of the rows where they add up."""
    definition = TableDefinition(rows=rows, columns=columns, measures=measures, share=share)
    (layout,) = laid(tmp_path, contracts_table(CONTRACTS), hours_table(HOURS), definition)
    content = io.BytesIO(written(layout, write_xlsx))
    cells = list(openpyxl.load_workbook(content, data_only=True)["Données"].iter_rows(min_row=2, values_only=True))
    leaves = [line for line in layout.lines if not line.is_group]
    export = exported(layout)
    down = len(file_columns(layout)) - len(layout.columns)
    for row, line in enumerate([*(line.row for line in leaves), ()]):
        for place, column in enumerate(layout.columns, start=down):
            value, found = layout.cell(line, column), cells[row][place]
            if isinstance(value, Hidden):
                assert found == "n.c."
            elif value is None:
                assert found in (None, 0)
            else:
                is_ratio = column.share or column.measure == "realisation"
                assert found == pytest.approx(float(value) * (100 if is_ratio else 1), abs=0.006)
            described = export.columns[place]
            if described.adds and row == len(leaves) and value is not None and not isinstance(value, Hidden):
                assert sum(float(row[described.name] or 0) for row in file_rows(layout)) == pytest.approx(float(value))
            if described.sum_of and row < len(leaves) and value is not None and not isinstance(value, Hidden):
                parts = list(file_rows(layout))[row]
                assert sum(float(parts[name] or 0) for name in described.sum_of) == pytest.approx(float(value))
