"""Files that leave, in every format: typed, harmless, the same rows, and totals that are formulas over them."""

import csv
import datetime as dt
import io
import json
import re
import zipfile
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.errors import QueryError
from queries.files import xlsx
from queries.files.csv import FRENCH_EXCEL, INTERNATIONAL, Style, write_csv
from queries.files.data import write_json, write_parquet
from queries.files.exports import FRENCH, Export, ExportColumn, Fact, batches_of, neutralised, restored
from queries.files.xlsx import write_xlsx

LINK = '=HYPERLINK("http://x","y")'
SUBJECT = 'Réfection ; phase "2"\navec 🌳'
COLUMNS = (
    ExportColumn(name="month", header="Mois travaillé", kind="month"),
    ExportColumn(name="client_name", header="Maître d’ouvrage", kind="text"),
    ExportColumn(name="subject", header="Objet", kind="text"),
    ExportColumn(name="clause", header="Type de clause", kind="label", labels={"execution": "Condition d’exécution"}),
    ExportColumn(
        name="hours_validated",
        header="Heures réalisées (h)",
        kind="hours",
        digits=2,
        unit="h",
        definition="Heures acceptées.",
        adds=True,
        drawn="column",
    ),
    ExportColumn(name="hours_committed", header="Heures engagées (h)", kind="hours", digits=2, adds=True),
    ExportColumn(
        name="completion_ratio",
        header="Réalisation (%)",
        kind="percent",
        unit="fraction",
        formula="Validées ÷ engagées.",
        ratio_of=("hours_validated", "hours_committed"),
    ),
    ExportColumn(name="participants", header="Bénéficiaires", kind="count"),
    ExportColumn(name="provisional", header="Provisoire", kind="yes"),
)
ROWS: list[dict[str, Any]] = [
    {
        "month": dt.date(2020, 3, 1),
        "client_name": LINK,
        "subject": SUBJECT,
        "clause": "execution",
        "hours_validated": Decimal("1234.50"),
        "hours_committed": Decimal("2000.00"),
        "completion_ratio": 1234.5 / 2000,
        "participants": 12,
        "provisional": True,
    },
    {
        "month": dt.date(2020, 2, 1),
        "client_name": "Ville d’A",
        "subject": None,
        "clause": None,
        "hours_validated": Decimal("-79.25"),
        "hours_committed": Decimal("2000.00"),
        "completion_ratio": None,
        "participants": None,
        "provisional": False,
        "hidden": ["participants"],
    },
]
EXPORT = Export(
    title="Heures par mois",
    columns=COLUMNS,
    source="Démonstration, chiffres inventés ; données au 31/10/2026",
    facts=(
        Fact(key="demo", label="Démonstration", text="oui", value=True),
        Fact(key="anomalies", label="Anomalies", text="3", value=3),
        Fact(key="link", label="Adresse de la vue", text="https://x.fr/annees?clients=A", value="https://x.fr/annees"),
    ),
    words=FRENCH,
)


def as_csv(style: Style, rows: Iterable[dict[str, Any]] = ROWS, export: Export = EXPORT) -> bytes:
    out = io.BytesIO()
    write_csv(export, batches_of(list(rows), export.columns), out, style)
    return out.getvalue()


def cells(content: bytes, style: Style) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=style.separator))


def book(rows: Iterable[dict[str, Any]] = ROWS, export: Export = EXPORT) -> openpyxl.Workbook:
    out = io.BytesIO()
    write_xlsx(export, batches_of(list(rows), export.columns), out)
    return openpyxl.load_workbook(io.BytesIO(out.getvalue()))


# CSV


