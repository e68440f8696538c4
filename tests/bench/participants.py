"""What the pages *Publics* and *Sorties* ask, under filters that nobody asked before: a look-up, whatever the number of lines."""

import time
from collections.abc import Callable
from statistics import median
from typing import Any, Final

from data.codes import Role
from data.settings import load_settings
from queries import answers
from queries.open_release import open_release
from queries.rights.access import Access
from queries.rights.rights import Rights
from queries.scope import Scope
from queries.together import together
from tests.bench.releases import Made
from tests.bench.told import Part, Target, p95

MOST_MILLISECONDS: Final = 300
_ASKED: Final[dict[str, tuple[Callable[[Access, Scope], Any], ...]]] = {
    "Publics": (answers.headline, answers.people_by_trait, answers.people_by_residence, answers.people_by_year),
    "Sorties": (
        answers.totals,
        answers.exits_by_point,
        answers.exits_by_clause,
        answers.exits_by_employer_kind,
        answers.exits_by_duration,
        answers.exits_by_entry_year,
    ),
}


def measured(releases: list[Made], runs: int) -> Part:
    """One row per page and size: all that the page asks, at once as it does, for everything and for one client after the other."""
    rows: list[dict[str, Any]] = []
    targets: list[Target] = []
    for made in releases:
        database = open_release(made.release, load_settings())
        access = Access(database=database, rights=Rights(role=Role.ANALYSTE))
        clients = [row["client_id"] for row in answers.hours_by_client(access, Scope())[: runs * 4]]
        scopes = [Scope(include_uncounted=True), *(Scope(clients=(client,)) for client in clients)]
        together(
            access, Scope(), *_ASKED["Publics"], *_ASKED["Sorties"]
        )  # the first answer of a release opens its files
        for page, asked in _ASKED.items():
            took, processor = zip(*(_milliseconds(access, scope, asked) for scope in scopes), strict=True)
            rows.append(
                {
                    "page": page,
                    "lines": made.entries,
                    "p50, ms": median(took),
                    "p95, ms": p95([*took]),
                    "processor, ms": median(processor),
                }
            )
            what = f"{page}, asked anew at {made.entries:,} lines, p95"
            targets.append(Target(what=what, found=p95([*took]), most=MOST_MILLISECONDS, unit="ms"))
    return Part(title="Pages of participants, asked anew", rows=rows, targets=targets)


def _milliseconds(
    access: Access, scope: Scope, asked: tuple[Callable[[Access, Scope], Any], ...]
) -> tuple[float, float]:
    """On the clock, and of the processor, in all threads."""
    started, used = time.perf_counter(), time.process_time()
    together(access, scope, *asked)
    return (time.perf_counter() - started) * 1000, (time.process_time() - used) * 1000
