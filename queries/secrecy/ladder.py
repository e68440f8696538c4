"""Which population a scope is: the one place that says for whom figures about participants are given.

Pages, files, routes, the table builder, readers' SQL and the shell's `--as` all go by it. See data/ladder.py for what a population
is, and .docs/SECRECY.md for why there is no other.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from data.codes import EmployerKind
from data.ladder import EVERYTHING, LADDER, NOT_STATED
from data.words import N_
from queries.filters import FILTERS
from queries.scope import Reading, Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """Everything, or one value of one field; in one year, or in all when `year` is None."""

    field: str = EVERYTHING
    value: str = EVERYTHING
    year: int | None = None
    include_uncounted: bool = False
    public: bool = False

    def bound(self) -> dict[str, Any]:
        """The value bound in `$populations`."""
        return {
            "field": self.field,
            "value": self.value,
            "year": self.year,
            "include_uncounted": self.include_uncounted,
            "public": self.public,
        }


class Off(Enum):
    """Why a scope is no population, nor several side by side; the value is a sentence for readers."""

    FIELDS = N_(
        "Le nombre de personnes n’est donné que pour un filtre à la fois, en plus de l’année\u00a0: avec deux filtres croisés,"
        " quelqu’un pourrait être reconnu."
    )
    OTHER = N_(
        "Le nombre de personnes n’est pas donné pour ce filtre\u00a0: rapproché des autres chiffres, il aiderait à reconnaître quelqu’un."
    )
    YEARS = N_(
        "Le nombre de personnes n’est donné que pour une année ou pour toutes\u00a0: en soustrayant d’autres périodes, on pourrait"
        " reconnaître quelqu’un."
    )
    MONTHS = N_(
        "Le nombre de personnes n’est donné que par années entières, jamais pour des mois choisis\u00a0: sur quelques mois, on pourrait"
        " reconnaître quelqu’un."
    )
    YEAR_OF_FIELD = N_(
        "Avec ce filtre, le nombre de personnes n’est donné que pour toutes les années ensemble\u00a0: une année seule compterait trop"
        " peu de personnes."
    )


SIDE_BY_SIDE: Final = N_(
    "Les personnes sont données pour chaque valeur du filtre, jamais pour leur ensemble\u00a0: une même personne compte dans plusieurs,"
    " et en comparant des ensembles on pourrait reconnaître quelqu’un."
)
_RUNGS: Final = {rung.field: rung for rung in LADDER}


def populations(scope: Scope) -> tuple[Population, ...] | Off:
    """The populations of a scope, one for each value of its filter; none when nothing is in it; why not when it is off the ladder."""
    fields = [name for name in FILTERS if getattr(scope, name) is not None]
    if any(not getattr(scope, name) for name in fields):
        return ()
    if scope.has_months:
        return Off.MONTHS
    if len(fields) > 1:
        return Off.FIELDS
    if any(field not in _RUNGS for field in fields):
        return Off.OTHER
    if scope.first_year != scope.last_year:
        return Off.YEARS
    field = fields[0] if fields else EVERYTHING
    if scope.first_year is not None and not _RUNGS[field].by_year:
        return Off.YEAR_OF_FIELD
    values = dict.fromkeys(_value(field, value) for value in getattr(scope, field)) if fields else (EVERYTHING,)
    return tuple(
        Population(
            field=field,
            value=value,
            year=scope.first_year,
            include_uncounted=scope.include_uncounted and _RUNGS[field].uncounted,
            public=scope.reading is Reading.PUBLIC,
        )
        for value in values
    )


def why_not(scope: Scope) -> str:
    """A sentence of the catalogue: why there is no figure for a scope, or why there are several; empty when there is one."""
    result = populations(scope)
    if isinstance(result, Off):
        return result.value
    return SIDE_BY_SIDE if len(result) > 1 else ""


def _value(field: str, value: str) -> str:
    """Left empty or stated as unknown, an employer kind is one value."""
    return NOT_STATED if field == "employer_kinds" and value == EmployerKind.UNKNOWN else value