def test_french_csv() -> None:
    content = as_csv(FRENCH_EXCEL)
    assert content.startswith(b"\xef\xbb\xbfMois travaill\xc3\xa9;")
    head, first, second = cells(content, FRENCH_EXCEL)
    assert head == [*(column.header for column in COLUMNS), "Source"]
    assert first == [
        "01/03/2020",
        "'" + LINK,
        SUBJECT,
        "Condition d’exécution",
        "1234,50",
        "2000,00",
        "61,7250",
        "12",
        "oui",
        EXPORT.source,
    ]
    assert second[3:9] == ["", "-79,25", "2000,00", "", "n.c.", "non"]
    assert content.count(b"\r\n") == 3


def test_international_csv() -> None:
    content = as_csv(INTERNATIONAL)
    assert not content.startswith(b"\xef\xbb\xbf")
    _, first, _ = cells(content, INTERNATIONAL)
    assert first[:7] == [
        "2020-03-01",
        "'" + LINK,
        SUBJECT,
        "Condition d’exécution",
        "1234.50",
        "2000.00",
        "61.7250",
    ]


def test_no_row_leaves_the_headers() -> None:
    (head,) = cells(as_csv(FRENCH_EXCEL, []), FRENCH_EXCEL)
    assert head[-1] == "Source"
    assert book([]).sheetnames == ["Données", "À propos"]


# Programs


def test_json_has_names_codes_fractions_and_what_they_mean() -> None:
    out = io.BytesIO()
    write_json(EXPORT, batches_of(ROWS, COLUMNS), out)
    found = json.loads(out.getvalue())
    assert found["rows"][0] == {
        **ROWS[0],
        "month": "2020-03-01",
        "hours_validated": 1234.5,
        "hours_committed": 2000,
    } | {"hidden": []}
    assert found["rows"][1]["participants"] is None
    assert found["rows"][1]["hidden"] == ["participants"]
    about = found["about"]
    assert (about["demo"], about["anomalies"], about["title"]) == (True, 3, "Heures par mois")
    described = {column["name"]: column for column in about["columns"]}
    assert described["hours_validated"] == {
        "name": "hours_validated",
        "label": "Heures réalisées (h)",
        "unit": "h",
        "definition": "Heures acceptées.",
    }
    assert described["clause"]["labels"] == {"execution": "Condition d’exécution"}


def test_parquet_carries_the_same_facts() -> None:
    out = io.BytesIO()
    write_parquet(EXPORT, batches_of(ROWS, COLUMNS), out)
    table = pq.read_table(io.BytesIO(out.getvalue()))
    assert table.schema.metadata[b"cap_demo"] == b"true"
    assert table.schema.metadata[b"cap_title"] == b"Heures par mois"
    assert table.schema.field("hours_validated").metadata[b"definition"] == "Heures acceptées.".encode()
    assert table.schema.field("hours_validated").type == pa.decimal128(38, 2)
    assert table.schema.field("month").type == pa.date32()
    assert table.to_pylist()[0] == ROWS[0] | {"hidden": []}


# XLSX


def test_xlsx_has_typed_cells_under_a_frozen_header() -> None:
    sheet = book()["Données"]
    head, first, second, total = (list(row) for row in sheet.iter_rows(min_row=2))
    assert sheet["A1"].value == EXPORT.source
    assert [cell.value for cell in head] == [column.header for column in COLUMNS]
    assert sheet.freeze_panes == "B3"
    assert sheet.auto_filter.ref == "A2:I4"
    assert [cell.value for cell in first] == [
        dt.datetime.fromisoformat("2020-03-01"),
        "'" + LINK,
        SUBJECT,
        "Condition d’exécution",
        1234.5,
        2000,
        61.725,
        12,
        True,
    ]
    assert [cell.data_type for cell in first] == ["d", "s", "s", "s", "n", "n", "n", "n", "b"]
    assert first[1].hyperlink is None
    assert (first[0].number_format, first[4].number_format) == ("[$-40C]mmmm yyyy", "#,##0.00")
    assert second[7].value == "n.c."
    assert [cell.value for cell in total] == [
        "Total",
        None,
        None,
        None,
        "=SUBTOTAL(109,E3:E4)",
        "=SUBTOTAL(109,F3:F4)",
        '=IF(SUBTOTAL(109,F3:F4)=0,"",100*SUBTOTAL(109,E3:E4)/SUBTOTAL(109,F3:F4))',
        None,  # persons do not add up
        None,
    ]


