"""The Atom feed and the calendar: a token in the address, each reader its own rows, nothing that rights hide."""

import datetime as dt
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from httpx2 import Response
from icalendar import Calendar
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from data.grants import token_hash
from pages.frame.shared_state import SharedState
from pages.server.api.rate import Rate
from pages.server.api.routes import Api
from tests.extracts import contracts_table, hours_table, publish_rows

Following = Callable[..., Response]
ATOM = "/api/v1/alertes.atom"
ENDS = "/api/v1/fins-de-lots.ics"
LOTS = """
    contract_id | client_id | hours_committed | starts_on  | ends_on    | status  | contractor_name
    MINE        | mine      | 1000            | 2026-01-01 | 2027-12-31 | running | secret-company
    THEIRS      | theirs    | 1000            | 2026-01-01 | 2027-06-30 | running | secret-company
    OVER        | mine      | 10              | 2019-01-01 | 2020-12-31 | closed  |
"""
BEFORE = "contract_id | month | hours_validated\nMINE | 2026-01 | 10\nTHEIRS | 2026-01 | 10\nOVER | 2020-01 | 10"
SETTINGS = '[authority]\nname = "Autorité & <essai>"\nepci = "200023414"\n'
ROLES = {"whole": ("analyste", ""), "limited": ("service", 'clients = ["mine"]'), "mayor": ("elu", "")}


@pytest.fixture
def follow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Following]:
    monkeypatch.setenv("CAP_EXTRACTS", str(tmp_path / "extracts"))
    tokens = "".join(
        f'[[access.tokens]]\nname = "{name}"\nsha256 = "{token_hash(name)}"\nrole = "{role}"\nexpires_on = 2999-12-31\n{rows}\n'
        for name, (role, rows) in ROLES.items()
    )
    old = f'[[access.tokens]]\nname = "over"\nsha256 = "{token_hash("over")}"\nrole = "elu"\nexpires_on = 2020-12-31\n'
    (tmp_path / "settings.toml").write_text(SETTINGS + tokens + old, encoding="utf-8")
    monkeypatch.setenv("CAP_SETTINGS", str(tmp_path / "settings.toml"))
    lots = contracts_table(LOTS)
    lots[0]["subject"] = "Voirie, « cœur »; de\nville \x0b& <ponts> " + "é" * 60
    publish_rows(tmp_path, lots, hours_table(BEFORE), as_of=dt.date(2026, 3, 31))
    publish_rows(tmp_path, lots, hours_table(BEFORE), as_of=dt.date(2026, 9, 30))
    state = SharedState(tmp_path / "state.sqlite3")
    app = Starlette(routes=[Route("/api/{path:path}", Api(Rate(state=lambda: state)))])
    with TestClient(app, client=("192.0.2.7", 5000)) as client:
        yield lambda path, **query: client.get(path, params=query)


def entries(answer: Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    root = ET.fromstring(answer.content)
    space = {"a": "http://www.w3.org/2005/Atom"}
    ids = [found.text for found in root.iterfind(".//a:entry/a:id", space)]
    assert len(set(ids)) == len(ids)
    return [str(found.text) for found in root.iterfind("a:entry/a:title", space)]


def ends(answer: Response) -> dict[str, dt.date]:
    assert answer.status_code == 200, answer.text
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    return {str(event["SUMMARY"]): event.decoded("DTSTART") for event in events}


def test_a_reader_s_feed_and_calendar(follow: Following) -> None:
    titles = entries(follow(ATOM, jeton="whole"))
    assert titles[0].startswith("Nouvelle publication\u00a0:")
    assert len([title for title in titles if title.startswith("Lot en retard")]) == 2
    found = ends(follow(ENDS, jeton="whole"))
    assert sorted(found.values()) == [dt.date(2027, 6, 30), dt.date(2027, 12, 31)]  # running lots only
    (mine,) = (name for name in found if "Client mine" in name)
    assert mine.startswith("Fin du lot\u00a0: Voirie, « cœur »; de ville")


@pytest.mark.parametrize("path", [ATOM, ENDS])
def test_nothing_leaves_that_rights_hide(follow: Following, path: str) -> None:
    for query in ({}, {"clients": "mine"}):
        answer = follow(path, jeton="limited", **query)
        assert answer.status_code == 200
        assert "mine" in answer.text
        assert "theirs" not in answer.text.lower()
    assert follow(path, jeton="limited", clients="theirs").status_code == 400  # as for a client that does not exist
    for name in ROLES:
        text = follow(path, jeton=name).text
        assert "secret-company" not in text
        assert f"jeton={name}" not in text


@pytest.mark.parametrize("path", [ATOM, ENDS])
@pytest.mark.parametrize(
    ("query", "status"), [({}, 403), ({"jeton": ""}, 401), ({"jeton": "guess"}, 401), ({"jeton": "over"}, 401)]
)
def test_without_a_valid_token_there_is_nothing(
    follow: Following, path: str, query: dict[str, str], status: int
) -> None:
    assert follow(path, **query).status_code == status


def test_a_token_in_the_address_opens_no_other_route(follow: Following) -> None:
    assert follow("/api/v1/questions/lots.json", jeton="whole").status_code == 403
    assert follow("/api/v1/questions", jeton="whole").status_code == 403


def test_whoever_may_not_use_the_routes_may_follow(follow: Following) -> None:
    assert entries(follow(ATOM, jeton="mayor"))


def test_what_means_nothing_is_refused_and_what_is_known_is_not_sent_again(follow: Following) -> None:
    assert follow(ATOM, jeton="whole", colour="red").status_code == 400
    first = follow(ATOM, jeton="whole")
    assert first.headers["Cache-Control"] == "private, no-cache"
    assert first.headers["ETag"] != follow(ATOM, jeton="limited").headers["ETag"]
