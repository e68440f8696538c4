"""Another EPCI than that of the demonstration: its communes, populations and map, from what is on board."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from data.reference import demonstration_epci
from data.settings import DEFAULT_FILE, load_settings
from tests.extracts import contract, entry, publish_rows
from tests.pages.conftest import Shown, texts

LYON = "200046977"


@pytest.fixture(autouse=True)
def release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hours in Lyon, in Villeurbanne and in Rouen."""
    settings = tmp_path / "settings.toml"
    settings.write_text(DEFAULT_FILE.read_text("utf-8").replace(demonstration_epci(), LYON), encoding="utf-8")
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
    text = texts(page).replace("\u202f", " ").replace("\u00a0", " ")
    assert "Lyon" in text
    assert "Villeurbanne" in text
    assert "Hors intercommunalité : Rouen (50 h)" in text
    assert "Pas de carte" not in text
    assert "faute de contour" not in text
    (drawn,) = (json.loads(chart.proto.spec)["data"] for chart in page.get("plotly_chart"))
    assert len({code for trace in drawn if trace["name"] == "pointer" for code in trace["customdata"]}) == 58


def test_a_demonstration_keeps_its_own_communes() -> None:
    settings = load_settings()
    assert settings.applying_to(demo=False).authority.epci == LYON
    assert settings.applying_to(demo=True).authority.epci == demonstration_epci()
