"""An incident's log: where it happened, and no value."""

import logging

import pytest

from pages.parts.streamlit_internals import RUN_FAILED, RUN_LOG, SIGN_IN_LOG
from pages.server.script_error import keep_values_out_of_the_log, trace


def fail() -> None:
    try:
        int("Dupont")
    except ValueError as error:
        raise KeyError("Martin") from error


def test_trace_names_places_and_kinds_without_messages() -> None:
    with pytest.raises(KeyError) as caught:
        fail()
    result = trace(caught.value)
    assert "Dupont" not in result
    assert "Martin" not in result
    assert result.count(" in fail") == 2
    assert result.index("builtins.ValueError") < result.index("which led to") < result.index("builtins.KeyError")


def test_streamlits_own_trace_is_dropped_and_nothing_else(caplog: pytest.LogCaptureFixture) -> None:
    log = logging.getLogger(RUN_LOG)
    kept = list(log.filters)
    keep_values_out_of_the_log()
    try:
        log.addHandler(caplog.handler)
        log.error(RUN_FAILED)
        log.error("Something else")
    finally:
        log.removeHandler(caplog.handler)
        log.filters = kept
    assert [record.getMessage() for record in caplog.records] == ["Something else"]


def test_a_failed_sign_in_is_logged_without_what_its_error_quotes(caplog: pytest.LogCaptureFixture) -> None:
    log = logging.getLogger(SIGN_IN_LOG)
    kept = list(log.filters)
    keep_values_out_of_the_log()
    try:
        log.addHandler(caplog.handler)
        try:
            fail()
        except KeyError:
            log.warning("Exchange failed for provider '%s'.", "default", exc_info=True)
    finally:
        log.removeHandler(caplog.handler)
        log.filters = kept
    assert "Exchange failed for provider 'default'." in caplog.text
    assert "builtins.KeyError" in caplog.text
    assert "Martin" not in caplog.text
    assert "Dupont" not in caplog.text
