"""Links of pages, from the addresses of a server to the files of the edition."""

import posixpath
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from data.words import Lang
from pages.public.targets import INDEX, Target

_DEFINITIONS: Final = "definitions"


@dataclass(frozen=True, slots=True)
class Links:
    """The files of the edition by the address of their page on a server."""

    files: dict[tuple[str, frozenset[tuple[str, str]]], str]

    @classmethod
    def of(cls, targets: Iterable[Target]) -> "Links":
        """The links between these pages."""
        return cls({(target.page.path, frozenset(target.query.items())): target.file for target in targets})

    def led(self, address: str, here: str, lang: Lang) -> str:
        """Where a link of a server leads from the page in the file `here`. Empty where it has no file: an order of a table, a lot."""
        parts = urlsplit(address)
        if parts.scheme or address.startswith("#"):
            return address
        # Files beside the page are named with their folder, as no page of the menu is.
        if parts.path.startswith("./"):
            return address
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        query.pop("lang", None)
        path = "" if parts.path == "." else parts.path
        if not parts.path:
            return ""
        term = query.pop("terme", "") if path == _DEFINITIONS else ""
        file = self.files.get((path, frozenset(query.items())))
        if file is None:
            return ""
        return relative(here, file, lang) + (f"#{term}" if term else "")


def file_name(file: str, lang: Lang) -> str:
    """The name of the file of a page, from the folder of the edition: French is at its root."""
    return f"{file}.html" if lang == "fr" else f"{lang}/{file}.html"


def web_path(file: str, lang: Lang) -> str:
    """As `file_name`, as it stands in an address: the first page is its folder."""
    return file_name(file, lang).removesuffix(f"{INDEX}.html")


def relative(here: str, file: str, lang: Lang, there: Lang | None = None) -> str:
    """The address of a page from another one, the same under any prefix and from a disk."""
    start = posixpath.dirname(file_name(here, lang))
    return posixpath.relpath(file_name(file, there or lang), start or ".")
