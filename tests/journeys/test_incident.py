"""A page that fails: the reader gets a sentence and a number, the log where it happened, neither of them a value."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from tests.journeys.browser import settled, visit
from tests.journeys.conftest import OpenPage
from tests.journeys.server import Server

FAILING = """
import streamlit as st
st.title("Une page")
if st.button("Échouer"):
    raise ValueError("secret 4217")
"""
COMPOSED = """
import dashboard
import streamlit as st
app = st.App(
    "failing.py",
    routes=dashboard.own_routes(),
    lifespan=dashboard.lifespan,
    on_script_error=dashboard.show_incident,
)
"""


def test_incident(tmp_path: Path, start: Callable[..., Server], server: Server, open_page: OpenPage) -> None:
    (tmp_path / "failing.py").write_text(FAILING, encoding="utf-8")
    (tmp_path / "failing_dashboard.py").write_text(COMPOSED, encoding="utf-8")
    failing = start(script=tmp_path / "failing_dashboard.py", CAP_EXTRACTS=str(server.extracts))
    page = visit(open_page(failing), "/")
    page.get_by_role("button", name="Échouer").click()
    expect(page.get_by_role("alert")).to_be_visible()
    settled(page)
    expect(page.get_by_role("alert")).to_have_text("Cette page n’a pas pu être affichée.")
    shown = page.locator("body").inner_text()
    found = re.search(r"incident ([0-9A-F]{6})", shown)
    assert found is not None
    for word in ("Traceback", "ValueError", "4217", "failing.py"):
        assert word not in shown
    log = failing.said()
    assert f"incident {found[1]}" in log
    assert re.search(r"failing\.py:\d+ in ", log)
    assert "builtins.ValueError" in log
    assert "4217" not in log
