"""The public edition: every number is the live public page's, nothing that the public version hides is in a file, every link leads somewhere."""

import gzip
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree.ElementTree import fromstring

import pyarrow.parquet as pq
import pytest
from streamlit.testing.v1 import AppTest

from data.settings import load_settings
from data.words import Words
from pages.parts.streamlit_internals import without_components
from pages.public.__main__ import public_access
from pages.public.targets import Target, targets
from tests.pages.conftest import FRAME
from tests.pages.public.conftest import ADDRESS, PARTICIPANTS, SECRETS
from tests.streamlit_private import open_address

_NUMBER = re.compile(r"\d+(?:,\d+)?")
# What a page of the edition alone has: charts as texts, files with their sizes, the filter that makes the page.
_ITS_OWN = re.compile(
    r'<style>.*?</style>|<pre>.*?</pre>|<svg.*?</svg>|<summary>.*?</summary>|<p class="cap-(?:files|only)">.*?</p>',
    re.DOTALL,
)
# What a page of a server alone has: pictures for print, line, chips, search and foot of the frame, ways to lots.
_OF_A_SERVER = (
    '<p class="cap-frame"', '<ul class="cap-chips"', '<footer class="cap-foot"', '<div class="cap-paper"', "<form", "<style",
    "Filtres\u00a0:", '<p class="cap-notes"><a href="lots?',
)  # fmt: skip


@pytest.fixture(autouse=True)
def release(edition: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAP_EXTRACTS", str(edition.parent / "extracts"))
    monkeypatch.setenv("CAP_SETTINGS", str(edition.parent / "settings.toml"))


def numbers(text: str) -> Counter[str]:
    """The numbers that are read in HTML, and how often each."""
    read = unescape(re.sub(r"<[^>]+>", " ", text)).replace("\u202f", "").replace("\u00a0", "")
    return Counter(_NUMBER.findall(read))


def page_of(file: Path) -> str:
    """What is between the line of freshness and the foot."""
    (body,) = re.findall(r"<main\b.*?</p>(.*)</main>", file.read_text(encoding="utf-8"), re.DOTALL)
    return _ITS_OWN.sub("", body)


def live(target: Target) -> str:
    """What the public reader reads on the server's page, from Streamlit's own run of the whole frame."""
    at = AppTest.from_file(FRAME, default_timeout=60)
    without_components(at)
    at.query_params.update(target.query)
    if target.page.path:
        open_address(at, target.page.path)
    at.run()
    assert not at.exception, at.exception[0].message
    parts: list[Any] = [*at.title, *at.header, *at.subheader, *at.text, *at.get("html")]
    shown = (str(getattr(part, "value", None) or part.proto.body) for part in parts)
    return "\n".join(part for part in shown if not part.startswith(_OF_A_SERVER))


def test_every_number_is_that_of_the_live_public_page(edition: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # A reader of the server opens the folds; what one of them asks for, only a server answers.
    for module in ("pages.parts.projection_block", "pages.definitions.list"):
        monkeypatch.setattr(f"{module}.is_unfolded", lambda _: True)
    monkeypatch.setattr("pages.parts.projection_block._show_what_if", lambda *_: None)
    found = [target for target in targets(public_access(load_settings()), Words("fr")) if not target.page.at_foot]
    differing = {}
    for target in found:
        on_server, in_file = numbers(live(target)), numbers(page_of(edition / f"{target.file}.html"))
        if on_server != in_file:
            differing[target.file] = {"server": on_server - in_file, "file": in_file - on_server}
    assert differing == {}
    names = {target.file for target in found}
    assert {"index", "clients/C1", "clients/C2", "communes/76540", "communes/76681", "clauses/reserved_iae"} <= names


def texts(file: Path) -> Iterator[str]:
    """All that a file says, whatever its format; of a picture and a font nothing."""
    if file.suffix == ".xlsx":
        with zipfile.ZipFile(file) as archive:
            yield from (archive.read(name).decode() for name in archive.namelist() if name.endswith((".xml", ".rels")))
    elif file.suffix == ".parquet":
        table = pq.read_table(file)
        yield f"{table.to_pylist()} {table.schema.metadata}"
    elif file.suffix == ".gz":
        held = gzip.decompress(file.read_bytes())
        assert held == file.with_suffix("").read_bytes()
    elif file.suffix not in (".png", ".woff2"):
        yield file.read_text(encoding="utf-8-sig")


def test_nothing_hidden_is_in_a_file(edition: Path) -> None:
    files = [file for file in edition.rglob("*") if file.is_file()]
    assert {file.suffix for file in files} >= {
        ".html",
        ".csv",
        ".xlsx",
        ".parquet",
        ".xml",
        ".txt",
        ".css",
        ".svg",
        ".woff2",
    }
    said = {file.relative_to(edition): "\n".join(texts(file)) for file in files}
    assert {(str(file), secret) for file, text in said.items() for secret in SECRETS if secret in text} == set()
    # 137 participants are shown as 135 or 140, and 141 of both clients as 140 or 145.
    exact = re.compile(rf"(?<![\d,.#-])(?:{'|'.join(PARTICIPANTS)})(?![\d,.])")
    pages = {
        file: re.sub(r"<svg.*?</svg>|<style>.*?</style>", "", text, flags=re.DOTALL)
        for file, text in said.items()
        if file.suffix == ".html"
    }
    assert {str(file) for file, text in pages.items() if exact.search(unescape(re.sub(r"<[^>]+>", " ", text)))} == set()
    people = numbers(page_of(edition / "publics.html"))
    assert people["140"] or people["145"]
    assert "n.c." in page_of(edition / "communes" / "76681.html")


def test_every_link_leads_somewhere(edition: Path) -> None:
    lost = set()
    for file in edition.rglob("*.html"):
        text, here = file.read_text(encoding="utf-8"), file.relative_to(edition).as_posix()
        assert text.count("<h1>") == 1
        assert "<script" not in text
        for address in re.findall(r'\s(?:href|src)="([^"]*)"', text):
            parts = urlsplit(urljoin(here, unescape(address)))
            if parts.scheme or address.startswith("#"):
                continue
            led = edition / unquote(parts.path)
            if not led.is_file() or (
                parts.fragment and f'id="{parts.fragment}"' not in led.read_text(encoding="utf-8")
            ):
                lost.add((here, address))
    assert lost == set()


def test_each_page_says_what_it_is_to_who_lists_it(edition: Path) -> None:
    heads = {}
    for file in edition.rglob("*.html"):
        head = file.read_text(encoding="utf-8").partition("</head>")[0]
        title, lang = re.findall(r"<title>(.*?)</title>", head)[0], re.findall(r'<html lang="(..)">', head)[0]
        heads[file.relative_to(edition).as_posix()] = title, lang
        described, canonical = (
            re.findall(f'{name}="([^"]+)">', head) for name in ('"description" content', '"canonical" href')
        )
        assert described
        assert canonical[0].startswith(ADDRESS)
        for picture in re.findall(r'"og:image" content="([^"]+)"', head):
            assert (edition / picture.removeprefix(f"{ADDRESS}/")).read_bytes().startswith(b"\x89PNG")
    assert len(set(heads.values())) == len(heads)
    assert heads["clients/C1.html"] == ("Client C1 – Maîtres d’ouvrage – Cap Insertion – Métropole d’essai", "fr")
    assert heads["en/clients/C1.html"][1] == "en"
    site_map = fromstring((edition / "sitemap.xml").read_text(encoding="utf-8"))
    listed = {place.text for place in site_map.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")}
    assert listed == {f"{ADDRESS}/{name.removesuffix('index.html')}" for name in heads}
