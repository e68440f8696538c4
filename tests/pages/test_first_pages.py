"""The four first pages, on figures worked by hand."""

import datetime as dt
import json
import re
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest

from data.problems import ExtractError, Problem
from queries.rights.right import Right
from queries.rights.rights import Rights
from tests.extracts import contracts_table, hours_table, publish_rows
from tests.pages.conftest import Published, Shown, texts

SETTINGS = """
[authority]
name = "Métropole d’essai"
epci = "200023414"
clients = ["MRN"]
since = 1997

[[opening_balance]]
hours = 900
as_of = 2018-12-31
origin = "bilans"

[[milestones]]
id = "thousand"
name = "le millier"
name_en = "the thousandth hour"
target_hours = 1000

[[milestones]]
id = "next"
name = "le deuxième millier"
name_en = "the second thousand"
target_hours = 2000

[[milestones]]
id = "year"
name = "l’objectif 2020"
target_hours = 400
year = 2020
"""

CONTRACTS = """
    contract_id | lot_id | client_id | client_name   | clause_category | hours_committed | status
    M1          | 01     | MRN       | La <b>Ville</b> | execution     | 500             | running
    M2          | 01     | CHU       | CHU & Cie     | insertion       | 200             | closed
    M3          | 01     | CHU       | CHU & Cie     | means           |                 | running   # does not count in the total
"""
HOURS = """
    entry_id | contract_id | lot_id | month   | hours_declared | hours_validated | status    | participant_id
    E1       | M1          | 01     | 2019-03 | 80             | 80              | validated | p1
    E2       | M1          | 01     | 2019-04 | 40             | 40              | validated | p1   # 900 + 80 + 40 passes 1000 here
    E3       | M2          | 01     | 2020-03 | 210.50         | 210.50          | validated | p2
    E4       | M1          | 01     | 2020-04 | 25             |                 | declared  | p1   # pending
    E5       | M3          | 01     | 2020-04 | 99             | 99              | validated | p3   # not counted
    E6       | M1          | 01     | 2020-05 | 10             | 0               | rejected  | p1
    E6       | M1          | 01     | 2020-05 | 10             | 10              | validated | p1   # a duplicate: left out
"""


@pytest.fixture(autouse=True)
def release(published: Published) -> None:
    published(contracts_table(CONTRACTS), hours_table(HOURS), settings=SETTINGS, as_of=AS_OF)


# April and May are provisional, and the extract begins in March: one month of 2020 is compared.
AS_OF = dt.date(2020, 5, 31)


def figures(at: Any) -> list[dict[str, Any]]:
    return [json.loads(chart.proto.spec) for chart in at.get("plotly_chart")]


def test_the_first_sentence_says_hours_milestone_passed_and_what_is_left(shown: Shown) -> None:
    page = texts(shown())
    # 900 + 80 + 40 + 210.50 = 1230.50, a half rounded up; 2000 - 1230.50 = 769.50
    assert (
        "1\u202f231 heures réalisées depuis 1997\u00a0: le millier a été dépassé en avril 2019, "
        "il reste 770 heures avant le deuxième millier." in page
    )


def test_the_four_figures_and_the_hidden_count_of_persons(shown: Shown) -> None:
    page = texts(shown())
    assert "61,5\u00a0%" in page  # 1230.50 / 2000
    assert "211\u00a0h" in page  # of 2020
    assert "47,2\u00a0%" in page  # (120 + 210.50) / (500 + 200)
    assert "331\u00a0h réalisées sur 700\u00a0h engagées par les mêmes lots" in page
    assert "soit 0,1 ETP (÷ 1\u202f607\u00a0h)\u202f; en hausse" in page  # 210.50 / 1 607
    # January to March are complete, 2019 begins in March: 210.50 / 80 - 1 = 163 %
    assert (
        "en hausse de 163\u00a0% sur le seul mois complet que 2019 a aussi dans les données par rapport au même mois de 2019\u202f; 25\u00a0h en attente"
        in page
    )
    assert "<strong>n.c.</strong>" in page  # two persons: below five
    assert "en moyenne par personne" not in page


