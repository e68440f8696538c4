"""The page of structures: there only where several publish; keys as their structure writes them."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from data.problems import ExtractError
from data.publish import publish
from data.settings import DEFAULT_FILE, load_settings
from pages.frame.menu import OF_SEVERAL, PAGES, pages_there
from tests.extracts import TODAY, contract, entry, publish_rows, write_parquet
from tests.pages.conftest import Shown, texts
from tests.pages.marked_table import marked_table

SETTINGS = """
[authority]
name = "Observatoire d’essai"
epci = "200023414"
[structures.CAP76]
name = "Élan normand"
"""


@pytest.fixture(autouse=True)
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "settings.toml").write_text(SETTINGS, encoding="utf-8")
    monkeypatch.setenv("CAP_SETTINGS", str(tmp_path / "settings.toml"))
    monkeypatch.setenv("CAP_EXTRACTS", str(tmp_path / "extracts"))


@pytest.fixture
def observatory(tmp_path: Path) -> None:
    """CAP76: 700.50 h until October; CAP27: 50 h until May, of data of June."""
    for code, hours, month, as_of in (
        ("CAP76", "700.50", dt.date(2026, 10, 1), dt.date(2026, 10, 31)),
        ("CAP27", "50", dt.date(2026, 5, 1), dt.date(2026, 6, 30)),
    ):
        sources = write_parquet(tmp_path / code, [contract()], [entry(month=month, hours_validated=Decimal(hours))])
        publish(sources, as_of=as_of, today=TODAY, structure=code)


@pytest.mark.usefixtures("observatory")
def test_who_has_published_until_when(shown: Shown) -> None:
    page = texts(shown("structures/page.py"))
    assert (
        "2 structures ont publié, avec des données du 30 juin 2026 pour les plus anciennes au 31 octobre 2026 pour les plus récentes."
        in page
    )
    assert "1 structure n’a aucune heure déclarée depuis plus de 3 mois\u00a0: CAP27." in page
    assert page.index("CAP27</") < page.index("Élan normand</")
    assert ">701<" in page
    assert ">751<" in page


@pytest.mark.usefixtures("observatory")
def test_a_row_says_when_and_how_much_and_no_header_makes_a_league_table(shown: Shown) -> None:
    at = shown("structures/page.py")
    rows = marked_table(texts(at), "Ce que chaque structure a publié")
    # 750.50 h in all: 50 are 6,7 %; CAP27 declared last in May, five months before October.
    assert rows["CAP27"] == [
        "50 | 6,7\u00a0%", "mai 2026 | premier mois\u00a0: mai 2026 | 5 mois de retard", "0", "5,0 | 50\u00a0h sur 1\u202f000\u00a0h engagées",
        "1 | 1 marché, 1 lot",
    ]  # fmt: skip
    assert rows["Élan normand"][1] == "octobre 2026 | premier mois\u00a0: octobre 2026"
    assert list(rows) == ["CAP27", "Élan normand", "Total"]
    assert "Trier par" not in texts(at)
    # Nor does an address.
    at = shown("structures/page.py", tri_structures="-hours_validated")
    assert list(marked_table(texts(at), "Ce que chaque structure a publié")) == ["CAP27", "Élan normand", "Total"]


@pytest.mark.usefixtures("observatory")
def test_the_form_has_a_choice_of_structures_and_the_filter_is_named(shown: Shown) -> None:
    at = shown("structures/page.py", structures="CAP76")
    assert "Filtres\u00a0: structure\u00a0: Élan normand" in texts(at)
    at.session_state["cap_form"] = True
    labels = [box.label for box in at.run().multiselect]
    assert labels[0] == "Structure"


@pytest.mark.usefixtures("observatory")
def test_keys_are_shown_as_their_structure_writes_them(shown: Shown) -> None:
    page = texts(shown("detail/page.py"))
    assert ">M1<" in page
    assert "CAP76:" not in page


def test_a_single_authority_has_no_such_page(shown: Shown, tmp_path: Path) -> None:
    publish_rows(tmp_path, [contract()], [entry()])
    at = shown()
    at.session_state["cap_form"] = True
    at.run()
    assert "Structure" not in [box.label for box in at.multiselect]
    assert "tructure" not in texts(at)
    assert OF_SEVERAL not in pages_there(several=False) == PAGES
    assert OF_SEVERAL in pages_there(several=True)


TERRITORIES = SETTINGS + 'epci = "247600646"\n[structures.CAP27]\nname = "Pierre d’essai"\nepci = ["200040574"]\n'


def test_hours_of_the_last_whole_year_for_the_inhabitants_of_each_territory(shown: Shown, tmp_path: Path) -> None:
    """Élan normand: 248.55 h in 2025 for 24,855 inhabitants, 10 for 1,000. Pierre d’essai begins in May 2025: no whole year."""
    (tmp_path / "settings.toml").write_text(TERRITORIES, encoding="utf-8")
    for code, month, place in (("CAP76", dt.date(2025, 1, 1), "76057"), ("CAP27", dt.date(2025, 5, 1), "69114")):
        lines = [
            entry(entry_id="E1", month=month, hours_validated=Decimal("248.55")),
            entry(entry_id="E2", month=dt.date(2026, 8, 1), hours_validated=Decimal(50)),
        ]
        sources = write_parquet(tmp_path / code, [contract(execution_commune=place)], lines)
        publish(sources, as_of=dt.date(2026, 10, 31), today=TODAY, structure=code)
    page = texts(shown("structures/page.py")).replace("\u202f", " ").replace("\u00a0", " ")
    assert "Heures de 2025 pour 1 000 habitants" in page
    assert ">10<" in page
    assert ">249 h pour 24 855 habitants<" in page  # 248.55, as whole hours are written
    assert "janvier à décembre 2025" in page
    assert "Pas d’heures pour toute l’année 2025 : Pierre d’essai." in page
    # One of the eight communes of France without an outline: its hours stand beside the map.
    page = texts(shown("communes/page.py")).replace("\u202f", " ").replace("\u00a0", " ")
    assert "1 commune n’est pas sur la carte, faute de contour. Ses heures : Porte des Pierres Dorées (299 h)." in page
    assert "Hors intercommunalité :" not in page


def test_the_demonstration_of_several_does_not_bear_the_name_of_a_real_body(
    shown: Shown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAP_SETTINGS", str(DEFAULT_FILE))
    for code in ("Seine", "Cailly"):
        sources = write_parquet(tmp_path / code, [contract()], [entry(hours_validated=Decimal(10))], demo=True)
        publish(sources, as_of=dt.date(2026, 10, 31), today=TODAY, structure=code)
    page = texts(shown("structures/page.py"))
    assert "Observatoire des deux rives (fictif)" in page
    assert "Cailly (fictive)</" in page
    assert "Métropole" not in page
    assert "Métropole" not in texts(shown())


def test_without_a_territory_nothing_is_said_of_inhabitants(shown: Shown, observatory: None) -> None:
    assert "habitants" not in texts(shown("structures/page.py"))


@pytest.mark.parametrize("epci", ['"123456789"', '["200046977", "Lyon"]'])
def test_a_territory_that_does_not_exist_is_named(tmp_path: Path, epci: str) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(f"{SETTINGS}epci = {epci}\n", encoding="utf-8")
    with pytest.raises(ExtractError, match=r"aucune commune de France n’est de l’EPCI (123456789|Lyon)") as stopped:
        load_settings(file)
    assert stopped.value.problems[0].column == "structures.CAP76.epci"
