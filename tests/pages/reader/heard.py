"""What a page asks and shows while it runs: the answers behind it, its tables with their totals, its files, the words of its templates."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pytest

from data.words import Words
from pages.parts import downloads, marked_table, tables
from pages.parts.tables import Column
from queries.files.exports import ExportColumn
from queries.questions import Question
from queries.rights.access import Access
from queries.scope import Scope

Row = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class ShownTable:
    """A table on screen."""

    caption: str
    rows: list[Row]
    columns: list[Column]
    total: Row | None


@dataclass(frozen=True, kw_only=True)
class ShownFile:
    """A file that the page offers, with the rows that its click would make."""

    name: str
    rows: list[Row]
    columns: list[ExportColumn]


@dataclass(kw_only=True)
class Heard:
    """All of one run. `parted`: the answers of which the page shows shares: of built tables, of participants (after secrecy)."""

    answers: dict[str, list[pa.Table]] = field(default_factory=dict)
    parted: list[pa.Table] = field(default_factory=list)
    tables: list[ShownTable] = field(default_factory=list)
    files: list[ShownFile] = field(default_factory=list)
    templates: set[str] = field(default_factory=set)


def listen(patch: pytest.MonkeyPatch) -> Heard:
    """From now on, what pages ask and show."""
    heard = Heard()
    ask, show_downloads = Access.ask, downloads.show_downloads
    say, say_count = Words.say, Words.say_count

    def asked(access: Access, name: str | Question, scope: Scope, **parameters: Any) -> pa.Table:
        answer = ask(access, name, scope, **parameters)
        if isinstance(name, Question) or "is_total" in answer.column_names:
            heard.parted.append(answer)
        heard.answers.setdefault(name if isinstance(name, str) else name.name, []).append(answer)
        return answer

    def heard_by(make: Callable[..., str]) -> Callable[..., str]:
        def table(
            rows: Sequence[Any],
            columns: Sequence[Column],
            words: Words,
            caption: str,
            total: Any = None,
            *more: Any,
            **named: Any,
        ) -> str:
            shown = [column for column in columns if not (column.only_in_file or column.only_on_screen)]
            heard.tables.append(
                ShownTable(
                    caption=caption, rows=[dict(row) for row in rows], columns=shown, total=total and dict(total)
                )
            )
            return make(rows, columns, words, caption, total, *more, **named)

        return table

    def offered(rows: Any, described: Callable[[], Sequence[ExportColumn]], **more: Any) -> None:
        heard.files.append(ShownFile(name=more["name"], rows=_made(rows), columns=list(described())))
        show_downloads(rows, described, **more)

    def said(words: Words, text: str, /, **values: object) -> str:
        heard.templates.add(text)
        return say(words, text, **values)

    def counted(words: Words, one: str, many: str, n: int, /, **values: object) -> str:
        heard.templates |= {one, many}
        return say_count(words, one, many, n, **values)

    patch.setattr(Access, "ask", asked)
    patch.setattr(tables, "html_table", heard_by(tables.html_table))
    patch.setattr(marked_table, "marked_table", heard_by(marked_table.marked_table))
    patch.setattr(tables, "show_downloads", offered)
    patch.setattr(Words, "say", said)
    patch.setattr(Words, "say_count", counted)
    return heard


def _made(rows: Any) -> list[Row]:
    found: Iterable[Any] | AbstractContextManager[pa.RecordBatchReader] = rows() if callable(rows) else rows
    if isinstance(found, AbstractContextManager):
        with found as batches:
            rows_read: list[Row] = batches.read_all().to_pylist()
            return rows_read
    return [dict(row) for row in found]
