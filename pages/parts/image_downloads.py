"""The control at a chart that makes its picture when it is clicked: PNG for a document, SVG to be enlarged."""

from collections.abc import Callable, Sequence

import streamlit as st

from pages.parts.authority import authority_name
from pages.parts.charts import Chart
from pages.parts.embed import show_embed_code
from pages.parts.paper_charts.image import About, image_svg
from pages.parts.paper_charts.png import png_of
from pages.parts.read import Reading, reading
from queries.rights.trace import Surface


def show_images(charts: Sequence[Chart], key: str, *, title: str = "", sentence: str = "", columns: int = 1) -> None:
    """One control for charts that belong together, `columns` of them side by side; nothing is made before a click.

    `title`, `sentence`: of the picture; those of the first chart without.
    """
    current = reading()
    if current.edition is not None:
        return
    words, release = current.words, current.access.release
    title = title or charts[0].name

    def made(finish: Callable[[str], bytes]) -> Callable[[], bytes]:
        def make() -> bytes:
            about = about_image(current, title, sentence or charts[0].summary)
            current.access.trace(f"image_{key}", current.scope, len(charts), surface=Surface.EXPORT)
            return finish(image_svg(charts, about, columns=columns))

        return make

    prefix = words.say("demonstration") + "_" if release.demo else ""
    name = f"{prefix}{key}_{release.data_as_of.isoformat()}"
    label = words.named(words.say("Image"), title)
    with st.popover(label, type="tertiary", icon=":material/image:", key=f"images_{key}"), st.container(gap=None):
        for text, ending, mime, finish in (
            (words.say("PNG, pour un document"), ".png", "image/png", png_of),
            (words.say("SVG, à agrandir"), ".svg", "image/svg+xml", str.encode),
        ):
            st.download_button(
                text, made(finish), file_name=name + ending, mime=mime, on_click="ignore", key=f"image_{key}{ending}", type="tertiary"
            )  # fmt: skip
        show_embed_code(key, title)


def about_image(current: Reading, title: str, sentence: str) -> About:
    """What a picture of the reader's view says of itself."""
    words, release = current.words, current.access.release
    source = words.say(
        "Source\u00a0: {authority}\u202f; données au {day}",
        authority=authority_name(current.settings, words),
        day=words.short_date(release.data_as_of),
    )
    filters = current.filters or words.say("aucun")
    return About(
        title=title,
        sentence=sentence,
        foot=(words.named(words.say("Filtres"), filters), source),
        mark=words.say("Démonstration, chiffres inventés") if release.demo else "",
    )
