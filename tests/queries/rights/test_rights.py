"""Rights: they only narrow, rows before any SQL, columns after it."""

from collections.abc import Mapping

import pyarrow as pa
import pytest

from data.codes import Role
from queries import answers
from queries.questions import question, questions
from queries.rights.access import Access
from queries.rights.rights import ROLES, WITHHELD, Right, Rights
from queries.scope import Scope
from queries.secrecy.line_counts import rounded_lines
from queries.table_builder.definition import from_query
from tests.queries.asking import Opened, milestone, milestones

LOTS = """
    contract_id | client_id | facilitator_code | execution_commune | contractor_name | hours_committed
    M1          | C1        | F1               | 76540             | Alpha           | 100
    M2          | C2        | F2               | 76540             | Beta            | 200
    M3          | C2        |                  |                   | Gamma           | 400
"""
HOURS = """
    contract_id | month   | hours_validated
    M1          | 2020-01 | 1
    M2          | 2020-01 | 2
    M3          | 2020-01 | 4
"""


def seen(opened: Opened, rights: Rights, scope: Scope | None = None) -> tuple[float, list[str]]:
    """Hours and lots that a reader gets."""
    access = Access(database=opened(LOTS, HOURS), rights=rights)
    headline = answers.headline(access, scope or Scope())
    lots = answers.lots(access, scope or Scope())
    assert len(lots) == headline["lots"]
    return float(headline["hours_validated"]), sorted(lot["contract_id"] for lot in lots)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ({}, (1 + 2 + 4, ["M1", "M2", "M3"])),
        ({"clients": ("C2",)}, (2 + 4, ["M2", "M3"])),
        ({"execution_communes": ("76540",)}, (1 + 2, ["M1", "M2"])),
        ({"facilitators": ("F1",)}, (1, ["M1"])),
        ({"clients": ("C2",), "execution_communes": ("76540",)}, (2, ["M2"])),
        ({"clients": ()}, (0, [])),
        ({"facilitators": ()}, (0, [])),
    ],
)
def test_rights_narrow_rows(
    opened: Opened, rows: dict[str, tuple[str, ...]], expected: tuple[float, list[str]]
) -> None:
    assert seen(opened, Rights(role=Role.SERVICE, **rows)) == expected


def test_a_filter_outside_the_rights_gives_nothing(opened: Opened) -> None:
    rights = Rights(role=Role.SERVICE, clients=("C2",))
    assert seen(opened, rights, Scope(clients=("C1",))) == (0, [])
    assert seen(opened, rights, Scope(clients=("C1", "C2"))) == (2 + 4, ["M2", "M3"])


def test_columns_that_the_role_may_not_see_are_empty(opened: Opened) -> None:
    database = opened(LOTS, HOURS)
    public = Access(database=database, rights=Rights(role=Role.PUBLIC)).ask("lots", Scope())
    full = Access(database=database, rights=Rights(role=Role.ANALYSTE)).ask("lots", Scope())
    assert public.schema == full.schema
    assert set(public.column("contractor_name").to_pylist()) == {None}
    assert set(full.column("contractor_name").to_pylist()) == {"Alpha", "Beta", "Gamma"}
    assert set(public.column("facilitator_code").to_pylist()) == {None}
    assert set(full.column("facilitator_code").to_pylist()) == {"F1", "F2", None}
    kept = [name for name in full.column_names if name not in WITHHELD]
    assert public.select(kept).equals(full.select(kept))
    assert isinstance(public, pa.Table)


@pytest.mark.parametrize("role", sorted(Role))
@pytest.mark.parametrize("code", ["F1", "F2", "none", "nobody"])
def test_the_public_finds_no_facilitator_out_by_filtering(opened: Opened, role: Role, code: str) -> None:
    """A code that exists tells as much as one that does not."""
    hours, lots = seen(opened, Rights(role=role), Scope(facilitators=(code,)))
    found = {"F1": (1, ["M1"]), "F2": (2, ["M2"]), "none": (4, ["M3"]), "nobody": (0, [])}
    assert (hours, lots) == ((0, []) if role is Role.PUBLIC else found[code])


