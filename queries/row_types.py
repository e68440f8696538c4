"""Writes `queries/answers.py`: the rows of each question as a type, and a function that asks it.

Run by `python -m queries.answers` whenever a header of a .sql file changes.
"""

import argparse
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from queries.engine import BOUND, named_parameters
from queries.questions import Question, questions
from queries.rights.columns import reader_columns

FILE: Final = Path(__file__).parent / "answers.py"
_TYPES: Final = {
    "VARCHAR": "str",
    "BIGINT": "int",
    "INTEGER": "int",
    "DOUBLE": "float",
    "DECIMAL": "Decimal",
    "DATE": "dt.date",
    "TIMESTAMP": "dt.datetime",
    "BOOLEAN": "bool",
}
_HEAD: Final = '''"""The answers, typed: for each question, its row and the function that asks it. Generated from the headers of queries/*.sql.

Do not edit: run `python -m queries.answers` after a header has changed. Rows are as a reader receives them, after rights and
statistical secrecy; what may be empty is `| None`. For the answer as an Arrow table, `access.ask(name, scope)`.
"""

# fmt: off
import datetime as dt
from decimal import Decimal
from typing import TypedDict, cast

from queries.rights.access import Access
from queries.scope import Scope


'''
_TAIL: Final = """

if __name__ == "__main__":
    import sys

    from queries.row_types import main

    sys.exit(main())
"""


def main() -> int:
    """Runs the command; returns its exit code."""
    argparse.ArgumentParser(
        prog="python -m queries.answers", description="Writes queries/answers.py from the headers of queries/*.sql."
    ).parse_args()
    FILE.write_text(text(), encoding="utf-8")
    return 0


def text() -> str:
    """The whole file."""
    asked = questions().values()
    parts = [_row(one) for one in asked] + [_function(one) for one in asked]
    return _HEAD + "\n\n".join(parts) + _TAIL


def is_single(asked: Question) -> bool:
    """Whether the answer is always one row."""
    return asked.order == "a single row"


def _name(asked: Question) -> str:
    return "".join(part.capitalize() for part in asked.name.split("_")) + "Row"


def _row(asked: Question) -> str:
    return "\n".join((f"class {_name(asked)}(TypedDict):", f'    """{_grain(asked)}"""', "", *_fields(asked), ""))


def _grain(asked: Question) -> str:
    return asked.grain[:1].upper() + asked.grain[1:] + "."


def _fields(asked: Question) -> Iterator[str]:
    for column in reader_columns(asked):
        yield f"    {column.name}: {_type(column.type)}{' | None' if column.nullable else ''}"


def _type(sql_type: str) -> str:
    inner = sql_type.removesuffix("[]")
    found = _TYPES[re.sub(r"\(.*\)", "", inner)]
    return f"list[{found}]" if inner != sql_type else found


def _function(asked: Question) -> str:
    names = named_parameters(asked.sql)
    takes_scope = bool({"scope", "populations"} & names)
    given = ["access: Access", *(["scope: Scope"] if takes_scope else [])]
    given += [f"{one.name}: str{' = ' + chr(34) * 2 if one.optional else ''}" for one in asked.parameters]
    passed = [f'"{asked.name}"', "scope" if takes_scope else "Scope()"]
    passed += [f"{name}={name}" for name in (one.name for one in asked.parameters) if name not in BOUND]
    rows = f"access.ask({', '.join(passed)}).to_pylist()"
    row = _name(asked)
    result, value = (
        (row, f'cast("{row}", {rows}[0])') if is_single(asked) else (f"list[{row}]", f'cast("list[{row}]", {rows})')
    )
    return "\n".join(
        (
            f"def {asked.name}({', '.join(given)}) -> {result}:",
            f'    """{_grain(asked)}"""',
            f"    return {value}",
            "",
        )
    )
