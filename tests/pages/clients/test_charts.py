"""Charts of clients: one scale over the panels, nothing clipped, every client once."""

import json
from decimal import Decimal
from typing import Any

import pytest

from data.words import Words
from pages.clients.charts import completion_marks, hours_bars, year_bars
from pages.parts.charts import Chart
from pages.parts.charts_lines import Group, panels
from pages.parts.completion import completion_text

WORDS = Words("fr")


def client(number: int, hours: str = "10", **changes: Any) -> Any:
    return {
        "client_id": f"C{number}",
        "client_name": f"Client {number}",
        "hours_validated": Decimal(hours),
        "share_ratio": 0.25,
        "completion_closed_ratio": 0.972,
        "completion_running_ratio": 0.41,
        "lots_excluded": 0,
        **changes,
    }


def figures(charts: list[Chart]) -> list[dict[str, Any]]:
    return [json.loads(chart.figure.to_json()) for chart in charts]


def ids(found: list[dict[str, Any]], trace: int = 0) -> list[str]:
    return [code for figure in found for code in figure["data"][trace]["customdata"]]


def annotations(figure: dict[str, Any]) -> list[str]:
    return [entry["text"] for entry in figure["layout"]["annotations"]]


def names(lines: list[Any]) -> list[str]:
    return [line.heading or line.row["client_id"] for line in lines]


def test_few_clients_stand_in_one_panel() -> None:
    (panel,) = panels([Group(heading="A", rows=[client(n) for n in range(5)])], WORDS)
    assert names(panel) == ["A", "C0", "C1", "C2", "C3", "C4"]


def test_many_are_dealt_out_to_three_and_a_heading_is_said_again() -> None:
    groups = [
        Group(heading="A", rows=[client(1), client(2)]),
        Group(heading="B", rows=[client(n) for n in range(3, 9)]),
        Group(heading="D", rows=[client(9)]),
    ]
    assert [names(panel) for panel in panels(groups, WORDS)] == [
        ["A", "C1", "C2"],  # there was room for one line more, but a heading never stands last
        ["B", "C3", "C4", "C5"],
        ["B (suite)", "C6", "C7", "C8", "D", "C9"],
    ]


@pytest.mark.parametrize("count", [1, 5, 6, 7, 28, 71])
@pytest.mark.parametrize("size", [1, 3, 100])
def test_every_client_stands_once_in_its_order(count: int, size: int) -> None:
    clients = [client(n) for n in range(count)]
    groups = [Group(heading=f"G{start}", rows=clients[start : start + size]) for start in range(0, count, size)]
    found = panels(groups, WORDS)
    assert len(found) <= 3
    assert [line.row["client_id"] for panel in found for line in panel if line.row] == [c["client_id"] for c in clients]
    assert all(panel[0].heading and panel[-1].row for panel in found)


def test_without_groups_there_are_no_headings() -> None:
    assert all(
        line.row for panel in panels([Group(heading="", rows=[client(n) for n in range(9)])], WORDS) for line in panel
    )


def test_bars_have_one_scale_from_zero_with_their_hours_and_share() -> None:
    rows = [client(n, str(n * 100)) for n in range(1, 8)]
    found = figures(hours_bars([Group(heading="", rows=rows)], WORDS, summary="…"))
    assert ids(found) == [f"C{n}" for n in range(1, 8)]
    assert [figure["layout"]["xaxis"]["range"] for figure in found] == [[0, 700 * 1.5]] * 3
    assert found[0]["data"][0]["text"][0] == "100\u00a0h · 25,0\u00a0%"
    assert "Client 1" in annotations(found[0])


def test_names_are_text_and_not_markup() -> None:
    rows = [client(1, client_name="A & <b>B</b>")]
    (found,) = figures(hours_bars([Group(heading="", rows=rows)], WORDS, summary="…"))
    assert "A &amp; &lt;b&gt;B&lt;/b&gt;" in annotations(found)


def test_a_long_name_is_cut_with_a_mark() -> None:
    (found,) = figures(hours_bars([Group(heading="", rows=[client(1, client_name="x" * 60)])], WORDS, summary="…"))
    assert annotations(found) == ["x" * 49 + "…"]


def test_years_have_one_scale_for_all() -> None:
    rows = [client(1), client(2)]
    series: Any = {
        "C1": [{"year": 2019, "hours_validated": Decimal(100)}, {"year": 2020, "hours_validated": Decimal(50)}],
        "C2": [{"year": 2019, "hours_validated": Decimal(25)}, {"year": 2020, "hours_validated": Decimal(0)}],
    }
    (found,) = figures(year_bars([Group(heading="", rows=rows)], series, WORDS, summary="…"))
    assert found["data"][0]["y"] == [-38, -19, -9.5, 0]
    assert {"au plus haut en 2019\u00a0: 100\u00a0h", "au plus haut en 2019\u00a0: 25\u00a0h", "2019", "2020"} < set(
        annotations(found)
    )


def test_a_client_without_hours_says_so() -> None:
    (found,) = figures(year_bars([Group(heading="", rows=[client(1)])], {}, WORDS, summary="…"))
    assert "aucune heure réalisée" in annotations(found)


def test_completion_is_never_clipped_and_closed_lots_stand_apart() -> None:
    rows = [
        client(1, completion_closed_ratio=2.4),
        client(2, completion_running_ratio=None),
        client(3, completion_closed_ratio=None),
    ]
    (found,) = figures(completion_marks([Group(heading="", rows=rows)], WORDS, summary="…"))
    closed, running = found["data"]
    assert (closed["name"], closed["x"], closed["customdata"]) == ("closed", [2.4, 0.972], ["C1", "C2"])
    assert (running["name"], running["x"], running["customdata"]) == ("running", [0.41, 0.41], ["C1", "C3"])
    assert found["layout"]["xaxis"]["range"][1] > 2.4
    assert found["layout"]["xaxis"]["ticktext"] == ["0\u00a0%", "100\u00a0%", "200\u00a0%"]


def test_completion_in_words_counts_the_lots_left_out() -> None:
    assert (
        completion_text(client(1, lots_excluded=1), WORDS)
        == "soldés 97,2\u00a0% · en cours 41,0\u00a0% · 1 lot hors du taux"
    )
    none = client(1, completion_closed_ratio=None, completion_running_ratio=None, lots_excluded=2)
    assert completion_text(none, WORDS) == "2 lots hors du taux"
