"""The twelve questions that readers bring, each with its shortest way from the first page, and what it costs.

uv run python -m tests.journeys.questions     # measures them on the demonstration and rewrites the table of ACCESSIBILITY.md
"""

import argparse
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from playwright.sync_api import Page, sync_playwright

from tests.journeys.browser import Heard, awaited_run, chromium, lead, opened, settled, visit
from tests.journeys.server import running

DOCUMENT: Final = Path(__file__).parents[2] / ".docs" / "ACCESSIBILITY.md"
BEGIN, END = "<!-- questions: made by tests/journeys/questions.py -->\n", "<!-- end of questions -->\n"


_TABS: Final = 120
_FOCUSED: Final = """() => {
  const one = document.activeElement;
  return [one.localName, one.getAttribute("aria-label") ?? one.innerText ?? ""];
}"""


@dataclass(slots=True)
class Reader:
    """Who asks: counts searches and clicks."""

    page: Page
    searches: int = 0
    clicks: int = 0

    def search(self, text: str) -> None:
        """One question typed into the field of the frame."""
        self.searches += 1
        field = self.page.get_by_role("searchbox", name="Chercher dans toutes les pages")
        field.fill(text)
        with awaited_run(self.page):
            field.press("Enter")

    def follow(self, name: str) -> None:
        """A click on a result."""
        self.clicks += 1
        with awaited_run(self.page):
            self.page.locator(".cap-plan").get_by_role("link", name=name, exact=True).first.click()

    def open(self, name: str) -> None:
        """A click that opens something on the page."""
        self.clicks += 1
        self.page.get_by_role("button", name=name).first.click()
        settled(self.page)

    def download(self, name: str) -> None:
        """A click that brings a file."""
        self.clicks += 1
        with self.page.expect_download():
            self.page.get_by_role("button", name=name).first.click()

    @property
    def answer(self) -> str:
        """The sentence of the page."""
        return self.page.locator(".cap-answer").first.inner_text()


