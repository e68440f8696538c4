"""A month published by somebody who has only a browser: files, answers, figures; the first page shows the new ones. The next month asks nothing."""

import datetime as dt
import re
import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from playwright.sync_api import FilePayload, Page, expect

from data.settings import DEFAULT_FILE
from tests.extracts import contract, entry, publish_rows
from tests.journeys.browser import settled, visit
from tests.journeys.conftest import OpenPage
from tests.journeys.server import Server
from tests.journeys.tour import through_menu

CONTRACTS = """Réf. marché;Intitulé;Donneur d'ordre;Type de clause;Heures à réaliser;Date de notification;Date de fin;Statut
24-1;Gymnase;Ville A;Article 14 ancien;1200;15/01/2024;31/12/2025;En cours
24-2;Nettoyage;Dépt 99;Art. L2112-2;800;15/02/2024;;Terminé
"""
HOURS = "Réf. marché;Mois;Heures réalisées;SIAE\n24-1;31/03/2024;140;NET+\n24-2;30/04/2024;35;NET+\n"


def drop(page: Page, **files: str) -> None:
    """Drops files named so, as somebody's old Excel writes them."""
    payloads: list[FilePayload] = [
        {"name": name.replace("_", "."), "mimeType": "text/csv", "buffer": text.encode("cp1252")}
        for name, text in files.items()
    ]
    page.locator("input[type=file]").set_input_files(payloads)
    for name in files:
        expect(page.locator("main").get_by_text(f"{name.replace('_', '.')} (1\u00a0ko)")).to_be_visible()


def click(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_a_first_month_and_the_next_one(tmp_path: Path, start: Callable[..., Server], open_page: OpenPage) -> None:
    publish_rows(tmp_path, [contract()], [entry(hours_validated=Decimal(1111))], as_of=dt.date(2020, 9, 30))
    settings = shutil.copy(DEFAULT_FILE, tmp_path)
    server = start(CAP_SETTINGS=settings)
    page = visit(open_page(server), "/publier")
    expect(page.get_by_role("heading", level=1)).to_have_text("Quels chiffres publier\u202f?")
    drop(page, marches_csv=CONTRACTS, heures_csv=HOURS)
    # A tab that is closed loses nothing.
    page.close()
    page = visit(open_page(server), "/publier")
    click(page, "Vérifier ces fichiers")
    expect(page.get_by_role("combobox", name=re.compile("Heures à réaliser"))).to_have_value("Heures engagées *")
    click(page, "Vérifier avec ces réponses")
    expect(page.locator(".cap-summary")).to_contain_text(
        "175,00\u00a0h réalisées au 30 avril 2024, contre 1\u202f111,00\u00a0h"
    )

    # Until then readers see what served.
    reader = visit(open_page(server), "/")
    expect(reader.locator(".cap-answer")).to_contain_text("1\u202f111 heures")
    # Once: whose figures take the place of the demonstration.
    page.get_by_label("Nom de l’autorité").fill("Métropole d’essai")
    page.get_by_label("EPCI").fill("Rouen")
    click(page, "Enregistrer")
    page.get_by_role("button", name="publish Publier").or_(
        page.get_by_role("button", name="Publier", exact=True)
    ).click()
    expect(page.locator("main")).to_contain_text("Publié\u00a0: les lecteurs voient les données au 30 avril 2024")
    through_menu(reader, "/annees")
    expect(settled(reader).locator(".cap-frame")).to_contain_text("Métropole d’essai")
    through_menu(reader, "/")
    expect(settled(reader).locator(".cap-answer")).to_contain_text("175 heures")

    # The next month: two clicks, no question.
    drop(page, marches_csv=CONTRACTS, heures_csv=HOURS + "24-1;31/05/2024;25;NET+\n")
    click(page, "Vérifier ces fichiers")
    expect(page.locator(".cap-summary")).to_contain_text("200,00\u00a0h réalisées au 31 mai 2024, contre 175,00\u00a0h")
    page.get_by_role("button", name="publish Publier").or_(
        page.get_by_role("button", name="Publier", exact=True)
    ).click()
    expect(page.locator("main")).to_contain_text("Publié\u00a0: les lecteurs voient les données au 31 mai 2024")

    # And back.
    click(page, "Revenir à la précédente")
    page.get_by_role("button", name=re.compile("Remettre en service")).click()
    expect(page.locator(".cap-frame")).to_contain_text("données au 30 avril 2024")
    assert not list((server.extracts / "preparations").glob("*/files/*"))
