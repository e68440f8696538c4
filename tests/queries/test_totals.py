"""Hours, obligations, contracts, lots and companies of a scope in one row: computed by hand."""

from decimal import Decimal

from queries.scope import Scope
from tests.queries.asking import Opened, only

LOTS = """
    contract_id | lot_id | client_id | clause_category | hours_committed | status    | contractor_siret | contractor_name | counts_in_total
    M1          | 01     | C1        | execution       | 1000            | closed    | 12345678900011   | Bati            | true
    M1          | 02     | C1        | execution       | 500             | running   | 12345678900011   | Bati            | true
    M2          | 01     | C2        | execution       |                 | running   |                  | Vert            | true    # no number of hours
    M3          | 01     | C3        | execution       | 700             | cancelled |                  | Gris            | true    # neither running nor closed
    M4          | 01     | C4        | means           | 300             | running   |                  | Noir            | false   # out of the total
"""
LINES = """
    contract_id | lot_id | month   | hours_validated | hours_declared | status
    M1          | 01     | 2019-05 | 900             | 900            | validated
    M1          | 01     | 2020-05 | 300             | 300            | validated
    M1          | 02     | 2020-06 | 100             | 100            | validated
    M1          | 02     | 2020-07 |                 | 40             | declared
    M2          | 01     | 2020-08 | 50              | 50             | validated
    M4          | 01     | 2020-09 | 80              | 80             | validated
"""


def test_the_totals_of_everything(opened: Opened) -> None:
    row = only(opened(LOTS, LINES), "totals")
    assert row["hours_validated"] == Decimal(900 + 300 + 100 + 50)
    assert row["hours_pending"] == Decimal(40)
    assert row["hours_committed"] == Decimal(1000 + 500)
    assert row["completion_ratio"] == (900 + 300 + 100) / 1500
    assert row["completion_closed_ratio"] == 1200 / 1000
    assert row["completion_running_ratio"] == 100 / 500
    assert (row["rated_closed_hours"], row["rated_closed_committed"]) == (900 + 300, 1000)
    assert (row["rated_running_hours"], row["rated_running_committed"]) == (100, 500)
    assert (row["contracts"], row["lots"], row["lots_excluded"]) == (3, 4, 2)  # M1 M2 M3; M2 and M3 are not rated
    assert (row["clients"], row["contractors"]) == (2, 3)  # C1 and C2; Bati, Vert and Gris


def test_years_narrow_hours_and_not_obligations(opened: Opened) -> None:
    row = only(opened(LOTS, LINES), "totals", Scope(first_year=2020))
    assert row["hours_validated"] == Decimal(300 + 100 + 50)
    assert row["hours_committed"] == Decimal(1500)
    assert row["completion_ratio"] == 1300 / 1500  # whole lots, whatever the years
    with_means = only(opened(LOTS, LINES), "totals", Scope(first_year=2020, include_uncounted=True))
    assert with_means["hours_validated"] == Decimal(450 + 80)
