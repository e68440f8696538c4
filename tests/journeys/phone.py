"""What a phone, 375 pixels wide, must show: nothing that runs out of the page, texts of charts apart, tables with their first column."""

from typing import Final

from playwright.sync_api import Page, ViewportSize

from tests.journeys.browser import axe_violations

PHONE: Final = ViewportSize(width=375, height=812)
# Where the page scrolls sideways, and what pushes it: visible elements that end right of the window, but for what is
# in the frame of a table, which scrolls, or drawn within a chart.
_RUNS_OUT: Final = """
() => {
  const main = document.querySelector('[data-testid="stMain"]');
  const wide = [main, document.scrollingElement].filter((box) => box.scrollWidth > box.clientWidth);
  const out = [...main.querySelectorAll('*')].filter((element) => {
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && box.right > window.innerWidth + 1 && !element.closest('.cap-table table, svg svg, svg g');
  });
  return [...wide.map((box) => `${box.scrollWidth} wide: ${box.tagName}`), ...out.map((box) => box.outerHTML.slice(0, 120))];
}
"""
# Texts written in charts that overlap, or that the chart's edge cuts.
_OVERLAPS: Final = """
() => {
  const found = [];
  for (const chart of document.querySelectorAll('[data-testid="stPlotlyChart"]')) {
    if (!chart.getClientRects().length) continue;
    const frame = chart.getBoundingClientRect();
    const texts = [...chart.querySelectorAll('.annotation-text, .legendtext, .gtitle, .bartext')]
      .map((text) => ({words: text.textContent, box: text.getBoundingClientRect()}))
      .filter(({box}) => box.width > 0);
    for (const {words, box} of texts)
      if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1)
        found.push(`cut: ${words} (${Math.round(box.left - frame.left)} to ${Math.round(box.right - frame.left)} of ${frame.width})`);
    texts.forEach((one, index) => {
      for (const other of texts.slice(index + 1)) {
        const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
        const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
        // A pixel or two of line height is no letter.
        if (across > 1 && down > 2) found.push(`${one.words} / ${other.words}`);
      }
    });
  }
  return found;
}
"""
# The frames of tables that scroll sideways: scrolled to their end, whether their first column still stands at their left.
_FIRST_COLUMNS: Final = """
() => {
  const lost = [];
  for (const frame of document.querySelectorAll('.cap-table')) {
    if (!frame.getClientRects().length || frame.scrollWidth <= frame.clientWidth) continue;
    frame.scrollLeft = frame.scrollWidth;
    const left = frame.getBoundingClientRect().left;
    for (const cell of frame.querySelectorAll('tr > :first-child')) {
      const box = cell.getBoundingClientRect();
      // Standing there, and on top of what passes below it.
      if (Math.abs(box.left - left) > 1 || getComputedStyle(cell).backgroundColor === 'rgba(0, 0, 0, 0)') {
        lost.push(`${frame.ariaLabel}: ${cell.textContent}`);
        break;
      }
    }
    frame.scrollLeft = 0;
  }
  return lost;
}
"""


def runs_out(page: Page) -> list[str]:
    """What makes the page scroll sideways."""
    found: list[str] = page.evaluate(_RUNS_OUT)
    return found


def overlaps(page: Page) -> list[str]:
    """Texts of charts that lie over one another, or are cut."""
    found: list[str] = page.evaluate(_OVERLAPS)
    return found


def lost_first_columns(page: Page) -> list[str]:
    """Wide tables that, scrolled to their end, no longer show what their lines are about."""
    found: list[str] = page.evaluate(_FIRST_COLUMNS)
    return found


def small_targets(page: Page) -> list[str]:
    """What a finger would miss."""
    return axe_violations(page, only=("target-size",))
