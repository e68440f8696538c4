"""The order in which releases served, so that one can go back: no clock decides where that leads."""

import datetime as dt
from collections.abc import Sequence

from data.problems import ExtractError, Problem
from data.release.durable import write_whole
from data.release.events import Act, record
from data.release.fingerprints import is_whole
from data.release.pointer import current_id, serve
from data.release.publishing import publishing_lock
from data.release.releases import SERVED, Release, broken, extracts_folder, read_release, releases, releases_folder
from data.words import N_

_REMEMBERED = 1000


def point_at(release_id: str) -> Release:
    """The release, now serving, after the one that served until now. ExtractError when it is missing or broken."""
    release = read_release(releases_folder() / release_id)
    before, current = served_order() or [release.previous or ""], current_id()
    if current in before:
        # What follows was to serve and never did: its publish ended between its place in the order and the pointer.
        before = before[: before.index(current) + 1]
    # First the order, then the pointer: a full disk stops either of them before anything serves.
    _remember([*(name for name in before if name and name != release_id), release_id])
    serve(release_id)
    return release


def serve_in_order(order: Sequence[str]) -> Release:
    """The last release of an order that another machine decided, now serving; those before it are what served before.

    Within the publishing lock. ExtractError when the release is missing or broken.
    """
    release = read_release(releases_folder() / order[-1])
    _remember(list(order))
    serve(release.id)
    return release


def go_back(by: str = "") -> Release:
    """The release that served before the current one, serving again. ExtractError when there is none. `by`: who goes back.

    One that was withdrawn by going back is not returned to, one that was deleted or is broken is passed over. The current one
    may be broken itself. Where no order was kept (version 0.1), each release remembers the one it took over from.
    """
    with publishing_lock():
        earlier = list(served_before())
        while earlier and not is_whole(earlier[0]):
            earlier.pop(0)
        if not earlier:
            raise ExtractError(
                Problem(kind="no_release_before", message=N_("il n’y a pas de version antérieure à laquelle revenir."))
            )
        try:
            _remember([release.id for release in reversed(earlier)])
            serve(earlier[0].id)
        except OSError as error:
            message = N_("retour impossible ({error})\u202f; la même version reste en service.")
            raise broken(extracts_folder(), message, error=error.strerror) from error
        record(Act.WENT_BACK, earlier[0].id, by, dt.datetime.now(dt.UTC), extracts_folder())
        return earlier[0]


def served_before() -> tuple[Release, ...]:
    """The releases that served before the one that `current` names and were not withdrawn, the latest first; whole or not."""
    current, there = current_id(), {release.id: release for release in releases()}
    order = served_order()
    before = order[: order.index(current)] if current in order else order
    if not order and current in there:
        before = [release.id for release in reversed(releases()) if release.published_at < there[current].published_at]
        before.append(there[current].previous or "")
    return tuple(there[name] for name in reversed(before) if name in there and name != current)


def served_order() -> list[str]:
    """The ids in the order in which they served, without those that were withdrawn; empty when no order was kept."""
    try:
        return (extracts_folder() / SERVED).read_text(encoding="ascii").split()
    except (OSError, UnicodeDecodeError):
        return []


def _remember(order: list[str]) -> None:
    write_whole(extracts_folder() / SERVED, "".join(f"{name}\n" for name in order[-_REMEMBERED:]))
