"""Tables as people keep them, published whole: what is read, what is left out, what is asked. One kind a section."""

import datetime as dt
import json
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from data.check import check
from data.commands import quiet
from data.problems import ExtractError, Problem
from data.publish import publish
from data.release.releases import Release
from data.settings import load_settings
from data.sources.mapping import Mapping
from data.sources.mapping_entries import mapping_text
from data.sources.mapping_file import load_mapping, mapping_of
from data.sources.stages import opened, typed
from tests.data.sources.ods_file import write_ods
from tests.extracts import TODAY, write_csv

LOTS = (
    "contract_id;lot_id;subject;client_id;client_name;client_type;clause_category;hours_committed;starts_on;ends_on;status\n"
    "M1;01;Gymnase;C1;Ville;commune;execution;1000;01/01/2023;31/12/2025;running\n"
    "M1;02;Gymnase;C1;Ville;commune;execution;500;01/01/2023;31/12/2025;running\n"
)
HEADS = ("entry_id", "contract_id", "lot_id", "month", "hours_declared", "hours_validated", "status")
Row = tuple[Any, ...]


@pytest.fixture(autouse=True)
def extracts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAP_EXTRACTS", str(tmp_path / "extracts"))


def text(tmp_path: Path, name: str, content: str, encoding: str = "utf-8") -> Path:
    (tmp_path / name).write_bytes(content.encode(encoding))
    return tmp_path / name


def lots(tmp_path: Path, content: str = LOTS) -> Path:
    return text(tmp_path, "marches.csv", content)


def lines(*rows: str) -> str:
    """A CSV of hours in the form of the contract."""
    return "\n".join([";".join(HEADS), *rows, ""])


def book(tmp_path: Path, *rows: Row, name: str = "heures.xlsx", heads: Row = HEADS) -> Path:
    """A workbook of hours with openpyxl, whose formulas have no value."""
    made = openpyxl.Workbook()
    for row in (heads, *rows):
        made.worksheets[0].append(list(row))
    made.save(tmp_path / name)
    return tmp_path / name


def read(*files: Path, mapping: Path | None = None) -> tuple[Release, list[Problem]]:
    """The release, and what was said of the sources."""
    notices: list[Problem] = []
    release = publish(
        list(files), mapping=mapping, today=TODAY, when_read=lambda extract: notices.extend(extract.notices)
    )
    return release, notices


def refused(*files: Path, mapping: Path | None = None) -> list[Problem]:
    with pytest.raises(ExtractError) as error:
        read(*files, mapping=mapping)
    return list(error.value.problems)


def rows(release: Release, table: str, columns: str) -> list[Row]:
    answer = duckdb.read_parquet(str(release.file(f"{table}.parquet"))).project(columns)
    return sorted(answer.fetchall(), key=str)


def hours(release: Release) -> Decimal:
    return sum((h for (h,) in rows(release, "hours", "hours_validated")), Decimal(0))


def kinds(notices: list[Problem]) -> dict[str, int]:
    """How many cells or rows each kind of notice counts."""
    counts: dict[str, int] = {}
    for notice in notices:
        counts[notice.kind] = counts.get(notice.kind, 0) + notice.count
    return counts


# Nothing is said of the exact form


def test_the_exact_form_is_read_without_a_word(tmp_path: Path) -> None:
    release, notices = read(lots(tmp_path), text(tmp_path, "h.csv", lines("1;M1;01;01/03/2024;10;10;validated")))
    assert (hours(release), notices) == (Decimal(10), [])


# Months, durations, units


def test_months_as_people_write_them_are_counted_with_an_example(tmp_path: Path) -> None:
    months = ["01/03/2024", "mars 2024", "03/2024", "15/03/2024", "31/03/2024", "45352"]
    source = lines(*(f"{n};M1;01;{month};10;10;validated" for n, month in enumerate(months)))
    release, notices = read(lots(tmp_path), text(tmp_path, "h.csv", source))
    assert set(rows(release, "hours", "month")) == {(dt.date(2024, 3, 1),)}
    assert kinds(notices) == {"read_month_text": 2, "read_month_day": 2, "read_serial_date": 1}
    first = notices[0]
    assert (first.row, first.value, first.values["value"]) == (3, "mars 2024", "01/03/2024")


def test_a_duration_cell_and_a_text_are_hours(tmp_path: Path) -> None:
    """151 h 30 + 7 h 30 + 7 h 15 + 120 h = 286,25 h."""
    source = book(
        tmp_path,
        (
            1,
            "M1",
            "01",
            dt.date(2024, 3, 1),
            dt.timedelta(hours=151, minutes=30),
            dt.timedelta(hours=151, minutes=30),
            "validated",
        ),
        (2, "M1", "01", dt.date(2024, 4, 1), dt.time(7, 30), dt.time(7, 30), "validated"),
        (3, "M1", "01", "mai 2024", "7h15", "7h15", "validated"),
        (4, "M1", "01", "06/2024", "120 h", "120 h", "validated"),
    )
    release, notices = read(lots(tmp_path), source)
    assert hours(release) == Decimal("286.25")
    assert kinds(notices) == {"read_month_text": 2, "read_duration": 6, "read_unit": 2}


def percent_book(tmp_path: Path, *cells: tuple[Any, str]) -> Path:
    """Lots with a rate of insertion each, every cell in a format of its own."""
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    heads = [*LOTS.splitlines()[0].split(";"), "obligation_pct"]
    sheet.append(heads)
    for n, (cell, form) in enumerate(cells):
        sheet.append(
            ["M1", f"0{n}", *LOTS.splitlines()[1].split(";")[2:7], 1000, dt.date(2023, 1, 1), None, "running", cell]
        )
        sheet.cell(row=n + 2, column=len(heads)).number_format = form
    made.save(tmp_path / "lots.xlsx")
    return tmp_path / "lots.xlsx"


def test_a_percentage_is_read_by_the_format_of_its_cell(tmp_path: Path) -> None:
    source = percent_book(tmp_path, (0.05, "0%"), (0.075, "0.0 %"), (5, "General"), ("5 %", "General"), (5, '0" %"'))
    release, notices = read(source, write_csv(tmp_path / "h", [], [])[1])
    shares = [share for (share,) in rows(release, "contracts", "obligation_pct")]
    assert shares == [Decimal("5.00")] * 4 + [Decimal("7.50")]
    assert kinds(notices)["read_percent"] == 3


