"""Streamlit's own words in the product's language, names of works and clients left as they are."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browser import settled, visit
from tests.journeys.conftest import OpenPage
from tests.journeys.server import Server, running

WIDGETS = """
import streamlit as st
st.title("Essai")
st.selectbox("Client", ["Search", "Stop"], index=None)
st.multiselect("Communes", ["Open", "Close", "Format"], default=["Open"])
st.text_input("Recherche")
st.number_input("Nombre")
st.dataframe({"Colonne": [1, 2]})
st.file_uploader("Fichier")
st.markdown("Close")
st.html("<p>Select all</p>")
"""
COMPOSED = """
import dashboard
import streamlit as st
from starlette.middleware import Middleware
app = st.App("widgets.py", routes=dashboard.own_routes(), lifespan=dashboard.lifespan,
             middleware=[Middleware(dashboard.IndexPage)])
"""
ENGLISH = ("Choose", "Skip to", "Press", "Clear", "Remove", "Show", "Increment", "Upload", "per file", "Fullscreen")
LABELS = """
() => {
  const said = [];
  for (const element of document.body.querySelectorAll("*"))
    for (const name of ["aria-label", "title", "placeholder", "alt"])
      if (element.getAttribute(name)) said.push(element.getAttribute(name));
  return said.concat(document.body.innerText.split("\\n")).map((text) => text.trim());
}
"""


@pytest.fixture(scope="module")
def widgets(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder: Path = tmp_path_factory.mktemp("widgets")
    (folder / "widgets.py").write_text(WIDGETS, encoding="utf-8")
    (folder / "composed.py").write_text(COMPOSED, encoding="utf-8")
    with running(folder, script=folder / "composed.py") as found:
        yield found


def said(page: Page) -> list[str]:
    """Every text and label of the page."""
    found: list[str] = page.evaluate(LABELS)
    return found


def test_no_english_is_left(widgets: Server, open_page: OpenPage) -> None:
    page = visit(open_page(widgets), "/")
    page.get_by_label("Recherche").fill("x")
    expect(page.get_by_text("Entrée pour valider")).to_be_visible()
    assert [text for text in said(page) if text.startswith(ENGLISH)] == []
    for text in ("Aller au contenu", "Retirer Open", "Tout effacer", "Augmenter", "Plein écran", "Choisir un fichier"):
        assert text in said(page)


def test_names_that_look_like_streamlits_words_stay(widgets: Server, open_page: OpenPage) -> None:
    page = visit(open_page(widgets), "/")
    expect(page.locator("[data-tag]")).to_have_text("Open")
    expect(page.locator(".stMarkdown")).to_have_text("Close")
    expect(page.locator(".stHtml")).to_have_text("Select all")
    page.get_by_role("combobox", name="Client").click()
    expect(page.get_by_role("option")).to_have_text(["Search", "Stop"])
    page.keyboard.press("Escape")
    page.get_by_role("combobox", name="Communes").click()
    expect(page.get_by_role("option").first).to_have_text("Tout choisir")
    expect(page.get_by_role("option").last).to_have_text("Format")


def test_a_change_of_language_needs_no_reload(widgets: Server, open_page: OpenPage) -> None:
    page = visit(open_page(widgets), "/")
    for query, lang, words in (
        ("?lang=en", "en", ("Skip to main content", "Remove Open", "Fullscreen")),
        ("?", "fr", ("Aller au contenu", "Retirer Open", "Plein écran")),
    ):
        page.evaluate("(query) => history.replaceState(null, '', query)", query)
        expect(page.locator("html")).to_have_attribute("lang", lang)
        settled(page)
        assert set(words) <= set(said(page))


def test_an_unknown_address_is_told_in_french(server: Server, open_page: OpenPage) -> None:
    page = visit(open_page(server, complaints_expected=True), "/nimporte-quoi")
    expect(page.get_by_text("Page introuvable")).to_be_visible()
    expect(page.get_by_text("Cette page n’existe pas.")).to_be_visible()
    page.get_by_role("dialog").get_by_role("button", name="Fermer").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("million d’heures")


def test_a_lost_server_is_told_in_french(start: Callable[..., Server], server: Server, open_page: OpenPage) -> None:
    lost = start(CAP_EXTRACTS=str(server.extracts))
    page = visit(open_page(lost, complaints_expected=True), "/")
    lost.process.terminate()
    lost.process.wait(timeout=10)
    expect(page.get_by_text("Connexion interrompue")).to_be_visible(timeout=30_000)
