"""How fast the dashboard is, each figure beside its yardstick of the same run.

    python -m tests.bench                        10⁵, 10⁶ and 10⁷ lines: about half an hour, and the making of the data once
    python -m tests.bench --quick                10⁵ lines, in less than three minutes
    python -m tests.bench --entries 100000,100000000 --only questions,publish

It makes its data itself and keeps it in a folder of the temporary ones. Nothing leaves the machine. Compare figures of one run only.
"""

import argparse
import datetime as dt
import json
import os
import platform
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from tests.bench import clicks, first_visit, paper, participants, publishing, questions, readers, usual
from tests.bench.releases import Made, made
from tests.bench.told import Part

SIZES: Final = (100_000, 1_000_000, 10_000_000)
FOLDER: Final = Path(tempfile.gettempdir()) / "cap-insertion-bench"


def parts(folder: Path, releases: list[Made], *, quick: bool) -> dict[str, list[Callable[[], Part]]]:
    """What there is to measure, by name: on all releases, or on the smallest and the largest, or on the middle one."""
    middle = releases[len(releases) // 2]
    ends = releases[:: len(releases) - 1] if len(releases) > 1 else releases
    visited = clicks.PAGES[:1] if quick else clicks.PAGES
    return {
        "questions": [lambda: questions.measured(releases, 3 if quick else 9)],
        "participants": [lambda: participants.measured(releases, 3 if quick else 9)],
        "clicks": [lambda made=one: clicks.measured(made, folder, visited) for one in ends],  # type: ignore[misc]
        "visit": [lambda: first_visit.measured(middle, folder, 1 if quick else 5)],
        "readers": [lambda: readers.measured(middle, folder, (10,) if quick else (1, 10, 50), 8 if quick else 60)],
        "publish": [lambda: publishing.measured(releases)],
        "paper": [lambda: paper.measured(middle, 2 if quick else 5)],
        "usual": [lambda: usual.measured(middle, folder, 2 if quick else 7)],
    }


def main() -> None:
    """Measures, prints a table per part as it comes, and writes JSON."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="the smallest size, fewer runs")
    parser.add_argument("--entries", help="sizes in lines of hours, the smallest first", metavar="N,N…")
    parser.add_argument("--only", help="parts to measure", metavar="PART,PART…")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where the data is kept")
    parser.add_argument(
        "--json", type=Path, default=None, help="where to write what was found; bench.json in the folder"
    )
    given = parser.parse_args()
    sizes = [int(size) for size in given.entries.split(",")] if given.entries else SIZES[:1] if given.quick else SIZES
    given.folder.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    releases = [made(given.folder, entries) for entries in sizes]
    known = parts(given.folder, releases, quick=given.quick)
    wanted = given.only.split(",") if given.only else list(known)
    if strangers := set(wanted) - set(known):
        parser.error(f"no such part: {', '.join(sorted(strangers))}; there are {', '.join(known)}")
    found: list[Part] = []
    for name in wanted:
        for measure in known[name]:
            found.append(measure())
            print(found[-1].text(), flush=True)
    result = {
        "at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "machine": {"processors": os.cpu_count(), "system": platform.platform(), "python": platform.python_version()},
        "seconds": round(time.monotonic() - started),
        "parts": [part.as_dict() for part in found],
    }
    file = given.json or given.folder / "bench.json"
    file.write_text(json.dumps(result, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    targets = [target for part in found for target in part.targets]
    print(f"\n{sum(target.is_met for target in targets)} of {len(targets)} targets met, {result['seconds']} s; {file}")


if __name__ == "__main__":
    main()
