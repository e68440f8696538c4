"""Every number of every sheet and report is that of an answer, whoever reads: extracted from the PDF and the DOCX."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

import pypdf
import pytest
import streamlit

from data.codes import Role
from data.demo import write_demo
from data.publish import publish
from data.release.pointer import current_release
from data.settings import load_settings
from data.words import Lang, Words
from pages.frame import identity
from pages.frame.menu import PAGES
from pages.parts.paper_charts.figure import chart_svg
from pages.reports import pdf as typesetting
from pages.reports.annual import annual_document
from pages.reports.document import Document, Picture
from pages.reports.sheet_command import EACH, values
from pages.reports.sheets import sheet
from pages.reports.word import docx
from queries import answers
from queries.open_release import open_release
from queries.rights.access import Access
from queries.rights.readers import LOCAL, Reader
from queries.rights.rights import Rights
from queries.scope import Scope
from tests.extracts import TODAY
from tests.pages.conftest import Shown, texts
from tests.pages.reports.answered import Answers, answering, document_text, docx_text, numbers, pdf_text

pytestmark = pytest.mark.slow
CLIENT = "CHU"
READERS = {
    "everything": LOCAL,
    "one client": Reader(name="elu", rights=Rights(role=Role.ELU, clients=(CLIENT,))),
}
# A lot's own page is at the address of the list.
WITHOUT_SHEET = ("build_table/page.py",)  # the reader’s own table is a file
PLACES: dict[str, tuple[str, dict[str, str]]] = {
    **{page.script: (page.script, {}) for page in PAGES},
    "one client": ("clients/page.py", {"client": CLIENT}),
    "one commune": ("communes/page.py", {"communes": "76540"}),
    "a clause category": ("clauses/page.py", {"clauses": "execution"}),
    "years compared": ("compare/page.py", {"quoi": "annees"}),
    "an index": ("compare/page.py", {"quoi": "clauses", "mesure": "indice"}),
}


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("numbers")
    write_demo(folder / "demo", entries=2500)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CAP_EXTRACTS", str(folder / "extracts"))
        publish(sorted((folder / "demo").glob("*.parquet")), accept_anomalies=True, today=TODAY)
    return folder / "extracts"


@pytest.fixture(params=READERS)
def reader(request: pytest.FixtureRequest) -> Reader:
    return READERS[request.param]


@pytest.fixture
def extracts(demonstration: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CAP_EXTRACTS", str(demonstration))
    return demonstration


@pytest.fixture
def access(extracts: Path, reader: Reader) -> Access:
    return access_of(reader)


def access_of(reader: Reader) -> Access:
    release = current_release()
    assert release is not None
    return Access(database=open_release(release, load_settings()), rights=reader.rights, reader=reader.name)


@pytest.fixture
def documents(monkeypatch: pytest.MonkeyPatch) -> list[Document]:
    """What is typeset, in order."""
    found: list[Document] = []
    real = typesetting.pdf
    monkeypatch.setattr(typesetting, "pdf", lambda document: found.append(document) or real(document))  # type: ignore[func-returns-value]
    return found


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("each", [None, *EACH])
def test_sheets(access: Access, documents: list[Document], each: str | None, lang: Lang) -> None:
    """Of the whole, and of the first, the middle and the last client, commune and clause category that the reader may have one of."""
    words = Words(lang)
    months = Scope(first_month=dt.date(2024, 11, 1), last_month=dt.date(2025, 3, 1))
    if each is None:
        scopes = [Scope(), Scope(first_year=2020, last_year=2024), months]
    else:
        codes = [code for code, _ in values(access, Scope(), each, words)]
        assert codes
        chosen: list[dict[str, Any]] = [{EACH[each]: (code,)} for code in {codes[0], codes[len(codes) // 2], codes[-1]}]
        in_months: dict[str, Any] = {EACH[each]: (values(access, months, each, words)[0][0],)}
        scopes = [*(Scope(**one) for one in chosen), replace(months, **in_months)]
    for scope in scopes:
        with answering(access.settings) as found:
            made = sheet(access, scope, words, server="https://cap.example")
        check(found, documents[-1], pdf_text(made), lang)
        hides_others(access, pdf_text(made))


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_yearly_report(access: Access, lang: Lang) -> None:
    words = Words(lang)
    with answering(access.settings) as found:
        document = annual_document(access, Scope(), words, 2025)
        made, word = typesetting.pdf(document), docx(document, words)
    check(found, document, pdf_text(made), lang)
    check(found, document, docx_text(word), lang)
    hides_others(access, pdf_text(made))
    hides_others(access, docx_text(word))


@pytest.mark.parametrize("place", PLACES)
def test_sheets_of_pages(
    extracts: Path, reader: Reader, place: str, documents: list[Document], shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of every page that offers one; a page with a chart does."""
    buttons: dict[str, Callable[[], bytes]] = {}
    real = streamlit.download_button

    def recorded(label: str, data: Any, **options: Any) -> bool:
        buttons[str(options.get("key"))] = data
        return real(label, data, **options)

    monkeypatch.setattr(streamlit, "download_button", recorded)
    monkeypatch.setattr(identity, "session_reader", lambda _settings: reader)
    script, query = PLACES[place]
    with answering(load_settings()) as found:
        page = shown(script, **query)
        make = buttons.get("cap_sheet")
        if make is None:
            assert not page.get("plotly_chart") or script in WITHOUT_SHEET, "a page with charts and no sheet"
            return
        made = make()
    text = pdf_text(made)
    # "12 premières lignes sur 73": as many as the page's own table has.
    found.allowed |= {str(body.count("<tr")) for body in re.findall(r"<tbody.*?</tbody>", texts(page), re.DOTALL)}
    check(found, documents[-1], text, "fr")
    hides_others(access_of(reader), text)
    assert len(pypdf.PdfReader(BytesIO(made)).pages) == 1


