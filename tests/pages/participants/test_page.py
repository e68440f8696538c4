"""The pages of persons and of exits, on a small extract drawn for them."""

import re
from pathlib import Path
from typing import Any

import pytest

from data.codes import OutcomePoint
from data.words import Words
from pages.parts.exits_sentences import axis_rows
from tests.extracts import contracts_table, hours_table, publish_rows
from tests.pages.conftest import Published, Shown, texts

HEAD = (
    "participant_id | work_contract_id | gender | age_band | is_qpv | is_rsa | exit_on | exit_outcome | outcome_point"
)


def _people() -> str:
    """Sixty women and a hundred and forty men; all left in 2021, fifty to each of four situations."""
    lines = [f"month | hours_validated | {HEAD}"]
    for number in range(200):
        woman = number < 60
        outcome = ("durable", "transition", "chomage", "inconnu")[number // 2 % 4]
        traits = f"{'F' if woman else 'M'} | {'<26' if number % 4 == 0 else '26-39'} | {'true' if number % 5 == 0 else 'false'}"
        lines.append(f"2020-03 | 10 | P{number} | W{number} | {traits} | | 2021-01-15 | {outcome} | exit")
    return "\n".join(lines)


@pytest.fixture
def people(published: Published) -> None:
    published(contracts_table("contract_id\nM1"), hours_table(_people()))


@pytest.mark.usefixtures("people")
def test_who_worked(shown: Shown) -> None:
    page = texts(shown("participants/profile.py"))
    assert "200 personnes ont travaillé grâce aux clauses" in page
    assert "dont 30\u00a0% de femmes" in page  # 60 of 200
    assert "<caption>Personnes selon leurs caractéristiques</caption>" in page


@pytest.mark.usefixtures("people")
def test_shares_of_hours_say_so(shown: Shown) -> None:
    at = shown("participants/profile.py")
    choice: Any = at.get("button_group")[-1]
    choice.set_value("heures").run()
    assert not at.exception
    assert re.search("(Femmes|Hommes)\u00a0: \\d+\u00a0% des heures", texts(at))
    assert re.search("; leurs heures sont faites à \\d+\u00a0% par des femmes", texts(at))  # drawn: see disclosure


@pytest.mark.usefixtures("people")
def test_what_became_of_them(shown: Shown) -> None:
    page = texts(shown("participants/exits.py"))
    # 100 of the 150 that are known; 50; 50 of all 200
    sentence = "Sorties dynamiques\u00a0: 67\u00a0% des situations connues, emploi durable seul\u00a0: 33\u00a0%\u202f; 25\u00a0% des situations sont inconnues."
    assert sentence in page
    assert (
        "Si aucune des situations inconnues n’était dynamique, le taux serait de 50\u00a0% de toutes les sorties."
        in page
    )  # 100 of 200


def test_an_extract_without_persons_says_so(shown: Shown, tmp_path: Path) -> None:
    publish_rows(tmp_path, contracts_table("contract_id\nM1"), hours_table("month | hours_validated\n2020-03 | 10"))
    for script in ("participants/profile.py", "participants/exits.py"):
        at = shown(script)
        assert at.title[0].value.endswith("?")
        # Not a secret: the column is there, and nobody in it.
        assert "Les personnes ne sont pas renseignées dans l’extraction" in texts(at)


def test_few_persons_are_not_told(shown: Shown, tmp_path: Path) -> None:
    rows = f"month | hours_validated | {HEAD}\n2020-03 | 10 | P1 | W1 | F | <26 | true | true | 2021-01-15 | durable | exit"
    publish_rows(tmp_path, contracts_table("contract_id\nM1"), hours_table(rows))
    for script in ("participants/profile.py", "participants/exits.py"):
        page = texts(shown(script))
        assert "1 personne a" not in page
        assert "100\u00a0%" not in page.replace("ne font pas 100\u00a0%", "").replace("de 0 à 100\u00a0%", "")


def test_most_exits_come_first_and_the_unknown_last() -> None:
    point = next(iter(OutcomePoint))
    rows = [
        {"outcome_point": str(point), "employer_kind": kind, "outcome_group": "total", "participants": persons}
        for kind, persons in (("etti", 10), (None, 50), ("ei", 20), ("total", 80))
    ]
    found = axis_rows(rows, "employer_kind", point, Words("fr"))
    assert [row["value"] for row in found] == ["ei", "etti", None]
