"""How soon the hours of a month are validated: whether the lag of the settings is long enough for a month to be complete."""

import datetime as dt
from typing import Final

import duckdb

from data.problems import Problem
from data.words import N_

ENOUGH: Final = 0.80
# Months at least a year old, so that all of their hours are in, over the two years before that.
_SHARE: Final = """
    SELECT
      CAST(sum(CASE WHEN validated_on <= last_day(month + to_months(?)) THEN counted END) AS DOUBLE)
      / nullif(CAST(sum(counted) AS DOUBLE), 0)
    FROM lines
    WHERE
      validated_on IS NOT NULL
      AND counted > 0
      AND month <= CAST(? AS DATE) - INTERVAL 13 MONTH
      AND month > CAST(? AS DATE) - INTERVAL 37 MONTH
"""


def validated_in_time(connection: duckdb.DuckDBPyConnection, data_as_of: dt.date, lag_months: int) -> float | None:
    """The share of hours validated within the lag after the end of their month; None where no line says when it was validated."""
    row = connection.execute(_SHARE, [lag_months, data_as_of, data_as_of]).fetchone()
    share: float | None = row[0] if row else None
    return share


def lag_notices(share: float | None, lag_months: int) -> list[Problem]:
    """A warning when too few hours are validated in time: complete months would not be, and dates to come too late."""
    if share is None or share >= ENOUGH:
        return []
    return [
        Problem(
            kind="lag_too_short",
            message=N_(
                "{share}\u00a0% seulement des heures sont validées dans les {months} mois qui suivent la fin de leur mois\u202f; augmentez"
                " declaration_lag_months, sinon des mois incomplets passent pour complets."
            ),
            values={"share": int(share * 100), "months": lag_months},
        )
    ]
