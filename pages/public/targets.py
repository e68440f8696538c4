"""What the public edition has: each page of the menu that needs no server, then each client, commune and clause type."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Final

from data.codes import ClauseCategory
from data.words import Words
from pages.frame.menu import MenuPage
from pages.frame.navigation import open_pages
from queries import answers
from queries.link import to_query
from queries.rights.access import Access
from queries.scope import Scope

INDEX: Final = "index"
EVERYTHING: Final = Scope()
# Nothing in the name of a file that an address or a file system would read otherwise.
_PLAIN: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,60}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One page of the edition. `query`: what the address has on a server, `scope`: its filters; `name`: of the one thing that it is about.

    `file`: its name without language and ending, such as `clients/CHU`.
    """

    page: MenuPage
    file: str
    name: str = ""
    query: dict[str, str] = field(default_factory=dict)
    scope: Scope = EVERYTHING


def edition_pages(access: Access) -> tuple[MenuPage, ...]:
    """The pages of the menu that the rights open and that are read as they are."""
    return tuple(
        page for page in open_pages(access.rights, several=access.release.has_several) if not page.needs_server
    )


def targets(access: Access, words: Words) -> Iterator[Target]:
    """Every page of the edition, in the same order in every language."""
    everything = Scope(include_uncounted=access.settings.counting.include_uncounted)
    pages = {page.path: page for page in edition_pages(access)}
    for path, page in pages.items():
        yield Target(page=page, file=path or INDEX, scope=everything)
    for client in answers.hours_by_client(access, everything):
        code = client["client_id"]
        yield Target(
            page=pages["clients"], file=f"clients/{_file(code)}", name=client["client_name"], query={"client": code},
            scope=everything,
        )  # fmt: skip
    for commune in answers.hours_by_commune(access, everything):
        place, name = commune["execution_commune"], commune["commune_name"]
        if place and name and commune["hours_validated"]:
            yield _filtered(pages["communes"], everything, "execution_communes", place, name)
    for clause in answers.hours_by_clause(access, everything):
        category = clause["clause_category"]
        yield _filtered(
            pages["clauses"], everything, "clause_categories", category, words.say(ClauseCategory.of(category).label)
        )


def _filtered(page: MenuPage, everything: Scope, filtered: str, code: str, name: str) -> Target:
    values: dict[str, Any] = {filtered: (code,)}
    scope = replace(everything, **values)
    query = to_query(scope, uncounted_by_default=everything.include_uncounted)
    return Target(page=page, file=f"{page.path}/{_file(code)}", name=name, query=query, scope=scope)


def _file(code: str) -> str:
    """The name of the file of a code: the code itself where it is plain, else what is plain in it and a hash."""
    if _PLAIN.fullmatch(code):
        return code
    plain = re.sub(r"[^A-Za-z0-9]+", "-", code).strip("-")[:40]
    return f"{plain or 'x'}-{hashlib.sha256(code.encode()).hexdigest()[:8]}"
