"""The form of the filters above every page; beside it what is filtered, in words, the reset and the link to copy."""

import datetime as dt
from typing import Any
from urllib.parse import urlencode, urlsplit

import streamlit as st

from data.words import Words, sorting_name
from pages.frame.chips import show_chips
from pages.parts.filters.address import clear_filters, set_filter, set_months, set_uncounted, set_years
from pages.parts.filters.names import Names, all_text
from pages.parts.filters.sentence import filters_text
from pages.parts.plain import as_text
from pages.parts.read import reading
from queries import answers, link
from queries.filters import Filter
from queries.rights.access import Access
from queries.scope import Scope

_MATCHES_AT_MOST = 6


def show_form(access: Access, scope: Scope, names: Names, idle: str = "") -> None:
    """The filters in a popover; beside it what is filtered, in words, `idle` (what changes nothing on the page), and the reset."""
    words, filters = names.words, filters_text(access.rights.narrowed(scope), names)
    # Closed, it has nothing: its fields are a tenth to a fifth of a run, and most runs do not need them.
    form = st.popover(words.say("Filtrer"), icon=":material/filter_list:", key="cap_form", on_change="rerun")
    if form.open:
        with form:
            _show_fields(access, scope, names)
    text = words.say("Filtres\u00a0: {filters}", filters=filters) if filters else words.say("Aucun filtre")
    with st.container(key="cap_said"):
        st.text(f"{text} ({idle})" if idle else text)
        show_chips(scope, names, idle)
    # What rights narrow stands among the filters, and stays when they are cleared.
    chosen = filters_text(scope, names)
    if chosen:
        st.button(words.say("Tout afficher"), on_click=clear_filters, type="tertiary")
    # What the page itself keeps in the address: the choices of a list, the description of a table.
    own = {key: value for key, value in st.query_params.to_dict().items() if key not in (*link.ALL_KEYS, "lang")}
    if own or chosen:
        with st.popover(words.say("Copier le lien"), type="tertiary"):
            st.text(words.say("Ce lien ouvre la page avec les mêmes filtres."))
            # The root's address comes without its slash.
            url = st.context.url if urlsplit(st.context.url or "").path else f"{st.context.url}/"
            st.code(f"{url}?{urlencode({**own, **reading().address}, safe=',')}", language=None, wrap_lines=True)


def _show_fields(access: Access, scope: Scope, names: Names) -> None:
    words = names.words
    # Of structures there is a choice from the second one on.
    visible = [declared for declared in access.filters if not declared.of_several or names.count(declared.field) > 1]
    hours: dict[str, dict[str, Any]] = {declared.field: {} for declared in visible}
    for entry in answers.filter_choices(access, reading().scope):  # of whole years where the page is
        hours.get(entry["field"], {})[entry["value"]] = entry["hours"]
    _show_search(scope, names, hours)
    _show_years(access, scope, words)
    _show_months(access, scope, words)
    _show_own_lots(access, scope, words)
    for declared in visible:
        _show_choice(declared, list(getattr(scope, declared.field) or ()), hours[declared.field], names)
    widget = "_hors_total"
    st.session_state[widget] = scope.include_uncounted
    st.toggle(
        words.say("Avec les lots hors du total"),
        key=widget,
        on_change=lambda: set_uncounted(st.session_state[widget]),
    )


def _show_choice(declared: Filter, chosen: list[str], hours: dict[str, Any], names: Names) -> None:
    words, field = names.words, declared.field
    widget = f"_{field}"
    st.session_state[widget] = chosen
    st.multiselect(
        words.say(declared.label),
        sorted({*hours, *chosen}, key=lambda value: sorting_name(names.of(field, value))),
        format_func=lambda value: f"{names.of(field, value)} – {words.hours(hours.get(value, 0))}",
        key=widget,
        placeholder=all_text(declared, words),
        on_change=lambda: set_filter(field, st.session_state[widget]),
        select_all=False,
    )


