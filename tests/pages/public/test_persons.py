"""Numbers of participants in the folder of the edition: the figures that the public reader is answered, none more, with the same noise."""

from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from data.codes import Role
from data.words import LANGS, Words
from queries.rights.readers import PUBLIC
from queries.rights.rights import Rights
from tests.secrecy.figures import Figure, readable

# Figures of everything, without a filter: no page of the edition has others.
PROFILE, RESIDENCE, YEARS = "publics", "communes_de_residence", "publics_par_an"
UNITS = [Words(lang).say("personnes").encode() for lang in LANGS]


@pytest.fixture(scope="module")
def figures(edition: Path) -> list[Figure]:
    """What the attacks of tests/secrecy read as the public, of the whole population, where it is not hidden."""
    (persons,) = edition.parent.glob("extracts/releases/*/persons.parquet")
    return [one for one in readable(persons, PUBLIC.rights) if one.field == "" and one.number is not None]


def rows(edition: Path, name: str) -> list[dict[str, Any]]:
    read: list[dict[str, Any]] = pq.read_table(edition / "publics" / f"{name}.parquet").to_pylist()
    return read


def shown(edition: Path, name: str) -> Counter[tuple[int, float]]:
    return Counter(
        (row["participants"], row["hours_ratio"]) for row in rows(edition, name) if row["participants"] is not None
    )


def of_axes(figures: list[Figure], *axes: str) -> Counter[tuple[int | None, float | None]]:
    """Those of all years; of a criterion the part that fulfils it."""
    return Counter(
        (one.number, one.share)
        for one in figures
        if one.year is None and one.cell[1] in axes and (one.cell[2] == "true" or not one.cell[1].startswith("is_"))
    )


def test_the_profile_has_the_figures_of_the_public(edition: Path, figures: list[Figure]) -> None:
    traits = {one.cell[1] for one in figures if one.cell[0] == ""} - {"residence", "residence_commune", "presence"}
    assert {"participants", "gender"} <= traits
    assert shown(edition, PROFILE) == of_axes(figures, *traits)
    assert shown(edition, RESIDENCE) == of_axes(figures, "participants", "residence", "residence_commune")


def test_an_account_has_more_than_the_public(edition: Path, figures: list[Figure]) -> None:
    """Ten are shown to an analyst: an edition made with the analyst's threshold would have them."""
    (persons,) = edition.parent.glob("extracts/releases/*/persons.parquet")
    young = ("", "age_band", "<26")
    as_analyst = readable(persons, Rights(role=Role.ANALYSTE))
    assert [one.number for one in as_analyst if one.cell == young and (one.field, one.year) == ("", None)] == [10]
    assert young not in [one.cell for one in figures]
    assert 10 not in [number for number, _ in shown(edition, PROFILE)]


def test_each_year_has_the_figure_of_the_public(edition: Path, figures: list[Figure]) -> None:
    totals = {one.year: one.number for one in figures if one.year and one.cell == ("", "participants", "")}
    assert set(totals) == {2020, 2021, 2022}
    # A year without hours has nobody.
    assert {row["year"]: row["total"] for row in rows(edition, YEARS) if row["total"] != 0} == totals


def test_no_other_file_has_a_number_of_persons(edition: Path) -> None:
    having = set()
    for file in edition.rglob("*.parquet"):
        table = pq.read_table(file)
        counting = [column.name for column in table.schema if (column.metadata or {}).get(b"unit") in UNITS]
        if any(number for name in counting for number in table[name].to_pylist()):
            having.add(file.relative_to(edition).as_posix())
    french = {f"publics/{name}.parquet" for name in (PROFILE, RESIDENCE, YEARS)}
    assert {name for name in having if not name.startswith("en/")} == french
    assert len(having) == len(LANGS) * len(french)
