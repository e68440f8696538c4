"""A picture as PNG, and the one place that runs Typst."""

from typing import Any, Literal

from pages.parts.paper_charts.fonts import fonts_folder


def png_of(svg: str, *, scale: float = 2) -> bytes:
    """The SVG as PNG, so many pixels for each of its own."""
    source = '#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.at("svg")))'
    # A pixel of the picture is three quarters of a point.
    return typeset(source, format="png", ppi=96 * scale, inputs={"svg": svg})


def typeset(
    source: str,
    *,
    format: Literal["pdf", "png"],
    inputs: dict[str, str],
    ppi: float | None = None,
    accessible: bool = False,
) -> bytes:
    """What Typst makes of a source: PDF or PNG. Only our fonts are used; nothing is read from disk or network but `inputs`.

    `accessible`: PDF/UA-1, which fails where a heading, a language or a text for a picture is missing.
    """
    import typst

    options: dict[str, Any] = {"pdf_standards": ["ua-1"]} if accessible else {}
    if ppi is not None:
        options["ppi"] = ppi
    made = typst.compile(
        source.encode(), format=format, sys_inputs=inputs, font_paths=[str(fonts_folder())], ignore_system_fonts=True,
        **options,
    )  # fmt: skip
    return bytes(made if isinstance(made, bytes) else made[0])
