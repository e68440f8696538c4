"""Where a message sends its reader: file, sheet, row and the header that stands there, however the table was reshaped to be read."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from data.check import check
from data.problems import Problem
from data.words import Words
from tests.extracts import TODAY

LOTS = (
    "contract_id;lot_id;subject;client_id;client_name;client_type;clause_category;hours_committed;starts_on;ends_on;status\n"
    "M1;01;Gymnase;C1;Ville;commune;execution;1000;01/01/2023;31/12/2025;running\n"
)
MONTHS = (
    '[hours.columns]\n"N° marché" = "contract_id"\n[hours.months]\ncolumns = ["hours_declared", "hours_validated"]\n'
)
MADE = '[hours.made]\nentry_id = ["file", "row"]\n[hours.defaults]\nstatus = "validated"\n'
Row = tuple[Any, ...]


@pytest.fixture(autouse=True)
def extracts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAP_EXTRACTS", str(tmp_path / "extracts"))


def text(folder: Path, name: str, content: str) -> Path:
    (folder / name).write_text(content, encoding="utf-8")
    return folder / name


def book(folder: Path, *rows: Row) -> Path:
    made = openpyxl.Workbook()
    made.worksheets[0].title = "Bilan"
    for row in rows:
        made.worksheets[0].append(list(row))
    made.create_sheet("Notes").append(["Tenu par la direction des achats"])
    made.save(folder / "bilan.xlsx")
    return folder / "bilan.xlsx"


def read(folder: Path, *files: Path, mapping: str, lots: str = LOTS) -> tuple[list[Problem], list[Problem]]:
    """The problems and the notices."""
    marches = text(folder, "marches.csv", lots)
    with check([marches, *files], mapping=text(folder, "mapping.toml", mapping), today=TODAY) as extract:
        return extract.problems, extract.notices


def places(problems: list[Problem]) -> list[tuple[str | None, int | None, str | None, str | None]]:
    return [(problem.file, problem.row, problem.column, problem.value) for problem in problems]


def test_a_cell_under_a_month_is_named_by_its_month_once(tmp_path: Path) -> None:
    """The cell is read as declared and as validated hours: one message, under the header of the month."""
    source = book(
        tmp_path,
        ("Bilan",),
        ("N° marché", "lot_id", "janv.-24", "févr.-24", "mars-24"),
        ("M1", "01", 10, "beaucoup", 3),
        ("M1", "01", "trop", 1, "trop"),
    )
    problems, _ = read(tmp_path, source, mapping=MONTHS + MADE)
    assert places(problems) == [
        ("bilan.xlsx [Bilan]", 3, "févr.-24", "beaucoup"),
        ("bilan.xlsx [Bilan]", 4, "janv.-24", "trop"),
        ("bilan.xlsx [Bilan]", 4, "mars-24", "trop"),
    ]
    assert "colonne févr.-24" in problems[0].text(Words("fr"))
    assert "hours_declared" not in problems[0].text(Words("fr"))


def test_more_cells_of_months_than_are_listed_name_no_month(tmp_path: Path) -> None:
    rows = [("M1", "01", "a", "b", "c"), ("M1", "01", "d", "e", "f")]
    source = book(tmp_path, ("N° marché", "lot_id", "janv.-24", "févr.-24", "mars-24"), *rows)
    problems, _ = read(tmp_path, source, mapping=MONTHS + MADE)
    assert [(problem.row, problem.column) for problem in problems] == [
        (2, "janv.-24"),
        (2, "févr.-24"),
        (2, "mars-24"),
        (3, "janv.-24"),
        (3, "févr.-24"),
        (None, None),
    ]
    assert problems[-1].count == 1


def test_a_reading_under_a_month_is_counted_once_with_its_header(tmp_path: Path) -> None:
    source = book(
        tmp_path, ("N° marché", "lot_id", "janv.-24", "févr.-24", "mars-24"), ("M1", "01", 1, "7 h 30", "2 h 15")
    )
    problems, notices = read(tmp_path, source, mapping=MONTHS + MADE)
    assert problems == []
    assert [(n.row, n.column, n.value, n.count) for n in notices if n.kind == "read_duration"] == [
        (2, "févr.-24", "7 h 30", 2)
    ]


def test_a_formula_under_a_month_is_named_by_its_cell(tmp_path: Path) -> None:
    """Column D of the sheet, whatever place it has in the table of one row a month."""
    source = book(tmp_path, ("N° marché", "lot_id", "janv.-24", "févr.-24", "mars-24"), ("M1", "01", 1, "=1+1", 3))
    problems, _ = read(tmp_path, source, mapping=MONTHS + MADE)
    assert [(p.kind, p.row, p.column, p.values["cell"]) for p in problems] == [("formula", 2, "févr.-24", "D2")]


def test_a_month_after_the_data_is_named_by_its_column(tmp_path: Path) -> None:
    source = book(tmp_path, ("N° marché", "lot_id", "janv.-24", "févr.-24", "mars 2098"), ("M1", "01", 1, 2, 3))
    problems, _ = read(tmp_path, source, mapping=MONTHS + MADE)
    assert [(p.kind, p.row, p.column) for p in problems] == [("month_after_data", 2, "mars 2098")]


def test_a_header_of_two_rows_is_named_as_one(tmp_path: Path) -> None:
    heads = [("N° marché", "Lot", "Mois", "Heures", None), (None, None, None, "déclarées", "validées")]
    source = book(tmp_path, *heads, ("M1", "01", "mars 2024", 10, "dix"))
    columns = (
        '[hours.columns]\n"N° marché" = "contract_id"\n"Lot" = "lot_id"\n"Mois" = "month"\n'
        '"Heures déclarées" = "hours_declared"\n"Heures validées" = "hours_validated"\n'
    )
    problems, _ = read(tmp_path, source, mapping=columns + MADE)
    assert places(problems) == [("bilan.xlsx [Bilan]", 3, "Heures validées (hours_validated)", "dix")]


def test_months_under_a_header_of_two_rows_are_named_with_their_year(tmp_path: Path) -> None:
    heads = [("N° marché", "lot_id", 2024, None, None), (None, None, "janvier", "février", "mars")]
    source = book(tmp_path, *heads, ("M1", "01", 1, "deux", 3))
    problems, _ = read(tmp_path, source, mapping=MONTHS + MADE)
    assert places(problems) == [("bilan.xlsx [Bilan]", 3, "février 2024", "deux")]


def test_a_month_of_a_year_and_a_month_is_named_by_both(tmp_path: Path) -> None:
    source = text(tmp_path, "suivi.csv", "contract_id;lot_id;Année;N° mois;Heures\nM1;01;2024;3;10\nM1;01;2024;14;10\n")
    columns = '[hours.columns]\n"Heures" = ["hours_declared", "hours_validated"]\n'
    made = MADE.replace("[hours.made]\n", '[hours.made]\nmonth = ["Année", "N° mois"]\n')
    problems, _ = read(tmp_path, source, mapping=columns + made)
    assert places(problems) == [("suivi.csv", 3, "Année + N° mois (month)", "2024 14")]


def test_identifiers_made_from_others_are_named_by_them(tmp_path: Path) -> None:
    """A contract whose number is the operation's and the year's, and a client that is its name."""
    lots = (
        "Opération;An;lot_id;subject;Acheteur;client_type;clause_category;hours_committed;starts_on;ends_on;status\n"
        ";;01;Gymnase;;commune;execution;1000;01/01/2023;31/12/2025;running\n"
    )
    source = text(
        tmp_path,
        "heures.csv",
        "entry_id;contract_id;lot_id;month;hours_declared;hours_validated;status\n1;A;01;03/2024;1;1;validated\n",
    )
    mapping = (
        '[contracts.columns]\n"Acheteur" = "client_name"\n[contracts.made]\n'
        'contract_id = ["Opération", "An"]\nclient_id = ["client_name"]\n'
    )
    problems, _ = read(tmp_path, source, mapping=mapping, lots=lots)
    assert [(p.file, p.row, p.column) for p in problems] == [
        ("marches.csv", 2, "Opération + An (contract_id)"),
        ("marches.csv", 2, "Acheteur (client_id)"),
        ("marches.csv", 2, "Acheteur (client_name)"),
    ]


def test_what_is_judged_over_all_rows_is_named_by_its_header(tmp_path: Path) -> None:
    """A lot twice, and dates in the wrong order, under the headers of the file."""
    lots = (
        "Réf;lot_id;subject;client_id;client_name;client_type;clause_category;hours_committed;Début;ends_on;status\n"
        "M1;01;Gymnase;C1;Ville;commune;execution;1000;01/01/2026;31/12/2025;running\n"
        "M1;01;Gymnase;C1;Ville;commune;execution;1000;01/01/2023;31/12/2025;running\n"
    )
    source = text(
        tmp_path,
        "heures.csv",
        "entry_id;contract_id;lot_id;month;hours_declared;hours_validated;status\n1;M1;01;03/2024;1;1;validated\n",
    )
    mapping = '[contracts.columns]\n"Réf" = "contract_id"\n"Début" = "starts_on"\n'
    problems, _ = read(tmp_path, source, mapping=mapping, lots=lots)
    assert [(p.kind, p.row, p.column) for p in problems] == [
        ("duplicate_key", 3, "Réf (contract_id)"),
        ("dates_reversed", 2, "Début (starts_on)"),
    ]


def test_a_last_row_that_may_be_a_total_is_named_by_its_header(tmp_path: Path) -> None:
    rows = "".join(f"{n};M1;01;0{n}/2024;{hours};{hours};validated\n" for n, hours in ((1, 10), (2, 20), (3, 30)))
    source = text(tmp_path, "heures.csv", f"entry_id;contract_id;lot_id;month;hours_declared;Validé;status\n{rows}")
    problems, _ = read(tmp_path, source, mapping='[hours.columns]\n"Validé" = "hours_validated"\n')
    assert [(p.kind, p.row, p.column) for p in problems] == [("total_question", 4, "Validé (hours_validated)")]
