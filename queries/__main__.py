"""The shell command: any question of the dashboard, with the same filters as the screens.

    python -m queries hours_by_year --from-year 2019 --client CHU --format json

Exit codes: 0 answered, 1 refused with the reason, 2 wrong usage.
"""

import argparse
import os
import sys
from pathlib import Path

from data.commands import write_plainly
from data.problems import ExtractError
from data.release.pointer import current_release
from data.settings import load_settings
from data.words import LANGS, N_, Lang, Words
from queries.engine import Database
from queries.errors import QueryError
from queries.files.write import FORMATS
from queries.open_release import open_release
from queries.questions import question, questions
from queries.rights.access import Access
from queries.shell import access_of, add_filters, add_reader, check_open, scope_of


def main(arguments: list[str] | None = None) -> int:
    """Runs the command; returns its exit code."""
    default: Lang = "en" if (os.environ.get("LC_ALL") or os.environ.get("LANG") or "").startswith("en") else "fr"
    parser = _parser(Words(default))
    given = parser.parse_args(arguments)
    words = Words(given.lang or default)
    if given.list:
        for name, listed in questions().items():
            print(f"{name:32} {words.say(listed.text)}")
        return 0
    if given.question is None:
        parser.error(words.say("nommez une question, ou demandez --list."))
    try:
        answer = _answer(given)
    except (QueryError, ExtractError) as error:
        print(error.text(words), file=sys.stderr)
        return 1
    if given.out is None:
        _print(answer)
        return 0
    try:
        given.out.write_bytes(answer)
    except OSError as error:
        print(words.say("impossible d’écrire {file} ({error}).", file=given.out, error=error.strerror), file=sys.stderr)
        return 1
    return 0


def _answer(given: argparse.Namespace) -> bytes:
    wanted = question(given.question)
    release = current_release()
    if release is None:
        raise QueryError(N_("aucune publication\u00a0: lancez d’abord python -m data.publish."))
    settings = load_settings()
    database = open_release(release, settings)
    # Without a reader the answer is exact, for those who hold the files anyway.
    asking: Access | Database = access_of(given, database) or database
    scope = scope_of(given)
    if isinstance(asking, Access):
        check_open(asking, scope)
    parameters = dict(entry.split("=", 1) for entry in given.param)
    if given.since is not None:
        parameters["since"] = given.since
    return FORMATS[given.format](asking.ask(wanted.name, scope, **parameters))


def _print(answer: bytes) -> None:
    try:
        sys.stdout.buffer.write(answer)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # `… | head` has read enough: leave nothing to be flushed into the closed pipe when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _parameter(text: str) -> str:
    if "=" not in text:
        raise argparse.ArgumentTypeError("NAME=VALUE")
    return text


def _parser(words: Words) -> argparse.ArgumentParser:
    say = words.say
    parser = argparse.ArgumentParser(
        prog="python -m queries", description=say("Une question du tableau de bord, avec les filtres des écrans.")
    )
    parser.add_argument("question", nargs="?", metavar="QUESTION", help=say("son nom, tel que --list le donne"))
    parser.add_argument("--list", action="store_true", help=say("les questions possibles"))
    parser.add_argument("--format", choices=FORMATS, default="table", help=say("csv est fait pour Excel en français"))
    parser.add_argument("--out", type=Path, metavar="FILE", help=say("écrit dans ce fichier"))
    parser.add_argument("--lang", choices=LANGS, help=say("langue des messages"))
    parser.add_argument(
        "--param",
        action="append",
        default=[],
        type=_parameter,
        metavar="NAME=VALUE",
        help=say("un paramètre propre à la question, comme contract_id pour lot_months"),
    )
    parser.add_argument(
        "--since",
        metavar="RELEASE",
        help=say("pour changes_since\u00a0: la publication antérieure, sinon la précédente"),
    )
    add_reader(parser, words)
    add_filters(parser, words)
    return parser


if __name__ == "__main__":
    write_plainly()
    sys.exit(main())
