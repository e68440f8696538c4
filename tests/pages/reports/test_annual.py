"""The yearly report: figures computed by hand, Word's own styles, rights and secrecy."""

import datetime as dt
import re
import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any

import docx as library
import pypdf
import pytest

from data.codes import Role
from data.comments_log import Comment, write_comment
from data.demo import write_demo
from data.publish import publish
from data.release.releases import Release
from data.settings import load_settings
from data.words import Words
from pages.reports.__main__ import main
from pages.reports.annual import annual_document, annual_docx, annual_pdf
from pages.reports.document import Document, Table
from queries.errors import QueryError
from queries.open_release import open_release
from queries.rights.access import Access
from queries.rights.rights import Rights
from queries.scope import Scope
from tests.extracts import TODAY, contracts_table, hours_table
from tests.pages.conftest import Published

FRENCH = Words("fr")
NOW = dt.datetime(2026, 11, 2, tzinfo=dt.UTC)
LOTS = contracts_table("""
    contract_id | client_id | subject | clause_category | execution_commune | hours_committed | ends_on    | status
    M1          | C1        | Écoles  | execution       | 76540             | 1000            | 2027-12-31 | running
    M2          | C2        | Voirie  | reserved_iae    | 76231             | 500             | 2020-12-31 | closed
""")
LINES = hours_table("""
    contract_id | month   | hours_validated | status
    M1          | 2020-03 | 240             | validated
    M2          | 2020-05 | 460             | validated
    M1          | 2019-06 | 300             | validated
""")
PARTS = [
    "2020 en une page", "Jalons et projection", "Types de clause", "Maîtres d’ouvrage", "Communes", "Lots à suivre",
    "Considérations sociales", "Publics", "Sorties", "Définitions et méthode", "Tableaux annexes",
]  # fmt: skip


@pytest.fixture
def access(published: Published) -> Access:
    return reader(published(LOTS, LINES))


def reader(release: Release, role: Role = Role.ADMINISTRATEUR, **rights: tuple[str, ...]) -> Access:
    return Access(database=open_release(release, load_settings()), rights=Rights(role=role, **rights))


def plain(text: str) -> str:
    return " ".join(re.sub(r"\s+", " ", text.replace("\u202f", "").replace("\u00a0", " ")).split())


def read(made: bytes) -> str:
    return plain(" ".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(made)).pages))


def test_the_figures_of_the_year(access: Access) -> None:
    text = read(annual_pdf(access, Scope(), FRENCH, 2020))
    # 240 + 460 = 700 hours in 2020; 2019 begins in June and is not compared. C2 bears 460 of 700, 65,7 %. M1: 540 of 1000 by now, 54 %.
    assert "En 2020, 700 heures ont été réalisées." in text
    assert "Les marchés réservés SIAE représentent 65,7 % des 700 heures réalisées" in text
    assert "Condition d’exécution 240 34,3 0 1000 54,0 1" in text
    assert (
        "2 communes sur 71 ont accueilli des heures, d’abord Elbeuf (460 h, 65,7 % du total) et Rouen (240 h, 34,3 %)."
        in text
    )
    assert "Total 700" in text
    assert [part for part in PARTS if part not in text] == []
    assert "Filtres : année 2020" in text


def test_it_is_tagged_with_its_headings(access: Access) -> None:
    document = pypdf.PdfReader(BytesIO(annual_pdf(access, Scope(), FRENCH, 2020)))
    root: Any = document.root_object
    assert root["/MarkInfo"]["/Marked"]
    outline: Any = document.outline
    assert [entry.title for entry in outline if not isinstance(entry, list)] == PARTS


