"""A question as one statement of Spark SQL: macros written out, parameters named and typed, the rest translated by sqlglot."""

import unicodedata
from collections.abc import Callable, Mapping
from functools import cache
from itertools import count
from typing import Any, Final

import sqlglot
from pyspark.sql import Column
from pyspark.sql import functions as spark
from sqlglot import exp

from queries.open_release import VIEW_FILES
from queries.questions import FOLDER

# Letters with an accent and without: what strip_accents does to names of France.
_ACCENTED: Final = [letter for letter in map(chr, range(0xC0, 0x180)) if len(unicodedata.normalize("NFD", letter)) > 1]
_LETTERS: Final = tuple(
    exp.Literal.string("".join(letters))
    for letters in (_ACCENTED, (unicodedata.normalize("NFD", letter)[0] for letter in _ACCENTED))
)
_TYPES: Final = {
    "first_year": "int",
    "last_year": "int",
    "first_month": "date",
    "last_month": "date",
    "include_uncounted": "boolean",
}
_LIST: Final = "array<string>"
_POPULATION: Final = {
    "field": "string",
    "value": "string",
    "year": "int",
    "include_uncounted": "boolean",
    "public": "boolean",
}


@cache
def question_sql(sql: str) -> str:
    """The statement of a question; each field of a scope is a parameter of its own (see `arguments`)."""
    return _translated(sqlglot.parse_one(sql, dialect="duckdb"))


def tables_sql() -> dict[str, str]:
    """What the shared files make of the files of a release, in order: the name of each table or view, and its statement."""
    return {tree.this.name: _translated(tree.expression) for tree in _created() if tree.kind != "MACRO"}


def arguments(values: Mapping[str, Any]) -> dict[str, Column]:
    """What is bound to the parameters: a question's own ones are texts, the fields of a scope have their types."""
    bound = {}
    for name, value in values.items():
        if isinstance(value, Mapping):
            for field, part in value.items():
                bound[f"{name}_{field}"] = _column(part, _TYPES.get(field, _LIST))
        elif name == "populations":
            rows = [
                spark.struct(*(_column(row[key], kind).alias(key) for key, kind in _POPULATION.items()))
                for row in value
            ]
            fields = ", ".join(f"{key}: {kind}" for key, kind in _POPULATION.items())
            bound[name] = spark.array(*rows).cast(f"array<struct<{fields}>>")
        else:
            bound[name] = _column(value, _LIST if isinstance(value, list) else "string")
    return bound


def _column(value: Any, kind: str) -> Column:
    found = spark.array(*map(spark.lit, value)) if isinstance(value, list) else spark.lit(value)
    return found.cast(kind)


def _translated(tree: exp.Expr) -> str:
    whole = _written_out(tree, count())
    # Children first: a rule sees what the rules have made of them.
    for node in reversed(list(whole.walk())):
        if (rule := _RULES.get(type(node))) and (other := rule(node)) is not node:
            node.replace(other)
    return whole.sql(dialect="spark", unsupported_level=sqlglot.ErrorLevel.RAISE, comments=False)


# Macros


@cache
def _created() -> list[exp.Create]:
    """What the shared files create, in order."""
    text = "".join((FOLDER / file).read_text(encoding="utf-8") for file in VIEW_FILES)
    return [tree for tree in sqlglot.parse(text, dialect="duckdb") if isinstance(tree, exp.Create)]


@cache
def _macros() -> dict[str, tuple[list[str], exp.Expr]]:
    """Parameters and body of each macro, by name."""
    return {
        tree.this.this.name: ([parameter.name for parameter in tree.this.expressions], tree.expression)
        for tree in _created()
        if tree.kind == "MACRO"
    }


def _written_out(tree: exp.Expr, numbers: "count[int]") -> exp.Expr:
    """The tree with a bracket in the place of each macro; CTEs with names that no other has, so that none hides a table of another."""
    own = {cte.alias: f"{cte.alias}_{next(numbers)}" for cte in tree.find_all(exp.CTE)}
    for node in list(tree.find_all(exp.CTE, exp.Table)):
        if isinstance(node, exp.CTE):
            node.args["alias"].set("this", exp.to_identifier(own[node.alias]))
        elif node.name in own:
            node.set("alias", node.args.get("alias") or exp.TableAlias(this=exp.to_identifier(node.name)))
            node.set("this", exp.to_identifier(own[node.name]))
    for call in [node for node in tree.find_all(exp.Anonymous) if node.name in _macros()]:
        parameters, body = _macros()[call.name]
        given = dict(zip(parameters, call.expressions, strict=True))
        inlined = _written_out(_given(body.copy(), given), numbers)
        if isinstance(table := call.parent, exp.Table):
            alias = table.args.get("alias") or exp.TableAlias(this=exp.to_identifier(f"{call.name}_{next(numbers)}"))
            table.replace(exp.Subquery(this=inlined, alias=alias))
        else:
            call.replace(inlined)
    return tree


