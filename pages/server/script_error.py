"""What a reader sees when a page fails: a calm sentence and a number. The log has the rest, without a value of any row."""

import logging
import secrets
import traceback
from collections.abc import Iterator

import streamlit as st

from data.problems import ExtractError
from data.words import Words
from pages.parts.plain import as_text
from pages.parts.streamlit_internals import RUN_FAILED, RUN_LOG, SIGN_IN_LOG
from queries.errors import QueryError

log = logging.getLogger("cap_insertion.incident")


def show_incident(error: Exception) -> bool:
    """True: the incident stands here, in place of Streamlit's own. A refusal meant for readers keeps its text."""
    words = Words("en" if st.query_params.get("lang") == "en" else "fr")
    number = incident(error)
    if isinstance(error, (QueryError, ExtractError)):
        st.error(as_text(error.text(words)))
    else:
        st.error(words.say("Cette page n’a pas pu être affichée."))
    st.text(
        words.say(
            "Rechargez la page ou revenez à la précédente. Si cela se reproduit, transmettez ce numéro à la personne qui"
            " gère l’outil\u00a0: incident {number}.",
            number=number,
        )
    )
    return True


def incident(error: BaseException) -> str:
    """The number of a new incident, under which the log tells where it happened."""
    number = secrets.token_hex(3).upper()
    log.error("incident %s\n%s", number, trace(error))
    return number


def trace(error: BaseException) -> str:
    """Where an error and its causes arose, innermost last. Their messages are left out: they can quote data."""
    return "\n".join(_lines(error))


def _lines(error: BaseException) -> Iterator[str]:
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None:
        yield from _lines(cause)
        yield "which led to"
    frames = traceback.extract_tb(error.__traceback__)
    yield from (f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames)
    yield f"{type(error).__module__}.{type(error).__qualname__}"


class _NoTraceback(logging.Filter):
    """Streamlit logs every failed run with the error's message before any handler runs; ours takes its place."""

    def filter(self, record: logging.LogRecord) -> bool:
        return record.getMessage() != RUN_FAILED


class _TraceWithoutValues(logging.Filter):
    """What fails between Streamlit and the identity provider is logged with its traceback, whose messages can quote readers."""

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            record.msg, record.args, record.exc_info = f"{record.getMessage()}\n{trace(error)}", (), None
        return True


def keep_values_out_of_the_log() -> None:
    """To be called once, at start."""
    logging.getLogger(RUN_LOG).addFilter(_NoTraceback())
    logging.getLogger(SIGN_IN_LOG).addFilter(_TraceWithoutValues())
