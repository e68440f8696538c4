"""The article behind a clause category at a date, and the dated thresholds: legal_references.toml, thresholds.toml."""

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from data.reference import FOLDER


@dataclass(frozen=True, slots=True, kw_only=True)
class Regime:
    """A legal regime: that of the contracts whose consultation begins from `start` to `end` (None: in force)."""

    id: str
    name: str
    start: dt.date
    end: dt.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """The article of a clause category under a regime. `verified`: a source could be read for it."""

    regime: Regime
    text: str
    concession: str | None
    verified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EuThresholds:
    """Amounts in euros before tax from which a contract is above the European thresholds."""

    start: dt.date
    end: dt.date
    supplies_services_state: int
    supplies_services: int
    supplies_services_utilities: int
    works: int
    concessions: int
    source: str
    verified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """What the law makes compulsory since a day."""

    article: str
    start: dt.date
    summary: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class YearShare:
    """A share of all the contracts notified in a year: a target, or what was done. `source`: the text of a target."""

    year: int
    share: float
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpaserThreshold:
    """Yearly purchases in euros above which an authority must adopt a SPASER, since a day."""

    start: dt.date
    yearly_purchases: int
    source: str
    verified: bool


@cache
def regimes() -> tuple[Regime, ...]:
    """The three regimes, oldest first."""
    return tuple(
        Regime(id=entry["id"], name=entry["name"], start=entry["from"], end=entry.get("until"))
        for entry in _legal()["regimes"]
    )


def article(category: str, on: dt.date) -> Article | None:
    """The article of a clause category at a date; None before 2006-09-01 and where the regime had none."""
    return next((candidate for candidate in articles(category) if _covers(candidate.regime, on)), None)


@cache
def articles(category: str) -> tuple[Article, ...]:
    """The articles of a clause category, oldest regime first. KeyError for a category that the file does not list."""
    entries = _legal()["articles"][category]
    return tuple(
        Article(
            regime=regime,
            text=entries[regime.id]["text"],
            concession=entries[regime.id].get("concession"),
            verified=entries[regime.id].get("verified", True),
        )
        for regime in regimes()
        if regime.id in entries
    )


@cache
def eu_thresholds() -> tuple[EuThresholds, ...]:
    """The European thresholds of each two years, oldest first."""
    return tuple(
        EuThresholds(
            start=entry["from"],
            end=entry["until"],
            verified=entry.get("verified", True),
            **{name: value for name, value in entry.items() if name not in ("from", "until", "verified")},
        )
        for entry in thresholds()["eu"]
    )


@cache
def social_obligation() -> Obligation:
    """The obligation of a social performance condition above the European thresholds."""
    (entry,) = (entry for entry in _legal()["obligations"] if entry["article"] == "art. L2112-2-1")
    return Obligation(article=entry["article"], start=entry["from"], summary=entry["summary"], source=entry["source"])


@cache
def national_targets() -> tuple[YearShare, ...]:
    """The national targets of the share of contracts with a social consideration, by year."""
    return _year_shares("national_target")


@cache
def national_shares() -> tuple[YearShare, ...]:
    """That share in France, for the years where it is known."""
    return _year_shares("national_share")


@cache
def spaser_thresholds() -> tuple[SpaserThreshold, ...]:
    """The thresholds of the SPASER, oldest first."""
    return tuple(
        SpaserThreshold(
            start=entry["from"],
            yearly_purchases=entry["yearly_purchases"],
            source=entry["source"],
            verified=entry.get("verified", True),
        )
        for entry in thresholds()["spaser"]
    )


def _year_shares(name: str) -> tuple[YearShare, ...]:
    entries = (YearShare(**entry) for entry in thresholds().get(name, ()))
    return tuple(sorted(entries, key=lambda entry: entry.year))


def _covers(regime: Regime, on: dt.date) -> bool:
    return regime.start <= on and (regime.end is None or on <= regime.end)


@cache
def _legal() -> dict[str, Any]:
    return tomllib.loads((FOLDER / "legal_references.toml").read_text(encoding="utf-8"))


@cache
def thresholds() -> dict[str, Any]:
    """All of thresholds.toml as it is: eu, spaser, national_target, national_share. Not to be modified."""
    return tomllib.loads((FOLDER / "thresholds.toml").read_text(encoding="utf-8"))
