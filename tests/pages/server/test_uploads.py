"""The door for files: who may publish sends them to disk, to everybody else it is not there; Streamlit's memory gets a receipt."""

import asyncio
import http.client
import os
import re
from collections.abc import AsyncIterator, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import pytest
from starlette.types import Message

from data.codes import Role
from data.preparation.folder import preparation_of
from data.settings import load_settings
from pages.server import uploads
from pages.server.uploads import Arriving
from queries.rights.readers import Reader
from queries.rights.rights import Rights
from tests.extracts import contract, entry, publish_rows
from tests.journeys.server import Server, free_port, running
from tests.journeys.wire import Wire, signed_in
from tests.streamlit_private import HEALTH

SECRET: Final = "a secret of thirty-two characters or more"
BOUNDARY: Final = "----cap"
CONTENT: Final = b"contract_id;lot_id\r\n24-01;00\r\n--not the end\r\n"
OTHERS: Final = [role for role in Role if role not in (Role.PUBLIC, Role.ADMINISTRATEUR)]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Readers of every role sign in; the secret of the cookies is known here, so that the provider is not needed."""
    folder = tmp_path_factory.mktemp("uploads")
    publish_rows(folder, [contract()], [entry(hours_validated=Decimal(10))])
    grants = "".join(
        f'[[access.grants]]\nemail = "{role}@example.org"\nrole = "{role}"\n' for role in (*OTHERS, Role.ADMINISTRATEUR)
    )
    grants += '[[access.grants]]\nemail = "one-client@example.org"\nrole = "administrateur"\nclients = ["C1"]\n'
    result = f'[authority]\nname = "Autorité"\nepci = "200023414"\n[publishing]\nmax_megabytes = 1\n{grants}'
    (folder / "settings.toml").write_text(result, encoding="utf-8")
    port = free_port()
    with running(
        folder,
        port=port,
        CAP_SETTINGS=str(folder / "settings.toml"),
        CAP_OIDC_METADATA_URL="http://127.0.0.1:9/.well-known/openid-configuration",
        CAP_OIDC_CLIENT_ID="cap",
        CAP_OIDC_CLIENT_SECRET="secret",
        CAP_OIDC_REDIRECT_URI=f"http://127.0.0.1:{port}/oauth2callback",
        CAP_OIDC_COOKIE_SECRET=SECRET,
    ) as found:
        yield found


def form(content: bytes, name: str = "marchés d’octobre.csv", boundary: str = BOUNDARY) -> bytes:
    """What a browser sends of one file."""
    head = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="x"; filename="{name}"\r\nContent-Type: text/csv\r\n\r\n'
    )
    return head.encode() + content + f"\r\n--{boundary}--\r\n".encode()


def cookie_of(server: Server, who: str) -> str:
    return signed_in(server.url, SECRET, email=f"{who}@example.org") if who else ""


def put(
    server: Server,
    who: str,
    body: bytes,
    session: str = "session",
    token: str = "",
    method: str = "PUT",
    **headers: str,
) -> int:
    """The status of an upload by somebody."""
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=30)
    cookies = "; ".join(filter(None, [cookie_of(server, who), token and f"_streamlit_xsrf={token}"]))
    sent = {
        "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
        "Cookie": cookies,
        "X-Xsrftoken": token,
        **headers,
    }
    try:
        connection.request(method, f"/_stcore/upload_file/{session}/file-1", body, sent)
        return connection.getresponse().status
    finally:
        connection.close()


def on_disk(server: Server) -> list[Path]:
    return [path for path in (server.extracts / "preparations").rglob("*") if path.is_file()]


def token_of(server: Server) -> str:
    """The token that Streamlit gives every browser."""
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=30)
    connection.request("GET", HEALTH)
    answer = connection.getresponse()
    found = re.search("_streamlit_xsrf=([^;]+)", answer.getheader("set-cookie") or "")
    connection.close()
    assert found is not None
    return found[1]


class TestAttackers:
    @pytest.mark.parametrize("who", ["", "unknown", "one-client", *OTHERS])
    @pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "POST"])
    def test_the_door_is_not_there(self, server: Server, who: str, method: str) -> None:
        before = on_disk(server)
        assert put(server, who, form(CONTENT), method=method) == 404
        assert on_disk(server) == before

    def test_another_site_sends_nothing_in_the_name_of_who_may(self, server: Server) -> None:
        assert put(server, Role.ADMINISTRATEUR, form(CONTENT), Origin="http://elsewhere.example") == 404
        assert put(server, Role.ADMINISTRATEUR, form(CONTENT), Origin="http://127.0.0.1:1") == 404
        assert on_disk(server) == []

    def test_a_program_with_a_token_sends_nothing(self, server: Server) -> None:
        assert put(server, Role.ADMINISTRATEUR, form(CONTENT), Authorization="Bearer x") == 404

    def test_without_a_page_that_is_open_nothing_is_kept(self, server: Server) -> None:
        """Streamlit knows its sessions and their token; what it refuses is gone from the disk."""
        assert put(server, Role.ADMINISTRATEUR, form(CONTENT)) == 403
        assert put(server, Role.ADMINISTRATEUR, form(CONTENT), token=token_of(server)) == 400
        assert on_disk(server) == []


class TestWhoMayPublish:
    def test_sends_a_file_to_disk_as_it_is(self, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("CAP_EXTRACTS", str(server.extracts))
        with Wire(server.url, cookie_of(server, Role.ADMINISTRATEUR)) as wire:
            wire.run("publier")
            status = put(server, Role.ADMINISTRATEUR, form(CONTENT), wire.session, token_of(server))
            assert status == 204
            (file,) = preparation_of("administrateur@example.org").files
            assert file.name == "marchés d’octobre.csv"
            assert file.read_bytes() == CONTENT
            assert file.parent.stat().st_mode & 0o077 == 0
            assert (server.extracts / "preparations").stat().st_mode & 0o077 == 0
            assert "marchés d’octobre.csv" in wire.run("publier").content
            # The setting is one megabyte for all files together.
            large = form(b"x" * 1_100_000, "grand.csv")
            assert put(server, Role.ADMINISTRATEUR, large, wire.session, token_of(server)) == 204
            assert preparation_of("administrateur@example.org").files == (file,)


def test_a_connection_that_breaks_leaves_the_other_files_and_no_half_of_this_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The browser is gone after half of the file: Streamlit never hears of it, what was there before stays."""
    monkeypatch.setenv("CAP_EXTRACTS", str(tmp_path))
    monkeypatch.setattr(
        uploads, "_publisher", lambda _request: Reader(name="somebody", rights=Rights(role=Role.ADMINISTRATEUR))
    )
    mine = preparation_of("somebody")
    before = mine.incoming()
    before.write_bytes(CONTENT)
    mine.take(before, "marches.csv")
    half = form(b"x" * 3_000_000)[:2_000_000]
    coming: list[Message] = [{"type": "http.request", "body": half, "more_body": True}, {"type": "http.disconnect"}]

    async def receive() -> Message:
        return coming.pop(0)

    async def nothing(*_: object) -> None:
        pytest.fail("neither Streamlit nor the browser is answered")

    scope = {
        "type": "http",
        "method": "PUT",
        "path": "/_stcore/upload_file/session/file-1",
        "headers": [(b"content-type", f"multipart/form-data; boundary={BOUNDARY}".encode())],
    }
    asyncio.run(uploads.Uploads(nothing)(scope, receive, nothing))
    assert [file.name for file in mine.files] == ["marches.csv"]
    assert list(mine.folder.rglob(".incoming*")) == []


