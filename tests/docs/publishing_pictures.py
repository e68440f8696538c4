"""The pictures of a first month in `.docs/first-month/`: `python -m tests.docs.publishing_pictures`.

The demonstration serves; the tables of a small body are dropped, matched, checked and published in a Chromium of its own. Each
picture is the part of the page that its step of PUBLISHING is about, a thousand pixels wide, light, in French.
"""

import argparse
import io
import re
import shutil
import tempfile
import time
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.sync_api import FilePayload, Page, sync_playwright

from data.settings import DEFAULT_FILE
from tests.bench.releases import run
from tests.journeys.browser import Heard, chromium, opened, settled, visit
from tests.journeys.server import ROOT, running

FOLDER: Final = ROOT / ".docs" / "first-month"
WIDTH: Final = 1_000
CONTRACTS: Final = """Réf. marché;Intitulé;Donneur d'ordre;Type de clause;Heures à réaliser;Date de notification;Date de fin;Statut
24-01;Gymnase Jean-Zay;Ville de Rouen;Article 14 ancien;1200;15/01/2024;31/12/2025;En cours
24-02;Nettoyage des locaux;CHU de Rouen;Marché d'insertion;800;15/02/2024;31/01/2026;En cours
24-03;Voirie du plateau;Métropole Rouen Normandie;Condition d'exécution;2500;01/03/2024;31/12/2026;En cours
"""
HOURS: Final = """Réf. marché;Mois;Heures réalisées;SIAE
24-01;31/03/2024;140;ETTI
24-01;30/04/2024;152,5;ETTI
24-02;avril 2024;96;ACI
24-02;mai 2024;104;ACI
24-03;31/05/2024;310;GEIQ
"""


def take() -> None:
    """Takes every picture anew."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir()
    with tempfile.TemporaryDirectory() as name:
        settings, extracts = shutil.copy(DEFAULT_FILE, name), str(Path(name) / "extracts")
        run("data.demo", "--out", f"{name}/demo", "--entries", "20000")
        run("data.publish", *map(str, sorted(Path(name, "demo").glob("*.parquet"))), CAP_EXTRACTS=extracts)
        with (
            running(Path(name) / "server", wait=False, CAP_EXTRACTS=extracts, CAP_SETTINGS=str(settings)) as server,
            sync_playwright() as playwright,
            chromium(playwright) as browser,
        ):
            while server.health() is None:
                time.sleep(0.5)
            page = opened(browser, Heard(server.url))
            page.set_viewport_size({"width": WIDTH, "height": 720})
            _first_month(visit(page, "/publier"))


def _first_month(page: Page) -> None:
    files: list[FilePayload] = [
        {"name": name, "mimeType": "text/csv", "buffer": text.encode("cp1252")}
        for name, text in (("marches.csv", CONTRACTS), ("heures.csv", HOURS))
    ]
    page.locator("input[type=file]").set_input_files(files)
    page.locator("main").get_by_text("heures.csv (").wait_for()
    _picture(page, "1-deposer", "Quels chiffres publier")
    _click(page, "Vérifier ces fichiers")
    page.get_by_role("combobox").first.wait_for()
    _picture(page, "2-colonnes", "Vos colonnes, vos valeurs")
    _picture(page, "3-valeurs", "Valeurs de «")
    _click(page, "Vérifier avec ces réponses")
    page.locator(".cap-summary").wait_for()
    page.get_by_label("Nom de l’autorité").fill("Métropole Rouen Normandie")
    page.get_by_label("EPCI").fill("Rouen")
    _picture(page, "5-pour-qui", "Les chiffres, avant leur mise en service")
    _click(page, "Enregistrer")
    page.get_by_label("EPCI").wait_for(state="detached")
    _picture(page, "4-chiffres", "Les chiffres, avant leur mise en service")
    page.get_by_role("button", name=re.compile(r"^(publish )?Publier$")).click()
    page.locator("main").get_by_text("Publié\u00a0: les lecteurs voient").wait_for()
    _picture(page, "6-publie", "Quels chiffres publier")


def _click(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def _picture(page: Page, name: str, heading: str) -> None:
    """The screen from a heading on, in few colours: a picture of text needs no more."""
    settled(page)
    page.get_by_role("heading", name=heading).first.evaluate("(element) => element.scrollIntoView()")
    settled(page)
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(64, method=Image.Quantize.MAXCOVERAGE).save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    argparse.ArgumentParser(
        prog="python -m tests.docs.publishing_pictures", description="Takes the pictures of .docs/first-month anew."
    ).parse_args()
    take()
