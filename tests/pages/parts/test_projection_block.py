"""What stands behind a milestone's date on the first page: asked only once a fold is open."""

import datetime as dt
from pathlib import Path

import pytest

from tests.extracts import contracts_table, hours_table, publish_rows
from tests.pages.conftest import Shown, texts

SETTINGS = """
[authority]
name = "Métropole d’essai"
epci = "200023414"

[[milestones]]
id = "next"
name = "les 6 000 heures"
target_hours = 6000
"""
# 100 h a month from January 2016 to December 2019; two months of lag, the data of 29 February 2020. 1 200 are missing.
LINES = "contract_id | month | hours_validated\n" + "\n".join(
    f"M1 | {2016 + n // 12}-{n % 12 + 1:02d} | 100" for n in range(48)
)
QUESTIONS = {
    "why": "Les douze derniers mois complets donnent 100",
    "trust": "Trop peu de dates",
    "if": "Au rythme actuel, il",
    "owed": "doivent encore",
}


@pytest.fixture(autouse=True)
def release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text(SETTINGS, encoding="utf-8")
    monkeypatch.setenv("CAP_SETTINGS", str(settings))
    lots = contracts_table("contract_id | hours_committed | ends_on\nM1 | 9000 | 2021-12-31")
    publish_rows(tmp_path, lots, hours_table(LINES), as_of=dt.date(2020, 2, 29))


def test_the_date_is_said_and_its_folds_wait(shown: Shown) -> None:
    page = texts(shown())
    # 12 months at 100; the low end of a spread of 0.05 needs one more.
    assert (
        "le jalon de 6\u202f000\u00a0h serait atteint en décembre 2020 ou janvier 2021 (8 chances sur 10\u202f; estimation)"
        in page
    )
    for text in list(QUESTIONS.values())[:3]:
        assert text not in page


@pytest.mark.parametrize("fold", QUESTIONS)
def test_each_fold_answers_once_it_is_open(shown: Shown, fold: str) -> None:
    at = shown()
    at.session_state[f"projection_{fold}_next"] = True
    at.run()
    assert not at.exception
    assert QUESTIONS[fold] in texts(at)


def test_closed_lots_are_those_of_every_year(shown: Shown, tmp_path: Path) -> None:
    lots = contracts_table("""
        contract_id | hours_committed | starts_on  | ends_on    | status
        M1          | 9000            | 2016-01-01 | 2021-12-31 | running
        OLD         | 200             | 2016-01-01 | 2016-12-31 | closed
        LATER       | 100             | 2019-01-01 | 2019-12-31 | closed
    """)
    lines = hours_table(LINES + "\nOLD | 2016-05 | 100\nLATER | 2019-05 | 100")
    publish_rows(tmp_path, lots, lines, as_of=dt.date(2020, 2, 29))
    # 200 of 300 h; of those of 2019 alone it would be all.
    for query in ({}, {"annees": "2019"}, {"mois": "2019-02..2019-06"}):
        assert "les lots soldés ont réalisé 67\u00a0% de leurs heures engagées." in texts(
            shown("milestones/page.py", **query)
        ), query


def test_hours_more_a_month_come_from_the_address(shown: Shown) -> None:
    at = shown("", plus="next.50")
    at.session_state["projection_if_next"] = True
    at.run()
    # 1 200 at 150 a month: eight months, nine at the low end.
    assert "Avec 50\u00a0h de plus par mois, il serait atteint en août ou septembre 2020" in texts(at)
