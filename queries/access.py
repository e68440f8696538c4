"""The one door between a release and a reader: rights narrow the scope before any SQL, and the answer after it.

Pages, exports, routes and the shell command ask through an `Access`, never through the `Database` itself.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from data.releases import Release
from data.settings import Settings
from queries.engine import Database
from queries.questions import Question
from queries.rights import WITHHELD, Rights
from queries.scope import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """What one reader may ask of one release."""

    database: Database
    rights: Rights

    @property
    def release(self) -> Release:
        """The release that answers."""
        return self.database.release

    @property
    def settings(self) -> Settings:
        """The settings that go with the release."""
        return self.database.settings

    def ask(self, name: str, scope: Scope, **parameters: str) -> pa.Table:
        """The answer to a question within the reader's rights; raises what `Database.ask` raises."""
        return self._let_out(self.database.ask(name, self.rights.narrowed(scope), **parameters))

    def run(self, asked: Question, scope: Scope, parameters: dict[str, Any]) -> pa.Table:
        """`ask` for a question at hand, run anew."""
        return self._let_out(self.database.run(asked, self.rights.narrowed(scope), parameters))

    @contextmanager
    def stream(self, asked: str | Question, scope: Scope, **parameters: Any) -> Iterator[pa.RecordBatchReader]:
        """The answer batch by batch, for the large ones; see `Database.stream`."""
        with self.database.stream(asked, self.rights.narrowed(scope), **parameters) as batches:
            yield pa.RecordBatchReader.from_batches(batches.schema, map(self._let_out, batches))

    def _let_out(self, answer: pa.Table) -> pa.Table:
        """The answer, or a batch of it, without the columns that the role may not see: they are there, empty."""
        for index, field in enumerate(answer.schema):
            right = WITHHELD.get(field.name)
            if right is not None and not self.rights.may(right):
                answer = answer.set_column(index, field, pa.nulls(answer.num_rows, field.type))
        return answer
