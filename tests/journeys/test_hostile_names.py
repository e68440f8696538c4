"""Names that are markup, formulas or tricks are shown as they are written, on every page, and nothing in them runs."""

import csv
import datetime as dt
import io
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page

from tests.extracts import contract, entry, publish_rows
from tests.journeys.browser import Heard, lead, open_form, opened, settled, visit
from tests.journeys.files import controls, downloaded
from tests.journeys.server import Server, running
from tests.journeys.tour import MENU, texts, unfold

HOSTILE: Final = (
    "<img src=x onerror=document.title='run'>",
    "<script>document.title='run'</script>",
    "**gras** _it_ ~~barré~~ `code` # x",
    "[x](javascript:alert(1)) ![i](http://stranger.invalid/i.png)",
    r"$\frac{1}{2}$ et $$x^2$$",
    ":material/home: :red[rouge] :smile:",
    '=HYPERLINK("http://stranger.invalid","y")',
    "&lt;b&gt; &amp; <b>gras</b><br>fin",
    "%{x} {0} {name} $scope",
    "-> www.stranger.invalid a@stranger.invalid",
    "Ville 🏗 É́  «\u00a0x\u00a0»",
    "L" + "o" * 300 + "ng",
)
# Written with signs that turn the order of reading, a bell and an escape: published without them.
TURNED: Final = "Droite\u202eehcuag\u2066\x07\x1b[31m fin"
CLIENT: Final = "C<i>&\"'1"
CODE: Final = "F'\"<u>1"
LEGAL: Final = "art. <b>38</b> $x$"
PLACES: Final = (*MENU, f"/clients?client={quote(CLIENT)}", f"/lots?marche={quote('M<i>0')}&lot=00")
# Elements that no page of ours makes, and that a name must not make either.
MADE: Final = """
() => [...document.querySelectorAll('[data-testid="stApp"] :is(img, script, iframe, object, embed, form, font, base, meta, i, u)')]
  .filter((element) => !element.closest('[data-testid="stMarkdownContainer"] :is(svg), svg, nav, .cap-search, .cap-paper'))
  .map((element) => element.outerHTML.slice(0, 200))
"""
LINKS: Final = "() => [...document.querySelectorAll('[data-testid=\"stApp\"] a[href]')].map((link) => link.href)"


