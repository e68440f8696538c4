"""Writes the whole edition: pages, files, pictures, the map of the site."""

import gzip
import hashlib
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from data.words import LANGS, Words
from pages.parts.charts import Chart
from pages.parts.filters.names import Names
from pages.parts.filters.sentence import filters_text
from pages.parts.image_downloads import about_image
from pages.parts.markup import html
from pages.parts.paper_charts.fonts import variable_font
from pages.parts.paper_charts.image import image_svg
from pages.parts.paper_charts.png import png_of
from pages.parts.read import Reading
from pages.public.elements import written
from pages.public.frame import Site, document
from pages.public.links import Links, file_name
from pages.public.page_file import PageFile, colour_variables
from pages.public.run import run_page
from pages.public.targets import Target, edition_pages, targets
from queries.rights.access import Access

HERE: Final = Path(__file__).parent
STYLE: Final = HERE.parent / "frame" / "style.css"
_PICTURE_SCALE: Final = 1.5  # pixels of a picture for each of its own


def write_site(folder: Path, access: Access, *, address: str, done: Callable[[str], None]) -> int:
    """Writes every page in every language into a folder; the number of pages. PageError where one cannot be made.

    `address`: of the edition on the web, without a slash at its end; empty where it is not known: then there is no map of the site.
    `done` is called with each page.
    """
    assets = _assets(folder)
    french = list(targets(access, Words("fr")))
    links = Links.of(french)
    for lang in LANGS:
        words = Words(lang)
        pages = edition_pages(access)
        reading = Reading(words=words, access=access, scope=french[0].scope, pages=pages)
        site = Site(reading=reading, links=links, address=address, assets=assets)
        for target in targets(access, words):
            _write_page(folder, site, target)
            done(file_name(target.file, lang))
    if address:
        _write_map(folder, french, links, address, access)
    return len(french) * len(LANGS)


def _write_page(folder: Path, site: Site, target: Target) -> None:
    access, words = site.reading.access, site.words
    name = file_name(target.file, words.lang)
    file = folder / name
    prefix = words.say("demonstration") + "_" if access.release.demo else ""
    beside = file.with_suffix("")
    page_file = PageFile(
        words=words, led=partial(site.links.led, here=target.file, lang=words.lang), folder=beside, beside=beside.name,
        web=site.web(target), prefix=prefix,
    )  # fmt: skip
    filters = filters_text(access.rights.narrowed(target.scope), Names(access, words))
    reading = replace(site.reading, scope=target.scope, filters=filters, edition=page_file)
    page = written(run_page(target, reading), page_file)
    picture = ""
    if page_file.charts and site.address:
        beside.mkdir(parents=True, exist_ok=True)
        (beside / "image.png").write_bytes(_picture(page_file.charts[0][0], reading, page.title, page.answer))
        picture = f"{site.address}/{name.removesuffix('.html')}/image.png"
    file.parent.mkdir(parents=True, exist_ok=True)
    _write_both(file, document(site, target, page, picture=picture).encode())


def _write_both(file: Path, held: bytes) -> None:
    """The file as it is, and compressed once for all readers: nginx takes it with gzip_static."""
    file.write_bytes(held)
    file.with_name(f"{file.name}.gz").write_bytes(gzip.compress(held, mtime=0))


def _picture(chart: Chart, reading: Reading, title: str, answer: str) -> bytes:
    """The picture that stands for the page where its link is shared: its question, its answer, its first chart."""
    return png_of(image_svg([chart], about_image(reading, title, answer)), scale=_PICTURE_SCALE)


def _assets(folder: Path) -> dict[str, str]:
    """Writes style sheet, font and icon; their names, each with a hash of what it holds so that it may be kept for a year."""
    made = folder / "assets"
    made.mkdir()
    font = _named(made, "source-sans.woff2", variable_font().read_bytes())
    own = html("public/theme.css", variables=colour_variables(), font=font)
    sheets = (STYLE, HERE / "public.css")
    style = "\n".join([own, *(sheet.read_text(encoding="utf-8") for sheet in sheets)])
    icon = (STYLE.parent / "icon.svg").read_bytes()
    return {
        "style": "assets/" + _named(made, "style.css", style.encode()),
        "icon": "assets/" + _named(made, "icon.svg", icon),
    }


def _named(folder: Path, name: str, held: bytes) -> str:
    stem, _, ending = name.partition(".")
    file_name = f"{stem}.{hashlib.sha256(held).hexdigest()[:12]}.{ending}"
    _write_both(folder / file_name, held)
    return file_name


def _write_map(folder: Path, targets: list[Target], links: Links, address: str, access: Access) -> None:
    """sitemap.xml with every page in its languages, and robots.txt that names it."""
    site = Site(reading=Reading(words=Words("fr"), access=access, scope=targets[0].scope), links=links, address=address, assets={})  # fmt: skip
    entries = [[(lang, site.web(target, lang)) for lang in LANGS] for target in targets]
    day = access.release.published_at.date().isoformat()
    (folder / "sitemap.xml").write_text(html("public/sitemap.xml", entries=entries, day=day), encoding="utf-8")
    (folder / "robots.txt").write_text(f"User-agent: *\nAllow: /\nSitemap: {address}/sitemap.xml\n", encoding="utf-8")
