"""The page of changes, on two releases worked by hand; the frame says which closed years were revised."""

from dataclasses import replace
from pathlib import Path

import pytest

from data.release.releases import Release
from data.settings import Revisions, load_settings
from tests.extracts import contracts_table, hours_table, publish_rows
from tests.pages.conftest import Shown, texts

LOTS = """
    contract_id | client_id | clause_category
    M1          | CHU       | execution
    M2          | MRN       | insertion
"""
BEFORE = """
    contract_id | month   | hours_validated
    M1          | 2019-05 | 100
    M1          | 2020-05 | 1000
    M2          | 2020-05 | 2000
    M2          | 2026-05 | 7
"""
# 2019: half as much again; 2020: 3 of 3000 more, a thousandth; 2026: this year.
LATER = (
    BEFORE
    + """
    M1          | 2019-06 | 50
    M2          | 2020-06 | 3
    M2          | 2026-06 | 30
"""
)


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Release, Release]:
    first = publish_rows(tmp_path, contracts_table(LOTS), hours_table(BEFORE))
    appeared = LOTS + "NEW | CHU | execution"
    return first, publish_rows(tmp_path, contracts_table(appeared), hours_table(LATER))


def test_without_an_earlier_release_the_page_says_so(tmp_path: Path, shown: Shown) -> None:
    publish_rows(tmp_path, contracts_table(LOTS), hours_table(BEFORE))
    page = texts(shown("changes/page.py"))
    assert "il n’y a rien à comparer" in page
    assert "révisé\u00a0:" not in page


@pytest.mark.usefixtures("pair")
def test_the_sentence_years_and_lots(shown: Shown) -> None:
    page = texts(shown("changes/page.py"))
    # 3 107 before, 3 107 + 83 after; 50 + 3 of it before 2026
    assert "passent de 3\u202f107 à 3\u202f190, soit 83\u00a0h de plus." in page
    assert "Années antérieures à 2026\u00a0: 53\u00a0h de plus." in page
    assert "2019 est une année close révisée" in page  # 50 %, where 2020 moved by 0.1 %
    assert "révisé\u00a0: 2019</a>" in page  # on every page, with a link to this one
    assert "<dt>Lots apparus</dt><dd><strong>1</strong>" in page.replace("\n", "")
    assert "années consolidées" not in page


@pytest.mark.usefixtures("pair")
def test_the_line_of_every_page_says_what_was_revised(shown: Shown) -> None:
    assert 'href="changements?clients=CHU"' in texts(shown("years/page.py", clients="CHU"))


@pytest.mark.usefixtures("pair")
def test_filters_apply(shown: Shown) -> None:
    page = texts(shown("changes/page.py", clients="MRN"))
    assert "passent de 2\u202f007 à 2\u202f040, soit 33\u00a0h de plus." in page
    assert "Client CHU" not in _table(page, "Écarts par maître d’ouvrage")


@pytest.mark.usefixtures("pair")
def test_consolidated_years_are_listed_apart(shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = replace(load_settings(), revisions=Revisions(consolidated_until=2019))
    monkeypatch.setattr("data.settings.load_settings", lambda: settings)
    page = texts(shown("changes/page.py"))
    apart, rest = (
        _table(page, caption) for caption in ("Écarts des années consolidées", "Écarts par maître d’ouvrage")
    )
    assert ">2019<" in apart
    assert ">2020<" not in apart
    assert ">2019<" not in rest
    assert ">2020<" in rest


def _table(page: str, caption: str) -> str:
    return page.split(f"<caption>{caption}")[1].split("</table>")[0]


def test_any_two_that_served_may_be_chosen(tmp_path: Path, shown: Shown, pair: tuple[Release, Release]) -> None:
    third = publish_rows(tmp_path, contracts_table(LOTS), hours_table(BEFORE))
    page = texts(shown("changes/page.py"))
    assert "passent de 3\u202f190 à 3\u202f107, soit 83\u00a0h de moins." in page
    page = texts(shown("changes/page.py", depuis=pair[0].id))
    assert "le total des heures réalisées n’a pas changé" in page
    at = shown("changes/page.py", jusqu_a=pair[1].id)
    assert "passent de 3\u202f107 à 3\u202f190" in texts(at)
    assert third.id not in at.selectbox(key="_changes_earlier").options
    # What names no release that served is the usual pair.
    assert "soit 83\u00a0h de moins" in texts(shown("changes/page.py", depuis="../../etc", jusqu_a="nobody"))
