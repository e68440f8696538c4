"""The sign-in, in a real browser, against an identity provider on loopback: who comes in, what each sees, how one leaves."""

import datetime as dt
import json
import subprocess
import sys
import time
import tomllib
import urllib.request
from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from data.codes import Role
from data.words import Words
from pages.frame.menu import PAGES
from queries.rights.rights import ROLES
from tests.extracts import contract, entry, publish_rows
from tests.journeys.browser import PREPARE, lead, settled, visit
from tests.journeys.server import ROOT, Server, free_port, running
from tests.journeys.tour import texts
from tests.streamlit_private import USER_COOKIE_NAME, signed_cookie

SECRET = "un secret de 32 caractères au moins, pour l’essai".replace("’", "'")
CLIENTS = {"C1": "Ville Alphaville", "C2": "Hôpital Betamont", "C3": "Office Gammarive"}
ACCESS = """
[[access.grants]]
email = "elu@example.org"
role = "elu"

[[access.grants]]
group = "services"
role = "service"
clients = ["C1"]

[[access.grants]]
email = "analyste@example.org"
role = "analyste"

[[access.grants]]
email = "facilitateur@example.org"
role = "facilitateur"
facilitators = ["F2"]

[[access.grants]]
email = "administrateur@example.org"
role = "administrateur"

[[access.grants]]
email = "rien@example.org"
role = "service"
clients = []
"""
# Who has which role: claims of the id_token, the clients whose names may be read.
READERS: dict[Role, tuple[dict[str, Any], tuple[str, ...]]] = {
    Role.ELU: ({"email": "elu@example.org"}, ("C1", "C2", "C3")),
    Role.SERVICE: ({"email": "agent@example.org", "groups": ["autre", "services"]}, ("C1",)),
    Role.ANALYSTE: ({"email": "analyste@example.org"}, ("C1", "C2", "C3")),
    Role.FACILITATEUR: ({"email": "facilitateur@example.org"}, ("C2",)),
    Role.ADMINISTRATEUR: ({"email": "administrateur@example.org"}, ("C1", "C2", "C3")),
}
WORDS = Words("fr")


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """The identity provider's address. A process of its own: its warnings are not ours."""
    port = free_port()
    claims = [{"sub": reader["email"], **reader} for reader, _ in READERS.values()]
    options = [part for reader in claims for part in ("--user-claims", json.dumps(reader))]
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), *options]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    limit = time.monotonic() + 60
    try:
        while True:
            try:
                urllib.request.urlopen(f"{url}/.well-known/openid-configuration", timeout=5).close()
                break
            except OSError:
                assert process.poll() is None
                assert time.monotonic() < limit
                time.sleep(0.05)
        yield url
    finally:
        process.terminate()
        process.wait(timeout=10)


