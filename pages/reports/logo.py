"""The authority's logo, a file in the settings, as SVG."""

import base64
from typing import Final

from data.settings import Settings, settings_file
from data.words import N_
from queries.errors import QueryError

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_WITHIN: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
    '<image width="{width}" height="{height}" href="data:image/png;base64,{data}"/></svg>'
)


def logo_svg(settings: Settings) -> str:
    """The logo; empty without one. Raises QueryError when the file cannot be read, or is neither SVG nor PNG."""
    if not settings.paper.logo:
        return ""
    file = settings_file().parent / settings.paper.logo
    try:
        held = file.read_bytes()
    except OSError as error:
        raise QueryError(N_("logo illisible\u00a0: {file} ({error})."), file=file.name, error=error.strerror) from error
    if held.startswith(_PNG):
        width, height = int.from_bytes(held[16:20]), int.from_bytes(held[20:24])
        return _WITHIN.format(width=width, height=height, data=base64.b64encode(held).decode())
    try:
        text = held.decode()
    except UnicodeDecodeError:
        text = ""
    if "<svg" not in text:
        raise QueryError(N_("le logo {file} n’est ni un SVG ni un PNG."), file=file.name)
    return text
