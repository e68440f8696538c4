"""The same data in every format gives the same release, and what is written is what is read."""

import datetime as dt
import itertools
import random
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.publish import publish
from data.release.releases import Release
from data.schema import CONTRACTS, HOURS, TABLES, Column, Table, plain_name
from tests.extracts import AS_OF, TODAY, Row, contract, entry, write_csv, write_parquet, write_xlsx

FILES = ("contracts", "hours", "hours_monthly")
Writer = Callable[[Path, list[Row], list[Row]], list[Path]]
WRITERS: dict[str, Writer] = {
    "French CSV": write_csv,
    "international CSV": lambda folder, contracts, hours: write_csv(folder, contracts, hours, "international"),
    "XLSX": write_xlsx,
}


@pytest.fixture(autouse=True)
def extracts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAP_EXTRACTS", str(tmp_path / "extracts"))


def published(sources: list[Path]) -> Release:
    return publish(sources, as_of=AS_OF, today=TODAY, accept_anomalies=True)


def rows(release: Release, name: str) -> list[tuple[Any, ...]]:
    return duckdb.read_parquet(str(release.file(f"{name}.parquet"))).fetchall()


def columns(release: Release, name: str, *wanted: str) -> list[tuple[Any, ...]]:
    return duckdb.read_parquet(str(release.file(f"{name}.parquet"))).project(", ".join(wanted)).fetchall()


def filled(column: Column, chance: random.Random) -> Any:
    """A value that the column may hold, often awkward."""
    if column.nullable and chance.random() < 0.2:
        return None
    if column.codes is not None:
        return str(chance.choice(list(column.codes)))
    if column.name == "social_considerations":
        return chance.choice([[], ["Clause sociale"], ["Clause sociale", "Critère social"]])
    if column.sql_type == "DATE":
        return dt.date(2019, chance.randint(1, 12), 1)
    if column.sql_type == "BOOLEAN":
        return chance.random() < 0.5
    if column.sql_type == "INTEGER":
        return chance.randint(0, 12)
    if column.sql_type.startswith("DECIMAL"):
        low, high = (0, 100) if column.maximum else (0 if column.minimum is not None else -500, 5000)
        return Decimal(chance.randint(low * 100, high * 100)).scaleb(-2)
    return chance.choice(["Cœur d’îlot", 'dit "Le Phare"', "a;b,c\td", "deux\nlignes", "01", "0", "=1", "76540"])[
        : column.max_length
    ]


def random_extract(seed: int, lots: int = 6, lines: int = 60) -> tuple[list[Row], list[Row]]:
    """Rows with every column of the schema filled or empty by chance."""
    chance = random.Random(seed)

    def row(table: Table, **fixed: Any) -> Row:
        return {column.name: filled(column, chance) for column in table.columns} | fixed

    contracts = [
        row(CONTRACTS, contract_id=f"M{n // 2}", lot_id=f"0{n % 2}", starts_on=dt.date(2019, 1, 1), ends_on=None)
        for n in range(lots)
    ]
    hours = [
        row(HOURS, entry_id=f"E{n}", contract_id=f"M{chance.randint(0, lots)}", lot_id=f"0{chance.randint(0, 1)}")
        for n in range(lines)
    ]
    return contracts, hours


@pytest.mark.parametrize("writer", WRITERS)
def test_every_format_publishes_the_same_rows(writer: str, tmp_path: Path) -> None:
    contracts, hours = random_extract(seed=7)
    # A workbook cannot tell a text that begins with = from a formula: such a text is refused there.
    for row in (*contracts, *hours):
        row.update({name: "un" for name, value in row.items() if value == "=1"})
    expected = published(write_parquet(tmp_path / "parquet", contracts, hours))
    found = published(WRITERS[writer](tmp_path / "other", contracts, hours))
    for name in FILES:
        assert rows(found, name) == rows(expected, name)
    assert found.anomalies == expected.anomalies
    assert found.rows_left_out > 0


def test_the_published_shape_is_the_contract(tmp_path: Path) -> None:
    release = published(write_csv(tmp_path, [contract()], [entry()]))
    for table in TABLES:
        shape = duckdb.execute(
            "DESCRIBE FROM read_parquet($file)", {"file": str(release.file(f"{table.name}.parquet"))}
        )
        found = [(name, kind) for name, kind, *_ in shape.fetchall()]
        assert found == [(column.name, column.sql_type) for column in table.columns]