class TestArriving:
    """One file on its way, in parts that end anywhere."""

    @pytest.fixture
    def arriving(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Arriving:
        monkeypatch.setenv("CAP_EXTRACTS", str(tmp_path))
        return Arriving(preparation_of("somebody"), BOUNDARY.encode())

    def sent(self, arriving: Arriving, body: bytes, size: int) -> None:
        async def chunks() -> AsyncIterator[bytes]:
            for start in range(0, len(body), size):
                yield body[start : start + size]

        asyncio.run(arriving.keep(chunks()))
        arriving.close()
        arriving.take()

    @pytest.mark.parametrize("size", [1, 7, 64, 1 << 20])
    @pytest.mark.parametrize("content", [b"", CONTENT, b"--" + BOUNDARY.encode() + b"\r\n\r\n", os.urandom(5000)])
    def test_is_the_same_whatever_its_parts(self, arriving: Arriving, size: int, content: bytes) -> None:
        self.sent(arriving, form(content, 'a "b".csv'.replace('"', "%22")), size)
        (file,) = preparation_of("somebody").files
        assert file.name == "a _b_.csv"
        assert file.read_bytes() == content

    @pytest.mark.parametrize(
        ("body", "reason"),
        [
            (form(CONTENT)[:-10], "form"),
            (CONTENT, "form"),
            (b"x" * 100_000, "form"),
            (form(CONTENT).replace(b"filename", b"name"), "form"),
        ],
    )
    def test_what_is_no_whole_form_is_not_kept(self, arriving: Arriving, body: bytes, reason: str) -> None:
        self.sent(arriving, body, 1000)
        assert arriving.refused == reason
        assert list(preparation_of("somebody").folder.rglob(".incoming*")) == []

    def test_beyond_the_bound_nothing_is_kept(self, arriving: Arriving) -> None:
        most = load_settings().publishing.max_megabytes
        arriving._room = 10_000
        assert most == 500
        self.sent(arriving, form(b"x" * 50_000), 4096)
        assert arriving.refused == "too_large"
        assert preparation_of("somebody").files == ()

    def test_a_full_disk_is_said(self, arriving: Arriving, monkeypatch: pytest.MonkeyPatch) -> None:
        def full(_content: bytes) -> int:
            raise OSError(28, "No space left on device")

        real = Path.open

        class Full:
            def __init__(self, path: Path) -> None:
                self._file = real(path, "xb")

            write = staticmethod(full)

            def close(self) -> None:
                self._file.close()

        monkeypatch.setattr(Path, "open", lambda path, mode="r", **_: Full(path) if mode == "xb" else real(path, mode))
        self.sent(arriving, form(CONTENT), 4096)
        assert arriving.refused == "no_space"
        assert list(preparation_of("somebody").folder.rglob(".incoming*")) == []

    def test_a_mapping_is_the_mapping_and_no_source(self, arriving: Arriving) -> None:
        self.sent(arriving, form(b"[contracts.defaults]\n", "../../mapping du mois.toml"), 4096)
        assert preparation_of("somebody").files == ()
        mapping = preparation_of("somebody").mapping
        assert mapping is not None
        assert mapping.read_bytes() == b"[contracts.defaults]\n"
        assert mapping.parent == preparation_of("somebody").folder
