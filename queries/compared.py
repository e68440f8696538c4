"""The earlier release that a question compares with: named by its parameter `since`, or the one that served before."""

from collections.abc import Mapping
from typing import Any, Final

from data.release.earlier import comparable, served_before_it
from data.release.releases import Release
from data.words import N_
from queries.errors import QueryError
from queries.questions import Question

SINCE: Final = "since"
# What two releases are compared by: the tables earlier_<question> hold the earlier one's answers (queries/_changes.sql).
_HOURS: Final = ("hours_by_lot_and_year", "release_summary")
_ALERTS: Final = ("clients_freshness", "lots", "milestone_progress", "release_summary")
EARLIER: Final = {
    "alerts_since": _ALERTS,
    "changed_lots": _HOURS,
    "changes_by_year": _HOURS,
    "changes_since": _HOURS,
    "changes_total": _HOURS,
    "highlights_since": _ALERTS,
}
TABLES: Final = tuple(sorted({name for names in EARLIER.values() for name in names}))


def earlier_release(release: Release, release_id: str = "") -> Release | None:
    """The earlier release of that id, the one that served before when it is empty; None when none did.

    Raises QueryError when no release of that id may be compared with this one.
    """
    if not release_id:
        return served_before_it(release)
    for earlier in comparable(release):
        if earlier.id == release_id:
            return earlier
    raise QueryError(N_("{release} n’est pas une publication conservée qui a servi."), release=release_id)


def compares(question: Question) -> bool:
    """Whether a question compares two releases."""
    return any(parameter.name == SINCE for parameter in question.parameters)


def with_since(question: Question, release: Release, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters with the earlier release named, where the question compares two; empty when there is none."""
    given = dict(parameters)
    if compares(question):
        earlier = earlier_release(release, str(parameters.get(SINCE, "")))
        given[SINCE] = earlier.id if earlier else ""
    return given
