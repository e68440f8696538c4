"""Files that a page offers, as a reader gets them: by the control of a table, read as French Excel reads them, compared with the screen."""

import csv
import io
import re
from decimal import Decimal
from pathlib import Path
from typing import Final

from playwright.sync_api import Locator, Page

NUMBER: Final = re.compile(r"[−+-]?\d[\d\u202f]*(,\d+)?")
FRENCH_CSV: Final = "CSV pour Excel en français"
# The table that stands before a download control, nearest to it, with its body's and its last line's cells as shown.
TABLE_BEFORE = """
(button) => {
  let holder = button;
  while (holder && !holder.querySelector('.cap-table')) holder = holder.parentElement;
  const before = [...(holder?.querySelectorAll('.cap-table') ?? [])]
    .filter((table) => table.compareDocumentPosition(button) & Node.DOCUMENT_POSITION_FOLLOWING);
  const cells = (selector) => [...before.at(-1)?.querySelectorAll(selector) ?? []]
    .map((row) => [...row.cells].map((cell) => cell.textContent.trim()));
  return {head: cells('thead tr')[0] ?? [], body: cells('tbody tr'), foot: cells('tfoot tr')[0] ?? []};
}
"""


def controls(page: Page) -> list[Locator]:
    """What opens the formats of each table of the page."""
    return page.locator('[class*="st-key-downloads_"]').all()


def downloaded(page: Page, control: Locator, format: str = FRENCH_CSV) -> tuple[str, bytes]:
    """The name and the content of the file behind a control, in a format."""
    control.get_by_role("button").click()
    with page.expect_download() as download:
        page.get_by_role("button", name=format, exact=True).click()
    page.keyboard.press("Escape")
    page.get_by_role("button", name=format, exact=True).wait_for(state="detached")
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def lines(content: bytes) -> list[list[str]]:
    """The cells of a file as French Excel reads it."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def number(text: str) -> Decimal:
    """A number as it is written in French, on screen or in a file."""
    return Decimal(text.replace("\u202f", "").replace("−", "-").replace(",", "."))


def differences(head: list[str], shown: list[list[str]], rows: list[list[str]]) -> list[str]:
    """Numbers that the screen shows and that the file does not round to: both are rounded from the same, the file to its last digit."""
    found = []
    for shown_row, row in zip(shown, rows, strict=True):
        for title, text, cell in zip(head, shown_row, row, strict=False):
            if NUMBER.fullmatch(text) and not re.search("[a-zé]", cell):
                digit, last = (Decimal(1).scaleb(-len(one.partition(",")[2])) for one in (text, cell))
                if cell == "" or abs(number(cell) - number(text)) > (digit + (last if last < digit else 0)) / 2:
                    found.append(f"{shown_row[0]}, {title}: {text} on screen, {cell} in the file")
    return found
