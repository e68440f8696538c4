"""The detail: lots and lines of hours by a search and by pages, on figures worked by hand."""

from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from data.codes import Role
from data.schema import HOURS as HOURS_TABLE
from queries import answers, engine
from queries.engine import Database
from queries.errors import QueryError
from queries.open_release import open_release
from queries.ordered_list import ordered_part
from queries.questions import question
from queries.rights.access import Access
from queries.rights.rights import GUARDED, ROLES, Right, Rights
from queries.scope import Scope
from tests.extracts import publish_rows, table
from tests.queries.asking import EVERYTHING, Opened, Row, answer, only
from tests.queries.random_extracts import random_extract, random_scope

LOTS = """
    contract_id | lot_id | contract_ref | subject             | operation     | client_id | client_name | client_siret   | contractor_name | contractor_siret | execution_commune | hours_committed | counts_in_total
    M1          | 01     | 2020R1       | École de l’Être     | Cœur de ville | C1        | Rezé        | 21760540700018 | Bâti            | 73282932000074   | 76540             | 1000            | true
    M1          | 02     | 2020R1       | Peinture            |               | C1        | Rezé        | 21760540700018 | Été & fils      |                  |                   | 500             | true
    M2          | 00     |              | Élagage (100 % bio) |               | C2        | Ville d’A   |                |                 |                  | 76540             |                 | true
    M3          | 00     |              | Peinture de routes  |               | C2        | Ville d’A   |                | Bâti            |                  |                   | 200             | false   # not counted
"""
HOURS = """
    entry_id | contract_id | lot_id | month   | hours_declared | hours_validated | status    | employer_kind | reject_reason | declared_on | validated_on | employer_siret | work_contract_id | participant_id
    E1       | M1          | 01     | 2020-01 | 10             | 8               | validated | ei            |               | 2020-02-03  | 2020-02-10   | 73282932000074 | W1               | P1
    E2       | M1          | 01     | 2020-02 | 20             | 20              | validated | etti          |               |             |              | 73282932000074 | W1               | P1
    E3       | M1          | 01     | 2020-02 | 7              | 7               | rejected  | ei            | not_eligible  |             |              | 73282932000074 | W2               | P2  # counts for nothing
    E4       | M1          | 02     | 2020-02 | 16             |                 | declared  | ei            |               | 2020-03-01  |              |                | W3               | P3  # pending
    E5       | M2          | 00     | 2021-01 | -2             | -2              | corrected | ei            |               |             |              |                | W4               | P4
    E6       | M2          | 00     | 2020-01 | 64             | 64              | validated |               |               |             |              |                | W4               | P4
    E7       | M3          | 00     | 2020-01 | 128            | 128             | validated | ei            |               |             |              |                | W5               | P5  # of a lot not counted
    E6       | M2          | 00     | 2020-01 | 256            | 256             | validated |               |               |             |              |                | W4               | P4  # a duplicate
    E8       | M9          | 00     | 2020-01 | 512            | 512             | validated |               |               |             |              |                | W6               | P6  # of no known lot
"""


@pytest.fixture(scope="module")
def database(opened: Opened) -> Database:
    return opened(LOTS, HOURS)


def counted(database: Database, scope: Scope = EVERYTHING, search: str = "") -> tuple[int, int, float, float]:
    found = only(database, "detail_counts", scope, search=search)
    assert list(found) == ["lots", "hours_lines", "hours_validated", "hours_pending"]
    return found["lots"], found["hours_lines"], float(found["hours_validated"]), float(found["hours_pending"])


def drawn(rows: list[Row], *columns: str) -> list[dict[str, str]]:
    """Rows as a text table draws them."""
    return [{name: "" if row[name] is None else str(row[name]).removesuffix(".00") for name in columns} for row in rows]


# Lines of hours


