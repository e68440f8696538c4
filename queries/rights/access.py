"""The one door between a release and a reader: rights narrow the scope before any SQL, and the answer after it. Figures of
participants are published ones (`secrecy/ladder.py`), never counts.

Pages, exports, routes and the shell command use an `Access`, never the `Database` itself. Each question leaves a line
in the trace.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from data.codes import Role
from data.release.releases import Release
from data.settings import Settings
from data.settings_opening import OpeningBalance, balances_of
from data.words import N_
from queries.engine import Database, Parameter
from queries.errors import QueryError
from queries.filters import FILTERS, Filter
from queries.questions import Question, question
from queries.rights.rights import GUARDED, OF_SEVERAL, WITHHELD, Right, Rights
from queries.rights.trace import Surface, cut, scope_text, trace_of
from queries.scope import Scope
from queries.secrecy.hidden_figures import is_about_persons, with_hidden
from queries.secrecy.line_counts import counts_lines, rounded_lines, with_rounded_lines

LOCAL: Final = "local"  # the reader of a server without sign-in, which listens to its own machine only


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """What one reader may ask of one release.

    `reader`: who, for the trace: the subject or e-mail of the sign-in, the name of a token, the account of the shell.
    It is no part of the rights, which are the key of caches. `surface`: by which door.
    """

    database: Database
    rights: Rights
    reader: str = LOCAL
    surface: Surface = Surface.PAGE

    @property
    def release(self) -> Release:
        """The release that answers."""
        return self.database.release

    @property
    def settings(self) -> Settings:
        """The settings that go with the release."""
        return self.database.settings

    @property
    def filters(self) -> tuple[Filter, ...]:
        """The filters that the reader may use, in the order of the form; that of structures only where several publish."""
        return tuple(
            declared
            for declared in FILTERS.values()
            if self.rights.may_filter(declared) and (self.release.has_several or not declared.of_several)
        )

    def offers(self, name: str) -> bool:
        """Whether lists of questions name it: the role may ask it, and the release has what it is about."""
        right = GUARDED.get(name)
        return (right is None or self.rights.may(right)) and (self.release.has_several or name not in OF_SEVERAL)

    def is_whole(self, scope: Scope) -> bool:
        """Whether the reader sees all hours of these years. Milestones of the whole need this."""
        return self.rights.narrowed(scope).is_whole

    def opening_balances(self, scope: Scope) -> tuple[OpeningBalance, ...]:
        """The balances in the running total of a scope: of the whole, or of the clients where nothing else is filtered."""
        narrowed = self.rights.narrowed(scope)
        return balances_of(self.settings.opening_balance, narrowed.clients) if narrowed.is_of_clients else ()

    def ask(self, wanted: str | Question, scope: Scope, **parameters: Parameter) -> pa.Table:
        """The answer within the reader's rights, kept for the next one; raises what `Database.ask` raises.

        The trace of a question made in code has its note, the description it was made from, instead of its parameters.
        """
        name, note = (wanted, "") if isinstance(wanted, str) else (wanted.name, wanted.note)
        traced = {"description": note} if note else parameters
        return self._traced(
            name,
            scope,
            traced,
            lambda: self._with_secrecy(wanted, self.database.ask(wanted, self.rights.narrowed(scope), **parameters)),
        )

    def trace(
        self,
        question: str,
        scope: Scope,
        rows: int | None,
        *,
        surface: Surface | None = None,
        parameters: Mapping[str, Any] | None = None,
        begun: bool = False,
    ) -> None:
        """A line in the trace: for `ask`, and for whoever makes a file (`surface=Surface.EXPORT`).

        `rows`: how many came out, None when the question was refused, or has only `begun`. Raises QueryError when the settings
        require the trace and it cannot be written.
        """
        line: dict[str, Any] = {
            "reader": cut(self.reader),
            "role": str(self.rights.role),
            "surface": str(surface or self.surface),
            "question": cut(question),
            "scope": scope_text(scope),
            "rows": rows,
            "release": self.release.id,
        }
        if begun:
            line["begun"] = True
        if parameters:
            line["parameters"] = {name: cut(str(value)) for name, value in parameters.items()}
        # releases/<id> within the folder of extracts
        trace = trace_of(self.release.path.parents[1], self.settings.trace)
        trace.write(dt.datetime.now(dt.UTC), line)

    def _traced(
        self, name: str, scope: Scope, parameters: Mapping[str, Any], answered: Callable[[], pa.Table]
    ) -> pa.Table:
        try:
            self._open(name)
            answer = self._within_rights(answered())
        except QueryError:
            self.trace(name, scope, None, parameters=parameters)
            raise
        self.trace(name, scope, answer.num_rows, parameters=parameters)
        return answer

    @contextmanager
    def stream(self, wanted: str | Question, scope: Scope, **parameters: Parameter) -> Iterator[pa.RecordBatchReader]:
        """The answer batch by batch, for the large ones; see `Database.stream`. Counts of participants or lines come whole."""
        name = wanted if isinstance(wanted, str) else wanted.name
        rows: int | None = None
        if self.settings.trace.required:
            self.trace(name, scope, None, parameters=parameters, begun=True)  # before the first row leaves
        try:
            self._open(name)
            wanted = question(wanted) if isinstance(wanted, str) else wanted
            narrowed = self.rights.narrowed(scope)
            if is_about_persons(wanted) or counts_lines(wanted):
                answer = self._within_rights(
                    self._with_secrecy(wanted, self.database.ask(wanted, narrowed, **parameters))
                )
                rows = answer.num_rows
                yield answer.to_reader()
                return
            with self.database.stream(wanted, narrowed, **parameters) as batches:
                rows = 0

                def permitted() -> Iterator[pa.RecordBatch]:
                    nonlocal rows
                    for batch in batches:
                        rows = (rows or 0) + batch.num_rows
                        yield self._within_rights(batch)

                yield pa.RecordBatchReader.from_batches(batches.schema, permitted())
        finally:
            # Here, that is with the rows that left before the reader had enough.
            self.trace(name, scope, rows, parameters=parameters)

    def _open(self, name: str) -> None:
        """Raises QueryError when the role may not ask the question."""
        right = GUARDED.get(name)
        if right is not None and not self.rights.may(right):
            raise QueryError(N_("la question {name} n’est pas ouverte à votre rôle."), name=name)

    def _within_rights(self, answer: pa.Table) -> pa.Table:
        """The answer, or a batch of it, without the columns that the role may not see: they are there, empty. Nor the choices and
        names of a filter that it may not use.
        """
        for index, field in enumerate(answer.schema):
            right = WITHHELD.get(field.name)
            if right is not None and not self.rights.may(right):
                answer = answer.set_column(index, field, pa.nulls(answer.num_rows, field.type))
        if "field" in answer.schema.names:
            closed = [name for name, declared in FILTERS.items() if not self.rights.may_filter(declared)]
            answer = answer.filter(pc.invert(pc.is_in(answer.column("field"), value_set=pa.array(closed, pa.string()))))
        return answer

    def _with_secrecy(self, wanted: str | Question, answer: pa.Table) -> pa.Table:
        """The answer for this reader: hidden figures of participants are named, numbers of lines are rounded without the right."""
        wanted = question(wanted) if isinstance(wanted, str) else wanted
        if is_about_persons(wanted):
            answer = with_hidden(wanted, answer, self.release.absent_columns)
        if self.rights.may(Right.DETAIL):
            return answer
        return with_rounded_lines(wanted, answer, self._threshold)

    def lines(self, number: int) -> int | None:
        """A number of lines as the reader may see it; None where it is hidden."""
        return number if self.rights.may(Right.DETAIL) else rounded_lines(number, self._threshold)

    @property
    def _threshold(self) -> int:
        thresholds = self.release.thresholds
        return thresholds.public if self.rights.role is Role.PUBLIC else thresholds.account
