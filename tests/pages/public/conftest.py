"""One edition for all tests: two clients in two communes, 137 participants in one and four in the other, a company and its SIRET."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from data.words import Words
from pages.public.__main__ import write_edition
from tests.extracts import contract, entry, publish_rows

ADDRESS = "https://insertion.example.fr"
SECRETS = ("TITULAIRE SECRET", "00000000000001", "PERSONNE", "LIGNE", "FACILITATRICE")
PARTICIPANTS = ("137", "141")
SETTINGS = """
[authority]
name = "Métropole d’essai"
epci = "200023414"

[access]
public = true

[[milestones]]
id = "deux-mille"
name = "2 000 heures"
target_hours = 2000
"""


@pytest.fixture(scope="session")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the edition, in French and English."""
    place = tmp_path_factory.mktemp("edition")
    (place / "settings.toml").write_text(SETTINGS, encoding="utf-8")
    kept = {
        "contractor_name": "TITULAIRE SECRET",
        "contractor_siret": "00000000000001",
        "facilitator_code": "FACILITATRICE",
    }
    lots = [
        contract(execution_commune="76540", **kept),
        contract(contract_id="M2", client_id="C2", execution_commune="76681", clause_category="reserved_iae", **kept),
    ]
    lines = [
        entry(
            entry_id=f"LIGNE{n}",
            contract_id="M1" if n < 137 else "M2",
            participant_id=f"PERSONNE{n}",
            hours_validated=Decimal(20 + 2 * (n % 7)),  # even, as all their sums: no odd number of participants is one
            month=dt.date(2020 + n % 3, 1 + n % 12, 1),
            gender="F" if n % 3 else "M",
            age_band="<26"
            if n < 10
            else "26-39",  # ten, which are ten whatever is drawn: an account sees them, the public does not
        )
        for n in range(141)
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CAP_EXTRACTS", str(place / "extracts"))
        patch.setenv("CAP_SETTINGS", str(place / "settings.toml"))
        publish_rows(place, lots, lines)
        assert write_edition(place / "site", ADDRESS, Words("fr")) > 0
    return place / "site"


@pytest.fixture(autouse=True)
def of_the_edition(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings and the release are those of the edition, for a test that reads it."""
    if "edition" in request.fixturenames:
        place = request.getfixturevalue("edition").parent
        monkeypatch.setenv("CAP_EXTRACTS", str(place / "extracts"))
        monkeypatch.setenv("CAP_SETTINGS", str(place / "settings.toml"))
