"""Pages run by Streamlit's own test harness on a small release."""

import gc
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.frame.menu import OF_SEVERAL, PAGES
from tests.streamlit_private import open_address

FRAME = str(Path(__file__).parents[2] / "pages" / "frame" / "page.py")
PATHS = {page.script: page.path for page in (*PAGES, OF_SEVERAL)}
_SPELT_OUT = re.compile(r'<abbr title="(?!secret statistique|statistical)[^"]*">([A-Z/]+)</abbr>')
Shown = Callable[..., AppTest]


@pytest.fixture(scope="session", autouse=True)
def warm() -> None:
    """As the server's start does: Streamlit collects after every run, walking everything alive."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shown:
    """Runs a page on the extracts of this test: `shown("years/page.py", annees="2019-2020")`."""
    monkeypatch.setenv("CAP_EXTRACTS", str(tmp_path / "extracts"))

    def run(page: str = "", /, **query: str) -> AppTest:
        at = AppTest.from_file(FRAME, default_timeout=30)
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
    parts: list[Any] = [*at.title, *at.header, *at.subheader, *at.text, *at.get("html")]
    page = "\n".join(str(getattr(part, "value", None) or part.proto.body) for part in parts)
    # As it is read: an abbreviation that is spelt out stands in the text as it is written.
    return _SPELT_OUT.sub(r"\1", page)