def names() -> Iterator[str]:
    yield from HOSTILE
    yield TURNED


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server on a release in which everything that has a name has a hostile one."""
    folder = tmp_path_factory.mktemp("hostile")
    lots, lines = [], []
    for number, name in enumerate(names()):
        about = {
            "contract_id": f"M<i>{number}",
            "client_id": CLIENT if number == 0 else f"C{number}",
            "client_name": name,
        }
        lots.append(
            contract(
                **about,
                contractor_name=name,
                subject=name,
                operation=name,
                legal_basis=LEGAL,
                facilitator_code=CODE,
                contract_ref="<s>$1$",
                execution_commune="76540",
            )
        )
        lines += [
            entry(
                entry_id=f"E{number}-{year}",
                contract_id=about["contract_id"],
                month=dt.date(year, 3, 1),
                hours_validated=Decimal(100 + number),
            )
            for year in (2019, 2020)
        ]
    publish_rows(folder, lots, lines)
    with running(folder) as server:
        yield server


@pytest.fixture(scope="module")
def page(hostile: Server, browser: Browser) -> Iterator[Page]:
    """One window for all pages: whatever it asked strangers for, or complained of, fails at the end of the file."""
    heard = Heard(hostile.url)
    shown = opened(browser, heard)
    shown.on("dialog", lambda dialog: heard.complaints.append(f"a script ran: {dialog.message}"))
    yield visit(shown, "/")
    shown.context.close()
    assert heard.strangers == []
    assert heard.complaints == []


def joined(page: Page) -> str:
    """All that can be read, without the joiners that part what would be read as a link, in one line."""
    return re.sub(r"\s+", " ", "\n".join(texts(page)).replace("\u2060", ""))


def plain(name: str) -> str:
    return re.sub(r"\s+", " ", re.sub("[\u202e\u2066\x07\x1b]+", " ", name))


@pytest.mark.parametrize("path", PLACES)
def test_nothing_in_a_name_runs_or_becomes_a_part_of_the_page(page: Page, path: str) -> None:
    unfold(lead(page, path), at_most=4)
    assert page.locator("h1").count() == 1, page.locator("main").inner_text()
    assert page.title() != "run"
    assert page.evaluate(MADE) == []
    assert [link for link in page.evaluate(LINKS) if "stranger" in link.partition("?")[0] or "script:" in link] == []


@pytest.mark.parametrize("path", ["/clients", "/lots?alerte=all", "/donnees"])
def test_every_name_is_read_as_it_is_written(page: Page, path: str) -> None:
    shown = joined(unfold(lead(page, path), at_most=4))
    assert [name for name in names() if plain(name)[:200] not in shown] == []


def test_titles_are_read_as_they_are_written(page: Page) -> None:
    for number in (2, 3, 4, 5, 9):
        name = HOSTILE[number]
        lead(page, f"/clients?client=C{number}")
        title = page.locator("h1").inner_text().replace("\u2060", "")
        assert re.sub(r"\s+", " ", title).startswith(plain(name)), name


def test_filters_name_their_choices_as_they_are_written(page: Page) -> None:
    lead(page, "/annees")
    open_form(page)
    page.get_by_label("Maître d’ouvrage", exact=True).click()
    offered = [re.sub(r"\s+", " ", text) for text in page.get_by_role("option").all_inner_texts()]
    # The list draws those that are in sight only.
    assert len(offered) >= 5
    assert [text for text in offered if not any(text.startswith(plain(name)[:40]) for name in names())] == []
    page.keyboard.press("Escape")
    search = page.get_by_label("Chercher un maître d’ouvrage, une commune ou un titulaire")
    search.fill("gras")
    search.press("Enter")
    settled(page)
    found = [text.replace("\u2060", "") for text in page.locator("[class*=st-key-_found_] button").all_inner_texts()]
    assert any("**gras** _it_ ~~barré~~ `code` # x" in text for text in found), found
    assert page.evaluate(MADE) == []


def test_charts_show_names_as_they_are_written(page: Page) -> None:
    unfold(lead(page, "/tableau?lignes=client&colonnes="), at_most=4)
    drawn = re.sub(r"\s+", " ", "\n".join(page.locator(".js-plotly-plot .annotation-text").all_text_contents()))
    assert "<script>document.title" in drawn
    assert "&lt;b&gt; &amp; <b>gras</b><br>" in drawn
    assert page.locator(".js-plotly-plot :is(a, image[href*=stranger])").count() == 0
    bars = page.locator(".js-plotly-plot .bars .point path").all()
    tallest = max(
        bars, key=lambda bar: (bar.bounding_box() or {"height": 0})["height"]
    )  # a year without hours has none
    tallest.hover(force=True)
    page.locator(".hoverlayer .hovertext").wait_for()
    assert page.locator(".hoverlayer a").count() == 0


def test_what_is_typed_in_an_address_is_read_as_it_is_written(page: Page) -> None:
    lead(page, f"/annees?clients={quote('[x](javascript:alert(1))')}&modalites={quote('<img src=x onerror=alert(1)>')}")
    result = page.get_by_test_id("stAlert").inner_text()
    assert "[x](javascript:alert(1))" in result
    assert "<img src=x onerror=alert(1)>" in result
    assert page.evaluate(MADE) == []


def test_a_file_runs_no_formula(page: Page) -> None:
    unfold(lead(page, "/clients"), at_most=4)
    _, file = downloaded(page, controls(page)[0])
    content = file.decode("utf-8-sig")
    cells = {cell for row in csv.reader(io.StringIO(content, newline=""), delimiter=";") for cell in row}
    assert '\'=HYPERLINK("http://stranger.invalid","y")' in cells
    assert [cell for cell in cells if re.match(r"[=+@\t\r]|-(?!\d)", cell)] == []
