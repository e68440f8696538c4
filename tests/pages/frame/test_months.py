"""Under a range of months a page asks all its questions of these months, or all of the whole years that they touch: never some of each."""

import datetime as dt
import json
import re
from typing import Any
from urllib.parse import urlencode

import pytest
import streamlit as st

from pages.frame.menu import PAGES, MenuPage
from queries.engine import Database
from queries.scope import Scope
from tests.extracts import contracts_table, hours_table
from tests.pages.conftest import Published, Shown, texts

LOTS = """
    contract_id | client_id | client_name | clause_category | execution_commune
    M1          | C1        | Client C1   | execution       | 76540
    M2          | C2        | Client C2   | insertion       | 76095
"""
LINES = """
    contract_id | month   | hours_validated | hours_declared | status    | participant_id
    M1          | 2019-01 | 1               | 1              | validated | P1
    M1          | 2019-11 | 10              | 10             | validated | P1
    M2          | 2020-02 | 100             | 100            | validated | P2
    M1          | 2020-03 |                 | 500            | declared  | P1
    M1          | 2020-06 | 1000            | 1000           | validated | P1
"""
WINTER = {"mois": "2019-11..2020-03"}
# What else an address may ask for: the page of one client, the sheet of places, a built table by year.
DOORS = (
    ("clients/page.py", {"client": "C1"}),
    ("communes/page.py", {"communes": "76540"}),
    ("clauses/page.py", {"clauses": "execution"}),
    ("build_table/page.py", {"lignes": "annee", "mesures": "realisees"}),
    ("detail/page.py", {"vue": "lots"}),
)


@pytest.fixture(autouse=True)
def release(published: Published) -> None:
    published(contracts_table(LOTS), hours_table(LINES))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Scope]]:
    """The questions that are asked, with their scopes."""
    found: list[tuple[str, Scope]] = []
    ask = Database.ask

    def heard(self: Database, wanted: Any, scope: Scope, **parameters: Any) -> Any:
        found.append((str(getattr(wanted, "name", wanted)), scope))
        return ask(self, wanted, scope, **parameters)

    monkeypatch.setattr(Database, "ask", heard)
    return found


ADDRESSES = [
    *((page, {}) for page in PAGES),
    *((next(page for page in PAGES if page.script == script), query) for script, query in DOORS),
]


@pytest.mark.parametrize(("page", "query"), ADDRESSES, ids=lambda value: getattr(value, "script", str(value)))
def test_no_question_mixes_months_and_whole_years(
    shown: Shown, asked: list[tuple[str, Scope]], page: MenuPage, query: dict[str, str]
) -> None:
    assert not shown(page.script, **query, **WINTER).exception
    of_months = {name for name, scope in asked if scope.has_months}
    of_years = {name for name, scope in asked if not scope.has_months and scope != scope.without_years()}
    assert not of_years if page.months else not of_months


@pytest.mark.parametrize("page", [page for page in PAGES if not page.months], ids=lambda page: page.script)
def test_a_page_of_whole_years_says_what_it_says_under_these_years(shown: Shown, page: MenuPage) -> None:
    def answer(**query: str) -> list[str]:
        return re.findall(r'class="cap-(?:answer|summary|notes|figures)".*', texts(shown(page.script, **query)))

    months = [part.replace(urlencode(WINTER), "annees=2019-2020") for part in answer(**WINTER)]
    assert months == answer(annees="2019-2020")
    assert months


def test_the_first_page_names_the_months_of_its_hours(shown: Shown) -> None:
    """10 + 100 done, 500 to be validated; the year has no place there."""
    page = texts(shown("", **WINTER))
    assert "Heures réalisées de novembre 2019 à mars 2020" in page
    assert "110\u00a0h" in page
    assert "500\u00a0h en attente" in page
    assert "Heures réalisées en 2020" not in page
    assert "Et d’une année à l’autre" not in page
    assert "par années entières seulement" in page


