"""RUN ME FIRST WHEN YOU RAISE STREAMLIT: each private door that we use, compared with the Streamlit that is installed.

`python -m pytest -n 0 tests/pages/parts/test_streamlit_internals.py`. Where a test fails, the name that it shows has moved or gone;
its place here is `pages/parts/streamlit_internals.py`, `tests/streamlit_private.py`, or the words beside the server.
"""

import importlib
import inspect
import json
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import streamlit_internals as internals
from pages.server.index_page import HERE
from tests.streamlit_private import HEALTH, STREAM, USER_COOKIE_NAME, open_address, options, route_paths, signed_cookie

ROOT = Path(__file__).parents[3]
WORDS: dict[str, str] = json.loads((HERE / "streamlit_words.json").read_text(encoding="utf-8"))


@cache
def bundle() -> str:
    """All of Streamlit’s scripts."""
    files = sorted((internals.streamlit_files() / "static" / "js").glob("*.js"))
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


def sources() -> Iterator[str]:
    """What looks for elements of Streamlit: style sheets, scripts, journeys."""
    for folder, endings in (("pages", (".css", ".js")), ("tests/journeys", (".py",)), ("tests/bench", (".py",))):
        for file in sorted((ROOT / folder).rglob("*")):
            if file.suffix in endings:
                yield file.read_text(encoding="utf-8")


def test_elements_that_we_look_for_are_those_declared() -> None:
    text = "\n".join(sources())
    ids = re.findall(r"data-testid=\\?[\"'](\w+)|get_by_test_id\(\"(\w+)\"\)", text)
    assert {one or other for one, other in ids} | {"stTopNavLink"} == internals.TEST_IDS  # …NavLink: by its end
    assert set(re.findall(r"(?<![\w-])\.(st[A-Z]\w+)", text)) == internals.CLASSES


@pytest.mark.parametrize("name", sorted(internals.TEST_IDS | internals.CLASSES))
def test_an_element_goes_by_its_name(name: str) -> None:
    assert re.search(rf"[\"'`\s]{name}[\"'`\s]", bundle()) is not None


@pytest.mark.parametrize("mark", internals.MARKS)
def test_an_element_has_its_mark(mark: str) -> None:
    assert mark in bundle()


@pytest.mark.parametrize("place", internals.INDEX_PLACES)
def test_index_html_has_each_place_once(place: str) -> None:
    document = (internals.streamlit_files() / "index.html").read_text(encoding="utf-8")
    assert len(re.findall(internals.INDEX_PLACES[place], document, re.DOTALL)) == 1


def test_index_html_links_its_files() -> None:
    linked = internals.LINKED_FILE.findall((internals.streamlit_files() / "index.html").read_text(encoding="utf-8"))
    assert len(linked) > 50
    names = {path.name for path in (internals.streamlit_files() / "static" / "js").iterdir()}
    assert {name.partition("/")[2] for name in linked if name.startswith("js/")} <= names
    assert [name for name in names if name.startswith(internals.CHART_LIBRARY)]


@pytest.mark.parametrize("name", [internals.RUN_LOG, internals.BARE_LOG, internals.SIGN_IN_LOG])
def test_a_logger_has_the_name_of_its_module(name: str) -> None:
    source = inspect.getsource(importlib.import_module(name))
    assert re.search(r"get_logger\(__name__\)", source) is not None


def test_a_failed_run_is_logged_under_the_same_words() -> None:
    assert f'"{internals.RUN_FAILED}"' in inspect.getsource(importlib.import_module(internals.RUN_LOG))


@pytest.mark.parametrize("name", internals.USED_LATER)
def test_what_is_used_later_is_there(name: str) -> None:
    importlib.import_module(name)


def test_addresses_are_those_of_its_routes() -> None:
    paths = route_paths()
    assert {internals.LOGIN, internals.CALLBACK, internals.METRICS, HEALTH, STREAM} <= paths
    assert [path for path in paths if internals.UNUSED_DOORS.search(path)]


