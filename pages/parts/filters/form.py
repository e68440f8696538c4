"""The filters: a form above every page, a sentence that says what is filtered, and the address that carries it all.

The address is the truth. Each filter has a hidden text field bound to its key of the address (Streamlit then keeps it
over pages, reload and Back); the visible widgets are set from it at each run and write to it when they change. They
are not bound themselves, because Streamlit would write their labels into the address: labels have hours and a language.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode, urlsplit

import streamlit as st

import queries
from data import codes
from data.settings import Settings
from data.words import Words, folded, sorting_name
from pages.parts.plain import as_text
from pages.parts.read import reading, rows
from queries import link
from queries.rights.access import Access
from queries.scope import NONE, Scope

# Field of the scope → code list, in the order of the form. Clients and communes have names instead.
_CODED: dict[str, type[codes.Code]] = {
    "client_types": codes.ClientType,
    "clause_categories": codes.ClauseCategory,
    "sectors": codes.Sector,
    "employer_kinds": codes.EmployerKind,
    "programmes": codes.Programme,
}
FORM = ("client_types", "clients", "clause_categories", "execution_communes", "sectors", "employer_kinds", "programmes")
_FOUND_AT_MOST = 6
_PART_OF_A_SIRET = 6  # digits: more than an INSEE code has


def field_names(words: Words) -> dict[str, str]:
    """What each filter is called."""
    return {
        "client_types": words.say("Type de maître d’ouvrage"),
        "clients": words.say("Maître d’ouvrage"),
        "clause_categories": words.say("Type de clause"),
        "execution_communes": words.say("Commune d’exécution"),
        "sectors": words.say("Secteur"),
        "employer_kinds": words.say("Modalité"),
        "programmes": words.say("Programme"),
        "facilitators": words.say("Facilitateur"),
    }


def read_scope(settings: Settings, names: "Names") -> tuple[Scope, list[tuple[str, str]]]:
    """The scope that the address carries, and the parts of it that mean nothing here."""
    with st.container(key="cap_address"):
        query = {
            key: st.text_input(key, key=key, bind="query-params", label_visibility="hidden") for key in link.ALL_KEYS
        }
    scope, lost = link.from_query(query, uncounted_by_default=settings.counting.include_uncounted)
    for field in ("clients", "execution_communes"):
        values = getattr(scope, field)
        known = tuple(value for value in values or () if names.is_known(field, value))
        if values and known != values:
            lost += [(link.KEYS[field], value) for value in values if value not in known]
            changed: dict[str, Any] = {field: known or None}
            scope = replace(scope, **changed)
    return scope, lost


def set_filter(field: str, values: Iterable[str]) -> None:
    """Filters on these values, everything when there are none. Only from a callback: before the next run draws the form."""
    chosen = tuple(values)
    st.session_state[link.KEYS[field]] = link.codes_text(chosen) if chosen else ""


def set_uncounted(included: bool) -> None:
    """With the lots out of the total, or without; what the settings say anyway is not in the address. Only from a callback."""
    is_default = included == reading().settings.counting.include_uncounted
    st.session_state[link.UNCOUNTED] = "" if is_default else str(included).lower()


def clear_filters() -> None:
    """Everything again. Only from a callback."""
    for key in link.ALL_KEYS:
        st.session_state[key] = ""


class Names:
    """What the values of filters are called, in the reader's language."""

    def __init__(self, database: Access, words: Words) -> None:
        self.words = words
        self.known: dict[tuple[str, str], dict[str, Any]] = {
            (row["field"], row["value"]): row for row in rows(queries.filter_names(database))
        }

    def of(self, field: str, value: str) -> str:
        """The name of a value: "Rouen (76540)", "CHU de Rouen", "Condition d’exécution"."""
        if value == NONE:
            return self.words.say("Non localisé") if field == "execution_communes" else self.words.say("Non renseigné")
        if field in _CODED:
            return self.words.say(_CODED[field].of(value).label)
        row = self.known.get((field, value))
        if row is None:
            return value
        return f"{row['name']} ({value})" if field == "execution_communes" else str(row["name"])

    def is_known(self, field: str, value: str) -> bool:
        """Whether the release has the client or the commune; codes are checked elsewhere."""
        return field not in ("clients", "execution_communes") or value == NONE or (field, value) in self.known

    def found(self, text: str) -> list[tuple[str, str]]:
        """Clients and communes whose name, code or SIRET has the text, those that begin with it first.

        Accents, capitals, hyphens, apostrophes and spaces do not matter.
        """
        wanted = _plain(text)
        digits = wanted.replace(" ", "")
        if len(wanted) < 2:
            return []
        siret = digits.isdecimal() and len(digits) >= _PART_OF_A_SIRET
        found = [
            (field, value)
            for (field, value), row in self.known.items()
            if wanted in _plain(f"{row['name']} {value}") or (siret and digits in (row["sirets"] or ""))
        ]
        return sorted(found, key=lambda choice: not _plain(self.known[choice]["name"]).startswith(wanted))


def _plain(text: str) -> str:
    """The text for comparing: words in small letters without accents, one space between them."""
    return " ".join(re.findall(r"\w+", folded(text)))


