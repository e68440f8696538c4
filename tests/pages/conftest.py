"""Pages run by Streamlit's own test harness on a small release."""

import gc
import hashlib
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from data.release.pointer import current_release
from data.release.releases import Release
from pages.frame.menu import OF_SEVERAL, PAGES
from pages.parts.streamlit_internals import without_components
from tests.extracts import Row, publish_rows
from tests.streamlit_private import open_address

FRAME = str(Path(__file__).parents[2] / "pages" / "frame" / "page.py")
PATHS = {page.script: page.path for page in (*PAGES, OF_SEVERAL)}
_SPELT_OUT = re.compile(r'<abbr title="(?!secret statistique|statistical)[^"]*">([A-Z/]+)</abbr>')
Shown = Callable[..., AppTest]
Published = Callable[..., Release]


@pytest.fixture(scope="session", autouse=True)
def warm() -> None:
    """As the server's start does: Streamlit collects after every run, walking everything alive."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def extracts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the extracts of this test are."""
    folder = tmp_path / "extracts"
    monkeypatch.setenv("CAP_EXTRACTS", str(folder))
    return folder


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("shelf")


@pytest.fixture
def published(extracts: Path, shelf: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Published]:
    """A release that tests share, to be read only: `published(lots, lines, settings=TOML, as_of=DATE)`.

    It is published, opened and asked once in a session for the same rows and settings. What a test publishes itself goes before it.
    """
    found: list[tuple[Path, str]] = []

    def served(contracts: list[Row], hours: list[Row], *, settings: str = "", **options: Any) -> Release:
        asked = Path(os.environ.get("CAP_SETTINGS", ""))
        text = settings or (asked.read_text(encoding="utf-8") if asked.is_file() else "")
        folder = shelf / hashlib.sha256(repr((contracts, hours, text, options)).encode()).hexdigest()[:16]
        if settings:
            folder.mkdir(exist_ok=True)
            file = folder / "settings.toml"
            if not file.exists():
                file.write_text(settings, encoding="utf-8")
            monkeypatch.setenv("CAP_SETTINGS", str(file))
        monkeypatch.setenv("CAP_EXTRACTS", str(folder / "extracts"))
        release = current_release() or publish_rows(folder, contracts, hours, **options)
        found.append((release.path, release.id))
        return release

    yield served
    for path, id in found:
        assert [other.name for other in path.parent.iterdir()] == [id], "written to a release that tests share"


@pytest.fixture
def shown(extracts: Path, monkeypatch: pytest.MonkeyPatch) -> Shown:
    """Runs a page on the extracts of this test: `shown("years/page.py", annees="2019-2020")`."""

    def run(page: str = "", /, **query: str) -> AppTest:
        if extracts.exists():
            monkeypatch.setenv("CAP_EXTRACTS", str(extracts))
        at = AppTest.from_file(FRAME, default_timeout=30)
        without_components(at)
        for key, value in query.items():
            at.query_params[key] = value
        if page:
            open_address(at, PATHS[page])
        at.run()
        assert not at.exception, at.exception[0].message
        return at

    return run


def texts(at: AppTest) -> str:
    """Every word of the page that is set as HTML, a title, a heading or a text."""
    # As it is read: an abbreviation that is spelt out stands in the text as it is written.
    return _SPELT_OUT.sub(r"\1", markup(at))


def markup(at: AppTest) -> str:
    """The same, as it is set."""
    parts: list[Any] = [*at.title, *at.header, *at.subheader, *at.text, *at.get("html")]
    return "\n".join(str(getattr(part, "value", None) or part.proto.body) for part in parts)
