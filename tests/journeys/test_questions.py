"""The twelve questions of readers: three clicks or one search each, a sentence that answers, and the table of the documents."""

from tests.journeys.conftest import OpenPage
from tests.journeys.phone import runs_out
from tests.journeys.questions import ASKED, KeyboardReader, measured, table, written_table
from tests.journeys.server import Server


def test_each_takes_one_search_or_three_clicks(server: Server, open_page: OpenPage) -> None:
    page = open_page(server)
    found = [measured(asked, page) for asked in ASKED]
    costs = [(reader.searches, reader.clicks) for reader in found]
    assert [cost for cost in costs if cost[0] > 1 or cost[1] > 3] == []
    assert written_table() == table(costs), "run: uv run python -m tests.journeys.questions"


def test_each_is_answered_with_the_keyboard_alone(server: Server, open_page: OpenPage) -> None:
    page = open_page(server)
    for asked in ASKED:
        measured(asked, page, KeyboardReader)


def test_each_is_answered_on_320_pixels(server: Server, open_page: OpenPage) -> None:
    page = open_page(server, width=320, height=640)
    for asked in ASKED:
        measured(asked, page)
        assert runs_out(page) == [], asked.question
