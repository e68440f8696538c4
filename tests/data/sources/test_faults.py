"""One bad source for each fault: its exact message, exit code 1, and the release that served before still serving."""

import datetime as dt
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from data import publish
from data.problems import ExtractError
from data.release.pointer import current_release
from data.sources import xlsx as read_xlsx
from tests.extracts import TODAY, contract, entry, publish_rows, write_csv, write_parquet, write_xlsx

CONTRACTS = (
    "contract_id;lot_id;subject;client_id;client_name;client_type;clause_category;hours_committed;starts_on;ends_on;status\n"
    "M1;01;Gymnase;C1;Ville;commune;execution;1000;01/01/2019;31/12/2021;running\n"
)
HOURS = (
    "entry_id;contract_id;lot_id;month;hours_declared;hours_validated;status\n"
    "E1;M1;01;01/03/2020;35,50;35,50;validated\n"
)
Make = Callable[[Path], list[Path]]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of extracts whose release already serves."""
    folder = tmp_path_factory.mktemp("served")
    publish_rows(folder, [contract()], [entry()])
    return folder / "extracts"


@pytest.fixture
def folder(served: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for sources; what has been published serves already."""
    shutil.copytree(served, tmp_path / "extracts", symlinks=True)
    monkeypatch.setenv("CAP_EXTRACTS", str(tmp_path / "extracts"))
    sources = tmp_path / "sources"
    sources.mkdir()
    return sources


