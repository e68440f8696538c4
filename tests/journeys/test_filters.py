"""Filters chosen as a reader does; the address carries them over pages, Back, reload, and to another browser."""

from typing import Final
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browser import awaited_run, open_form, settled, visit
from tests.journeys.conftest import OpenPage, Tour
from tests.journeys.server import Server
from tests.journeys.tour import texts, through_menu

BOTH: Final = "Filtres\u00a0: type de maître d’ouvrage\u00a0: Commune\u202f; commune d’exécution\u00a0: Rouen (76540)"


def choices(page: Page, field: str) -> list[str]:
    """What a field of the open form offers."""
    page.get_by_role("combobox", name=field, exact=True).click()
    expect(page.get_by_role("option").first).to_be_visible()
    return page.get_by_role("option").all_inner_texts()


def choose(page: Page, field: str, begins: str) -> None:
    """Picks the choice of the open form that begins so, found by typing."""
    box = page.get_by_role("combobox", name=field, exact=True)
    box.click()
    box.fill(begins)
    with awaited_run(page):
        page.get_by_role("option", name=begins).first.click()


def search(page: Page, text: str) -> list[str]:
    """What the search of the open form finds, by name."""
    page.get_by_role("textbox", name="Chercher un maître d’ouvrage, une commune ou un titulaire").fill(text)
    with awaited_run(page):
        page.keyboard.press("Enter")
    found = page.get_by_test_id("stPopoverBody").get_by_test_id("stButton")
    return [name.splitlines()[-1] for name in found.all_inner_texts()]


def filtered(page: Page) -> dict[str, list[str]]:
    """The query of the address."""
    return parse_qs(urlsplit(page.url).query)


def go(page: Page, path: str) -> Page:
    """A page of the menu, by a click."""
    before = page.get_by_role("heading", level=1).inner_text()
    through_menu(page, path)
    expect(page.get_by_role("heading", level=1)).not_to_have_text(before)
    return settled(page)


def test_chosen_filters_stay_over_pages_back_and_reload_and_travel_as_a_link(
    tour: Tour, server: Server, open_page: OpenPage
) -> None:
    page = open_form(tour("/"))
    choose(page, "Type de maître d’ouvrage", "Commune")
    choose(page, "Commune d’exécution", "Rouen (76540)")
    page.keyboard.press("Escape")
    expect(page.get_by_text(BOTH)).to_be_visible()
    both = {"types": ["commune"], "communes": ["76540"]}
    assert filtered(page) == both
    first_page = texts(page)

    go(page, "/annees")
    expect(page.get_by_text(BOTH)).to_be_visible()
    assert filtered(page) == both
    assert urlsplit(page.url).path == "/annees"
    years = texts(page)
    page.reload(wait_until="commit")
    assert texts(settled(page)) == years

    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Où en est-on")
    assert texts(settled(page)) == first_page
    assert filtered(page) == both

    page.get_by_role("button", name="Copier le lien").click()
    link = page.get_by_test_id("stPopoverBody").get_by_test_id("stCode").inner_text().strip()
    assert parse_qs(urlsplit(link).query) == both
    address = link.removeprefix("http://localhost").removeprefix(server.url)
    elsewhere = visit(open_page(server, locale="fr-FR"), address)
    assert texts(elsewhere) == first_page


def test_back_undoes_the_last_choice(tour: Tour) -> None:
    page = open_form(tour("/?types=commune"))
    choose(page, "Commune d’exécution", "Rouen (76540)")
    page.keyboard.press("Escape")
    expect(page.get_by_text(BOTH)).to_be_visible()
    page.go_back()
    expect(page.get_by_text("Filtres\u00a0: type de maître d’ouvrage\u00a0: Commune", exact=True)).to_be_visible()
    assert filtered(settled(page)) == {"types": ["commune"]}


def test_reset_shows_everything(tour: Tour) -> None:
    page = tour("/annees?types=commune&communes=76540&annees=2019-2021&hors_total=true")
    expect(page.locator(".cap-chips").get_by_text("lots hors du total compris")).to_be_visible()
    page.get_by_role("button", name="Tout afficher").click()
    expect(page.get_by_text("Aucun filtre")).to_be_visible()
    assert filtered(settled(page)) == {}


