"""What leaves the pages: sheets and reports, and blocks in the frames of other sites. Entries of settings.toml."""

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


NO_PAPER: Final = Paper()
NO_EMBED: Final = Embed()


def is_site(text: str) -> bool:
    """Whether a text is the address of a site, and nothing more."""
    return _SITE.fullmatch(text) is not None