def test_fractions_alone_are_asked_about_and_answered_by_the_mapping(tmp_path: Path) -> None:
    files = [percent_book(tmp_path, (0.05, "General"), (0.1, "General")), write_csv(tmp_path / "h", [], [])[1]]
    (asked,) = refused(*files)
    assert (asked.kind, asked.value) == ("percent_or_fraction", "0.10")
    for unit, expected in (("fraction", ["10.00", "5.00"]), ("%", ["0.05", "0.10"])):
        mapping = text(tmp_path, "m.toml", f'[contracts.units]\nobligation_pct = "{unit}"\n')
        release, _ = read(*files, mapping=mapping)
        assert [str(share) for (share,) in rows(release, "contracts", "obligation_pct")] == expected


def test_a_fraction_among_percentages_is_counted(tmp_path: Path) -> None:
    """0,05 beside 10 is read as it stands, 0,05 %: who meant 5 % is told."""
    head, one, two, _ = LOTS.split("\n")
    source = lots(tmp_path, f"{head};obligation_pct\n{one};0,05\n{two};10\n")
    release, notices = read(source, write_csv(tmp_path / "h", [], [])[1])
    shares = rows(release, "contracts", "obligation_pct")
    assert sorted(shares) == [(Decimal("0.05"),), (Decimal(10),)]
    (notice,) = [notice for notice in notices if notice.kind == "read_small_percent"]
    assert (notice.row, notice.value, notice.count) == (2, "0,05", 1)


def test_euros_and_hours_with_their_units_in_a_csv(tmp_path: Path) -> None:
    source = (
        LOTS.replace(";status\n", ";status;amount_eur\n")
        .replace("1000;", "1 000 h;")
        .replace(";running\n", ";En cours;125 000,50 €\n", 1)
    )
    source = source.replace(";running\n", ";EN COURS;12 k€\n")
    release, notices = read(lots(tmp_path, source), write_csv(tmp_path / "h", [], [])[1])
    assert rows(release, "contracts", "hours_committed, amount_eur, status") == [
        (Decimal(1000), Decimal("125000.50"), "running"),
        (Decimal(500), Decimal(12_000), "running"),
    ]
    assert kinds(notices) == {"read_unit": 2, "read_scaled": 1, "read_label": 2, "no_hours": 1}


# Above, below and between the rows


TITLES: dict[str, str] = {
    "a title of one field": "Suivi des clauses\n",
    "a title across the columns": "Suivi des clauses;;;;;;\n;;;;;;\n",
    "blank lines": "\n\n;;;;;;\n",
    "two notes and a date": "Direction des achats\nExport du 30/04/2024\n\n",
    "Excel's own line": "sep=;\nSuivi;;;;;;\n",
}


@pytest.mark.parametrize("title", TITLES)
def test_the_header_is_looked_for_below_titles(title: str, tmp_path: Path) -> None:
    source = TITLES[title] + lines("1;M1;01;01/03/2024;10;10;validated", "2;M1;01;01/04/2024;20;20;validated")
    release, notices = read(lots(tmp_path), text(tmp_path, "h.csv", source))
    assert hours(release) == Decimal(30)
    assert kinds(notices) == ({} if title == "blank lines" else {"header_below": 1})


TOTALS = {
    "in the first cell": "Total;;;;30;30;",
    "in capitals, of a year": "TOTAL 2024;;;;30;30;",
    "in another cell": ";;;Total général;30;30;",
    "a subtotal of a contract": "Sous-total M1;;;;30;30;",
    "a sum under another name": ";;;Cumul;30;30;",
    "with its keys filled": "Total;M1;01;01/04/2024;30;30;validated",
    "in the lot, its keys filled": "3;M1;Total;01/04/2024;30;30;validated",
    "in the month, its keys filled": "3;M1;01;Total 2024;30;30;validated",
    "carried over": ";;;À reporter;30;30;",
    "of spaced letters": "T O T A L;;;;30;30;",
}


@pytest.mark.parametrize("total", TOTALS)
def test_a_row_of_totals_is_left_out_with_what_it_holds(total: str, tmp_path: Path) -> None:
    source = lines("1;M1;01;01/03/2024;10;10;validated", "2;M1;01;01/04/2024;20;20;validated", TOTALS[total])
    release, notices = read(lots(tmp_path), text(tmp_path, "h.csv", source))
    assert hours(release) == Decimal(30)
    (notice,) = notices
    assert (notice.kind, notice.row, notice.values["amount"]) == ("totals_row", 4, "30,00 h")


def test_a_total_whose_formulas_have_no_value_stops_nothing(tmp_path: Path) -> None:
    """Its cells are not read; the one of a line is named."""
    given = ("1", "M1", "01", dt.date(2024, 3, 1), 10, 10, "validated")
    total = ("Total", None, None, None, "=SUM(E2:E2)", "=SUM(F2:F2)", None)
    release, notices = read(lots(tmp_path), book(tmp_path, given, total))
    assert (hours(release), kinds(notices)) == (Decimal(10), {"totals_row": 1})
    problems = refused(lots(tmp_path), book(tmp_path, (*given[:5], "=E2", "validated"), total))
    assert [(problem.kind, problem.values["cell"]) for problem in problems] == [("formula", "F2")]


def test_a_contract_whose_subject_begins_with_total_is_data(tmp_path: Path) -> None:
    release, notices = read(lots(tmp_path, LOTS.replace("Gymnase", "Total")), write_csv(tmp_path / "h", [], [])[1])
    assert rows(release, "contracts", "subject") == [("Total",), ("Total",)]
    assert kinds(notices) == {"no_hours": 1}


def test_a_last_row_that_equals_the_others_is_asked_about(tmp_path: Path) -> None:
    """10 + 20 = 30: a total without a name, or three lines of work."""
    source = text(
        tmp_path,
        "h.csv",
        lines(*(f"{n};M1;01;01/0{n}/2024;{h};{h};validated" for n, h in ((1, 10), (2, 20), (3, 30)))),
    )
    files = [lots(tmp_path), source]
    (asked,) = refused(*files)
    assert (asked.kind, asked.row) == ("total_question", 4)
    for answer, total in (("data", 60), ("out", 30)):
        release, notices = read(*files, mapping=text(tmp_path, "m.toml", f'[hours.rows]\ntotals = "{answer}"\n'))
        assert hours(release) == Decimal(total)
        assert ("totals_row" in kinds(notices)) is (answer == "out")


