"""The figures about participants that a reader may see: as the release holds them, and as the reader is answered."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyarrow.parquet as pq

from data.codes import Role
from data.ladder import EVERYTHING, LADDER
from queries.filters import FILTERS
from queries.rights.access import Access
from queries.rights.rights import Rights
from queries.scope import Scope
from tests.secrecy.known import FIELDS, YEARS, KnownExtract

# Every role, two of them limited to rows as they mostly are.
READERS: Final[Mapping[str, Rights]] = {
    "public": Rights(role=Role.PUBLIC),
    "élu": Rights(role=Role.ELU),
    "service, one client": Rights(role=Role.SERVICE, clients=("K10",)),
    "facilitateur, own lots": Rights(role=Role.FACILITATEUR, facilitators=("F1",)),
    "analyste": Rights(role=Role.ANALYSTE),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number of participants, None where it is hidden, and their share of the hours."""

    field: str
    value: str
    year: int | None
    cell: tuple[str, str, str]  # moment, axis, category
    number: int | None
    share: float | None


def readable(persons: Path, rights: Rights) -> list[Figure]:
    """All that a release holds for a reader: one reading of it, and the populations within the rights."""
    column = "participants_public" if rights.role is Role.PUBLIC else "participants"
    closed = {name for name, declared in FILTERS.items() if not rights.may_filter(declared)}
    return [
        Figure(
            field=row["field"],
            value=row["value"],
            year=row["year"],
            cell=(row["moment"], row["axis"], row["category"]),
            number=row[column],
            share=None if row[column] is None else row["hours_share_ratio"],
        )
        for row in pq.read_table(persons).to_pylist()
        if not row["include_uncounted"] and row["outcome"] == "" and row["field"] not in closed
        if not rights.limits or row["value"] in rights.limits.get(row["field"], ())
    ]


def answered(access: Access, extract: KnownExtract) -> Iterator[Figure]:
    """What the reader is answered over the whole ladder: every field, all its values side by side, each year and all."""
    values = {"clients": tuple(extract.lots), "programmes": ("none",), "employer_kinds": ("direct", "none")}
    values |= {name: told for name, (_, told) in FIELDS.items()}
    for year in (None, *YEARS):
        for field in (rung.field for rung in LADDER if rung.field == EVERYTHING or rung.field in values):
            chosen: dict[str, Any] = {field: values[field]} if field else {}
            scope = Scope(first_year=year, last_year=year, **chosen)
            for row in access.ask("people_by_trait", scope).to_pylist():
                axis = "participants" if row["is_total"] else row["trait"]
                yield _figure(access, field, year, row, ("", axis, row["value"] or ""))
            for row in access.ask("exits_by_point", scope).to_pylist():
                axis, outcome = ("exits", "") if row["is_total"] else ("exit_outcome", row["exit_outcome"])
                yield _figure(access, field, year, row, (row["outcome_point"], axis, outcome))


def _figure(access: Access, field: str, year: int | None, row: dict[str, Any], cell: tuple[str, str, str]) -> Figure:
    # Whoever is limited to rows is answered for these, whatever the filter.
    (limit,) = access.rights.limits or (field,)
    return Figure(
        field=limit,
        value=row["population"] or EVERYTHING,
        year=year,
        cell=cell,
        number=row["participants"],
        share=row.get("hours_share_ratio"),
    )
