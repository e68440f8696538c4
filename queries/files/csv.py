"""Writes CSV batch by batch, a column at a time: for French Excel, or international.

Each column becomes one array of texts, the texts of a row are joined, and the buffer of the joined array is the file itself.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain
from typing import BinaryIO, Final

import pyarrow as pa
import pyarrow.compute as pc

from queries.files.exports import (
    FORMULA_RE2,
    Export,
    ExportColumn,
    ExportWords,
    as_written,
    neutralised,
    totals_for_people,
)
from queries.secrecy.cells import HIDDEN

BOM: Final = b"\xef\xbb\xbf"
_EOL: Final = "\r\n"
_STARTS: Final = pa.array(["'", "=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r"])
_THREADS: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How numbers and dates are written, and what parts the cells."""

    separator: str
    decimal: str
    date: str
    time: str
    bom: bytes = b""


FRENCH_EXCEL: Final = Style(separator=";", decimal=",", date="%d/%m/%Y", time="%d/%m/%Y %H:%M:%S", bom=BOM)
INTERNATIONAL: Final = Style(separator=",", decimal=".", date="%Y-%m-%d", time="%Y-%m-%dT%H:%M:%S")


def write_csv(export: Export, batches: pa.RecordBatchReader, out: BinaryIO, style: Style = FRENCH_EXCEL) -> None:
    """The table with its source on every line, its totals last; a line of headers alone when there is no row."""
    headers = [column.header for column in export.columns] + ([export.words.source] if export.source else [])
    out.write(style.bom)
    out.write((style.separator.join(_quoted_text(neutralised(header), style) for header in headers) + _EOL).encode())
    totals = (_lines(described, batch, style) for described, batch in totals_for_people(export))
    for lines in chain(_ahead(batches, lambda batch: _lines(export, batch, style)), totals):
        size = pc.sum(pc.binary_length(lines)).as_py() or 0
        if size:
            out.write(lines.buffers()[2].slice(0, size))


def _ahead(batches: Iterable[pa.RecordBatch], write: Callable[[pa.RecordBatch], pa.Array]) -> Iterator[pa.Array]:
    """What is written of each batch, in order, with a few of them under way: Arrow works outside the interpreter's lock."""
    with ThreadPoolExecutor(_THREADS) as pool:
        under_way: deque[Future[pa.Array]] = deque()
        for batch in batches:
            under_way.append(pool.submit(write, batch))
            if len(under_way) > _THREADS:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()


def _lines(export: Export, batch: pa.RecordBatch, style: Style) -> pa.Array:
    """The rows as texts, each with its end of line."""
    *others, last = (_cells(batch, column, export.words, style) for column in export.columns)
    # Constants as arrays: joining a scalar took up to thirty times as long.
    if export.source:
        others.append(last)
        last = pa.repeat(_quoted_text(neutralised(export.source), style) + _EOL, batch.num_rows)
    else:
        last = pc.binary_join_element_wise(pc.coalesce(last, ""), pa.repeat("", batch.num_rows), _EOL)
    return pc.binary_join_element_wise(*others, last, style.separator, null_handling="replace", null_replacement="")


def _cells(batch: pa.RecordBatch, column: ExportColumn, words: ExportWords, style: Style) -> pa.Array:
    texts = _texts(batch.column(column.name), column, words, style)
    if HIDDEN not in batch.schema.names:
        return texts
    gone = [column.name in (names or ()) for names in batch.column(HIDDEN).to_pylist()]
    return pc.if_else(pa.array(gone, pa.bool_()), words.hidden, texts)


def _texts(values: pa.Array, column: ExportColumn, words: ExportWords, style: Style) -> pa.Array:
    kind = values.type
    if pa.types.is_null(kind):
        return values.cast(pa.string())
    if pa.types.is_boolean(kind):
        return pc.if_else(values, words.yes, words.no)
    if pa.types.is_decimal(kind) or pa.types.is_floating(kind):
        texts = as_written(values, column).cast(pa.string())
        return texts if style.decimal == "." else pc.replace_substring(texts, ".", style.decimal)
    if pa.types.is_temporal(kind):
        # Few days in many rows: each is written once (a million took 1.4 s, and 0.03 s so).
        encoded = values.dictionary_encode()
        moments = encoded.dictionary
        if pa.types.is_timestamp(kind):
            moments = moments.cast(pa.timestamp("s"), safe=False)
        return pc.strftime(moments, format=style.date if pa.types.is_date(kind) else style.time).take(encoded.indices)
    if pa.types.is_list(kind):
        return _safe(pc.binary_join(values.cast(pa.list_(pa.string())), ", "), style)
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return _safe(_labelled(values, column), style)
    return values.cast(pa.string())


def _labelled(values: pa.Array, column: ExportColumn) -> pa.Array:
    """The codes as words; a code that has none stays."""
    if not column.labels:
        return values
    places = pc.index_in(values, value_set=pa.array(list(column.labels)))
    return pc.coalesce(pa.array(list(column.labels.values())).take(places), values)


def _safe(texts: pa.Array, style: Style) -> pa.Array:
    """Neutralised, and quoted where a cell holds what parts cells. Cheap looks first: most columns need neither."""
    runs = pc.any(pc.is_in(pc.utf8_slice_codeunits(texts, 0, 1), value_set=_STARTS)).as_py()
    content = memoryview(texts.buffers()[2] or b"").tobytes()
    parts = any(mark in content for mark in (style.separator.encode(), b'"', b"\r", b"\n"))
    if not runs and not parts:
        return texts
    encoded = texts.dictionary_encode()  # names and subjects come again and again
    once = encoded.dictionary
    if runs:
        mask = pc.match_substring_regex(once, FORMULA_RE2)
        once = pc.replace_with_mask(once, mask, _wrapped("'", once.filter(mask), ""))
    if parts:
        mask = pc.match_substring_regex(once, f'[{style.separator}"\r\n]')
        inner = pc.replace_substring(once.filter(mask), '"', '""')
        once = pc.replace_with_mask(once, mask, _wrapped('"', inner, '"'))
    return once.take(encoded.indices)


def _wrapped(before: str, texts: pa.Array, after: str) -> pa.Array:
    return pc.binary_join_element_wise(pa.repeat(before, len(texts)), texts, pa.repeat(after, len(texts)), "")


def _quoted_text(text: str, style: Style) -> str:
    """`_safe` of one text that is neutralised."""
    if any(mark in text for mark in (style.separator, '"', "\r", "\n")):
        return '"' + text.replace('"', '""') + '"'
    return text