def test_an_empty_scope_offers_the_way_out(tour: Tour) -> None:
    # The hospital has no hours in Cléon.
    page = tour("/annees?clients=CHU&communes=76178")
    expect(page.locator("main").get_by_text("Aucune heure pour ces filtres.")).to_be_visible()
    page.locator(".st-key-show_everything").get_by_role("button").click()
    expect(page.get_by_text("Aucun filtre")).to_be_visible()
    expect(page.get_by_test_id("stPlotlyChart").first).to_be_visible()


def test_search_minds_neither_accents_nor_spaces(tour: Tour) -> None:
    page = open_form(tour("/"))
    for typed, found in (
        ("deville", "Déville-lès-Rouen (76216)"),
        ("SAINT ETIENNE", "Saint-Étienne-du-Rouvray (76575)"),
        ("76681", "Sotteville-lès-Rouen (76681)"),
        ("000 001 024 00017", "CHU de Rouen"),
        ("universite des fal", "Université des Falaises (fictive)"),
        ("rouen", "Rouen (76540)"),
    ):
        assert found in search(page, typed), typed
    page.get_by_test_id("stPopoverBody").get_by_role("button", name="Rouen (76540)", exact=True).click()
    expect(page.get_by_text("Filtres\u00a0:")).to_contain_text("Rouen (76540)")
    assert filtered(settled(page)) == {"communes": ["76540"]}


def test_only_choices_that_lead_to_data_are_offered(tour: Tour) -> None:
    page = open_form(tour("/?types=departement"))
    clients = choices(page, "Maître d’ouvrage")
    assert [name.split(" – ")[0] for name in clients] == ["Direction départementale des collèges (fictive)"]
    page.keyboard.press("Escape")
    # Other types stay on offer, so that one may be added; each tells its hours, none has none.
    types = choices(page, "Type de maître d’ouvrage")
    assert len(types) > 5
    assert [name for name in types if not name.endswith("\u00a0h") or name.endswith(" 0\u00a0h")] == []
    page.keyboard.press("Escape")
    assert search(page, "CHU de Rouen") == []
    expect(page.get_by_text("parmi les heures filtrées.")).to_be_visible()


def test_what_a_link_does_not_mean_is_said_and_ignored(tour: Tour) -> None:
    page = tour("/annees?types=commune,bidule&communes=12345&annees=demain&clients=CHU-DE-LA-LUNE&hors_total=peut-etre")
    expect(page.get_by_text("Filtres\u00a0: type de maître d’ouvrage\u00a0: Commune", exact=True)).to_be_visible()
    warning = page.get_by_role("alert")
    expect(warning).to_contain_text("Partie du lien non comprise, donc ignorée")
    for part in ("types=bidule", "communes=12345", "annees=demain", "clients=CHU-DE-LA-LUNE", "hors_total=peut-etre"):
        expect(warning).to_contain_text(part)
    expect(page.get_by_test_id("stPlotlyChart").first).to_be_visible()


def test_a_change_of_language_keeps_filters_and_page(tour: Tour) -> None:
    page = tour("/annees?types=commune&communes=76540")
    page.get_by_role("radio", name="en").click()
    expect(page.get_by_text("Filters: ")).to_contain_text("Rouen (76540)")
    assert filtered(settled(page)) == {"types": ["commune"], "communes": ["76540"], "lang": ["en"]}
    through_menu(page, "/", "en")
    page.wait_for_url(lambda url: urlsplit(url).path == "/")
    assert filtered(settled(page)) == {"types": ["commune"], "communes": ["76540"], "lang": ["en"]}
    expect(page.get_by_text("Filters: ")).to_contain_text("Rouen (76540)")


@pytest.mark.parametrize(("link", "path"), [("Où en est-on\u202f?", "/"), ("Sans déclaration récente", "/definitions")])
def test_a_link_is_followed_while_the_form_is_open(tour: Tour, link: str, path: str) -> None:
    """Closing the form is a run of the page before, which must not take the reader back."""
    page = open_form(tour("/clients?types=hopital"))
    page.locator("a").filter(has_text=link).first.click()
    expect(page.get_by_test_id("stPopoverBody")).to_be_hidden()
    page.wait_for_url(lambda url: urlsplit(url).path == path)
    assert urlsplit(settled(page).url).path == path
    assert filtered(page)["types"] == ["hopital"]