def test_xlsx_says_what_it_holds_and_draws_it() -> None:
    found = book()
    assert found.sheetnames == ["Données", "Graphique", "À propos"]
    assert found.defined_names["donnees"].attr_text == "'Données'!$A$2:$I$4"
    (chart,) = found["Graphique"]._charts  # type: ignore[attr-defined]
    (series,) = chart.series
    assert series.val.numRef.f == "Données!$E$3:$E$4"
    assert chart.x_axis.scaling.orientation == "maxMin"  # the newest month comes first in the table, last in time
    about = {row[0]: row[1:] for row in found["À propos"].iter_rows(values_only=True)}
    assert about["Démonstration"][0] == "oui"
    assert about["Adresse de la vue"][0] == "https://x.fr/annees?clients=A"
    assert about["Heures réalisées (h)"] == ("Heures acceptées.", "", "h")
    assert about["Réalisation (%)"] == ("", "Validées ÷ engagées.", "%")


def test_a_workbook_can_be_listened_to() -> None:
    """What a screen reader goes by: a title, sheets by name, headers that stay, no cell over others, a chart that is described."""
    out = io.BytesIO()
    write_xlsx(EXPORT, batches_of(ROWS, EXPORT.columns), out)
    found = openpyxl.load_workbook(out)
    assert found.properties.title == EXPORT.title
    for sheet in found:
        assert sheet.title != "Sheet1"
        assert list(sheet.merged_cells.ranges) == []
        assert sheet.sheet_state == "visible"
    assert found["Données"].print_title_rows == "$2:$2"
    drawing = zipfile.ZipFile(out).read("xl/drawings/drawing1.xml").decode()
    assert re.findall(r'descr="([^"]*)"', drawing) == [EXPORT.title]


def test_bars_lie_with_the_first_row_above_and_begin_at_zero() -> None:
    columns = (
        ExportColumn(name="name", header="Nom", kind="text"),
        ExportColumn(name="hours", header="Heures (h)", kind="hours", adds=True, drawn="bar"),
    )
    rows = [{"name": f"N{n}", "hours": Decimal(100 - n)} for n in range(40)]
    (chart,) = book(rows, Export(title="Essai", columns=columns, words=FRENCH))["Graphique"]._charts  # type: ignore[attr-defined]
    assert chart.barDir == "bar"
    assert (chart.x_axis.scaling.orientation, chart.y_axis.scaling.orientation) == ("maxMin", "minMax")
    assert chart.series[0].val.numRef.f == "Données!$B$2:$B$31"
    assert chart.title.tx.rich.p[0].r[0].t == "Essai (les 30 premières lignes)"


def test_more_rows_than_a_sheet_holds_are_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_ROWS", 2 + 3)
    assert book().sheetnames  # two rows, their source, headers and total
    with pytest.raises(QueryError, match="une feuille Excel contient 2 lignes au plus"):
        book([*ROWS, ROWS[0]])


def test_a_text_longer_than_a_cell_is_refused_in_words() -> None:
    assert book([ROWS[0] | {"subject": "x" * 32_767}])
    with pytest.raises(QueryError, match=r"une cellule Excel contient 32767 caractères au plus"):
        book([ROWS[0] | {"subject": "x" * 32_768}])


# Harmless, and back

texts = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)
risky = st.builds(str.__add__, st.text(alphabet="'=+-@＝＋－＠\t\r", max_size=3), texts)
TEXT = (ExportColumn(name="text", header="Texte", kind="text"), ExportColumn(name="n", header="N", kind="count"))


@given(risky)
def test_a_neutralised_text_is_harmless_and_comes_back(text: str) -> None:
    written = neutralised(text)
    assert not re.match(r"[=+\-@＝＋－＠\t\r]", written)
    assert restored(written) == text


