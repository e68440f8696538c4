"""A document as PDF: tagged, in its language, its fonts within, its texts selectable (PDF/UA-1)."""

import json
import re
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from pages.parts.paper_charts.figure import chart_svg
from pages.parts.paper_charts.fonts import printable
from pages.parts.paper_charts.png import typeset
from pages.reports.document import Block, Document, Picture, Table
from pages.reports.widths import needs

_TEMPLATE: Final = Path(__file__).with_name("document.typ")
_WIDTH: Final = 640  # pixels of a chart over the whole width of a page: its texts are then as large as the page's


def pdf(document: Document) -> bytes:
    """The document as PDF. OSError where the fonts cannot be written."""
    content = {
        **{name: getattr(document, name) for name in ("title", "lang", "authority", "facts", "address", "mark", "logo", "cover", "contents")},
        "blocks": [_block(block) for block in document.blocks],
    }  # fmt: skip
    return typeset(
        _TEMPLATE.read_text(encoding="utf-8"),
        format="pdf",
        inputs={"document": printable(json.dumps(content, ensure_ascii=False))},
        accessible=True,
    )


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Picture):
        width = _WIDTH / block.columns
        images = [{"svg": chart_svg(chart, width), "alt": f"{chart.name}. {chart.summary}"} for chart in block.charts]
        return {"is": "Picture", "caption": block.caption, "columns": block.columns, "images": images}
    if isinstance(block, Table):
        return {"is": "Table", **asdict(block), "widths": _widths(block)}
    return {"is": type(block).__name__, **asdict(block)}


def _widths(table: Table) -> list[dict[str, float]]:
    """The width of each column: what it needs, or a share of the rest for those of long texts; shares alone without any."""
    widths = needs(table)
    has_long = any(is_long for _, is_long in widths)
    return [{"part": needed} if is_long or not has_long else {"letters": needed} for needed, is_long in widths]


def on_one_page(documents: Iterable[Document]) -> bytes:
    """The first of the documents that takes one page, or the last."""
    made = b""
    for document in documents:
        made = pdf(document)
        if len(re.findall(rb"/Type ?/Page\b", made)) == 1:
            break
    return made
