"""Somebody who writes the messages himself: for each role, by pages, addresses, forged messages, files and SQL, nothing that
the role may not have. Each attempt is also made by who may, so that it is known to find what there is."""

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any, Final

import pyarrow.parquet as pq
import pytest
from websockets.exceptions import InvalidStatus

from data.codes import Role
from data.settings import load_settings
from pages.frame.menu import PAGES
from queries.engine import Database
from queries.link import ALL_KEYS
from queries.open_release import open_release
from queries.rights.access import Access
from queries.rights.rights import ROLES, Right, Rights
from queries.sandbox.sandbox import Sandbox
from queries.scope import Scope
from tests.extracts import contract, entry, publish_rows
from tests.journeys.server import Server, running
from tests.journeys.wire import Got, Wire, signed_in

SECRET: Final = "a secret of thirty-two characters or more"
ROLES_SIGNED: Final = tuple(role for role in Role if role is not Role.PUBLIC)
ACCESS: Final = "\n".join(
    f'[[access.grants]]\nemail = "{role}-{reach}@example.org"\nrole = "{role}"\n{rows}'
    for role in ROLES_SIGNED
    for reach, rows in (("all", ""), ("mine", 'clients = ["K1"]'), ("none", "clients = []"))
)
# K1 is mine, K2 theirs, K3 has three persons, K4 one. Codes can be typed; the words below cannot be guessed.
CLIENTS: Final = {"K1": "Ville Alphaville", "K2": "Hôpital Betamont", "K3": "Office Gammarive", "K4": "Régie Deltaclos"}
PERSONS: Final = {"K1": 502, "K2": 507, "K3": 3, "K4": 1}
ALL_PERSONS: Final = 502 + 507 + 3 + 1
THEIRS: Final = re.compile("Betamont|Gammarive|Deltaclos")
COMPANY: Final = re.compile("Titulaire ")
A_PERSON: Final = re.compile("PERSONNE-|EMBAUCHE-")
# Exact numbers of persons: none is a multiple of five, so that none is ever published. (Nor a part of what is drawn at random.)
EXACT: Final = re.compile(r"(?<![\w,.])1[\u202f,]?0(?:13|12|09)(?![\w,.%\u202f])")
# What could open something, on the pages that read it.
ADDRESSES: Final = (
    ("", "clients=K2"),
    ("annees", "clients=K1,K2,K3"),
    ("clients", "clients=K2&annees=2020"),
    ("clients", "client=K2"),
    ("lots", "marche=M2&lot=00"),
    ("lots", "clients=K2&alerte=all"),
    ("lots", "texte=Betamon&alerte=all"),
    ("communes", "communes=76681"),
    ("", "facilitateurs=F2"),
    ("clauses", "types=hopital"),
    ("donnees", "modalites=etti&secteurs=none&hors_total=true"),
)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Database:
    """Four clients with a lot each, in a release of their own folder."""
    folder = tmp_path_factory.mktemp("attacked")
    lots = [
        contract(
            contract_id=f"M{client[1]}",
            client_id=client,
            client_name=name,
            client_type="hopital" if client == "K2" else "commune",
            subject=f"Travaux {name}",
            operation=f"Opération {name}",
            contractor_name=f"Titulaire {name}",
            contract_ref=name[-8:],
            facilitator_code=f"F{client[1]}",
            execution_commune="76540" if client == "K1" else "76681",
            penalty_eur=Decimal(4242),
        )
        for client, name in CLIENTS.items()
    ]
    # Two lines a person: the number of lines, which is told, is not that of persons.
    lines = [
        entry(
            entry_id=f"{client}-{n}-{month}",
            contract_id=f"M{client[1]}",
            month=dt.date(2020, month, 1),
            participant_id=f"PERSONNE-{client}-{n}",
            work_contract_id=f"EMBAUCHE-{client}-{n}",
            employer_kind="etti",
            hours_validated=Decimal("7.25"),
        )
        for client, persons in PERSONS.items()
        for n in range(persons)
        for month in (3, 4)
    ]
    return open_release(publish_rows(folder, lots, lines), load_settings())


@pytest.fixture(scope="module")
def server(database: Database) -> Iterator[Server]:
    """Readers sign in; the secret of the cookies is known here, so that the provider is not needed."""
    folder = database.release.path.parents[2]
    (folder / "settings.toml").write_text(
        f'[authority]\nname = "Autorité"\nepci = "200023414"\n\n{ACCESS}', encoding="utf-8"
    )
    with running(
        folder,
        CAP_SETTINGS=str(folder / "settings.toml"),
        CAP_OIDC_METADATA_URL="http://127.0.0.1:9/.well-known/openid-configuration",
        CAP_OIDC_CLIENT_ID="cap",
        CAP_OIDC_CLIENT_SECRET="secret",
        CAP_OIDC_REDIRECT_URI="http://localhost/oauth2callback",
        CAP_OIDC_COOKIE_SECRET=SECRET,
    ) as found:
        yield found


