"""The SQL of the hours of lots, by years or by months: they have the columns of the filters on lines (see `filters_sql.py`)."""

from collections.abc import Sequence

from queries.filters import Filter


def active_lot_years(lines: Sequence[Filter]) -> str:
    """The table of years. `lines`: the filters on lines of hours."""
    columns = "".join(f",\n  {one.column}" for one in lines)
    return f"""\
-- One row per lot, year and columns of the filters on lines, with a line of hours that is not rejected: what adds up by years is
-- read here, in a tenth of the rows. A rejected line has no hours. Its name differs from the temporary tables of
-- queries/secrecy/exact.py, which would hide it.
CREATE TABLE active_lot_years AS
SELECT
  contract_id,
  lot_id,
  CAST(year(month) AS INTEGER) AS year{columns},
  sum(hours_validated) AS hours_validated,
  sum(hours_pending) AS hours_pending
FROM hours_monthly
WHERE status <> 'rejected'
GROUP BY
  contract_id,
  lot_id,
  CAST(year(month) AS INTEGER){columns};"""


def active_hours(lines: Sequence[Filter], *, by_months: bool = True) -> str:
    """The macro that reads one or the other. `by_months`: for scopes with months too; to bind what is pruned takes a tenth of a question."""
    columns = "".join(f",\n    {one.column}" for one in lines)
    selected = f"""\
  SELECT
    contract_id,
    lot_id{columns},
    hours_validated,
    hours_pending
"""
    of_months = f"""
  UNION ALL
{selected}\
  FROM hours_monthly
  WHERE
    has_months(scope)
    AND status <> 'rejected'
    AND line_matches(rights, hours_monthly)
    AND month_matches(scope, month)"""
    return f"""\
-- Rows of active_lot_years in the years of a scope, that the filters on lines of the rights keep; of hours_monthly where months
-- are set. One of the two is never read: what its filter comes to is known before.
CREATE MACRO active_hours(scope, rights) AS TABLE
{selected}\
  FROM active_lot_years
  WHERE {"NOT has_months(scope) AND " if by_months else ""}line_matches(rights, active_lot_years) AND year_matches(scope, year)\
{of_months if by_months else ""};"""
