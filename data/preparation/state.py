"""What a preparation is at, on disk: a page of any session, and of any process of the server, reads the same."""

import datetime as dt
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, Final

from data.preparation.folder import Preparation

# The process that reads says every second that it lives; after so long it does not.
DEAD_AFTER: Final = dt.timedelta(seconds=20)


class Phase(StrEnum):
    """Questions are open; the files must be corrected (`refused`); the candidate could serve (`ready`)."""

    EMPTY = "empty"
    DROPPED = "dropped"
    RUNNING = "running"
    QUESTIONS = "asked"
    REFUSED = "refused"
    READY = "ready"
    CANCELLED = "cancelled"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """`step` and `values`: a catalogue text of what is being done, the `n`th of `of`; `seconds`: for how long, or how long it took."""

    phase: Phase
    step: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    n: int = 0
    of: int = 0
    seconds: float = 0.0
    at: str = ""

    def write(self, preparation: Preparation) -> None:
        """Puts it on disk, with the time."""
        preparation.write("state", asdict(self) | {"at": dt.datetime.now(dt.UTC).isoformat()})


def state_of(preparation: Preparation) -> State:
    """What it is at. A process that has not spoken for some time is gone: what it did is to be done again."""
    if not preparation.files:
        return State(phase=Phase.EMPTY)
    content = preparation.read("state")
    try:
        state = State(**content | {"phase": Phase(content["phase"])})
        is_dead = dt.datetime.now(dt.UTC) - dt.datetime.fromisoformat(state.at) > DEAD_AFTER
    except (TypeError, ValueError, KeyError):
        return State(phase=Phase.DROPPED)
    return State(phase=Phase.FAILED) if state.phase is Phase.RUNNING and is_dead else state
