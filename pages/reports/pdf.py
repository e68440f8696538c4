"""A document as PDF: tagged, in its language, its fonts within, its texts selectable (PDF/UA-1)."""

import re
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from pages.parts.paper_charts.figure import chart_svg
from pages.parts.paper_charts.fonts import text_width
from pages.parts.paper_charts.png import as_inputs, typeset
from pages.reports.document import Block, Document, Picture, Table

_TEMPLATE: Final = Path(__file__).with_name("document.typ")
_WIDTH: Final = 640  # pixels of a chart over the whole width of a page: its texts are then as large as the page's
_WIDEST: Final = 18.0  # of a column of a table, in heights of its letters; longer texts take several lines
_AROUND: Final = 0.8  # its margins


def pdf(document: Document) -> bytes:
    """The document as PDF. OSError where the fonts cannot be written."""
    told = {
        **{name: getattr(document, name) for name in ("title", "lang", "authority", "facts", "address", "mark", "logo", "cover", "contents")},
        "blocks": [_block(block) for block in document.blocks],
    }  # fmt: skip
    return typeset(
        _TEMPLATE.read_text(encoding="utf-8"), format="pdf", inputs=as_inputs({"document": told}), accessible=True
    )


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Picture):
        width = _WIDTH / block.columns
        images = [{"svg": chart_svg(chart, width), "alt": f"{chart.name}. {chart.summary}"} for chart in block.charts]
        return {"is": "Picture", "caption": block.caption, "columns": block.columns, "images": images}
    if isinstance(block, Table):
        return {"is": "Table", **asdict(block), "widths": _widths(block)}
    return {"is": type(block).__name__, **asdict(block)}


def _widths(table: Table) -> list[float]:
    """The share of the width of each column: what its longest text needs, within reason, and the longest word of its header."""
    rows = [*table.rows, *([table.total] if table.total else [])]
    found = []
    for number, header in enumerate(table.headers):
        word = max((text_width(word, 1, bold=True) for word in header.split(" ")), default=0.0)
        texts = max((text_width(row[number], 1) for row in rows), default=0.0)
        found.append(max(word, min(texts, _WIDEST)) + _AROUND)
    return found


def pages(made: bytes) -> int:
    """How many pages a PDF of ours has."""
    return len(re.findall(rb"/Type ?/Page\b", made))
