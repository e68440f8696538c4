"""Writes the macros that depend on which filters there are, from the declarations of `filters.py`.

    python -m queries.filters_sql

`_filters.sql`: whether a filter keeps a lot, a line, a notified contract. `_choices.sql`: what the form offers. They are kept in
the tree, so that SQL is read where it is used; a test holds them equal to what is declared.
"""

import argparse
import sys
from collections.abc import Sequence
from typing import Final

from queries.filters import FILTERS, Filter
from queries.questions import FOLDER

_WIDTH: Final = 130
_HEAD: Final = """\
-- Made from queries/filters.py by python -m queries.filters_sql: change the declaration there, not this file.
-- NULL means everything, an empty list nothing; 'none' stands for a column that is empty.
"""


def files(filters: Sequence[Filter] = tuple(FILTERS.values())) -> dict[str, str]:
    """The texts of the files, by name."""
    return {"_filters.sql": f"{_HEAD}{_predicates(filters)}\n", "_choices.sql": f"{_HEAD}\n{_choices(filters)}\n"}


def _predicates(filters: Sequence[Filter]) -> str:
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
            "is_whole(scope)",
            "Whether nothing but years is filtered: only then does the opening balance, known for the whole authority, enter.",
            [f"scope['{one.field}'] IS NULL" for one in filters],
        ),
    )
    note = """\
-- `lot`, `line`, `contract`: the alias of a table that has these columns. DuckDB folds them as if each column were written out:
-- row groups are still skipped (tests/queries/test_engine.py).
"""
    return note + "".join(f"\n{macro}\n" for macro in macros).rstrip()


def _predicate(signature: str, comment: str, conditions: Sequence[str]) -> str:
    ands = "\n  AND "
    return f"-- {comment}\nCREATE MACRO {signature} AS (\n  {ands.join(conditions)}\n);"


def _kept(one: Filter, table: str) -> str:
    allowed = f"scope['{one.field}']"
    contained = f"list_contains({allowed}, {_filled(one, f'{table}.{one.column}')})"
    short = f"({allowed} IS NULL OR {contained})"
    return short if len(f"  AND {short}") <= _WIDTH else f"(\n    {allowed} IS NULL\n    OR {contained}\n  )"


def _filled(one: Filter, column: str) -> str:
    return f"coalesce({column}, 'none')" if one.may_be_empty else column


def _choices(filters: Sequence[Filter]) -> str:
    columns = [one.column for one in filters]
    groups = [_filled(one, one.column) for one in filters]
    shown = [
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
      {commas.join(shown)},
      sum(hours_validated + hours_pending) AS hours
    FROM lines_before_choices(scope, rights)
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
