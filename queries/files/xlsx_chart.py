"""The chart of a workbook: native, over the rows of the sheet, one series for each column that is drawn."""

from typing import Any, Final

from xlsxwriter.workbook import Workbook

from queries.files.exports import Export

MOST_BARS: Final = 30  # beyond, names could not be read
_COLOURS: Final = ("#1f4e8c", "#9dbbe0", "#555555", "#c9c9c9")
_SIZE: Final = {"width": 1000, "height": 560}
_LINE: Final = 22  # pixels a bar takes


def add_chart(book: Workbook, export: Export, *, first_row: int, last_row: int, newest_first: bool) -> None:
    """A sheet with the chart, when columns are drawn: they stack, but for lines. The first column names the points.

    Bars are the first rows. `newest_first`: time runs from left to right all the same.
    """
    drawn = [(place, column) for place, column in enumerate(export.columns) if column.drawn is not None]
    if not drawn:
        return
    kind = drawn[0][1].drawn
    count = last_row - first_row + 1
    displayed = min(count, MOST_BARS) if kind == "bar" else count
    last = first_row + displayed - 1
    data = export.words.data
    stacked = {"subtype": "stacked"} if kind != "line" and len(drawn) > 1 else {}
    chart: Any = book.add_chart({"type": kind, **stacked})
    for (place, _), colour in zip(drawn, _COLOURS, strict=False):
        chart.add_series(
            {
                "name": [data, first_row - 1, place],
                "categories": [data, first_row, 0, last, 0],
                "values": [data, first_row, place, last, place],
                "gap": 40,
                **({"line": {"color": colour, "width": 2}} if kind == "line" else {"fill": {"color": colour}}),
            }
        )
    title = export.title
    if displayed < count:
        title = f"{title} ({export.words.first_rows.format(n=displayed)})"
    chart.set_title({"name": title, "name_font": {"size": 13}, "overlay": False})
    chart.set_legend({"none": True} if len(drawn) == 1 else {"position": "bottom"})
    turned = {"reverse": True, "crossing": "max"} if kind == "bar" or newest_first else {}
    names = {"num_font": {"size": 9}, **turned}
    numbers = {
        "name": drawn[0][1].header if len(drawn) == 1 else "",
        "num_format": "#,##0",
        "major_gridlines": {"visible": True, "line": {"color": "#d9d9d9"}},
    }
    # Bars lie: their names are on the axis that stands.
    across, up = (numbers, names | {"major_gridlines": {"visible": False}}) if kind == "bar" else (names, numbers)
    chart.set_x_axis(across)
    chart.set_y_axis(up)
    chart.set_size(_SIZE | ({"height": max(360, 140 + _LINE * displayed)} if kind == "bar" else {}))
    sheet = book.add_worksheet(export.words.chart)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 1)
    sheet.insert_chart(1, 1, chart, {"description": title})
