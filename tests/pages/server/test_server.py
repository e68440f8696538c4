"""What the server answers: documents, static files, headers, health."""

import gzip
import hashlib
import http.client
import json
import re
import time
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

import brotli
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from data.settings import DEFAULT_FILE
from pages.parts.streamlit_internals import UNUSED_DOORS, streamlit_files
from pages.server import index_page as document
from pages.server.compression import StaticFiles, best, gzipped
from pages.server.own_routes import own_routes
from pages.server.security_headers import _cookie, is_local
from tests.journeys.server import Server, running
from tests.journeys.wire import Wire
from tests.streamlit_private import route_paths


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        packed = self.headers.get("content-encoding") == "gzip"
        return (gzip.decompress(self.body) if packed else self.body).decode()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(tmp_path_factory.mktemp("server")) as found:
        yield found


@pytest.fixture(scope="module")
def below(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of the same extracts below /cap."""
    folder, extracts = tmp_path_factory.mktemp("below"), str(server.extracts)
    with running(folder, wait=False, CAP_EXTRACTS=extracts, STREAMLIT_SERVER_BASE_URL_PATH="cap") as found:
        replace(found, url=f"{found.url}/cap").await_ready()
        yield found


def ask(server: Server, path: str, method: str = "GET", **headers: str) -> Answer:
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=20)
    try:
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
    finally:
        connection.close()


def linked(server: Server) -> list[str]:
    return re.findall(r'"\.(/static/(?:js|css)/[^"]+)"', ask(server, "/").text)


class TestDocument:
    @pytest.mark.parametrize("path", ["/", "/annees", "/definitions?client=CHU", "/nimporte-quoi"])
    def test_every_address_answers_ours_in_french(self, server: Server, path: str) -> None:
        answer = ask(server, path)
        assert answer.status == 200
        assert answer.headers["content-language"] == "fr"
        assert answer.headers["cache-control"] == "no-cache"
        assert '<html lang="fr">' in answer.text
        assert " – Cap Insertion</title>" in answer.text
        assert "Ces pages ont besoin de JavaScript" in answer.text

    def test_title_and_description_are_those_of_the_page(self, server: Server) -> None:
        text = ask(server, "/communes?annees=2020").text
        assert "<title>Communes – Cap Insertion</title>" in text
        assert (
            '<meta name="description" content="Les heures réalisées dans chaque commune, sur une carte et en tableau."'
            in text
        )
        assert text.count('<meta name="description"') == 1
        assert "<title>Où en est-on\u202f? – Cap Insertion</title>" in ask(server, "/nimporte-quoi").text

    def test_nothing_of_streamlits_own_first_words_is_left(self, server: Server) -> None:
        body = ask(server, "/").text.split("-->", 1)[1]  # after the copyright notice
        shown = re.sub(r"<script>.*?</script>|<link[^>]*static/[^>]*>|<script[^>]*>", "", body, flags=re.DOTALL)
        for word in ("Streamlit", "You need to enable", "agent", "favicon.png", 'lang="en"'):
            assert word not in shown

    def test_english_document_when_the_link_says_so(self, server: Server) -> None:
        answer = ask(server, "/annees?lang=en")
        assert '<html lang="en">' in answer.text
        assert answer.headers["content-language"] == "en"

    def test_is_compressed_and_asked_again(self, server: Server) -> None:
        first = ask(server, "/annees", Accept_Encoding="gzip, br")
        assert first.headers["content-encoding"] == "gzip"
        assert "Accept-Encoding" in first.headers["vary"]
        again = ask(server, "/annees", Accept_Encoding="gzip", If_None_Match=first.headers["etag"])
        assert (again.status, again.body) == (304, b"")
        assert ask(server, "/annees", If_None_Match=first.headers["etag"]).status == 200

    def test_head_has_no_body(self, server: Server) -> None:
        answer = ask(server, "/annees", "HEAD")
        assert (answer.status, answer.body) == (200, b"")
        assert answer.headers["content-language"] == "fr"

    def test_another_streamlit_is_noticed_at_start(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "index.html").write_text("<html><head><title>Streamlit</title></head></html>", encoding="utf-8")
        monkeypatch.setattr(document, "streamlit_files", lambda: tmp_path)
        with pytest.raises(RuntimeError, match="once was expected"):
            document.index_page("fr")


class TestStaticFiles:
    def test_every_linked_file_comes_compressed_and_whole(self, server: Server) -> None:
        paths = linked(server)
        assert len(paths) > 50
        for path in paths:
            answer = ask(server, path, Accept_Encoding="gzip, deflate, br")
            assert answer.headers["content-encoding"] == "br", path
            whole = (streamlit_files() / path.lstrip("/")).read_bytes()
            assert brotli.decompress(answer.body) == whole
            assert gzip.decompress(ask(server, path, Accept_Encoding="gzip, deflate").body) == whole
            assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
            assert answer.headers["vary"] == "Accept-Encoding"
            assert int(answer.headers["content-length"]) == len(answer.body)

    def test_the_chart_library_comes_whole_after_the_script_that_awaits_the_picture(self, server: Server) -> None:
        library = next((streamlit_files() / "static/js").glob("PlotlyChart.*.js"))
        answer = ask(server, f"/static/js/{library.name}", Accept_Encoding="br")
        before, _, whole = brotli.decompress(answer.body).partition(b"})();\n});\n")
        assert b"\nawait new Promise(" in before
        assert whole == library.read_bytes()

    def test_first_visit_weighs_less_than_a_quarter_or_a_third(self, server: Server) -> None:
        chart = next(path.name for path in (streamlit_files() / "static/js").glob("PlotlyChart.*.js"))
        paths = [*linked(server), f"/static/js/{chart}"]
        whole = sum((streamlit_files() / path.lstrip("/")).stat().st_size for path in paths)
        for accepted, part in (("gzip, br", 0.25), ("gzip", 0.33)):
            assert sum(len(ask(server, path, Accept_Encoding=accepted).body) for path in paths) < whole * part

    def test_plain_for_who_takes_no_gzip(self, server: Server) -> None:
        path = linked(server)[0]
        answer = ask(server, path, Accept_Encoding="gzip;q=0")
        assert "content-encoding" not in answer.headers
        assert answer.headers["vary"] == "Accept-Encoding"
        assert answer.body == (streamlit_files() / path.lstrip("/")).read_bytes()

    def test_not_modified_and_head(self, server: Server) -> None:
        path = linked(server)[0]
        first = ask(server, path, "HEAD", Accept_Encoding="gzip")
        assert (first.status, first.body) == (200, b"")
        again = ask(server, path, Accept_Encoding="gzip", If_None_Match=first.headers["etag"])
        assert (again.status, again.body) == (304, b"")

    def test_ranges_and_fonts_are_left_to_streamlit(self, server: Server) -> None:
        path = linked(server)[0]
        part = ask(server, path, Accept_Encoding="gzip", Range="bytes=0-9")
        assert (part.status, len(part.body)) == (206, 10)
        font = next((streamlit_files() / "static/media").glob("SourceSansVF-Upright*.woff2"))
        answer = ask(server, f"/static/media/{font.name}", Accept_Encoding="gzip")
        assert "content-encoding" not in answer.headers
        assert answer.body == font.read_bytes()

    @pytest.mark.parametrize(
        "path", ["/static/js/../../../config.py", "/static/js/%2e%2e/index.html", "/static/js/no.js"]
    )
    def test_nothing_else_is_reached(self, server: Server, path: str) -> None:
        answer = ask(server, path, Accept_Encoding="gzip")
        assert answer.status in {400, 404} or '<html lang="fr">' in answer.text

    def test_compressed_once_and_the_same_bytes_at_every_start(self, tmp_path: Path) -> None:
        folder = tmp_path / "static" / "js"
        folder.mkdir(parents=True)
        (folder / "a.1.js").write_bytes(b"one" * 100)
        files = StaticFiles(tmp_path)
        first = files.compressed("js/a.1.js", "gzip")
        (folder / "a.1.js").write_bytes(b"two" * 100)
        assert files.compressed("js/a.1.js", "gzip") is first
        assert first == gzipped(b"one" * 100)
        assert not files.holds("js/b.js")


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("gzip", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
        ("br, GZIP;q=0.5", "br"),
        ("br;q=0, gzip", "gzip"),
        ("*", "br"),
        ("", None),
        ("deflate", None),
        ("gzip;q=0", None),
        ("gzip; q=0.0", None),
        ("gzip;q=0.01", "gzip"),
        ("*, br;q=0, gzip;q=0", None),
    ],
)
def test_the_smallest_encoding_that_is_taken(header: str, expected: str | None) -> None:
    assert best(header) == expected


class TestHeaders:
    @pytest.mark.parametrize(
        "path",
        [
            "/",
            "/sante",
            "/_stcore/health",
            "/_stcore/host-config",
            "/media/none.png",
            "/static/none.js",
            "/_stcore/none",
            "/auth/login",
            "/oauth2callback",
            "/component/none",
            "/%00",
        ],
    )
    def test_are_on_every_answer(self, server: Server, path: str) -> None:
        headers = ask(server, path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert "frame-ancestors 'self'" in headers["content-security-policy"]
        assert "camera=()" in headers["permissions-policy"]

    def test_policy_allows_the_documents_scripts_by_hash_and_no_others(self, server: Server) -> None:
        answer = ask(server, "/")
        rules = dict(rule.split(" ", 1) for rule in answer.headers["content-security-policy"].split("; "))
        allowed = rules["script-src"].split()
        scripts = re.findall(r"<script>(.*?)</script>", answer.text, re.DOTALL)
        hashes = {f"'sha256-{b64encode(hashlib.sha256(script.encode()).digest()).decode()}'" for script in scripts}
        assert set(allowed) == {"'self'"} | hashes
        assert "unsafe-eval" not in answer.headers["content-security-policy"]

    def test_metrics_are_for_this_machine_only(self, server: Server) -> None:
        assert ask(server, "/_stcore/metrics").status == 200
        assert ask(server, "/_stcore/metrics", X_Forwarded_For="192.0.2.7").status == 404
        assert ask(server, "/_stcore/metrics/", X_Forwarded_For="192.0.2.7").status == 404

    @pytest.mark.parametrize(
        ("method", "path"),
        [
            ("GET", "/_stcore/bidi-components/x/index.js"),
            ("GET", "/component/x/index.html"),
            ("POST", "/_stcore/agent/interact"),
            ("GET", "/_stcore/agent/openapi.json"),
            ("POST", "/_stcore/agent/mcp"),
            ("GET", "/_stcore/script-health-check"),
            ("GET", "/app/static/frame.py"),
        ],
    )
    def test_doors_that_no_page_uses_are_closed(self, server: Server, method: str, path: str) -> None:
        answer = ask(server, path, method)
        assert (answer.status, answer.text) == (404, "Not Found")

    def test_every_door_of_streamlits_is_known(self) -> None:
        """Another version may bring another door: it is then closed, or found to be wanted."""
        assert {path for path in route_paths() if not UNUSED_DOORS.search(path)} == {
            "/_stcore/health",
            "/_stcore/metrics",
            "/_stcore/host-config",
            "/_stcore/stream",
            "/_stcore/upload_file/{session_id}/{file_id}",  # for who may publish: test_uploads.py
            "/auth/login",
            "/auth/logout",
            "/oauth2callback",
            "/media/{file_id:path}",
        }

    def test_over_tls_cookies_and_names_are_bound_to_it(self, server: Server) -> None:
        plain, over_tls = (
            ask(server, "/_stcore/host-config"),
            ask(server, "/_stcore/host-config", X_Forwarded_Proto="https"),
        )
        assert "strict-transport-security" not in plain.headers
        assert over_tls.headers["strict-transport-security"] == "max-age=31536000"
        cookie = ask(server, "/_stcore/health").headers["set-cookie"].lower()
        assert cookie.startswith("_streamlit_xsrf=")
        assert "samesite=lax" in cookie
        assert "secure" not in cookie  # over TLS: below

    @pytest.mark.parametrize(
        ("cookie", "over_tls", "expected"),
        [
            (b"a=1; Path=/", False, b"a=1; Path=/; SameSite=Lax"),
            (b"a=1; Path=/; HttpOnly; SameSite=lax", True, b"a=1; Path=/; HttpOnly; SameSite=lax; Secure"),
            (b"a=1; Secure; SameSite=Strict", True, b"a=1; Secure; SameSite=Strict"),
        ],
    )
    def test_cookies_get_what_streamlit_leaves_out(self, cookie: bytes, over_tls: bool, expected: bytes) -> None:
        assert _cookie(cookie, over_tls) == expected

    @pytest.mark.parametrize("path", ["/", "/sante", "/static/js/none.js", "/media/none.png"])
    def test_another_name_for_this_server_is_refused(self, server: Server, path: str) -> None:
        assert ask(server, path, Host="attacker.example").status == 400
        assert ask(server, path, Host="localhost:1").status != 400

    @pytest.mark.parametrize(
        ("client", "expected"),
        [
            (("127.0.0.1", 1), True),
            (("::1", 1), True),
            (("192.0.2.7", 1), False),
            (("testclient", 1), False),
            (None, False),
        ],
    )
    def test_who_is_local(self, client: tuple[str, int] | None, expected: bool) -> None:
        assert is_local({"type": "http", "client": client, "headers": [(b"host", b"localhost:8501")]}) is expected

    @pytest.mark.parametrize(
        "header",
        [
            "forwarded", "via", "x-forwarded-for", "x-forwarded-proto", "x-forwarded-port", "x-forwarded-server", "x-real-ip",
            "cf-connecting-ip", "cf-ray", "true-client-ip", "x-client-ip", "x-cluster-client-ip", "fastly-client-ip",
            "x-azure-clientip", "x-original-forwarded-for", "x-original-host", "x-envoy-external-address", "client-ip", "x-remote-addr",
        ],
    )  # fmt: skip
    def test_what_a_proxy_passes_on_is_not_local(self, header: str) -> None:
        headers = [(b"host", b"127.0.0.1:8501"), (header.encode(), b"x")]
        assert not is_local({"type": "http", "client": ("127.0.0.1", 1), "headers": headers})

    @pytest.mark.parametrize(
        ("host", "expected"),
        [
            ("localhost", True), ("LOCALHOST:8501", True), ("127.0.0.1:8501", True), ("127.1.2.3", True), ("[::1]:8501", True),
            ("cap.example.fr", False), ("localhost.example.fr", False), ("127.0.0.1.example.fr", False), ("", False), (None, False),
        ],
    )  # fmt: skip
    def test_a_name_that_is_not_of_the_machine_is_not_local(self, host: str | None, expected: bool) -> None:
        headers = [] if host is None else [(b"host", host.encode())]
        browser = (b"user-agent", b"Mozilla/5.0"), (b"accept-language", b"fr"), (b"origin", b"http://localhost:8501")
        scope = {"type": "http", "client": ("::1", 1), "headers": [*headers, *browser]}
        assert is_local(scope) is expected


class TestOwnAddresses:
    @pytest.mark.parametrize(
        "path", ["/sante/x", "/sante/", "/metrics/x", "/api", "/api/", "/api/v2", "/api/v1/questions/x"]
    )
    def test_what_lies_below_and_is_nothing_is_no_page(self, server: Server, path: str) -> None:
        answer = ask(server, path)
        assert answer.status == 404
        assert "json" in answer.headers["content-type"]
        assert json.loads(answer.text)["status"] in (404, "not_found")

    def test_metrics(self, server: Server) -> None:
        ask(server, "/annees?client=CHU")
        ask(server, "/sante")
        answer = ask(server, "/metrics")
        assert answer.status == 200
        assert answer.headers["content-type"] == "application/openmetrics-text; version=1.0.0; charset=utf-8"
        lines = answer.text.splitlines()
        assert lines[-1] == "# EOF"
        numbers = dict(line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
        assert int(numbers['cap_requests_total{kind="page",status="2xx"}']) >= 1
        assert int(numbers['cap_requests_total{kind="health",status="2xx"}']) >= 1
        assert numbers["cap_sessions"] == "0"
        assert int(numbers["cap_memory_bytes"]) > 50_000_000
        assert (numbers["cap_release_whole"], numbers["cap_release_demo"]) == ("1", "1")
        assert 0 <= int(numbers["cap_release_age_seconds"]) < 3600
        assert "CHU" not in answer.text
        described = [line.split()[2] for line in lines if line.startswith("# TYPE")]
        assert described == [line.split()[2] for line in lines if line.startswith("# HELP")]
        assert {re.sub(r"_total\{.*|\{.*", "", name) for name in numbers} == set(described)

    def test_a_page_that_is_open_in_a_browser_is_a_session(self, server: Server) -> None:
        def sessions() -> str:
            return next(line for line in ask(server, "/metrics").text.splitlines() if line.startswith("cap_sessions"))

        with Wire(server.url):
            assert sessions() == "cap_sessions 1"
        limit = time.monotonic() + 20
        while sessions() != "cap_sessions 0":
            assert time.monotonic() < limit
            time.sleep(0.05)

    def test_metrics_are_nobody_elses(self, server: Server) -> None:
        assert ask(server, "/metrics", X_Forwarded_For="192.0.2.7").status == 403
        assert ask(server, "/metrics", X_Forwarded_For="192.0.2.7", Authorization="Bearer x").status == 401

    def test_metrics_for_the_token_of_an_administrator(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        settings = DEFAULT_FILE.read_text(encoding="utf-8")
        for role in ("administrateur", "service"):
            sha256 = hashlib.sha256(role.encode()).hexdigest()
            settings += (
                f'[[access.tokens]]\nname = "{role}"\nsha256 = "{sha256}"\nrole = "{role}"\nexpires_on = 2999-12-31\n'
            )
        (tmp_path / "settings.toml").write_text(settings, encoding="utf-8")
        monkeypatch.setenv("CAP_SETTINGS", str(tmp_path / "settings.toml"))
        monkeypatch.setenv("CAP_EXTRACTS", str(tmp_path / "extracts"))
        client = TestClient(
            Starlette(routes=own_routes()), base_url="https://cap.example.fr", client=("192.0.2.7", 5000)
        )

        def status(secret: str) -> int:
            return client.get("/metrics", headers={"Authorization": f"Bearer {secret}"}).status_code

        assert (status("administrateur"), status("service"), status("unknown")) == (200, 403, 401)
        assert "cap_release_whole 0" in client.get("/metrics", headers={"Authorization": "Bearer administrateur"}).text


class TestBasePath:
    """Everything below `server.baseUrlPath`, where a proxy serves other things beside."""

    def test_our_addresses_are_below(self, below: Server) -> None:
        assert json.loads(ask(below, "/cap/sante").text)["status"] == "ok"
        assert ask(below, "/cap/metrics").status == 200
        questions = json.loads(ask(below, "/cap/api/v1/questions").text)["questions"]
        link = next(found for found in questions if found["name"] == "headline")["links"]["json"]
        assert link == "/cap/api/v1/questions/headline.json"
        assert len(json.loads(ask(below, link).text)) == 1
        assert json.loads(ask(below, "/cap/api/v1/openapi.json").text)["servers"] == [{"url": "/cap"}]
        assert ask(below, "/cap/api/v1/nothing").status == 404
        assert ask(below, "/cap/sante/nothing").status == 404
        assert ask(below, "/sante").status == 404

    def test_pages_have_their_titles(self, below: Server) -> None:
        assert "<title>Communes – Cap Insertion</title>" in ask(below, "/cap/communes").text


class TestHealth:
    def test_names_the_release(self, server: Server) -> None:
        answer = ask(server, "/sante")
        result = json.loads(answer.body)
        assert answer.status == 200
        assert result.keys() == {"status", "release", "data_as_of", "demo"}
        assert (result["status"], result["demo"]) == ("ok", True)
        assert answer.headers["cache-control"] == "no-store"

    def test_503_while_the_pointer_is_missing_or_broken(self, server: Server) -> None:
        pointer = server.log.parent / "extracts" / "current"
        target = pointer.readlink()
        for broken, status in ((None, "no_release"), ("releases/none", "release_broken")):
            pointer.unlink()
            if broken:
                pointer.symlink_to(broken)
            answer = ask(server, "/sante")
            assert (answer.status, json.loads(answer.body)) == (503, {"status": status})
            pointer.unlink(missing_ok=True)
            pointer.symlink_to(target)
        assert ask(server, "/sante").status == 200

    def test_503_while_a_file_is_cut(self, server: Server) -> None:
        file = server.log.parent / "extracts" / "current" / "hours_monthly.parquet"
        content = file.read_bytes()
        file.write_bytes(content[:-1])
        answer = ask(server, "/sante")
        file.write_bytes(content)
        assert (answer.status, json.loads(answer.body)) == (503, {"status": "release_broken"})
        assert ask(server, "/sante").status == 200
