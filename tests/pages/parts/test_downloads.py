"""Every table of every page, under several filters: all formats hold the same rows, and their sum is the number on screen."""

import csv
import datetime as dt
import io
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet as pq
import pytest
import streamlit
from starlette.applications import Starlette
from starlette.testclient import TestClient

from data.words import Words
from pages.frame.menu import PAGES
from pages.parts.downloads import FORMATS
from pages.server.own_routes import own_routes
from tests.extracts import contracts_table, hours_table, publish_rows
from tests.pages.conftest import Shown, texts

LOTS = """
    contract_id | client_id | client_name                 | client_type | subject             | clause_category | execution_commune | hours_committed | status  | starts_on  | ends_on
    M1          | C1        | =HYPERLINK("http://x","y")  | commune     | Voirie ; "lot 2" 🌳 | execution       | 76540             | 1000            | running | 2019-01-01 | 2027-12-31
    M2          | C2        | Rezé                        | hopital     | Élagage             | insertion       |                   | 2000            | closed  | 2019-01-01 | 2020-12-31
    M3          | C2        | Rezé                        | hopital     | Peinture            | execution       | 76216             |                 | running | 2020-01-01 | 2026-12-31
"""
HOURS = """
    contract_id | month   | hours_validated | hours_declared | status    | employer_kind
    M1          | 2019-12 | 120.50          | 120.50         | validated | direct
    M1          | 2020-01 | 35.25           | 35.25          | validated | etti
    M2          | 2020-01 | 1000            | 1000           | validated | etti
    M2          | 2020-02 |                 | 7.25           | declared  | etti
    M3          | 2021-03 | 8               | 8              | validated |
    M3          | 2021-04 | -2.50           | -2.50          | corrected |
"""
# Filters of a link, and the validated hours that they leave.
FILTERS: dict[str, tuple[dict[str, str], Decimal]] = {
    "everything": ({}, Decimal("120.50") + Decimal("35.25") + 1000 + 8 - Decimal("2.50")),
    "years and a clause": (
        {"annees": "2020-2021", "clauses": "execution"},
        Decimal("35.25") + 8 - Decimal("2.50"),
    ),
    "one client": ({"clients": "C1"}, Decimal("120.50") + Decimal("35.25")),
}
HOURS_HEADER = "Heures réalisées (h)"
# Pages whose tables are breakdowns of the validated hours of the scope.
BREAKDOWNS = ("milestones/page.py", "years/page.py", "clauses/page.py", "clients/page.py", "communes/page.py")
Files = dict[str, Callable[[], bytes]]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("published")
    publish_rows(folder, contracts_table(LOTS), hours_table(HOURS))
    return folder / "extracts"


@pytest.fixture
def made(published: Path, monkeypatch: pytest.MonkeyPatch) -> Files:
    """What makes each file of the page that is shown, by name."""
    monkeypatch.setenv("CAP_EXTRACTS", str(published))
    found: Files = {}
    real = streamlit.download_button

    configured = streamlit.set_page_config

    def started(*given: Any, **options: Any) -> None:
        found.clear()  # a run begins
        configured(*given, **options)

    def recorded(label: str, data: Any, **options: Any) -> bool:
        if str(options.get("key")).startswith("download_"):
            assert options["file_name"] not in found
            found[options["file_name"]] = data
        return real(label, data, **options)

    monkeypatch.setattr(streamlit, "set_page_config", started)
    monkeypatch.setattr(streamlit, "download_button", recorded)
    return found


def typed_csv(content: bytes, separator: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=separator))