def _show_own_lots(access: Access, scope: Scope, words: Words) -> None:
    """One click to the lots of a facilitator, known by the codes that the reader's rights carry."""
    own = access.rights.facilitators
    if own:
        st.button(
            words.say("Mes lots"),
            key="_own_lots",
            icon=":material/person:",
            on_click=set_filter,
            args=("facilitators", own),
            disabled=scope.facilitators == own,
        )


def _show_years(access: Access, scope: Scope, words: Words) -> None:
    release = access.release
    if release.first_month is None or release.last_month is None or release.first_month.year == release.last_month.year:
        return
    years = range(release.first_month.year, release.last_month.year + 1)
    ends = {"_from": (words.say("De l’année"), scope.first_year), "_to": (words.say("À l’année"), scope.last_year)}
    places = st.container(horizontal=True)
    for widget, (label, year) in ends.items():
        st.session_state[widget] = year if year in years else None
        places.selectbox(label, years, index=None, key=widget, placeholder=words.say("Toutes"), on_change=_take_years)


def _take_years() -> None:
    set_years(st.session_state["_from"], st.session_state["_to"])


def _show_months(access: Access, scope: Scope, words: Words) -> None:
    """A range of months, in place of the years: the latest month first."""
    first, last = access.release.first_month, access.release.last_month
    if first is None or last is None or first == last:
        return
    numbers = range(12 * last.year + last.month - 1, 12 * first.year + first.month - 2, -1)
    months = [dt.date(number // 12, number % 12 + 1, 1) for number in numbers]
    ends = {
        "_from_month": (words.say("Du mois"), scope.first_month),
        "_to_month": (words.say("Au mois"), scope.last_month),
    }
    places = st.container(horizontal=True)
    for widget, (label, month) in ends.items():
        st.session_state[widget] = month if month in months else None
        places.selectbox(
            label,
            months,
            index=None,
            key=widget,
            format_func=words.month,
            placeholder=words.say("Tous"),
            on_change=_take_months,
        )

    # A quick way to the three months of a quarter.
    quarters = list(dict.fromkeys(_quarter_of(month) for month in months))
    chosen = scope.first_month and _quarter_of(scope.first_month)
    st.session_state["_quarter"] = chosen if chosen == (scope.first_month, scope.last_month) else None
    places.selectbox(
        words.say("Trimestre"),
        quarters,
        index=None,
        key="_quarter",
        format_func=lambda quarter: words.say("T{quarter} {year}", quarter=quarter[1].month // 3, year=quarter[1].year),
        placeholder=words.say("Tous"),
        on_change=_take_quarter,
    )


def _quarter_of(month: dt.date) -> tuple[dt.date, dt.date]:
    """The first and the last month of its quarter."""
    first = 3 * ((month.month - 1) // 3) + 1
    return month.replace(month=first), month.replace(month=first + 2)


def _take_months() -> None:
    set_months(st.session_state["_from_month"], st.session_state["_to_month"])


def _take_quarter() -> None:
    set_months(*(st.session_state["_quarter"] or (None, None)))


def _show_search(scope: Scope, names: Names, hours: dict[str, dict[str, Any]]) -> None:
    """A search that finds what the lists' own, which mind accents, do not; like them it offers only what has hours."""
    words, companies = names.words, "contractors" in hours
    text = st.text_input(
        words.say("Chercher un maître d’ouvrage, une commune ou un titulaire")
        if companies
        else words.say("Chercher un maître d’ouvrage ou une commune"),
        key="_search",
        placeholder=words.say("Nom, code INSEE ou SIRET"),
    )
    matches = [(field, value) for field, value in names.matches(text) if value in hours.get(field, {})]
    if text and not matches:
        st.text(
            words.say("Aucun maître d’ouvrage, commune ni titulaire de ce nom parmi les heures filtrées.")
            if companies
            else words.say("Aucun maître d’ouvrage ni commune de ce nom parmi les heures filtrées.")
        )
    for field, value in matches[:_MATCHES_AT_MOST]:
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
