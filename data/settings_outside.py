"""What leaves the pages: sheets and reports, blocks in the frames of other sites, the public edition. Entries of settings.toml."""

import re
from dataclasses import dataclass
from typing import Final

# Nothing that could end the header that it stands in, nor a path.
_SITE: Final = re.compile(r"https?://(\*\.)?[A-Za-z0-9.-]+(:\d{1,5})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What sheets and reports have of the authority. `logo`: a file in SVG or PNG, beside settings.toml unless absolute. `address`:
    of the server, for the address of the view on what the shell makes; a page knows its own.
    """

    logo: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Embed:
    """The sites whose pages may show ours in a frame: https://intranet.example, with a port where it has one."""

    sites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicEdition:
    """Where each publish writes the public edition, an absolute path; nowhere when `folder` is empty. `address`: of the edition on the web,
    https://…, whatever its path.
    """

    folder: str = ""
    address: str = ""


NO_PAPER: Final = Paper()
NO_EMBED: Final = Embed()
NO_EDITION: Final = PublicEdition()


def is_web_address(text: str) -> bool:
    """Whether a text is the address of a site, or of a folder of one."""
    site, slash, path = text.removeprefix("https://").removeprefix("http://").partition("/")
    return is_site(text.removesuffix(f"{slash}{path}")) and bool(site) and not re.search(r"[\s\"<>?#]", path)


def is_site(text: str) -> bool:
    """Whether a text is the address of a site, and nothing more."""
    return _SITE.fullmatch(text) is not None