@given(st.lists(risky, min_size=1, max_size=5))
@pytest.mark.parametrize("style", [FRENCH_EXCEL, INTERNATIONAL])
def test_any_text_comes_back_from_csv(style: Style, found: list[str]) -> None:
    rows = [{"text": text, "n": n} for n, text in enumerate(found)]
    _, *read = cells(as_csv(style, rows, Export(title="", columns=TEXT, words=FRENCH)), style)
    assert [restored(row[0]) for row in read] == found
    assert not any(re.match(r"[=+\-@＝＋－＠\t\r]", row[0]) for row in read)


# XML has no place for other control characters: Excel writes them as _x0001_, which openpyxl does not read back.
printable = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")), max_size=12)


@given(
    st.lists(st.builds(str.__add__, st.text(alphabet="'=+-@＝＋－＠\t", max_size=3), printable), min_size=1, max_size=3)
)
def test_any_text_comes_back_from_xlsx_as_a_text(found: list[str]) -> None:
    rows = [{"text": text, "n": n} for n, text in enumerate(found)]
    sheet = book(rows, Export(title="", columns=TEXT, words=FRENCH))["Données"]
    read = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert [restored(str(cell.value or "")) for cell in read] == found
    assert {cell.data_type for cell in read if cell.value} <= {"s"}


@given(st.lists(risky, min_size=1, max_size=5))
def test_any_text_comes_back_whole_from_programs_formats(found: list[str]) -> None:
    rows = [{"text": text, "n": n} for n, text in enumerate(found)]
    export = Export(title="", columns=TEXT, words=FRENCH)
    out, parquet = io.BytesIO(), io.BytesIO()
    write_json(export, batches_of(rows, TEXT), out)
    write_parquet(export, batches_of(rows, TEXT), parquet)
    assert json.loads(out.getvalue())["rows"] == rows
    assert pq.read_table(io.BytesIO(parquet.getvalue())).to_pylist() == rows


# Batches


def test_batches_are_written_one_after_the_other() -> None:
    columns = (ExportColumn(name="i", header="i"), ExportColumn(name="name", header="name"))
    schema = pa.schema([("i", pa.int64()), ("name", pa.string())])
    batches = [pa.record_batch({"i": [n, n + 1], "name": [f"é;{n}", None]}, schema=schema) for n in range(0, 20, 2)] + [
        pa.record_batch({"i": [], "name": []}, schema=schema)
    ]
    export = Export(title="", columns=columns, words=FRENCH)

    def read() -> pa.RecordBatchReader:
        return pa.RecordBatchReader.from_batches(schema, iter(batches))

    out = io.BytesIO()
    write_csv(export, read(), out)
    assert [row[0] for row in cells(out.getvalue(), FRENCH_EXCEL)[1:]] == [str(n) for n in range(20)]
    parquet, text, sheet = io.BytesIO(), io.BytesIO(), io.BytesIO()
    write_parquet(export, read(), parquet)
    write_json(export, read(), text)
    write_xlsx(export, read(), sheet)
    expected = pa.Table.from_batches(batches).to_pylist()
    assert pq.read_table(io.BytesIO(parquet.getvalue())).to_pylist() == expected
    assert json.loads(text.getvalue())["rows"] == expected
    rows = openpyxl.load_workbook(io.BytesIO(sheet.getvalue()))["Données"].iter_rows(min_row=2, values_only=True)
    assert [row[0] for row in rows] == list(range(20))


def test_a_word_among_numbers_is_a_hidden_cell() -> None:
    rows: list[dict[str, Any]] = [{"text": "A", "n": 7}, {"text": "B", "n": "n.c."}]
    assert batches_of(rows, TEXT).read_all().to_pylist() == [
        {"text": "A", "n": 7, "hidden": []},
        {"text": "B", "n": None, "hidden": ["n"]},
    ]