@pytest.fixture(scope="module")
def server(provider: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Three clients with a lot each; readers sign in, configured by the environment alone."""
    folder = tmp_path_factory.mktemp("signing")
    lots = [
        contract(
            contract_id=f"M{number}",
            client_id=client,
            client_name=name,
            facilitator_code=f"F{number}",
            operation=f"Op {name}",
        )
        for number, (client, name) in enumerate(CLIENTS.items(), start=1)
    ]
    lines = [
        entry(entry_id=f"E{number}", contract_id=f"M{number}", hours_validated=Decimal(1000 * number))
        for number in (1, 2, 3)
    ]
    publish_rows(folder, lots, lines, as_of=dt.date(2020, 9, 30))
    settings = folder / "settings.toml"
    settings.write_text((ROOT / "data/settings.toml").read_text(encoding="utf-8") + ACCESS, encoding="utf-8")
    assert tomllib.loads(settings.read_text(encoding="utf-8"))["access"]["grants"]
    port = free_port()
    with running(
        folder,
        port=port,
        CAP_SETTINGS=str(settings),
        CAP_OIDC_METADATA_URL=f"{provider}/.well-known/openid-configuration",
        CAP_OIDC_CLIENT_ID="cap-insertion",
        CAP_OIDC_CLIENT_SECRET="secret-du-client",
        CAP_OIDC_REDIRECT_URI=f"http://127.0.0.1:{port}/oauth2callback",
        CAP_OIDC_COOKIE_SECRET=SECRET,
    ) as found:
        yield found


class Visitor:
    """A browser of its own, and every byte that the server's websocket sent it."""

    def __init__(self, browser: Browser, server: Server) -> None:
        self.server = server
        self.context: BrowserContext = browser.new_context(
            base_url=server.url, locale="en-US", viewport={"width": 1280, "height": 800}
        )
        self.context.add_init_script(PREPARE)
        self.received: list[bytes] = []
        self.page: Page = self.context.new_page()
        self.page.on("websocket", lambda socket: socket.on("framereceived", self._hear))

    def _hear(self, payload: str | bytes) -> None:
        self.received.append(payload if isinstance(payload, bytes) else payload.encode())

    def bring(self, cookie: str) -> None:
        """Comes with that identity cookie."""
        self.context.add_cookies(
            [{"name": USER_COOKIE_NAME, "value": cookie, "url": self.server.url, "httpOnly": True}]
        )

    def text(self) -> str:
        """All that reached this browser: texts of the page, messages of the websocket."""
        return "\n".join(texts(self.page)) + b"".join(self.received).decode("utf-8", "replace")

    def menu(self) -> list[str]:
        """The titles of the menu's pages, groups opened one after the other."""
        banner = self.page.get_by_role("banner")
        found = [link.inner_text().strip() for link in banner.get_by_role("link").all()]
        for group in dict.fromkeys(WORDS.say(page.group) for page in PAGES if page.group):
            button = banner.get_by_role("button", name=group, exact=True)
            if button.count():
                button.click()
                expect(self.page.get_by_role("menuitem").first).to_be_visible()
                found += [item.inner_text().strip() for item in self.page.get_by_role("menuitem").all()]
                self.page.keyboard.press("Escape")
                expect(self.page.get_by_role("menuitem")).to_have_count(0)
        return found


@pytest.fixture
def visitor(browser: Browser, server: Server) -> Iterator[Visitor]:
    found = Visitor(browser, server)
    yield found
    found.context.close()


def identity(server: Server, secret: str = SECRET, **claims: Any) -> str:
    """The cookie that Streamlit gives after a sign-in with these claims."""
    result = {
        "iss": "http://provider",
        "sub": claims.get("email", "sub"),
        "iat": int(time.time()),
        "origin": server.url,
        "is_logged_in": True,
        "provider": "default",
        **claims,
    }
    return signed_cookie(secret, result)


def assert_door(visitor: Visitor, title: str = "Connectez-vous") -> None:
    """The door and nothing else."""
    page = visitor.page
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    assert page.get_by_role("banner").get_by_role("link").count() == 0
    result = visitor.text()
    for secret in (*CLIENTS.values(), "Métropole Rouen Normandie", "30 septembre 2020", "Maîtres d’ouvrage"):
        assert secret not in result


def test_a_cold_deep_link_shows_the_sign_in_alone(visitor: Visitor) -> None:
    addresses = [f"/{page.path}" for page in PAGES]
    for address in [*addresses, "/clients?client=C2", "/lots?lot=M2~00&clients=C2"]:
        visitor.page.goto(address, wait_until="commit")
        assert_door(visitor)
        assert urlsplit(visitor.page.url).path == urlsplit(address).path


def test_in_back_to_the_address_and_out(visitor: Visitor, provider: str) -> None:
    page = visitor.page
    visit(page, "/clients?annees=2020")
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_url(f"{provider}/**")
    page.get_by_role("button", name="elu@example.org").click()
    page.wait_for_url("**/clients?annees=2020")
    settled(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Qui porte les heures\u202f?")
    expect(page.locator(".cap-frame")).to_contain_text("elu@example.org, élu ou élue")
    kept = [cookie for cookie in visitor.context.cookies() if cookie["name"] == USER_COOKIE_NAME]
    assert kept[0]["httpOnly"]
    assert kept[0]["sameSite"] == "Lax"

    page.get_by_role("button", name="Se déconnecter").click()
    page.wait_for_url(f"{provider}/**")
    assert not [cookie for cookie in visitor.context.cookies() if cookie["name"] == USER_COOKIE_NAME]
    visitor.received.clear()
    page.goto(f"{visitor.server.url}/clients")
    assert_door(visitor)
    # Whoever kept a copy of the cookie is out as well.
    visitor.bring(kept[0]["value"])
    page.goto("/clients")
    assert_door(visitor)
    expect(page.get_by_text("Cette session a été fermée")).to_be_visible()


@pytest.mark.parametrize("role", READERS)
def test_each_role_has_its_pages_and_its_rows(visitor: Visitor, role: Role) -> None:
    claims, clients = READERS[role]
    visitor.bring(identity(visitor.server, **claims))
    visit(visitor.page, "/")
    allowed = [page for page in PAGES if page.needs is None or page.needs in ROLES[role]]
    assert sorted(visitor.menu()) == sorted(WORDS.say(page.title) for page in allowed if not page.at_foot)
    refused = [page for page in PAGES if page not in allowed]
    for page in refused:
        lead(visitor.page, f"/{page.path}")
        expect(visitor.page.get_by_role("heading", level=1)).to_have_text("Accès refusé")
    # What every page tells each role: test_attacker.py.
    lead(visitor.page, "/clients")
    result = visitor.text()
    for client, name in CLIENTS.items():
        assert (name in result) == (client in clients), (role, name)


def test_a_link_to_what_is_outside_the_rights_tells_nothing(visitor: Visitor) -> None:
    visitor.bring(identity(visitor.server, **READERS[Role.SERVICE][0]))
    for address in ("/clients?client=C2", "/lots?lot=M2~00", "/?clients=C2"):
        visit(visitor.page, address)
    result = visitor.text()
    assert CLIENTS["C2"] not in result
    assert "2\u202f000" not in result


def test_no_row_and_no_right(visitor: Visitor) -> None:
    visitor.bring(identity(visitor.server, email="rien@example.org"))
    visit(visitor.page, "/")
    assert not any(name in visitor.text() for name in CLIENTS.values())
    visitor.bring(identity(visitor.server, email="inconnue@example.org", groups=["inconnu"]))
    visitor.received.clear()
    visitor.page.goto("/clients")
    assert_door(visitor, "Accès refusé")


def test_a_cookie_that_was_altered_forged_or_is_too_old_is_refused(visitor: Visitor) -> None:
    good = identity(visitor.server, email="elu@example.org")
    payload, rest = good.split(".", 1)
    cookies = {
        "altered": f"{payload[:-2]}AA.{rest}",
        "forged": identity(
            visitor.server, secret="un autre secret, de 32 caracteres au moins", email="elu@example.org"
        ),
        "too old": identity(visitor.server, email="elu@example.org", iat=int(time.time()) - 10 * 3600 - 60),
        "undated": identity(visitor.server, email="elu@example.org", iat=None),
        "of another server": identity(visitor.server, email="elu@example.org", origin="http://127.0.0.1:1"),
        "unchecked address": identity(visitor.server, email="elu@example.org", email_verified=False),
    }
    for kind, cookie in cookies.items():
        visitor.bring(cookie)
        visitor.page.goto("/clients")
        assert_door(visitor, "Accès refusé" if kind == "unchecked address" else "Connectez-vous")
    visitor.bring(good)
    visit(visitor.page, "/clients")
    assert CLIENTS["C1"] in visitor.text()
