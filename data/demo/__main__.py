"""The command `python -m data.demo --out DIR [--seed N] [--entries N] [--structures N] [--lang fr|en]`."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import duckdb
from tqdm import tqdm

from data.commands import language
from data.demo import DEFAULT_ENTRIES, DEFAULT_SEED, MOST_ENTRIES, write_demo
from data.demo.structures import CODES, write_structures
from data.words import N_, Words

PURPOSE = N_("Écrit les extractions de démonstration\u00a0: contracts.parquet, hours.parquet et notified.parquet.")
OUT = N_("dossier où les écrire\u202f; créé s’il n’existe pas")
SEED = N_("graine du tirage\u202f; la même graine donne les mêmes octets")
ENTRIES = N_("nombre de lignes d’heures, de 1 à {most}\u202f; {usual} par défaut")
STRUCTURES = N_("nombre de structures d’un observatoire, de 1 à {most}\u00a0: un dossier pour chacune")
WRONG_STRUCTURES = N_("--structures\u00a0: un nombre de 1 à {most} est attendu.")
HOW = N_(
    "Publiez chacune, dans un dossier d’extractions (CAP_EXTRACTS) qui n’a rien d’autre que des démonstrations\u00a0:"
)
LANG = N_("langue des messages\u202f; par défaut celle de la machine si c’est l’anglais, sinon le français")
WRONG_ENTRIES = N_("--entries\u00a0: un nombre de 1 à {most} est attendu.")
IMPOSSIBLE = N_("écriture impossible dans {folder} ({error})\u202f; vérifiez les droits et la place sur le disque.")
DONE = N_("{entries} lignes d’heures de démonstration écrites dans {folder}.")
# Below this size the work is done before a bar could be read.
LONG_WORK = 1_000_000


def main(argv: Sequence[str] | None = None) -> int:
    """Exit code of the command: 0 written, 1 impossible, 2 (raised by argparse) wrong usage."""
    words = Words(language(argv))
    most, usual = words.number(MOST_ENTRIES), words.number(DEFAULT_ENTRIES)
    parser = argparse.ArgumentParser(prog="python -m data.demo", description=words.say(PURPOSE))
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help=words.say(OUT))
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED, metavar="N", help=words.say(SEED))
    parser.add_argument(
        "--entries", type=int, default=DEFAULT_ENTRIES, metavar="N", help=words.say(ENTRIES, most=most, usual=usual)
    )
    parser.add_argument("--structures", type=int, default=1, metavar="N", help=words.say(STRUCTURES, most=len(CODES)))
    parser.add_argument("--lang", choices=("fr", "en"), help=words.say(LANG))
    chosen = parser.parse_args(argv)
    if not 1 <= chosen.entries <= MOST_ENTRIES:
        parser.error(words.say(WRONG_ENTRIES, most=most))
    if not 1 <= chosen.structures <= len(CODES):
        parser.error(words.say(WRONG_STRUCTURES, most=len(CODES)))
    codes: tuple[str, ...] = ()
    hidden = chosen.entries < LONG_WORK or not sys.stderr.isatty()
    try:
        with tqdm(total=100, disable=hidden, leave=False, bar_format="{l_bar}{bar}| {elapsed} < {remaining}") as bar:

            def display(share: float) -> None:
                bar.update(max(0, round(share * 100) - bar.n))

            progress = None if hidden else display
            if chosen.structures > 1:
                codes = write_structures(chosen.out, chosen.structures, chosen.seed, chosen.entries, progress)
            else:
                write_demo(chosen.out, chosen.seed, chosen.entries, progress)
    except (OSError, duckdb.Error) as error:
        print(words.say(IMPOSSIBLE, folder=chosen.out, error=error), file=sys.stderr)
        return 1
    print(words.say(DONE, entries=words.number(chosen.entries), folder=chosen.out))
    if codes:
        print(words.say(HOW))
        print(
            "\n".join(f"    python -m data.publish --structure {code} {chosen.out / code}/*.parquet" for code in codes)
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
