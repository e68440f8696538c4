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
    every_question = questions().values()
    parts = [_row(one) for one in every_question] + [_function(one) for one in every_question]
    return _HEAD + "\n\n".join(parts) + _TAIL


def is_single(question: Question) -> bool:
    """Whether the answer is always one row."""
    return question.order == "a single row"


def _name(question: Question) -> str:
    return "".join(part.capitalize() for part in question.name.split("_")) + "Row"


def _row(question: Question) -> str:
    return "\n".join(
        (f"class {_name(question)}(TypedDict):", f'    """{_grain(question)}"""', "", *_fields(question), "")
    )


def _grain(question: Question) -> str:
    return question.grain[:1].upper() + question.grain[1:] + "."


def _fields(question: Question) -> Iterator[str]:
    for column in reader_columns(question):
        yield f"    {column.name}: {_type(column.type)}{' | None' if column.nullable else ''}"


def _type(sql_type: str) -> str:
    inner = sql_type.removesuffix("[]")
    python_type = _TYPES[re.sub(r"\(.*\)", "", inner)]
    return f"list[{python_type}]" if inner != sql_type else python_type


def _function(question: Question) -> str:
    names = named_parameters(question.sql)
    takes_scope = bool({"scope", "populations"} & names)
    given = ["access: Access", *(["scope: Scope"] if takes_scope else [])]
    given += [f"{one.name}: str{' = ' + chr(34) * 2 if one.optional else ''}" for one in question.parameters]
    passed = [f'"{question.name}"', "scope" if takes_scope else "Scope()"]
    passed += [f"{name}={name}" for name in (one.name for one in question.parameters) if name not in BOUND]
    rows = f"access.ask({', '.join(passed)}).to_pylist()"
    row = _name(question)
    result, value = (
        (row, f'cast("{row}", {rows}[0])') if is_single(question) else (f"list[{row}]", f'cast("list[{row}]", {rows})')
    )
    return "\n".join(
        (
            f"def {question.name}({', '.join(given)}) -> {result}:",
            f'    """{_grain(question)}"""',
            f"    return {value}",
            "",
        )
    )
