"""Charts of persons: shares that are never stacked, years in columns, what became of those who left."""

import json
from typing import Any

from data.words import Words
from pages.participants import charts as charts_people
from pages.parts.charts import Chart
from queries.secrecy.cells import Cell, with_cells

WORDS = Words("fr")
LABELS = {
    "durable": "Emploi durable",
    "other_dynamic": "Autre dynamique",
    "other_known": "Autre",
    "unknown": "Inconnue",
}


def spec(chart: Chart) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(chart.figure.to_json())
    return found


def share(name: str, found: float | None, *, hidden: bool = False, **more: Any) -> dict[str, Any]:
    return {**with_cells({"name": name}, share=Cell(found, hidden=hidden)), **more}


def test_each_share_has_its_own_bar_and_figure() -> None:
    rows = [share("Femmes", 0.23), share("Hommes", 0.76), share("Autre", None, hidden=True)]
    drawn = spec(charts_people.share_bars(rows, WORDS, name="Sexe", summary="…"))
    (trace,) = drawn["data"]
    assert trace["x"] == [0.23, 0.76, 0]
    assert trace["text"] == ["23\u00a0%", "76\u00a0%", "n.c."]
    assert "barmode" not in drawn["layout"]
    # On 0 to 100 %, with room for the figure.
    assert drawn["layout"]["xaxis"]["range"] == [0, 1.22]
    assert [note["text"] for note in drawn["layout"]["annotations"]] == ["Femmes", "Hommes", "Autre"]


def test_shares_may_be_drawn_up_to_the_largest() -> None:
    drawn = spec(charts_people.share_bars([share("Rouen", 0.2)], WORDS, name="…", summary="…", whole=False))
    assert drawn["layout"]["xaxis"]["range"] == [0, 0.2 * 1.22]


def test_rates_of_years_stand_in_columns_and_a_hidden_one_is_named() -> None:
    rows = [share("2019", 0.5, value=2019), share("2020", None, hidden=True, value=2020), share("2021", 0, value=2021)]
    drawn = spec(charts_people.rate_columns(rows, WORDS, name="…", summary="…", measure="share"))
    trace, secret = drawn["data"]
    assert trace["x"] == [2019, 2020, 2021]
    assert trace["y"] == [0.5, None, 0]
    assert trace["hovertext"] == ["2019\u00a0: 50\u00a0%", "2020\u00a0: n.c.", "2021\u00a0: 0\u00a0%"]
    assert (secret["x"], secret["hovertext"]) == ([2020], ["2020\u00a0: n.c."])
    assert drawn["layout"]["yaxis"]["range"] == [0, 1.02]


def test_persons_of_a_year_are_those_known_and_those_who_are_new() -> None:
    rows = [
        {"year": 2019, **with_cells({}, known=Cell(100), new=Cell(50))},
        {"year": 2020, **with_cells({}, known=Cell(120), new=Cell(None, hidden=True))},
    ]
    drawn = spec(charts_people.year_bars(rows, WORDS, summary="…"))
    assert [(trace["name"], trace["y"]) for trace in drawn["data"]] == [("known", [100, 120]), ("new", [50, None])]
    assert drawn["data"][1]["hovertext"] == ["50", "n.c."]
    assert drawn["layout"]["barmode"] == "stack"


def test_outcomes_are_named_beside_their_colours_and_make_the_whole() -> None:
    parts = {"durable_part": 0.2, "other_dynamic_part": 0.3, "other_known_part": 0.4, "unknown_part": 0.1}
    row = {"name": "À la sortie", "detail": "…", "labels": LABELS, **parts}
    drawn = spec(charts_people.outcome_bars([row], WORDS, summary="…"))
    assert [trace["name"] for trace in drawn["data"]] == list(LABELS.values())
    assert [trace["x"] for trace in drawn["data"]] == [[0.2], [0.3], [0.4], [0.1]]
    assert drawn["layout"]["showlegend"] is True
    assert drawn["data"][3]["hovertext"] == ["Inconnue\u00a0: 10\u00a0%"]
