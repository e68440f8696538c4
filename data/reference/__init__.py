"""Reference data shipped with the product: communes, their population and outline. See README.md here for sources."""

import csv
import json
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Commune:
    """A commune of the authority. `population` is the municipal population, of the year `population_vintage()`."""

    code: str
    name: str
    departement: str
    population: int


def communes_file() -> Path:
    """CSV of the authority's communes: code, name, departement, population. DuckDB reads it directly."""
    return FOLDER / "communes.csv"


def france_file() -> Path:
    """Parquet of every INSEE code of France, one row per code: code, name, kind, parent, departement, epci.

    `kind`: actuelle, arrondissement, deleguee, associee or ancienne; `parent`: the present commune of the last four.
    """
    return FOLDER / "communes_france.parquet"


@cache
def communes() -> tuple[Commune, ...]:
    """The authority's communes, in the order of their codes."""
    with communes_file().open(encoding="utf-8", newline="") as lines:
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