def test_notes_below_the_table_are_left_out_and_a_line_cut_short_is_not(tmp_path: Path) -> None:
    source = lines("1;M1;01;01/03/2024;10;10;validated", "", "* chiffres provisoires")
    release, notices = read(lots(tmp_path), text(tmp_path, "h.csv", source))
    assert (hours(release), kinds(notices)) == (Decimal(10), {"note_lines": 1})
    (problem,) = refused(
        lots(tmp_path), text(tmp_path, "h.csv", lines("1;M1;01;01/03/2024;10;10;validated", "2;M1;01"))
    )
    assert problem.kind == "ragged_line"


def test_a_header_over_two_rows_is_joined(tmp_path: Path) -> None:
    heads = ("Ligne de déclaration", "Identifiant du marché", "Lot", "Mois travaillé", "Heures", None, "État")
    below = (None, None, None, None, "déclarées", "validées", None)
    source = book(tmp_path, below, ("1", "M1", "01", "mars 2024", 12, 10, "validée"), heads=heads)
    release, notices = read(lots(tmp_path), source, mapping=text(tmp_path, "m.toml", HEADERS_OF_TWO_ROWS))
    assert rows(release, "hours", "hours_declared, hours_validated") == [(Decimal(12), Decimal(10))]
    assert kinds(notices)["two_row_header"] == 1


HEADERS_OF_TWO_ROWS = '[hours.columns]\n"Heures déclarées" = "hours_declared"\n"Heures validées" = "hours_validated"\n'


def test_a_sum_without_a_name_is_left_out_and_a_row_without_its_keys_is_not(tmp_path: Path) -> None:
    """10 + 20 = 30 below the lines is their sum; 31 is hours that nobody could place."""
    given = ["1;M1;01;01/03/2024;10;10;validated", "2;M1;01;01/04/2024;20;20;validated"]
    release, notices = read(lots(tmp_path), text(tmp_path, "h.csv", lines(*given, ";;;;30;30;")))
    assert (hours(release), kinds(notices)) == (Decimal(30), {"totals_row": 1})
    problems = refused(lots(tmp_path), text(tmp_path, "h.csv", lines(*given, ";;;;31;31;")))
    assert {problem.kind for problem in problems} == {"missing_value"}


def test_a_header_that_comes_again_is_no_row(tmp_path: Path) -> None:
    given = lines("1;M1;01;01/03/2024;10;10;validated")
    release, notices = read(lots(tmp_path), text(tmp_path, "h.csv", given + given.replace("\n1;", "\n2;")))
    assert (hours(release), kinds(notices)) == (Decimal(20), {"note_lines": 1})


# Workbooks