def test_each_line_has_its_hours_its_lot_and_its_place(database: Database) -> None:
    assert drawn(
        answer(database, "detail_hours"),
        *("line_number", "month", "client_name", "lot_id", "subject", "status", "employer_kind"),
        *("hours_declared", "hours_validated", "hours_pending"),
    ) == table("""
        line_number | month      | client_name | lot_id | subject             | status    | employer_kind | hours_declared | hours_validated | hours_pending
        1           | 2020-01-01 | Rezé        | 01     | École de l’Être     | validated | ei            | 10             | 8               | 0
        2           | 2020-01-01 | Ville d’A   | 00     | Élagage (100 % bio) | validated |               | 64             | 64              | 0
        3           | 2020-02-01 | Rezé        | 01     | École de l’Être     | rejected  | ei            | 7              | 0               | 0
        4           | 2020-02-01 | Rezé        | 01     | École de l’Être     | validated | etti          | 20             | 20              | 0
        5           | 2020-02-01 | Rezé        | 02     | Peinture            | declared  | ei            | 16             |                 | 16
        6           | 2021-01-01 | Ville d’A   | 00     | Élagage (100 % bio) | corrected | ei            | -2             | -2              | 0
    """)
    assert counted(database) == (3, 6, 8 + 64 + 20 - 2, 16)


@pytest.mark.parametrize(
    ("scope", "declared", "hours"),
    [
        (Scope(employer_kinds=("ei",)), [10, 7, 16, -2], 8 - 2),
        (Scope(first_year=2021), [-2], -2),
        (Scope(clients=("C1",), last_year=2020), [10, 7, 20, 16], 8 + 20),
        (Scope(execution_communes=("none",)), [16], 0),
        (Scope(clients=()), [], 0),
        (Scope(clients=("C2",), include_uncounted=True), [64, 128, -2], 64 + 128 - 2),
    ],
)
def test_filters_cut_lines(database: Database, scope: Scope, declared: list[int], hours: int) -> None:
    found = answer(database, "detail_hours", scope)
    assert [int(row["hours_declared"]) for row in found] == declared
    assert counted(database, scope)[1:3] == (len(declared), hours)
    assert [row["line_number"] for row in found] == list(range(1, len(declared) + 1))


@pytest.mark.parametrize(
    ("first", "rows", "places"),
    [
        ("", "", [1, 2, 3, 4, 5, 6]),
        ("0", "2", [1, 2]),
        ("1", "2", [2, 3]),  # over the end of a month
        ("2", "3", [3, 4, 5]),  # a month, whole
        ("3", "1", [4]),  # within a month
        ("5", "50", [6]),
        ("3", "", [4, 5, 6]),
        ("", "1", [1]),
        ("6", "2", []),
        ("0", "0", []),
        ("999999999", "999999999", []),
    ],
)
def test_a_page_is_a_part_of_the_list(database: Database, first: str, rows: str, places: list[int]) -> None:
    whole = answer(database, "detail_hours")
    page = answer(database, "detail_hours", first=first, rows=rows)
    assert page == [whole[place - 1] for place in places]
    lots = answer(database, "detail_lots")
    begins = int(first or 0)
    assert answer(database, "detail_lots", first=first, rows=rows) == lots[begins : begins + int(rows or 9)]


@pytest.mark.parametrize("given", ["-1", "1.5", "beaucoup", "0x1", " 1", "1; DROP", "٣", "1234567890"])
def test_a_place_that_is_no_number_is_told(database: Database, given: str) -> None:
    with pytest.raises(QueryError, match="n’est pas un nombre de lignes"):
        database.ask("detail_hours", EVERYTHING, first=given)


def test_nothing_tells_of_a_person(database: Database) -> None:
    """Nor joins two lines of the same one: no number of a line, no employer, no reason of a rejection."""
    kept_back = {column.name for column in HOURS_TABLE.columns if column.personal} | {
        "entry_id", "employer_siret", "reject_reason", "training_hours",
    }  # fmt: skip
    assert {"participant_id", "work_contract_id", "residence_commune", "gender", "exit_on"} <= kept_back
    for name in GUARDED:
        assert kept_back & {column.name for column in question(name).columns} == set()
    result = str(answer(database, "detail_hours"))
    assert not any(f"'{key}{n}'" in result for key in ("E", "W", "P") for n in range(1, 9))


# Lots