def test_the_curve_starts_from_the_opening_balance_and_ends_at_the_total(shown: Shown) -> None:
    curve = next(figure for figure in figures(shown()) if any(t.get("name") == "validated" for t in figure["data"]))
    traces = {trace["name"]: trace for trace in curve["data"]}
    assert traces["opening"]["y"] == [0, 900, 900]
    shown_last = [*traces["validated"]["y"], *traces["provisional"]["y"]][-1]
    assert float(shown_last) == 900 + 80 + 40 + 210.5
    assert float(traces["committed"]["y"][-1]) == 900 + 500 + 200
    assert traces["thousand"]["x"] == ["2019-04-01"]


def test_under_a_filter_on_years_the_curve_keeps_its_history_and_marks_the_years(shown: Shown) -> None:
    at = shown(annees="2020")
    curve = next(figure for figure in figures(at) if any(t.get("name") == "validated" for t in figure["data"]))
    traces = {trace["name"]: trace for trace in curve["data"]}
    # March 2019 to March 2020: no line is invented between the opening balance and 2020
    assert (traces["validated"]["x"][0], len(traces["validated"]["x"])) == ("2019-03-01", 13)
    assert [float(y) for y in traces["validated"]["y"][:2]] == [980, 1020]
    (band,) = [shape for shape in curve["layout"]["shapes"] if shape.get("name") == "years"]
    assert (band["x0"], band["x1"]) == ("2020-01-01", "2020-05-01")
    assert "Bande grise\u00a0: les années du filtre" in texts(at)


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ({}, "Où en est-on du deuxième millier d’heures\u202f?"),
        ({"lang": "en"}, "Where do we stand on the second thousand?"),
        ({"clients": "MRN"}, "Où en est-on des heures d’insertion\u202f?"),
    ],
)
def test_the_title_names_the_milestone_that_is_next(shown: Shown, query: dict[str, str], title: str) -> None:
    assert shown(**query).title[0].value == title


