"""An observatory adds up: its figures are the sums of those that each structure has for itself, and its persons are theirs."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from data.codes import Role
from data.publish import publish
from data.release.releases import PERSONS, Release
from data.secret import FILE
from queries.engine import BOUND, Database
from queries.open_release import open_release
from queries.questions import questions
from queries.rights.access import Access
from queries.rights.rights import Rights
from queries.scope import Scope
from tests.extracts import TODAY, contract, entry, write_parquet
from tests.queries.asking import SETTINGS, answer, by, only
from tests.queries.random_extracts import random_extract, with_exits

Row = dict[str, Any]
CODES = ("CAP14", "CAP27", "CAP50", "CAP61", "CAP76")
ROUEN = "21760540500016"
AS_OF = dt.date(2021, 8, 31)


def rows_of(number: int) -> tuple[list[Row], list[Row]]:
    """The extract of one structure, with the same keys as the others', and a client that all of them have."""
    extract = random_extract(seed=number, lots=16, lines=300)
    lots = [
        lot | {"structure": None, "client_siret": ROUEN if lot["client_id"] == "C1" else None}
        for lot in extract.contracts
    ]
    return lots, with_exits(extract.hours, number)


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Release]]:
    """Each structure's own release, by its code, and the observatory's (""), drawn from one secret."""
    folder = tmp_path_factory.mktemp("observatory")
    found: dict[str, Release] = {}
    with pytest.MonkeyPatch.context() as patch:
        for number, code in enumerate(CODES):
            sources = write_parquet(folder / code, *rows_of(number))
            for place, structure in ((code, ""), ("all", code)):
                extracts = folder / place / "extracts"
                extracts.mkdir(parents=True, exist_ok=True)
                (extracts / FILE).write_bytes(b"one secret for the observatory and its structures")
                patch.setenv("CAP_EXTRACTS", str(extracts))
                found["" if structure else code] = publish(
                    sources, as_of=AS_OF, today=TODAY, accept_anomalies=True, settings=SETTINGS, structure=structure
                )
        yield found


@pytest.fixture(scope="module")
def own(releases: dict[str, Release]) -> dict[str, Database]:
    return {code: open_release.__wrapped__(releases[code], SETTINGS) for code in CODES}


@pytest.fixture(scope="module")
def observatory(releases: dict[str, Release]) -> Database:
    return open_release.__wrapped__(releases[""], SETTINGS)


# Ten publishes.
pytestmark = pytest.mark.slow

ADDED = (
    "hours_validated", "hours_pending", "hours_committed", "rated_committed", "rated_hours", "lots_excluded", "participants",
    "work_contracts", "contracts", "lots",
)  # fmt: skip
SCOPES = (
    Scope(),
    Scope(first_year=2020, last_year=2020),
    Scope(clause_categories=("execution",), include_uncounted=True),
)


@pytest.mark.parametrize("scope", SCOPES, ids=str)
def test_what_adds_up_is_the_sum_of_five_publishes(
    observatory: Database, own: dict[str, Database], scope: Scope
) -> None:
    together = only(observatory, "headline", scope)
    apart = [only(database, "headline", scope) for database in own.values()]
    assert {name: together[name] for name in ADDED} == {name: sum(row[name] for row in apart) for name in ADDED}
    assert together["hours_validated"] > max(row["hours_validated"] for row in apart) > 0
    for question, key in (
        ("hours_by_year", "year"),
        ("hours_by_clause", "clause_category"),
        ("hours_by_month", "month"),
    ):
        summed: Counter[Any] = Counter()
        for database in own.values():
            summed.update(by(key, answer(database, question, scope)))
        found = by(key, answer(observatory, question, scope))
        assert {place: hours for place, hours in found.items() if hours} == {p: h for p, h in summed.items() if h}


def test_each_structure_is_what_it_is_alone(observatory: Database, own: dict[str, Database]) -> None:
    hours = by("structure", answer(observatory, "hours_by_structure"))
    for code, database in own.items():
        alone, within = only(database, "headline"), only(observatory, "headline", Scope(structures=(code,)))
        assert {name: within[name] for name in ADDED} == {name: alone[name] for name in ADDED}
        assert hours[code] == alone["hours_validated"]


def test_anomalies_are_those_of_the_five(observatory: Database, own: dict[str, Database]) -> None:
    apart: Counter[tuple[str, str]] = Counter()
    for database in own.values():
        for row in answer(database, "anomalies"):
            apart[row["kind"], "rows"] += row["rows"]
            apart[row["kind"], "hours"] += row["hours"]
    together = {
        (row["kind"], name): row[name] for row in answer(observatory, "anomalies") for name in ("rows", "hours")
    }
    assert {place: n for place, n in together.items() if n} == {place: n for place, n in apart.items() if n}
    assert together["duplicate_entry", "rows"] > 5
    assert together["hours_without_lot", "rows"] > 5


