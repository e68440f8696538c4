"""`python -m pages.reports sheet`: one sheet, or one for each commune, client or clause category in a zip."""

import argparse
import re
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from data.words import N_, Words, folded
from pages.parts.clause_sentences import clause_name
from pages.reports.sheets import sheet
from pages.reports.shell import access_and_scope, whole_file
from queries import answers
from queries.rights.access import Access
from queries.scope import Scope
from queries.shell import add_filters, add_reader

NAME: Final = "sheet"
MEANING: Final = N_("une fiche d’une page, en PDF")
EACH: Final = {"client": "clients", "commune": "execution_communes", "clause": "clause_categories"}


def add_arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    """The file, whether there is one sheet or many, the filters and the reader."""
    parser.add_argument("--out", type=Path, metavar="FILE", required=True, help=words.say("écrit dans ce fichier"))
    parser.add_argument(
        "--each", choices=EACH, help=words.say("une fiche pour chacun, dans un zip\u00a0: communes, maîtres d’ouvrage ou types de clause")
    )  # fmt: skip
    add_reader(parser, words)
    add_filters(parser, words)


def run(given: argparse.Namespace, words: Words) -> None:
    """Writes the file. Raises QueryError with the reason when there is nothing to write, OSError when it cannot be."""
    access, scope = access_and_scope(given)
    if given.each is None:
        made = sheet(access, scope, words)
        with whole_file(given.out) as out:
            out.write(made)
        return
    with whole_file(given.out) as out, zipfile.ZipFile(out, "w") as archive:
        for name, made in sheets(access, scope, words, given.each):
            archive.writestr(name, made)


def sheets(access: Access, scope: Scope, words: Words, each: str) -> Iterator[tuple[str, bytes]]:
    """The name and the bytes of each sheet. `each`: client, commune or clause, within the scope."""
    field = EACH[each]

    def made(named: tuple[str, str]) -> tuple[str, bytes]:
        value, name = named
        one: dict[str, Any] = {field: (value,)}
        return f"{_file_name(name)}.pdf", sheet(access, replace(scope, **one), words)

    with ThreadPoolExecutor(access.settings.engine.threads) as threads:
        yield from threads.map(made, values(access, scope, each, words))


def values(access: Access, scope: Scope, each: str, words: Words) -> list[tuple[str, str]]:
    """Code and name of the clients and categories that have a lot in scope; of all communes of the authority, without hours too."""
    if each == "client":
        return [
            (row["client_id"], f"{row['client_name']} {row['client_id']}")
            for row in answers.hours_by_client(access, scope)
        ]
    if each == "clause":
        codes = [row["clause_category"] for row in answers.hours_by_clause(access, scope)]
        return [(code, clause_name(code, words)) for code in codes]
    allowed = access.rights.narrowed(scope).execution_communes
    return [
        (code, f"{row['commune_name']} {code}")
        for row in answers.commune_map(access, scope)
        if (code := row["execution_commune"]) and row["place"] == "member" and (allowed is None or code in allowed)
    ]


def _file_name(text: str) -> str:
    """Rouen (76540) as Rouen_76540: letters that every system takes."""
    return re.sub(r"[^A-Za-z0-9]+", "_", folded(text).title()).strip("_")