def test_a_lot_has_what_its_contract_says_and_the_hours_of_the_scope(database: Database) -> None:
    columns = (
        "line_number",
        "contract_id",
        "lot_id",
        "contractor_name",
        "hours_committed",
        "hours_validated",
        "hours_pending",
    )
    assert drawn(answer(database, "detail_lots", Scope(first_year=2020, last_year=2020)), *columns) == table("""
        line_number | contract_id | lot_id | contractor_name | hours_committed | hours_validated | hours_pending
        1           | M1          | 01     | Bâti            | 1000            | 28              | 0              # 8 + 20
        2           | M1          | 02     | Été & fils      | 500             | 0               | 16
        3           | M2          | 00     |                 |                 | 64              | 0
    """)
    assert [row["contract_id"] for row in answer(database, "detail_lots", Scope(include_uncounted=True))] == [
        "M1", "M1", "M2", "M3",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("search", "lots", "hours"),
    [
        ("", ["M1/01", "M1/02", "M2/00"], 90),
        ("   ", ["M1/01", "M1/02", "M2/00"], 90),
        ("ecole ETRE", ["M1/01"], 28),
        ("être l'ecole", ["M1/01"], 28),  # in any order, whatever the apostrophe
        ("elagage", ["M2/00"], 62),
        ("Peinture", ["M1/02"], 0),  # that of M3 does not count
        ("ete", ["M1/02"], 0),  # its holder
        ("reze", ["M1/01", "M1/02"], 28),
        ("2020r1", ["M1/01", "M1/02"], 28),
        ("732 829 320", ["M1/01"], 28),
        ("73282932000074", ["M1/01"], 28),
        ("100%", ["M2/00"], 62),  # no wildcard
        ("_", ["M1/01", "M1/02", "M2/00"], 90),  # a mark alone is no word
        ("%zzz%", [], 0),
        ("' OR 1 = 1 --", [], 0),
    ],
)
def test_a_search_finds_lots_and_their_lines(database: Database, search: str, lots: list[str], hours: int) -> None:
    found = answer(database, "detail_lots", search=search)
    assert [f"{row['contract_id']}/{row['lot_id']}" for row in found] == lots
    lines = answer(database, "detail_hours", search=search)
    assert {f"{row['contract_id']}/{row['lot_id']}" for row in lines} == set(lots)
    assert counted(database, search=search)[:3] == (len(lots), len(lines), hours)


# Rights


def test_rights_narrow_and_withhold(database: Database) -> None:
    facilitator = Access(database=database, rights=Rights(role=Role.FACILITATEUR, clients=("C2",)))
    assert {row["client_id"] for row in answers.detail_hours(facilitator, Scope())} == {"C2"}
    assert answers.detail_lots(facilitator, Scope(clients=("C1",))) == []
    counts = answers.detail_counts(facilitator, Scope())
    assert (counts["lots"], counts["hours_lines"], counts["hours_validated"]) == (1, 2, Decimal(62))


@pytest.mark.parametrize(
    ("role", "name"),
    [(role, name) for role in sorted(Role) for name in sorted(GUARDED) if GUARDED[name] not in ROLES[role]],
)
def test_the_detail_is_not_open_to_every_role(database: Database, role: Role, name: str) -> None:
    """By whichever door it is asked; a search would tell the names of companies."""
    access = Access(database=database, rights=Rights(role=role))
    with pytest.raises(QueryError, match="n’est pas ouverte à votre rôle"):
        access.ask(name, Scope())
    with pytest.raises(QueryError, match="n’est pas ouverte à votre rôle"), access.stream(name, Scope(), search="bati"):
        pass


def test_who_may_search_the_detail_may_see_companies() -> None:
    assert all(Right.COMPANIES in rights for rights in ROLES.values() if Right.DETAIL in rights)


# The parts make the whole


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_pages_make_the_whole_list_and_the_headline(tmp_path: Path, seed: int) -> None:
    extract = random_extract(seed=seed)
    release = publish_rows(tmp_path, extract.contracts, extract.hours)
    database, die = open_release.__wrapped__(release, extract.settings), Random(seed)
    for scope in (EVERYTHING, random_scope(die), random_scope(die)):
        whole = answer(database, "detail_hours", scope)
        headline, counts = only(database, "headline", scope), only(database, "detail_counts", scope)
        assert counts["hours_lines"] == len(whole)
        assert counts["lots"] == headline["lots"] == len(answer(database, "detail_lots", scope))
        for measure in ("hours_validated", "hours_pending"):
            assert sum((row[measure] or 0) for row in whole) == counts[measure] == headline[measure]
        for size in (31, 50):
            pages = [
                answer(database, "detail_hours", scope, first=str(first), rows=str(size))
                for first in range(0, len(whole) + size, size)
            ]
            assert [row for page in pages for row in page] == whole