def test_the_band_of_the_curve_is_that_of_the_months() -> None:
    assert Scope(first_month=dt.date(2019, 11, 1), last_month=dt.date(2020, 2, 1)).days == (
        dt.date(2019, 11, 1),
        dt.date(2020, 2, 29),
    )


def test_a_built_table_by_year_says_which_months_its_years_have(shown: Shown) -> None:
    page = texts(shown("build_table/page.py", lignes="annee", mesures="heures", **WINTER))
    assert "Seules les heures des mois choisis comptent (de novembre 2019 à mars 2020)" in page
    assert "au plus haut, 2020 (en partie)\u00a0: 100\u00a0h" in page
    assert "2019 (en partie)" in page
    assert "Seules les heures" not in texts(
        shown("build_table/page.py", lignes="client", mesures="realisees", **WINTER)
    )


def test_only_a_year_or_a_quarter_that_months_cut_is_there_in_part(shown: Shown) -> None:
    def table(**query: str) -> str:
        return texts(shown("build_table/page.py", mesures="heures", **query))

    whole = table(lignes="annee", mois="2019-01..2020-03")
    assert "2020 (en partie)" in whole
    assert "2019 (en partie)" not in whole
    quarters = table(lignes="trimestre", mois="2019-10..2020-02")
    assert "T1 2020 (en partie)" in quarters
    assert "T4 2019 (en partie)" not in quarters
    assert "T4 2019" in quarters
    assert "(en partie)" not in table(lignes="annee", annees="2019-2020")
    assert "2020 (en partie)" in table(lignes="client", colonnes="annee", mois="..2020-03")


def test_addresses_keep_the_months_also_where_they_do_not_cut(shown: Shown) -> None:
    for script in ("years/page.py", "clients/page.py"):
        page = texts(shown(script, **WINTER))
        assert urlencode(WINTER) in page
        assert "annees=" not in page


def test_the_form_takes_months_in_the_place_of_years_and_back(shown: Shown) -> None:
    at = shown("clients/page.py")
    at.session_state["cap_form"] = True
    at.run()
    at.selectbox(key="_to_month").set_value(dt.date(2019, 11, 1)).run()
    at.selectbox(key="_from_month").set_value(dt.date(2020, 2, 1)).run()  # in either order
    assert at.query_params["mois"] == "2019-11..2020-02"
    assert [at.selectbox(key=key).value for key in ("_from_month", "_to_month", "_from", "_to")] == [
        dt.date(2019, 11, 1),
        dt.date(2020, 2, 1),
        2019,
        2020,
    ]
    assert (at.selectbox(key="_from_month").label, at.selectbox(key="_to_month").label) == ("Du mois", "Au mois")
    assert at.selectbox(key="_to_month").options[:2] == ["juin 2020", "mai 2020"]
    at.selectbox(key="_from").set_value(2020).run()
    assert "mois" not in at.query_params
    assert at.query_params["annees"] == "2020-2020"
    at.selectbox(key="_from_month").set_value(dt.date(2020, 1, 1)).run()
    assert (at.query_params["mois"], "annees" in at.query_params) == ("2020-01..", False)


def test_a_quarter_is_its_three_months(shown: Shown) -> None:
    at = shown("clients/page.py", mois="2020-01..2020-02")
    at.session_state["cap_form"] = True
    at.run()
    assert at.selectbox(key="_quarter").value is None
    assert at.selectbox(key="_quarter").options[:2] == ["T2 2020", "T1 2020"]
    at.selectbox(key="_quarter").set_value((dt.date(2020, 1, 1), dt.date(2020, 3, 1))).run()
    assert at.query_params["mois"] == "2020-01..2020-03"
    assert at.selectbox(key="_to_month").value == dt.date(2020, 3, 1)
    assert "de janvier à mars 2020" in texts(at)


@pytest.mark.parametrize(
    ("script", "hours"), [("clients/page.py", "10\u00a0h"), ("years/page.py", "1\u202f511\u00a0h")]
)
def test_the_hours_beside_a_choice_are_those_that_the_page_counts(shown: Shown, script: str, hours: str) -> None:
    """Of the two years: 1 + 10 + 1000 done, 500 to be validated."""
    at = shown(script, mois="2019-11..2020-02")
    at.session_state["cap_form"] = True
    at.run()
    assert f"Client C1 – {hours}" in at.multiselect(key="_clients").options


