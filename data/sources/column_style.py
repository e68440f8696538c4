"""What the cells of a column decide together: the decimal mark of its numbers, the place of its midnights."""

import duckdb

from data.sources.cells import has_zone
from data.sources.made_fields import Field
from data.sources.reading_dates import ZONES
from data.sources.table_plan import TablePlan


def number_style(connection: duckdb.DuckDBPyConnection, plan: TablePlan) -> str | None:
    """The decimal mark of a source's numbers (comma, point), from all of them together; None when nothing tells."""
    assert plan.table is not None
    raw = plan.raw
    numbers = [
        plan.fields[column.name].sql
        for column in plan.table.every_column
        if column.name in plan.fields and column.sql_type.startswith(("DECIMAL", "INTEGER"))
    ]
    if not raw.text_numbers or not numbers:
        return None
    names = [f"form_{n}" for n in range(len(numbers))]
    taken = ", ".join(f"taken({sql}) AS {name}" for sql, name in zip(numbers, names, strict=True))
    forms = ", ".join(f"number_form({name}) AS {name}" for name in names)
    ever = (
        " OR ".join(f"coalesce(bool_or({name} = '{form}'), false)" for name in names) for form in ("comma", "point")
    )
    seen = connection.execute(
        f"SELECT {', '.join(ever)} FROM (SELECT {forms} FROM (SELECT {taken} FROM {raw.relation}))"
    ).fetchone()
    return {(True, False): "comma", (False, True): "point"}.get(seen or (False, False))


def place_of_midnights(connection: duckdb.DuckDBPyConnection, plan: TablePlan, at: Field) -> tuple[str, ...]:
    """The place overseas in which all moments of a typed column are midnight, when they are so nowhere nearer."""
    if not has_zone(at.kind):
        return ()
    midnights = ", ".join(
        f"bool_and({local} = date_trunc('day', {local}))"
        for local in (f"timezone('{zone}', CAST({at.sql} AS TIMESTAMPTZ))" for zone in ZONES)
    )
    seen = connection.execute(f"SELECT {midnights} FROM {plan.raw.relation}").fetchone() or ()
    return tuple(zone for zone, always in zip(ZONES, seen, strict=False) if always)[:1]