class KeyboardReader(Reader):
    """Who asks without a mouse."""

    def search(self, text: str) -> None:
        """The key that leads into the field, then the question."""
        self.searches += 1
        self.page.keyboard.press("/")
        self.page.keyboard.type(text)
        with awaited_run(self.page):
            self.page.keyboard.press("Enter")

    def follow(self, name: str) -> None:
        """Tab to the result."""
        self.clicks += 1
        self._reach("a", name)
        with awaited_run(self.page):
            self.page.keyboard.press("Enter")

    def open(self, name: str) -> None:
        """Tab to the button that opens."""
        self.clicks += 1
        self._reach("button", name)
        self.page.keyboard.press("Enter")
        settled(self.page)

    def download(self, name: str) -> None:
        """Tab to the button of the file."""
        self.clicks += 1
        self._reach("button", name)
        with self.page.expect_download():
            self.page.keyboard.press("Enter")

    def _reach(self, tag: str, name: str) -> None:
        """Tab until the focus is on it; AssertionError when it is not within reach."""
        for _ in range(_TABS):
            self.page.keyboard.press("Tab")
            found, text = self.page.evaluate(_FOCUSED)
            if found == tag and name in text:
                return
        raise AssertionError(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question: the steps to its answer, what the sentence has. `before`: the clicks that it took in version 0.1."""

    question: str
    before: str
    steps: Callable[[Reader], None]
    says: Sequence[str] = field(default_factory=tuple)


def _search(text: str) -> Callable[[Reader], None]:
    return lambda reader: reader.search(text)


def _nothing(_reader: Reader) -> None:
    """The first page answers."""


def _lots_of_the_chu(reader: Reader) -> None:
    reader.search("CHU")
    reader.follow("CHU de Rouen")
    reader.open("Télécharger\u00a0: Lots en cours d’abord")
    reader.download("Excel (XLSX)")


def _two_towns(reader: Reader) -> None:
    reader.search("Rouen et Sotteville depuis 2022")
    reader.follow("Comparer Rouen et Sotteville-lès-Rouen")


ASKED: Final = (
    Asked(
        question="Combien d’heures à Elbeuf en 2024 ?",
        before="7",
        steps=_search("Elbeuf 2024"),
        says=("Elbeuf\u00a0: ", "réalisées en 2024"),
    ),
    Asked(
        question="Quel bailleur social est en retard ?",
        before="5",
        steps=_search("Quel bailleur social est en retard ?"),
        says=("relance chez",),
    ),
    Asked(
        question="Quelle part des heures vient des marchés réservés depuis 2019 ?",
        before="5 and an addition by hand",
        steps=_search("marchés réservés depuis 2019"),
        says=("Marchés réservés depuis 2019", "% des heures"),
    ),
    Asked(
        question="Quand les deux millions seront-ils atteints ?", before="0", steps=_nothing, says=("deuxième million",)
    ),
    Asked(question="Les lots du CHU dans Excel", before="7", steps=_lots_of_the_chu, says=("CHU de Rouen",)),
    Asked(
        question="Combien de femmes en 2025 ?",
        before="8",
        steps=_search("Combien de femmes en 2025 ?"),
        says=("femmes en 2025",),
    ),
    Asked(
        question="Rouen et Sotteville sur cinq ans",
        before="13",
        steps=_two_towns,
        says=("Rouen (", "de 2022 à 2026", "Sotteville-lès-Rouen ("),
    ),
    Asked(
        question="Quels marchés finissent dans les trois mois sans leurs heures ?",
        before="4, and wrong",
        steps=_search("Quels marchés finissent dans les trois mois sans leurs heures ?"),
        says=("dans les trois mois sans toutes leurs heures",),
    ),
    Asked(
        question="Qui n’a rien déclaré depuis trois mois ?",
        before="2",
        steps=_search("Qui n’a rien déclaré depuis trois mois ?"),
        says=("déclaré depuis plus de 3 mois",),
    ),
    Asked(
        question="Où en est la Ville de Rouen, est-elle en retard ?",
        before="3",
        steps=_search("Ville de Rouen en retard"),
        says=("relance",),
    ),
    Asked(
        question="Quelles heures attendent la validation, et chez qui ?",
        before="2 and reading 28 rows",
        steps=_search("Quelles heures attendent la validation, et chez qui ?"),
        says=("en attente de validation\u00a0: ",),
    ),
    Asked(
        question="Où en est la Ville d’Elbeuf face à l’objectif national ?",
        before="5, and false",
        steps=_search("Où en est la Ville d’Elbeuf face à l’objectif national ?"),
        says=("objectif national",),
    ),
)


def measured(asked: Asked, page: Page, kind: type[Reader] = Reader) -> Reader:
    """The question asked from the first page; AssertionError when its sentence lacks what it should have. `kind`: of its reader.

    With a keyboard the document is loaded anew: the field of the search is empty then, and the focus at the beginning.
    """
    begin = lead if kind is Reader and page.url.startswith("http") else visit
    reader = kind(begin(page, "/"))
    asked.steps(reader)
    missing = [part for part in asked.says if part not in reader.answer]
    assert not missing, f"{missing} is not in: {reader.answer}"
    return reader


def table(costs: Sequence[tuple[int, int]]) -> str:
    """The Markdown table of searches and clicks."""
    rows = [["Question", "Searches", "Clicks", "Clicks in 0.1"], ["---"] * 4]
    rows += [
        [asked.question, str(searches), str(clicks), asked.before]
        for asked, (searches, clicks) in zip(ASKED, costs, strict=True)
    ]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def written_table() -> str:
    """The table as the document has it."""
    return DOCUMENT.read_text(encoding="utf-8").split(BEGIN)[1].split(END)[0]


def main() -> int:
    """Measures, and rewrites the table."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        running(Path(folder)) as server,
        sync_playwright() as playwright,
        chromium(playwright) as browser,
    ):
        page = opened(browser, Heard(server.url))
        found = [measured(asked, page) for asked in ASKED]
    text = DOCUMENT.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    made = table([(reader.searches, reader.clicks) for reader in found])
    DOCUMENT.write_text(before + BEGIN + made + END + rest.split(END)[1], encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
