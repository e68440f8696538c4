"""The attacks over several seeds, and their figures: `python -m tests.secrecy [--whole]`.

--whole: three seeds and, for the guesses, eight secrets each; some minutes.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

from data.codes import Role
from tests.secrecy.known import known_extract
from tests.secrecy.tried import TRAITS, Tried, tried


def main() -> int:
    """Prints the figures; 1 when a cell below the threshold is proved, or guesses beat the base rate by more than 5 points."""
    parser = argparse.ArgumentParser(prog="python -m tests.secrecy")
    parser.add_argument("--whole", action="store_true")
    whole = parser.parse_args().whole
    # Readers with an account all see the same numbers; the public another reading of them.
    found = {role: Tried() for role in (Role.SERVICE, Role.PUBLIC)}
    os.environ.pop("CAP_EXTRACTS", None)
    for seed in range(3 if whole else 1):
        extract = known_extract(seed)
        for secret in range(8 if whole else 1):
            with tempfile.TemporaryDirectory() as folder:
                for role, one in tried(Path(folder), extract, secret=secret, proofs=secret == 0).items():
                    found[role] = found[role].with_more(one)
    for role, one in found.items():
        print(
            f"{role}: {one.cells} cells, {one.proved} proved, {one.proved_below} of them below the threshold;", end=" "
        )
        for trait in TRAITS:
            right, base, number = one.guesses[trait]
            print(f"{trait} {right / number:.1%} right, base rate {base / number:.1%} ({number} guesses);", end=" ")
        print(
            f"counts {one.farthest} from the truth at most; releases that differ by one: {one.changed} numbers changed"
        )
    return int(any(one.fails for one in found.values()))


if __name__ == "__main__":
    sys.exit(main())
