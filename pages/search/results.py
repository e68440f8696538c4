"""The results of a search, kind by kind. Each result leads to its page, or to a page filtered on it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

from data.words import Words, sorting_name
from pages.parts.filters.names import Names
from pages.parts.lot_search import has_words
from pages.parts.plain import text_lang
from pages.parts.read import Reading
from pages.parts.terms import TERMS
from pages.search.topics import answered
from pages.search.wanted import Wanted, plain_text
from queries import answers, link
from queries.filters import FILTERS
from queries.rights.right import Right
from queries.scope import Scope

AT_MOST: Final = 8  # results of a kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One result: its name, its address, a description. `answer`: the sentence that answers the search, when it has one.
    `lang`: the language of the name, where it is not the page’s.
    """

    name: str
    address: str
    about: str = ""
    answer: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """The results of a kind under their heading. `count`: the number of all results; `more`: the address of the whole list."""

    heading: str
    results: tuple[Result, ...]
    count: int
    more: str = ""


def results_of(wanted: Wanted, current: Reading) -> list[Kind]:
    """The kinds that have results, those with figures first."""
    if not wanted.words:
        return []
    names = Names(current.access, current.words)
    kinds = [
        _topics(wanted, current, names),
        _compared(wanted, current, names),
        _communes(wanted, current, names),
        _clients(wanted, current, names),
        _codes(wanted, current),
        _pages(wanted, current),
        _contractors(wanted, current, names),
        _lots(wanted, current),
        _terms(wanted, current),
    ]
    return [kind for kind in kinds if kind.count]


def _kind(heading: str, results: Iterator[Result] | list[Result], more: str = "") -> Kind:
    every = list(results)
    return Kind(heading=heading, results=tuple(every[:AT_MOST]), count=len(every), more=more)


def _address(current: Reading, scope: Scope, path: str, **query: str) -> str:
    """The address of a page under what the question names alone: a result would be lost among other filters."""
    scope = replace(scope, include_uncounted=current.scope.include_uncounted)
    kept = link.to_query(scope, uncounted_by_default=current.settings.counting.include_uncounted)
    lang = {} if current.words.lang == "fr" else {"lang": current.words.lang}
    whole = {**query, **kept, **lang}
    return f"{path or '.'}?{urlencode(whole, safe=',')}" if whole else path or "."


def _matching(wanted: Wanted, names: Names, field: str) -> list[str]:
    """The values of a filter that have the words, those that begin with them first, then the shortest names."""
    named = {value: row for (of, value), row in names.known.items() if of == field}
    values = [value for value, row in named.items() if wanted.matches(f"{row['name']} {value} {row['sirets'] or ''}")]
    return sorted(values, key=lambda value: (not _begins(named[value]["name"], wanted), len(named[value]["name"])))


def _begins(name: str, wanted: Wanted) -> bool:
    """Whether the name, or that of its town, begins with the words."""
    return plain_text(name).startswith(wanted.joined) or plain_text(sorting_name(name)).startswith(wanted.joined)


def _hours_text(name: str, hours: object, wanted: Wanted, words: Words) -> tuple[str, str]:
    """What is known of a place or client, and the sentence of the answer."""
    done = words.say("{hours} réalisées", hours=words.hours(hours or 0))  # type: ignore[arg-type]
    about = f"{done} {wanted.years_text(words)}".strip()
    return about, f"{words.named(name, about)}."


def _topics(wanted: Wanted, current: Reading, names: Names) -> Kind:
    """Questions in words, with their sentence."""
    results = []
    for topic in answered(wanted, current, names):
        address = _address(current, topic.scope, topic.path, **topic.query)
        results.append(Result(name=topic.name, address=address, about=topic.sentence, answer=topic.sentence))
    return _kind(current.words.say("Réponses"), results)


def _compared(wanted: Wanted, current: Reading, names: Names) -> Kind:
    """Two names and more, side by side: "Rouen et Sotteville depuis 2021"."""
    words = [word for word in wanted.words if not word.startswith("compar")]
    for field, kind in (("execution_communes", "communes"), ("clients", "clients")):
        each = [_matching(replace(wanted, words=(word,)), names, field)[:1] for word in words]
        values = tuple(dict.fromkeys(value for entry in each for value in entry))
        if 2 <= len(values) <= 5 and all(each) and wanted.names_several:
            called = current.words.listed([str(names.known[field, value]["name"]) for value in values])
            title = current.words.say("Comparer {names}", names=called)
            address = _address(current, wanted.scope, "comparer", quoi=kind, comparer=link.codes_text(values))
            result = Result(name=title, address=address, about=wanted.years_text(current.words))
            return _kind(current.words.say("Côte à côte"), [result])
    return _kind("", [])


