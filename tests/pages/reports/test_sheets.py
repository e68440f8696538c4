"""Sheets: every number of the PDF is one that was computed by hand; tagged, in French, one page, within the reader's rights."""

import datetime as dt
import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
import pytest

from data.codes import Role
from data.comments_log import Comment, write_comment
from data.release.releases import Release
from data.settings import load_settings
from data.words import Words
from pages.reports.__main__ import main
from pages.reports.sheets import sheet
from queries.errors import QueryError
from queries.open_release import open_release
from queries.rights.access import Access
from queries.rights.rights import Rights
from queries.scope import Scope
from tests.extracts import contracts_table, hours_table
from tests.pages.conftest import Published

FRENCH = Words("fr")
MARCH = dt.date(2020, 3, 1)
LOTS = contracts_table("""
    contract_id | lot_id | client_id | subject    | clause_category | execution_commune | hours_committed | ends_on    | status
    M1          | 01     | C1        | Écoles     | execution       | 76540             | 1000            | 2027-12-31 | running
    M2          | 00     | C2        | Voirie     | reserved_iae    | 76540             | 500             | 2020-12-31 | closed
    M3          | 00     | C2        | Stade      | execution       | 76681             | 2000            | 2020-12-31 | closed
""")
LINES = hours_table("""
    contract_id | lot_id | month   | hours_validated | status
    M1          | 01     | 2020-03 | 240             | validated
    M2          | 00     | 2020-05 | 460             | validated
    M3          | 00     | 2019-06 | 1300            | validated
    M1          | 01     | 2020-04 |                 | declared
""")


@pytest.fixture
def access(published: Published) -> Access:
    return reader(published(LOTS, LINES))


def reader(release: Release, **rights: tuple[str, ...]) -> Access:
    database = open_release(release, load_settings())
    return Access(database=database, rights=Rights(role=Role.ADMINISTRATEUR, **rights))


def read(made: bytes) -> str:
    pages = pypdf.PdfReader(BytesIO(made)).pages
    assert len(pages) == 1
    return " ".join(re.sub(r"\s+", " ", pages[0].extract_text().replace("\u202f", "").replace("\u00a0", " ")).split())


def numbers(text: str) -> set[str]:
    return set(re.findall(r"\d+(?:,\d+)?", text))


def test_every_number_of_a_commune(access: Access) -> None:
    text = read(sheet(access, Scope(execution_communes=("76540",)), FRENCH, server="http://ici.example"))
    # 240 + 460 of 2000 hours: 35 %. Rated: 700 of 1500, 46,7 %. C2 bears 460 of 700, 65,7 % (92 % of its 500), C1 34,3 % (24 % of 1000).
    assert "Rouen a accueilli 700 heures, soit 35,0 % du total de toutes les communes, dans 2 lots" in text
    assert "700 h réalisées sur 1500 h engagées par les mêmes lots" in text
    assert re.search(r"Client C2 460 65,7 500 92,0 1\b", text)
    assert re.search(r"Client C1 240 34,3 1000 24,0 1\b", text)
    # 6 h for each of Rouen’s 115 thousands or so; 8 months of 2026 are complete at the end of October.
    facts = "6 8 76540 700 35,0 2 46,7 1500 460 65,7 500 92,0 1 240 34,3 1000 24,0 31 10 2026 1000"
    axes = " ".join([*(str(year) for year in range(2019, 2027)), "0", "200", "400", "600", "800"])
    strange = numbers(text) - numbers(facts) - numbers(axes)
    assert strange == set(), text


def test_a_sheet_of_months_names_them_and_puts_no_years_side_by_side(access: Access) -> None:
    """240 h in March, of which C1 has all; the lot M2 is active then, without an hour."""
    text = read(sheet(access, Scope(execution_communes=("76540",), first_month=MARCH, last_month=MARCH), FRENCH))
    assert "Rouen a accueilli 240 heures, soit 100,0 % du total de toutes les communes, dans 2 lots" in text
    assert "Client C2" not in text  # it carries no hour of March
    assert "Filtres : en mars 2020; commune d’exécution : Rouen (76540)" in text
    assert "En 2020" not in text
    assert "par année travaillée" not in text
    whole = read(sheet(access, Scope(first_month=MARCH, last_month=dt.date(2020, 5, 1)), FRENCH))
    assert "Heures réalisées de mars à mai 2020" in whole
    assert "700 h" in whole


def test_a_client_without_what_others_have(access: Access) -> None:
    text = read(sheet(access, Scope(clients=("C1",)), FRENCH))
    assert "Client C1 porte 240 heures, soit 12,0 % du total affiché" in text
    assert "Écoles M1, lot 01" in text
    assert "Voirie" not in text
    assert "http" not in text


def test_a_clause_category_has_its_share_of_all(access: Access) -> None:
    text = read(sheet(access, Scope(clause_categories=("reserved_iae",)), FRENCH))
    assert "Les marchés réservés SIAE représentent 460 h, soit 23,0 % des 2000 h de tous les types, dans 1 lot." in text


def test_the_whole_is_the_first_page(access: Access) -> None:
    text = read(sheet(access, Scope(), FRENCH))
    assert "Où en est-on" in text
    assert "2000 heures réalisées" in text
    assert "Données au 31/10/2026" in text
    assert "1/1" in text


def test_a_commune_without_any_hour_has_its_sheet(access: Access) -> None:
    assert "Elbeuf a accueilli 0 heure," in read(sheet(access, Scope(execution_communes=("76231",)), FRENCH))