def test_the_public_builds_no_table_by_facilitator() -> None:
    told = {"lignes": "facilitateur", "colonnes": "facilitateur"}
    asked = from_query(told, penalties=False, facilitators=ROLES[Role.PUBLIC] >= {Right.FACILITATORS})
    assert "facilitateur" not in (*asked.definition.rows, asked.definition.columns)
    assert ("lignes", "facilitateur") in asked.lost
    assert from_query(told, penalties=False, facilitators=True).definition.rows == ("facilitateur",)


def test_a_stream_is_held_to_the_same_rights(opened: Opened) -> None:
    access = Access(database=opened(LOTS, HOURS), rights=Rights(role=Role.PUBLIC, clients=("C2",)))
    with access.stream("lots", Scope()) as batches:
        streamed = batches.read_all()
    assert streamed.equals(access.ask("lots", Scope()))
    assert sorted(streamed.column("contract_id").to_pylist()) == ["M2", "M3"]
    assert set(streamed.column("contractor_name").to_pylist()) == {None}


def test_each_role_is_known() -> None:
    assert set(ROLES) == set(Role)
    assert not ROLES[Role.PUBLIC] & {Right.SQL, Right.COMPANIES, Right.PENALTIES, Right.FACILITATORS, Right.DETAIL}


# Of C1 (mine) and C2 (theirs), the same things said in different words: what of theirs could be told apart.
MINE_AND_THEIRS = """
    contract_id | client_id | client_name | facilitator_code | execution_commune | contractor_name | subject  | contract_ref | hours_committed | notified_on
    mine1       | mine      | mine-name   | F-mine           | 76540             | mine-company    | mine-sub | mine-ref     | 100             | 2020-02-01
    theirs1     | theirs    | theirs-name | F-theirs         | 76681             | theirs-company  | theirs-s | theirs-ref   | 200             | 2020-02-01
"""
LINES_OF_BOTH = """
    contract_id | month   | hours_validated | participant_id
    mine1       | 2020-01 | 1               | person-1       # before the notification: an anomaly of each
    theirs1     | 2020-01 | 2               | person-2
    mine1       | 2020-03 | 8               | person-1
    theirs1     | 2020-03 | 16              | person-2
    theirs-gone | 2020-03 | 32              | person-2       # of no known lot
"""


@pytest.mark.parametrize("name", sorted(questions()))
@pytest.mark.parametrize("asked", [Scope(), Scope(clients=("theirs",)), Scope(client_types=("hopital",))])
def test_no_question_tells_of_a_client_outside_the_rights(opened: Opened, name: str, asked: Scope) -> None:
    database = opened(MINE_AND_THEIRS, LINES_OF_BOTH)
    given = {"contract_id": "theirs1", "lot_id": "00", "compared_by": "clients", "compared": "mine"}
    parameters = {parameter.name: given.get(parameter.name, "") for parameter in question(name).parameters}
    for rows in (
        {"clients": ("mine",)},
        {"execution_communes": ("76540",)},
        {"facilitators": ("F-mine",)},
        {"clients": ()},
    ):
        rights = Rights(role=Role.ADMINISTRATEUR, **rows)
        told = str(Access(database=database, rights=rights).ask(name, asked, **parameters).to_pylist())
        assert "theirs" not in told, rows
        assert "person-" not in told


def test_who_compares_with_theirs_is_told_of_no_hour(opened: Opened) -> None:
    """What was typed comes back, as what does not exist would."""
    rights = Rights(role=Role.ADMINISTRATEUR, clients=("mine",))
    access = Access(database=opened(MINE_AND_THEIRS, LINES_OF_BOTH), rights=rights)
    told = access.ask("hours_compared", Scope(), compared_by="clients", compared="mine,theirs,nobody").to_pylist()
    hours = {row["value"]: row["hours_validated"] for row in told if row["year"] == 2020}
    assert hours["mine"] > 0
    assert hours["theirs"] == hours["nobody"] == 0


@pytest.mark.parametrize("name", ["anomaly_lines", "filter_choices", "filter_names", "hours_by_client", "lots"])
def test_who_may_see_every_row_is_told_of_it(opened: Opened, name: str) -> None:
    access = Access(database=opened(MINE_AND_THEIRS, LINES_OF_BOTH), rights=Rights(role=Role.ADMINISTRATEUR))
    assert "theirs" in str(access.ask(name, Scope()).to_pylist())


