"""The attacks over several seeds, and their figures: `python -m tests.secrecy [--whole]`.

--whole: three seeds and, for the guesses, eight secrets each (four over twelve releases); every door, in every format, for every
reader. A quarter of an hour.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

from pages.public.run import keep_quiet
from tests.secrecy.doors import differing
from tests.secrecy.figures import READERS
from tests.secrecy.known import known_extract
from tests.secrecy.months import over_months
from tests.secrecy.tried import Guesses, Tried, tried
from tests.secrecy.worlds import GROUP, of_a_group, of_some


def main() -> int:
    """Prints the figures; 1 when a cell below the threshold is proved, or guesses beat the base rate by more than 5 points."""
    parser = argparse.ArgumentParser(prog="python -m tests.secrecy")
    parser.add_argument("--whole", action="store_true")
    whole = parser.parse_args().whole
    found = dict.fromkeys(READERS, Tried())
    os.environ.pop("CAP_EXTRACTS", None)
    for seed in range(3 if whole else 1):
        extract = known_extract(seed)
        for secret in range(8 if whole else 1):
            with tempfile.TemporaryDirectory() as folder:
                for reader, one in tried(Path(folder) / "attacked", extract, secret=secret).items():
                    found[reader] = found[reader].with_more(one)
    for reader, one in found.items():
        told = [f"{one.cells} cells, {one.proved} proved, {one.proved_below} of them below the threshold"]
        for trait, (right, base, number) in one.guesses.items():
            told.append(f"{trait}: {right} of {number} right, the commonest answer {base}")
        told.append(f"counts {one.farthest} from the truth at most")
        told.append(f"releases that differ by one: {one.changed} numbers changed")
        print(f"{reader}: {'; '.join(told)}")
    fails = any(one.fails for one in found.values())
    if whole:
        fails |= _months() | (_doors() > 0)
    return int(fails)


def _months() -> bool:
    """Prints what the releases of a year tell an analyst, and one of their first; whether guesses by either attacker are too good."""
    fails = False
    for months in (1, 12):
        found: dict[tuple[str, str], Guesses] = {}
        for seed in range(3):
            for secret in range(4):
                with tempfile.TemporaryDirectory() as folder:
                    one = over_months(Path(folder) / "attacked", known_extract(seed), months=months, secret=secret)
                found = {
                    told: (right + more[0], base + more[1], number + more[2])
                    for told, (right, base, number) in one.items()
                    for more in [found.get(told, (0, 0, 0))]
                }
        for (trait, attacker), (right, base, number) in found.items():
            print(f"{months} releases, {attacker}: {trait}: {right} of {number} right, the commonest answer {base}")
        fails |= Tried(guesses={f"{trait}, {attacker}": told for (trait, attacker), told in found.items()}).fails
    return fails


def _doors() -> int:
    """Prints how many answers of all doors were compared between worlds, and which differ; how many do."""
    told = 0
    keep_quiet()
    with tempfile.TemporaryDirectory() as folder:
        some = of_some(Path(folder) / "some")
        for reader in READERS:
            few = of_a_group(Path(folder) / reader, *((1, 9, 10) if reader == "public" else (1, 5, 4)))
            for what, worlds, query in (("four are others", some, {}), ("a small group", few, {"clients": GROUP})):
                answers, others = differing(worlds, reader, query=query)
                print(
                    f"{reader}: {what}: {answers} answers of all doors compared, {len(others)} differ",
                    *others,
                    sep="\n  ",
                )
                told += len(others)
    return told


if __name__ == "__main__":
    sys.exit(main())
