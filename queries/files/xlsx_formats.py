"""The formats of the cells of a workbook."""

from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from queries.files.exports import ExportColumn

_RULE = "#808080"


class Formats:
    """Made once a workbook. Thousands and decimals are parted as the reader's Excel does; months are in the reader's language."""

    def __init__(self, book: Workbook, locale: str) -> None:
        self._book = book
        self._months = f"[$-{locale}]mmmm yyyy"
        self._made: dict[tuple[Any, ...], Format] = {}
        self.source = book.add_format({"italic": True})
        self.header = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "bottom", "bottom": 2, "bottom_color": _RULE}
        )
        self.header_of_numbers = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "bottom", "align": "right", "bottom": 2, "bottom_color": _RULE}
        )
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.label = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self.text = book.add_format({"text_wrap": True, "valign": "top"})
        self.link = book.add_format({"font_color": "#1f4e8c", "underline": 1, "text_wrap": True, "valign": "top"})

    def heads(self, column: ExportColumn) -> Format:
        """How the header of the column is written: over numbers, to the right as they are."""
        numbers = column.kind in ("hours", "count", "percent", "change", "decimal")
        return self.header_of_numbers if numbers else self.header

    def of(self, column: ExportColumn, value: Any) -> Format | None:
        """How a cell of the column is written; None for texts."""
        if value is None or isinstance(value, str | list | bool):
            return None
        return self._format(self._numbers(column, value), total=False)

    def total(self, column: ExportColumn) -> Format:
        """How the total of the column is written."""
        return self._format(self._numbers(column, 0), total=True)

    def _numbers(self, column: ExportColumn, value: Any) -> str:
        if column.kind == "month":
            return self._months
        if hasattr(value, "hour"):
            return "dd/mm/yyyy hh:mm:ss"
        if hasattr(value, "year"):
            return "dd/mm/yyyy"
        if column.kind is None or column.kind in ("year", "text"):
            return "General"
        if column.kind in ("percent", "change"):
            return "0.0"
        digits = column.digits or (1 if column.kind == "decimal" else 0)
        return "#,##0" + ("." + "0" * digits if digits else "")

    def _format(self, numbers: str, *, total: bool) -> Format:
        key = (numbers, total)
        if key not in self._made:
            rule = {"bold": True, "top": 2, "top_color": _RULE} if total else {}
            self._made[key] = self._book.add_format({"num_format": numbers, **rule})
        return self._made[key]