def test_anomalies_are_counted_within_the_rights(opened: Opened) -> None:
    database = opened(MINE_AND_THEIRS, LINES_OF_BOTH)

    def counted(**rows: tuple[str, ...]) -> tuple[int, int]:
        access = Access(database=database, rights=Rights(role=Role.SERVICE, **rows))
        found = {row["kind"]: row["rows"] or 0 for row in answers.anomalies(access)}
        assert sum(found.values()) == len(answers.anomaly_lines(access))
        return found["hours_before_notification"], found["hours_without_lot"]

    assert counted() == (2, 1)
    assert counted(clients=("mine",)) == (1, 0)
    assert counted(clients=()) == (0, 0)


def test_a_month_of_more_than_220_hours_is_one_of_the_reader_s_rows_alone(opened: Opened) -> None:
    """Who is limited to a client does not learn that somebody works elsewhere too."""
    database = opened(
        """
        contract_id | client_id
        M1          | mine
        M2          | theirs
        """,
        """
        entry_id | contract_id | month   | hours_validated | participant_id
        E1       | M1          | 2020-01 | 150             | P1  # 250 with the next
        E2       | M2          | 2020-01 | 100             | P1
        E3       | M1          | 2020-02 | 230             | P1  # enough by itself
        E4       | M2          | 2020-02 | 10              | P1
        E5       | M1          | 2020-01 | 120             | P2  # 221 in M1
        E6       | M1          | 2020-01 | 101             | P2
        """,
    )

    def crowded(**rows: tuple[str, ...]) -> list[float]:
        access = Access(database=database, rights=Rights(role=Role.SERVICE, **rows))
        lines = [float(row["hours"]) for row in answers.anomaly_lines(access) if row["kind"] == "over_220_hours"]
        (kind,) = (row for row in answers.anomalies(access) if row["kind"] == "over_220_hours")
        assert kind["rows"] == len(lines)
        assert float(kind["hours"] or 0) == sum(lines)
        return sorted(lines)

    assert crowded() == [10, 100, 101, 120, 150, 230]
    assert crowded(clients=("mine",)) == [101, 120, 230]
    assert crowded(clients=("theirs",)) == []


def test_hours_of_few_lines_are_hidden_with_their_number(opened: Opened) -> None:
    """Those of one line are the hours of one person. 5 is the threshold of accounts, 11 that of the public."""
    early = "\n".join(f"E{n} | M1 | 2020-01 | {n}.5" for n in range(1, 13))  # 1.5 + 2.5 + … + 12.5 = 84
    database = opened(
        """
        contract_id | notified_on | starts_on  | ends_on
        M1          | 2021-01-01  | 2021-01-01 | 2030-01-01
        """,
        f"entry_id | contract_id | month | hours_validated\n{early}\nF1 | M9 | 2020-01 | 7\nF2 | M9 | 2020-01 | 8",
    )

    def told(role: Role) -> dict[str, tuple[int | None, float | None]]:
        rows = answers.anomalies(Access(database=database, rights=Rights(role=role)))
        return {row["kind"]: (row["rows"], None if row["hours"] is None else float(row["hours"])) for row in rows}

    exact, rounded, public = (told(role) for role in (Role.SERVICE, Role.ELU, Role.PUBLIC))
    assert exact["hours_before_notification"] == (12, 84)
    assert rounded["hours_before_notification"] == (10, 84)
    assert public["hours_before_notification"] == (None, None)  # 10 would be below 11
    assert exact["hours_without_lot"] == (2, 15)
    assert rounded["hours_without_lot"] == public["hours_without_lot"] == (None, None)
    assert exact["duplicate_entry"] == (0, 0)
    assert rounded["duplicate_entry"] == (None, None)  # as where there is one


@pytest.mark.parametrize(
    ("number", "threshold", "shown"),
    [
        (4, 5, None), (5, 5, 5), (7, 5, 5), (8, 5, 10), (0, 5, None), (None, 5, None),
        (3, 3, 5), (2, 3, None),
        (12, 11, None),  # rounds to 10
        (13, 11, 15),
    ],
)  # fmt: skip
def test_no_number_of_lines_below_the_threshold_is_shown(number: int | None, threshold: int, shown: int | None) -> None:
    assert rounded_lines(number, threshold) == shown


