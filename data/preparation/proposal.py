"""The mapping that is proposed for files: what is decided, then what is suggested, until nothing more is.

Each entry that is proposed and not decided yet is a question. Whoever publishes answers all of them at once; what is answered is decided.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from data.problems import Problem
from data.sources.mapping import Mapping
from data.sources.mapping_entries import Suggestion, entries_of
from data.sources.mapping_file import UNITS, mapping_of
from data.sources.plan import Plan, planned
from data.sources.raw_table import RawTable
from data.toml import parsed

Target = str | tuple[str, ...] | int
_ROUNDS: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One entry of the mapping to confirm: `section` is hours.values.status. `is_open`: nothing is proposed. `choices`: all answers, when few are possible."""

    section: str
    text: str
    target: Target
    file: str = ""
    is_open: bool = False
    choices: tuple[str, ...] = ()

    @property
    def table(self) -> str:
        """contracts, hours or notified; sheets."""
        return self.section.partition(".")[0]

    @property
    def kind(self) -> str:
        """columns, made, values, by, defaults, units, months, rows."""
        return self.section.split(".")[1] if "." in self.section else self.section


def proposed(tables: Sequence[RawTable], decided: Mapping) -> tuple[Plan, list[Suggestion]]:
    """The plan under what is decided and all that is suggested, and what is suggested once that is taken; and every suggestion on the way."""
    plan = planned(tables, decided)
    suggestions = _suggested(plan)
    for _ in range(_ROUNDS):
        mapping = taken(plan)
        if mapping == plan.mapping:
            break
        plan = planned(tables, mapping)
        suggestions += _suggested(plan)
    return plan, suggestions


def _suggested(plan: Plan) -> list[Suggestion]:
    return [*(suggestion for table in plan.tables for suggestion in table.suggestions), *plan.suggestions]


def taken(plan: Plan, suggestions: Sequence[Suggestion] = ()) -> Mapping:
    """The mapping with every suggestion accepted. `suggestions`: further suggestions, from the cells."""
    return mapping_of(parsed(plan.text(suggestions)), "mapping.toml")


def questions(
    decided: Mapping, mapping: Mapping, suggestions: Sequence[Suggestion], problems: Iterable[Problem]
) -> list[Question]:
    """What is proposed beyond what is decided, then what nothing is proposed for, and what only problems ask."""
    known = {(entry.section, entry.text): entry.target for entry in entries_of(decided)}
    files = {(entry.section, entry.text): entry.file for entry in suggestions}
    by_key = {
        (entry.section, entry.text): Question(
            section=entry.section, text=entry.text, target=entry.target, file=files.get((entry.section, entry.text), "")
        )
        for entry in entries_of(mapping)
        if known.get((entry.section, entry.text)) != entry.target
    }
    for entry in suggestions:
        key = entry.section, entry.text
        is_open = entry.target == "" and not entry.decided and not entry.section.endswith(".columns")
        if is_open and key not in known and key not in by_key:
            by_key[key] = Question(section=entry.section, text=entry.text, target="", file=entry.file, is_open=True)
    every_question = [*by_key.values(), *(question for problem in problems for question in _of_problem(problem))]
    return list(dict.fromkeys(every_question))


def _of_problem(problem: Problem) -> list[Question]:
    """The question that a problem asks and no suggestion answers: a unit, a last row."""
    if problem.kind == "percent_or_fraction":
        table, column = str(problem.values["table"]), str(problem.values["column"])
        return [Question(section=f"{table}.units", text=column, target="", is_open=True, choices=UNITS["%"])]
    if problem.kind == "total_question":
        table = str(problem.values.get("table", ""))
        choices = ("out", "data")
        return (
            [Question(section=f"{table}.rows", text="totals", target="", is_open=True, choices=choices)]
            if table
            else []
        )
    return []


def answered(mapping: Mapping, answers: Iterable[tuple[str, str, Target]]) -> Mapping:
    """The mapping with answers (section, text, target) in it. ExtractError when one of them leads nowhere."""
    content = document(mapping)
    for section, text, target in answers:
        _table(content, section)[text] = _toml_value(target)
    return mapping_of(content, "mapping.toml")


def document(mapping: Mapping) -> dict[str, Any]:
    """The mapping as TOML reads it: tables of tables."""
    content: dict[str, Any] = {}
    for entry in entries_of(mapping):
        _table(content, entry.section)[entry.text] = _toml_value(entry.target)
    return content


def _table(content: dict[str, Any], section: str) -> dict[str, Any]:
    """The table of a document that a section names, made when it is not there."""
    place = content
    for part in section.split("."):
        place = place.setdefault(part, {})
    return place


def _toml_value(target: Target) -> Any:
    """What a document has for a target: a list of columns, "" for none of them."""
    return list(target) or "" if isinstance(target, tuple) else target
