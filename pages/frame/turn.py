"""Turns: so many pages are made at once as there are processors, others wait in line.

Python runs one thread at a time. Without turns fifty readers are fifty threads that take it from each other, and from the
one that listens, every few milliseconds: pages of 30 ms each took 9 s.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache


@contextmanager
def turn(at_once: int) -> Iterator[None]:
    """Within, at most that many of us. No page may wait for something slow here: readers' own SQL runs beside its page."""
    with _turns(at_once):
        yield


@lru_cache
def _turns(at_once: int) -> threading.BoundedSemaphore:
    return threading.BoundedSemaphore(at_once)
