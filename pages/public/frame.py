"""What stands around each page of the edition: head of the document, menu, whose figures and how fresh, foot."""

import posixpath
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from data.words import LANGS, Lang, Words
from pages.frame.line import freshness_texts
from pages.parts.authority import authority_name
from pages.parts.conformity import level_text
from pages.parts.contacts import contact_address
from pages.parts.filters.names import Names
from pages.parts.filters.sentence import filters_text
from pages.parts.markup import already_html, html
from pages.parts.read import Reading, SitePage
from pages.public.elements import Written
from pages.public.links import Links, file_name, relative, web_path
from pages.public.targets import INDEX, Target

_LOCALES: Final[dict[Lang, str]] = {"fr": "fr_FR", "en": "en_GB"}
_NAMES: Final[dict[Lang, str]] = {"fr": "Français", "en": "English"}
_LONGEST: Final = 300  # characters of a description


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What all pages of one language share.

    `reading`: of the public reader, without filters. `address`: of the edition on the web, empty where it is not known; `assets`: its own
    files, by what they are.
    """

    reading: Reading
    links: Links
    address: str
    assets: dict[str, str]

    @property
    def words(self) -> Words:
        """The language."""
        return self.reading.words

    def web(self, target: Target, lang: Lang | None = None) -> str:
        """The address of a page on the web; empty where that of the edition is not known."""
        return self.address and f"{self.address}/{quote(web_path(target.file, lang or self.words.lang))}"


def filters_line(site: Site, target: Target) -> str:
    """The filter that makes the page, in words: "Commune d’exécution : Elbeuf"; empty without."""
    access = site.reading.access
    text = filters_text(access.rights.narrowed(target.scope), Names(access, site.words)) if target.name else ""
    return text[:1].upper() + text[1:]


def document(site: Site, target: Target, page: Written, *, picture: str) -> str:
    """The whole page. `picture`: the address of its picture on the web, empty without."""
    words, access = site.words, site.reading.access
    authority, release = authority_name(access.settings, words), access.release
    menu_title, filters = words.say(target.page.title), filters_line(site, target)
    other: Lang = "en" if words.lang == "fr" else "fr"
    return html(
        "public/page.html",
        lang=words.lang,
        locale=_LOCALES[words.lang],
        title=" – ".join(filter(None, (target.name, menu_title, "Cap Insertion", authority))),
        heading=f"{target.name}\u00a0: {page.title}" if filters else page.title,
        description=_short(page.answer or words.say(target.page.about)),
        web=site.web(target),
        versions=[(lang, site.web(target, lang)) for lang in LANGS],
        picture=picture,
        root=posixpath.relpath(".", posixpath.dirname(file_name(target.file, words.lang)) or "."),
        assets=site.assets,
        styles=[already_html(style) for style in page.styles],
        skip=words.say("Aller au contenu"),
        menu_name=words.say("Menu"),
        menu=_menu(site, target),
        other={"lang": other, "name": _NAMES[other], "address": relative(target.file, target.file, words.lang, other)},
        demo=words.say("Démonstration\u00a0: chiffres inventés") if release.demo else "",
        authority=authority,
        facts=freshness_texts(access, words),
        filter=filters,
        whole={"text": words.say("Voir l’ensemble"), "address": relative(target.file, _file(target.page), words.lang)},
        body=already_html(page.body),
        foot_name=words.say("Pied de page"),
        foot=_foot(site, target),
        release=words.say(
            "Données au {day}\u202f; publication {release}.", day=words.date(release.data_as_of), release=release.id
        ),
    )


def _file(page: SitePage) -> str:
    return page.path or INDEX


def _menu(site: Site, target: Target) -> list[tuple[str, list[dict[str, Any]]]]:
    """The pages of the menu by their group; the first ones have none."""
    words = site.words
    groups: dict[str, list[dict[str, Any]]] = {}
    for page in site.reading.pages:
        if not page.at_foot:
            entry = {
                "text": words.say(page.title),
                "address": relative(target.file, _file(page), words.lang),
                "current": page.path == target.page.path,
            }
            groups.setdefault(words.say(page.group) if page.group else "", []).append(entry)
    return list(groups.items())


def _foot(site: Site, target: Target) -> list[tuple[str, str]]:
    """Accessibility, plan, legal pages, licence, a contact; the server of the authority, where there is one."""
    words, settings = site.words, site.reading.settings

    def led(file: str) -> str:
        return relative(target.file, file, words.lang)

    links = [
        (level_text(words), led("accessibilite")),
        (words.say("Plan du site"), led("plan")),
        (words.say("Mentions légales"), led("mentions-legales")),
        (words.say("Données personnelles"), led("donnees-personnelles")),
        (words.say("Données\u00a0: {licence}", licence=settings.notices.data_licence), led("mentions-legales")),
    ]
    question = contact_address(settings.notices.questions)
    return [*links, (words.say("Une question\u202f?"), question)] if question else links


def _short(text: str) -> str:
    """The text as a description: whole words, an ellipsis where it goes on."""
    return text if len(text) <= _LONGEST else text[:_LONGEST].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
