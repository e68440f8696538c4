"""Lines dealt out to panels: each once, in its order, under its heading."""

from decimal import Decimal
from typing import Any

import pytest

from data.words import Words
from pages.parts.charts_lines import Group, panels

WORDS = Words("fr")


def client(number: int, **changes: Any) -> Any:
    return {
        "client_id": f"C{number}",
        "client_name": f"Client {number}",
        "hours_validated": Decimal(10),
        **changes,
    }


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