def said(scope: Scope, names: Names) -> str:
    """The filters in words: "années 2019 à 2021 ; maître d’ouvrage : CHU". Empty when there are none."""
    words = names.words
    parts = []
    first, last = scope.first_year, scope.last_year
    if first is not None and first == last:
        parts.append(words.say("année {year}", year=first))
    elif first is not None and last is not None:
        parts.append(words.say("années {first} à {last}", first=first, last=last))
    elif first is not None:
        parts.append(words.say("à partir de {year}", year=first))
    elif last is not None:
        parts.append(words.say("jusqu’en {year}", year=last))
    labels = field_names(words)
    for field in labels:
        values = getattr(scope, field)
        if values is not None:
            listed = words.listed([names.of(field, value) for value in values]) if values else words.say("aucun")
            parts.append(words.say("{field}\u00a0: {values}", field=labels[field].lower(), values=listed))
    if scope.include_uncounted:
        parts.append(words.say("lots hors du total compris"))
    return words.joined(parts)


def show_form(database: Access, scope: Scope, names: Names) -> None:
    """The filters in a popover; beside it what is filtered, in words, and the reset."""
    words, filters = names.words, reading().filters
    # Closed, it has nothing: its fields are a tenth to a fifth of a run, and most runs do not need them.
    form = st.popover(words.say("Filtrer"), icon=":material/filter_list:", key="cap_form", on_change="rerun")
    if form.open:
        with form:
            _show_fields(database, scope, names)
    text = words.say("Filtres\u00a0: {filters}", filters=filters) if filters else words.say("Aucun filtre")
    with st.container(key="cap_said"):
        st.text(text)
    # What rights narrow is told among the filters, and stays when they are cleared.
    if said(scope, names):
        st.button(words.say("Tout afficher"), on_click=clear_filters, type="tertiary")
    # What the page itself keeps in the address: the choices of a list, the description of a table.
    own = {key: value for key, value in st.query_params.to_dict().items() if key not in (*link.ALL_KEYS, "lang")}
    if own or said(scope, names):
        with st.popover(words.say("Copier le lien"), type="tertiary"):
            st.text(words.say("Ce lien ouvre la page avec les mêmes filtres."))
            # The root's address comes without its slash.
            url = st.context.url if urlsplit(st.context.url or "").path else f"{st.context.url}/"
            st.code(f"{url}?{urlencode({**own, **reading().address}, safe=',')}", language=None, wrap_lines=True)


def show_not_understood(parts: Sequence[tuple[str, str]], words: Words) -> None:
    """What in the link means nothing, and so is not filtered."""
    if parts:
        listed = words.listed([f"{key}={value}" for key, value in parts])
        st.warning(words.say("Partie du lien non comprise, donc ignorée\u00a0: {parts}", parts=as_text(listed)))


def _show_fields(database: Access, scope: Scope, names: Names) -> None:
    words = names.words
    hours: dict[str, dict[str, Any]] = {field: {} for field in FORM}
    for entry in rows(queries.filter_choices(database, scope)):
        hours[entry["field"]][entry["value"]] = entry["hours"]
    _show_search(scope, names, hours)
    _show_years(database, scope, words)
    labels = field_names(words)
    for field in FORM:
        chosen = list(getattr(scope, field) or ())
        options = sorted({*hours[field], *chosen}, key=lambda value: sorting_name(names.of(field, value)))
        _show_choice(field, labels[field], options, chosen, hours[field], names)
    widget = "_hors_total"
    st.session_state[widget] = scope.include_uncounted
    st.toggle(
        words.say("Avec les lots hors du total"),
        key=widget,
        on_change=lambda: set_uncounted(st.session_state[widget]),
    )


def _show_choice(
    field: str, label: str, options: Sequence[str], chosen: list[str], hours: dict[str, Any], names: Names
) -> None:
    words = names.words
    widget = f"_{field}"
    st.session_state[widget] = chosen
    st.multiselect(
        label,
        options,
        format_func=lambda value: f"{names.of(field, value)} – {words.hours(hours.get(value, 0))}",
        key=widget,
        placeholder=words.say("Tous"),
        on_change=lambda: set_filter(field, st.session_state[widget]),
        select_all=False,
    )


def _show_years(database: Access, scope: Scope, words: Words) -> None:
    release = database.release
    if release.first_month is None or release.last_month is None or release.first_month.year == release.last_month.year:
        return
    years = range(release.first_month.year, release.last_month.year + 1)
    ends = {"_from": (words.say("De l’année"), scope.first_year), "_to": (words.say("à l’année"), scope.last_year)}
    places = st.container(horizontal=True)
    for widget, (label, year) in ends.items():
        st.session_state[widget] = year if year in years else None
        places.selectbox(label, years, index=None, key=widget, placeholder=words.say("Toutes"), on_change=_take_years)


def _take_years() -> None:
    first, last = st.session_state["_from"], st.session_state["_to"]
    if first is not None and last is not None and first > last:
        first, last = last, first
    st.session_state[link.YEARS] = "" if first is None and last is None else link.years_text(first, last)


def _show_search(scope: Scope, names: Names, hours: dict[str, dict[str, Any]]) -> None:
    """A search that finds what the lists' own, which mind accents, do not; like them it offers only what has hours."""
    words = names.words
    text = st.text_input(
        words.say("Chercher un maître d’ouvrage ou une commune"),
        key="_search",
        placeholder=words.say("Nom, code INSEE ou SIRET"),
    )
    found = [(field, value) for field, value in names.found(text) if value in hours[field]]
    if text and not found:
        st.text(words.say("Aucun maître d’ouvrage ni commune de ce nom parmi les heures filtrées."))
    for field, value in found[:_FOUND_AT_MOST]:
        already = getattr(scope, field) or ()
        st.button(
            as_text(names.of(field, value)),
            key=f"_found_{field}_{value}",
            on_click=set_filter,
            args=(field, (*already, value)),
            type="tertiary",
            icon=":material/add:",
            disabled=value in already,
        )
