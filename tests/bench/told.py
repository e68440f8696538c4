"""What a benchmark found: rows for people and programs, and the targets that they are held to."""

from dataclasses import asdict, dataclass, field
from statistics import quantiles
from typing import Any

import pandas as pd


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A figure and the most it should be; a ratio unless `unit` says otherwise."""

    what: str
    found: float
    most: float
    unit: str = "×"

    @property
    def is_met(self) -> bool:
        """Whether the figure is within its bound."""
        return self.found <= self.most


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of the benchmark: its table, a dictionary per row, and its targets."""

    title: str
    rows: list[dict[str, Any]]
    targets: list[Target] = field(default_factory=list)

    def text(self) -> str:
        """For people: a table, then the targets."""
        table = pd.DataFrame(self.rows).to_string(index=False, na_rep="–", float_format=lambda value: f"{value:.2f}")
        lines = [f"\n{self.title}\n{'=' * len(self.title)}", table]
        for target in self.targets:
            met = "met" if target.is_met else "NOT MET"
            lines.append(f"target: {target.what}: {target.found:.2f} {target.unit}, at most {target.most:g}: {met}")
        return "\n".join(lines)

    def as_dict(self) -> dict[str, Any]:
        """For programs."""
        return {**asdict(self), "met": [target.is_met for target in self.targets]}


def p95(values: list[float]) -> float:
    """The value that 95 in 100 are below; the largest of a few."""
    return quantiles(values, n=20, method="inclusive")[-1] if len(values) > 1 else values[0]


def ratio(part: float, whole: float) -> float:
    """How many times the yardstick."""
    return part / whole if whole else float("nan")
