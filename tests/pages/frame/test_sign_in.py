"""The door, piece by piece: who may listen where, who asks a route, where one comes back to, what a session is worth."""

import asyncio
import datetime as dt
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse

from data.codes import Role
from data.grants import AccessRules, Grant, token_hash
from data.settings import Settings
from pages.frame import identity, provider
from pages.frame.identity import end_session, reader_of_claims
from pages.frame.menu import PAGES
from pages.server import door, return_address
from pages.server.door import Door, fault, is_loopback, is_own_origin
from pages.server.readers import reader_of
from pages.server.return_address import own_address
from pages.server.sign_in_failure import SignInFailure
from queries.errors import AccessError
from queries.rights.readers import LOCAL, PUBLIC, Reader
from queries.rights.rights import Rights
from tests.extracts import contract, entry
from tests.pages.conftest import Published, Shown, texts
from tests.queries.asking import SETTINGS
from tests.streamlit_private import USER_COOKIE_NAME, open_address, set_secrets, signed_cookie

AUTH = {
    "server_metadata_url": "https://idp/.well-known/openid-configuration",
    "client_id": "cap",
    "client_secret": "s",
    "redirect_uri": "https://cap.example.org/oauth2callback",
    "cookie_secret": "x" * 32,
}
GRANTED = replace(
    SETTINGS,
    access=AccessRules(
        grants=(Grant(email="elu@example.org", role=Role.ELU), Grant(group="services", role=Role.SERVICE))
    ),
)
NOW = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)


@pytest.fixture
def with_provider(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A provider told by the environment, as the lifespan would hand it to Streamlit."""
    for name, option in provider.ENVIRONMENT.items():
        monkeypatch.setenv(name, AUTH[option])
    set_secrets(monkeypatch, {"auth": dict(AUTH)})
    provider.has_provider.cache_clear()
    yield
    provider.has_provider.cache_clear()


@pytest.fixture
def rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Settings with these access rules."""

    def write(text: str) -> None:
        file = tmp_path / "settings.toml"
        file.write_text(f'[authority]\nname = "A"\nepci = "200023414"\n{text}', encoding="utf-8")
        monkeypatch.setenv("CAP_SETTINGS", str(file))

    write("")
    return write


# Where a server may listen


@pytest.mark.parametrize(
    ("address", "loopback"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("", False),
        (None, False),
        ("10.0.0.1", False),
        ("cap.example.org", False),
        ("unix:///tmp/cap.sock", False),
    ],
)
def test_without_a_provider_only_this_machine_is_listened_to(address: str | None, loopback: bool) -> None:
    assert is_loopback(address) == loopback
    assert (fault(address, {}, public=False) is None) == loopback
    assert fault(address, {}, public=True) is None
    assert fault(address, dict(AUTH), public=False) is None


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({"client_secret": ""}, "pas complète"),
        ({"cookie_secret": None}, "pas complète"),
        ({"redirect_uri": "https://cap.example.org/"}, "/oauth2callback"),
        ({"cookie_secret": "court"}, "trop court"),
    ],
)
def test_half_a_provider_does_not_start(changed: dict[str, Any], word: str) -> None:
    assert word in (fault("127.0.0.1", AUTH | changed, public=True) or "")


