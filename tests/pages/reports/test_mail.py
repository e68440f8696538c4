"""Mails of alerts, through a real SMTP server on loopback: who receives what, once, and never an empty one."""

import datetime as dt
import socket
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from pages.reports.__main__ import main
from tests.extracts import contracts_table, hours_table, publish_rows

LOTS = """
    contract_id | client_id | hours_committed | starts_on  | ends_on    | status  | contractor_name
    MINE        | mine      | 1000            | 2026-01-01 | 2027-12-31 | running | secret-company
    THEIRS      | theirs    | 1000            | 2026-01-01 | 2027-12-31 | running | secret-company
    FINE        | fine      | 1000            | 2026-01-01 | 2027-12-31 | running |
"""
HOURS = """
    contract_id | month   | hours_validated
    MINE        | 2026-01 | 10
    THEIRS      | 2026-01 | 10
    FINE        | 2026-01 | 900
    FINE        | 2026-08 | 50
"""
SETTINGS = """
[authority]
name = "Autorité d’essai"
epci = "200023414"
[mail]
server = "127.0.0.1"
port = {port}
security = "none"
sender = "cap@example.fr"
address = "https://cap.example.fr"
{subscriptions}
"""
GRANTS = """
[[access.grants]]
email = "mine@example.fr"
role = "elu"
clients = ["mine"]
[[access.grants]]
email = "all@example.fr"
role = "service"
[[access.grants]]
group = "nobodys"
role = "service"
clients = ["fine"]
"""


class Box:
    """What the server received, in order."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  aiosmtpd's name
        assert isinstance(envelope.content, bytes)
        found = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(found, EmailMessage)
        assert envelope.rcpt_tos == [found["To"]]
        self.messages.append(found)
        return "250 OK"


@pytest.fixture
def box() -> Iterator[tuple[Box, int]]:
    box = Box()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box, port
    controller.stop()


@pytest.fixture(autouse=True)
def releases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAP_EXTRACTS", str(tmp_path / "extracts"))
    for day in (dt.date(2026, 3, 31), dt.date(2026, 9, 30)):
        publish_rows(
            tmp_path,
            contracts_table(LOTS),
            hours_table(HOURS if day.month == 9 else HOURS[: HOURS.rindex("    FINE")]),
            as_of=day,
        )
    monkeypatch.setenv("CAP_SETTINGS", str(tmp_path / "settings.toml"))


def subscribe(folder: Path, port: int, *entries: str) -> None:
    result = "".join(f"[[mail.subscriptions]]\n{entry}\n" for entry in entries)
    (folder / "settings.toml").write_text(SETTINGS.format(port=port, subscriptions=result) + GRANTS, encoding="utf-8")


def body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert part is not None
    return str(part.get_content())


def test_each_receives_what_the_rights_open_in_text_and_html(tmp_path: Path, box: tuple[Box, int]) -> None:
    subscribe(tmp_path, box[1], 'to = "mine@example.fr"', 'to = "all@example.fr"')
    assert main(["mail"]) == 0
    mine, everything = box[0].messages
    assert mine["Subject"] == "Autorité d’essai : 2 alertes, données au 30 septembre 2026"
    for kind in ("plain", "html"):
        assert "Client mine" in body(mine, kind)
        assert "theirs" not in body(mine, kind).lower()
        assert "Client theirs" in body(everything, kind)
        assert "Client fine" not in body(everything, kind)  # nothing is wrong there
        assert "secret-company" not in body(everything, kind)
        assert "https://cap.example.fr/clients?client=mine" in body(mine, kind)


def test_filters_and_events_of_a_subscription(tmp_path: Path, box: tuple[Box, int]) -> None:
    subscribe(tmp_path, box[1], 'to = "all@example.fr"\nview = "clients=theirs"\nevents = ["lot_behind"]\nlang = "en"')
    assert main(["mail"]) == 0
    (message,) = box[0].messages
    assert "1 alert" in message["Subject"]
    assert "Client theirs" in body(message, "plain")
    assert "Client mine" not in body(message, "plain")


def test_a_view_of_months_has_the_alerts_of_its_whole_years(tmp_path: Path, box: tuple[Box, int]) -> None:
    subscribe(tmp_path, box[1], 'to = "all@example.fr"\nview = "mois=2026-03..2026-08&clients=theirs"')
    assert main(["mail"]) == 0
    (message,) = box[0].messages
    assert "Client theirs" in body(message, "plain")
    assert "annees=2026-2026" in body(message, "plain")


def test_nobody_gets_an_empty_mail_nor_the_same_twice(
    tmp_path: Path, box: tuple[Box, int], capsys: pytest.CaptureFixture[str]
) -> None:
    subscribe(tmp_path, box[1], 'to = "all@example.fr"\nview = "clients=fine"', 'to = "mine@example.fr"')
    assert main(["mail", "--dry-run"]) == 0
    assert box[0].messages == []
    assert main(["mail"]) == 0
    assert "rien à signaler" in capsys.readouterr().out
    assert [message["To"] for message in box[0].messages] == ["mine@example.fr"]
    assert main(["mail"]) == 0
    assert len(box[0].messages) == 1
    # The same figures published again: a new release, and nothing to say.
    publish_rows(tmp_path, contracts_table(LOTS), hours_table(HOURS), as_of=dt.date(2026, 9, 30))
    assert main(["mail"]) == 0
    assert len(box[0].messages) == 1


def test_whoever_has_no_right_receives_nothing_and_others_do(
    tmp_path: Path, box: tuple[Box, int], capsys: pytest.CaptureFixture[str]
) -> None:
    subscribe(tmp_path, box[1], 'to = "stranger@example.fr"', 'to = "mine@example.fr"')
    assert main(["mail"]) == 1
    assert "stranger@example.fr: aucun droit" in capsys.readouterr().err
    assert [message["To"] for message in box[0].messages] == ["mine@example.fr"]


def test_a_server_that_does_not_answer_is_said_and_the_mail_goes_next_time(
    tmp_path: Path, box: tuple[Box, int], capsys: pytest.CaptureFixture[str]
) -> None:
    subscribe(tmp_path, 9, 'to = "mine@example.fr"')
    assert main(["mail"]) == 1
    assert "envoi impossible (ConnectionRefusedError)" in capsys.readouterr().err
    subscribe(tmp_path, box[1], 'to = "mine@example.fr"')
    assert main(["mail"]) == 0
    assert len(box[0].messages) == 1
