"""A release that changes under an open page: the next click shows the new one, whole; a killed publish changes nothing."""

import datetime as dt
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.extracts import contract, entry, publish_rows, write_parquet
from tests.journeys.browser import open_form, settled, visit
from tests.journeys.conftest import OpenPage
from tests.journeys.server import ROOT, Server
from tests.journeys.tour import through_menu


def publish_hours(folder: Path, hours: int, as_of: dt.date) -> None:
    """A release of one lot with so many validated hours in March 2020."""
    publish_rows(folder, [contract()], [entry(hours_validated=Decimal(hours))], as_of=as_of)


def go(page: Page, path: str) -> Page:
    """A page of the menu, by a click."""
    through_menu(page, path)
    return settled(page)


def test_the_next_click_shows_the_new_release_and_no_mixture(
    tmp_path: Path, start: Callable[..., Server], open_page: OpenPage
) -> None:
    publish_hours(tmp_path, 1111, dt.date(2020, 9, 30))
    page = visit(open_page(start()), "/")
    expect(page.locator(".cap-answer")).to_contain_text("1\u202f111 heures")
    expect(page.locator(".cap-frame")).to_contain_text("30 septembre 2020")

    publish_hours(tmp_path, 2222, dt.date(2020, 10, 31))
    go(page, "/annees")
    expect(page.locator(".cap-frame")).to_contain_text("31 octobre 2020")
    expect(page.locator(".cap-answer")).to_contain_text("2\u202f222")
    assert "1\u202f111" not in page.locator("main").inner_text()

    go(page, "/")
    expect(page.locator(".cap-answer")).to_contain_text("2\u202f222 heures")

    # The same by a filter, which reruns the page in place.
    publish_hours(tmp_path, 3333, dt.date(2020, 11, 30))
    open_form(page)
    page.get_by_role("combobox", name="Type de maître d’ouvrage").click()
    page.get_by_role("option").first.click()
    expect(page.locator(".cap-answer")).to_contain_text("3\u202f333 heures réalisées pour ces filtres")
    expect(page.locator(".cap-frame")).to_contain_text("30 novembre 2020")
    assert "2\u202f222" not in settled(page).locator("main").inner_text()


def test_a_publish_killed_midway_leaves_the_old_release_on_screen_and_the_next_one_works(
    tmp_path: Path, start: Callable[..., Server], open_page: OpenPage
) -> None:
    publish_hours(tmp_path, 1111, dt.date(2020, 9, 30))
    page = visit(open_page(start()), "/")
    lines = [entry(entry_id=f"E{number}") for number in range(20_000)]
    sources = write_parquet(tmp_path / "large", [contract()], lines)

    command = [sys.executable, "-m", "data.publish", *map(str, sources), "--as-of", "2020-10-31"]
    env = {**os.environ, "CAP_EXTRACTS": str(tmp_path / "extracts")}
    child = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    writing = tmp_path / "extracts" / "releases"
    while not list(writing.glob(".writing-*")) and child.poll() is None:
        time.sleep(0.002)
    child.send_signal(signal.SIGKILL)
    assert child.wait() == -signal.SIGKILL
    assert list(writing.glob(".writing-*"))

    go(page, "/annees")
    expect(page.locator(".cap-answer")).to_contain_text("1\u202f111")
    expect(page.locator(".cap-frame")).to_contain_text("30 septembre 2020")

    assert subprocess.run(command, cwd=ROOT, env=env, capture_output=True, check=False).returncode == 0
    assert not list(writing.glob(".writing-*"))
    go(page, "/")
    expect(page.locator(".cap-answer")).to_contain_text("200\u202f000 heures")  # 20 000 × 10
