"""The last months of the lots of the list: a bar a month beside the last one declared."""

from collections.abc import Sequence
from typing import cast

import pyarrow as pa
import pyarrow.compute as pc

from data.words import Words
from pages.parts.small_bars import Bars, Period, small_bars
from queries.answers import LotLastMonthsRow, LotsRow

LotKey = tuple[str, str]


def last_months(answer: pa.Table, lots: Sequence[LotsRow], words: Words) -> dict[LotKey, Bars | None]:
    """The bars of these lots, those that are running and have hours in the months. `answer`: to lot_last_months."""
    wanted = pc.is_in(answer["contract_id"], value_set=pa.array([lot["contract_id"] for lot in lots], pa.string()))
    months: dict[LotKey, list[Period]] = {}
    for row in cast("list[LotLastMonthsRow]", answer.filter(wanted).to_pylist()):
        period = Period(words.month(row["month"]), row["hours_validated"], row["share_of_best"])
        months.setdefault((row["contract_id"], row["lot_id"]), []).append(period)
    return {lot: small_bars(periods, words) for lot, periods in months.items()}
