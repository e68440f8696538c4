"""Reference data shipped with the product: communes, their population and outline. See README.md here for sources."""

import csv
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import duckdb

from data.reference.geometry import Polygons
from data.reference.packed import unpacked

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


def demonstration_epci() -> str:
    """The EPCI whose communes the demonstration is made of, until `python -m data.reference.rebuild` takes another."""
    return str(sources()["authority"]["epci"])


@cache
def communes() -> tuple[Commune, ...]:
    """The communes of the demonstration, in the order of their codes."""
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


@lru_cache(maxsize=8)
def outlines(codes: frozenset[str]) -> Mapping[str, Polygons]:
    """The outlines of communes by code, in the order of the codes: longitudes and latitudes. Those that have none are left out."""
    with duckdb.connect() as connection:
        rows = connection.execute(
            "SELECT code, outline FROM read_parquet($file) WHERE list_contains($codes, code) ORDER BY code",
            {"file": str(FOLDER / "outlines_france.parquet"), "codes": sorted(codes)},
        ).fetchall()
    return {code: unpacked(outline) for code, outline in rows}
