"""The answer to a question as a file: written whole on disk in bounded memory, so that what fails is a problem and never half a file."""

import hashlib
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import BinaryIO, Final

import pyarrow as pa
from starlette.background import BackgroundTask
from starlette.responses import Response, StreamingResponse

from data.words import N_, Words
from pages.server.api.problems import ProblemError
from pages.server.api.wanted import Wanted
from queries.files.csv import FRENCH_EXCEL, INTERNATIONAL, write_csv
from queries.files.data import write_parquet, write_rows
from queries.files.exports import Export, ExportColumn, ExportWords, Fact
from queries.live import mark
from queries.meanings import column_meaning
from queries.rights.access import Access

FORMATS: Final = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
}
_CHUNK: Final = 1 << 16


def headers_of(access: Access) -> dict[str, str]:
    """The headers of every answer: its figures' release, and its caching (by the reader alone, checked again at each request)."""
    release = access.release
    return {
        "Cap-Donnees-Au": release.data_as_of.isoformat(),
        "Cap-Demonstration": "true" if release.demo else "false",
        "Cap-Publication": release.id,
        "Cache-Control": "private, no-cache",
        "Vary": "Authorization, Cookie, Accept-Language",
    }


def etag_of(wanted: Wanted, form: str, access: Access, words: Words) -> str:
    """Changes with all that the answer depends on. Weak: what compresses on the way may change the bytes."""
    settings = replace(access.settings, access=type(access.settings.access)())
    parts = (
        access.release.id,
        access.rights,
        settings,
        wanted,
        form,
        words.lang,
        mark(wanted.question.name, access.release),
    )
    return f'W/"{hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]}"'


def file_response(wanted: Wanted, form: str, access: Access, words: Words, headers: dict[str, str]) -> Response:
    """The file, streamed from disk. Raises QueryError as `Access.stream` does, ProblemError beyond the row bound."""
    _refuse_what_is_too_long(wanted, access)
    out = tempfile.TemporaryFile()  # noqa: SIM115  the answer closes it
    try:
        with access.stream(wanted.question, wanted.scope, **dict(wanted.parameters)) as batches:
            bound = access.settings.routes.rows
            kept = list(wanted.columns or batches.schema.names)
            schema = pa.schema([batches.schema.field(name) for name in kept])
            limited = pa.RecordBatchReader.from_batches(
                schema, (batch.select(kept) for batch in _limited(batches, bound))
            )
            _writer(form, wanted.dialect)(_export(wanted, form, access, words, schema), limited, out)
        if form == "json":
            out.write(b"\n")
        size = out.tell()
        out.seek(0)
    except BaseException:
        out.close()
        raise
    return StreamingResponse(
        _chunks(out),
        media_type=FORMATS[form],
        headers=headers | {"Content-Length": str(size)},
        background=BackgroundTask(out.close),
    )


def file_name(wanted: Wanted, form: str, access: Access, words: Words) -> str:
    """As the pages name their files."""
    prefix = words.say("demonstration") + "_" if access.release.demo else ""
    return f"{prefix}{wanted.question.name}_{access.release.data_as_of.isoformat()}.{form}"


# Lists whose length another question knows at little cost: its column.
_COUNTED: Final = {"detail_lots": "lots", "detail_hours": "hours_lines"}


def _refuse_what_is_too_long(wanted: Wanted, access: Access) -> None:
    """Refuses, before anything is read, a list longer than the bound, unless the request wants it in parts."""
    column, parameters = _COUNTED.get(wanted.question.name), dict(wanted.parameters)
    bound = access.settings.routes.rows
    if column is None or int(parameters.get("rows") or bound + 1) <= bound:
        return
    (counts,) = access.ask("detail_counts", wanted.scope, search=parameters.get("search", "")).to_pylist()
    if min(counts[column] - int(parameters.get("first") or 0), int(parameters.get("rows") or counts[column])) > bound:
        raise _too_long(bound)


def _too_long(bound: int) -> ProblemError:
    return ProblemError(
        422,
        "too-many-rows",
        N_(
            "la réponse a plus de {n} lignes\u202f; filtrez, demandez-la par parties quand elle a first et rows, ou exportez la page."
        ),
        n=bound,
    )


def _limited(batches: pa.RecordBatchReader, bound: int) -> Iterator[pa.RecordBatch]:
    rows = 0
    for batch in batches:
        rows += batch.num_rows
        if rows > bound:
            raise _too_long(bound)
        yield batch


def _chunks(out: BinaryIO) -> Iterator[bytes]:
    with out:
        while chunk := out.read(_CHUNK):
            yield chunk


def _writer(form: str, dialect: str) -> Callable[[Export, pa.RecordBatchReader, BinaryIO], None]:
    if form == "csv":
        style = INTERNATIONAL if dialect == "international" else FRENCH_EXCEL
        return lambda export, batches, out: write_csv(export, batches, out, style)
    return write_parquet if form == "parquet" else write_rows


def _export(wanted: Wanted, form: str, access: Access, words: Words, schema: pa.Schema) -> Export:
    """The description for the writer: names of the contract as headers, but labels beside them in Parquet."""
    release, name = access.release, wanted.question.name
    columns = []
    for column in schema.names:
        meaning = column_meaning(column, name) if form == "parquet" else None
        if meaning is None:
            columns.append(ExportColumn(name=column, header=column))
            continue
        columns.append(
            ExportColumn(
                name=column,
                header=words.say(meaning.label),
                unit=words.say(meaning.unit) if meaning.unit else "",
                definition=words.say(meaning.definition) if meaning.definition else "",
            )
        )
    facts: list[tuple[str, str | bool]] = [
        ("question", words.say(wanted.question.text)),
        ("demo", release.demo),
        ("data_as_of", release.data_as_of.isoformat()),
        ("release", release.id),
    ]
    say = words.say
    return Export(
        title=name,
        columns=tuple(columns),
        facts=tuple(Fact(key=key, label=key, text=str(value), value=value) for key, value in facts),
        words=ExportWords(yes=say("oui"), no=say("non"), hidden=say("n.c.")),
    )