def test_hidden_sheets_are_passed_over(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    for n, state in enumerate(("visible", "hidden", "veryHidden")):
        sheet = made.create_sheet(f"Feuille {n}")
        sheet.sheet_state = state
        sheet.append(list(HEADS))
        sheet.append([f"E{n}", "M1", "01", dt.date(2024, 3, 1), 10, 10, "validated"])
    made.remove(made.worksheets[0])
    made.save(tmp_path / "h.xlsx")
    release, notices = read(lots(tmp_path), tmp_path / "h.xlsx")
    assert (hours(release), kinds(notices)) == (Decimal(10), {"hidden_sheet": 2})


def test_filtered_rows_are_read_and_counted(tmp_path: Path) -> None:
    """A filter hides rows that are data: 10 + 20 = 30 h, and one row that the eye did not see."""
    source = book(
        tmp_path,
        ("1", "M1", "01", dt.date(2024, 3, 1), 10, 10, "validated"),
        ("2", "M1", "01", dt.date(2024, 4, 1), 20, 20, "validated"),
    )
    made = openpyxl.load_workbook(source)
    made.worksheets[0].row_dimensions[3].hidden = True
    made.save(source)
    release, notices = read(lots(tmp_path), source)
    assert (hours(release), kinds(notices)) == (Decimal(30), {"hidden_rows": 1})


def test_hidden_columns_are_read_and_counted(tmp_path: Path) -> None:
    """E and F are hidden and read; the empty rest of the sheet, hidden too, is no column."""
    source = book(tmp_path, ("1", "M1", "01", dt.date(2024, 3, 1), 10, 10, "validated"))
    made = openpyxl.load_workbook(source)
    made.worksheets[0].column_dimensions.group("E", "F", hidden=True)
    made.worksheets[0].column_dimensions.group("H", "XFD", hidden=True)
    made.save(source)
    release, notices = read(lots(tmp_path), source)
    assert (hours(release), kinds(notices)) == (Decimal(10), {"hidden_columns": 2})


def formulas(tmp_path: Path, value: float | str) -> Path:
    """A workbook whose validated hours are a formula with its saved value, as spreadsheet programs write it."""
    made = xlsxwriter.Workbook(tmp_path / "h.xlsx")
    sheet = made.add_worksheet()
    sheet.write_row(0, 0, [*HEADS, "Contrôle"])
    sheet.write_row(1, 0, ["1", "M1", "01", "2024-03-01", 10])
    sheet.write_formula(1, 5, "=E2", None, value)
    sheet.write(1, 6, "validated")
    sheet.write_formula(1, 7, "=E2", None, "")
    made.close()
    return tmp_path / "h.xlsx"


def test_a_formula_is_its_saved_value(tmp_path: Path) -> None:
    release, notices = read(lots(tmp_path), formulas(tmp_path, 10))
    assert hours(release) == Decimal(10)
    assert kinds(notices) == {"formulas": 1, "unread_columns": 1}


def test_a_formula_without_a_value_is_named_where_it_is_read(tmp_path: Path) -> None:
    (problem,) = refused(lots(tmp_path), formulas(tmp_path, ""))
    assert (problem.kind, problem.values["cell"]) == ("formula", "F2")


def test_an_ods_is_read_as_a_workbook(tmp_path: Path) -> None:
    """A duration, a percentage, a date, a formula, a hidden sheet and repeated empty cells. 151,5 + 7,5 = 159 h."""
    source = write_ods(
        tmp_path / "h.ods",
        {
            "Heures": [
                [*HEADS],
                [
                    "1",
                    "M1",
                    "01",
                    dt.date(2024, 3, 1),
                    dt.timedelta(hours=151, minutes=30),
                    dt.timedelta(hours=151, minutes=30),
                    "validated",
                ],
                ["2", "M1", "01", dt.date(2024, 4, 1), 7.5, ("=E3", 7.5), "validated"],
            ],
            "-Copie": [[*HEADS], ["3", "M1", "01", dt.date(2024, 3, 1), 1, 1, "validated"]],
        },
    )
    release, notices = read(lots(tmp_path), source)
    assert hours(release) == Decimal(159)
    assert kinds(notices) == {"hidden_sheet": 1, "formulas": 1, "read_duration": 2}


# Lots, identifiers, communes


@pytest.mark.parametrize("spelt", ["1", "001", "Lot 1", "lot n°1", "1.0", " 01 "])
def test_a_lot_spelt_otherwise_is_joined_when_it_is_the_only_reading(spelt: str, tmp_path: Path) -> None:
    source = lines(f"1;M1;{spelt};01/03/2024;10;10;validated")
    release, _ = read(lots(tmp_path), text(tmp_path, "h.csv", source))
    assert rows(release, "hours", "contract_id, lot_id") == [("M1", "01")]


def test_hours_without_a_lot_are_those_of_the_only_lot(tmp_path: Path) -> None:
    one = "\n".join(LOTS.split("\n")[:2]) + "\n"
    source = text(tmp_path, "h.csv", lines("1;M1;00;01/03/2024;10;10;validated"))
    release, notices = read(lots(tmp_path, one), source)
    assert rows(release, "hours", "lot_id") == [("01",)]
    assert kinds(notices) == {"lot_joined": 1}
    # Of a contract with two lots they could be of either.
    assert [problem.kind for problem in refused(lots(tmp_path), source)] == ["too_many_left_out", "lot_missing"]


def test_a_contract_that_lost_its_zeros_is_joined_when_it_is_the_only_reading(tmp_path: Path) -> None:
    source = text(tmp_path, "h.csv", lines("1;12;01;01/03/2024;10;10;validated"))
    release, notices = read(lots(tmp_path, LOTS.replace("M1;", "0012;")), source)
    assert rows(release, "hours", "contract_id, lot_id") == [("0012", "01")]
    assert kinds(notices)["lot_joined"] == 1
    both = LOTS.replace("M1;01", "0012;01").replace("M1;02", "012;01")
    assert "lot_missing" in [problem.kind for problem in refused(lots(tmp_path, both), source)]


def test_a_lot_with_two_readings_is_not_joined(tmp_path: Path) -> None:
    """The contracts have lots 1 and 01: the hours of lot 001 could be of either."""
    both = LOTS.replace("M1;02", "M1;1")
    problems = refused(lots(tmp_path, both), text(tmp_path, "h.csv", lines("1;M1;001;01/03/2024;10;10;validated")))
    assert [problem.kind for problem in problems] == ["too_many_left_out", "lot_missing"]
    assert problems[1].values["found"] == "M1 / 001"


def test_communes_by_name_former_and_ambiguous(tmp_path: Path) -> None:
    def source(first: str, second: str) -> Path:
        head, one, two, _ = LOTS.split("\n")
        return lots(tmp_path, f"{head};execution_commune\n{one};{first}\n{two};{second}\n")

    empty = write_csv(tmp_path / "h", [], [])[1]
    release, notices = read(source("St Etienne du Rouvray", "76633"), empty)
    assert rows(release, "contracts", "execution_commune") == [("76475",), ("76575",)]
    assert kinds(notices) == {"read_commune_name": 1, "read_former_commune": 1, "no_hours": 1}
    (asked,) = refused(source("Saint-Denis", "plusieurs communes"), empty)
    assert asked.kind == "several_communes"
    answer = '[contracts.values.execution_commune]\n"Saint-Denis" = "93066"\n'
    release, _ = read(source("Saint-Denis", "plusieurs communes"), empty, mapping=text(tmp_path, "m.toml", answer))
    assert rows(release, "contracts", "execution_commune") == [("93066",), (None,)]


def test_a_contract_number_that_lost_its_digits_stops_the_publish(tmp_path: Path) -> None:
    problems = refused(lots(tmp_path, LOTS.replace("M1;", "2,02401E+9;")), write_csv(tmp_path / "h", [], [])[1])
    assert {(problem.kind, problem.value) for problem in problems} == {("lost_digits", "2,02401E+9")}


def test_a_siret_that_lost_its_digits_is_left_empty_and_counted(tmp_path: Path) -> None:
    """Two companies whose SIRET became the same number stay two: their names tell them apart."""
    head, one, two, _ = LOTS.split("\n")
    head += ";contractor_name;contractor_siret"
    source = lots(tmp_path, f"{head}\n{one};MACON SA;4,93201E+13\n{two};PAVE SARL;4,93201E+13\n")
    release, notices = read(source, text(tmp_path, "h.csv", lines("1;M1;01;01/03/2024;10;10;validated")))
    assert rows(release, "contracts", "contractor_name, contractor_siret") == [("MACON SA", None), ("PAVE SARL", None)]
    assert [(n.kind, n.file, n.row, n.column, n.value, n.count) for n in notices] == [
        ("read_lost_digits", "marches.csv", 2, "contractor_siret", "4,93201E+13", 2)
    ]


def test_a_client_known_by_a_siret_that_lost_its_digits_is_refused(tmp_path: Path) -> None:
    head, one, two, _ = LOTS.replace(";client_id;", ";SIRET;").replace(";C1;", ";2,17605E+13;").split("\n")
    mapping = text(tmp_path, "m.toml", '[contracts.columns]\n"SIRET" = ["client_siret", "client_id"]\n')
    problems = refused(lots(tmp_path, f"{head}\n{one}\n{two}\n"), write_csv(tmp_path / "h", [], [])[1], mapping=mapping)
    assert [(p.kind, p.row, p.column, p.value) for p in problems] == [
        ("lost_digits", 2, "SIRET (client_id)", "2,17605E+13")
    ]


def test_participants_who_lost_their_digits_are_refused_and_not_repeated(tmp_path: Path) -> None:
    """A pseudonym of digits alone is a number to a spreadsheet: a hundred people would be one."""
    source = text(
        tmp_path,
        "h.csv",
        lines("1;M1;01;03/2024;10;10;validated;1,23457E+15", "2;M1;01;03/2024;10;10;validated;ab12").replace(
            "status\n", "status;participant_id\n"
        ),
    )
    problems = refused(lots(tmp_path), source)
    assert [(p.kind, p.row, p.column, p.value) for p in problems] == [("lost_digits", 2, "participant_id", None)]


def test_buyers_of_the_decp_who_lost_their_digits_are_not_one(tmp_path: Path) -> None:
    """Two of three contracts have no buyer any more: they are left out and counted, and never one contract."""
    decp = text(
        tmp_path,
        "decp.csv",
        "id;acheteur_id;objet;dateNotification;montant\nA;2,17605E+13;x;2024-01-02;10\nA;2,17605E+13;y;2024-01-02;20\n"
        f"B;{BUYER};z;2024-01-02;30\n",
    )
    release, notices = read(lots(tmp_path), text(tmp_path, "h.csv", lines("1;M1;01;03/2024;1;1;validated")), decp)
    assert rows(release, "notified", "contract_ref, subject") == [("B", "z")]
    assert kinds(notices)["read_lost_digits"] == 2


# Mappings


def test_a_mapping_makes_what_a_table_has_not(tmp_path: Path) -> None:
    """An id from a name, a lot, a constant status, the type by the client, a month from year and month, one column of hours."""
    contracts = lots(
        tmp_path,
        "Réf;Intitulé;Donneur d'ordre;Article;Heures à réaliser;Notifié le\n"
        "A;Gymnase;Ville A;art. 14;100;05/01/2024\nB;Route;Dépt 99;art. 30;200;06/01/2024\n",
    )
    done = text(
        tmp_path, "h.csv", "Réf;Année;Mois;Heures\nA;2024;3;10\nB;2024;avril;1800 min\n".replace("1800 min", "30")
    )
    mapping = text(
        tmp_path,
        "m.toml",
        """
        [contracts.columns]
        "Réf" = "contract_id"
        "Intitulé" = "subject"
        "Donneur d'ordre" = "client_name"
        "Article" = "clause_category"
        "Heures à réaliser" = "hours_committed"
        "Notifié le" = ["notified_on", "starts_on"]
        [contracts.made]
        client_id = ["client_name"]
        [contracts.by.client_type.client_name]
        "Ville A" = "commune"
        "Dépt 99" = "departement"
        [contracts.values.clause_category]
        "art. 14" = "execution"
        "art. 30" = "insertion"
        [contracts.defaults]
        lot_id = "00"
        ends_on = ""
        status = "running"
        [hours.columns]
        "Réf" = "contract_id"
        "Heures" = ["hours_declared", "hours_validated"]
        [hours.made]
        entry_id = ["file", "row"]
        month = ["Année", "Mois"]
        [hours.defaults]
        lot_id = "00"
        status = "validated"
        """,
    )
    release, _ = read(contracts, done, mapping=mapping)
    assert rows(release, "contracts", "contract_id, lot_id, client_id, client_type, starts_on") == [
        ("A", "00", "Ville A", "commune", dt.date(2024, 1, 5)),
        ("B", "00", "Dépt 99", "departement", dt.date(2024, 1, 6)),
    ]
    assert rows(release, "hours", "entry_id, contract_id, month, hours_declared, hours_validated, status") == [
        ("h.csv-2", "A", dt.date(2024, 3, 1), Decimal(10), Decimal(10), "validated"),
        ("h.csv-3", "B", dt.date(2024, 4, 1), Decimal(30), Decimal(30), "validated"),
    ]


def test_hours_in_minutes_by_their_unit(tmp_path: Path) -> None:
    source = text(tmp_path, "h.csv", lines("1;M1;01;01/03/2024;90;90;validated", "2;M1;01;01/04/2024;20;20;validated"))
    mapping = text(tmp_path, "m.toml", '[hours.units]\nhours_declared = "min"\nhours_validated = "min"\n')
    release, notices = read(lots(tmp_path), source, mapping=mapping)
    assert [h for (h,) in rows(release, "hours", "hours_validated")] == [Decimal("0.33"), Decimal("1.50")]
    assert kinds(notices) == {"read_in_units": 4}


@pytest.mark.parametrize("column", ["contract_id", "client_id", "client_name", "client_siret", "contract_ref"])
def test_a_default_for_what_identifies_is_refused(column: str) -> None:
    with pytest.raises(ExtractError, match="identifie quelque chose"):
        mapping_of({"contracts": {"defaults": {column: "X"}}}, "m.toml")


def test_the_only_default_lot_is_the_one_of_a_contract_without_lots() -> None:
    with pytest.raises(ExtractError, match="le seul lot par défaut"):
        mapping_of({"hours": {"defaults": {"lot_id": "01"}}}, "m.toml")
    assert mapping_of({"hours": {"defaults": {"lot_id": "00"}}}, "m.toml").tables["hours"].defaults == {"lot_id": "00"}


def test_a_mapping_written_is_a_mapping_read(tmp_path: Path) -> None:
    said = {
        "contracts": {
            "columns": {'a "b"\\c': "subject", "N°\tmarché": ["contract_id", "contract_ref"], "rien": ""},
            "made": {"client_id": ["client_name"]},
            "by": {"client_type": {"client_name": {"Ville = A": "commune"}}},
            "values": {"status": {"fini # ?": "closed", "": "running"}},
            "defaults": {"lot_id": "00", "ends_on": ""},
            "units": {"obligation_pct": "fraction"},
            "rows": {"totals": "out"},
        },
        "hours": {"months": {"columns": ["hours_validated"], "year": 2024}},
        "sheets": {"a.xlsx [Notes]": ""},
    }
    mapping = mapping_of(said, "m.toml")
    assert load_mapping(text(tmp_path, "m.toml", mapping_text(mapping))) == mapping


def suggested(*files: Path) -> str:
    with check(list(files), today=TODAY) as extract:
        assert extract.problems
        return extract.mapping_text()


def test_what_is_suggested_for_two_ordinary_tables_publishes_when_pasted(tmp_path: Path) -> None:
    """35,5 + 20 = 55,5 h of 300 + 150 = 450 h promised; the facilitator's own total of what is done is read nowhere."""
    contracts = lots(
        tmp_path,
        "N° du marché;Libellé;Acheteur;Entreprise;Clause;Objectif (heures);Démarrage;Échéance;Avancement;Heures réalisées à ce jour\n"
        "24-01;École;Ville de B;MACON SA;Article 14;300;02/01/2024;30/06/2025;En cours;35,5\n"
        "24-02;Voirie;CHU de B;PAVE SARL;L2113-13;150;03/02/2024;;Terminé;20\n",
    )
    done = text(
        tmp_path,
        "suivi.csv",
        "N° du marché;Période;Heures effectuées\n24-01;mars 2024;35,5\n24-02;avr-24;20\n",
        "cp1252",
    )
    files = [contracts, done]
    mapping = text(tmp_path, "m.toml", suggested(*files))
    release, _ = read(*files, mapping=mapping)
    assert hours(release) == Decimal("55.5")
    assert rows(release, "contracts", "contract_id, client_type, clause_category, hours_committed, status") == [
        ("24-01", "commune", "execution", Decimal(300), "running"),
        ("24-02", "hopital", "reserved_iae", Decimal(150), "closed"),
    ]


def wide(tmp_path: Path, heads: Row, *rows_: Row, title: str | None = None) -> Path:
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    for row in ([(title,), ()] if title else []) + [heads, *rows_]:
        sheet.append(list(row))
    made.save(tmp_path / "bilan.xlsx")
    return tmp_path / "bilan.xlsx"


MONTHS: dict[str, tuple[Row, str | None]] = {
    "short names with a year": (("janv-24", "févr-24", "mars-24"), None),
    "numbers": (("01/2024", "02/2024", "03/2024"), None),
    "dates": ((dt.date(2024, 1, 1), dt.date(2024, 2, 1), dt.date(2024, 3, 1)), None),
    "names under a title with the year": (("Janvier", "Février", "Mars"), "Bilan 2024"),
    "long names": (("janvier 2024", "février 2024", "mars 2024"), "Suivi"),
}


@pytest.mark.parametrize("name", MONTHS)
def test_months_as_columns_become_rows_once_confirmed(name: str, tmp_path: Path) -> None:
    """10 + 20,5 in the first lot, 5 in the second: 35,5 h. The total row and column are no hours."""
    months, title = MONTHS[name]
    source = wide(
        tmp_path,
        ("Identifiant du marché", "Lot", *months, "Total"),
        ("M1", "01", 10, None, 20.5, 30.5),
        ("M1", "02", None, 5, 0, 5),
        ("TOTAL", None, 10, 5, 20.5, 35.5),
        title=title,
    )
    files = [lots(tmp_path), source]
    assert "months_as_columns" in [problem.kind for problem in refused(*files)]
    release, notices = read(*files, mapping=text(tmp_path, "m.toml", suggested(*files)))
    assert rows(release, "hours", "lot_id, month, hours_validated") == [
        ("01", dt.date(2024, 1, 1), Decimal(10)),
        ("01", dt.date(2024, 3, 1), Decimal("20.5")),
        ("02", dt.date(2024, 2, 1), Decimal(5)),
    ]
    assert kinds(notices)["totals_row"] >= 1


def test_months_under_a_header_of_two_rows(tmp_path: Path) -> None:
    source = wide(
        tmp_path,
        ("Identifiant du marché", "Lot", "Heures", None, None, "Total"),
        (None, None, "janvier", "février", "mars", None),
        ("M1", "01", 10, 20, 30, 60),
        title="Année 2024",
    )
    files = [lots(tmp_path), source]
    release, _ = read(*files, mapping=text(tmp_path, "m.toml", suggested(*files)))
    assert rows(release, "hours", "month, hours_validated") == [
        (dt.date(2024, 1, 1), Decimal(10)),
        (dt.date(2024, 2, 1), Decimal(20)),
        (dt.date(2024, 3, 1), Decimal(30)),
    ]


def test_a_sheet_a_year_that_describes_its_lots_counts_each_lot_once(tmp_path: Path) -> None:
    """1 + 2 + 3 in 2023 and 4 + 5 + 6 in 2024: 21 h. The lot's last description holds."""
    made = openpyxl.Workbook()
    for year, subject, done in (("23", "Ancien nom", (1, 2, 3)), ("24", "Nouveau nom", (4, 5, 6))):
        sheet = made.create_sheet(f"20{year}")
        sheet.append(
            ["Réf. marché", "Objet", "Maître d'ouvrage", *(f"{month}-{year}" for month in ("janv", "févr", "mars"))]
        )
        sheet.append(["A", subject, "Ville A", *done])
    made.remove(made.worksheets[0])
    made.save(tmp_path / "bilan.xlsx")
    mapping = text(tmp_path, "m.toml", suggested(tmp_path / "bilan.xlsx"))
    release, notices = read(tmp_path / "bilan.xlsx", mapping=mapping)
    assert (hours(release), kinds(notices)["lots_repeated"]) == (Decimal(21), 1)
    assert rows(release, "contracts", "contract_id, lot_id, subject") == [("A", "00", "Nouveau nom")]


def test_a_page_may_stop_between_the_stages(tmp_path: Path) -> None:
    """Opened once, planned twice: a plan is a value, and so is the mapping that changes it."""
    done = text(tmp_path, "h.csv", "Réf. marché;Lot;Mois;Heures\nM1;01;mars 2024;10\n")
    (tmp_path / "work").mkdir()
    found = opened([lots(tmp_path), done], Mapping(), load_settings(), tmp_path / "work", quiet)
    with found.extract.connection:
        first = found.plan(Mapping())
        assert [plan.table and plan.table.name for plan in first.tables] == ["contracts", None]
        mapping = load_mapping(text(tmp_path, "m.toml", first.text()))
        second = found.plan(mapping)
        assert [plan.table and plan.table.name for plan in second.tables] == ["contracts", "hours"]
        assert second.tables[1].fields["month"].header == "Mois"
        extract = typed(found, second)
        assert extract.problems == []
        assert extract.one("SELECT contract_id, month, hours_validated FROM hours_read") == (
            "M1",
            dt.date(2024, 3, 1),
            Decimal(10),
        )


def test_a_year_that_is_nowhere_is_asked(tmp_path: Path) -> None:
    files = [
        lots(tmp_path),
        wide(tmp_path, ("Identifiant du marché", "Lot", "janvier", "février", "mars"), ("M1", "01", 1, 2, 3)),
    ]
    mapping = (
        '[hours.months]\ncolumns = ["hours_declared", "hours_validated"]\n[hours.made]\nentry_id = ["file", "row"]\n'
    )
    mapping += '[hours.defaults]\nstatus = "validated"\n'
    assert refused(*files, mapping=text(tmp_path, "m.toml", mapping))[0].kind == "months_without_year"
    release, _ = read(
        *files, mapping=text(tmp_path, "m.toml", mapping.replace("]\n[hours.made]", "]\nyear = 2023\n[hours.made]"))
    )
    assert {month.year for (month,) in rows(release, "hours", "month")} == {2023}


OVER_TWO_YEARS: dict[str, tuple[str | None, str, int | None]] = {
    "a title with both years": ("Saison 2023-2024", "", 2023),
    "the year of the first month in the mapping": (None, "year = 2023", 2023),
    "a title with one of them": ("Bilan 2023", "", None),
    "no year": (None, "", None),
}


@pytest.mark.parametrize("name", OVER_TWO_YEARS)
def test_months_on_both_sides_of_a_december(name: str, tmp_path: Path) -> None:
    """November and December are of one year, January of the next; a title that names one year may mean either."""
    title, said, first = OVER_TWO_YEARS[name]
    heads = ("Identifiant du marché", "Lot", "Novembre", "Décembre", "Janvier", "Total")
    files = [lots(tmp_path), wide(tmp_path, heads, ("M1", "01", 1, 2, 3, 6), title=title)]
    mapping = text(
        tmp_path,
        "m.toml",
        f'[hours.months]\ncolumns = ["hours_declared", "hours_validated"]\n{said}\n'
        '[hours.made]\nentry_id = ["file", "row"]\n[hours.defaults]\nstatus = "validated"\n',
    )
    if first is None:
        assert refused(*files, mapping=mapping)[0].kind == "months_without_year"
        return
    release, _ = read(*files, mapping=mapping)
    assert rows(release, "hours", "month, hours_validated") == [
        (dt.date(first, 11, 1), Decimal(1)),
        (dt.date(first, 12, 1), Decimal(2)),
        (dt.date(first + 1, 1, 1), Decimal(3)),
    ]


def test_one_month_without_its_year_among_others_is_asked(tmp_path: Path) -> None:
    source = wide(tmp_path, ("Identifiant du marché", "Lot", "nov-23", "déc-23", "janvier"), ("M1", "01", 1, 2, 3))
    files = [lots(tmp_path), source]
    assert "year" in suggested(*files)
    mapping = text(tmp_path, "m.toml", suggested(*files))
    assert refused(*files, mapping=mapping)[0].kind == "months_without_year"


# Files written on Windows


WRITTEN: dict[str, Callable[[str], bytes]] = {
    "with a mark": lambda said: said.encode("utf-8-sig"),
    "UTF-16": lambda said: said.encode("utf-16"),
    "UTF-16 without a mark": lambda said: said.encode("utf-16-le"),
    "Windows-1252": lambda said: said.encode("cp1252"),
    "line ends of Windows": lambda said: said.replace("\n", "\r\n").encode(),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_a_mapping_saved_on_windows_is_read(name: str, tmp_path: Path) -> None:
    (tmp_path / "m.toml").write_bytes(WRITTEN[name]('[contracts.columns]\n"Réf. du marché" = "contract_id"\n'))
    assert load_mapping(tmp_path / "m.toml").tables["contracts"].columns == {"Réf. du marché": ("contract_id",)}


@pytest.mark.parametrize(
    ("content", "row", "reason"),
    [
        ("[contracts.columns]\n“a” = “subject”\n".encode(), 2, "guillemets typographiques “ ”"),
        ("[contracts.columns]\n« a » = \"subject\"\n".encode(), 2, "guillemets typographiques « »"),
        (b"[contracts.columns]\n\"\xc3\xa9\" = \"\"\n\"\xe9\" = \"\"\n", 3, "enregistrez le fichier en UTF-8"),
        (b"[contracts.columns]\n\"a\" = subject\n", 2, "ce n’est pas du TOML"),
    ],
)  # fmt: skip
def test_a_mapping_that_is_no_toml_names_its_line(content: bytes, row: int, reason: str, tmp_path: Path) -> None:
    (tmp_path / "m.toml").write_bytes(content)
    with pytest.raises(ExtractError) as error:
        load_mapping(tmp_path / "m.toml")
    (problem,) = error.value.problems
    assert problem.row == row
    assert reason in str(error.value).replace("\u202f", " ")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
def test_a_csv_in_unicode_text_is_read(encoding: str, tmp_path: Path) -> None:
    source = "\ufeff" * (encoding != "utf-16") + lines("1;M1;01;01/03/2024;10;10;validated")
    release, _ = read(lots(tmp_path), text(tmp_path, "h.csv", source, encoding))
    assert hours(release) == Decimal(10)


# The DECP


def decp(tmp_path: Path, *rows_: str, heads: str) -> Path:
    return text(tmp_path, "decp.csv", "\n".join([heads, *rows_, ""]))


def notified(release: Release, columns: str) -> list[Row]:
    return rows(release, "notified", columns)


BUYER = "73282932000074"
VERSIONS = (f"A;{BUYER};École;2024-05-01;100", f"A;{BUYER};École;2024-03-01;80", f"A;{BUYER};École;2024-07-01;90")


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0), (2, 0, 1)])
def test_the_order_of_rows_is_not_that_of_time(order: tuple[int, ...], tmp_path: Path) -> None:
    """Without a rank, dates decide: 80 € in March is the first amount, 90 € in July the last."""
    source = decp(tmp_path, *(VERSIONS[n] for n in order), heads="id;acheteur_id;objet;dateNotification;montant")
    release, _ = read(lots(tmp_path), write_csv(tmp_path / "h", [], [])[1], source)
    assert notified(release, "notified_on, initial_amount_eur, amount_eur") == [
        (dt.date(2024, 3, 1), Decimal(80), Decimal(90))
    ]