def test_a_client_of_several_structures_is_one(observatory: Database, own: dict[str, Database]) -> None:
    hours = by("client_id", answer(observatory, "hours_by_client"))
    assert hours[ROUEN[:9]] == sum(
        by("client_id", answer(database, "hours_by_client")).get("C1", 0) for database in own.values()
    )
    assert len(hours) == 1 + sum(
        len({row["client_id"] for row in answer(database, "hours_by_client")} - {"C1"}) for database in own.values()
    )
    assert sorted(client for client in hours if client.startswith("CAP76:")) == ["CAP76:C2", "CAP76:C3", "CAP76:C4"]


def test_the_same_population_has_the_same_number_in_both_places(releases: dict[str, Release]) -> None:
    """From one secret: the participants of a structure, whatever their keys are called."""
    names = ("year", "include_uncounted", "moment", "axis", "category", "outcome")

    def shown(release: Release, field: str, value: str) -> dict[tuple[Any, ...], tuple[Any, ...]]:
        return {
            tuple(row[name] for name in names): (row["participants"], row["hours_share_ratio"])
            for row in pq.read_table(release.file(PERSONS)).to_pylist()
            if (row["field"], row["value"]) == (field, value) and row["participants"] is not None
        }

    for code in CODES:
        alone, within = shown(releases[code], "", ""), shown(releases[""], "structures", code)
        both = alone.keys() & within.keys()
        assert len(both) > 10
        assert {place: alone[place] for place in both} == {place: within[place] for place in both}


# Rights by structure: the reader of one structure, who would learn of another


def limited(database: Database, *structures: str, **more: Any) -> Access:
    return Access(database=database, rights=Rights(role=Role.ANALYSTE, structures=structures, **more))


def test_a_reader_of_one_structure_has_its_figures_whatever_is_asked(
    observatory: Database, own: dict[str, Database]
) -> None:
    access = limited(observatory, "CAP27")
    alone = only(own["CAP27"], "headline")["hours_validated"]
    for scope in (Scope(), Scope(structures=("CAP27", "CAP76")), Scope(structures=CODES)):
        assert access.ask("headline", scope).to_pylist()[0]["hours_validated"] == alone
    for scope in (Scope(structures=("CAP76",)), Scope(structures=())):
        assert access.ask("headline", scope).to_pylist()[0]["hours_validated"] == 0
    nobody = limited(observatory)
    assert nobody.ask("headline", Scope()).to_pylist()[0]["hours_validated"] == 0


def test_no_answer_names_another_structure(observatory: Database) -> None:
    """Every question that has no parameter of its own, with every filter that the reader might try."""
    access = limited(observatory, "CAP27")
    others = tuple(f"{code}:" for code in CODES if code != "CAP27")
    for name, one_question in questions().items():
        if any(parameter.name not in BOUND and not parameter.optional for parameter in one_question.parameters):
            continue
        for scope in (
            Scope(),
            Scope(structures=CODES),
            Scope(structures=("CAP76",)),
            Scope(clients=("CAP76:C2", ROUEN[:9])),
        ):
            text = str(access.ask(name, scope).to_pylist())
            assert not [code for code in (*others, *(f"'{code[:-1]}'" for code in others)) if code in text], name


def test_rights_by_structure_and_by_client_are_both(observatory: Database, own: dict[str, Database]) -> None:
    access = limited(observatory, "CAP27", clients=(ROUEN[:9],))
    alone = only(own["CAP27"], "headline", Scope(clients=("C1",)))["hours_validated"]
    assert access.ask("headline", Scope()).to_pylist()[0]["hours_validated"] == alone
    assert not access.is_whole(Scope())


def test_participants_of_another_structure_are_not_told(observatory: Database) -> None:
    access = limited(observatory, "CAP27")
    mine = access.ask("people_by_year", Scope()).to_pylist()
    assert {row["population"] for row in mine} <= {"CAP27"}
    assert mine == access.ask("people_by_year", Scope(structures=("CAP27",))).to_pylist()
    assert not [
        row for row in access.ask("people_by_year", Scope(structures=("CAP76",))).to_pylist() if row["participants"]
    ]


def test_notified_contracts_are_not_of_one_structure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The DECP do not say whose they are: rights by structure open none, as those by commune."""
    monkeypatch.setenv("CAP_EXTRACTS", str(tmp_path / "extracts"))
    sources = write_parquet(tmp_path, [contract(structure=None)], [entry(hours_validated=Decimal(1))])
    release = publish(sources, as_of=AS_OF, today=TODAY, settings=SETTINGS, structure="CAP27")
    database = open_release.__wrapped__(release, SETTINGS)
    assert limited(database, "CAP27").ask("social_share_by_year", Scope()).num_rows == 0
