"""A part of a list of the detail in the order of one of its columns: what a reader asks for by the header of a table.

Nothing that a reader typed is ever SQL: the column is one of those that the question declares.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import urlencode

from data.words import N_
from queries.engine import Parameter
from queries.errors import QueryError
from queries.questions import AnswerColumn, Question, question
from queries.rights.access import Access
from queries.rights.rights import WITHHELD
from queries.scope import Scope

PLACE: Final = "line_number"


@dataclass(frozen=True, slots=True, kw_only=True)
class _List:
    """The macro that has the rows of a list, and its own order, which is total but for rows that read alike."""

    rows: str
    order: tuple[str, ...]


_LISTS: Final = {
    "detail_lots": _List(rows="lots_listed", order=("contract_id", "lot_id")),
    "detail_hours": _List(
        rows="lines_found",
        order=(
            "month", "client_id", "contract_id", "lot_id", "employer_kind", "work_contract_type", "link", "status", "declared_on",
            "validated_on", "hours_declared", "hours_validated",
        ),
    ),
}  # fmt: skip
_CODES: Final = AnswerColumn(
    name="codes", type="VARCHAR[]", unit="", meaning="codes of the column, as readers sort them"
)


def open_columns(name: str, access: Access) -> list[str]:
    """The columns of a list that the reader may see, in the order of the question: an order tells what a column holds."""
    columns = [column.name for column in question(name).columns]
    return [name for name in columns if name not in WITHHELD or access.rights.may(WITHHELD[name])]


def ordered_part(
    name: str, access: Access, scope: Scope, *, key: str, descending: bool, codes: Sequence[str] = (), **parameters: str
) -> list[dict[str, Any]]:
    """The rows of that part of the list, whose columns are those of its question; `line_number` is the place in this order.

    `codes`: those of a column of codes, in the order of their names in the reader's language. Rows without a value come last.
    Raises QueryError when the reader may not see the column.
    """
    if key not in open_columns(name, access):
        raise QueryError(N_("{value} n’est pas une colonne de cette liste."), value=key)
    ordered = _ordered(name, key, descending=descending, coded=bool(codes), note=urlencode(parameters))
    bound: dict[str, Parameter] = {**parameters, **({"codes": tuple(codes)} if codes else {})}
    rows: list[dict[str, Any]] = access.ask(ordered, scope, **bound).to_pylist()
    return rows


def _ordered(name: str, key: str, *, descending: bool, coded: bool, note: str) -> Question:
    whole, listed = question(name), _LISTS[name]
    direction = "DESC" if descending else "ASC"
    keys = [f"{_sorted_by(whole, key, coded=coded)} {direction} NULLS LAST"]
    if key == PLACE:
        keys = [f"{column} {direction}" for column in listed.order]
    order = ", ".join([*keys, *listed.order])
    columns = ",\n    ".join(column.name for column in whole.columns if column.name != PLACE)
    # Cut before the places are numbered: the engine then keeps the rows of the part, and sorts no million of lines.
    sql = f"""WITH part AS (
  SELECT
    {columns}
  FROM {listed.rows}($scope, $search)
  ORDER BY {order}
  LIMIT row_bound($rows, 50) OFFSET row_bound($first, 0)
)

SELECT
  row_bound($first, 0) + row_number() OVER (ORDER BY {order}) AS {PLACE},
  {columns}
FROM part
ORDER BY {PLACE};
"""
    parameters = (*whole.parameters, *([_CODES] if coded else []))
    return replace(whole, sql=sql, order=order, parameters=parameters, note=f"order={direction} {key}&{note}")


def _sorted_by(question: Question, key: str, *, coded: bool) -> str:
    """What a column is ordered by: codes by the place of their name, names as readers sort them, all else as it is."""
    (column,) = (column for column in question.columns if column.name == key)
    if coded:
        return f"list_position($codes, {key})"
    return f"sorting_name({key})" if column.type == "VARCHAR" else key