def test_no_two_labels_of_a_table_are_the_same_header() -> None:
    for table in TABLES:
        names = [plain_name(column.label) for column in table.columns]
        assert sorted(names) == sorted(set(names))


# Round trip: what a CSV says is what is published.

VISIBLE = st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t")
TEXTS = st.text(VISIBLE, min_size=1, max_size=40).map(lambda text: text.strip()).filter(bool)
# Blanks that are trimmed, whatever their kind: a text that begins or ends with one is not what it was.
TEXTS = TEXTS.filter(lambda text: text == text.strip(" \t\r\n\u00a0\u202f\u2009\ufeff"))
NUMBERS = st.decimals(min_value=-9_999_999, max_value=9_999_999, places=2)
DAYS = st.dates(min_value=dt.date(1970, 1, 1), max_value=dt.date(2099, 12, 31))


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    lines=st.lists(st.tuples(TEXTS, NUMBERS, DAYS, st.none() | st.booleans()), min_size=1, max_size=60),
    style=st.sampled_from(list(WRITERS)),
)
def test_a_written_extract_is_read_back(
    lines: list[tuple[str, Decimal, dt.date, bool | None]], style: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    contracts = [
        contract(contract_id=f"M{n:03}", subject=text, notified_on=day) for n, (text, _, day, _) in enumerate(lines)
    ]
    hours = [
        entry(entry_id=f"E{n:03}", contract_id=f"M{n:03}", hours_validated=number, is_qpv=flag)
        for n, (_, number, _, flag) in enumerate(lines)
    ]
    if style == "XLSX":
        for row in contracts:
            row["subject"] = row["subject"].lstrip("=").strip() or "un"
    release = published(WRITERS[style](tmp_path_factory.mktemp("written"), contracts, hours))
    assert columns(release, "contracts", "contract_id", "subject", "notified_on") == [
        (row["contract_id"], row["subject"], row["notified_on"]) for row in contracts
    ]
    assert columns(release, "hours", "entry_id", "hours_declared", "hours_validated", "is_qpv") == [
        (row["entry_id"], row["hours_declared"], row["hours_validated"], row["is_qpv"]) for row in hours
    ]


# Ways of writing: each pair is what stands in the file and what is published.

HEAD = "contract_id;lot_id;subject;client_id;client_name;client_type;clause_category;hours_committed;starts_on;ends_on;status"
LOT = "M1;01;Gymnase;C1;Ville;commune;execution;{};{};{};running"


def lots_of(tmp_path: Path, *lines: str) -> Release:
    """The lots of a CSV written line by line, published without hours."""
    text = "\n".join([HEAD, *(line.replace("M1", f"M{n:02}") for n, line in enumerate(lines)), ""])
    (tmp_path / "marches.csv").write_text(text, encoding="utf-8")
    return published([tmp_path / "marches.csv", write_csv(tmp_path / "h", [], [])[1]])


COMMA = {
    "1000": "1000",
    "1 234,50": "1234.50",
    "1\u00a0234,5": "1234.50",
    "1\u202f234\u202f567,89": "1234567.89",
    "1.234,50": "1234.50",
    "1.234.567": "1234567",
    "1.234": "1234",  # either, if it stood alone; here other numbers say that the comma is decimal
    "12,500": "12.50",  # three decimals, the last of them nothing
    "0,250": "0.25",
    ",5": "0.50",
    "+7,25": "7.25",
    "  42 ": "42",
    " \u00a0": None,
    "": None,
}
POINT = {
    "1000": "1000",
    "1 234.50": "1234.50",
    "1,234.50": "1234.50",
    "1,234,567": "1234567",
    "1,234": "1234",
    "12.500": "12.50",
    "1234.5": "1234.50",
    ".5": "0.50",
}


@pytest.mark.parametrize("numbers", [COMMA, POINT], ids=["comma", "point"])
def test_numbers_as_people_write_them(numbers: dict[str, str | None], tmp_path: Path) -> None:
    lines = (LOT.format(f'"{written}"', "01/01/2019", "") for written in numbers)
    found = columns(lots_of(tmp_path, *lines), "contracts", "hours_committed")
    assert dict(zip(numbers, found, strict=True)) == {
        written: (None if read is None else Decimal(read),) for written, read in numbers.items()
    }


def test_both_decimal_marks_in_one_file(tmp_path: Path) -> None:
    """Each number is beyond doubt: each is read as it is written."""
    lines = (LOT.format(written, "01/01/2019", "") for written in ("12,5", "12.5"))
    found = columns(lots_of(tmp_path, *lines), "contracts", "hours_committed")
    assert found == [(Decimal("12.50"),), (Decimal("12.50"),)]


def test_a_minus_sign_as_typographers_set_it(tmp_path: Path) -> None:
    sources = write_csv(tmp_path, [contract()], [entry(hours_validated=Decimal("-12.25"))])
    sources[1].write_text(sources[1].read_text("utf-8-sig").replace("-12,25", "\u221212,25"), encoding="utf-8")
    assert columns(published(sources), "hours", "hours_validated") == [(Decimal("-12.25"),)]


def test_dates_as_people_write_them(tmp_path: Path) -> None:
    written = ["31/12/2019", "2019-12-31", "2019-12-31 00:00:00", "2019-12-31T00:00:00.000", "31/12/2019 00:00"]
    release = lots_of(tmp_path, *(LOT.format("1", date, "") for date in (*written, "1/2/2020")))
    assert columns(release, "contracts", "starts_on") == [(dt.date(2019, 12, 31),)] * 5 + [(dt.date(2020, 2, 1),)]


def test_flags_as_people_write_them(tmp_path: Path) -> None:
    yes, no = ["oui", "O", "Vrai", "TRUE", "1", "x", "yes"], ["non", "N", "faux", "False", "0", "no"]
    sources = write_csv(
        tmp_path, [contract()], [entry(entry_id=f"E{n:02}", is_qpv=text) for n, text in enumerate(yes + no)]
    )
    found = columns(published(sources), "hours", "is_qpv")
    assert found == [(True,)] * len(yes) + [(False,)] * len(no)


def test_an_old_windows_file_with_spoiled_headers(tmp_path: Path) -> None:
    """cp1252, CRLF, capitals, missing accents, odd spaces, Excel's first line, blank lines, empty rows, a line break."""
    text = (
        "sep=;\r\nIDENTIFIANT DU MARCHE;Lot;Objet ;Code du maitre d'ouvrage;Maître d’Ouvrage;type de maître d'ouvrage;"
        "Type de clause;Heures engagées;Début;Fin;État\r\n"
        'M1;01;"École\r\n« Cœur »";C1;Hôpital d’Elbeuf;hopital;execution;1 000,00;01/01/2019;;running\r\n'
        ";;;;;;;;;;\r\n\r\n"
        "M2;01;Crèche;C1;Hôpital d’Elbeuf;hopital;execution;;01/01/2019;;running\r\n\r\n"
    )
    (tmp_path / "marches.csv").write_bytes(text.encode("cp1252"))
    release = published([tmp_path / "marches.csv", write_csv(tmp_path / "h", [], [])[1]])
    assert columns(release, "contracts", "contract_id", "subject", "client_name") == [
        ("M1", "École\n« Cœur »", "Hôpital d’Elbeuf"),
        ("M2", "Crèche", "Hôpital d’Elbeuf"),
    ]


def test_the_line_of_an_anomaly_counts_every_line_of_the_file(tmp_path: Path) -> None:
    """Blank lines and line breaks inside quotes come before the lot at line 7."""
    lots = [LOT.format("", "01/01/2019", "").replace("M1", f"M{n}") for n in (1, 2)]
    first = lots[0].replace("Gymnase", '"Gymnase\n\nde\nl’Est"')
    (tmp_path / "marches.csv").write_text(f"{HEAD}\n{first}\n\n{lots[1]}\n", encoding="utf-8")
    release = published([tmp_path / "marches.csv", write_csv(tmp_path / "h", [], [])[1]])
    assert columns(release, "anomalies", "kind", "source_row", "contract_id") == [
        ("lot_without_hours", 2, "M1"),
        ("lot_without_hours", 7, "M2"),
    ]


def test_a_number_typed_in_a_text_column_of_a_workbook(tmp_path: Path) -> None:
    """The lot typed as the number 1 is the text 1, not 01; a SIRET keeps its fourteen digits."""
    (path,) = write_xlsx(tmp_path, [contract(lot_id=1, client_siret=73282932000074)], [entry(lot_id="1")])
    book = openpyxl.load_workbook(path)
    book.worksheets[1]["C2"] = 1.0
    book.save(path)
    release = published([path])
    assert columns(release, "contracts", "lot_id", "client_siret") == [("1", "73282932000074")]
    assert columns(release, "hours", "lot_id") == [("1",)]


def test_types_that_other_programs_give_to_parquet(tmp_path: Path) -> None:
    """pandas makes identifiers floats and flags integers; sums of quarter hours carry binary dust; times are midnight."""
    contracts, hours = write_parquet(tmp_path, [contract(contract_id="7")], [entry()])
    others: dict[str, Any] = {
        "contract_id": pa.array([7.0]),
        "month": pa.array([dt.datetime(2020, 3, 1)], pa.timestamp("us")),  # noqa: DTZ001 - Parquet without a zone
        "hours_declared": pa.array([0.1 + 0.2]),
        "hours_validated": pa.array([35.1], pa.float32()),
        "is_qpv": pa.array([1]),
        "status": pa.array(["validated"]).dictionary_encode(),
        "declared_on": pa.array([None], pa.null()),
        "employer_siret": pa.array([73282932000074]),
        "exit_on": pa.array([dt.datetime(2020, 4, 1, tzinfo=dt.UTC)]),
    }
    table = pq.read_table(hours)
    for name, values in others.items():
        table = table.set_column(table.schema.get_field_index(name), name, values)
    pq.write_table(table, hours)
    release = published([contracts, hours])
    names = [*others]
    assert columns(release, "hours", *names) == [
        (
            "7",
            dt.date(2020, 3, 1),
            Decimal("0.30"),
            Decimal("35.10"),
            True,
            "validated",
            None,
            "73282932000074",
            dt.date(2020, 4, 1),
        )
    ]


def test_a_header_with_a_line_break(tmp_path: Path) -> None:
    """Excel's Alt+Enter; the line of an anomaly still counts every line."""
    head = HEAD.replace("hours_committed", '"Heures\nengagées"')
    (tmp_path / "marches.csv").write_text(f"{head}\n{LOT.format('7,5', '01/01/2019', '')}\n", encoding="utf-8")
    release = published([tmp_path / "marches.csv", write_csv(tmp_path / "h", [], [])[1]])
    assert columns(release, "contracts", "hours_committed") == [(Decimal("7.50"),)]
    assert columns(release, "anomalies", "kind", "source_row") == [("lot_without_hours", 3)]


def test_columns_named_like_those_of_the_reader(tmp_path: Path) -> None:
    contracts, hours = write_parquet(tmp_path, [contract()], [entry(), entry(entry_id="E2", employer_siret="1")])
    table = pq.read_table(hours)
    for name in ("file_row_number", "source_row", "t_month", "origin", 'a"b'):
        table = table.append_column(name, pa.array(["x", "y"]))
    pq.write_table(table, hours)
    assert columns(published([contracts, hours]), "anomalies", "kind", "source_row") == [("invalid_siret", 2)]


def test_midnight_is_a_date_in_every_unit_and_zone(tmp_path: Path) -> None:
    sources, other = write_parquet(tmp_path, [contract()], [entry()])
    table, files = pq.read_table(other), [sources]
    for unit, zone in itertools.product(["s", "ms", "us", "ns"], [None, "UTC", "Europe/Paris"]):
        moment = dt.datetime(2020, 3, 1, tzinfo=ZoneInfo(zone) if zone else None)
        months = pa.array([moment], pa.timestamp(unit, zone))
        files.append(tmp_path / f"{len(files):02}.parquet")
        changed = table.set_column(0, "entry_id", pa.array([files[-1].name]))
        pq.write_table(changed.set_column(table.schema.get_field_index("month"), "month", months), files[-1])
    assert columns(published(files), "hours", "entry_id", "month") == [
        (file.name, dt.date(2020, 3, 1)) for file in files[1:]
    ]


def test_a_path_that_looks_like_a_pattern(tmp_path: Path) -> None:
    """DuckDB would expand * and [ in a path, and read year=2020 as a column."""
    folder = tmp_path / "year=2020" / "a*[1]?'"
    assert published(write_parquet(folder, [contract()], [entry()])).hours_rows == 1
    assert published(write_csv(folder, [contract()], [entry()])).hours_rows == 1
