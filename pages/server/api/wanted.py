"""A request as a question, held strictly: what a page would let drop, and say, a program must hear as a refusal."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request

from data.words import LANGS, N_, Lang
from pages.server.api.problems import ProblemError
from queries.compared import with_since
from queries.engine import BOUND, named_parameters
from queries.errors import QueryError
from queries.filters import FILTERS, NONE
from queries.link import ALL_KEYS, MONTHS, UNCOUNTED, YEARS, from_query
from queries.questions import Question
from queries.rights.access import Access
from queries.rights.columns import reader_columns
from queries.scope import Scope
from queries.whole_years import follows_months

LANGUAGE: Final = "lang"
DIALECT: Final = "dialecte"
# The columns of an answer that are wanted, as the page *Détail* has them in its address.
COLUMNS: Final = "colonnes"
DIALECTS: Final = ("fr", "international")
# A reader's token in the address, for what feed readers and calendars ask: they send no header.
TOKEN: Final = "jeton"
FOLLOWED: Final = ("atom", "ics")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A request as read: the question, its own parameters, the filters. `columns`: the wanted columns in their order; all
    when empty. The dialect counts for CSV only.
    """

    question: Question
    scope: Scope
    parameters: tuple[tuple[str, str], ...]
    dialect: str
    columns: tuple[str, ...] = ()


def language(request: Request) -> Lang:
    """The language of the link, else the first of ours that the client names, else French."""
    given = request.query_params.get(LANGUAGE)
    for lang in LANGS:
        if given == lang:
            return lang
    for part in request.headers.get("accept-language", "").lower().split(","):
        for lang in LANGS:
            if part.strip().startswith(lang):
                return lang
    return "fr"


def only(request: Request, allowed: Iterable[str]) -> dict[str, str]:
    """The query, each key once; ProblemError names the keys that mean nothing here and those that come twice."""
    items = request.query_params.multi_items()
    allowed = list(allowed)
    unknown = sorted({key for key, _ in items if key not in allowed})
    if unknown:
        raise ProblemError(
            400,
            "unknown-parameter",
            N_("paramètres inconnus\u00a0: {keys}. Paramètres possibles\u00a0: {allowed}."),
            keys=", ".join(unknown),
            allowed=", ".join(allowed),
        )
    twice = sorted(key for key, times in Counter(key for key, _ in items).items() if times > 1)
    if twice:
        raise ProblemError(
            400,
            "repeated-parameter",
            N_("paramètres répétés\u00a0: {keys}. Séparez les valeurs par des virgules."),
            keys=", ".join(twice),
        )
    query = dict(items)
    if query.get(LANGUAGE, "fr") not in LANGS:
        raise _impossible([(LANGUAGE, query[LANGUAGE])])
    return query


def filter_keys(question: Question, access: Access) -> tuple[str, ...]:
    """The keys of the filters that cut a question and that the reader may use: none when it reads no scope."""
    if not named_parameters(question.sql) & {"scope", "populations"}:
        return ()
    there = _open_keys(access) if follows_months(question) else _open_keys(access) - {MONTHS}
    return tuple(key for key in ALL_KEYS if key in there)


def _closed_keys(access: Access) -> set[str]:
    return {declared.key for declared in FILTERS.values() if not access.rights.may_filter(declared)}


def _open_keys(access: Access) -> set[str]:
    return {YEARS, MONTHS, UNCOUNTED, *(declared.key for declared in access.filters)}


def wanted(request: Request, question: Question, form: str, access: Access) -> Wanted:
    """The request, typed. Raises ProblemError (400) that names what is unknown, impossible, repeated or missing."""
    own = [parameter.name for parameter in question.parameters if parameter.name not in BOUND]
    if closed := sorted(_closed_keys(access) & request.query_params.keys()):
        raise ProblemError(
            403,
            "closed-filter",
            N_("vos droits n’ouvrent pas ces filtres\u00a0: {filters}."),
            filters=", ".join(closed),
        )
    query = only(
        request,
        [
            *filter_keys(question, access),
            *own,
            LANGUAGE,
            *([COLUMNS] if form not in FOLLOWED else []),
            *([DIALECT] if form == "csv" else []),
            *([TOKEN] if form in FOLLOWED else []),
        ],
    )
    filters = {key: query[key] for key in ALL_KEYS if key in query}
    scope, lost = from_query(filters, uncounted_by_default=access.settings.counting.include_uncounted)
    lost += [(key, text) for key, text in filters.items() if not text]
    lost += _not_years(filters.get(YEARS, "")) + _not_months(filters.get(MONTHS, ""))
    if query.get(DIALECT, DIALECTS[0]) not in DIALECTS:
        lost.append((DIALECT, query[DIALECT]))
    lost += [(name, query[name]) for name in own if "\0" in query.get(name, "")]
    lost += _strangers(scope, access)
    columns = tuple(query[COLUMNS].split(",")) if COLUMNS in query else ()
    lost += _not_columns(columns, question)
    if lost:
        raise _impossible(lost)
    missing = [
        one.name for one in question.parameters if one.name in own and not one.optional and not query.get(one.name)
    ]
    if missing:
        raise ProblemError(
            400, "missing-parameter", N_("paramètres obligatoires absents\u00a0: {keys}."), keys=", ".join(missing)
        )
    parameters = {name: query[name] for name in own if name in query}
    try:
        question.values(parameters)
        # The earlier release is named, so that a cached answer belongs to that release.
        parameters = with_since(question, access.release, parameters)
    except QueryError as error:
        raise ProblemError(400, "impossible-value", error.message, **error.values) from error
    return Wanted(
        question=question,
        scope=scope,
        parameters=tuple(sorted(parameters.items())),
        dialect=query.get(DIALECT, DIALECTS[0]) if form == "csv" else "",
        columns=columns,
    )


def _not_years(text: str) -> list[tuple[str, str]]:
    """Years the wrong way round, which a page turns over; other digits than ours."""
    first, _, last = text.partition("-")
    backwards = first.isdecimal() and last.isdecimal() and int(first) > int(last)
    return [(YEARS, text)] if backwards or not text.isascii() else []


def _not_months(text: str) -> list[tuple[str, str]]:
    """Months the wrong way round, which a page turns over; other digits than ours."""
    first, _, last = text.partition("..")
    backwards = bool(first and last) and first > last
    return [(MONTHS, text)] if backwards or not text.isascii() else []


def _not_columns(columns: tuple[str, ...], question: Question) -> list[tuple[str, str]]:
    """Names that are no column of the answer, or that come twice."""
    there = {column.name for column in reader_columns(question)}
    return [(COLUMNS, name) for name in columns if name not in there or columns.count(name) > 1]


def _strangers(scope: Scope, access: Access) -> list[tuple[str, str]]:
    """Named values that the reader's part of the release does not have: those of others are no different."""
    given = {name: getattr(scope, name) for name, declared in FILTERS.items() if declared.has_names}
    if not any(given.values()):
        return []
    known = {(row["field"], row["value"]) for row in access.ask("filter_names", Scope()).to_pylist()}
    return [
        (FILTERS[name].key, code)
        for name, codes in given.items()
        for code in codes or ()
        if code != NONE and (name, code) not in known
    ]


def _impossible(lost: list[tuple[str, str]]) -> ProblemError:
    values = ", ".join(dict.fromkeys(f"{key}={text}" for key, text in lost))
    return ProblemError(400, "impossible-value", N_("valeurs impossibles\u00a0: {values}."), values=values)