FORMS = {
    "data.economie.gouv.fr": (
        "id;acheteur.id;nature;objet;codecpv;datenotification;montant;montantmodification;considerationssociales;idmodification",
        f"A;{BUYER};Marché;École;45000000;2024-03-01;80;120;Clause sociale;1",
    ),
    "a list of modified amounts": (
        "id;acheteur.id;nature;objet;codecpv;datenotification;montant;montantmodification;considerationssociales;idmodification",
        f"A;{BUYER};Marché;École;45000000;2024-03-01;80;[100, 120];Clause sociale;2",
    ),
    "SCDL": (
        "MARCHE_ID;ACHETEURS_ID;NATURE_MARCHE;MARCHE_OBJET;CPV_CODE;NOTIFICATION_DATE;MONTANT;MODIF_MARCHE_MONTANT",
        f"A;{BUYER};Marché;École;45000000;2024-03-01;80;120",
    ),
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_modified_amounts_of_tables(form: str, tmp_path: Path) -> None:
    heads, row = FORMS[form]
    release, notices = read(lots(tmp_path), write_csv(tmp_path / "h", [], [])[1], decp(tmp_path, row, heads=heads))
    assert notified(release, "contract_ref, subject, cpv_code, initial_amount_eur, amount_eur") == [
        ("A", "École", "45000000", Decimal(80), Decimal(120))
    ]
    assert "unread_columns" not in kinds(notices)


def test_the_xml_of_the_decp(tmp_path: Path) -> None:
    source = text(
        tmp_path,
        "decp.xml",
        f"""<?xml version="1.0" encoding="UTF-8"?>
        <marches><marche><id>A</id><acheteur><id>{BUYER}</id></acheteur><nature>Marché</nature><objet>École</objet>
        <codeCPV>45000000-7</codeCPV><dateNotification>2024-03-01+01:00</dateNotification><montant>80</montant>
        <considerationsSociales><considerationSociale>Clause sociale</considerationSociale>
        <considerationSociale>Critère social</considerationSociale></considerationsSociales>
        <modifications><modification><id>1</id><montant>100</montant></modification>
        <modification><id>2</id><montant>120</montant></modification></modifications></marche></marches>""",
    )
    release, _ = read(lots(tmp_path), write_csv(tmp_path / "h", [], [])[1], source)
    assert notified(release, "initial_amount_eur, amount_eur, modification, notified_on, considerations") == [
        (Decimal(80), Decimal(120), 2, dt.date(2024, 3, 1), ["Clause sociale", "Critère social"])
    ]


def test_a_portal_answers_flat_records(tmp_path: Path) -> None:
    record = {
        "id": "A",
        "acheteur_id": BUYER,
        "objet": "École",
        "datenotification": "2024-03-01",
        "montant": 80,
        "montantmodification": "120",
    }
    source = text(tmp_path, "decp.json", json.dumps({"total_count": 1, "results": [record]}))
    release, _ = read(lots(tmp_path), write_csv(tmp_path / "h", [], [])[1], source)
    assert notified(release, "initial_amount_eur, amount_eur") == [(Decimal(80), Decimal(120))]


def test_a_buyer_one_digit_away_from_a_client_is_named(tmp_path: Path) -> None:
    near = BUYER[:-1] + "5"
    head, one, two, _ = LOTS.split("\n")
    source = lots(tmp_path, f"{head};client_siret\n{one};{BUYER}\n{two};{BUYER}\n")
    table = decp(tmp_path, f"A;{near};École;2024-05-01;100", heads="id;acheteur_id;objet;dateNotification;montant")
    _, notices = read(source, write_csv(tmp_path / "h", [], [])[1], table)
    (notice,) = [notice for notice in notices if notice.kind == "near_buyer"]
    assert (notice.values["buyer"], notice.values["client"]) == (near, "Ville")


# Hostile sources: refused in words, in bounded memory and time


def test_more_columns_than_a_table_has_are_refused_before_anything_else(tmp_path: Path) -> None:
    names = ["Prénom", *(f"c{n}" for n in range(1_500))]
    files = [
        text(tmp_path, "large.csv", ";".join(names) + "\n"),
        book(tmp_path, heads=tuple(names), name="large.xlsx"),
        write_ods(tmp_path / "large.ods", {"A": [names]}),
    ]
    pq.write_table(pa.table({name: ["1"] for name in names}), tmp_path / "large.parquet")
    for file in [*files, tmp_path / "large.parquet"]:
        (problem, *_) = refused(lots(tmp_path), file)
        assert (problem.kind, problem.values) == ("too_many_columns", {"n": 1_501, "most": 1_000}), file


def ods_of(path: Path, rows_: str, before: str = "") -> Path:
    """An ODS whose one sheet has these rows as they stand."""
    write_ods(path, {"A": []})
    with zipfile.ZipFile(path) as archive:
        content = archive.read("content.xml").decode()
    content = content.replace("?>", f"?>{before}", 1).replace("<table:table-row", f"{rows_}<table:table-row", 1)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return path


CELL = "<table:table-cell table:number-columns-repeated='900'><text:p>x</text:p></table:table-cell>"
ENTITIES = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 30}">' for before, name in zip("abcdefg", "bcdefgh", strict=True)
) + "]>"  # fmt: skip