def test_a_number_of_no_answer_is_found(access: Access) -> None:
    """The check can fail: one digit changed in each large number."""
    with answering(access.settings) as found:
        text = document_text(annual_document(access, Scope(), Words("fr"), 2025))
    large = [number for number in numbers(text) if len(number) > 3 and "," not in number]
    assert len(large) > 20
    changed = [f"{(int(number[0]) + 1) % 9 + 1}{number[1:]}" for number in large]
    assert len(found.strange(changed)) > len(changed) * 0.9


def check(found: Answers, document: Document, text: str, lang: Lang) -> None:
    """Nothing of the document is lost, and every number of its file is of an answer, of a page, or the graduation of an axis."""
    written, printed = numbers(document_text(document), lang), numbers(text, lang)
    assert written - printed == Counter()
    strange = found.strange(written)
    assert [line for line in document_text(document).splitlines() if strange & set(numbers(line, lang))] == []
    drawn = Counter[str]()
    for block in document.blocks:
        for chart in block.charts if isinstance(block, Picture) else ():
            drawn += numbers("\n".join(fromstring(chart_svg(chart, 640)).itertext()), lang)
    graduations = {
        number for number in drawn if len(number.strip("0,")) <= 2 or re.fullmatch("(19|20)[0-9]{2}", number)
    }
    pages = {str(number) for number in range(1, 40)}
    assert found.strange(printed) - graduations - pages == set()


def hides_others(access: Access, text: str) -> None:
    """Who is limited to a client reads the name of no other."""
    whole = {row["client_name"] for row in answers.hours_by_client(access_of(LOCAL), Scope())}
    mine = {row["client_name"] for row in answers.hours_by_client(access, Scope())}
    assert len(whole) > len(mine) or access.rights.clients is None
    read = " ".join(text.split())
    assert [name for name in whole - mine if name in read and name != access.settings.authority.name] == []