def refused(paths: list[Path], capsys: pytest.CaptureFixture[str], *options: str) -> list[str]:
    """What the publish command answers; the release that served still does, and nothing half-written is left."""
    before = current_release()
    assert before is not None
    assert publish.main([*map(str, paths), *options]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert current_release() == before
    assert [path.name for path in before.path.parent.iterdir()] == [before.id]
    title, *reasons = captured.err.replace("\u00a0", " ").replace("\u202f", " ").splitlines()
    assert title == "Publication refusée :"
    return reasons


def texts(contracts: str | bytes = CONTRACTS, hours: str | bytes = HOURS) -> Make:
    def make(folder: Path) -> list[Path]:
        files = [folder / "marches.csv", folder / "heures.csv"]
        for file, content in zip(files, (contracts, hours), strict=True):
            file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return files

    return make


def hours_with(old: str, new: str) -> Make:
    assert old in HOURS
    return texts(hours=HOURS.replace(old, new))


def contracts_with(old: str, new: str) -> Make:
    assert old in CONTRACTS
    return texts(contracts=CONTRACTS.replace(old, new))


def hours_column(header: str, cell: str) -> Make:
    """The hours with one more column."""
    head, line, _ = HOURS.split("\n")
    return texts(hours=f"{head};{header}\n{line};{cell}\n")


FAULTS: dict[str, tuple[Make, list[str]]] = {
    "text in a number": (
        hours_with("35,50;35,50", "35,50;trente"),
        [
            "heures.csv, ligne 2, colonne hours_validated, valeur « trente » : ce n’est pas un nombre ; écrivez par exemple "
            "1234,50, ou laissez vide si c’est inconnu."
        ],
    ),
    "NaN": (
        hours_with("35,50;35,50", "35,50;NaN"),
        [
            "heures.csv, ligne 2, colonne hours_validated, valeur « NaN » : ce n’est pas un nombre ; écrivez par exemple "
            "1234,50, ou laissez vide si c’est inconnu."
        ],
    ),
    "n.d. for unknown": (
        contracts_with("1000", "n.d."),
        [
            "marches.csv, ligne 2, colonne hours_committed, valeur « n.d. » : ce n’est pas un nombre ; écrivez par exemple "
            "1234,50, ou laissez vide si c’est inconnu."
        ],
    ),
    "10^15 hours": (
        hours_with("35,50;35,50", "1000000000000000;35,50"),
        [
            "heures.csv, ligne 2, colonne hours_declared, valeur « 1000000000000000 » : nombre hors limites ; "
            "9 999 999,99 au plus."
        ],
    ),
    "negative commitment": (
        contracts_with("1000", "-5"),
        ["marches.csv, ligne 2, colonne hours_committed, valeur « -5 » : nombre hors limites ; 0 au moins."],
    ),
    "three decimals": (
        hours_with("35,50;35,50", "35,505;35,50"),
        [
            "heures.csv, ligne 2, colonne hours_declared, valeur « 35,505 » : plus de deux décimales ; arrondissez dans la "
            "source, rien n’est arrondi à la lecture."
        ],
    ),
    "thousands or decimals": (
        hours_with("35,50;35,50", "1.234;35"),
        [
            "heures.csv, ligne 2, colonne hours_declared, valeur « 1.234 » : milliers ou décimales ? Écrivez le nombre sans "
            "séparateur de milliers."
        ],
    ),
    "a quarter is no month": (
        hours_with("01/03/2020", "T1 2020"),
        [
            "heures.csv, ligne 2, colonne month, valeur « T1 2020 » : ce n’est pas un mois ; écrivez 03/2024 ou mars 2024 sur une "
            "ligne par mois (ni trimestre, ni année entière)."
        ],
    ),
    "a date that does not exist": (
        contracts_with("01/01/2019", "31/02/2020"),
        [
            "marches.csv, ligne 2, colonne starts_on, valeur « 31/02/2020 » : ce n’est pas une date ; écrivez 31/12/2019 ou "
            "2019-12-31."
        ],
    ),
    "a date of another age": (
        contracts_with("31/12/2021", "31/12/9999"),
        [
            "marches.csv, ligne 2, colonne ends_on, valeur « 31/12/9999 » : date hors des années 1970 à 2099 ; corrigez-la, "
            "ou laissez vide si elle est inconnue."
        ],
    ),
    "unknown code": (
        contracts_with(";running", ";terminé"),
        [
            "marches.csv, ligne 2, colonne status, valeur « terminé » : code inconnu ; codes possibles : planned, running, "
            "suspended, closed, terminated, cancelled. Traduisez les vôtres dans mapping.toml.",
            "",
            "À compléter et à coller dans mapping.toml :",
            "[contracts.values.status]",
            "# marches.csv",
            '"terminé" = "closed"',
        ],
    ),
    "empty required cell": (
        contracts_with(";Gymnase;", "; ;"),
        ["marches.csv, ligne 2, colonne subject : cette colonne ne peut pas être vide ; complétez la cellule."],
    ),
    "too long a reference": (
        texts(
            contracts=CONTRACTS.replace(";subject", ";contract_ref;subject").replace(";Gymnase", f";{'9' * 17};Gymnase")
        ),
        [
            "marches.csv, ligne 2, colonne contract_ref, valeur « 99999999999999999 » : texte trop long ; 16 caractères au "
            "plus."
        ],
    ),
    "neither yes nor no": (
        hours_column("is_qpv", "peut-être"),
        ["heures.csv, ligne 2, colonne is_qpv : écrivez oui ou non."],
    ),
    "a personal value is not repeated": (
        hours_column("gender", "Dame"),
        [
            "heures.csv, ligne 2, colonne gender : code inconnu ; codes possibles : F, M, X. Traduisez les vôtres dans "
            "mapping.toml."
        ],
    ),
    "ends before it starts": (
        contracts_with("31/12/2021", "31/12/2018"),
        [
            "marches.csv, ligne 2, colonne starts_on, valeur « 2019-01-01 > 2018-12-31 » : le lot commence après sa fin ; "
            "corrigez l’une des deux dates."
        ],
    ),
    "lot twice": (
        texts(contracts=CONTRACTS + CONTRACTS.splitlines()[1] + "\n"),
        [
            "marches.csv, ligne 3, colonne contract_id, valeur « M1 / 01 » : lot déjà présent ; chaque lot (contract_id, "
            "lot_id) n’a qu’une ligne."
        ],
    ),
    "missing column": (
        texts(hours=HOURS.replace("hours_validated;", "").replace("35,50;35,50", "35,50")),
        [
            "heures.csv, colonne hours_validated : colonne obligatoire absente ; ajoutez-la, ou nommez dans mapping.toml "
            "l’en-tête qui la porte.",
            "",
            "À compléter et à coller dans mapping.toml :",
            "[hours.made]",
            "# heures.csv",
            'hours_validated = ["hours_declared"]',
        ],
    ),
    "a person's name": (
        hours_column("Prénom", "x"),
        [
            "heures.csv, colonne Prénom : cette colonne pourrait désigner une personne ; retirez-la de la source, elle n’est "
            "jamais lue."
        ],
    ),
    "two headers for a column": (
        hours_column("Mois travaillé", "01/03/2020"),
        [
            "heures.csv, colonne month : deux en-têtes pour cette colonne, « month » et « Mois travaillé » ; écartez-en un."
        ],
    ),
    "headers of nobody": (
        texts(hours="a;b;c\n1;2;3\n"),
        [
            "heures.csv : ni marchés ni heures : en-têtes inconnus (a, b, c) ; nommez-les dans mapping.toml.",
            "",
            "À compléter et à coller dans mapping.toml :",
            "[contracts.columns]",
            "# heures.csv",
            '# "a" = ""',
            '# "b" = ""',
            '# "c" = ""',
        ],
    ),
    "only one table": (
        lambda folder: texts()(folder)[:1],
        ["aucune source n’a les colonnes de la table « hours » ; ajoutez son fichier."],
    ),
    "the same file twice": (
        lambda folder: [*texts()(folder), folder / "heures.csv"],
        ["heures.csv : fichier nommé deux fois ; ne le nommez qu’une fois."],
    ),
    "contracts without a row": (
        texts(contracts=CONTRACTS.splitlines()[0] + "\n"),
        ["marches.csv : tableau vide : aucun marché sous les en-têtes ; remplissez-le, ou exportez-le de nouveau."],
    ),
    "empty file": (texts(hours=""), ["heures.csv : fichier vide ; exportez-le de nouveau."]),
    "blank file": (texts(hours="\n \n"), ["heures.csv : fichier vide ; exportez-le de nouveau."]),
    "unknown encoding": (
        texts(contracts=CONTRACTS.encode().replace(b"Gymnase", b"\x81cole")),
        [
            "marches.csv, ligne 2 : encodage inconnu, ni UTF-8 ni Windows-1252 ; enregistrez le fichier en CSV UTF-8.",
        ],
    ),
    "two encodings": (
        texts(
            contracts=CONTRACTS.encode()
            .replace(b"Gymnase", "École à réparer".encode())
            .replace(b"Ville", b"H\xf4pital")
        ),
        [
            "marches.csv, ligne 2 : deux encodages mêlés (UTF-8 et Windows-1252) ; enregistrez le fichier en CSV UTF-8.",
        ],
    ),
    "UTF-16 cut short": (
        texts(contracts=CONTRACTS.encode("utf-16")[:-1]),
        ["marches.csv : encodage UTF-16 tronqué ; enregistrez le fichier en CSV UTF-8."],
    ),
    "a null character": (
        texts(hours=HOURS.encode().replace(b"E1", b"E\0")),
        ["heures.csv, ligne 2 : ce n’est pas un texte (caractère nul) ; enregistrez le fichier en CSV UTF-8."],
    ),
    "ragged line": (
        texts(hours=HOURS + "E2;M1;01\nE3;M1;01;01/03/2020;1;1;validated;;x\n"),
        [
            "heures.csv, ligne 3 : nombre de champs : 3 au lieu de 7 ; vérifiez les séparateurs et les guillemets de la ligne.",
            "heures.csv, ligne 4 : nombre de champs : 9 au lieu de 7 ; vérifiez les séparateurs et les guillemets de la ligne.",
        ],
    ),
    "unclosed quote": (
        texts(hours=HOURS + 'E2;M1;"01;01/03/2020;1;1;validated\nE3;M1;01;01/03/2020;1;1;validated\n'),
        ["heures.csv, ligne 3 : guillemet ouvert sans être fermé, ou mal placé ; corrigez cette ligne."],
    ),
    "text after a quote": (
        texts(hours=HOURS + 'E2;M1;"0"1;01/03/2020;1;1;validated\n'),
        ["heures.csv, ligne 3 : guillemet ouvert sans être fermé, ou mal placé ; corrigez cette ligne."],
    ),
    "missing file": (
        lambda folder: [*texts()(folder), folder / "absent.csv"],
        ["absent.csv : fichier introuvable ; vérifiez son nom et son dossier."],
    ),
    "directory": (
        lambda folder: [*texts()(folder), folder],
        ["sources : c’est un dossier ; nommez les fichiers qu’il contient."],
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told_and_nothing_is_published(name: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make, reasons = FAULTS[name]
    assert refused(make(folder), capsys) == reasons


def test_every_problem_of_every_file_is_told_at_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    contracts = CONTRACTS.replace("1000", "mille").replace("01/01/2019", "1er janvier")
    bad = "".join(f"E{n};M1;01;mars;x;1;validated\n" for n in range(3, 10))
    reasons = refused(texts(contracts, HOURS + bad)(folder), capsys)
    assert [reason.partition(" : ")[0] for reason in reasons] == [
        "marches.csv, ligne 2, colonne hours_committed, valeur « mille »",
        "marches.csv, ligne 2, colonne starts_on, valeur « 1er janvier »",
        *(f"heures.csv, ligne {n}, colonne month, valeur « mars »" for n in range(3, 8)),
        "heures.csv, colonne month",
        *(f"heures.csv, ligne {n}, colonne hours_declared, valeur « x »" for n in range(3, 8)),
        "heures.csv, colonne hours_declared",
    ]
    assert reasons[7] == "heures.csv, colonne month : … et 2 de plus."


def test_a_long_value_is_cut_and_stays_on_one_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = '"' + "douze\nheures " * 20 + '"'
    (reason,) = refused(hours_with("35,50;35,50", f"{text};1")(folder), capsys)
    value = reason.partition("« ")[2].partition(" »")[0]
    assert len(value) == 60
    assert value.startswith("douze heures douze heures")
    assert value.endswith("…")


def test_a_month_after_the_data(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = hours_with("01/03/2020", "01/04/2020")(folder)
    assert refused(paths, capsys, "--as-of", "2020-03-31") == [
        "heures.csv, ligne 2, colonne month, valeur « 2020-04-01 » : mois postérieur à la date des données (31/03/2020) ; "
        "corrigez-le ou --as-of."
    ]


def test_a_month_to_come(folder: Path) -> None:
    with pytest.raises(ExtractError, match=r"valeur «\xa02026-12-01\xa0»\xa0: mois postérieur .* \(15/11/2026\)"):
        publish.publish(hours_with("01/03/2020", "01/12/2026")(folder), today=TODAY)


def test_a_date_of_the_data_to_come(folder: Path) -> None:
    with pytest.raises(ExtractError, match=r"la date des données \(16/11/2026\) est à venir"):
        publish.publish(texts()(folder), as_of=dt.date(2026, 11, 16), today=TODAY)


def test_too_many_orphans_unless_accepted(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = hours_with("M1;01", "M1;2")(folder)
    assert refused(paths, capsys) == [
        "doublons et heures sans lot font 100,00 % des heures lues (limite : 20,00 %) ; corrigez les sources, ou ajoutez "
        "--accept-anomalies.",
        "heures.csv, ligne 2 : le lot « M1 / 2 » n’existe pas dans les marchés ; « M1 / 01 » existe ; lignes d’heures : 1.",
    ]
    assert publish.main([*map(str, paths), "--accept-anomalies"]) == 0


def test_the_limit_is_a_share_of_rows_when_no_hours_are_validated(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pending = HOURS.replace("35,50;35,50;validated", "35,50;;declared")
    duplicate = pending.splitlines()[1] + "\n"
    (reason,) = refused(texts(hours=pending + duplicate)(folder), capsys)
    assert reason.startswith("doublons et heures sans lot font 50,00 % des heures lues")


# Parquet


def parquet(folder: Path, **columns: object) -> list[Path]:
    """The ordinary pair with columns of the hours replaced by other Arrow arrays."""
    contracts, hours = write_parquet(folder, [contract()], [entry()])
    table = pq.read_table(hours)
    for name, values in columns.items():
        table = table.set_column(table.schema.get_field_index(name), name, values)
    pq.write_table(table, hours)
    return [contracts, hours]


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        (
            pa.array([float("nan")]),
            "valeur « nan » : nombre infini ou indéfini (NaN) ; laissez la cellule vide si la valeur est inconnue.",
        ),
        (
            pa.array([float("-inf")]),
            "valeur « -inf » : nombre infini ou indéfini (NaN) ; laissez la cellule vide si la valeur est inconnue.",
        ),
        (pa.array([1e15]), "valeur « 1000000000000000.0 » : nombre hors limites ; 9 999 999,99 au plus."),
        (pa.array([10**15]), "valeur « 1000000000000000 » : nombre hors limites ; 9 999 999,99 au plus."),
        (
            pa.array([1.005]),
            "valeur « 1.005 » : plus de deux décimales ; arrondissez dans la source, rien n’est arrondi à la lecture.",
        ),
        (
            pa.array([Decimal("1.0001")]),
            "valeur « 1.0001 » : plus de deux décimales ; arrondissez dans la source, rien n’est arrondi à la lecture.",
        ),
        (
            pa.array([dt.date(2020, 1, 1)]),
            "valeur « 2020-01-01 » : type DATE inutilisable pour cette colonne ; DECIMAL(9,2) est attendu.",
        ),
    ],
)
def test_a_faulty_number_in_parquet(
    values: pa.Array, reason: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = parquet(folder, hours_declared=values)
    assert refused(paths, capsys) == [f"hours.parquet, ligne 1, colonne hours_declared, {reason}"]


def test_a_time_of_day_in_parquet(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = parquet(folder, month=pa.array([dt.datetime(2020, 3, 1, 13, 45)]))  # noqa: DTZ001 - Parquet without a zone
    assert refused(paths, capsys) == [
        "hours.parquet, ligne 1, colonne month, valeur « 2020-03-01 13:45:00 » : ce n’est pas un mois ; écrivez 03/2024 ou "
        "mars 2024 sur une ligne par mois (ni trimestre, ni année entière)."
    ]


@pytest.mark.parametrize("kept", [4, 100, -1])
def test_truncated_parquet(kept: int, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = parquet(folder)
    paths[1].write_bytes(paths[1].read_bytes()[:kept])
    assert refused(paths, capsys) == ["hours.parquet : fichier Parquet tronqué ou illisible ; exportez-le de nouveau."]


def test_parquet_with_broken_pages(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = parquet(folder)
    content = bytearray(paths[1].read_bytes())
    content[4:60] = b"\xff" * 56
    paths[1].write_bytes(bytes(content))
    (reason,) = refused(paths, capsys)
    assert reason.startswith("hours.parquet : contenu illisible (")


def test_demonstration_and_real_sources_do_not_mix(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    contracts, _ = write_parquet(folder, [contract()], [entry()], demo=True)
    _, hours = write_csv(folder, [contract()], [entry()])
    assert refused([contracts, hours], capsys) == [
        "sources de démonstration et sources réelles mêlées ; publiez-les séparément."
    ]


# XLSX


def workbook(folder: Path, sheet: int, cells: dict[str, str | float]) -> list[Path]:
    """The ordinary workbook with some cells replaced; sheet 0 has the contracts, 1 the hours."""
    (path,) = write_xlsx(folder, [contract()], [entry()])
    book = openpyxl.load_workbook(path)
    for place, value in cells.items():
        book.worksheets[sheet][place] = value
    book.save(path)
    return [path]


def test_a_formula(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert refused(workbook(folder, 1, {"F2": "=E2*1"}), capsys)[0] == (
        "extract.xlsx [Heures d’insertion], ligne 2, colonne Heures réalisées : cellule F2 : formule sans valeur calculée ; "
        "ouvrez le classeur dans un tableur et enregistrez-le de nouveau."
    )


def test_a_calculation_error(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert refused(workbook(folder, 1, {"F2": "#N/A"}), capsys)[0] == (
        "extract.xlsx [Heures d’insertion], ligne 2, colonne Heures réalisées : cellule F2 : erreur de calcul ; corrigez la "
        "cellule ou videz-la."
    )


def test_a_third_decimal_in_a_cell(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert refused(workbook(folder, 1, {"E2": 7.125}), capsys) == [
        "extract.xlsx [Heures d’insertion], ligne 2, colonne Heures déclarées (hours_declared), valeur « 7.1250 » : plus de "
        "deux décimales ; arrondissez dans la source, rien n’est arrondi à la lecture."
    ]


def test_sheets_of_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = openpyxl.Workbook()
    book.create_sheet("Notes")
    book.save(folder / "vide.xlsx")
    assert refused([folder / "vide.xlsx"], capsys)[0] == (
        "vide.xlsx : aucune feuille n’a les colonnes d’une table (marchés ou heures)."
    )


def test_truncated_xlsx(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (path,) = write_xlsx(folder, [contract()], [entry()])
    path.write_bytes(path.read_bytes()[:-100])
    assert refused([path], capsys) == [
        "extract.xlsx : classeur illisible ou tronqué ; enregistrez-le de nouveau en .xlsx."
    ]


def test_a_zip_that_is_no_workbook(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with zipfile.ZipFile(folder / "archive.xlsx", "w") as archive:
        archive.writestr("lisez-moi.txt", "bonjour")
    assert refused([folder / "archive.xlsx"], capsys) == [
        "archive.xlsx : classeur illisible ou tronqué ; enregistrez-le de nouveau en .xlsx."
    ]


def test_a_workbook_that_unpacks_without_end(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read_xlsx, "LARGEST", 1 << 20)
    with zipfile.ZipFile(folder / "bombe.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * (1 << 21))
    assert (folder / "bombe.xlsx").stat().st_size < 10_000
    assert refused([folder / "bombe.xlsx"], capsys) == [
        "bombe.xlsx : classeur trop volumineux ; exportez-le en CSV ou en Parquet."
    ]


# Files


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        (
            "a.xls",
            b"\xd0\xcf\x11\xe0 old",
            "ancien format Excel (.xls) ou classeur protégé ; enregistrez-le en .xlsx ou en CSV.",
        ),
        ("a.parquet", b"contract_id", "le contenu n’est pas celui d’un fichier .parquet ; exportez-le de nouveau."),
        ("a.xlsx", b"contract_id", "le contenu n’est pas celui d’un fichier .xlsx ; exportez-le de nouveau."),
        ("a.json", b"id;objet", "le contenu n’est pas celui d’un fichier .json ; exportez-le de nouveau."),
        (
            "a.yml",
            b"id: 1",
            "type de fichier inconnu ; CSV (.csv, .txt, .tsv), XLSX, ODS, Parquet, ou JSON ou XML des DECP sont attendus.",
        ),
    ],
)
def test_a_file_of_another_kind(
    name: str, content: bytes, reason: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / name).write_bytes(content)
    assert refused([folder / name], capsys) == [f"{name} : {reason}"]


def test_a_name_that_is_no_utf_8(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = Path(os.fsdecode(bytes(folder) + b"/march\xe9s.csv"))
    path.write_text(CONTRACTS, encoding="utf-8")
    assert refused([path], capsys) == ["march\\udce9s.csv : nom de fichier ou de dossier illisible ; renommez-le."]


def test_a_pipe(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo(folder / "tube.csv")
    assert refused([folder / "tube.csv"], capsys) == ["tube.csv : ce n’est pas un fichier ordinaire."]


def test_no_permission_to_read(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Root reads everything: a child gives its rights up first."""
    paths = texts()(folder)
    paths[1].chmod(0)
    if os.getuid() != 0:
        assert refused(paths, capsys) == ["heures.csv : lecture refusée ; vérifiez les droits du fichier."]
        return
    for place in (folder, *folder.parents[:4]):
        place.chmod(0o755)
    code = (
        "import os, sys, encodings.utf_8_sig; from data import check\n"
        "os.setuid(65534); sys.exit(check.main(sys.argv[1:]))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, *map(str, paths)], capture_output=True, text=True, timeout=60, check=False
    )
    assert ran.stdout.replace("\u00a0", " ").replace("\u202f", " ").splitlines() == [
        "Publication refusée :",
        "  heures.csv : lecture refusée ; vérifiez les droits du fichier.",
    ], ran.stderr
    assert ran.returncode == 1


def test_a_file_that_changes_while_it_is_read(folder: Path) -> None:
    contracts, hours = write_parquet(folder, [contract()], [entry()])

    def still_being_written(_extract: object) -> None:
        os.utime(hours, (0, 0))

    with pytest.raises(ExtractError, match=r"hours\.parquet\xa0: fichier modifié pendant la lecture"):
        publish.publish([contracts, hours], today=TODAY, when_read=still_being_written)
