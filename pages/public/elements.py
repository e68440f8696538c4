"""What a page shows, from Streamlit's elements to HTML: texts, tables, charts and folds; fields and buttons are left out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from pages.parts.markup import html
from pages.public import piece
from pages.public.page_file import PageFile
from pages.public.run import PageRun

WIDTH: Final = 1120  # pixels of a page's text and charts on a wide screen
_GAP: Final = 32
# What asks for a server.
_FIELDS: Final = frozenset(
    {
        "button", "button_group", "checkbox", "date_input", "download_button", "form", "multiselect", "number_input", "popover",
        "selectbox", "slider", "text_area", "text_input", "toggle",
    }
)  # fmt: skip
_ESCAPED: Final = re.compile(r"\\([^\w\s])")


class UnknownElementError(Exception):
    """An element of Streamlit that the edition does not know how to write."""


@dataclass(slots=True, kw_only=True)
class Written:
    """A page in pieces. `title`: its question, `answer`: the sentence that answers it, `styles`: its own style sheets."""

    styles: tuple[str, ...]
    body: str = ""
    title: str = ""
    answer: str = ""


def written(run: PageRun, file: PageFile) -> Written:
    """The page of a run, as HTML. Raises UnknownElementError for an element that the file cannot hold."""
    page = Written(styles=run.styles)
    nodes = list(_nodes(run.tree, WIDTH, page, file))
    page.body = html("public/elements.html", nodes=nodes)
    return page


def _nodes(block: Any, width: float, page: Written, file: PageFile) -> Iterator[dict[str, Any]]:
    """The elements of a block in their order, as the template takes them; `width`: of the block, in pixels."""
    for child in block.children.values():
        if child.type in _FIELDS:
            continue
        if hasattr(child, "children"):
            yield from _block(child, width, page, file)
        else:
            yield from _element(child, width, page, file)


def _block(block: Any, width: float, page: Written, file: PageFile) -> Iterator[dict[str, Any]]:
    columns = [child for child in block.children.values() if child.type == "column"]
    if columns:
        yield from _columns(columns, width, page, file)
        return
    inner = list(_nodes(block, _inner_width(block, width), page, file))
    if not inner:
        return
    if block.type == "expander":
        yield {"kind": "fold", "label": plain(block.proto.label), "open": block.proto.expanded, "inner": inner}
    elif block.type == "tab":
        yield {"kind": "heading", "level": 2, "text": plain(block.proto.label), "id": ""}
        yield from inner
    elif _is_row(block):
        yield {"kind": "row", "inner": inner}
    elif _pixels(block):
        yield {"kind": "box", "width": _pixels(block), "inner": inner}
    elif block.type in ("flex_container", "container", "tab_container", "unknown"):
        yield from inner
    else:
        raise UnknownElementError(block.type)


def _columns(columns: list[Any], width: float, page: Written, file: PageFile) -> Iterator[dict[str, Any]]:
    whole = sum(column.proto.weight for column in columns)
    room = width - _GAP * (len(columns) - 1)
    inner = [list(_nodes(column, room * column.proto.weight / whole, page, file)) for column in columns]
    filled = [
        {"weight": column.proto.weight, "inner": nodes} for column, nodes in zip(columns, inner, strict=True) if nodes
    ]
    if filled:
        yield {"kind": "columns", "columns": filled}


def _element(element: Any, width: float, page: Written, file: PageFile) -> Iterator[dict[str, Any]]:
    kind, proto = element.type, element.proto
    if kind == "html":
        yield from _html(proto.body, width, page, file)
    elif kind in ("title", "header", "subheader"):
        text = plain(proto.body)
        page.title = page.title or text
        yield {
            "kind": "heading",
            "level": int(proto.tag[1]),
            "text": text,
            "id": "" if proto.hide_anchor else proto.anchor,
        }
    elif kind == "text":
        yield {"kind": "text", "text": proto.body}
    elif kind in ("warning", "error", "info", "success"):
        yield {"kind": "alert", "text": plain(proto.body)}
    elif kind == "code":
        yield {"kind": "code", "text": proto.code_text, "language": proto.language}
    else:
        raise UnknownElementError(kind)


def _html(body: str, width: float, page: Written, file: PageFile) -> Iterator[dict[str, Any]]:
    """HTML of our own templates; the place of a chart becomes the chart, links lead to files."""
    parsed = piece.read(body)
    number = piece.chart_number(parsed)
    if number is not None:
        yield {"kind": "chart", **file.drawn(number, width)}
        return
    page.answer = page.answer or piece.answer(parsed)
    piece.lead_links(parsed, file.led)
    text, elements = piece.written(parsed)
    yield {"kind": "html", "text": text, "elements": elements}


def _is_row(block: Any) -> bool:
    flex = block.proto.flex_container if hasattr(block.proto, "flex_container") else None
    return flex is not None and flex.direction == flex.Direction.HORIZONTAL


def _pixels(block: Any) -> int:
    config = getattr(block.proto, "width_config", None)
    return int(config.pixel_width) if config is not None and config.WhichOneof("width_spec") == "pixel_width" else 0


def _inner_width(block: Any, width: float) -> float:
    return min(_pixels(block) or width, width)


def plain(text: str) -> str:
    """A heading or label as it is read: what `as_text` escaped for Markdown, without the escapes."""
    return _ESCAPED.sub(r"\1", text).replace("\u2060", "")