def people_s(value: Any, column: dict[str, Any], *, french: bool) -> str:
    """A value of the programs' formats as a CSV for people has it: the rule of FILES_AND_ROUTES.md, a second time."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if column["label"].endswith("(%)"):
        value = round(Decimal(str(value)) * 100, 4)
    if isinstance(value, float):
        value = round(Decimal(str(value)), 4)
    if isinstance(value, dt.date):
        return value.strftime("%d/%m/%Y" if french else "%Y-%m-%d")
    if isinstance(value, str):
        text = str(column.get("labels", {}).get(value, value))
        return "'" + text if text[:1] in ("=", "+", "-", "@") else text
    return str(value).replace(".", ",") if french else str(value)


def plain(value: Any) -> Any:
    """A value of Parquet as JSON has it."""
    if isinstance(value, dt.date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value


@pytest.mark.parametrize("filters", FILTERS)
@pytest.mark.parametrize("script", [page.script for page in PAGES])
def test_every_format_holds_the_rows_of_the_screen(shown: Shown, made: Files, script: str, filters: str) -> None:
    query, hours = FILTERS[filters]
    page = texts(shown(script, **query))
    tables = sorted({name.rpartition("_2026-10-31")[0] for name in made})
    assert len(made) == len(tables) * len(FORMATS)
    sums = []
    for name in tables:
        content = {format.ending: made[f"{name}_2026-10-31{format.ending}"]() for format in FORMATS}
        table = pq.read_table(io.BytesIO(content[".parquet"]))
        about, rows = json.loads(content[".json"]).values()
        columns = about["columns"]
        assert about["demo"] is False
        assert table.schema.metadata[b"cap_release"].decode() == about["release"]
        names = [column["name"] for column in columns]
        assert len(rows) == table.num_rows
        for row, other in zip(rows, table.to_pylist(), strict=True):
            assert {key: plain(value) for key, value in other.items()} == row
        for ending, separator in ((".csv", ";"), ("_international.csv", ",")):
            head, *lines = typed_csv(content[ending], separator)
            assert head == [*(column["label"] for column in columns), "Source"]
            assert len(lines) == len(rows) + len(about.get("totals", ()))
            assert [line[:-1] for line in lines[: len(rows)]] == [
                [
                    "n.c." if key in (row.get("hidden") or ()) else people_s(row[key], column, french=separator == ";")
                    for key, column in zip(names, columns, strict=True)
                ]
                for row in table.to_pylist()
            ], name
        sheet = openpyxl.load_workbook(io.BytesIO(content[".xlsx"]))["Données"]
        titles, *cells = list(sheet.iter_rows(min_row=2, values_only=True))
        assert list(titles) == [column["label"] for column in columns]
        if HOURS_HEADER in titles:
            place = titles.index(HOURS_HEADER)
            total = sum(Decimal(str(line[place])) for line in cells[: len(rows)] if line[place] is not None)
            assert total == sum(row[names[place]] or 0 for row in table.to_pylist())
            sums.append(total)
    if script in BREAKDOWNS:
        assert sums
        assert set(sums) == {hours}
        if script != "years/page.py":  # whose table has no line for all years
            assert Words("fr").number(hours) in page


# Tables that are the answer to one question, which programs ask by its route.
ROUTES = {
    "years/page.py": {"heures_par_an": "hours_by_year"},
    "milestones/page.py": {"heures_par_mois": "hours_by_month"},
    "clauses/page.py": {
        "heures_par_type_de_clause": "hours_by_clause",
        "heures_par_type_de_clause_et_an": "hours_by_clause_and_year",
    },
    "clients/page.py": {
        "heures_par_maitre_d_ouvrage": "hours_by_client",
        "heures_par_maitre_d_ouvrage_et_an": "hours_by_client_and_year",
    },
    "communes/page.py": {"heures_par_commune": "hours_by_commune"},
}


@pytest.mark.parametrize("filters", FILTERS)
@pytest.mark.parametrize("script", ROUTES)
def test_a_route_has_the_rows_of_the_page(shown: Shown, made: Files, script: str, filters: str) -> None:
    query, hours = FILTERS[filters]
    shown(script, **query)
    for name, question in ROUTES[script].items():
        table = pq.read_table(io.BytesIO(made[f"{name}_2026-10-31.parquet"]()))
        with TestClient(
            Starlette(routes=own_routes()), base_url="http://127.0.0.1:8501", client=("127.0.0.1", 5000)
        ) as program:
            answer = program.get(f"/api/v1/questions/{question}.parquet", params=query)
        routed = pq.read_table(io.BytesIO(answer.content))
        common = [column for column in table.column_names if column in routed.column_names]
        assert {"hours_validated"} < set(common)
        # A page also shows what has no hours: communes of the map, years of a client.
        rows, others = (
            sorted(
                repr(sorted((key, plain(value)) for key, value in row.items()))
                for row in found.select(common).to_pylist()
                if row["hours_validated"]
            )
            for found in (table, routed)
        )
        assert rows == others
        assert sum(value or 0 for value in routed.column("hours_validated").to_pylist()) == hours


@pytest.mark.parametrize("filters", FILTERS)
def test_lines_of_hours_leave_whole_and_without_persons(shown: Shown, made: Files, filters: str) -> None:
    """Streamed, in every format."""
    query, hours = FILTERS[filters]
    shown("detail/page.py", vue="heures", **query)
    assert len(made) == len(FORMATS)
    content = {format.ending: made[f"detail_heures_2026-10-31{format.ending}"]() for format in FORMATS}
    table = pq.read_table(io.BytesIO(content[".parquet"]))
    assert sum(value or 0 for value in table.column("hours_validated").to_pylist()) == hours
    assert {"entry_id", "participant_id", "work_contract_id", "employer_siret"}.isdisjoint(table.column_names)
    head, *lines = typed_csv(content[".csv"], ";")
    assert len(lines) == len(json.loads(content[".json"])["rows"]) == table.num_rows
    place = head.index(HOURS_HEADER)
    assert sum(Decimal(line[place].replace(",", ".") or 0) for line in lines) == hours


def test_a_hostile_name_leaves_as_a_text(shown: Shown, made: Files) -> None:
    shown("clients/page.py")
    name = "heures_par_maitre_d_ouvrage_2026-10-31"
    link = '=HYPERLINK("http://x","y")'
    cells = {line[0] for line in typed_csv(made[f"{name}.csv"](), ";")}
    assert "'" + link in cells
    assert link not in cells
    (cell,) = [
        row[0]
        for row in openpyxl.load_workbook(io.BytesIO(made[f"{name}.xlsx"]()))["Données"].iter_rows(min_row=3)
        if "HYPERLINK" in str(row[0].value)
    ]
    assert (cell.data_type, cell.value, cell.hyperlink) == ("s", "'" + link, None)
    assert link in [row["client_name"] for row in json.loads(made[f"{name}.json"]())["rows"]]


def test_a_file_says_where_it_comes_from(shown: Shown, made: Files) -> None:
    shown("years/page.py", clients="C1")
    about = json.loads(made["heures_par_an_2026-10-31.json"]())["about"]
    assert about["question"] == "Combien d’heures chaque année\u202f?"
    assert about["filters"] == 'maître d’ouvrage\u00a0: =HYPERLINK("http://x","y")'
    assert about["data_as_of"] == "2026-10-31"
    assert (about["first_month"], about["last_month"]) == ("2019-12-01", "2021-04-01")
    assert about["pending_ratio"] == pytest.approx(7.25 / (120.5 + 35.25 + 1000 + 8 - 2.5 + 7.25))
    (validated,) = [column for column in about["columns"] if column["name"] == "hours_validated"]
    assert validated["unit"] == "h"
    assert validated["definition"].startswith("Heures que le facilitateur a acceptées")
    assert validated["formula"].startswith("Somme des heures validées")
