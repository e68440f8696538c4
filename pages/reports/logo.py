"""The authority's logo, a file in the settings, as SVG."""

import base64
from typing import Final
from xml.etree.ElementTree import ParseError, fromstring

from data.settings import Settings, settings_file
from data.words import N_
from pages.parts.paper_charts.svg import add, drawing, written
from queries.errors import QueryError

_PNG: Final = b"\x89PNG\r\n\x1a\n"


def logo_svg(settings: Settings, authority: str) -> str:
    """The logo of `authority`; empty without one. Raises QueryError when the file cannot be read, or is neither SVG nor PNG."""
    if not settings.paper.logo:
        return ""
    file = settings_file().parent / settings.paper.logo
    try:
        held = file.read_bytes()
    except OSError as error:
        raise QueryError(N_("logo illisible\u00a0: {file} ({error})."), file=file.name, error=error.strerror) from error
    return picture_svg(held, file.name, authority)


def picture_svg(held: bytes, name: str, authority: str) -> str:
    """The SVG of a file's bytes. Raises QueryError when they are neither SVG nor PNG."""
    if held.startswith(_PNG):
        width, height = int.from_bytes(held[16:20]), int.from_bytes(held[20:24])
        within = drawing(width, height, authority, "")
        add(
            within, "image", width=width, height=height, href=f"data:image/png;base64,{base64.b64encode(held).decode()}"
        )
        return written(within)
    try:
        if fromstring(held).tag.endswith("}svg"):
            return held.decode()
    except (ParseError, UnicodeDecodeError):
        pass
    raise QueryError(N_("le logo {file} n’est ni un SVG ni un PNG."), file=name)