def test_secrets_that_cannot_be_read_do_not_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rules: Callable[[str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    """Else a mistake in the file would open the doors."""
    file = tmp_path / "secrets.toml"
    file.write_text("[auth\nclient_secret = 'chut'", encoding="utf-8")
    set_secrets(monkeypatch, None, str(file))
    with pytest.raises(SystemExit):
        door.check_doors()
    printed = capsys.readouterr().err
    assert "secrets.toml" in printed
    assert "chut" not in printed


class TestDoor:
    @staticmethod
    async def answer(client: str, kind: str, **headers: str) -> list[dict[str, Any]]:
        sent: list[dict[str, Any]] = []

        async def app(scope: Any, receive: Any, send: Any) -> None:
            await send({"type": "passed"})

        async def send(message: Any) -> None:
            sent.append(message)

        async def receive() -> Any:
            return {"type": "http.request"}

        scope = {
            "type": kind,
            "path": "/",
            "client": (client, 1),
            "headers": [
                (name.replace("_", "-").encode(), value.encode())
                for name, value in ({"host": "localhost:8501"} | headers).items()
            ],
        }
        await Door(app)(scope, receive, send)
        return sent

    @pytest.mark.parametrize("kind", ["http", "websocket"])
    def test_strangers_are_turned_away(self, kind: str, rules: Callable[[str], None]) -> None:
        import asyncio

        strangers: list[tuple[str, dict[str, str]]] = [
            ("10.0.0.1", {}), ("127.0.0.1", {"x_forwarded_for": "10.0.0.1"}),
            ("127.0.0.1", {"x_forwarded_proto": "https"}), ("127.0.0.1", {"host": "cap.example.org"}),
        ]  # fmt: skip
        for client, headers in strangers:
            (first, *_) = asyncio.run(self.answer(client, kind, **headers))
            assert first.get("status") == 403 or first == {"type": "websocket.close", "code": 1008}
        assert asyncio.run(self.answer("127.0.0.1", kind)) == [{"type": "passed"}]
        rules("[access]\npublic = true")
        assert asyncio.run(self.answer("10.0.0.1", kind)) == [{"type": "passed"}]
        rules("[access\n")
        assert asyncio.run(self.answer("10.0.0.1", kind)) != [{"type": "passed"}]


@pytest.mark.parametrize(
    ("origin", "host", "expected"),
    [
        (None, "localhost:8501", True),  # no browser
        ("http://localhost:8501", "localhost:8501", True),
        ("https://cap.example.org", "cap.example.org", True),
        ("https://cap.example.org", "cap.example.org:443", True),
        ("https://cap.example.org:8443", "cap.example.org:8443", True),
        ("http://localhost:3000", "localhost:8501", False),  # another server of the same machine
        ("http://localhost", "localhost:8501", False),
        ("https://cap.example.org:8443", "cap.example.org", False),
        ("https://autre.example.org", "cap.example.org", False),
        ("http://localhost:port", "localhost:8501", False),
        ("null", "localhost:8501", False),
    ],
)
def test_a_websocket_is_opened_by_a_page_of_this_very_server(origin: str | None, host: str, expected: bool) -> None:
    result = {"host": host} if origin is None else {"host": host, "origin": origin}
    assert is_own_origin(Headers(result)) is expected


# Who asks a route


def request(client: str = "127.0.0.1", **headers: str) -> Request:
    result = [
        (name.replace("_", "-").encode(), value.encode("latin-1"))
        for name, value in ({"host": "localhost"} | headers).items()
    ]
    return Request({"type": "http", "method": "GET", "path": "/", "client": (client, 1), "headers": result})


def refused(asked: Request) -> int:
    with pytest.raises(AccessError) as found:
        reader_of(asked)
    return found.value.status


def cookie(**claims: Any) -> str:
    result = {"iat": int(time.time()), "origin": "https://cap.example.org", "is_logged_in": True, **claims}
    return f"{USER_COOKIE_NAME}={signed_cookie(AUTH['cookie_secret'], result)}"


def test_without_a_provider_a_route_answers_this_machine(rules: Callable[[str], None]) -> None:
    assert reader_of(request()) == LOCAL
    assert refused(request("10.0.0.1")) == 403
    assert refused(request(x_forwarded_for="10.0.0.1")) == 403
    rules("[access]\npublic = true")
    assert reader_of(request()) == reader_of(request("10.0.0.1")) == PUBLIC
    rules("[access]\npublic = ")
    assert refused(request()) == 503


def test_a_token_is_shown_as_bearer(rules: Callable[[str], None]) -> None:
    rules(
        f'[[access.tokens]]\nname = "sig"\nsha256 = "{token_hash("jeton")}"\nrole = "service"\nexpires_on = 2099-01-01\n'
        'clients = ["CHU"]'
    )
    asked = request("10.0.0.1", authorization="bearer jeton")
    assert reader_of(asked) == Reader(name="sig", rights=Rights(role=Role.SERVICE, clients=("CHU",)))
    # Even here a token is not made better by who shows it.
    for wrong in ("Bearer autre", "Bearer ", "Basic jeton", "jeton"):
        assert refused(request(authorization=wrong)) == 401


@pytest.mark.usefixtures("with_provider")
def test_a_signed_in_browser_is_known_by_its_cookie(rules: Callable[[str], None]) -> None:
    rules('[[access.grants]]\nemail = "elu@example.org"\nrole = "elu"')
    assert reader_of(request(cookie=cookie(email="elu@example.org"))).rights == Rights(role=Role.ELU)
    assert refused(request()) == 401  # not even this machine, once readers sign in
    assert refused(request(cookie=cookie(email="autre@example.org"))) == 403
    assert refused(request(cookie=cookie(email="elu@example.org", origin="https://autre.example.org"))) == 401
    assert refused(request(cookie=cookie(email="elu@example.org", is_logged_in="yes"))) == 401
    assert refused(request(cookie=cookie(email="elu@example.org")[:-1] + "é")) == 401
    assert refused(request(cookie="_streamlit_user=elu")) == 401


# What a session is worth


def claims(**changes: Any) -> dict[str, Any]:
    return {"is_logged_in": True, "iat": int(NOW.timestamp()) - 60, "sub": "1", "email": "elu@example.org", **changes}


def test_claims_turned_into_a_reader() -> None:
    assert reader_of_claims(claims(), GRANTED, NOW).rights.role is Role.ELU
    for groups in ("services", ["autre", "services"]):
        assert reader_of_claims(claims(email=None, groups=groups), GRANTED, NOW).rights.role is Role.SERVICE


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"is_logged_in": False}, 401),
        ({"iat": None}, 401),
        ({"iat": "hier"}, 401),
        ({"iat": True}, 401),
        ({"iat": int(NOW.timestamp()) - 10 * 3600 - 1}, 401),
        ({"iat": int(NOW.timestamp()) + 3600}, 401),
        ({"email": "autre@example.org"}, 403),
        ({"email": ["elu@example.org"]}, 403),
        ({"email_verified": False}, 403),
        ({"email_verified": "false"}, 403),
        ({"email_verified": None}, 403),
        ({"email": "", "groups": {"services": True}}, 403),
    ],
)
def test_claims_that_open_nothing(changes: dict[str, Any], status: int) -> None:
    with pytest.raises(AccessError) as found:
        reader_of_claims(claims(**changes), GRANTED, NOW)
    assert found.value.status == status


