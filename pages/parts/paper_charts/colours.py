"""The colours of the light theme, for paper: what stands in figures as Streamlit's placeholders."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Final

from pages.parts import theme

_CONFIG: Final = Path(__file__).parents[3] / ".streamlit" / "config.toml"
# In the order of `chartCategoricalColors`.
_MEASURES: Final = (theme.VALIDATED, theme.PENDING, theme.COMMITTED, theme.OPENING, theme.GRID, theme.MUTED)


@cache
def theme_colours(name: str) -> dict[str, str]:
    """The colours of a theme, `light` or `dark`, by their placeholders."""
    colours = tomllib.loads(_CONFIG.read_text(encoding="utf-8"))["theme"][name]
    return {
        **dict(zip(_MEASURES, colours["chartCategoricalColors"], strict=True)),
        theme.TEXT: colours["textColor"],
        theme.BACKGROUND: colours["backgroundColor"],
    }


def on_paper(colour: str) -> str:
    """The colour as it is printed: a placeholder by the light theme's, another one as it is."""
    return theme_colours("light").get(colour, colour)
