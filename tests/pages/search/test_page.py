"""The search: what a question is taken for, what it finds, within the reader's rights; figures worked by hand."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.search.wanted import wanted
from tests.extracts import contracts_table, hours_table
from tests.pages.conftest import Published, Shown, texts

CONTRACTS = """
    contract_id | lot_id | contract_ref | subject     | client_id | client_name        | client_type | contractor_name | contractor_siret | execution_commune
    M1          | 01     | 2019MRN081   | Réfection   | C1        | Ville d’Elbeuf     | commune     | Été & <fils>    | 73282932000074   | 76231
    M1          | 02     | 2019MRN081   | Peinture    | C1        | Ville d’Elbeuf     | commune     | Zinc            |                  | 76231
    M2          | 00     |              | Élagage     | C2        | CHU de Rouen       | hopital     | Bâti            |                  | 76540
"""
HOURS = """
    contract_id | lot_id | month   | hours_validated | participant_id | entry_id | employer_siret | residence_commune
    M1          | 01     | 2019-03 | 100             | P77            | N77      | 35600000049837 | 14118
    M1          | 01     | 2020-03 | 20              |                | N2       |                |
    M1          | 02     | 2020-04 | 3               |                | N3       |                |
    M2          | 00     | 2020-05 | 500             |                | N4       |                |
"""
SETTINGS = '[authority]\nname = "Essai"\nepci = "200023414"\n\n[access]\npublic = {public}\n'


@pytest.fixture(autouse=True)
def release(published: Published, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_to(tmp_path, monkeypatch, public=False)
    published(contracts_table(CONTRACTS), hours_table(HOURS))


def open_to(folder: Path, monkeypatch: pytest.MonkeyPatch, *, public: bool) -> None:
    settings = folder / f"settings_{public}.toml"
    settings.write_text(SETTINGS.format(public=str(public).lower()), encoding="utf-8")
    monkeypatch.setenv("CAP_SETTINGS", str(settings))


def results(at: AppTest) -> list[str]:
    """The names of the results, in their order."""
    body = texts(at).split('<footer class="cap-foot">')[0]
    return re.findall(r'<li><a href="[^"]*">([^<]*)</a>', "".join(re.findall(r'<ul class="cap-plan">.*?</ul>', body)))


@pytest.mark.parametrize(
    ("text", "words", "first", "last"),
    [
        ("Combien d’heures à Elbeuf en 2024 ?", ("elbeuf",), 2024, 2024),
        ("sotteville-lès-rouen", ("sotteville", "rouen"), None, None),
        ("CHU depuis 2019", ("chu",), 2019, None),
        ("réservés 2019-2021", ("reserve",), 2019, 2021),
        ("732 829 320 00074", ("732", "829", "320", "00074"), None, None),
        ("2019MRN081", ("2019mrn081",), None, None),
        ("2019-CHU-012", ("2019", "chu", "012"), None, None),  # a number of a contract, not a year
        ("2019", (), 2019, 2019),
        ("combien", ("combien",), None, None),
    ],
)
def test_a_question_taken_apart(text: str, words: tuple[str, ...], first: int | None, last: int | None) -> None:
    found = wanted(text)
    assert (found.words, found.first_year, found.last_year) == (words, first, last)


def test_a_commune_answers_with_the_hours_of_the_year(shown: Shown) -> None:
    page = texts(shown("search/page.py", q="ELBEUF 2020"))
    # 20 + 3; 500 are in Rouen, 100 in 2019.
    assert "Elbeuf\u00a0: 23\u00a0h réalisées en 2020. 3 autres résultats." in page
    assert 'href="communes?communes=76231&amp;annees=2020-2020"' in page
    assert 'href="clients?client=C1&amp;annees=2020-2020"' in page


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("elagage", ["Élagage"]),
        ("2019 mrn 081", ["Réfection", "Peinture"]),  # words of its number
        ("2019mrn081", ["Réfection", "Peinture"]),
        ("732 829 320 00074", ["Été &amp; &lt;fils&gt;", "Réfection"]),
        ("bati", ["Bâtiment", "Bâti", "Élagage"]),
        ("quartier prioritaire", []),
        ("dictionnaire", ["Définitions"]),
        ("femmes", ["Nombre de femmes", "Publics"]),
        ("centimes", []),
        ("P77", []),  # nothing of a line
        ("N77", []),
        ("35600000049837", []),
        ("14118", []),
    ],
)
def test_what_a_word_finds(shown: Shown, text: str, names: list[str]) -> None:
    assert sorted(results(shown("search/page.py", q=text))) == sorted(names)


def test_codes_set_their_filter(shown: Shown) -> None:
    page = texts(shown("search/page.py", q="marchés réservés depuis 2019"))
    assert 'href="clauses?clauses=reserved_iae&amp;annees=2019-"' in page


def test_companies_are_found_by_who_may_see_them_alone(
    shown: Shown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert results(shown("search/page.py", q="zinc")) == ["Zinc", "Peinture"]
    open_to(tmp_path, monkeypatch, public=True)
    # What a search looks through is kept: for these rights alone.
    assert results(shown("search/page.py", q="zinc")) == []
    assert results(shown("search/page.py", q="73282932000074")) == []
    assert "Zinc" not in texts(shown("lots/page.py", alerte="all", recherche="zinc"))
    assert "Aucun lot ne répond à ce choix." in texts(shown("lots/page.py", alerte="all", recherche="zinc"))


def test_other_filters_do_not_follow_a_result(shown: Shown) -> None:
    page = texts(shown("search/page.py", q="rouen", communes="76231", annees="2019"))
    assert 'href="communes?communes=76540"' in page
    assert "Rouen\u00a0: 500\u00a0h réalisées." in page


def test_nothing_and_no_question(shown: Shown) -> None:
    assert "Rien n’a ce nom ni ce numéro" in texts(shown("search/page.py", q="zzz"))
    assert "Que cherchez-vous\u202f?" in texts(shown("search/page.py"))
    assert shown("search/page.py", q="<b>").title[0].value == "Que trouve-t-on pour «\u00a0\\<b\\>\u00a0»\u202f?"
