"""Colours and the bare layout of every chart.

The colours of measures are Streamlit's own placeholders: the browser puts in those of the light or the dark theme in
`.streamlit/config.toml`, so one figure serves both and a change of theme needs no run. Clause categories have fixed
colours that keep a contrast of 3 against both backgrounds.
"""

from typing import Any, Final

from data.codes import ClauseCategory
from data.words import Words
from pages.parts.drawing import Drawing
from pages.parts.streamlit_internals import streamlit_plotly_theme as placeholders

VALIDATED: Final = placeholders.CATEGORY_0
PENDING: Final = placeholders.CATEGORY_1
COMMITTED: Final = placeholders.CATEGORY_2
OPENING: Final = placeholders.CATEGORY_3
GRID: Final = placeholders.CATEGORY_4
TEXT: Final = placeholders.GRAY_90
MUTED: Final = placeholders.CATEGORY_5
BACKGROUND: Final = placeholders.BG_COLOR

# Okabe and Ito's colour-blind-safe hues, each brought to a luminance that reads on white and on near black.
CLAUSE_COLOURS: Final[dict[str, str]] = {
    ClauseCategory.EXECUTION: "#2f6fb5",
    ClauseCategory.EXECUTION_CRITERION: "#3d8fa6",
    ClauseCategory.CRITERION: "#b8741a",
    ClauseCategory.INSERTION: "#a0528c",
    ClauseCategory.RESERVED_IAE: "#1f8a63",
    ClauseCategory.RESERVED_DISABILITY: "#c25a2b",
    ClauseCategory.RESERVED_ESS: "#6f7f2a",
    ClauseCategory.RESERVED_PRISON: "#8a6fc0",
    ClauseCategory.MEANS: "#7c7f86",
    ClauseCategory.PRIVATE: "#7c7f86",
    ClauseCategory.UNKNOWN: "#7c7f86",
}

FONT_SIZE: Final = 13
CONFIG: Final[dict[str, Any]] = {
    "displaylogo": False,
    "modeBarButtonsToRemove": [
        "zoom2d", "pan2d", "select2d", "lasso2d", "zoomIn2d", "zoomOut2d", "autoScale2d", "resetScale2d",
    ],
    "scrollZoom": False,
    "typesetMath": False,  # a price between two $ is no formula
}  # fmt: skip


def config(words: Words, file_name: str) -> dict[str, Any]:
    """Plotly's own words in the reader's language; only the picture download is left in the mode bar."""
    dictionary = {"Download plot as a PNG": words.say("Télécharger l’image"), "Download plot": words.say("Télécharger")}
    return {
        **CONFIG,
        "toImageButtonOptions": {"filename": file_name, "format": "png", "scale": 2},
        "locale": words.lang,
        "locales": {words.lang: {"dictionary": dictionary, "format": {}}},
    }


def figure(words: Words, height: int, y_title: str = "") -> Drawing:
    """An empty figure: no zoom by accident, few grid lines, room for labels, numbers in the reader's language."""
    drawn = Drawing()
    drawn.update_layout(
        height=height,
        margin={"l": 8, "r": 8, "t": 28, "b": 8},
        showlegend=False,
        dragmode=False,
        hovermode="closest",
        separators=",\u202f" if words.lang == "fr" else ".,",
        font={"size": FONT_SIZE},
        hoverlabel={"align": "left"},
        bargap=0.25,
    )
    drawn.update_xaxes(
        fixedrange=True,
        showgrid=False,
        zeroline=False,
        title=None,
        ticks="outside",
        ticklen=4,
        tickfont={"color": MUTED},
    )
    drawn.update_yaxes(
        fixedrange=True,
        showgrid=True,
        gridcolor=GRID,
        zeroline=False,
        rangemode="tozero",
        automargin=True,
        title=None,
        tickfont={"color": MUTED},
    )
    if y_title:
        # Above the axis and level, not sideways: it is read first, and costs no width on a phone.
        drawn.add_annotation(
            text=y_title, xref="paper", yref="paper", x=0, y=1, xanchor="left", yanchor="bottom", yshift=6,
            showarrow=False, font={"size": FONT_SIZE, "color": MUTED},
        )  # fmt: skip
    return drawn