def test_anomalies_by_client_are_those_of_enough_lines_and_of_no_person(opened: Opened) -> None:
    """3 lines of C would be 18 − 9 − 6: the 6 of B go with them. P9's six lines are one person, whose exit is to come."""
    numbers = {"A": 9, "B": 6, "C": 3}
    lines = "\n".join(f"{c}{n} | M{c} | 2020-01 | 2 | P{c}{n} |" for c, many in numbers.items() for n in range(many))
    database = opened(
        """
        contract_id | client_id | client_name | notified_on | starts_on
        MA          | A         | Alpha       | 2021-01-01  | 2021-01-01
        MB          | B         | Beta        | 2021-01-01  | 2021-01-01
        MC          | C         | Gamma       | 2021-01-01  | 2021-01-01
        """,
        "entry_id | contract_id | month | hours_validated | participant_id | exit_on\n"
        + lines
        + "".join(f"\nX{n} | MA | 2021-0{n} | 1 | P9 | 2090-01-01" for n in range(1, 7)),
    )

    def told(role: Role, **rows: tuple[str, ...]) -> list[tuple[str, str, int | None, float]]:
        found = answers.anomalies_by_client(Access(database=database, rights=Rights(role=role, **rows)))
        return [(row["kind"], row["client_name"] or "", row["rows"], float(row["hours"])) for row in found]

    assert told(Role.SERVICE) == [
        ("exit_to_come", "Alpha", 6, 6),
        ("hours_before_notification", "Alpha", 9, 18),
        ("hours_before_notification", "Beta", 6, 12),
        ("hours_before_notification", "Gamma", 3, 6),
    ]
    assert told(Role.ELU) == [("hours_before_notification", "Alpha", 10, 18)]
    assert told(Role.ELU, clients=("B",)) == [("hours_before_notification", "Beta", 5, 12)]
    assert told(Role.ELU, clients=("C",)) == told(Role.PUBLIC) == []


def test_anomalies_of_participants_are_told_to_who_may_see_lines_only(opened: Opened) -> None:
    """Six lines are one person: with her or without, others see the same."""
    lots = "contract_id | ends_on\nM1          | 2019-06-30"
    lines = "\n".join(f"L{n} | M1 | 2020-01 | 1 | P{n} |" for n in range(20))
    hers = "".join(f"\nX{n} | M1 | 2019-0{n} | 300 | P9 | 2090-01-01" for n in range(1, 7))
    header = "entry_id | contract_id | month | hours_validated | participant_id | exit_on\n"

    def told(text: str, role: Role) -> tuple[list[object], int | None]:
        access = Access(database=opened(lots, header + text), rights=Rights(role=role))
        kinds = [(row["kind"], row["rows"], row["hours"]) for row in answers.anomalies(access)]
        return [*kinds, *answers.anomalies_by_client(access)], answers.release_summary(access)["anomalies"]

    assert told(lines + hers, Role.SERVICE)[1] == 20 + 6 + 6
    for role in (Role.ELU, Role.PUBLIC):
        assert told(lines + hers, role) == told(lines, role)
        assert told(lines + hers, role)[1] == 20


def test_hours_left_out_are_told_where_their_lines_are(opened: Opened) -> None:
    """Among the anomalies, that is, where they are enough: the totals of others begin with the hours of known lots."""
    database = opened("contract_id\nM1", "entry_id | contract_id | hours_validated\nE1 | M1 | 10\nE2 | M9 | 7")

    def steps(role: Role) -> dict[str, float]:
        rows = answers.totals_reconciled(Access(database=database, rights=Rights(role=role)), Scope())
        return {row["step"]: float(row["hours_validated"]) for row in rows if row["hours_validated"]}

    assert steps(Role.SERVICE) == {"published": 17, "left_out": 7, "shown": 10, "cumulative": 10}
    assert steps(Role.ELU) == {"published": 10, "shown": 10, "cumulative": 10}
    public = Access(database=database, rights=Rights(role=Role.PUBLIC))
    with public.stream("totals_reconciled", Scope()) as batches:  # as files have it
        assert "left_out" not in str(batches.read_all().to_pylist())


# Questions that no filter cuts: rights cut them all the same.