def test_the_authority_of_the_demonstration_stands_on_no_other_figures(
    shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CAP_SETTINGS")
    page = texts(shown())
    assert "Autorité à nommer dans les réglages" in page
    for invented in ("Rouen", "1997", "Agenda 21", "Charte d’achat responsable"):
        assert invented not in page


def test_a_month_that_corrections_make_negative_carries_a_warning(shown: Shown, tmp_path: Path) -> None:
    assert "corrections dépassent" not in texts(shown())
    publish_rows(
        tmp_path,
        contracts_table(CONTRACTS),
        hours_table(f"{HOURS}E9 | M1 | 01 | 2020-02 | -30 | -30 | corrected | p1\n"),
    )
    assert "Attention\u00a0: les corrections dépassent les heures validées en février 2020." in texts(shown())


def test_under_a_filter_the_milestones_of_the_whole_and_the_opening_balance_go(shown: Shown) -> None:
    page = texts(shown(clients="MRN"))
    assert "120 heures réalisées pour ces filtres, de mars 2019 à mai 2020, et 25\u00a0h en attente." in page
    assert "deuxième millier" not in page


def test_lots_out_of_the_total_come_in_when_asked(shown: Shown) -> None:
    assert "1\u202f330 heures réalisées depuis 1997" in texts(shown(hors_total="true"))  # 1230.50 + 99


@pytest.mark.parametrize("page", ["milestones/page.py", "years/page.py"])
def test_the_lines_over_the_bars_of_years_are_explained(shown: Shown, page: str) -> None:
    text = texts(shown(page))
    assert "Tirets sur 2020\u00a0: 80\u00a0h réalisées en 2019 sur le même mois, seul complet." in text
    assert "Traits pleins\u00a0: objectifs annuels fixés par l’autorité." in text


def test_the_years_page_names_the_best_years_and_the_objective(shown: Shown) -> None:
    page = texts(shown("years/page.py"))
    assert "De 2019 à 2020, les meilleures années sont 2020 (211\u00a0h) et 2019 (120\u00a0h)." in page
    assert "Part de l’objectif (%)" in page
    assert ">52,6<" in page  # 210.50 / 400
    assert ">+163,1<" in page  # (210.50 - 80) / 80, March alone
    assert (
        "En 2020, 211 heures ont été réalisées à fin mai, et 25\u00a0h en attente\u202f; 211\u00a0h sur le seul mois complet "
        "que 2019 a aussi dans les données, en hausse de 163\u00a0% par rapport au même mois de 2019\u202f; avril 2020 et mai 2020 sont provisoires."
        in page
    )


def test_the_data_page_tells_what_was_left_out_and_shows_names_as_text(shown: Shown) -> None:
    page = texts(shown("data_quality/page.py"))
    assert "6 lignes d’heures sur 3 lots, de mars 2019 à mai 2020" in page
    assert "La &lt;b&gt;Ville&lt;/b&gt;" in page
    assert "<b>Ville" not in page
    assert "CHU &amp; Cie" in page
    assert "Ligne de déclaration en double" in page


def test_few_lines_in_anomaly_are_not_told_to_who_may_not_see_lines(
    shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Rights, "may", lambda self, right: right is not Right.DETAIL)
    page = texts(shown("data_quality/page.py"))
    (duplicates,) = re.findall(r"<tr>(?:(?!</tr>).)*Ligne de déclaration en double.*?</tr>", page, re.DOTALL)
    assert duplicates.count("n.c.") == 2  # one line of 10 h
    assert "aucune ligne, ou trop peu" in page
    assert "SHA-256" not in page  # it would confirm a guess of what the file holds
    assert "La plus lourde" not in page


def test_a_definition_asked_for_comes_first(shown: Shown) -> None:
    at = shown("definitions/page.py", terme="taux-de-realisation")
    assert at.header[0].value == "Taux de réalisation"
    assert len({heading.value for heading in at.header}) == len(at.header)


def test_an_empty_scope_says_so_and_offers_a_way_out(shown: Shown) -> None:
    at = shown(clients="MRN", clauses="insertion")
    assert "Aucune heure pour ces filtres." in texts(at)
    at.button(key="show_everything").click().run()
    assert "1\u202f231 heures" in texts(at)


def test_the_part_of_a_link_that_means_nothing_is_ignored_and_said(shown: Shown) -> None:
    at = shown(clients="CHU,NOBODY", clauses="bogus", annees="20x")
    result = at.warning[0].value.replace("\\", "")  # as Markdown shows it
    assert "clients=NOBODY" in result
    assert "clauses=bogus" in result
    assert "annees=20x" in result
    assert "Filtres\u00a0: maître d’ouvrage\u00a0: CHU & Cie" in texts(at)


def test_english_is_complete_on_each_page(shown: Shown) -> None:
    assert "the thousandth hour was passed in April 2019" in texts(shown(lang="en"))
    assert "Reserved" not in texts(shown("years/page.py", lang="en"))


@pytest.mark.parametrize("page", ["", "years/page.py", "data_quality/page.py", "definitions/page.py"])
def test_an_extract_without_hours_shows_every_page(tmp_path: Path, shown: Shown, page: str) -> None:
    publish_rows(tmp_path, contracts_table(CONTRACTS), [])
    assert shown(page).title


def test_without_a_release_the_frame_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shown: Shown
) -> None:
    monkeypatch.setenv("CAP_EXTRACTS", str(tmp_path / "nothing"))
    page = shown()
    assert "Aucune donnée n’est publiée" in texts(page)
    # A browser is enough: the reason while it fails, then the demonstration, behind which Publier is.
    refused = ExtractError(Problem(kind="extracts", message="dossier des extractions inutilisable"))
    monkeypatch.setattr("pages.frame.failure.ensure_release", Mock(side_effect=refused))
    page.button[0].click().run()
    assert page.error[0].value == "dossier des extractions inutilisable"
    monkeypatch.setattr(
        "pages.frame.failure.ensure_release", lambda: publish_rows(tmp_path, contracts_table(CONTRACTS), [])
    )
    monkeypatch.setenv("CAP_EXTRACTS", str(tmp_path / "extracts"))
    page.button[0].click().run()
    assert "Aucune donnée n’est publiée" not in texts(page)


def test_quarters_and_twelve_months_of_the_years_page(shown: Shown) -> None:
    page = texts(shown("years/page.py", periode="trimestres"))
    # January to March 2020 are complete: 210.50; 2019 begins in March, its first quarter is not whole.
    assert "Dernière période complète, de janvier à mars 2020\u00a0: 211\u00a0h. Hachures claires" in page
    page = texts(shown("years/page.py", periode="glissant"))
    assert "Dernière période complète, d’avril 2019 à mars 2020\u00a0: " in page
