"""Source Sans as static TrueType files, made from the variable font that Streamlit ships, and how wide its texts are.

Typst needs files of one weight each. They are made once on a machine, with the glyphs of European languages and of our marks (68 kB a
weight).
"""

import os
import tempfile
import unicodedata
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from data.release.releases import extracts_folder
from pages.parts.streamlit_internals import streamlit_files

FAMILY: Final = "Source Sans 3"
# On a machine that has not our font, an SVG takes the next one.
FAMILIES: Final = "'Source Sans 3', 'Source Sans', 'Source Sans Pro', Arial, sans-serif"
REGULAR: Final = 400
BOLD: Final = 600
# Latin with all its accents, punctuation, currency, arrows, mathematical signs, boxes and circled numbers.
_GLYPHS: Final = (*range(0x20, 0x250), *range(0x2000, 0x2070), *range(0x2070, 0x20D0), *range(0x2100, 0x2C00))
# Signs of Typst's own fonts, tried one by one: circled numbers, superscripts of 1er, Greek and Cyrillic letters.
_ELSEWHERE: Final = frozenset(
    {*range(0x2460, 0x2474), 0x25C7, 0x1D49, 0x02B3, 0x2060, *range(0x3B1, 0x3C9), *range(0x410, 0x450)}
)
_LIKE: Final = {"\u2715": "×", "\n": " ", "\t": " "}
_ENDING: Final = {REGULAR: "Regular", BOLD: "SemiBold"}


@cache
def fonts_folder() -> Path:
    """The folder of the two font files; they are made when they are not there. OSError where none can be written."""
    for parent in _caches():
        folder = parent / f"cap-insertion-fonts-{variable_font().stem.rsplit('.', 1)[-1]}"
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            # Nobody else's folder; Windows has no such number, and gives an account its own.
            if not hasattr(os, "getuid") or folder.stat().st_uid == os.getuid():
                _fill(folder)
                return folder
        except OSError:
            continue
    raise OSError("no folder for fonts can be written")


def font_file(weight: int) -> Path:
    """The file of a weight."""
    return fonts_folder() / f"SourceSans3-{_ENDING[weight]}.ttf"


def _caches() -> list[Path]:
    """Where files may be kept: the account's cache, the extracts, the folder of temporary files."""
    cache = os.environ.get("XDG_CACHE_HOME") or (os.environ.get("HOME") and str(Path.home() / ".cache"))
    return [*([Path(cache)] if cache else []), extracts_folder(), Path(tempfile.gettempdir())]


def variable_font() -> Path:
    """The variable font of Streamlit’s pages; its name ends with what it holds, so that another one has another folder."""
    (source,) = (streamlit_files() / "static" / "media").glob("SourceSansVF-Upright*.woff2")
    return source


def _fill(folder: Path) -> None:
    missing = {weight: folder / f"SourceSans3-{_ENDING[weight]}.ttf" for weight in _ENDING}
    missing = {weight: file for weight, file in missing.items() if not file.exists()}
    if not missing:
        return
    font = _latin()
    for weight, file in missing.items():
        # Two processes that start at once each write a file of their own, and the later one stays.
        with tempfile.NamedTemporaryFile(dir=folder, suffix=".part", delete=False) as made:
            made.write(_static(font, weight))
        Path(made.name).replace(file)


def _latin() -> Any:
    """The variable font with the glyphs that we need."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    font: Any = TTFont(variable_font())
    font.flavor = None
    options = Options(layout_features=["kern", "mark", "mkmk", "ccmp", "locl", "tnum"], notdef_outline=True)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=_GLYPHS)
    subsetter.subset(font)
    return font


def _static(font: Any, weight: int) -> bytes:
    """The font at one weight, under a name of its own."""
    from fontTools.varLib import instancer

    made = instancer.instantiateVariableFont(font, {"wght": weight})
    ending = _ENDING[weight]
    names = {
        1: FAMILY,
        2: ending,
        3: f"{FAMILY} {ending}",
        4: f"{FAMILY} {ending}",
        6: f"SourceSans3-{ending}",
        16: FAMILY,
        17: ending,
    }
    for name_id in (*names, 21, 22, 25):
        made["name"].removeNames(nameID=name_id)
    for name_id, text in names.items():
        made["name"].setName(text, name_id, 3, 1, 0x409)
    made["OS/2"].usWeightClass = weight
    out = BytesIO()
    made.save(out)
    return out.getvalue()


@cache
def _advances(weight: int) -> tuple[dict[int, int], int]:
    """The width of each character, in parts of the size, and the size itself, of one that the font does not have."""
    from fontTools.ttLib import TTFont

    with TTFont(font_file(weight)) as font:
        widths = font["hmtx"].metrics
        advances = {code: widths[name][0] for code, name in font.getBestCmap().items()}
        return advances, font["head"].unitsPerEm


def printable(text: str) -> str:
    """The text with signs that the fonts on paper have: an accessible PDF with another one is refused as a whole."""
    advances, _ = _advances(REGULAR)
    return "".join(sign if ord(sign) in advances or ord(sign) in _ELSEWHERE else _nearest(sign) for sign in text)


def _nearest(sign: str) -> str:
    """What stands for a sign that no font has: one that looks like it, its letter without its marks, else a question mark."""
    plain = _LIKE.get(sign) or unicodedata.normalize("NFKD", sign)
    return plain if all(ord(one) in _advances(REGULAR)[0] for one in plain) else "?"


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a text is, in the unit of its size."""
    advances, unit = _advances(BOLD if bold else REGULAR)
    return sum(advances.get(ord(sign), unit) for sign in text) * size / unit


def wrapped(text: str, size: float, width: float, *, bold: bool = False) -> list[str]:
    """The text in lines that are not wider; a word that is wider has a line of its own. No-break spaces hold."""
    lines: list[str] = []
    for word in text.replace("\n", " ").split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size, bold=bold) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
