"""What the settings say of the machine: the engine, the data routes, the trace, the releases that stay."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """Limits of the query engine: seconds a query may run, threads (and pages made at once), memory as DuckDB writes it."""

    seconds: int = 20
    threads: int = 2
    memory: str = "1500MB"


@dataclass(frozen=True, slots=True, kw_only=True)
class Routes:
    """Bounds of the data routes: requests of one reader in a minute, rows of an answer."""

    per_minute: int = 60
    rows: int = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceKept:
    """The trace of questions: its folder (in the folder of extracts unless absolute), its age, its size.

    No trace is kept when `days` is 0. `required`: a question whose line cannot be written (a full disk) has no answer;
    `days` is then 1 at least.
    """

    folder: str = ""
    days: int = 183
    max_megabytes: int = 500
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasesKept:
    """How many releases stay after a publish: the one that serves and those that served before; all of them when `keep` is 0."""

    keep: int = 0


# What holds where settings.toml has no such table.
ENGINE = Engine()
ROUTES = Routes()
TRACE_KEPT = TraceKept()
RELEASES_KEPT = ReleasesKept()
