"""The scope: a frozen value, checked, narrowed by rights, written in a link and read back."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queries import link
from queries.errors import QueryError
from queries.filters import FILTERS, Filter
from queries.scope import NONE, Scope
from tests.queries.asking import filtered

MANY = settings(max_examples=60, derandomize=True, database=None)

march, august = dt.date(2026, 3, 1), dt.date(2026, 8, 1)

FREE = st.text(min_size=1, max_size=8).filter(lambda text: text != NONE)


def some(values: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, ...] | None]:
    return st.none() | st.lists(values, max_size=4).map(tuple)


def values_of(declared: Filter) -> st.SearchStrategy[str]:
    """Those that a filter may have."""
    if declared.possible is not None:
        return st.sampled_from(declared.possible)
    return FREE | st.just(NONE) if declared.may_be_empty else FREE


@st.composite
def scopes(draw: st.DrawFn) -> Scope:
    """Any scope that can be made; years of four digits, as links write them."""
    years: list[Any] = sorted(draw(st.lists(st.integers(1000, 9999), min_size=2, max_size=2)))
    filters: dict[str, Any] = {name: draw(some(values_of(declared))) for name, declared in FILTERS.items()}
    of, first, last = ("month", *(dt.date(year, 5, 1) for year in years)) if draw(st.booleans()) else ("year", *years)
    filters |= {
        f"first_{of}": draw(st.none() | st.just(first)),
        f"last_{of}": draw(st.none() | st.just(last)),
    }
    return Scope(
        include_uncounted=draw(st.booleans()),
        **filters,
    )


# In a link


@MANY
@given(scope=scopes(), uncounted=st.booleans())
def test_a_link_leads_back_to_the_same_view(scope: Scope, uncounted: bool) -> None:
    query = link.to_query(scope, uncounted_by_default=uncounted)
    assert link.from_query(query, uncounted_by_default=uncounted) == (scope, [])
    assert query.keys() <= set(link.ALL_KEYS)
    assert all(query.values()), "a key without a text is dropped by browsers"


def test_a_link_without_a_filter_says_nothing() -> None:
    assert link.to_query(Scope()) == {}
    assert link.from_query({}) == (Scope(), [])


def test_an_empty_list_stays_empty_in_a_link() -> None:
    assert link.from_query(link.to_query(Scope(clients=(), sectors=())))[0] == Scope(clients=(), sectors=())


@pytest.mark.parametrize(
    ("query", "scope", "lost"),
    [
        ({"annees": "2019-2021"}, Scope(first_year=2019, last_year=2021), []),
        ({"annees": "2019"}, Scope(first_year=2019, last_year=2019), []),
        ({"annees": "2019-"}, Scope(first_year=2019), []),
        ({"annees": "-2019"}, Scope(last_year=2019), []),
        ({"annees": "2021-2019"}, Scope(first_year=2019, last_year=2021), []),
        ({"annees": "19-21"}, Scope(), [("annees", "19-21")]),
        ({"annees": "-"}, Scope(), [("annees", "-")]),
        ({"mois": "2026-03..2026-08"}, Scope(first_month=march, last_month=august), []),
        ({"mois": "2026-08..2026-03"}, Scope(first_month=march, last_month=august), []),
        ({"mois": "2026-03"}, Scope(first_month=march, last_month=march), []),
        ({"mois": "2026-03.."}, Scope(first_month=march), []),
        ({"mois": "..2026-08"}, Scope(last_month=august), []),
        ({"mois": "2026-13"}, Scope(), [("mois", "2026-13")]),
        ({"mois": ".."}, Scope(), [("mois", "..")]),
        ({"mois": "2026-03", "annees": "2026"}, Scope(first_month=march, last_month=march), [("annees", "2026")]),
        ({"mois": "mars", "annees": "2026"}, Scope(first_year=2026, last_year=2026), [("mois", "mars")]),
        ({"clauses": "execution,nonsense"}, Scope(clause_categories=("execution",)), [("clauses", "nonsense")]),
        ({"clauses": "nonsense"}, Scope(), [("clauses", "nonsense")]),
        ({"communes": "76540, 76681"}, Scope(execution_communes=("76540", "76681")), []),
        ({"secteurs": "none"}, Scope(sectors=("none",)), []),
        ({"types": "none"}, Scope(), [("types", "none")]),  # a column that is never empty
        ({"hors_total": "true"}, Scope(include_uncounted=True), []),
        ({"hors_total": "maybe"}, Scope(), [("hors_total", "maybe")]),
        ({"page": "2", "lang": "en"}, Scope(), []),  # other people's keys
    ],
)
def test_a_link_is_read_and_what_it_means_nothing_by_is_told(
    query: dict[str, str], scope: Scope, lost: list[tuple[str, str]]
) -> None:
    assert link.from_query(query) == (scope, lost)


@MANY
@given(query=st.dictionaries(st.sampled_from(link.ALL_KEYS), st.text(max_size=20)))
def test_any_link_is_a_view(query: dict[str, str]) -> None:
    scope, lost = link.from_query(query)
    assert isinstance(scope, Scope)
    assert {key for key, _ in lost} <= query.keys()


# Checked when it is made


def test_the_years_of_months_are_those_that_they_touch() -> None:
    scope = Scope(first_month=dt.date(2025, 11, 30), last_month=march)
    assert (scope.first_month, scope.first_year, scope.last_year) == (dt.date(2025, 11, 1), 2025, 2026)
    assert scope.days == (dt.date(2025, 11, 1), dt.date(2026, 3, 31))
    assert scope.of_whole_years() == Scope(first_year=2025, last_year=2026)
    assert scope.without_years() == scope.of_whole_lots() == Scope()
    assert scope.is_whole


def test_the_same_filter_is_the_same_value() -> None:
    assert Scope(clients=("B", "A", "B")) == Scope(clients=("A", "B"))
    assert hash(Scope(clients=("B", "A"))) == hash(Scope(clients=("A", "B")))
    assert Scope(clients=()) != Scope(clients=None)


@pytest.mark.parametrize(
    ("filters", "told"),
    [
        ({"first_year": 2021, "last_year": 2019}, "la première année (2021) vient après la dernière (2019)."),
        ({"first_month": august, "last_month": march}, "le premier mois (2026-08) vient après le dernier (2026-03)."),
        ({"first_month": march, "first_year": 2025}, "l’année 2025 n’est pas celle des mois demandés."),
        ({"first_month": march, "last_year": 2026}, "l’année 2026 n’est pas celle des mois demandés."),
        ({"clause_categories": ("nonsense",)}, "nonsense n’est pas une valeur possible de clause_categories."),
        ({"client_types": (NONE,)}, "none n’est pas une valeur possible de client_types."),
        ({"clients": ("",)}, " n’est pas une valeur possible de clients."),
    ],
)
def test_a_scope_that_means_nothing_is_refused(filters: dict[str, Any], told: str) -> None:
    with pytest.raises(QueryError) as refused:
        Scope(**filters)
    assert str(refused.value) == told


# Narrowed by rights


@MANY
@given(scope=scopes(), allowed=st.lists(FREE, max_size=4).map(tuple), name=st.sampled_from(["clients", "facilitators"]))
def test_rights_never_widen(scope: Scope, allowed: tuple[str, ...], name: str) -> None:
    mine, kept = getattr(scope, name), getattr(scope.narrowed(**{name: allowed}), name)
    assert kept is not None, "narrowed to everything"
    assert set(kept) <= set(allowed)
    assert mine is None or set(kept) <= set(mine)
    assert (mine is None and set(kept) == set(allowed)) or (mine is not None and set(kept) == set(mine) & set(allowed))
    assert filtered(scope.narrowed(**{name: allowed}), name, None) == filtered(scope, name, None)


def test_empty_stays_empty() -> None:
    assert Scope(clients=()).narrowed(clients=("A",)).clients == ()
    assert Scope(clients=("A",)).narrowed(clients=()).clients == ()
    assert Scope().narrowed(clients=()).clients == ()
    assert Scope(clients=("A",)).narrowed(clients=("B",)).clients == ()
    assert Scope(clients=("A",)).narrowed(clients=("A", "B")).narrowed(clients=("B",)).clients == ()


@MANY
@given(scope=scopes())
def test_a_scope_is_whole_when_nothing_but_years_is_filtered(scope: Scope) -> None:
    cleared = scope
    for name in FILTERS:
        cleared = filtered(cleared, name, None)
    assert scope.is_whole == (scope == cleared)


def test_the_code_of_what_is_not_known_is_the_empty_cell_and_a_name_is_any_text() -> None:
    assert Scope(employer_kinds=("unknown", "ei")) == Scope(employer_kinds=(NONE, "ei"))
    assert Scope(contractors=("unknown",)).contractors == ("unknown",)