def test_a_session_that_was_closed_stays_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAP_EXTRACTS", str(tmp_path))
    monkeypatch.setattr(identity, "_signed_out", set())
    end_session(claims(nonce="a"))
    with pytest.raises(AccessError):
        reader_of_claims(claims(nonce="a"), GRANTED, NOW)
    assert reader_of_claims(claims(nonce="b"), GRANTED, NOW)


# Where one comes back to


@pytest.mark.parametrize("address", [*(f"/{page.path}" for page in PAGES), "/clients?annees=2019-2020&clients=C%26A"])
def test_an_address_of_ours_is_kept(address: str) -> None:
    assert own_address(address) == address


@pytest.mark.parametrize(
    "address",
    [
        "//evil.example/clients",
        "https://evil.example/clients",
        "/\\evil.example",
        "/auth/logout",
        "/oauth2callback?code=1",
        "/nimporte",
        "/clients\r\nSet-Cookie: a=b",
        "javascript:alert(1)",
        "",
        "/clients?" + "a" * 3000,
    ],
)
def test_no_other_is(address: str) -> None:
    assert own_address(address) is None


def test_the_browser_says_where_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(return_address, "get_origin_from_redirect_uri", lambda: "https://cap.example.org")

    def wanted(referer: str) -> str | None:
        return return_address._wanted({"type": "http", "headers": [(b"referer", referer.encode())]})

    assert wanted("https://cap.example.org/clients?client=CHU") == "/clients?client=CHU"
    assert wanted("https://evil.example/clients?client=CHU") is None
    assert wanted("") is None


# When the provider does not answer