@contextmanager
def reader(server: Server, role: Role, reach: str) -> Iterator[Wire]:
    """A session of a reader with that role: over all rows, over those of K1 (`mine`), over none."""
    with Wire(server.url, signed_in(server.url, SECRET, email=f"{role}-{reach}@example.org")) as wire:
        yield wire


@pytest.fixture(scope="module")
def doors(server: Server) -> dict[str, str]:
    """Every page's address and the hash of its script, as who may see all is told them."""
    with reader(server, Role.ADMINISTRATEUR, "all") as wire:
        found = wire.run().pages
    assert set(found) == {page.path for page in PAGES}
    return found


@pytest.fixture(scope="module")
def titled(server: Server) -> dict[str, set[str]]:
    """Every page's titles, as who may see all reads them."""
    with reader(server, Role.ADMINISTRATEUR, "all") as wire:
        return {page.path: titles(wire.run(page.path)) for page in PAGES}


def hidden_from(role: Role) -> list[str]:
    return [page.path for page in PAGES if page.needs is not None and page.needs not in ROLES[role]]


def everything(wire: Wire) -> Iterator[Got]:
    """Each page, then each address that could open something."""
    for page in PAGES:
        yield wire.run(page.path)
    for path, query in ADDRESSES:
        yield wire.run(path, query)


def forged(widgets: set[str]) -> dict[str, Any]:
    """Values for the widgets of a page that somebody else saw: filters on what is not mine, lists, buttons pressed."""
    values: dict[str, Any] = {}
    for name in widgets:
        key = name.split("-", 2)[-1]
        if key in ALL_KEYS:
            values[name] = "K2" if key == "clients" else ""
        elif key.startswith("_found"):
            values[name] = True
    return values


class TestAClientOutsideTheRights:
    @pytest.mark.parametrize(
        ("role", "reach"), [*((role, "mine") for role in ROLES_SIGNED), (Role.ADMINISTRATEUR, "none")]
    )
    def test_no_page_and_no_address_tells_of_it(self, server: Server, role: Role, reach: str) -> None:
        with reader(server, role, reach) as wire:
            for got in everything(wire):
                assert THEIRS.search(got.content) is None
                assert reach == "mine" or "Alphaville" not in got.content

    def test_who_may_is_told_of_it(self, server: Server) -> None:
        with reader(server, Role.ADMINISTRATEUR, "all") as wire:
            assert all(
                THEIRS.search(wire.run(page, query).content)
                for page, query in (("clients", "client=K2"), ("lots", "marche=M2&lot=00"), ("", "clients=K2"))
            )

    @pytest.mark.parametrize("role", ROLES_SIGNED)
    def test_forged_messages_get_nothing_more(self, server: Server, role: Role, doors: dict[str, str]) -> None:
        with reader(server, Role.ADMINISTRATEUR, "all") as wire:
            seen = {path: wire.run(path).widgets for path in ("clients", "lots")}
        for path, widgets in seen.items():
            values = forged(widgets)
            assert values
            with reader(server, role, "mine") as wire:
                wire.run(path)
                for script in ("", doors[path], "0" * 32):
                    assert THEIRS.search(wire.run(path, "clients=K2", script=script, widgets=values).content) is None

    def test_forged_messages_of_who_may_are_obeyed(self, server: Server) -> None:
        with reader(server, Role.ADMINISTRATEUR, "all") as wire:
            widgets = forged(wire.run("clients").widgets)
            assert (
                "Filtres\u00a0: maître d’ouvrage\u00a0: Hôpital Betamont"
                in wire.run("clients", widgets=widgets).content
            )


class TestPagesOutsideTheMenu:
    @pytest.mark.parametrize("role", ROLES_SIGNED)
    def test_are_not_run_whatever_names_them(
        self, server: Server, role: Role, doors: dict[str, str], titled: dict[str, set[str]]
    ) -> None:
        for path in hidden_from(role):
            assert titled[path]
            with reader(server, role, "all") as wire:
                for got in (wire.run(path), wire.run(path, script=doors[path]), wire.run("", script=doors[path])):
                    assert not titles(got) & titled[path]

    def test_nobody_sees_more_than_the_sign_in_without_one(self, server: Server, doors: dict[str, str]) -> None:
        forgeries = (
            "",
            signed_in(server.url, "another secret of thirty-two characters", email="administrateur-all@example.org"),
            signed_in(server.url, SECRET, email="unknown@example.org"),
            signed_in(server.url, SECRET, email="administrateur-all@example.org", iat=1),
            signed_in("http://elsewhere.example", SECRET, email="administrateur-all@example.org"),
        )
        for cookie in forgeries:
            for path, script in [*doors.items()][:4]:
                with Wire(server.url, cookie) as wire:
                    for got in (wire.run(path), wire.run(path, "clients=K1", script=script)):
                        assert re.search("Alphaville|Betamont|Autorité", got.content) is None
                        assert got.files == set()

    def test_another_site_gets_no_socket(self, server: Server) -> None:
        cookie = signed_in(server.url, SECRET, email="administrateur-all@example.org")
        with pytest.raises(InvalidStatus, match="403"), Wire(server.url, cookie, origin="http://elsewhere.example"):
            pass


