"""Every question has a test of its values: a figure worked out by hand, for rows that the test shows.

How it is recognised: a test function below tests/queries/ runs the question by name (`answer(…, "hours_by_year")`, `only(…)`,
`answers.hours_by_year(…)`, `….ask("hours_by_year", …)`), itself or through a function of its module, and compares something with a
literal that holds a number. Tests over all questions at once run no question by name and do not count.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

from queries.questions import questions

HERE = Path(__file__).parent
# What may stand in a literal beside numbers and texts: exact numbers, months, dates.
OF_LITERALS = {"Decimal", "month", "date", "dt", "approx", "pytest", "str"}


def run_by(tree: ast.AST) -> set[str]:
    """The questions that a piece of a test runs by name."""
    found = set()
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        of = call.func.value if isinstance(call.func, ast.Attribute) else None
        if isinstance(call.func, ast.Attribute) and isinstance(of, ast.Name) and of.id == "answers":
            found.add(call.func.attr)
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        if name in ("answer", "only", "ask"):
            found |= {
                part.value for part in call.args[:2] if isinstance(part, ast.Constant) and isinstance(part.value, str)
            }
    return found & questions().keys()


def is_by_hand(tree: ast.AST) -> bool:
    """Whether an expression is made of literals, at least one of them a number."""
    names = {
        node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and not node.id.isupper()
    }  # constants of the module
    values = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    return names <= OF_LITERALS and any(
        isinstance(value, int | float) and value is not True and value is not False for value in values
    )


def compares_by_hand(test: ast.AST) -> bool:
    """Whether a test compares something with a figure that is written in it."""
    return any(
        is_by_hand(side)
        for claim in ast.walk(test)
        if isinstance(claim, ast.Assert)
        for compared in ast.walk(claim.test)
        if isinstance(compared, ast.Compare)
        for side in [compared.left, *compared.comparators]
    )


def valued_in(file: Path) -> Iterator[str]:
    """The questions with a test of values in a module."""
    functions = {
        node.name: node
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
    }
    runs = {name: run_by(function) for name, function in functions.items()}
    for name, function in functions.items():
        if name.startswith("test_") and compares_by_hand(function):
            called = {node.id for node in ast.walk(function) if isinstance(node, ast.Name)} & functions.keys()
            yield from runs[name].union(*(runs[other] for other in called))


def test_every_question_has_a_test_of_its_values() -> None:
    valued = {name for file in HERE.rglob("test_*.py") for name in valued_in(file)}
    assert sorted(questions().keys() - valued) == []


def test_a_test_without_a_figure_is_none_of_values() -> None:
    without = "def test_it(opened):\n    assert answer(opened(), 'totals') == expected"
    assert not compares_by_hand(ast.parse(without))
    assert run_by(ast.parse(without)) == {"totals"}
    assert compares_by_hand(ast.parse("assert only(opened(), 'totals') == {'hours': Decimal(100)}"))
    assert not compares_by_hand(ast.parse("assert only(opened(), 'totals')['complete'] is True"))
