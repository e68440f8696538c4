"""`python -m data.demo`: writes the demonstration extracts. Exit 0 done, 1 refused, 2 wrong usage."""

import argparse
import sys
from pathlib import Path

from tqdm import tqdm

from data.demo import DEFAULT_ENTRIES, DEFAULT_SEED, MOST_ENTRIES, write_demo
from data.words import Words


def main(arguments: list[str] | None = None) -> int:
    """The exit code of the command."""
    parser = argparse.ArgumentParser(prog="python -m data.demo", description="Écrit des extractions de démonstration.")
    parser.add_argument("--out", type=Path, required=True, help="dossier où écrire contracts.parquet et hours.parquet")
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED, help="graine : même graine, mêmes octets")
    parser.add_argument("--entries", type=int, default=DEFAULT_ENTRIES, help=f"lignes d’heures, au plus {MOST_ENTRIES}")
    chosen = parser.parse_args(arguments)
    if not 1 <= chosen.entries <= MOST_ENTRIES:
        parser.error(f"--entries : un nombre de 1 à {MOST_ENTRIES} est attendu.")
    words = Words("fr")
    try:
        with tqdm(total=100, unit="%", leave=False, disable=chosen.entries < 1_000_000) as bar:
            write_demo(chosen.out, chosen.seed, chosen.entries, lambda share: bar.update(int(share * 100) - bar.n) and None)
    except OSError as error:
        print(f"Écriture impossible : {error}", file=sys.stderr)
        return 1
    print(f"{words.number(chosen.entries)} lignes d’heures de démonstration dans {chosen.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