def test_it_is_tagged_french_and_has_its_fonts(access: Access) -> None:
    document = pypdf.PdfReader(BytesIO(sheet(access, Scope(execution_communes=("76540",)), FRENCH)))
    root: Any = document.root_object
    page: Any = document.pages[0]
    assert root["/Lang"] == "fr"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]
    assert "Rouen" in str(document.metadata.title if document.metadata else "")
    assert b"pdfuaid:part>1<" in document.xmp_metadata.stream.get_data() if document.xmp_metadata else False
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]
    described = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object() for font in fonts]
    assert described
    assert all("/FontFile2" in one or "/FontFile3" in one for one in described)
    assert any("SourceSans3" in str(one["/FontName"]) for one in described)


def test_its_tags_name_what_each_thing_is(access: Access) -> None:
    """What a validator of PDF/UA asks of tags."""
    document = pypdf.PdfReader(BytesIO(sheet(access, Scope(execution_communes=("76540",)), FRENCH)))
    root: Any = document.root_object
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    pages: list[Any] = list(document.pages)
    for page in pages:
        assert page["/Tabs"] == "/S"
        assert all("/ToUnicode" in font.get_object() for font in page["/Resources"]["/Font"].values())
    found = list(tags(root["/StructTreeRoot"]))
    kinds = [tag["/S"] for tag in found]
    assert kinds.count("/H1") == 1
    assert kinds.count("/Figure") == kinds.count("/Table") == 1
    # The chart says what it shows, and stands under its caption as the table does.
    (chart,) = [tag["/Alt"] for tag in found if tag["/S"] == "/Figure"]
    assert "Heures réalisées par année travaillée" in chart
    assert kinds.count("/Caption") == 2
    headers = [tag for tag in found if tag["/S"] == "/TH"]
    assert len(headers) == 6
    assert all(any(one.get("/Scope") == "/Column" for one in tag["/A"]) for tag in headers)
    rows = [[cell["/S"] for cell in children(tag)] for tag in found if tag["/S"] == "/TR"]
    assert rows == [["/TH"] * 6, ["/TD"] * 6, ["/TD"] * 6]


def children(tag: Any) -> list[Any]:
    """The tags right within one."""
    within = tag.get("/K", [])
    within = within if isinstance(within, list) else [within]
    read = [one.get_object() if hasattr(one, "get_object") else one for one in within]
    return [one for one in read if isinstance(one, dict) and "/S" in one]


def tags(tag: Any) -> Iterator[Any]:
    """Every tag of a document, in the order of reading."""
    for one in children(tag):
        yield one
        yield from tags(one)


def test_rights_hold(access: Access) -> None:
    mine = reader(access.release, clients=("C1",))
    text = read(sheet(mine, Scope(execution_communes=("76540",)), FRENCH))
    assert "Rouen a accueilli 240 heures" in text
    assert "Client C2" not in text
    with pytest.raises(QueryError):
        sheet(mine, Scope(clients=("C2",)), FRENCH)


def test_the_latest_comment_stands_on_the_sheet_of_what_it_is_about(access: Access) -> None:
    for day, (kind, code, text) in enumerate(
        [
            ("client", "C1", "Ancien."), ("client", "C1", "Le chantier a pris du retard."), ("all", None, "Avenant voté."),
            ("year", "2020", "Année des confinements."),
        ],
        start=1,
    ):  # fmt: skip
        result = Comment(
            scope_kind=kind, scope_code=code, period="2020-T1", text=text, author_role="Service", kind="explanation"
        )
        write_comment(
            access.release.path.parents[1],
            result,
            writer="x",
            demo=False,
            now=dt.datetime(2026, 11, day, tzinfo=dt.UTC),
        )

    def comment(scope: Scope, mine: Access = access) -> list[str]:
        return re.findall(r"Explication : 2020-T1 · Service · (.*? 2026 .*?\.)", read(sheet(mine, scope, FRENCH)))

    assert comment(Scope(clients=("C1",))) == ["2 novembre 2026 Le chantier a pris du retard."]
    assert comment(Scope()) == ["3 novembre 2026 Avenant voté."]
    assert comment(Scope(first_year=2020, last_year=2020)) == ["4 novembre 2026 Année des confinements."]
    assert (
        comment(Scope(clients=("C1", "C2"))) == comment(Scope(clients=("C1",), clause_categories=("execution",))) == []
    )
    # Who is limited to a client reads nothing on the whole.
    assert comment(Scope(), reader(access.release, clients=("C1",))) == []


def test_one_sheet_for_each_commune(access: Access, tmp_path: Path) -> None:
    out = tmp_path / "fiches.zip"
    assert main(["sheet", "--each", "commune", "--out", str(out)]) == 0
    with zipfile.ZipFile(out) as archive:
        names = archive.namelist()
        assert len(names) == 71
        assert "35,0 %" in read(archive.read("Rouen_76540.pdf"))


def test_the_command_says_why_it_refuses(access: Access, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "fiche.pdf"
    assert main(["sheet", "--client", "NOBODY", "--out", str(out)]) == 1
    assert capsys.readouterr().err == "aucune heure pour ces filtres\u00a0: il n’y a rien à mettre sur une fiche.\n"
    assert main(["sheet", "--out", str(tmp_path / "nowhere" / "fiche.pdf")]) == 1
    assert "No such file" in capsys.readouterr().err
    assert [file.name for file in tmp_path.iterdir() if "fiche" in file.name] == []


def test_a_logo_stands_at_the_top(access: Access, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text('[authority]\nname = "Ici"\nepci = "200023414"\n[paper]\nlogo = "logo.svg"\n', encoding="utf-8")
    monkeypatch.setenv("CAP_SETTINGS", str(settings))
    asked = reader(access.release)
    with pytest.raises(QueryError, match="logo"):
        sheet(asked, Scope(), FRENCH)
    (tmp_path / "logo.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>', encoding="utf-8"
    )
    assert read(sheet(asked, Scope(), FRENCH))
