"""Turns: no more pages at once than are allowed, and a page that fails gives its turn back."""

import threading

import pytest

from pages.frame.turn import turn

AT_ONCE = 2


def test_no_more_at_once_than_are_allowed() -> None:
    inside: list[int] = []
    lock = threading.Lock()
    most = 0
    pair = threading.Barrier(AT_ONCE, timeout=30)

    def page(number: int) -> None:
        nonlocal most
        with turn(AT_ONCE):
            with lock:
                inside.append(number)
                most = max(most, len(inside))
            # Nobody leaves alone: as many as are allowed have to be in.
            pair.wait()
            with lock:
                inside.remove(number)

    threads = [threading.Thread(target=page, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert inside == []
    assert most == AT_ONCE


def test_a_page_that_fails_gives_its_turn_back() -> None:
    for _ in range(2 * AT_ONCE):
        with pytest.raises(RuntimeError), turn(AT_ONCE):
            raise RuntimeError
    with turn(AT_ONCE):
        pass
