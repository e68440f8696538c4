"""The contracts notified of the DECP: every form they come in, what is kept of them, and what is wrong with them."""

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from data import check, publish
from data.release.pointer import current_release
from data.release.releases import Release
from data.schema import CONTRACTS, HOURS, NOTIFIED, plain_name
from data.sources import decp as read_decp
from data.sources.mapping import Mapping
from tests.extracts import contract, entry, write_csv, write_parquet

Row = dict[str, Any]
BUYER, OTHER_BUYER = "00000001000017", "00000002000015"
HEADS = "id;acheteur_id;objet;nature;codeCPV;montant;dateNotification;considerationsSociales\n"
LINE = f"2024-1;{BUYER};Gymnase;Marché;45212200-8;1000,50;15/05/2024;Clause sociale\n"


def marche(**changes: Any) -> Row:
    """A contract of the 2024 form, as a buyer's profile publishes it."""
    return {
        "id": "2024-1",
        "acheteur": {"id": BUYER},
        "nature": "Marché",
        "objet": "Gymnase",
        "codeCPV": "45212200-8",
        "procedure": "Procédure adaptée",
        "dateNotification": "2024-05-15",
        "montant": 1000.5,
        "considerationsSociales": {"considerationSociale": ["Clause sociale"]},
        "considerationsEnvironnementales": {"considerationEnvironnementale": ["Clause environnementale"]},
        "titulaires": [{"titulaire": {"id": OTHER_BUYER, "typeIdentifiant": "SIRET"}}],
    } | changes


def concession(**changes: Any) -> Row:
    return {
        "id": "C1",
        "autoriteConcedante": {"id": BUYER},
        "nature": "Délégation de service public",
        "objet": "Réseau de chaleur",
        "dateSignature": "2024-06-01",
        "valeurGlobale": 6000000,
        "considerationsSociales": {"considerationSociale": ["Concession réservée"]},
    } | changes


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """A contracts and an hours file, beside which the DECP are published."""
    monkeypatch.setenv("CAP_EXTRACTS", str(tmp_path / "extracts"))
    return write_parquet(tmp_path / "sources", [contract()], [entry()])


def written(sources: list[Path], name: str, content: Any) -> Path:
    file = sources[0].parent / name
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False, indent=1)
    file.write_text(text, encoding="utf-8")
    return file


def published(sources: list[Path], *files: Path) -> list[Row]:
    """The rows of notified.parquet once these files are published with the others."""
    assert publish.main([*map(str, sources), *map(str, files)]) == 0
    return rows_of(current_release())


def rows_of(release: Release | None) -> list[Row]:
    assert release is not None
    rows: list[Row] = pq.read_table(release.file("notified.parquet")).to_pylist()
    assert len(rows) == release.notified
    return rows


def only(rows: list[Row]) -> Row:
    (row,) = rows
    return row


