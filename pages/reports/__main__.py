"""The shell command of sheets, reports and mails.

    python -m pages.reports sheet --commune 76540 --out fiche.pdf
    python -m pages.reports sheet --each commune --out fiches.zip
    python -m pages.reports annual --year 2025 --out rapport.docx
    python -m pages.reports mail

Exit codes: 0 done, 1 refused with the reason, 2 wrong usage.
"""

import argparse
import os
import sys

from data.problems import ExtractError
from data.words import LANGS, Lang, Words
from pages.reports import annual_command, mail, sheet_command
from queries.errors import QueryError


def main(arguments: list[str] | None = None) -> int:
    """Runs the command; returns its exit code."""
    default: Lang = "en" if (os.environ.get("LC_ALL") or os.environ.get("LANG") or "").startswith("en") else "fr"
    given = _parser(Words(default)).parse_args(arguments)
    words = Words(given.lang or default)
    try:
        given.run(given, words)
    except (QueryError, ExtractError) as error:
        print(error.text(words), file=sys.stderr)
        return 1
    except OSError as error:
        name = error.filename or getattr(given, "out", "")
        print(words.say("impossible d’écrire {file} ({error}).", file=name, error=error.strerror), file=sys.stderr)
        return 1
    return 0


def _parser(words: Words) -> argparse.ArgumentParser:
    description = words.say("Fiches et rapports, avec les filtres des écrans\u202f; alertes par courriel.")
    parser = argparse.ArgumentParser(prog="python -m pages.reports", description=description)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in (sheet_command, annual_command, mail):
        one = commands.add_parser(command.NAME, help=words.say(command.MEANING), description=words.say(command.MEANING))
        one.add_argument("--lang", choices=LANGS, help=words.say("langue des messages"))
        command.add_arguments(one, words)
        one.set_defaults(run=command.run)
    return parser


if __name__ == "__main__":
    sys.exit(main())
