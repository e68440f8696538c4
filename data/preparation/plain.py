"""Problems as plain JSON and back, so that a page can display the problems of another process in the reader's language."""

import datetime as dt
from decimal import Decimal
from typing import Any

from data.problems import Label, Problem


def plain(problem: Problem) -> dict[str, Any]:
    """What JSON can hold of a problem: everything."""
    return {
        "kind": problem.kind,
        "message": problem.message,
        "values": {name: _plain(value) for name, value in problem.values.items()},
        "file": problem.file,
        "row": problem.row,
        "column": problem.column,
        "value": problem.value,
        "count": problem.count,
    }


def problem_of(entry: dict[str, Any]) -> Problem:
    """The problem that was written so."""
    return Problem(**entry | {"values": {name: _value(value) for name, value in entry["values"].items()}})


def _plain(value: Any) -> Any:
    if isinstance(value, Label):
        return {"label": str(value)}
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    if isinstance(value, dt.date):
        return {"date": value.isoformat()[:10]}
    return value if value is None or isinstance(value, bool | int | float) else str(value)


def _value(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if "label" in value:
        return Label(value["label"])
    return Decimal(value["decimal"]) if "decimal" in value else dt.date.fromisoformat(value["date"])
