"""Reference data shipped with the product: communes, their population and outline. See README.md here for sources."""

import csv
import json
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Commune:
    """A commune of an EPCI. `population` is the municipal population, of the year `population_vintage()`."""

    code: str
    name: str
    departement: str
    population: int


def france_file() -> Path:
    """Parquet of every INSEE code of France, one row per code: code, name, kind, parent, departement, epci, population.

    `kind`: actuelle, arrondissement, deleguee, associee or ancienne; `parent`: the present commune of the last four, which have
    no population of their own.
    """
    return FOLDER / "communes_france.parquet"


def members_sql() -> str:
    """A query of the communes of the EPCI in the list $epci: code, name, population, epci. No row of one that does not exist."""
    file = str(france_file()).replace("'", "''")
    return (
        f"SELECT code, name, population, epci FROM read_parquet('{file}')"
        " WHERE kind = 'actuelle' AND list_contains(CAST($epci AS VARCHAR[]), epci)"
    )


def unknown_epci(codes: Sequence[str]) -> tuple[str, ...]:
    """Those of the codes that no commune of France belongs to."""
    if not codes:
        return ()
    with duckdb.connect() as connection:  # not the one that duckdb shares, which belongs to no thread
        rows = connection.execute(f"SELECT DISTINCT epci FROM ({members_sql()})", {"epci": list(codes)}).fetchall()
    return tuple(code for code in codes if code not in {known for (known,) in rows})


def mapped_epci() -> str:
    """The EPCI whose outlines are on board: that of the demonstration, until `python -m data.reference.rebuild` makes others."""
    return str(sources()["authority"]["epci"])


@cache
def communes() -> tuple[Commune, ...]:
    """The communes of the EPCI that is mapped, in the order of their codes: those of the demonstration."""
    with (FOLDER / "communes.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(
            Commune(
                code=row["code"],
                name=row["name"],
                departement=row["departement"],
                population=int(row["population"]),
            )
            for row in csv.DictReader(lines)
        )


@cache
def sources() -> dict[str, Any]:
    """Packages, versions and sums behind these files, as `python -m data.reference.rebuild` wrote them."""
    return tomllib.loads((FOLDER / "sources.toml").read_text(encoding="utf-8"))


def population_vintage() -> str:
    """The year of the populations, "2023"; the package and its version when the year could not be established."""
    return str(sources()["population"]["vintage"])


@cache
def outlines() -> dict[str, Any]:
    """GeoJSON FeatureCollection of the authority's communes; `id` and properties `code`, `name`. Not to be modified."""
    collection: dict[str, Any] = json.loads((FOLDER / "outlines.json").read_text(encoding="utf-8"))
    return collection