def login_answer(status: int, referer: str, method: str = "GET") -> tuple[int, str]:
    """What a browser gets when Streamlit's route for the sign-in answers so."""
    sent: list[dict[str, Any]] = []

    async def streamlit(scope: Any, receive: Any, send: Any) -> None:
        await PlainTextResponse("Authentication error", status_code=status)(scope, receive, send)

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    scope = {"type": "http", "method": method, "path": "/auth/login", "headers": [(b"referer", referer.encode())]}
    asyncio.run(SignInFailure(streamlit)(scope, receive, send))
    return sent[0]["status"], b"".join(message.get("body", b"") for message in sent).decode()


def test_a_provider_that_does_not_answer_is_told_in_the_readers_language() -> None:
    status, page = login_answer(400, "https://cap.example.org/clients")
    assert status == 503
    assert "Le fournisseur d’identité ne répond pas." in page
    assert "Authentication error" not in page
    assert "The identity provider does not answer." in login_answer(400, "https://cap.example.org/?lang=en")[1]


def test_the_way_to_the_provider_is_left_as_it_is() -> None:
    assert login_answer(302, "https://cap.example.org/") == (302, "Authentication error")


# What a page shows


@pytest.fixture
def release(published: Published) -> None:
    lots = [
        contract(client_name="Ville Alphaville"),
        contract(contract_id="M2", client_id="C2", client_name="Betamont"),
    ]
    lines = [entry(hours_validated=Decimal(100)), entry(entry_id="E2", contract_id="M2", hours_validated=Decimal(900))]
    published(lots, lines)


@pytest.mark.usefixtures("release", "with_provider")
def test_nothing_but_the_door_without_a_session(shown: Shown) -> None:
    at = shown()
    assert [title.value for title in at.title] == ["Connectez-vous"]
    assert [button.label for button in at.button] == ["Se connecter"]
    assert "Alphaville" not in str(at.main)
    assert not at.get("plotly_chart")


@pytest.mark.usefixtures("release")
@pytest.mark.parametrize("role", list(Role))
def test_each_role_is_shown_its_pages_and_refused_the_others(
    shown: Shown, monkeypatch: pytest.MonkeyPatch, role: Role
) -> None:
    reader = Reader(name="a@example.org", rights=Rights(role=role, clients=("C1",)))

    def session(_settings: Settings) -> Reader:
        return reader

    monkeypatch.setattr(identity, "session_reader", session)
    at = shown()
    assert "Betamont" not in texts(at)
    assert "Filtres\u00a0: maître d’ouvrage\u00a0: Ville Alphaville" in texts(at)
    for page in PAGES:
        open_address(at, page.path)
        at.run()
        assert not at.exception
        opened = page.needs is None or reader.rights.may(page.needs)  # who sees one client publishes nothing
        assert ("Accès refusé" in texts(at)) is not opened, page.script


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "OPTIONS"])
def test_a_method_that_is_no_sign_in_gets_streamlits_own_answer(method: str) -> None:
    """No provider was asked, so none is blamed."""
    assert login_answer(405, "", method)[0] == 405


GENERAL = "Les réglages ou les données du serveur ne peuvent pas être lus."


@pytest.mark.usefixtures("with_provider")
def test_broken_settings_show_no_path_before_the_sign_in(
    shown: Shown, rules: Callable[[str], None], tmp_path: Path
) -> None:
    rules("[access\n")
    page = texts(shown())
    assert GENERAL in page
    assert str(tmp_path) not in page


@pytest.mark.parametrize("role", list(Role))
def test_a_broken_release_shows_its_path_to_administrators_alone(
    shown: Shown, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, role: Role
) -> None:
    (tmp_path / "extracts").mkdir()
    (tmp_path / "extracts" / "current").symlink_to("releases/gone")
    reader = Reader(name="a@example.org", rights=Rights(role=role))
    monkeypatch.setattr(identity, "session_reader", lambda _settings: reader)
    page = texts(shown())
    assert (str(tmp_path) in page) is (role is Role.ADMINISTRATEUR)
    assert (GENERAL in page) is (role is not Role.ADMINISTRATEUR)