class TestPersons:
    @pytest.mark.parametrize("role", ROLES_SIGNED)
    def test_no_row_of_one_and_no_exact_number_reaches_a_screen(self, server: Server, role: Role) -> None:
        with reader(server, role, "all") as wire:
            for got in everything(wire):
                assert A_PERSON.search(got.content) is None
                assert EXACT.search(got.content) is None

    def test_they_are_in_the_release(self, database: Database) -> None:
        (headline,) = database.ask("headline", Scope()).to_pylist()
        assert headline["participants"] == ALL_PERSONS
        assert EXACT.search("<strong>1\u202f013</strong>")
        persons = pq.read_table(database.release.file("hours.parquet"), columns=["participant_id"])
        assert A_PERSON.search(str(persons["participant_id"][0]))

    def test_subtraction_and_neighbouring_scopes_tell_no_exact_number(self, server: Server) -> None:
        """All, all but three persons, all but one, those alone: what is published differs by multiples of five."""
        scopes = {
            "": 1013,
            "clients=K1,K2,K3": 1012,
            "clients=K1,K2,K4": 1010,
            "clients=K1,K2": 1009,
            "clients=K3": 3,
            "clients=K4": 1,
        }
        with reader(server, Role.ANALYSTE, "all") as wire:
            result = {query: persons_text(wire.run("", query)) for query in scopes}
        assert result["clients=K3"] is None
        assert result["clients=K4"] is None
        for query, exact in scopes.items():
            number = result[query]
            assert number is None or (number % 5 == 0 and abs(number - exact) < 5)


class TestFiles:
    @pytest.mark.parametrize("role", ROLES_SIGNED)
    def test_hold_no_more_than_the_rights(self, server: Server, role: Role) -> None:
        with reader(server, role, "mine") as wire:
            for path in ("", "clients", "lots", "donnees"):
                for name in sorted(wire.run(path).files):
                    content = wire.file(name)
                    assert THEIRS.search(content) is None
                    assert A_PERSON.search(content) is None
                    assert EXACT.search(content) is None
                    assert Right.COMPANIES in ROLES[role] or COMPANY.search(content) is None

    def test_have_names_that_another_session_cannot_guess(self, server: Server) -> None:
        names: list[set[str]] = []
        for role, reach in ((Role.ADMINISTRATEUR, "all"), (Role.ELU, "mine")):
            with reader(server, role, reach) as wire:
                names.append(wire.run("clients").files)
                assert any("Betamont" in wire.file(name) for name in names[-1]) is (reach == "all")
                assert all(re.fullmatch("[0-9a-f]{32}", name) for name in names[-1])
        assert names[0].isdisjoint(names[1])


class TestTheLog:
    def test_holds_no_secret_no_name_and_no_address(self, server: Server) -> None:
        cookie = signed_in(server.url, SECRET, email="service-mine@example.org")
        with Wire(server.url, cookie) as wire:
            wire.run("clients", "client=K2")
            wire.run("lots", "marche=M2&lot=00&texte=Alphaville")
        log = server.said()
        assert "cap_insertion" in log or "streamlit" in log.lower()
        assert SECRET not in log
        assert cookie.partition("=")[2] not in log
        assert re.search("Alphaville|client=K2|marche=M2|@example.org", log) is None
        assert A_PERSON.search(log) is None


class TestSql:
    @pytest.mark.parametrize("rows", [("K1",), ()])
    def test_has_the_rows_of_the_rights_and_no_person(self, database: Database, rows: tuple[str, ...]) -> None:
        access = Access(database=database, rights=Rights(role=Role.ANALYSTE, clients=rows))
        result = all_tables(access)
        assert THEIRS.search(result) is None
        assert A_PERSON.search(result) is None
        assert ("Alphaville" in result) is bool(rows)

    def test_has_every_row_for_who_may(self, database: Database) -> None:
        result = all_tables(Access(database=database, rights=Rights(role=Role.ANALYSTE)))
        assert THEIRS.search(result) is not None
        assert A_PERSON.search(result) is None


def titles(got: Got) -> set[str]:
    """The titles that were drawn."""
    return {
        message.delta.new_element.heading.body
        for message in got.messages
        if message.delta.new_element.WhichOneof("type") == "heading" and message.delta.new_element.heading.tag == "h1"
    }


def persons_text(got: Got) -> int | None:
    """The number of persons among the key figures; None when it is hidden."""
    found = re.search(r"[Bb]énéficiaires(?:</a>)?</dt><dd><strong>([^<]*)</strong>", got.content)
    assert found is not None
    return None if "n.c." in found[1] else int(re.sub(r"\D", "", found[1]))


def all_tables(access: Access) -> str:
    """Every row that a reader's SQL can reach, as text."""
    sandbox = Sandbox(access)
    try:
        names = sandbox.ask("SELECT table_name FROM information_schema.tables", Scope()).table["table_name"].to_pylist()
        assert "lots" in names
        return "\n".join(str(sandbox.ask(f'SELECT * FROM "{name}"', Scope()).table.to_pylist()) for name in names)
    finally:
        sandbox.close()
