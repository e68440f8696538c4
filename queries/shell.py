"""What commands have in common: the filters of the screens and the reader they answer, as arguments."""

import argparse
from typing import Any

from data.words import N_, Words
from queries.engine import Database
from queries.errors import QueryError
from queries.filters import FILTERS
from queries.link import month_of
from queries.rights.access import Access
from queries.rights.readers import known_reader
from queries.rights.trace import Surface
from queries.scope import Scope


def add_reader(parser: argparse.ArgumentParser, words: Words) -> None:
    """The arguments that name a reader."""
    say = words.say
    reader = parser.add_argument_group(say("comme un lecteur, avec les droits que settings.toml lui ouvre"))
    reader.add_argument("--as", dest="reader", metavar="EMAIL", help=say("son courriel"))
    reader.add_argument(
        "--group", action="append", default=[], metavar="GROUP", help=say("un de ses groupes, répétable")
    )


def add_filters(parser: argparse.ArgumentParser, words: Words) -> None:
    """An argument for each filter, those of years, and what counts in the total."""
    say = words.say
    group = parser.add_argument_group(say("filtres, répétables"))
    group.add_argument("--from-year", type=int, metavar="YEAR", help=say("première année travaillée"))
    group.add_argument("--to-year", type=int, metavar="YEAR", help=say("dernière année travaillée"))
    group.add_argument(
        "--from-month", type=month_of, metavar="YYYY-MM", help=say("premier mois travaillé, sans les années")
    )
    group.add_argument(
        "--to-month", type=month_of, metavar="YYYY-MM", help=say("dernier mois travaillé, sans les années")
    )
    for name, declared in FILTERS.items():
        possible = declared.possible
        group.add_argument(
            declared.flag,
            dest=name,
            action="append",
            choices=possible,
            metavar=declared.metavar,
            help=say(declared.meaning) if possible is None else ", ".join(possible),
        )
    group.add_argument("--include-uncounted", action="store_true", help=say("ajoute les lots hors du total"))


def scope_of(given: argparse.Namespace) -> Scope:
    """The scope of the arguments. Raises QueryError for a value that no filter has."""
    filters: dict[str, Any] = {
        name: None if (values := getattr(given, name)) is None else tuple(values) for name in FILTERS
    }
    return Scope(
        first_year=given.from_year,
        last_year=given.to_year,
        first_month=given.from_month,
        last_month=given.to_month,
        **filters,
        include_uncounted=given.include_uncounted,
    )


def access_of(given: argparse.Namespace, database: Database) -> Access | None:
    """The access of the reader that the arguments name; None when they name none. Raises AccessError for one without rights."""
    if given.reader is None and not given.group:
        return None
    reader = known_reader(database.settings.access, given.reader or "", given.group)
    return Access(database=database, rights=reader.rights, reader=reader.name, surface=Surface.SHELL)


def check_open(access: Access, scope: Scope) -> None:
    """Raises QueryError when the reader's role may not use one of the filters."""
    if closed := access.rights.closed_filters(scope):
        raise QueryError(
            N_("vos droits n’ouvrent pas ces filtres\u00a0: {filters}."),
            filters=", ".join(declared.flag for declared in closed),
        )
