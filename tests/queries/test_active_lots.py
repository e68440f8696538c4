"""A filter on years keeps the lots active in those years: by their dates, or by their hours."""

import datetime as dt

import pytest

from queries import link
from queries.engine import Database
from queries.scope import Scope
from tests.queries.asking import Opened, answer, by, only

LOTS = """
    contract_id | lot_id | client_id | status     | notified_on | starts_on  | ends_on    | closed_on  | hours_committed
    old         | 01     | C1        | closed     |             | 2005-01-01 | 2006-12-31 |            | 100
    old         | 02     | C1        | closed     |             | 2006-06-01 | 2007-12-31 |            | 200
    new         | 00     | C2        | running    |             | 2025-01-01 | 2027-12-31 |            | 400
    planned     | 00     | C2        | planned    |             | 2005-01-01 | 2006-12-31 |            | 800     # never active
    cancelled   | 00     | C2        | cancelled  |             | 2005-01-01 | 2006-12-31 |            | 1600    # never active
    late        | 00     | C3        | closed     |             | 2001-01-01 | 2004-12-31 |            | 3200    # hours in 2005
    refused     | 00     | C3        | closed     |             | 2001-01-01 | 2004-12-31 |            | 6400    # its line is rejected
    no end      | 00     | C4        | running    |             | 2024-05-01 |            |            | 12800   # to the data date
    no start    | 00     | C4        | terminated | 2005-03-01  |            |            | 2006-02-01 | 25600   # between the two
    no dates    | 00     | C5        | suspended  |             |            |            |            | 51200   # today
    lost        | 00     | C5        | closed     |             |            |            |            | 102400  # nobody knows when
"""
LINES = """
    contract_id | lot_id | month   | hours_validated | hours_declared | status    | employer_kind
    old         | 01     | 2005-03 | 60              | 60             | validated | ei
    new         | 00     | 2026-03 | 40              | 40             | validated | etti
    late        | 00     | 2005-02 |                 | 10             | declared  | ei
    late        | 00     | 2003-02 | 5               | 5              | validated | etti
    refused     | 00     | 2005-02 | 0               | 10             | rejected  | ei
"""


@pytest.fixture(scope="module")
def database(opened: Opened) -> Database:
    return opened(LOTS, LINES)


def kept(database: Database, scope: Scope) -> set[str]:
    return {
        " ".join([row["contract_id"], row["lot_id"]]).removesuffix(" 00") for row in answer(database, "lots", scope)
    }


def years(first: int | None, last: int | None) -> Scope:
    return Scope(first_year=first, last_year=last)


@pytest.mark.parametrize(
    ("scope", "lots"),
    [
        (years(2005, 2005), {"old 01", "late", "no start"}),
        (years(2006, 2006), {"old 01", "old 02", "no start"}),
        (years(2007, 2023), {"old 02"}),
        (years(2024, 2024), {"no end"}),
        (years(2026, 2026), {"new", "no end", "no dates"}),
        (years(2027, None), {"new"}),  # to come, by its dates
        (years(2028, None), set()),
        (years(None, 2003), {"late", "refused"}),
    ],
    ids=lambda value: f"{value.first_year}-{value.last_year}" if isinstance(value, Scope) else "",
)
def test_years_keep_the_lots_whose_dates_or_hours_are_in_them(database: Database, scope: Scope, lots: set[str]) -> None:
    assert kept(database, scope) == lots


def months(first: str | None, last: str | None) -> Scope:
    ends = [None if text is None else dt.date.fromisoformat(f"{text}-01") for text in (first, last)]
    return Scope(first_month=ends[0], last_month=ends[1])