def test_word_has_its_own_headings_tables_and_captions(access: Access) -> None:
    made: Any = library.Document(BytesIO(annual_docx(access, Scope(), FRENCH, 2020)))
    assert [line.text for line in made.paragraphs if line.style.name == "Heading 1"] == PARTS
    assert made.paragraphs[0].style.name == "Title"
    captions = [plain(line.text) for line in made.paragraphs if line.style.name == "Caption"]
    assert captions[0] == "Figure 1 – Heures réalisées par année travaillée"
    tables = [table for table in made.tables if table.style.name == "Table Grid"]
    assert len(tables) == sum(caption.startswith("Tableau") for caption in captions)
    (by_clause,) = [table for table in tables if table.rows[0].cells[0].text == "Type de clause"]
    assert [plain(cell.text) for cell in by_clause.rows[1].cells[:3]] == ["Marché réservé SIAE", "460", "65,7"]
    assert all("w:tblHeader" in table.rows[0]._tr.xml for table in tables)
    assert all(shape._inline.docPr.get("descr") for shape in made.inline_shapes)
    assert 'w:lang w:val="fr-FR"' in made.styles.element.xml


def test_rights_hold_and_people_stay_closed(access: Access) -> None:
    text = read(annual_pdf(reader(access.release, clients=("C1",)), Scope(), FRENCH, 2020))
    assert "En 2020, 240 heures ont été réalisées" in text
    assert "Client C2" not in text
    assert "460" not in text


def test_a_year_without_hours_is_refused(access: Access, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(QueryError):
        annual_pdf(access, Scope(), FRENCH, 1990)
    assert main(["annual", "--year", "1990", "--out", str(tmp_path / "r.pdf")]) == 1
    assert "aucune heure en 1990" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["annual", "--year", "2020", "--out", str(tmp_path / "r.odt")])


@pytest.mark.slow
def test_the_demonstration_in_libreoffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All parts with figures of persons, in English; LibreOffice opens the DOCX where its Writer is there."""
    write_demo(tmp_path / "demo", entries=4000)
    monkeypatch.setenv("CAP_EXTRACTS", str(tmp_path / "extracts"))
    publish(sorted((tmp_path / "demo").glob("*.parquet")), accept_anomalies=True, today=TODAY)
    out = tmp_path / "report.docx"
    assert main(["annual", "--year", "2025", "--lang", "en", "--out", str(out)]) == 0
    assert out.stat().st_size > 100_000
    office = shutil.which("soffice")
    if office is None or not list(Path(office).resolve().parent.glob("libswlo.*")):
        pytest.skip("no LibreOffice Writer here")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(out)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert "Social considerations" in read((tmp_path / "report.pdf").read_bytes())


def test_comments_of_the_year_have_their_table(access: Access) -> None:
    for kind, code, period, text in [
        ("client", "C1", "2020-T1", "Chantier arrêté au printemps."), ("client", "C2", "2019", "D’une autre année."),
        ("year", "2020", None, "Année des confinements."), ("lot", "M1/00", "2020", "Avenant."),
    ]:  # fmt: skip
        result = Comment(
            scope_kind=kind, scope_code=code, period=period, text=text, author_role="Service", kind="decision"
        )
        write_comment(access.release.path.parents[1], result, writer="x", demo=False, now=NOW)
    (whole,) = tables(annual_document(access, Scope(), FRENCH, 2020))
    assert sorted((row[0], row[1], row[2], row[3]) for row in whole.rows) == [
        ("Année\u00a0: 2020", "Décision", "", "Année des confinements."),
        ("Lot\u00a0: M1/00", "Décision", "2020", "Avenant."),
        ("Maître d’ouvrage\u00a0: Client C1", "Décision", "2020-T1", "Chantier arrêté au printemps."),
    ]
    (one,) = tables(annual_document(access, Scope(clients=("C1",)), FRENCH, 2020))
    assert [row[3] for row in one.rows] == ["Chantier arrêté au printemps."]
    assert tables(annual_document(access, Scope(clients=("C2",)), FRENCH, 2020)) == []


def tables(document: Document) -> list[Table]:
    """Those of comments."""
    return [
        block
        for block in document.blocks
        if isinstance(block, Table) and block.caption == "Commentaires de l’autorité sur l’année"
    ]
