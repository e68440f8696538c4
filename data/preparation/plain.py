"""Problems as plain JSON and back: a page says in the reader's language what another process found."""

import datetime as dt
from decimal import Decimal
from typing import Any

from data.problems import Problem


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


def problem_of(told: dict[str, Any]) -> Problem:
    """The problem that was written so."""
    return Problem(**told | {"values": {name: _value(value) for name, value in told["values"].items()}})


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    if isinstance(value, dt.date):
        return {"date": value.isoformat()[:10]}
    return value if value is None or isinstance(value, bool | int | float) else str(value)


def _value(told: Any) -> Any:
    if not isinstance(told, dict):
        return told
    return Decimal(told["decimal"]) if "decimal" in told else dt.date.fromisoformat(told["date"])
