"""Writes the macros that depend on which filters there are, from the declarations of `filters.py`.

    python -m queries.filters_sql

`_filters.sql`: whether a filter keeps a lot, a line, a notified contract; the years of a lot with such lines. `_choices.sql`: what
the form offers. They are kept in the tree, so that SQL is read where it is used; a test holds them equal to what is declared.
"""

import argparse
import sys
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from queries.active_hours_sql import active_hours, active_lot_years
from queries.filters import FILTERS, Filter
from queries.questions import FOLDER

_WIDTH: Final = 130
_HEAD: Final = """\
-- Made from queries/filters.py by python -m queries.filters_sql: change the declaration there, not this file.
-- NULL means everything, an empty list nothing; 'none' stands for a column that is empty.
"""
# What questions expand most often: each is made anew for a cursor, in a fifth of a millisecond.
_SHORTENED: Final = frozenset(
    {"lot_matches", "line_matches", "every_line_matches", "is_whole"}
    | {"year_matches", "month_matches", "dates_match", "active_hours"}
)


def files(filters: Sequence[Filter] = tuple(FILTERS.values())) -> dict[str, str]:
    """The texts of the files, by name."""
    return {
        "_filters.sql": f"{_HEAD}{_predicates(filters)}\n",
        "_choices.sql": f"{_HEAD}\n{_before_choices(_lines(filters))}\n\n{_choices(filters)}\n",
    }


@lru_cache(maxsize=256)
def short_macros(fields: frozenset[str]) -> str:
    """The macros over the filters once more, for one cursor and scopes that set none but these fields: what is true anyway is left out.

    Binding and folding it took two thirds of the time of a question.
    """
    macros = _macros([one for one in FILTERS.values() if one.field in fields])
    if not fields & {"first_year", "last_year"}:
        macros["year_matches"] = "CREATE MACRO year_matches(scope, year) AS (TRUE);"
        macros["dates_match"] = "CREATE MACRO dates_match(scope, lot) AS (TRUE);"
    if not fields & {"first_month", "last_month"}:
        macros["month_matches"] = "CREATE MACRO month_matches(scope, month) AS (TRUE);"
        macros["active_hours"] = active_hours(_lines(FILTERS.values()), by_months=False)
    return "\n".join(
        macros[name].replace("CREATE MACRO", "CREATE OR REPLACE TEMP MACRO")
        for name in sorted(_SHORTENED & set(macros))
    )


def _predicates(filters: Sequence[Filter]) -> str:
    note = """\
-- `lot`, `line`, `contract`: the alias of a table that has these columns. DuckDB folds them as if each column were written out:
-- row groups are still skipped (tests/queries/test_engine.py).
"""
    parts = (*_macros(filters).values(), active_lot_years(_lines(filters)), active_hours(_lines(filters)))
    return note + "".join(f"\n{part}\n" for part in parts).rstrip()


def _lines(filters: Iterable[Filter]) -> list[Filter]:
    """Those on lines of hours."""
    return [one for one in filters if one.of_line]


def _macros(filters: Sequence[Filter]) -> dict[str, str]:
    """Each predicate over the filters, by name."""
    lots, lines = ([one for one in filters if one.of_line is of_line] for of_line in (False, True))
    counted = "(scope['include_uncounted'] OR lot.counts_in_total)"
    macros = (
        _predicate(
            "lot_matches(scope, lot)",
            "Whether the filters on lots keep a lot, or a row with the columns of its lot.",
            [counted, *(_kept(one, "lot") for one in lots)],
        ),
        _predicate(
            "line_matches(scope, line)",
            "Whether the filters on lines of hours keep a line. The years apart: see year_matches.",
            [_kept(one, "line") for one in lines],
        ),
        _predicate(
            "every_line_matches(scope)",
            "Whether no filter on lines of hours is set, the years apart.",
            [f"scope['{one.field}'] IS NULL" for one in lines],
        ),
        _predicate(
            "structure_matches(scope, territory)",
            "Whether the filter on structures keeps a structure, or a row with its code.",
            [_kept(one, "territory") for one in filters if one.of_several],
        ),
        _predicate(
            "notified_matches(scope, contract)",
            "Whether the filters keep a notified contract; the DECP have the columns of few of them.",
            [_kept(one, "contract") for one in filters if one.cuts_notified],
        ),
        _predicate(
            "notified_is_open(rights)",
            "Whether rights open notified contracts: limited by a column that the DECP do not have, they open none.",
            [f"rights['{one.field}'] IS NULL" for one in filters if one.limits_rows and not one.cuts_notified],
        ),
        _predicate(
            "is_of_clients(scope)",
            "Whether nothing but years and clients is filtered: only then do opening balances enter, which know nothing else.",
            [f"scope['{one.field}'] IS NULL" for one in filters if one.column != "client_id"],
        ),
        _predicate(
            "is_whole(scope)",
            "Whether nothing but years is filtered.",
            ["is_of_clients(scope)", "scope['clients'] IS NULL"],
        ),
    )
    return {signature.partition("(")[0]: macro for signature, macro in macros}


