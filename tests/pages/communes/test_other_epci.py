"""Another EPCI than the one whose outlines are on board: its communes and populations, from what is on board; no map."""

from decimal import Decimal
from pathlib import Path

import pytest

from data.reference import mapped_epci
from data.settings import DEFAULT_FILE, load_settings
from tests.extracts import contract, entry, publish_rows
from tests.pages.conftest import Shown, texts

LYON = "200046977"


@pytest.fixture(autouse=True)
def release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hours in Lyon, in Villeurbanne and in Rouen."""
    settings = tmp_path / "settings.toml"
    settings.write_text(DEFAULT_FILE.read_text("utf-8").replace(mapped_epci(), LYON), encoding="utf-8")
    monkeypatch.setenv("CAP_SETTINGS", str(settings))
    places = {"M1": "69123", "M2": "69266", "M3": "76540"}
    publish_rows(
        tmp_path,
        [contract(contract_id=name, execution_commune=place) for name, place in places.items()],
        [
            entry(entry_id=name, contract_id=name, hours_validated=Decimal(hours))
            for name, hours in (("M1", 300), ("M2", 100), ("M3", 50))
        ],
    )


def test_its_communes_are_members_and_others_are_outside(shown: Shown) -> None:
    page = shown("communes/page.py")
    told = texts(page).replace("\u202f", " ").replace("\u00a0", " ")
    assert "Lyon" in told
    assert "Villeurbanne" in told
    assert "Hors intercommunalité : Rouen (50 h)" in told
    assert "Pas de carte : ce tableau de bord n’a pas les contours" in told
    assert not page.get("plotly_chart")


def test_a_demonstration_keeps_its_own_communes() -> None:
    settings = load_settings()
    assert settings.applying_to(demo=False).authority.epci == LYON
    assert settings.applying_to(demo=True).authority.epci == mapped_epci()
