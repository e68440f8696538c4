"""The shell command of what leaves for mailboxes.

    python -m pages.reports mail

Exit codes: 0 done, 1 refused with the reason, 2 wrong usage.
"""

import argparse
import os
import sys

from data.problems import ExtractError
from data.words import LANGS, Lang, Words
from pages.reports import mail
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
    return 0


def _parser(words: Words) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m pages.reports", description=words.say("Alertes par courriel."))
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in (mail,):
        one = commands.add_parser(command.NAME, help=words.say(command.MEANING), description=words.say(command.MEANING))
        one.add_argument("--lang", choices=LANGS, help=words.say("langue des messages"))
        command.add_arguments(one, words)
        one.set_defaults(run=command.run)
    return parser


if __name__ == "__main__":
    sys.exit(main())