def _predicate(signature: str, comment: str, conditions: Sequence[str]) -> tuple[str, str]:
    ands = "\n  AND "
    return signature, f"-- {comment}\nCREATE MACRO {signature} AS (\n  {ands.join(conditions) or 'TRUE'}\n);"


def _kept(one: Filter, table: str) -> str:
    allowed = f"scope['{one.field}']"
    contained = f"list_contains({allowed}, {_filled(one, f'{table}.{one.column}')})"
    short = f"({allowed} IS NULL OR {contained})"
    return short if len(f"  AND {short}") <= _WIDTH else f"(\n    {allowed} IS NULL\n    OR {contained}\n  )"


def _filled(one: Filter, column: str) -> str:
    return f"coalesce({column}, 'none')" if one.may_be_empty else column


def _before_choices(lines: Sequence[Filter]) -> str:
    columns = "".join(f"    worked.{one.column},\n" for one in lines)
    return f"""\
-- Rows of active_hours with their lots, that only the rights and the filters outside the form's lists cut: years or months, what
-- counts in the total.
CREATE MACRO lot_hours_before_choices(scope, rights) AS TABLE
  SELECT
    lots.*,
{columns}    worked.hours_validated,
    worked.hours_pending
  FROM active_hours(scope, rights) AS worked
  INNER JOIN lots ON worked.contract_id = lots.contract_id AND worked.lot_id = lots.lot_id
  WHERE
    lot_matches(rights, lots) -- noqa: RF02
    AND (scope['include_uncounted'] OR lots.counts_in_total);"""


def _choices(filters: Sequence[Filter]) -> str:
    columns = [one.column for one in filters]
    groups = [_filled(one, one.column) for one in filters]
    visible = [
        group if group == column else f"{group} AS {column}" for group, column in zip(groups, columns, strict=True)
    ]
    against = [f"shuts_out(scope['{one.field}'], {one.column})" for one in filters]
    parts = [
        f"""\
  SELECT
    '{one.field}' AS field,
    {one.column} AS value,
    hours
  FROM shut_out
  WHERE filters_against = {shut}{f" AND {one.column} IS NOT NULL" if one.of_several else ""}"""
        for one, shut in zip(filters, against, strict=True)
    ]
    commas, pluses, union = ",\n      ", "\n      + ", "\n  UNION ALL\n"
    return f"""\
-- One row per filter, value of it and group of hours that no other filter shuts out. hours: validated and pending.
CREATE MACRO choices_in_scope(scope, rights) AS TABLE
  WITH hours_by_group AS (
    SELECT
      {commas.join(visible)},
      sum(hours_validated + hours_pending) AS hours
    FROM lot_hours_before_choices(scope, rights)
    GROUP BY
      {commas.join(groups)}
  ),

  shut_out AS (
    SELECT
      *,
      {pluses.join(against)} AS filters_against
    FROM hours_by_group
  )

{union.join(parts)};"""


def main() -> int:
    """Writes the files; returns the exit code."""
    argparse.ArgumentParser(
        prog="python -m queries.filters_sql", description="Writes the SQL of the filters."
    ).parse_args()
    for name, text in files().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
