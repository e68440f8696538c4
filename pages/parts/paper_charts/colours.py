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
def _light() -> dict[str, str]:
    told = tomllib.loads(_CONFIG.read_text(encoding="utf-8"))["theme"]["light"]
    return {
        **dict(zip(_MEASURES, told["chartCategoricalColors"], strict=True)),
        theme.TEXT: told["textColor"],
        theme.BACKGROUND: told["backgroundColor"],
    }


def on_paper(colour: str) -> str:
    """The colour as it is printed: a placeholder by the light theme's, another one as it is."""
    return _light().get(colour, colour)
