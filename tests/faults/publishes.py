"""Publishes that are killed, lack their disk, meet each other or a clock that jumps: after each the old release serves whole, or the new one."""

import random
import time
from decimal import Decimal
from pathlib import Path

import pytest

from data.release.fingerprints import check_files
from data.release.history import go_back
from data.release.releases import Release, releases, releases_folder
from data.release.serving import serving
from tests.extracts import contract, entry, write_parquet
from tests.faults.child import (
    PUBLISHED,
    REFUSED,
    At,
    Clock,
    Fault,
    SmallDisk,
    die,
    full,
    publish_in_child,
    read_only,
)

KILLED = -9


class Published:
    """A folder of extracts in which something serves, and sources of another total for each publish."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.extracts = folder / "extracts"
        self.hours = 0
        self.publish()

    def sources(self) -> list[Path]:
        """One line of hours: 1, 2, 3 … as many as there were publishes."""
        self.hours += 1
        lines = [entry(hours_validated=Decimal(self.hours))]
        return write_parquet(self.folder / f"sources_{self.hours}", [contract()], lines)

    def publish(self, fault: Fault | None = None, after: float | None = None) -> int:
        """The exit code of a publish that a fault or, so many seconds after its start, a kill may meet."""
        child = publish_in_child(self.extracts, self.sources(), fault)
        if after is not None:
            child.join(after)
            child.kill()
        child.join()
        code: int = child.exitcode
        child.close()
        return code

    def served(self, code: int) -> Release:
        """The release that serves, after checking that it is whole and the one that the exit code promises."""
        found = serving()
        assert found.broken == ""
        assert found.release is not None
        check_files(found.release)
        before, after = Decimal(self.kept), Decimal(self.hours)
        promised = {PUBLISHED: [after], REFUSED: [before], KILLED: [before, after]}
        assert code in promised, f"exit code {code}"
        assert found.release.hours_validated in promised[code], code
        for release in releases():
            check_files(release)  # what lies there under a name that can be served is whole, whether it served or not
        self.kept = int(found.release.hours_validated)
        return found.release

    kept = 1


def random_kills(folder: Path, times: int, seed: int) -> tuple[int, int]:
    """Killed at random moments. How many were killed before they served, and after."""
    here = Published(folder)
    started = time.monotonic()
    here.served(here.publish())
    length = time.monotonic() - started
    rng = random.Random(seed)
    old = 0
    for _ in range(times):
        before = here.kept
        here.served(here.publish(after=rng.uniform(0, 1.1 * length)))
        old += here.kept == before
    here.served(here.publish())
    assert not list(releases_folder().glob(".*"))
    return old, times - old


def in_turn(folder: Path, name: str, every: int) -> tuple[int, int]:
    """The fault at the first change of a file, the second, and so on until a publish meets none. How many refused or died, how many served."""
    act = {"die": die, "full": full, "read_only": read_only}[name]
    here = Published(folder)
    stopped = served = 0
    for number in range(1, 200, every):
        code = here.publish(At(number, act))
        here.served(code)
        stopped += code != PUBLISHED
        served += code == PUBLISHED
        if code == PUBLISHED and served > 2:
            break
    here.served(here.publish())
    drafts = [file.name for file in here.extracts.glob(".*-*") if file.name != ".first-start"]
    assert not drafts
    assert not list(releases_folder().glob(".*"))
    return stopped, served


def small_disks(folder: Path, sizes: tuple[int, ...]) -> None:
    """No file can be larger than so many bytes."""
    here = Published(folder)
    codes = []
    for size in sizes:
        codes.append(here.publish(SmallDisk(size)))
        here.served(codes[-1])
    assert codes[0] == REFUSED
    assert set(codes) <= {REFUSED, PUBLISHED}
    here.served(here.publish())


def two_at_once(folder: Path, times: int) -> None:
    """Both may publish, one after the other, or one is refused; what serves is one of theirs, whole."""
    here = Published(folder)
    for _ in range(times):
        children = [publish_in_child(here.extracts, here.sources()) for _ in range(2)]
        for child in children:
            child.join()
        codes = [child.exitcode for child in children]
        assert set(codes) <= {PUBLISHED, REFUSED}
        assert PUBLISHED in codes
        found = serving().release
        assert found is not None
        check_files(found)
        last = [hours for hours, code in zip((here.hours - 1, here.hours), codes, strict=True) if code == PUBLISHED]
        assert int(found.hours_validated) in last
        here.kept = int(found.hours_validated)


def jumping_clock(folder: Path, days: tuple[int, ...]) -> None:
    """Each publish serves, whatever the clock; going back goes through them in the order in which they served."""
    here = Published(folder)
    order = [here.served(PUBLISHED), *(here.served(here.publish(Clock(jump))) for jump in days)]
    for release in reversed(order[:-1]):
        assert go_back() == release
        assert serving().release == release


def with_extracts(folder: Path) -> pytest.MonkeyPatch:
    """CAP_EXTRACTS for what reads in this process; to be undone."""
    patch = pytest.MonkeyPatch()
    patch.setenv("CAP_EXTRACTS", str(folder / "extracts"))
    return patch
