"""mapping.toml: columns, codes and defaults of a source, and what is said when an entry leads nowhere."""

import tomllib
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from data.check import check
from data.problems import ExtractError
from data.publish import publish
from data.release.releases import Release
from data.schema import CONTRACTS, HOURS
from data.sources.mapping_file import load_mapping
from data.words import Words
from tests.extracts import TODAY, entry, write_csv

SOURCE = """\
Réf. marché;N° lot;Intitulé;Code MO;Maitre d'ouvrage;Clause;Obligation (h);Démarrage;Échéance;Avancement;Observations
M1;01;Gymnase;C1;Ville;Art. 14;1 000,00;01/01/2019;;en cours;à revoir
M2;01;Crèche;C1;Ville;Art. 30;;01/01/2019;;soldé;
"""
MAPPING = """\
[contracts.columns]
"Réf. marché" = "contract_id"
"n° lot" = "lot_id"
"Intitulé" = "subject"
"Code MO" = "client_id"
"Clause" = "clause_category"
"OBLIGATION (H)" = "hours_committed"
"Démarrage" = "starts_on"
"Échéance" = "ends_on"
"Avancement" = "status"
"Observations" = ""

[contracts.values.clause_category]
"Art. 14" = "execution"
"Art. 30" = "insertion"

[contracts.values.status]
"en cours" = "running"
"soldé" = "closed"

[contracts.defaults]
client_type = "commune"
"""


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    monkeypatch.setenv("CAP_EXTRACTS", str(tmp_path / "extracts"))
    (tmp_path / "marches.csv").write_text(SOURCE, encoding="utf-8")
    return [tmp_path / "marches.csv", write_csv(tmp_path / "h", [], [entry(lot_id="01")])[1]]


def mapping_of(tmp_path: Path, text: str) -> Path:
    (tmp_path / "mapping.toml").write_text(text, encoding="utf-8")
    return tmp_path / "mapping.toml"


def reasons_of(tmp_path: Path, text: str) -> list[str]:
    with pytest.raises(ExtractError) as error:
        load_mapping(mapping_of(tmp_path, text))
    return error.value.text(Words("fr")).replace("\u00a0", " ").replace("\u202f", " ").splitlines()


def lots(release: Release) -> list[tuple[object, ...]]:
    answer = duckdb.read_parquet(str(release.file("contracts.parquet")))
    return answer.project("contract_id, client_name, client_type, clause_category, hours_committed, status").fetchall()


def test_columns_codes_and_defaults(sources: list[Path], tmp_path: Path) -> None:
    release = publish(sources, mapping=mapping_of(tmp_path, MAPPING), today=TODAY)
    assert lots(release) == [
        ("M1", "Ville", "commune", "execution", Decimal(1000), "running"),
        ("M2", "Ville", "commune", "insertion", None, "closed"),
    ]
    assert "contracts.client_type" not in release.absent_columns


def test_a_header_that_is_not_read_is_told_unless_the_mapping_says_so(sources: list[Path], tmp_path: Path) -> None:
    for text, notices in ((MAPPING, []), (MAPPING.replace('"Observations" = ""\n', ""), ["Observations"])):
        with check(sources, mapping=mapping_of(tmp_path, text), today=TODAY) as extract:
            assert extract.problems == []
            assert [notice.values["names"] for notice in extract.notices] == notices


def test_the_suggested_mapping_can_be_pasted(sources: list[Path], tmp_path: Path) -> None:
    """Unknown headers come back as a mapping.toml with what they suggest; the rest waits behind a #. Pasted, it publishes."""
    text = SOURCE.replace("Réf. marché;N° lot", "Identifiants du marché;Lot").replace("Démarrage", "Debut")
    (tmp_path / "marches.csv").write_text(text, encoding="utf-8")
    with check(sources, today=TODAY) as extract:
        suggestion = extract.mapping_text()
    columns = tomllib.loads(suggestion)["contracts"]["columns"]
    assert columns["Identifiants du marché"] == "contract_id"
    assert columns["Obligation (h)"] == "hours_committed"
    assert '# "Observations" = ""' in suggestion
    assert lots(publish(sources, mapping=mapping_of(tmp_path, suggestion), today=TODAY)) == [
        ("M1", "Ville", "commune", "execution", Decimal(1000), "running"),
        ("M2", "Ville", "commune", "insertion", None, "closed"),
    ]


