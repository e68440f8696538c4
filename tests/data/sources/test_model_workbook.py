"""The model workbook: empty as it comes, published as it is filled."""

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from data import publish as command
from data.publish import publish
from data.release.pointer import current_release
from data.schema import CONTRACTS, HOURS, TABLES, Table
from data.sources.model_examples import EXAMPLES
from data.sources.model_workbook import write_model
from tests.extracts import TODAY, write_csv

SHEETS = {"contracts": "Marchés", "hours": "Heures"}
LOT = {
    "Identifiant du marché": "24-01",
    "Lot": "00",
    "Objet": "Gymnase",
    "Code du maître d’ouvrage": "VILLE-A",
    "Maître d’ouvrage": "Ville A",
    "Type de maître d’ouvrage": "Commune",
    "Type de clause": "Condition d’exécution",
    "Heures engagées": 300,
    "Début": dt.date(2024, 1, 15),
    "Fin prévue": dt.date(2025, 12, 31),
    "État": "En cours",
}
LINE = {
    "Ligne de déclaration": "1",
    "Identifiant du marché": "24-01",
    "Lot": "00",
    "Mois travaillé": dt.date(2024, 2, 1),
    "Heures déclarées": 20.5,
    "Heures réalisées": 20.5,
    "État": "Validée",
}


@pytest.fixture(autouse=True)
def extracts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAP_EXTRACTS", str(tmp_path / "extracts"))


@pytest.fixture
def model(tmp_path: Path) -> Path:
    write_model(tmp_path / "modele.xlsx")
    return tmp_path / "modele.xlsx"


def fill(model: Path, sheet: str, row: int, values: dict[str, Any]) -> None:
    book = openpyxl.load_workbook(model)
    headers = [cell.value for cell in book[sheet][1]]
    for header, value in values.items():
        book[sheet].cell(row=row, column=headers.index(header) + 1, value=value)
    book.save(model)


def test_filled_it_publishes_without_a_mapping(model: Path) -> None:
    """Two lots and two lines below the examples: 20.50 + 5 hours."""
    fill(model, "Marchés", 4, LOT)
    fill(
        model,
        "Marchés",
        5,
        {**LOT, "Identifiant du marché": "24-02", "Type de maître d’ouvrage": "Établissement de santé"},
    )
    fill(model, "Heures", 4, LINE)
    fill(model, "Heures", 5, {**LINE, "Ligne de déclaration": "2", "Heures réalisées": 5, "Heures déclarées": 5})
    release = publish([model], today=TODAY)
    assert (release.contracts, release.lots, release.hours_rows, release.rows_left_out) == (2, 2, 2, 0)
    assert release.hours_validated == Decimal("25.50")
    assert [(source.file, source.table, source.rows) for source in release.sources] == [
        ("modele.xlsx [Marchés]", "contracts", 2),
        ("modele.xlsx [Heures]", "hours", 2),
    ]


def test_the_examples_may_be_written_over(model: Path) -> None:
    fill(model, "Marchés", 2, LOT)
    fill(model, "Heures", 2, LINE)
    release = publish([model], today=TODAY)
    assert (release.lots, release.hours_rows, release.hours_validated) == (1, 1, Decimal("20.50"))


def test_untouched_it_says_that_it_is_empty(model: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main([str(model), "--lang", "fr"]) == 1
    refused = capsys.readouterr().err.replace("\u202f", " ").replace("\u00a0", " ")
    assert "modele.xlsx [Marchés] : tableau vide : aucun marché sous les en-têtes" in refused
    assert "ligne d’exemple du modèle, non lue ; lignes de cette sorte : 2" in refused
    assert current_release() is None


def test_an_example_is_known_in_any_table_of_people(tmp_path: Path) -> None:
    """By the beginning of its identifier: a word that goes on is none."""
    lot = {column.name: EXAMPLES["contracts"][1].get(column.name) for column in CONTRACTS.columns}
    line = {column.name: EXAMPLES["hours"][1].get(column.name) for column in HOURS.columns}
    contracts = [lot | {"contract_id": name} for name in ("Exemple 3", "exemplaire", "24-EXEMPLE")]
    hours = [line | {"entry_id": name, "contract_id": "exemplaire"} for name in ("EXEMPLE", "E1")]
    release = publish(write_csv(tmp_path, contracts, hours), today=TODAY)
    assert (release.lots, release.hours_rows) == (2, 1)


def test_every_column_and_every_code_is_there(model: Path) -> None:
    book = openpyxl.load_workbook(model)
    assert book.sheetnames == ["Lisez-moi", "Marchés", "Heures", "Codes"]
    chosen = {(row[0].value, row[1].value) for row in book["Codes"].iter_rows(min_row=2)}
    for table in TABLES:
        sheet = book[SHEETS[table.name]]
        headers = [cell.value for cell in sheet[1]]
        assert sorted(map(str, headers)) == sorted(column.label for column in table.columns if not column.derived)
        assert headers[: len(table.required)] == [column.label for column in table.columns if column.required]
        assert all(cell.comment is not None and cell.comment.text for cell in sheet[1])
        listed = {
            str(rule.sqref).split(":")[0]: rule.formula1
            for rule in sheet.data_validations.dataValidation
            if rule.type == "list"
        }
        for column in table.columns:
            cell = sheet.cell(row=2, column=headers.index(column.label) + 1)
            assert (cell.coordinate in listed) == (column.codes is not None or column.sql_type == "BOOLEAN")
            if column.codes is not None:
                assert {(column.label, code.label) for code in column.codes} <= chosen
                first, last = (
                    int(part.rpartition("$")[2]) for part in listed[cell.coordinate].split("!")[1].split(":")
                )
                texts = [book["Codes"].cell(row=row, column=2).value for row in range(first, last + 1)]
                assert texts == [code.label for code in column.codes]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_the_examples_are_rows_of_the_contract(table: Table) -> None:
    for example in EXAMPLES[table.name]:
        assert set(table.required) - set(example) <= {"hours_validated"}  # the second line waits for its validation
        for name, value in example.items():
            column = table.column(name)
            if column.codes is not None:
                assert value in list(column.codes)


def test_examples_without_their_mark_publish(tmp_path: Path) -> None:
    """What people copy from is right: the same rows under other identifiers."""
    rows = {
        table.name: [
            {column.name: example.get(column.name) for column in table.columns}
            | {key: str(example[key]).replace("EXEMPLE", "M") for key in ("contract_id", "entry_id") if key in example}
            for example in EXAMPLES[table.name]
        ]
        for table in TABLES
    }
    release = publish(write_csv(tmp_path, rows["contracts"], rows["hours"]), today=TODAY)
    assert (release.lots, release.hours_rows, release.hours_validated) == (2, 2, Decimal("151.50"))


def test_the_command_writes_over_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "m.xlsx"
    assert command.main(["--model", str(file), "--lang", "fr"]) == 0
    assert "Modèle écrit" in capsys.readouterr().out
    before = file.read_bytes()
    assert command.main(["--model", str(file), "--lang", "fr"]) == 1
    assert "écriture impossible" in capsys.readouterr().err
    assert file.read_bytes() == before
    write_model(tmp_path / "again.xlsx")
    assert (tmp_path / "again.xlsx").read_bytes() == before  # the same bytes each time
