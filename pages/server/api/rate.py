"""How often a reader may ask: so many requests in any minute."""

import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Final

_MINUTE: Final = 60.0


class Rate:
    """The requests of the last minute, by reader. Shared by threads; forgotten with the process."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._asked: dict[str, deque[float]] = {}
        self._swept = clock()
        self._lock = threading.Lock()

    def wait(self, who: str, per_minute: int) -> int:
        """Seconds to wait before the next request; 0 when this one is let through, and then it counts."""
        now = self._clock()
        with self._lock:
            if now - self._swept > _MINUTE:
                # Strangers come and go: whoever asked nothing for a minute weighs nothing.
                self._asked = {name: times for name, times in self._asked.items() if now - times[-1] < _MINUTE}
                self._swept = now
            times = self._asked.setdefault(who, deque())
            while times and now - times[0] >= _MINUTE:
                times.popleft()
            if len(times) >= max(per_minute, 1):
                return int(_MINUTE - (now - times[0])) + 1
            times.append(now)
            return 0
