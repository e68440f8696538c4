"""What was read of the files: sheets, questions, problems, notices; and of a candidate the figures before they serve."""

import datetime as dt
from dataclasses import asdict, dataclass, field, replace
from decimal import Decimal
from typing import Any

from data.preparation.folder import Preparation
from data.preparation.plain import plain, problem_of
from data.preparation.proposal import Question
from data.preparation.sheets import SheetRead, sheet_of
from data.problems import Problem
from data.release.compare import Comparison


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """`mapping`: a whole mapping.toml with what is proposed taken. `hours`: those of each sheet of hours, by its name."""

    sheets: tuple[SheetRead, ...] = ()
    mapping: str = ""
    questions: tuple[Question, ...] = ()
    problems: tuple[Problem, ...] = ()
    notices: tuple[Problem, ...] = ()
    rows: dict[str, int] = field(default_factory=dict)
    hours: dict[str, Decimal] = field(default_factory=dict)
    comparison: Comparison | None = None

    def write(self, preparation: Preparation) -> None:
        """Puts it on disk."""
        preparation.write(
            "reading",
            {
                "sheets": [sheet.plain() for sheet in self.sheets],
                "mapping": self.mapping,
                "questions": [asdict(question) for question in self.questions],
                "problems": [plain(problem) for problem in self.problems],
                "notices": [plain(notice) for notice in self.notices],
                "rows": self.rows,
                "hours": {name: str(hours) for name, hours in self.hours.items()},
                "comparison": None if self.comparison is None else _plain(asdict(self.comparison)),
            },
        )


def reading_of(preparation: Preparation) -> Reading | None:
    """What was read last; None before the first time."""
    content = preparation.read("reading")
    if content is None:
        return None
    return Reading(
        sheets=tuple(map(sheet_of, content["sheets"])),
        mapping=content["mapping"],
        questions=tuple(_question(question) for question in content["questions"]),
        problems=tuple(map(problem_of, content["problems"])),
        notices=tuple(map(problem_of, content["notices"])),
        rows=content["rows"],
        hours={name: Decimal(hours) for name, hours in content["hours"].items()},
        comparison=None if content["comparison"] is None else Comparison(**_value(content["comparison"])),
    )


def _question(entry: dict[str, Any]) -> Question:
    target = tuple(entry["target"]) if isinstance(entry["target"], list) else entry["target"]
    return replace(Question(**entry), target=target, choices=tuple(entry["choices"]))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return {"decimal": str(value)} if isinstance(value, Decimal) else value


def _value(value: Any) -> Any:
    if isinstance(value, list):
        return [_value(each) for each in value]
    if not isinstance(value, dict):
        return value
    if set(value) == {"decimal"}:
        return Decimal(value["decimal"])
    return {name: _value(each) for name, each in value.items()}


def as_of(preparation: Preparation) -> dt.date | None:
    """The date of the data that the publisher gave; None to take the latest of the hours."""
    choices = preparation.read("choices") or {}
    return dt.date.fromisoformat(choices["as_of"]) if choices.get("as_of") else None


def accepts_anomalies(preparation: Preparation) -> bool:
    """Whether the publisher accepts more lines left out than the settings allow."""
    return bool((preparation.read("choices") or {}).get("accept_anomalies"))
