"""What a sheet or a report says of itself: whose it is, of what date, under which filters, where its view is."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from data.words import Words
from pages.parts.authority import authority_name
from pages.parts.embed import BLOCK
from pages.parts.filters.names import Names
from pages.parts.filters.sentence import filters_text
from pages.parts.read import Reading
from pages.reports.document import Block, Document
from pages.reports.logo import logo_svg
from queries.link import to_query
from queries.rights.access import Access
from queries.scope import Scope


def filters_line(access: Access, scope: Scope, words: Words) -> str:
    """The filters that the reader's rights leave: "Filtres : aucun"."""
    text = filters_text(access.rights.narrowed(scope), Names(access, words))
    return words.named(words.say("Filtres"), text or words.say("aucun"))


def data_line(access: Access, words: Words) -> str:
    """The date of the data: "Données au 31/10/2026"."""
    return words.say("Données au {day}", day=words.short_date(access.release.data_as_of))


def view_address(access: Access, scope: Scope, words: Words, path: str, server: str = "", **more: str) -> str:
    """The address of a view: on `server`, else on the one of the settings; empty where neither is known."""
    query = {**more, **to_query(scope, uncounted_by_default=access.settings.counting.include_uncounted)}
    if words.lang != "fr":
        query["lang"] = words.lang
    return _address(access, path, server, query)


def page_view(current: Reading, server: str, query: Mapping[str, str]) -> str:
    """The address of the page as the reader has it, with what is chosen on it."""
    kept = {key: value for key, value in query.items() if key != BLOCK}
    return _address(current.access, current.path, server, kept)


def _address(access: Access, path: str, server: str, query: Mapping[str, str]) -> str:
    server = server or access.settings.paper.address
    if not server:
        return ""
    address = f"{server.rstrip('/')}/{path}"
    return f"{address}?{urlencode(query, safe=',')}" if query else address


def document(
    access: Access, scope: Scope, words: Words, title: str, blocks: list[Block], *, address: str = "", **more: Any
) -> Document:
    """A document of the reader's view."""
    authority = authority_name(access.settings, words)
    return Document(
        title=title,
        lang=words.lang,
        authority=authority,
        facts=(filters_line(access, scope, words), data_line(access, words)),
        blocks=tuple(blocks),
        address=address,
        mark=words.say("Démonstration, chiffres inventés") if access.release.demo else "",
        logo=logo_svg(access.settings, authority),
        **more,
    )