def test_the_first_page_names_only_months_that_the_data_have(shown: Shown) -> None:
    """Before January 2019 and after June 2020 nothing is known: no sentence has these months."""
    assert "Heures réalisées de janvier à mars 2019" in texts(shown("", mois="2018-10..2019-03"))
    assert "Heures réalisées en janvier 2019" in texts(shown("", mois="..2019-01"))
    assert "Heures réalisées en juin 2020" in texts(shown("", mois="2020-06..2020-12"))


def test_one_month_is_named_once(shown: Shown) -> None:
    assert "1 heure réalisée pour ces filtres, en janvier 2019." in texts(
        shown("", mois="2019-01..2019-01", clients="C1")
    )


@pytest.mark.parametrize("script", ["", "clients/page.py", "years/page.py"])
def test_months_without_all_their_declarations_are_provisional(shown: Shown, published: Published, script: str) -> None:
    """At the end of June 2020 April is the last month whose two months to declare have passed."""
    published(contracts_table(LOTS), hours_table(LINES), as_of=dt.date(2020, 6, 30))
    assert (
        texts(shown(script, mois="2020-03..2020-06")).count("de mars à juin 2020 (provisoire à partir de mai 2020)") > 1
    )
    assert "à partir de mars 2020 (provisoire à partir de mai 2020)" in texts(shown(script, mois="2020-03.."))
    assert "en juin 2020 (provisoire)" in texts(shown(script, mois="2020-06..2020-06"))
    assert "(provisoire" not in texts(shown(script, mois="2020-03..2020-04"))


def test_totals_say_that_pages_of_whole_years_count_more(shown: Shown) -> None:
    told = "Ce total est celui des pages qui suivent les mois choisis"
    assert told in texts(shown("totals/page.py", **WINTER))
    assert told not in texts(shown("totals/page.py", annees="2019-2020"))


@pytest.mark.parametrize(
    ("script", "query", "filters"),
    [
        ("milestones/page.py", {}, {"de novembre 2019 à mars 2020"}),
        ("clients/page.py", {}, {"de novembre 2019 à mars 2020"}),
        ("years/page.py", {}, {"années 2019 à 2020"}),
        ("compare/page.py", {}, {"années 2019 à 2020"}),
        ("compare/page.py", {"quoi": "annees"}, {""}),
        ("data_quality/page.py", {}, {""}),
    ],
)
def test_files_name_the_period_of_their_rows(
    shown: Shown, monkeypatch: pytest.MonkeyPatch, script: str, query: dict[str, str], filters: set[str]
) -> None:
    made: dict[str, Any] = {}
    real = st.download_button

    def recorded(label: str, data: Any, **options: Any) -> bool:
        made[options["file_name"]] = data
        return real(label, data, **options)

    monkeypatch.setattr(st, "download_button", recorded)
    shown(script, **query, **WINTER)
    assert {json.loads(made[name]())["about"]["filters"] for name in made if name.endswith(".json")} == filters


def test_months_outside_of_the_data_are_not_without_hours(shown: Shown) -> None:
    told = "Aucune heure pour ces filtres. Les données vont de janvier 2019 à juin 2020."
    assert told in texts(shown("", mois="2018-01..2018-12"))
    assert told in texts(shown("clients/page.py", mois="2020-07.."))
    assert "Les données vont" not in texts(shown("clients/page.py", mois="2019-02..2019-03"))


def test_the_list_of_lots_says_that_hours_are_of_whole_lots(shown: Shown) -> None:
    told = "choisissent ici les lots\u202f; leurs heures réalisées sont celles de toute leur durée"
    assert told in texts(shown("lots/page.py", **WINTER))
    assert told in texts(shown("lots/page.py", annees="2019"))
    assert told not in texts(shown("lots/page.py", clients="C1"))