def test_unknown_codes_are_suggested_once_each(sources: list[Path], tmp_path: Path) -> None:
    text = MAPPING.replace('"soldé" = "closed"\n', "").replace('"Art. 30" = "insertion"\n', "")
    with check(sources, mapping=mapping_of(tmp_path, text), today=TODAY) as extract:
        suggestion = extract.mapping_text()
    # The whole mapping comes back, so that it can replace the file; "soldé" is a label, and needs no entry.
    old, new = (tomllib.loads(given)["contracts"] for given in (text, suggestion))
    values = {"clause_category": {"Art. 14": "execution", "Art. 30": "insertion"}, "status": {"en cours": "running"}}
    assert new.pop("values") == values
    assert {name: old[name] for name in new} == new


def test_a_mapping_translates_items_of_a_list_and_empties_cells(tmp_path: Path, sources: list[Path]) -> None:
    text = SOURCE.replace(";Observations", ";Considérations sociales").replace(";à revoir", ";clause | critère | n.c.")
    (tmp_path / "marches.csv").write_text(text, encoding="utf-8")
    mapping = MAPPING.replace('"Observations" = ""\n', "") + (
        "[contracts.values.social_considerations]\n"
        '"clause" = "Clause sociale"\n"critère" = "Critère social"\n"n.c." = ""\n'
        '[contracts.values.client_name]\n"Ville" = "Ville d\'Elbeuf"\n'
        '[contracts.values.hours_committed]\n"1 000,00" = ""\n'
    )
    release = publish(sources, mapping=mapping_of(tmp_path, mapping), today=TODAY)
    answer = duckdb.read_parquet(str(release.file("contracts.parquet")))
    assert answer.project("client_name, social_considerations, hours_committed").fetchall() == [
        ("Ville d'Elbeuf", ["Clause sociale", "Critère social"], None),
        ("Ville d'Elbeuf", None, None),
    ]


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        (
            '[contracts.columns]\n"Client" = "client_nom"\n',
            [
                "mapping.toml, colonne contracts.columns.Client : colonne « client_nom » inconnue ; essayez : client_name."
            ],
        ),
        (
            '[contract.columns]\n"Client" = "client_name"\n[hours.column]\n',
            [
                "mapping.toml, colonne contract : section inconnue ; [contracts.…] ou [hours.…] attendu.",
                "mapping.toml, colonne hours.column : section inconnue ; sections possibles : columns, made, values, by, defaults, "
                "units, months, rows.",
            ],
        ),
        (
            '[hours.columns]\n"Nom" = "participant_id"\n',
            [
                "mapping.toml, colonne hours.columns.Nom : cette colonne pourrait désigner une personne ; elle est refusée."
            ],
        ),
        (
            '[contracts.values.purchase_kind]\n"x" = "chantier"\n[contracts.defaults]\npurchase_kind = "y"\n',
            [
                "mapping.toml, colonne contracts.values.purchase_kind.x : code « chantier » inconnu ; codes possibles : "
                "travaux, services, fournitures, pi.",
                "mapping.toml, colonne contracts.defaults.purchase_kind : code « y » inconnu ; codes possibles : travaux, "
                "services, fournitures, pi.",
            ],
        ),
        (
            '[contracts.values]\nstatus = "running"\n',
            ["mapping.toml, colonne contracts.values.status : une table « texte = code » est attendue."],
        ),
        (
            "[contracts\n",
            [
                "mapping.toml, ligne 1 : ce n’est pas du TOML (Expected ']' at the end of a table declaration) ; corrigez cette "
                "ligne."
            ],
        ),
    ],
)
def test_an_entry_that_leads_nowhere(text: str, reasons: list[str], tmp_path: Path) -> None:
    assert reasons_of(tmp_path, text) == reasons


def test_a_mapping_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(
        ExtractError, match=r"absent\.toml\xa0: correspondances illisibles \(No such file or directory\)"
    ):
        load_mapping(tmp_path / "absent.toml")


def test_the_table_of_a_source_is_told_by_its_columns() -> None:
    mapping = load_mapping(None)
    assert mapping.table_of([column.name for column in HOURS.columns]) is HOURS
    assert mapping.table_of([column.label for column in CONTRACTS.columns]) is CONTRACTS
    # Columns that both tables have say nothing.
    assert mapping.table_of(["contract_id", "lot_id", "status"]) is None
    assert mapping.table_of(["secteur", "x", "y"]) is None