def refused(sources: list[Path], file: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """The reasons of the publish command; nothing is published."""
    assert publish.main([*map(str, sources), str(file)]) == 1
    assert current_release() is None
    title, *reasons = capsys.readouterr().err.replace("\u00a0", " ").replace("\u202f", " ").splitlines()
    assert title == "Publication refusée :"
    return reasons


# Forms

EXPECTED = {
    "contract_ref": "2024-1",
    "buyer_siret": BUYER,
    "buyer_name": None,
    "subject": "Gymnase",
    "nature": "Marché",
    "procedure": "Procédure adaptée",
    "cpv_code": "45212200-8",
    "amount_eur": Decimal("1000.50"),
    "initial_amount_eur": Decimal("1000.50"),
    "notified_on": dt.date(2024, 5, 15),
    "considerations": ["Clause sociale"],
    "modification": 0,
    "threshold_kind": "works",
    "has_social": True,
}


FORMS: dict[str, Any] = {
    "published since 2024": lambda result: {"marches": {"marche": [result]}},
    "no concession": lambda result: {"marches": {"marche": [result], "contrat-concession": []}},
    "one contract without its list": lambda result: {"marches": {"marche": result}},
    "without the outer object": lambda result: {"marche": [result]},
    "the list of the form before": lambda result: {"marches": [result | {"_type": "Marché"}]},
    "a bare list": lambda result: [result],
    "considerations not wrapped": lambda result: [result | {"considerationsSociales": ["Clause sociale"]}],
    "considerations as a text": lambda result: [result | {"considerationsSociales": "Clause sociale"}],
    "texts as people write them": lambda result: [result | {"montant": "1000,50", "dateNotification": "15/05/2024"}],
    "dotted buyer": lambda result: [result | {"acheteur": None, "acheteur.id": BUYER}],
    "no modification": lambda result: [result | {"modifications": []}],
}


def test_every_form_of_the_json_is_read(sources: list[Path]) -> None:
    files = [written(sources, f"{n}.json", form(marche(id=name))) for n, (name, form) in enumerate(FORMS.items())]
    rows = {row["contract_ref"]: row for row in published(sources, *files)}
    assert rows == {name: EXPECTED | {"contract_ref": name} for name in FORMS}


def test_the_json_is_known_by_its_content(sources: list[Path]) -> None:
    file = written(sources, "export.txt", "\ufeff \n" + json.dumps({"marches": {"marche": [marche()]}}))
    assert only(published(sources, file)) == EXPECTED


def test_a_concession_has_names_of_its_own(sources: list[Path]) -> None:
    file = written(sources, "decp.json", {"marches": {"contrat-concession": [concession()]}})
    row = only(published(sources, file))
    assert (row["notified_on"], row["amount_eur"]) == (dt.date(2024, 6, 1), Decimal(6_000_000))
    assert (row["threshold_kind"], row["has_social"]) == ("concession", True)


TABULAR = EXPECTED | {"procedure": None}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(HEADS + LINE, id="French"),
        pytest.param(
            "id,acheteur.id,objet,nature,codeCPV,montant,dateNotification,considerationsSociales\n"
            f'2024-1,{BUYER},Gymnase,Marché,45212200-8,1000.50,2024-05-15,"[""Clause sociale""]"\n',
            id="international, dotted, a list in brackets",
        ),
        pytest.param(
            "uid;titulaire_id;titulaire_nom;acheteur_departement_code;donneesActuelles;dureeMois;" + HEADS
            + f"{BUYER}2024-1;1;Une entreprise;76;true;12;" + LINE,
            id="columns of the format that nothing needs",
        ),
    ],
)  # fmt: skip
def test_the_tabular_form_is_known_by_its_columns(
    sources: list[Path], text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert only(published(sources, written(sources, "n’importe quoi.csv", text))) == TABULAR
    assert "colonnes inconnues" not in capsys.readouterr().out


def test_parquet_lists_and_sheets_are_read(sources: list[Path]) -> None:
    values = {
        "id": "2024-1", "acheteur_id": BUYER, "objet": "Gymnase", "nature": "Marché", "codeCPV": "45212200-8",
        "montant": 1000.5, "dateNotification": dt.date(2024, 5, 15), "considerationsSociales": ["Clause sociale"],
    }  # fmt: skip
    parquet = sources[0].parent / "decp.parquet"
    pq.write_table(pa.Table.from_pylist([values]), parquet)
    assert only(published(sources, parquet)) == TABULAR
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(list(values))
    sheet.append([*list(values.values())[:-1], "Clause sociale, Critère social"])
    book.save(sources[0].parent / "decp.xlsx")
    assert only(published(sources, sources[0].parent / "decp.xlsx")) == TABULAR | {
        "considerations": ["Clause sociale", "Critère social"]
    }


def test_what_is_published_can_be_published_again(sources: list[Path], tmp_path: Path) -> None:
    result = {"marches": {"marche": [marche(), marche(id="2", considerationsSociales=None)]}}
    rows = published(sources, written(sources, "decp.json", result))
    release = current_release()
    assert release is not None
    assert published(sources, release.file("notified.parquet")) == rows


def test_tables_are_told_apart_by_their_columns() -> None:
    def table(*headers: str) -> object:
        return Mapping().table_of(headers)

    for which in (CONTRACTS, HOURS, NOTIFIED):
        assert table(*(column.name for column in which.columns)) is which
        assert table(*(column.label for column in which.columns)) is which
    assert table("id", "acheteur_id", "objet", "montant", "dateNotification") is NOTIFIED
    assert table("id", "objet", "montant") is None


def test_without_a_source_there_is_no_denominator(sources: list[Path]) -> None:
    assert publish.main([*map(str, sources)]) == 0
    release = current_release()
    assert release is not None
    assert release.notified is None
    assert not release.file("notified.parquet").exists()
    assert not [name for name in release.absent_columns if name.startswith("notified")]


# Considerations


def told_in_one(sources: list[Path], lines: list[str]) -> list[Row]:
    """The rows of a CSV whose contracts are numbered from 0, in the order of its lines."""
    text = HEADS + "".join(line.replace("2024-1", str(n), 1) for n, line in enumerate(lines))
    return sorted(published(sources, written(sources, "decp.csv", text)), key=lambda row: int(row["contract_ref"]))


def test_considerations_as_they_are_written(sources: list[Path]) -> None:
    no = ["Pas de considération sociale"]
    expected: dict[str, tuple[list[str] | None, bool | None]] = {
        "Clause sociale": (["Clause sociale"], True),
        "CLAUSE SOCIALE": (["Clause sociale"], True),
        "Clause sociale, Critère social": (["Clause sociale", "Critère social"], True),
        "critere social|Marché réservé": (["Critère social", "Marché réservé"], True),
        "Concession réservée": (["Concession réservée"], True),
        "Oui": (["Oui"], True),
        "Non": (no, False),
        "Sans objet": (no, False),
        "Pas de considération sociale": (no, False),
        # Whoever wrote both meant the one that is named.
        "Pas de considération sociale, Clause sociale": ([*no, "Clause sociale"], True),
        "": (None, None),
        "NC": (None, None),
        "[]": (None, None),
    }
    rows = told_in_one(sources, [LINE.replace("Clause sociale", result) for result in expected])
    found = [(row["considerations"], row["has_social"]) for row in rows]
    assert dict(zip(expected, found, strict=True)) == expected


def test_a_json_that_does_not_say_is_not_a_no(sources: list[Path]) -> None:
    unsaid: list[Any] = [None, {}, {"considerationSociale": []}, {"considerationSociale": [None]}, []]
    result = [marche(id=str(n), considerationsSociales=said) for n, said in enumerate(unsaid)]
    rows = published(sources, written(sources, "decp.json", result))
    assert [(row["considerations"], row["has_social"]) for row in rows] == [(None, None)] * len(unsaid)


def test_the_threshold_follows_nature_and_cpv(sources: list[Path]) -> None:
    expected = {
        ("Marché", "45000000-7"): "works",
        ("Marché", "45000000"): "works",
        ("Marché", "90910000"): "supplies_services",
        ("Marché de partenariat", "45000000"): "works",
        ("Concession de service", "90910000"): "concession",
        ("DÉLÉGATION DE SERVICE PUBLIC", ""): "concession",
        ("Marché", ""): None,
        ("Marché", "à compléter"): None,
    }
    rows = told_in_one(sources, [LINE.replace("Marché;45212200-8", ";".join(said)) for said in expected])
    assert dict(zip(expected, (row["threshold_kind"] for row in rows), strict=True)) == expected


# Modifications and duplicates


def test_a_modified_contract_keeps_its_first_date_and_its_last_amount(sources: list[Path]) -> None:
    modifications = [
        {"modification": {"id": 2, "montant": 3000, "dateNotificationModification": "2025-02-01"}},
        {"modification": {"id": 1, "montant": 2000, "dateNotificationModification": "2024-09-01"}},
        {"modification": {"id": 3, "dureeMois": 12, "dateNotificationModification": "2025-03-01"}},  # no amount
    ]
    result = {"marches": {"marche": [marche(modifications=modifications)]}}
    row = only(published(sources, written(sources, "decp.json", result)))
    assert row == EXPECTED | {"amount_eur": Decimal(3000), "modification": 3}


def test_a_modified_concession(sources: list[Path]) -> None:
    result = concession(modifications=[{"modification": {"id": 1, "valeurGlobale": 7000000.25}}])
    row = only(published(sources, written(sources, "decp.json", [result])))
    assert (row["initial_amount_eur"], row["amount_eur"]) == (Decimal(6_000_000), Decimal("7000000.25"))


def test_a_row_for_each_modification_and_each_holder_is_one_contract(sources: list[Path]) -> None:
    text = "modification_id;titulaire_id;" + HEADS + "".join(
        f"{modification};{holder};2024-1;{BUYER};{subject};Marché;45000000;{amount};{day};{said}\n"
        for modification, holder, subject, amount, day, said in (
            ("1", "A", "Gymnase Coubertin", "2000", "01/09/2024", ""),
            ("1", "B", "Gymnase Coubertin", "2000", "01/09/2024", ""),
            ("0", "A", "Gymnase", "1000", "15/05/2024", "Critère social"),
            ("0", "B", "Gymnase", "1000", "15/05/2024", "Critère social"),
        )
    )  # fmt: skip
    row = only(published(sources, written(sources, "decp.csv", text)))
    assert (row["subject"], row["amount_eur"], row["modification"]) == ("Gymnase Coubertin", Decimal(2000), 1)
    assert (row["initial_amount_eur"], row["notified_on"]) == (Decimal(1000), dt.date(2024, 5, 15))
    # What a later row does not say again is not taken back.
    assert (row["considerations"], row["has_social"]) == (["Critère social"], True)


def test_the_same_contract_in_two_sources_counts_once(sources: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    first = written(sources, "a.json", {"marches": {"marche": [marche(), marche(acheteur={"id": OTHER_BUYER})]}})
    second = written(sources, "b.csv", HEADS + LINE.replace("Gymnase", "Gymnase et dojo"))
    rows = published(sources, first, second)
    assert [(row["buyer_siret"], row["subject"]) for row in rows] == [
        (BUYER, "Gymnase et dojo"),  # the last source named
        (OTHER_BUYER, "Gymnase"),  # the same number at another buyer is another contract
    ]
    assert "Marchés notifiés (DECP) : 2, lignes lues : 3." in capsys.readouterr().out.replace("\u00a0", " ").replace(
        "\u202f", " "
    )


def test_an_amount_known_only_as_modified_has_no_initial_one(sources: list[Path]) -> None:
    text = "modification_id;" + HEADS + "2;" + LINE
    row = only(published(sources, written(sources, "decp.csv", text)))
    assert (row["initial_amount_eur"], row["amount_eur"]) == (None, Decimal("1000.50"))


# Faults


def unreadable(release: Release | None) -> list[tuple[Any, ...]]:
    """The cells that could not be read: where each is and what stands there."""
    assert release is not None
    rows = pq.read_table(release.file("anomalies.parquet")).to_pylist()
    return [(row["source_file"], row["source_row"], row["detail"]) for row in rows if row["kind"] == "unreadable_decp"]


@pytest.mark.parametrize(
    ("changes", "column", "detail"),
    [
        ({"dateNotification": "15 mai"}, "notified_on", "notified_on 15 mai"),
        ({"dateNotification": "0202-05-03"}, "notified_on", "notified_on 0202-05-03"),
        ({"dateNotification": "NC"}, "notified_on", "notified_on NC"),
        ({"montant": "MQ"}, "amount_eur", "amount_eur MQ"),
        ({"montant": "INX None"}, "amount_eur", "amount_eur INX None"),
        ({"montant": "CDL"}, "amount_eur", "amount_eur CDL"),
        ({"montant": -5}, "amount_eur", "amount_eur -5"),
        ({"montant": 1.234}, "amount_eur", "amount_eur 1.2340"),
    ],
)
def test_a_cell_that_cannot_be_read_is_empty_and_an_anomaly(
    sources: list[Path], changes: Row, column: str, detail: str
) -> None:
    """Somebody else's cell never stops the authority's figures."""
    file = written(sources, "decp.json", {"marches": {"marche": [marche(id="0"), marche(**changes)]}})
    rows = {row["contract_ref"]: row for row in published(sources, file)}
    assert rows["0"] == EXPECTED | {"contract_ref": "0"}
    assert rows["2024-1"][column] is None
    assert unreadable(current_release())[0] == ("decp.json [marche]", 2, detail)


def test_an_unknown_consideration_leaves_the_known_one(sources: list[Path]) -> None:
    said = {"considerationSociale": ["Clause sociale", "Clause verte"]}
    file = written(sources, "decp.json", {"marches": {"marche": [marche(considerationsSociales=said)]}})
    assert only(published(sources, file)) == EXPECTED
    assert unreadable(current_release()) == [("decp.json [marche]", 1, "considerations Clause sociale, Clause verte")]


@pytest.mark.parametrize("changes", [{"id": None}, {"acheteur": {}}])
def test_a_contract_without_buyer_or_number_is_left_out(sources: list[Path], changes: Row) -> None:
    file = written(sources, "decp.json", {"marches": {"marche": [marche(id="0"), marche(**changes)]}})
    assert only(published(sources, file)) == EXPECTED | {"contract_ref": "0"}
    assert len(unreadable(current_release())) == 1


def test_an_unknown_consideration_can_be_mapped(
    sources: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(sources, "decp.csv", HEADS + LINE.replace("Clause sociale", "Clauses d’insertion, Critère social"))
    assert check.main([*map(str, sources), str(file)]) == 0
    printed = capsys.readouterr().out
    assert '[notified.values.considerations]\n# decp.csv\n# "Clauses d’insertion" = ""' in printed
    mapping = tmp_path / "mapping.toml"
    mapping.write_text('[notified.values.considerations]\n"Clauses d’insertion" = "Clause sociale"\n', encoding="utf-8")
    assert publish.main([*map(str, sources), str(file), "--mapping", str(mapping)]) == 0
    assert only(rows_of(current_release()))["considerations"] == ["Clause sociale", "Critère social"]


def test_a_bad_cell_of_the_table_is_an_anomaly(sources: list[Path]) -> None:
    file = written(sources, "decp.csv", HEADS + LINE + LINE.replace("15/05/2024", "15/13/2024").replace("2024-1", "2"))
    assert [row["notified_on"] for row in published(sources, file)] == [dt.date(2024, 5, 15), None]
    assert unreadable(current_release()) == [("decp.csv", 3, "notified_on 15/13/2024")]


def test_a_missing_column_is_named(sources: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    file = written(sources, "decp.csv", HEADS.replace("acheteur_id", "acheteur") + LINE)
    (reason,) = refused(sources, file, capsys)
    assert reason.startswith("decp.csv, colonne buyer_siret : colonne obligatoire absente")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('{"marches": {"marche": [\n{"id": "1",}]}}', "decp.json, ligne 2 : JSON illisible à cet endroit ; exportez-le de nouveau."),
        ("{}", 'decp.json : ce JSON n’est pas celui des DECP : {"marches": {"marche": […]}} attendu.'),
        ("[]", 'decp.json : ce JSON n’est pas celui des DECP : {"marches": {"marche": […]}} attendu.'),
        ('[{"a": 1}]', 'decp.json : ce JSON n’est pas celui des DECP : {"marches": {"marche": […]}} attendu.'),
        ('{"marches": {"marche": []}}', 'decp.json : ce JSON n’est pas celui des DECP : {"marches": {"marche": […]}} attendu.'),
        ("[" * 100_000, "decp.json : JSON illisible ; exportez-le de nouveau."),
    ],
    ids=["trailing comma", "object", "list", "another list", "no contract", "too deep"],
)  # fmt: skip
def test_a_json_that_cannot_be_used(
    sources: list[Path], content: str, reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert refused(sources, written(sources, "decp.json", content), capsys) == [reason]


def test_an_entry_that_is_no_object_is_left_out(sources: list[Path]) -> None:
    file = written(sources, "decp.json", {"marches": {"marche": [marche(), "2024-2"]}})
    assert only(published(sources, file)) == EXPECTED
    assert [row for _, row, _ in unreadable(current_release())] == [2, 2]


def test_a_json_of_another_encoding(sources: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    file = sources[0].parent / "decp.json"
    file.write_bytes(json.dumps([marche()], ensure_ascii=False).encode("latin-1"))
    assert refused(sources, file, capsys) == ["decp.json : un JSON est en UTF-8 ; exportez-le de nouveau."]


def test_a_json_too_large(
    sources: list[Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(read_decp, "LARGEST", 10)
    assert refused(sources, written(sources, "decp.json", [marche()]), capsys) == [
        "decp.json : fichier trop volumineux ; prenez la forme tabulaire, CSV ou Parquet."
    ]


def test_a_json_is_never_a_demonstration(
    tmp_path: Path, sources: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    demo = write_parquet(tmp_path / "demo", [contract()], [entry()], demo=True)
    reasons = refused(demo, written(sources, "decp.json", [marche()]), capsys)
    assert reasons == ["sources de démonstration et sources réelles mêlées ; publiez-les séparément."]


def test_check_tells_the_contracts_notified(sources: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    file = written(sources, "decp.csv", HEADS.replace("considerationsSociales", "autre") + LINE)
    assert check.main([*map(str, sources), str(file), "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)["tables"]["notified"]
    assert (printed["rows"], printed["sources"]) == (1, ["decp.csv"])
    assert "considerations" in printed["absent_columns"]
    assert not {"has_social", "threshold_kind"} & set(printed["absent_columns"])
    assert current_release() is None


def test_contracts_and_hours_keep_being_known_in_french(tmp_path: Path) -> None:
    """Headers that the DECP share with them do not make them DECP."""
    for file, which in zip(write_csv(tmp_path, [contract()], [entry()]), (CONTRACTS, HOURS), strict=True):
        headers = file.read_text(encoding="utf-8-sig").splitlines()[0].split(";")
        assert Mapping().table_of(headers) is which
        assert len({plain_name(header) for header in headers}) == len(headers)