@pytest.mark.parametrize(
    ("rows_", "before"),
    [
        (f'<table:table-row table:number-rows-repeated="1000000">{CELL}</table:table-row>', ""),
        (f'<table:table-row table:number-rows-repeated="2000000000">{CELL}</table:table-row>', ""),
        ("<table:table-row><table:table-cell><text:p>&h;</text:p></table:table-cell></table:table-row>", ENTITIES),
    ],
    ids=["a row a million times", "more rows than a sheet", "entities"],
)
def test_an_ods_that_unpacks_without_end(rows_: str, before: str, tmp_path: Path) -> None:
    (problem, *_) = refused(lots(tmp_path), ods_of(tmp_path / "h.ods", rows_, before))
    assert problem.kind == "broken_ods"


@pytest.mark.parametrize(
    "content", [f"<?xml version='1.0'?>{ENTITIES}<marches><marche><id>&h;</id></marche></marches>", "<a>" * 100_000]
)
def test_an_xml_that_unpacks_without_end(content: str, tmp_path: Path) -> None:
    (problem, *_) = refused(lots(tmp_path), text(tmp_path, "decp.xml", content))
    assert problem.kind == "broken_xml"


def test_a_line_without_end(tmp_path: Path) -> None:
    (problem, *_) = refused(lots(tmp_path), text(tmp_path, "h.csv", lines(f"1;M1;{'x' * 9_000_000}")))
    assert (problem.kind, problem.row) == ("long_line", 2)