MANY = """
    contract_id | client_id | client_name | client_siret   | execution_commune | facilitator_code | hours_committed | counts_in_total
    M1          | C1        | Client un   | 21760540700018 | 76540             | F1               | 100             | true
    M2          | C2        | Client deux |                | 76681             | F2               | 200             | true
    M3          | C2        | Client deux |                |                   | F2               | 400             | false
"""
MANY_HOURS = """
    entry_id | contract_id | month   | hours_validated
    E1       | M1          | 2020-01 | 1
    E2       | M2          | 2020-01 | 2
    E3       | M2          | 2020-02 | 4
    E4       | M3          | 2020-01 | 8
    E5       | M9          | 2020-01 | 16
    E1       | M1          | 2020-01 | 32
"""
SETTINGS_OF_MANY = milestones(
    milestone(1000, "tous"),
    milestone(500, "deux", client="C2"),
    milestone(100, "un", client="C1"),
    opening=5000,
)


def access(opened: Opened, **rows: tuple[str, ...]) -> Access:
    database = opened(MANY, MANY_HOURS, settings=SETTINGS_OF_MANY)
    return Access(database=database, rights=Rights(role=Role.SERVICE, **rows))


def test_names_are_those_of_the_rights(opened: Opened) -> None:
    names = answers.filter_names(access(opened, clients=("C2",)))
    assert [(name["field"], name["value"]) for name in names] == [("clients", "C2"), ("execution_communes", "76681")]
    assert len(answers.filter_names(access(opened))) == 2 + 2
    assert answers.filter_names(access(opened, facilitators=())) == []


def test_choices_are_those_of_the_rights(opened: Opened) -> None:
    """A filter that does not shut its own choices out may not open those that the rights shut."""
    for scope in (Scope(), Scope(clients=("C2",)), Scope(clients=("C1",))):
        found = answers.filter_choices(access(opened, clients=("C2",)), scope)
        assert {row["value"] for row in found if row["field"] == "clients"} <= {"C2"}
        assert {row["value"] for row in found if row["field"] == "execution_communes"} <= {"76681", "none"}


def test_the_summary_counts_what_may_be_seen(opened: Opened) -> None:
    def summary(**rows: tuple[str, ...]) -> dict[str, object]:
        row: Mapping[str, object] = answers.release_summary(access(opened, **rows))
        return {name: row[name] for name in ("contracts", "lots", "hours_rows", "rows_left_out", "hours_validated")}

    # The duplicate E1 and the orphan E5 are left out; M3 does not count in the total.
    assert summary() == {
        "contracts": 3,
        "lots": 3,
        "hours_rows": 4,
        "rows_left_out": 2,
        "hours_validated": 1 + 2 + 4,
    }
    assert summary(clients=("C1",)) == {
        "contracts": 1,
        "lots": 1,
        "hours_rows": 1,
        "rows_left_out": 1,
        "hours_validated": 1,
    }
    assert summary(clients=("C2",)) == {
        "contracts": 2,
        "lots": 2,
        "hours_rows": 3,
        "rows_left_out": 0,
        "hours_validated": 2 + 4,
    }
    assert set(summary(clients=()).values()) == {0}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ({}, ["un", "deux", "tous"]),
        ({"clients": ("C2",)}, ["deux"]),
        ({"clients": ("C2",), "execution_communes": ("76681",)}, []),
        ({"execution_communes": ("76681",)}, []),
        ({"clients": ()}, []),
    ],
)
def test_milestones_are_those_seen_whole(opened: Opened, rows: dict[str, tuple[str, ...]], expected: list[str]) -> None:
    found = answers.milestone_progress(access(opened, **rows), Scope())
    assert [row["milestone"] for row in found] == expected


def test_the_opening_balance_is_for_the_whole_only(opened: Opened) -> None:
    def running_total(reader: Access) -> float:
        return float(answers.hours_by_month(reader, Scope())[-1]["cumulative_hours"])

    assert running_total(access(opened)) == 5000 + 1 + 2 + 4
    limited = access(opened, clients=("C1", "C2"))
    assert running_total(limited) == 1 + 2 + 4
    assert access(opened).is_whole(Scope(first_year=2020))
    assert not limited.is_whole(Scope())
