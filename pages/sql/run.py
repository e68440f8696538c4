"""A query under way: it runs beside the page, which stays usable and can stop it."""

import threading
import time
from typing import Final

import streamlit as st

from pages.parts.read import reading
from queries.errors import QueryError
from queries.sandbox.sandbox import Answered, Sandbox
from queries.scope import Scope

_SANDBOX: Final = "_sql_sandbox"
_RUN: Final = "_sql_run"
_SOON: Final = 0.5  # seconds; most answers come before, without a word about waiting


class Run:
    """One query of one reader. `answer`, `refused` or `fault` is set when it is over; `filters`: in words, those it ran with."""

    def __init__(self, sandbox: Sandbox, sql: str, scope: Scope, filters: str) -> None:
        self.sandbox = sandbox
        self.filters = filters
        self.started = time.monotonic()
        self.answer: Answered | None = None
        self.refused: QueryError | None = None
        self.fault: Exception | None = None
        self._thread = threading.Thread(target=self._ask, args=(sql, scope), daemon=True)
        self._thread.start()

    def _ask(self, sql: str, scope: Scope) -> None:
        try:
            self.answer = self.sandbox.ask(sql, scope)
        except QueryError as refused:
            self.refused = refused
        except Exception as fault:
            self.fault = fault  # raised again in the page, which reports incidents

    def wait(self, seconds: float) -> None:
        """Returns when it is over, or after that time."""
        self._thread.join(seconds)

    @property
    def is_over(self) -> bool:
        """Whether the answer or the refusal is there."""
        return not self._thread.is_alive()


def start(sql: str) -> Run:
    """Runs a query with the reader's filters; the one before is stopped."""
    current = reading()
    sandbox = _sandbox()
    before = last_run()
    if before is not None and not before.is_over:
        before.sandbox.stop()
    run = Run(sandbox, sql, current.scope, current.filters)
    st.session_state[_RUN] = run
    run.wait(_SOON)
    return run


def last_run() -> Run | None:
    """The last query of the session; None before the first one, and once the release or the rights have changed."""
    run: Run | None = st.session_state.get(_RUN)
    return run if run is not None and run.sandbox is _sandbox() else None


def _sandbox() -> Sandbox:
    """The session's own: it goes with the session, and is another one for another release or other rights."""
    access = reading().access
    sandbox: Sandbox | None = st.session_state.get(_SANDBOX)
    if sandbox is None or sandbox.access != access:
        if sandbox is not None:
            sandbox.close()
        sandbox = st.session_state[_SANDBOX] = Sandbox(access)
    return sandbox
