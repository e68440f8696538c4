"""The control under a table that makes its file, in the reader's format, when it is clicked."""

import tempfile
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from typing import BinaryIO, Final
from urllib.parse import urlencode

import pyarrow as pa
import streamlit as st

from data.words import N_
from pages.parts.export_facts import describe
from pages.parts.filters.names import Names
from pages.parts.filters.sentence import filters_text
from pages.parts.read import Reading, page_question, reading
from queries.files.csv import FRENCH_EXCEL, INTERNATIONAL, write_csv
from queries.files.data import write_json, write_parquet
from queries.files.exports import Export, ExportColumn, Row, batches_of
from queries.files.xlsx import most_rows, write_xlsx
from queries.rights.trace import Surface
from queries.scope import Scope

# The rows of a file: at hand, made on the click, or an answer streamed on the click.
Rows = Sequence[Row] | Callable[[], Iterable[Row] | AbstractContextManager[pa.RecordBatchReader]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A kind of file: what readers call it, what its name ends with, what writes it."""

    label: str
    ending: str
    mime: str
    write: Callable[[Export, pa.RecordBatchReader, BinaryIO], None]


def _international(export: Export, batches: pa.RecordBatchReader, out: BinaryIO) -> None:
    write_csv(export, batches, out, INTERNATIONAL)


def _french(export: Export, batches: pa.RecordBatchReader, out: BinaryIO) -> None:
    write_csv(export, batches, out, FRENCH_EXCEL)


XLSX: Final = Format(
    label=N_("Excel (XLSX)"),
    ending=".xlsx",
    mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    write=write_xlsx,
)
FORMATS: Final = (
    XLSX,
    Format(label=N_("CSV pour Excel en français"), ending=".csv", mime="text/csv", write=_french),
    Format(label=N_("CSV international"), ending="_international.csv", mime="text/csv", write=_international),
    Format(label=N_("Parquet"), ending=".parquet", mime="application/vnd.apache.parquet", write=write_parquet),
    Format(label=N_("JSON"), ending=".json", mime="application/json", write=write_json),
)


def show_downloads(
    rows: Rows,
    described: Callable[[], Sequence[ExportColumn]],
    *,
    title: str,
    name: str,
    label: str,
    filtered: bool = True,
    scope: Scope | None = None,
    count: int | None = None,
    totals: Callable[[], Sequence[Row]] = tuple,
) -> None:
    """One control for a table, a button for each format inside; nothing is made before a click.

    `label`: says which table, so that no two controls of a page have the same name. `count`: how many rows, when they are
    not at hand. `filtered`: whether the reader's filters apply to the rows; `scope`: those that do, where they are not all of them. `totals`: those that the rows do not add up to.
    """
    current = reading() if scope is None else _reading_of(scope)
    words, release = current.words, current.access.release
    question, link = page_question(), current.edition.address() if current.edition is not None else _link()

    def made(format: Format) -> Callable[[], bytes]:
        def make() -> bytes:
            export = describe(
                current, described(), title=title or question, question=question, link=link, filtered=filtered
            )
            return _file(rows, replace(export, totals=tuple(totals())), format, current, name)

        return make

    if current.edition is not None:
        files = {format.ending: made(format) for format in FORMATS}
        st.html(current.edition.files(name, title or question, files))
        return
    prefix = words.say("demonstration") + "_" if release.demo else ""
    size = len(rows) if isinstance(rows, Sequence) else count
    control = st.popover(label, type="tertiary", icon=":material/download:", key=f"downloads_{name}")
    with control, st.container(gap=None):
        for format in FORMATS:
            if format is XLSX and size is not None and size > most_rows():
                st.text(
                    words.say("Trop de lignes pour Excel, qui en accepte {n} au plus.", n=words.number(most_rows()))
                )
                continue
            st.download_button(
                words.say(format.label),
                made(format),
                file_name=f"{prefix}{name}_{release.data_as_of.isoformat()}{format.ending}",
                mime=format.mime,
                on_click="ignore",
                key=f"download_{name}{format.ending}",
                type="tertiary",
            )


def _reading_of(scope: Scope) -> Reading:
    """The reader's reading with the filters that a table has: its file says no other."""
    current = reading()
    names = Names(current.access, current.words)
    return replace(current, scope=scope, filters=filters_text(current.access.rights.narrowed(scope), names))


def _file(rows: Rows, export: Export, format: Format, current: Reading, name: str) -> bytes:
    content = rows() if callable(rows) else rows
    opened = (
        content if isinstance(content, AbstractContextManager) else nullcontext(batches_of(content, export.columns))
    )
    # On disk while the writer needs memory, which is given back before Streamlit holds the file: they do not add up.
    with tempfile.TemporaryFile() as out:
        with opened as batches:
            counted = _Counted(batches)
            format.write(export, counted.batches, out)
        current.access.trace(name, current.scope, counted.rows, surface=Surface.EXPORT)
        pa.default_memory_pool().release_unused()
        out.seek(0)
        return out.read()


class _Counted:
    """Batches, and how many rows went by."""

    def __init__(self, batches: pa.RecordBatchReader) -> None:
        self.rows = 0
        self.batches = pa.RecordBatchReader.from_batches(batches.schema, self._counting(batches))

    def _counting(self, batches: Iterable[pa.RecordBatch]) -> Iterable[pa.RecordBatch]:
        for batch in batches:
            self.rows += batch.num_rows
            yield batch


def _link() -> str:
    """The address of the view as the reader has it; empty outside a browser."""
    query = [(key, value) for key in st.query_params for value in st.query_params.get_all(key)]
    url = st.context.url or ""
    return f"{url}?{urlencode(query)}" if url and query else url
