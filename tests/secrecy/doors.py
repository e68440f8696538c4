"""Every door by which a reader is answered: pages with what they hold and the files behind their buttons, routes, feeds, mails, tables of
SQL, the public edition. What comes back is text, to be compared between two worlds (tests/secrecy/worlds.py).
"""

import hashlib
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pyarrow.parquet as pq
import pypdf
import pytest
import streamlit as st
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from data.settings import load_settings
from data.settings_mail import Subscription
from data.words import Words
from pages.frame import identity
from pages.frame.foot_pages import FOOT_PAGES
from pages.frame.menu import PAGES
from pages.parts.streamlit_internals import without_components
from pages.public.__main__ import write_edition
from pages.reports.message import alerts_of, message
from pages.server.api.feeds import FEEDS
from pages.server.api.files import FORMATS
from pages.server.api.routes import Api
from pages.server.health import health
from queries.engine import BOUND
from queries.open_release import open_release
from queries.questions import questions
from queries.rights.access import Access
from queries.rights.readers import Reader
from queries.rights.rights import Right, Rights
from queries.sandbox.tables import held
from tests.secrecy.figures import READERS
from tests.secrecy.worlds import World, token_of
from tests.streamlit_private import elements, open_address

Answers = Iterator[tuple[str, str]]
FRAME: Final = Path(__file__).parents[2] / "pages" / "frame" / "page.py"
# Pages that show more where the address says of what.
MORE: Final = (
    ("clients", {"client": "K10"}),
    ("lots", {"marche": "K10", "lot": "00"}),
    ("comparer", {"quoi": "clients", "comparer": "K10,K03"}),
    ("recherche", {"q": "femmes K10 2020"}),
    ("tableau", {"lignes": "client", "colonnes": "annee"}),
    ("publics", {"embed": "true", "bloc": "publics"}),
    ("sorties", {"embed": "true", "bloc": "sorties"}),
    ("sorties", {"embed": "true", "bloc": "sorties_par_moment"}),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attacker:
    """A reader in a world. `query`: the filters that are added to each address. `paths`: of the pages that are read, all when there is none;
    `asked`, `forms`: questions of the routes, and how they are answered."""

    world: World
    name: str
    patch: pytest.MonkeyPatch
    query: Mapping[str, str] = field(default_factory=dict)
    paths: Sequence[str] = ()
    forms: Sequence[str] = tuple(FORMATS)
    asked: Sequence[str] = tuple(questions())

    @property
    def rights(self) -> Rights:
        return READERS[self.name]

    @property
    def access(self) -> Access:
        return Access(database=open_release(self.world.release, load_settings()), rights=self.rights, reader=self.name)

    def enter(self) -> None:
        """From now on the process serves this reader."""
        self.patch.setenv("CAP_EXTRACTS", str(self.world.extracts))
        self.patch.setenv("CAP_SETTINGS", str(self.world.settings))
        reader = Reader(name=self.name, rights=self.rights)
        self.patch.setattr(identity, "without_provider", lambda _settings: reader)


def pages(attacker: Attacker) -> Answers:
    """Each page as it is sent, and each file behind its buttons."""
    made: dict[str, bytes] = {}
    button = st.download_button

    def pressed(label: str, data: Any, *given: Any, **more: Any) -> Any:
        made[more["file_name"]] = data() if callable(data) else data
        return button(label, b"", *given, **more)

    visits: list[tuple[str, dict[str, str]]] = [
        (page.path, {}) for page in (*PAGES, *FOOT_PAGES) if page.needs is None or attacker.rights.may(page.needs)
    ]
    for path, query in [*visits, *MORE]:
        if attacker.paths and path not in attacker.paths:
            continue
        made.clear()
        with attacker.patch.context() as patch:
            patch.setattr(st, "download_button", pressed)
            at = AppTest.from_file(str(FRAME), default_timeout=60)
            without_components(at)
            for key, value in {**attacker.query, **query}.items():
                at.query_params[key] = value
            open_address(at, path)
            at.run()
            assert not at.exception, (path, at.exception[0].message)
        address = f"{path}?{query}" if query else path
        yield f"page {address}", _unsealed(attacker, "\n".join(elements(at)))
        yield from ((f"file {address} {name}", _unsealed(attacker, text_of(data))) for name, data in made.items())


def _unsealed(attacker: Attacker, text: str) -> str:
    """Without the fingerprints of the sources, which who may see lines compares with the files: they change with any of these."""
    seals = [source.sha256 for source in attacker.world.release.sources] if attacker.rights.may(Right.DETAIL) else []
    return re.sub("|".join(seals), "", text) if seals else text


def routes(attacker: Attacker) -> Answers:
    """Every question in every format, lists, feeds, what is refused, and the health of the server; with status and headers."""
    routes = [Route("/api/{path:path}", Api()), Route("/sante", health)]
    own = {"contract_id": "K10", "lot_id": "00", "compared_by": "clients", "compared": "K10,K03", "search": "K10"}
    headers = {} if attacker.name == "public" else {"Authorization": f"Bearer {token_of(attacker.name)}"}
    with TestClient(Starlette(routes=routes), client=("192.0.2.1", 5000)) as client:

        def got(path: str, **query: str) -> tuple[str, str]:
            answer = client.get(path, params={**attacker.query, **query}, headers=headers)
            known = sorted(f"{name}: {value}" for name, value in answer.headers.items())
            return f"route {path}", "\n".join([str(answer.status_code), *known, text_of(answer.content)])

        for name in attacker.asked:
            given = {
                one.name: own[one.name]
                for one in questions()[name].parameters
                if one.name in own and one.name not in BOUND
            }
            for form in attacker.forms:
                yield got(f"/api/v1/questions/{name}.{form}", **given)
        for path in ("/api/v1/questions", "/api/v1/openapi.json", "/sante", "/api/v1/questions/nothing.json"):
            yield got(path)
        for path in FEEDS:
            yield got(path, **({} if attacker.name == "public" else {"jeton": token_of(attacker.name)}))


def mails(attacker: Attacker) -> Answers:
    """The mail of alerts, whatever happened."""
    view = "&".join(f"{key}={value}" for key, value in attacker.query.items())
    subscription = Subscription(to="someone@example.org", view=view)
    mail = message(subscription, alerts_of(subscription, attacker.access), attacker.access)
    for header in ("Date", "Message-ID"):
        del mail[header]
    mail.set_boundary("boundary")
    yield "mail", mail.as_string()


def tables(attacker: Attacker) -> Answers:
    """What readers' SQL may read."""
    if attacker.rights.may(Right.SQL):
        for name, table in held(attacker.access):
            yield f"SQL {name}", str(table.to_pylist())


def edition(attacker: Attacker) -> Answers:
    """Every file of the public edition, which has no filter."""
    if attacker.name != "public" or attacker.query:
        return
    folder = attacker.world.extracts.parent / "site"
    write_edition(folder, "https://example.org", Words("fr"))
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            yield f"edition {file.relative_to(folder)}", text_of(file.read_bytes())


Door = Callable[[Attacker], Answers]
DOORS: Final[tuple[Door, ...]] = (pages, routes, mails, tables, edition)


def differing(worlds: Sequence[World], name: str, doors: Sequence[Door] = DOORS, **more: Any) -> tuple[int, list[str]]:
    """How many answers a reader had in each world, and those that are not the same in all."""
    found: list[dict[str, str]] = []
    for world in worlds:
        with pytest.MonkeyPatch.context() as patch:
            attacker = Attacker(world=world, name=name, patch=patch, **more)
            attacker.enter()
            found.append({place: text for door in doors for place, text in door(attacker)})
    places = dict.fromkeys(place for answers in found for place in answers)
    return len(found[0]), [place for place in places if len({answers.get(place) for answers in found}) > 1]


def text_of(data: bytes | str) -> str:
    """What is in a file: the texts and the facts of a PDF, all parts of a workbook or a document, hidden sheets and metadata included."""
    data = data.encode() if isinstance(data, str) else data
    if data.startswith(b"%PDF"):
        found = pypdf.PdfReader(io.BytesIO(data))
        facts = {key: value for key, value in (found.metadata or {}).items() if "Date" not in key}
        return "\n".join([str(facts), *(page.extract_text() for page in found.pages)])
    if data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            return "\n".join(f"{name}\n{_timeless(parts.read(name))}" for name in sorted(parts.namelist()))
    if data.startswith(b"PAR1"):
        table = pq.read_table(io.BytesIO(data))
        return f"{table.schema.metadata}\n{table.to_pylist()}"
    try:
        return data.decode()
    except UnicodeDecodeError:
        return hashlib.sha256(data).hexdigest() + f", {len(data)} octets"


def _timeless(part: bytes) -> str:
    return re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", "", part.decode("utf-8", "replace"))