def test_a_cookie_is_read_as_it_is_signed(monkeypatch: pytest.MonkeyPatch) -> None:
    secret = "x" * 32
    monkeypatch.setattr("streamlit.web.server.starlette.starlette_websocket.get_cookie_secret", lambda: secret)
    cookies = {USER_COOKIE_NAME: signed_cookie(secret, {"email": "a@example.org"})}
    assert json.loads(internals.identity_cookie(cookies) or b"") == {"email": "a@example.org"}
    assert internals.identity_cookie({USER_COOKIE_NAME: signed_cookie("y" * 32, {})}) is None
    assert internals.identity_cookie({}) is None


def test_colours_of_charts_are_placeholders() -> None:
    """That the browser replaces by those of the theme."""
    colours = internals.streamlit_plotly_theme
    names = ("CATEGORY_0", "CATEGORY_1", "CATEGORY_2", "CATEGORY_3", "CATEGORY_4", "CATEGORY_5", "GRAY_90", "BG_COLOR")
    for name in names:
        assert re.fullmatch(r"#0{3}\d{3,}", getattr(colours, name)), name
        assert getattr(colours, name) in bundle()


def test_the_harness_opens_an_address() -> None:
    def pages() -> None:
        import streamlit as st

        def first() -> None:
            st.title("first")

        def second() -> None:
            st.title("second")

        st.navigation([st.Page(first, default=True), st.Page(second, url_path="second")]).run()

    at = AppTest.from_function(pages)
    open_address(at, "second")
    assert at.run().title[0].value == "second"


def test_a_run_looks_for_no_components(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[object] = []
    manager = internals.COMPONENTS
    monkeypatch.setattr(manager, "discover_and_register_components", lambda *_, **__: looked.append(1))
    for is_asked, times in ((False, 1), (True, 1)):
        app = AppTest.from_string("import streamlit as st\nst.text('x')")
        if is_asked:
            internals.without_components(app)
        assert app.run().text[0].value == "x"
        assert len(looked) == times


def test_options_are_known_and_documented() -> None:
    ours = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    known = options()
    names = {
        f"{section}.{name}"
        for section, values in ours.items()
        for name, value in values.items()
        if not isinstance(value, dict)
    } | {f"theme.{scheme}.{name}" for scheme in ("light", "dark") for name in ours["theme"][scheme]}
    assert names - known.keys() == set()
    assert {name for name in names if known[name] == "hidden"} == internals.HIDDEN_OPTIONS


@pytest.mark.parametrize("english", sorted(WORDS))
def test_streamlit_still_says_it(english: str) -> None:
    # A text of several sentences may be put together from them.
    assert [part for part in english.split(". ") if part not in bundle()] == []


def shapes() -> list[str]:
    """The sentences with values that the browser translates, as patterns."""
    script = (HERE / "browser_language.js").read_text(encoding="utf-8")
    return re.findall(r"^ +\[/\^(.+)\$/,", script, re.MULTILINE)


def pieces(shape: str) -> list[str]:
    """What a pattern has between its values, sentence by sentence, but for a few letters."""
    without_values = re.sub(r"\((?:[^()]|\([^()]*\))*\)(\?|B)?|\w\?", "\0", shape)
    plain = re.sub(r"\\(.)", r"\1", without_values)
    return [piece for part in re.split(r"\0|\. ", plain) if len(piece := part.strip(" .,:+")) > 3]


@pytest.mark.parametrize("shape", shapes())
def test_streamlit_still_says_the_sentences_with_values(shape: str) -> None:
    assert [piece for piece in pieces(shape) if piece not in bundle()] == []


def test_sentences_with_values_have_pieces() -> None:
    assert sum(bool(pieces(shape)) for shape in shapes()) > 10


def test_french_is_set_as_french() -> None:
    for french in WORDS.values():
        assert "'" not in french, french
        assert not any(f" {mark}" in french for mark in ":;!?"), french