@pytest.mark.parametrize(
    ("scope", "lots"),
    [
        (months("2005-01", "2005-01"), {"old 01"}),  # no line of that month
        (months("2005-02", "2005-02"), {"old 01", "late"}),  # declared in February; the rejected line is none
        (months("2005-03", "2005-03"), {"old 01", "no start"}),
        (months("2006-01", "2006-02"), {"old 01", "no start"}),
        (months("2006-03", "2006-05"), {"old 01"}),
        (months("2006-12", "2007-01"), {"old 01", "old 02"}),
        (months("2024-01", "2024-04"), set()),
        (months("2024-05", None), {"new", "no end", "no dates"}),
        (months(None, "2003-02"), {"late", "refused"}),
    ],
    ids=lambda value: link.months_text(value.first_month, value.last_month) if isinstance(value, Scope) else "",
)
def test_months_keep_the_lots_whose_dates_or_hours_are_in_them(
    database: Database, scope: Scope, lots: set[str]
) -> None:
    assert kept(database, scope) == lots


def test_under_months_hours_are_those_of_the_months_and_completion_that_of_the_lots(database: Database) -> None:
    """In March 2005: old 01 with its 60 h of the month, no start without any."""
    figures = only(database, "totals", months("2005-03", "2005-04"))
    assert (figures["lots"], figures["hours_validated"], figures["hours_committed"]) == (2, 60, 100 + 25600)
    assert (figures["rated_committed"], figures["rated_hours"]) == (100, 60)
    # In February 2005 late has 10 h to be validated, and the 5 h of its life.
    figures = only(database, "totals", months("2005-02", "2005-02"))
    assert (figures["hours_validated"], figures["hours_pending"], figures["rated_hours"]) == (0, 10, 60 + 5)


def test_an_employer_keeps_the_lots_with_its_hours_in_the_months(database: Database) -> None:
    february = dt.date(2003, 2, 1)
    assert kept(database, Scope(employer_kinds=("etti",), last_month=february)) == {"late"}
    assert kept(database, Scope(employer_kinds=("etti",), first_month=dt.date(2003, 3, 1))) == {"new"}


def test_counts_and_obligations_are_of_the_active_lots(database: Database) -> None:
    """In 2005: old 01, late and no start. Their life is whole: late did 5 h in 2003."""
    figures = only(database, "headline", years(2005, 2005))
    assert (figures["lots"], figures["contracts"]) == (3, 3)
    assert figures["hours_validated"] == 60
    assert figures["hours_committed"] == 100 + 3200 + 25600
    assert (figures["rated_committed"], figures["rated_hours"]) == (100 + 3200, 60 + 5)
    assert by("client_id", answer(database, "hours_by_client", years(2005, 2005)), "lots") == {
        "C1": 1,
        "C3": 1,
        "C4": 1,
    }


def test_only_clients_with_hours_carry_hours(database: Database) -> None:
    """In 2005 C1 alone has validated hours; C2 has a running lot, which did not exist then."""
    figures = only(database, "totals", years(2005, 2005))
    assert (figures["clients_with_hours"], figures["clients"]) == (1, 1)
    # In 2026 C2 has hours, C4 a running lot without any; C5 is suspended.
    figures = only(database, "totals", years(2026, 2026))
    assert (figures["clients_with_hours"], figures["clients"]) == (1, 2)


def test_an_employer_keeps_the_lots_with_its_hours_in_the_years(database: Database) -> None:
    assert kept(database, Scope(employer_kinds=("etti",))) == {"new", "late"}
    assert kept(database, Scope(employer_kinds=("etti",), last_year=2003)) == {"late"}
    assert kept(database, Scope(employer_kinds=("etti",), first_year=2005, last_year=2005)) == set()
    assert kept(database, Scope(employer_kinds=("ei",))) == {"old 01", "late"}  # a rejected line is none


def test_a_running_total_of_obligations_begins_before_the_years(database: Database) -> None:
    """Notified by January 2026: all but planned, cancelled and uncommitted; years cut what is shown, not where the total starts."""
    months = answer(database, "hours_by_month", years(2026, 2026))
    engaged = 100 + 200 + 400 + 3200 + 6400 + 12800 + 25600 + 51200 + 102400
    assert months[0]["cumulative_committed_hours"] == engaged
