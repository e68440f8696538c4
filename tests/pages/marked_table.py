"""The cells of a table with marks, as a reader sees them."""

import re

_ROW = re.compile(r'<tr role="row"><th scope="row"[^>]*>(.*?)</th>(.*?)</tr>')
_CELL = re.compile(r"<td [^>]*>(.*?)</td>")


def marked_table(page: str, caption: str) -> dict[str, list[str]]:
    """The cells of each row by its name, of each cell its figure and its second line: "250 | 25,0 %"."""
    table = page[page.index(f"<caption>{caption}</caption>") :]
    table = table[: table.index("</table>")]
    return {
        _lines(name).partition(" | ")[0]: [_lines(cell) for cell in _CELL.findall(cells)]
        for name, cells in _ROW.findall(table)
    }


def _lines(cell: str) -> str:
    """The texts of a cell; small bars are drawn."""
    return " | ".join(filter(None, re.split(r"<[^>]*>(?:<[^>]*>)*", re.sub(r"</?abbr[^>]*>", "", cell))))