def _communes(wanted: Wanted, current: Reading, names: Names) -> Kind:
    words, field = current.words, "execution_communes"
    codes = _matching(wanted, names, field)
    rows = answers.hours_by_commune(current.access, wanted.scope) if codes else []
    hours = {row["execution_commune"]: row["hours_validated"] for row in rows}

    def result(code: str) -> Result:
        name = str(names.known[field, code]["name"])
        about, answer = _hours_text(name, hours.get(code), wanted, words)
        address = _address(current, wanted.scope, "communes", **{FILTERS[field].key: link.codes_text((code,))})
        return Result(name=name, address=address, about=about, answer=answer)

    return _kind(words.say("Communes"), [result(code) for code in codes])


def _clients(wanted: Wanted, current: Reading, names: Names) -> Kind:
    words, field = current.words, "clients"
    ids = _matching(wanted, names, field)
    rows = answers.hours_by_client(current.access, wanted.scope) if ids else []
    hours = {row["client_id"]: row["hours_validated"] for row in rows}

    def result(client: str) -> Result:
        name = str(names.known[field, client]["name"])
        about, answer = _hours_text(name, hours.get(client), wanted, words)
        return Result(
            name=name, address=_address(current, wanted.scope, "clients", client=client), about=about, answer=answer
        )

    return _kind(words.say("Maîtres d’ouvrage"), [result(client) for client in ids])


def _codes(wanted: Wanted, current: Reading) -> Kind:
    """Values of filters that are codes: clause types, kinds of clients, sectors …; each sets its filter."""
    words = current.words
    pages = {"client_types": "clients", "clause_categories": "clauses"}
    matches = []
    for field, declared in FILTERS.items():
        if declared.codes is None or not current.access.rights.may_filter(declared):
            continue
        for code in declared.codes:
            label = words.say(code.label)
            if wanted.matches(f"{label} {words.say(declared.label)}"):
                address = _address(
                    current, wanted.scope, pages.get(field, ""), **{declared.key: link.codes_text((str(code),))}
                )
                matches.append(Result(name=label, address=address, about=words.say(declared.label)))
    return _kind(words.say("Filtres"), matches)


def _contractors(wanted: Wanted, current: Reading, names: Names) -> Kind:
    words, field = current.words, "contractors"
    path = "lots" if current.access.rights.may(Right.LOTS) else ""

    def result(value: str) -> Result:
        row = names.known[field, value]
        query = {FILTERS[field].key: link.codes_text((value,))} | ({"alerte": "all"} if path else {})
        siret = row["sirets"] or ""
        return Result(name=str(row["name"]), address=_address(current, wanted.scope, path, **query), about=siret)

    return _kind(words.say("Titulaires"), [result(value) for value in _matching(wanted, names, field)])


def _lots(wanted: Wanted, current: Reading) -> Kind:
    words, access = current.words, current.access
    heading = words.say("Lots et marchés")
    if not access.rights.may(Right.LOTS):
        return _kind(heading, [])
    scope = wanted.scope
    answer = access.ask("lots", scope)
    rows = answer.filter(has_words(answer, wanted.joined, f"{access.release.id} {access.rights} {scope}"))

    def result(lot: dict[str, object]) -> Result:
        query = {"marche": str(lot["contract_id"]), "lot": str(lot["lot_id"])}
        number = words.say(
            "marché {contract}, lot {lot}", contract=lot["contract_ref"] or lot["contract_id"], lot=lot["lot_id"]
        )
        return Result(
            name=str(lot["subject"]),
            address=_address(current, wanted.scope, "lots", **query),
            about=f"{lot['client_name']}, {number}",
            lang=text_lang(words),
        )

    results = tuple(result(lot) for lot in rows.slice(0, AT_MOST).to_pylist())
    more = _address(current, wanted.scope, "lots", alerte="all", recherche=wanted.joined)
    return Kind(heading=heading, results=results, count=rows.num_rows, more=more)


def _pages(wanted: Wanted, current: Reading) -> Kind:
    words = current.words
    return _kind(
        words.say("Pages"),
        [
            Result(
                name=words.say(page.title),
                address=_address(current, wanted.scope, page.path),
                about=words.say(page.about),
            )
            for page in current.pages
            if wanted.matches(
                f"{words.say(page.title)} {words.say(page.about)} {words.say(page.keywords) if page.keywords else ''}"
            )
        ],
    )


def _terms(wanted: Wanted, current: Reading) -> Kind:
    words = current.words
    return _kind(
        words.say("Définitions"),
        [
            Result(
                name=words.say(term.name),
                address=_address(current, wanted.scope, "definitions", terme=term.id),
                about=words.say(term.definition).split(".")[0] + ".",
            )
            for term in TERMS
            if wanted.matches(words.say(term.name))
        ],
    )