def _given(body: exp.Expr, given: Mapping[str, exp.Expr]) -> exp.Expr:
    """The body of a macro with what it is given: a value in the place of a column, a table in that of an alias."""
    for column in list(body.find_all(exp.Column)):
        if column.table in given:
            column.set("table", exp.to_identifier(given[column.table].name))
        elif not column.table and column.name in given:
            column.replace(exp.paren(given[column.name]))
    return body


# What sqlglot leaves as it is, or translates otherwise than DuckDB computes. Each rule says why.


def _field(node: exp.Bracket) -> exp.Expr:
    """A STRUCT cannot be bound over Spark Connect with NULL in it: each field of a scope is a parameter."""
    scope: exp.Expr = node.this.unnest()
    name = node.expressions[0].name
    while isinstance(scope, exp.Anonymous):  # struct_update(scope, field := value, …)
        updates = {update.name: update.expression for update in scope.expressions[1:]}
        if name in updates:
            return exp.paren(updates[name])
        scope = scope.expressions[0].unnest()
    return exp.Placeholder(this=f"{scope.name}_{name}")


def _date_diff(node: exp.DateDiff) -> exp.Expr:
    """DuckDB counts the first days of months between two dates; sqlglot's MONTHS_BETWEEN counts whole months."""
    if node.text("unit") != "MONTH":
        return node
    later, earlier = (
        exp.Add(
            this=exp.Mul(this=exp.Year(this=day), expression=exp.Literal.number(12)),
            expression=exp.Month(this=day.copy()),
        )
        for day in (node.this, node.expression)
    )
    return exp.paren(exp.Sub(this=exp.paren(later), expression=exp.paren(earlier)))


def _months_added(node: exp.Add | exp.Sub) -> exp.Expr:
    """A number of months that is computed: Spark adds it by a function of its own."""
    months = node.expression
    if not (isinstance(months, exp.Anonymous) and months.name == "to_months"):
        return node
    number = exp.paren(months.expressions[0])
    return exp.AddMonths(this=node.this, expression=exp.Neg(this=number) if isinstance(node, exp.Sub) else number)


def _regexp_replace(node: exp.RegexpReplace) -> exp.Expr:
    """Spark replaces every match, and has its options within the pattern."""
    modifiers = node.args.get("modifiers")
    options = "(?i)" if modifiers and "i" in modifiers.name else ""
    pattern = exp.Literal.string(options + node.expression.name)
    return exp.Anonymous(this="REGEXP_REPLACE", expressions=[node.this, pattern, node.args["replacement"]])


def _split(node: exp.Split) -> exp.Expr:
    """sqlglot quotes the separator by a sign of Java's regular expressions that Sail's do not have; a space needs none."""
    return exp.Anonymous(this="SPLIT", expressions=[node.this, node.expression])


def _function(node: exp.Anonymous) -> exp.Expr:
    """Two functions that Spark has under another name, or not at all."""
    if node.name == "strip_accents":
        return exp.Anonymous(this="TRANSLATE", expressions=[*node.expressions, *_LETTERS])
    if node.name == "list_bool_and":
        (listed,) = node.expressions
        return exp.Anonymous(this="FORALL", expressions=[listed.this, listed.expression])
    return node


def _collate(node: exp.Collate) -> exp.Expr:
    """Sail knows no collations: the order of names without capitals and accents."""
    return exp.Anonymous(this="TRANSLATE", expressions=[exp.Lower(this=node.this), *_LETTERS])


def _explode(node: exp.Explode) -> exp.Expr:
    """A list of STRUCTs taken apart, each field a column."""
    return exp.Anonymous(this="INLINE", expressions=[node.this]) if node.expressions else node


_RULES: Final[dict[type, Callable[[Any], exp.Expr]]] = {
    exp.Bracket: _field,
    exp.DateDiff: _date_diff,
    exp.Add: _months_added,
    exp.Sub: _months_added,
    exp.RegexpReplace: _regexp_replace,
    exp.Split: _split,
    exp.Anonymous: _function,
    exp.Collate: _collate,
    exp.Explode: _explode,
}