@pytest.mark.parametrize("size", [2, 6, 7])
@pytest.mark.parametrize("first", ["", "2", "9"])
def test_a_whole_list_is_streamed_part_by_part(
    database: Database, monkeypatch: pytest.MonkeyPatch, size: int, first: str
) -> None:
    """Six lines and three lots: the same rows, order and numbers as when they are sorted all at once."""
    monkeypatch.setattr(engine, "ROWS_OF_A_PART", size)
    for name in ("detail_hours", "detail_lots"):
        with database.stream(name, EVERYTHING, first=first) as batches:
            assert batches.read_all().equals(database.ask(name, EVERYTHING, first=first))


@pytest.mark.slow
def test_a_list_streamed_part_by_part_has_the_lines_of_any_scope(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    extract = random_extract(seed=3)
    release = publish_rows(tmp_path, extract.contracts, extract.hours)
    database, die = open_release.__wrapped__(release, extract.settings), Random(3)
    monkeypatch.setattr(engine, "ROWS_OF_A_PART", 37)
    for scope in (EVERYTHING, Scope(clients=()), *(random_scope(die) for _ in range(4))):
        with database.stream("detail_hours", scope) as batches:
            assert batches.read_all().equals(database.ask("detail_hours", scope))


def test_a_part_that_is_asked_for_is_one(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "ROWS_OF_A_PART", 2)
    with database.stream("detail_hours", EVERYTHING, first="1", rows="4") as batches:
        assert batches.read_all()["line_number"].to_pylist() == [2, 3, 4, 5]
    with (
        pytest.raises(QueryError, match="n’est pas un nombre de lignes"),
        database.stream("detail_hours", EVERYTHING, first="x"),
    ):
        pass


# In the order of a column


@pytest.mark.parametrize(
    ("key", "descending", "codes", "declared"),
    [
        ("hours_validated", True, (), [64, 20, 10, 7, -2, 16]),  # 64, 20, 8, 0 of a rejected line, -2; pending last
        ("hours_validated", False, (), [-2, 7, 10, 20, 64, 16]),
        ("line_number", True, (), [-2, 16, 20, 7, 64, 10]),
        ("client_name", False, (), [64, -2, 10, 7, 20, 16]),  # the A of Ville d’A before Rezé
        ("employer_kind", False, ("etti", "ei"), [20, 10, 7, 16, -2, 64]),  # in the order of the names; unknown last
    ],
)
def test_lines_in_the_order_of_a_column(
    database: Database, key: str, descending: bool, codes: tuple[str, ...], declared: list[int]
) -> None:
    access = Access(database=database, rights=Rights(role=Role.SERVICE))

    def part(first: int, rows: int) -> list[Row]:
        return ordered_part(
            "detail_hours", access, EVERYTHING, key=key, descending=descending, codes=codes,
            search="", first=str(first), rows=str(rows),
        )  # fmt: skip

    assert [int(row["hours_declared"]) for row in part(0, 50)] == declared
    assert [(row["line_number"], int(row["hours_declared"])) for row in part(2, 3)] == list(
        zip((3, 4, 5), declared[2:5], strict=True)
    )
    assert list(part(0, 1)[0]) == [column.name for column in question("detail_hours").columns]


def test_lots_in_the_order_of_a_column(database: Database) -> None:
    access = Access(database=database, rights=Rights(role=Role.FACILITATEUR))

    def lots(key: str) -> list[str]:
        found = ordered_part("detail_lots", access, EVERYTHING, key=key, descending=True, search="", first="", rows="")
        return [f"{row['contract_id']}/{row['lot_id']}" for row in found]

    assert lots("hours_committed") == ["M1/01", "M1/02", "M2/00"]  # 1 000, 500, unknown
    assert lots("hours_validated") == ["M2/00", "M1/01", "M1/02"]  # 62, 28, 0
    for key in ("penalty_eur", "participant_id", "1; DROP TABLE contracts"):
        with pytest.raises(QueryError, match="n’est pas une colonne"):
            lots(key)
