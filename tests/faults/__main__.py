"""All faults, in the whole form: `python -m tests.faults`. Some ten minutes; exit code 1 and the fault at the first that is survived badly."""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.faults import hostile, publishes


def hostile_sources(folder: Path) -> int:
    """The number of hostile sources, once each was refused."""
    badly = [name for name in hostile.SOURCES if not hostile.is_refused(folder, name)]
    assert not badly, f"not refused in words within bounds: {', '.join(badly)}"
    return len(hostile.SOURCES)


WHOLE: dict[str, Callable[[Path], object]] = {
    "200 kills at random moments (old serves, new serves)": lambda at: publishes.random_kills(at, times=200, seed=17),
    "killed at each change of a file in turn": lambda at: publishes.in_turn(at, "die", every=1),
    "full disk from each change of a file on": lambda at: publishes.in_turn(at, "full", every=1),
    "read-only from each change of a file on": lambda at: publishes.in_turn(at, "read_only", every=1),
    "files that cannot grow": lambda at: publishes.small_disks(at, (0, *(2**n for n in range(6, 20)))),
    "two publishes at once, 20 times": lambda at: publishes.two_at_once(at, times=20),
    "hostile sources": hostile_sources,
    "a clock that jumps": lambda at: publishes.jumping_clock(at, (-400, 0, 400, -1, 10_000, -10_000, 1, 0)),
}


def main() -> int:
    """Runs all of them, and prints what each found."""
    argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__).parse_args()
    for name, run in WHOLE.items():
        with tempfile.TemporaryDirectory(prefix="cap-faults-") as folder:
            patch = publishes.with_extracts(Path(folder))
            started = time.monotonic()
            try:
                found = run(Path(folder))
            finally:
                patch.undo()
        print(f"{name}: {found if found is not None else 'survived'} ({time.monotonic() - started:.0f} s)", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
