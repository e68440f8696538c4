"""How often a reader may ask: so many requests in any minute, over all processes of the machine."""

import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Final

from pages.frame.shared_state import MINUTE, SharedState, StateError, shared_state

_READERS_KEPT: Final = 10_000


class Rate:
    """The requests of the last minute, by reader. Counted in the shared state; by this process alone while that cannot be used."""

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, state: Callable[[], SharedState] = shared_state
    ) -> None:
        self._clock = clock
        self._state = state
        self._requests: dict[str, deque[float]] = {}
        self._swept = clock()
        self._lock = threading.Lock()

    def wait(self, who: str, per_minute: int) -> int:
        """Seconds to wait before the next request; 0 when this one is let through, and then it counts."""
        now = self._clock()
        try:
            return self._state().wait(who, per_minute, now)
        except StateError:
            return self._wait_here(who, per_minute, now)

    def _wait_here(self, who: str, per_minute: int, now: float) -> int:
        with self._lock:
            if now - self._swept > MINUTE or len(self._requests) > _READERS_KEPT:
                # Strangers come and go: a reader without a request for a minute takes no memory.
                kept = sorted(self._requests.items(), key=lambda entry: entry[1][-1])[-_READERS_KEPT // 2 :]
                self._requests = {name: times for name, times in kept if now - times[-1] < MINUTE}
                self._swept = now
            times = self._requests.setdefault(who, deque())
            while times and now - times[0] >= MINUTE:
                times.popleft()
            if len(times) >= max(per_minute, 1):
                return int(MINUTE - (now - times[0])) + 1
            times.append(now)
            return 0
