"""The likely territory of a candidate: the EPCI with most of its hours. The publisher confirms it."""

import re
from dataclasses import dataclass
from typing import Any, Final

import duckdb

from data.problems import ExtractError, Problem
from data.reference import france_file
from data.release.releases import Release
from data.sources.communes import Several, commune
from data.words import N_

_MOST_NAMED: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Territory:
    """An EPCI by its SIREN: how many communes it has, and the three largest."""

    epci: str
    communes: int
    largest: tuple[str, ...]


def likely_territory(candidate: Release) -> Territory | None:
    """The EPCI of the communes of execution with most hours. None where no commune is known or belongs to an EPCI."""
    rows = _rows(
        """
        WITH france AS (SELECT code, epci FROM read_parquet($france) WHERE kind = 'actuelle' AND epci IS NOT NULL)
        SELECT france.epci
        FROM read_parquet($hours) AS hours
        INNER JOIN france ON hours.execution_commune = france.code
        GROUP BY france.epci
        ORDER BY sum(hours.hours_validated) DESC, france.epci
        LIMIT 1
        """,
        {"france": str(france_file()), "hours": str(candidate.file("hours_monthly.parquet"))},
    )
    return territory(str(rows[0][0])) if rows else None


def territory(epci: str) -> Territory | None:
    """The installed data of an EPCI. None where no commune belongs to it."""
    rows = _rows(
        "SELECT name FROM read_parquet($france) WHERE kind = 'actuelle' AND epci = $epci ORDER BY population DESC, name",
        {"france": str(france_file()), "epci": epci},
    )
    return Territory(epci=epci, communes=len(rows), largest=tuple(name for (name,) in rows[:3])) if rows else None


def territory_named(text: str) -> Territory:
    """The EPCI that a text stands for: its SIREN or SIRET, the name or the code of one of its communes. ExtractError, which says what to write."""
    digits = re.sub(r"\s", "", text)
    if re.fullmatch(r"\d{9}|\d{14}", digits):
        match = territory(digits[:9])
        if match is None:
            raise _unknown(_NO_EPCI, siren=digits[:9])
        return match
    read = commune(text)
    if isinstance(read, Several):
        raise _unknown(_SEVERAL, name=text.strip(), choices=", ".join(read.choices[:_MOST_NAMED]))
    code = text.strip().upper() if read is None else read.value
    rows = _rows(
        "SELECT epci FROM read_parquet($france) WHERE kind = 'actuelle' AND code = $code",
        {"france": str(france_file()), "code": code},
    )
    match = territory(str(rows[0][0])) if rows else None
    if match is None:
        raise _unknown(_NO_COMMUNE, name=text.strip())
    return match


def _rows(sql: str, values: dict[str, str]) -> list[tuple[Any, ...]]:
    # The connection that duckdb shares belongs to no thread.
    with duckdb.connect() as connection:
        return connection.execute(sql, values).fetchall()


def _unknown(message: str, **values: str) -> ExtractError:
    return ExtractError(Problem(kind="no_territory", message=message, values=values))


_NO_EPCI = N_(
    "{siren} n’est le SIREN d’aucun EPCI\u00a0: donnez celui de la métropole ou de la communauté, ou le nom de l’une de ses communes."
)
_SEVERAL = N_("Plusieurs communes s’appellent «\u00a0{name}\u00a0»\u00a0: donnez le code de la vôtre. {choices}")
_NO_COMMUNE = N_(
    "«\u00a0{name}\u00a0» n’est le nom d’aucune commune d’un EPCI\u00a0: donnez le nom d’une commune, ou le SIREN de l’EPCI (9 chiffres)."
)
