"""Built tables: cells and totals worked by hand, the SQL linted like the files, a naive second computation, additivity."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from itertools import permutations
from random import Random
from typing import Any

import pytest
import sqlglot
from hypothesis import given, settings
from sqlglot import exp

from data.codes import Role
from queries.engine import Database, named_parameters
from queries.errors import QueryError
from queries.open_release import open_release
from queries.rights.access import Access
from queries.rights.rights import Rights
from queries.scope import NONE, Scope
from queries.secrecy.companies import HIDDEN
from queries.table_builder.builder import OTHERS, companies_question, table_question
from queries.table_builder.built_table import BuiltTable, Value, build
from queries.table_builder.definition import TableDefinition, from_query
from queries.table_builder.parts import DIMENSIONS, MEASURES, PENALTIES
from tests.extracts import publish_rows
from tests.queries.asking import EVERYTHING, Opened, only
from tests.queries.naive import Naive
from tests.queries.naive_rules import Row, is_notified, is_rated, key, pending, ratio, validated
from tests.queries.random_extracts import random_extract, random_scope
from tests.queries.test_properties import FEW, scopes
from tests.queries.test_sql_files import FACTS, read_by

ANALYST = Rights(role=Role.ANALYSTE)
BY_LOT = tuple(code for code, dimension in DIMENSIONS.items() if not dimension.of_line)
OF_LINES = tuple(code for code, measure in MEASURES.items() if not measure.of_lot)
LOTS = """
    contract_id | lot_id | client_id | clause_category | status  | hours_committed | contractor_name | sector   | execution_commune
    M1          | 01     | C1        | execution       | running | 1000            | Alpha           | batiment | 76540
    M1          | 02     | C1        | execution       | closed  | 500             | Beta            | batiment |
    M2          | 00     | C2        | insertion       | closed  | 100             | Alpha           |          | 76540
    M3          | 00     | C3        | execution       | planned | 300             |                 | pi       | 76498
    M4          | 00     | C4        | insertion       | closed  |                 | Gamma           | pi       |
"""
HOURS = """
    contract_id | lot_id | month   | hours_validated | hours_declared | status    | employer_kind
    M1          | 01     | 2019-03 | 200             | 200            | validated | etti
    M1          | 01     | 2019-11 | 60              | 60             | validated | ei
    M1          | 01     | 2021-01 |                 | 40             | declared  | etti
    M1          | 02     | 2019-03 | 450             | 450            | validated |
    M2          | 00     | 2021-02 | 120             | 120            | validated | etti
    M4          | 00     | 2021-02 | 8               | 8              | validated | ei
    M4          | 00     | 2021-03 | 0               | 9              | rejected  | ei           # counts for nothing
"""


def table(
    database: Database, definition: TableDefinition, scope: Scope = EVERYTHING, rights: Rights = ANALYST
) -> BuiltTable:
    return build(Access(database=database, rights=rights), scope, definition)


def drawn(built: BuiltTable, measure: str) -> dict[Any, Any]:
    """The values of a measure by row and column, totals under an empty key."""
    rows = [*built.rows, ()]
    return {(*row, column): built.value(row, column, measure) for row in rows for column in ([*built.columns, ""])}


# Worked by hand


def test_a_cross_table_with_its_totals(opened: Opened) -> None:
    built = table(
        opened(LOTS, HOURS), TableDefinition(measures=("heures", "attente", "lots", "marches", "entreprises"))
    )
    assert built.rows == (("C1",), ("C2",), ("C4",))  # C3 has no hours in any year
    assert built.columns == ("2019", "2020", "2021")  # 2020 has none: a series has no hole
    assert drawn(built, "heures") == {
        ("C1", "2019"): 200 + 60 + 450, ("C1", "2020"): None, ("C1", "2021"): 0, ("C1", ""): 710,
        ("C2", "2019"): None, ("C2", "2020"): None, ("C2", "2021"): 120, ("C2", ""): 120,
        ("C4", "2019"): None, ("C4", "2020"): None, ("C4", "2021"): 8, ("C4", ""): 8,
        ("2019",): 710, ("2020",): None, ("2021",): 0 + 120 + 8, ("",): 710 + 120 + 8,
    }  # fmt: skip
    assert built.value(("C1",), "2021", "attente") == 40
    # M1/01 has hours in both years: it counts in both cells, and once in the total.
    assert [built.value(("C1",), year, "lots") for year in ("2019", "2021", "")] == [2, 1, 2]
    assert [built.value(("C1",), year, "marches") for year in ("2019", "2021", "")] == [1, 1, 1]
    # Alpha, Beta; Alpha (M1, pending), Alpha (M2), Gamma; three of them in all.
    assert [built.value((), year, "entreprises") for year in ("2019", "2021", "")] == [2, 2, 3]


def test_obligations_and_ratios_are_of_whole_lots(opened: Opened) -> None:
    measures = ("heures", "engagees", "realisation", "lots", "clients", "etp")
    built = table(opened(LOTS, HOURS), TableDefinition(rows=("clause",), columns=None, measures=measures))
    assert [built.value((code,), "", "engagees") for code in ("execution", "insertion")] == [1000 + 500, 100]
    assert built.value(("execution",), "", "realisation") == 710 / 1500
    assert built.value((), "", "realisation") == pytest.approx((710 + 120) / 1600)  # not the mean of 47 % and 120 %
    assert [built.value((code,), "", "lots") for code in ("execution", "insertion")] == [3, 2]
    # C1 has a running lot; C2 and C4 have hours; C3 has neither.
    assert [built.value(row, "", "clients") for row in (("execution",), ("insertion",), ())] == [1, 2, 3]
    assert built.value((), "", "etp") == pytest.approx(838 / 1607)


def test_filters_on_lines_narrow_hours_and_choose_lots(opened: Opened) -> None:
    built = table(
        opened(LOTS, HOURS),
        TableDefinition(rows=("clause",), columns=None, measures=("heures", "engagees", "realisation")),
        Scope(first_year=2021, employer_kinds=("etti",)),
    )
    assert [built.value((), "", code) for code in ("heures", "engagees", "realisation")] == [
        120,
        1000 + 100,  # the two lots with such hours, M1/01 with those that wait
        (260 + 120) / 1100,  # over their whole life
    ]


def test_groups_of_rows_have_their_totals(opened: Opened) -> None:
    built = table(opened(LOTS, HOURS), TableDefinition(rows=("clause", "secteur"), columns="modalite"))
    assert built.rows == (("execution", "batiment"), ("insertion", NONE), ("insertion", "pi"))
    assert built.columns == ("ei", "etti", NONE)
    assert [built.value(("execution",), column, "heures") for column in ("ei", "etti", NONE, "")] == [60, 200, 450, 710]
    assert [built.value(("insertion",), column, "heures") for column in ("ei", "etti", NONE, "")] == [8, 120, None, 128]
    assert built.value(("insertion", "pi"), "", "heures") == 8


def test_the_others_are_counted_anew(opened: Opened) -> None:
    measures = ("heures", "realisation", "entreprises", "marches")
    definition = TableDefinition(rows=("client",), columns=None, measures=measures, order="heures", top=1)
    built = table(opened(LOTS, HOURS), definition)
    assert (built.rows, built.others) == (((OTHERS,), ("C1",)), 3)
    assert built.value((OTHERS,), "", "heures") == 120 + 8
    assert built.value((OTHERS,), "", "realisation") == 120 / 100  # only M2 is rated
    assert built.value((OTHERS,), "", "entreprises") == 2  # Alpha, Gamma
    assert built.value((), "", "entreprises") == 3  # Alpha is in both rows
    assert table(opened(LOTS, HOURS), TableDefinition(columns=None, top=4)).others == 0


def test_a_month_without_anything_is_no_other(opened: Opened) -> None:
    """Two months with hours, two years apart: the 23 between them only fill the axis."""
    database = opened("contract_id\nM1", "entry_id | month | hours_validated\nE1 | 2018-03 | 10\nE2 | 2020-03 | 10")
    by_month = TableDefinition(rows=("mois",), columns=None, measures=("heures",))
    assert len(table(database, by_month).rows) == 25
    first = table(database, replace(by_month, top=1))
    assert (first.rows, first.others) == (((OTHERS,), ("2018-03-01",)), 1)
    both = table(database, replace(by_month, top=5))
    assert (both.rows, both.others) == ((("2018-03-01",), ("2020-03-01",)), 0)


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        ("ligne", {"2019": 1.0, "2021": 0.0, "": 1.0}),
        ("colonne", {"2019": 1.0, "2021": 0.0, "": 710 / 838}),
        ("total", {"2019": 710 / 838, "2021": 0.0, "": 710 / 838}),
    ],
)
def test_shares(opened: Opened, share: Any, expected: dict[str, float]) -> None:
    built = table(opened(LOTS, HOURS), TableDefinition(share=share))
    assert {column: built.share(("C1",), column, "heures") for column in expected} == expected
    assert built.share(("C1",), "2020", "heures") is None
    assert built.share((), "", "heures") == 1


def test_an_empty_scope_has_a_total_of_nothing(opened: Opened) -> None:
    built = table(opened(LOTS, HOURS), TableDefinition(), Scope(clients=()))
    assert (built.rows, built.columns, built.value((), "", "heures")) == ((), (), 0)


def test_rights_narrow_the_rows(opened: Opened) -> None:
    built = table(opened(LOTS, HOURS), TableDefinition(), rights=Rights(role=Role.SERVICE, clients=("C2",)))
    assert (built.rows, built.value((), "", "heures")) == ((("C2",),), 120)


FINES = """
    contract_id | client_id | sector   | contractor_name | penalty_eur
    M1          | C1        | batiment | Alpha           | 100
    M2          | C1        | batiment | Beta            | 100
    M3          | C1        | batiment | Gamma           | 100
    M4          | C2        | batiment | Alpha           | 70
    M5          | C2        | batiment | Delta           | 30
    M6          | C3        | pi       | Alpha           | 10
    M7          | C3        | pi       | Beta            | 10
    M8          | C3        | pi       | Gamma           | 20
    M9          | C4        | pi       | Beta            | 0
    M10         | C5        | pi       | Alpha           |
"""


def test_penalties_hide_what_tells_of_a_company(opened: Opened) -> None:
    database = opened(FINES, "contract_id | month\nM1 | 2020-01")
    definition = TableDefinition(rows=("client",), columns=None, measures=(PENALTIES,))
    built = table(database, definition)
    # C2 has two companies only; alone beside the total it would be known, so the smallest other one is hidden as well.
    assert {row[0]: built.value(row, "", PENALTIES) for row in [*built.rows]} == {
        "C1": 300, "C2": HIDDEN, "C3": HIDDEN, "C4": 0, "C5": None,
    }  # fmt: skip
    assert built.value((), "", PENALTIES) == 440
    withheld = table(database, definition, rights=Rights(role=Role.PUBLIC))
    assert {withheld.value(row, "", PENALTIES) for row in [*withheld.rows, ()]} == {None}


# Descriptions and links


def test_what_cannot_be_is_refused() -> None:
    for wrong in (
        {"rows": ("client", "client")},
        {"columns": "client"},
        {"rows": ("dragon",)},
        {"rows": ()},
        {"rows": ("client", "clause", "secteur")},
        {"measures": ("dragon",)},
        {"measures": ()},
        {"measures": ("engagees",)},  # across years
        {"columns": None, "measures": (PENALTIES,), "top": 5},
        {"columns": None, "measures": (PENALTIES,), "order": PENALTIES},
        {"columns": None, "share": "ligne"},
        {"order": "lots"},
        {"top": 0},
    ):
        with pytest.raises(QueryError):
            TableDefinition(**wrong)


@pytest.mark.parametrize(
    "definition",
    [
        TableDefinition(),
        TableDefinition(columns=None),
        TableDefinition(
            rows=("clause", "secteur"), columns="type", measures=("lots", "realisation"), order="lots", top=7
        ),
        TableDefinition(columns="modalite", share="ligne"),
        TableDefinition(columns=None, measures=("heures", PENALTIES), share="total"),
    ],
)
def test_a_link_is_a_table(definition: TableDefinition) -> None:
    asked = from_query(definition.to_query(), penalties=True, facilitators=True)
    assert (asked.definition, asked.lost) == (definition, ())


def test_what_a_link_says_wrongly_is_told() -> None:
    query = {
        "lignes": "client,dragon,client,clause,secteur", "colonnes": "annee,client", "mesures": "engagees,heures,penalites,x",
        "parts": "demi", "classement": "lots", "premiers": "1e3",
    }  # fmt: skip
    question = from_query(query, penalties=False, facilitators=True)
    assert question.definition == TableDefinition(rows=("client", "clause"), columns="annee", measures=("heures",))
    assert question.lost == (
        ("lignes", "dragon"), ("lignes", "secteur"), ("colonnes", "client"), ("mesures", "x"), ("parts", "demi"),
        ("classement", "lots"), ("premiers", "1e3"),
    )  # fmt: skip
    assert (question.whole_lots, question.reserved) == (("engagees",), True)
    assert from_query(
        {"mesures": PENALTIES, "lignes": "client", "premiers": "5"}, penalties=True, facilitators=True
    ).no_top


# The SQL


def definitions() -> list[TableDefinition]:
    """Each dimension alone, and some with others, down and across, with all the measures that go with them."""
    alone = [((one,), None) for one in DIMENSIONS]
    pairs = [((one,), two) for one, two in permutations(DIMENSIONS, 2)]
    threes = [((one, two), three) for one, two, three in permutations(DIMENSIONS, 3)]
    found: list[TableDefinition] = []
    for rows, columns in [*alone, *Random(3).sample(pairs, 20), *Random(4).sample(threes, 12)]:
        by_line = any(DIMENSIONS[code].of_line for code in [*rows, *([columns] if columns else [])])
        measures = OF_LINES if by_line else tuple(MEASURES)
        top = 3 if len(found) % 2 and PENALTIES not in measures else None
        found.append(TableDefinition(rows=rows, columns=columns, measures=measures, top=top))
    return found


def test_the_sql_is_linted_like_the_files() -> None:
    for definition in definitions():
        for question in [
            table_question(definition),
            *([] if definition.is_by_line else [companies_question(definition)]),
        ]:
            (tree,) = (found for found in sqlglot.parse(question.sql, dialect="duckdb") if found is not None)
            assert not read_by(tree) & FACTS
            assert tree.args.get("order")
            assert not list(tree.find_all(exp.Div))
            assert all(join.side or join.kind for join in tree.find_all(exp.Join))
            assert all(join.args.get("on") or join.kind == "CROSS" for join in tree.find_all(exp.Join))
            assert named_parameters(question.sql) == {"scope"} | {parameter.name for parameter in question.parameters}


def test_an_answer_has_the_columns_that_it_declares(opened: Opened) -> None:
    database = opened(LOTS, HOURS)
    for definition in Random(5).sample(definitions(), 12):
        question = table_question(definition)
        parameters: dict[str, Any] = {"kept": ["C1"]} if question.parameters else {}
        relation = database.connection.cursor().sql(question.sql, params={"scope": EVERYTHING.bound(), **parameters})
        answered = [(column, str(kind)) for column, kind in zip(relation.columns, relation.types, strict=True)]
        assert [(column.name, column.type) for column in question.columns] == answered


def test_nothing_typed_reaches_the_sql() -> None:
    """A description holds codes only, and each must be known: so the text is made of constants."""
    with pytest.raises(QueryError):
        TableDefinition(rows=("client_id); DROP TABLE lots; --",))
    asked = from_query({"lignes": "1; DROP TABLE lots", "premiers": "5'"}, penalties=True, facilitators=True)
    assert asked.definition == TableDefinition(columns=None)
    assert len(asked.lost) == 2


# Random extracts: a naive second computation, additivity


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Database, Naive]:
    extract, as_of = random_extract(11), dt.date(2021, 8, 31)
    for number, lot in enumerate(extract.contracts):
        lot["legal_basis"] = (None, "art. 14", "art. L2112-2")[number % 3]
    release = publish_rows(tmp_path_factory.mktemp("built"), extract.contracts, extract.hours, as_of=as_of)
    naive = Naive(
        contracts=extract.contracts, hours=extract.hours, settings=extract.settings, data_as_of=as_of, population={}
    )
    return open_release.__wrapped__(release, extract.settings), naive


@settings(FEW, max_examples=3)
@given(scope=scopes())
def test_every_dimension_adds_up_to_the_headline(both: tuple[Database, Naive], scope: Scope) -> None:
    database, _ = both
    figures = only(database, "headline", scope)
    columns = {"heures": "hours_validated", "attente": "hours_pending", "engagees": "hours_committed", "lots": "lots"}
    for code in DIMENSIONS:
        measures = ("heures", "attente", "engagees", "lots") if code in BY_LOT else ("heures", "attente")
        built = table(database, TableDefinition(rows=(code,), columns=None, measures=measures), scope)
        for measure in measures:
            parts = [built.value(row, "", measure) or 0 for row in built.rows]
            assert sum(parts) == built.value((), "", measure) == figures[columns[measure]], (code, measure)  # type: ignore[arg-type]
    totals = table(database, TableDefinition(rows=("client",), columns=None, measures=tuple(MEASURES)[2:9]), scope)
    for measure in tuple(MEASURES)[2:9]:
        assert totals.value((), "", measure) == (figures[MEASURES[measure].column] or totals.value((), "", measure))


_KEYS: dict[str, Callable[[Row, Row], str]] = {
    "annee": lambda _, line: str(line["month"].year),
    "trimestre": lambda _, line: f"{line['month'].year}-{(line['month'].month - 1) // 3 * 3 + 1:02}-01",
    "mois": lambda _, line: line["month"].isoformat(),
    "structure": lambda lot, _: lot["structure"] or NONE,
    "type": lambda lot, _: lot["client_type"],
    "client": lambda lot, _: lot["client_id"],
    "clause": lambda lot, _: lot["clause_category"],
    "article": lambda lot, _: lot["legal_basis"] or NONE,
    "commune": lambda lot, _: lot["execution_commune"] or NONE,
    "secteur": lambda lot, _: lot["sector"] or NONE,
    "modalite": lambda _, line: line["employer_kind"] or NONE,
    "contrat": lambda _, line: line["work_contract_type"] or NONE,
    "programme": lambda lot, _: lot["programme"] or NONE,
    "facilitateur": lambda lot, _: lot["facilitator_code"] or NONE,
}


def naively(
    naive: Naive, scope: Scope, definition: TableDefinition, kept: list[str] | None
) -> dict[Any, dict[str, Any]]:
    """Every cell and total of a table, each from its own lots and lines."""
    codes = [*definition.rows, *([definition.columns] if definition.columns else [])]
    lots = {key(lot): lot for lot in naive.lots_of(scope)}
    lines = naive.lines_of(scope)

    def place(lot: Row, line: Row) -> tuple[str, ...]:
        first, *more = (_KEYS[code](lot, line) for code in codes)
        return (first if kept is None or first in kept else OTHERS, *more)

    of_line = [(place(lots[key(line)], line), line) for line in lines]
    of_lot = [] if definition.is_by_line else [(place(lot, {}), lot) for lot in lots.values()]
    places = {found for found, _ in of_line} | {found for found, _ in of_lot}
    wanted = {
        tuple(k if n in kept_keys else "" for n, k in enumerate(p)) for p in places for kept_keys in _levels(definition)
    }
    return {
        asked: _cell(naive, scope, definition, asked, of_line, of_lot, lots) for asked in wanted | {("",) * len(codes)}
    }


def _levels(definition: TableDefinition) -> list[set[int]]:
    down = [set(range(number)) for number in range(len(definition.rows) + 1)]
    return (
        down
        if definition.columns is None
        else [found | more for found in down for more in (set(), {len(definition.rows)})]
    )


def _cell(
    naive: Naive,
    scope: Scope,
    definition: TableDefinition,
    asked: tuple[str, ...],
    of_line: Any,
    of_lot: Any,
    lots: Any,
) -> dict[str, Any]:
    def inside(place: tuple[str, ...]) -> bool:
        return all(want in ("", got) for want, got in zip(asked, place, strict=True))

    lines = [line for place, line in of_line if inside(place)]
    hours = sum(map(validated, lines), Decimal(0))
    if definition.is_by_line:
        # A lot counts where its hours of a month, an employer, a type of contract and a status come to more than nothing.
        sums: dict[Any, list[Decimal]] = {}
        for line in lines:
            grain = (*key(line), line["month"], line["employer_kind"], line["work_contract_type"], line["status"])
            found = sums.setdefault(grain, [Decimal(0), Decimal(0)])
            found[0] += validated(line)
            found[1] += pending(line)
        counted = [
            lots[lot] for lot in {grain[:2] for grain, (done, waiting) in sums.items() if done > 0 or waiting > 0}
        ]
        clients = {lot["client_id"] for lot in counted}
    else:
        counted = [lot for place, lot in of_lot if inside(place)]
        worked: dict[str, Decimal] = {}
        for line in lines:
            client = lots[key(line)]["client_id"]
            worked[client] = worked.get(client, Decimal(0)) + validated(line)
        clients = {lot["client_id"] for lot in counted if lot["status"] == "running"}
        clients |= {client for client, done in worked.items() if done > 0}
    rated = [lot for lot in counted if is_rated(lot)]
    life = sum(
        (
            validated(line)
            for line in naive.lines_of(scope, years=False, employers=False)
            if key(line) in {key(lot) for lot in rated}
        ),
        Decimal(0),
    )
    committed = sum((lot["hours_committed"] for lot in rated), Decimal(0))
    return {
        "heures": hours,
        "attente": sum(map(pending, lines), Decimal(0)),
        "engagees": sum((lot["hours_committed"] or Decimal(0) for lot in counted if is_notified(lot)), Decimal(0)),
        "realisation": ratio(life, committed),
        "lots": len(counted),
        "marches": len({lot["contract_id"] for lot in counted}),
        "entreprises": len({lot["contractor_siret"] or lot["contractor_name"] for lot in counted} - {None}),
        "clients": len(clients),
        "etp": ratio(hours, naive.settings.counting.fte_divisor) if lines or counted else None,
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(12))
def test_two_computations_agree(both: tuple[Database, Naive], seed: int) -> None:
    database, naive = both
    die = Random(seed)
    rows = die.sample(list(DIMENSIONS if seed % 2 else BY_LOT), 1 + seed % 3 // 2)
    columns = die.choice([None, *(code for code in (DIMENSIONS if seed % 2 else BY_LOT) if code not in rows)])
    by_line = any(DIMENSIONS[code].of_line for code in [*rows, *([columns] if columns else [])])
    measures = tuple(code for code in (OF_LINES if by_line else MEASURES) if code != PENALTIES)
    order = die.choice([None, "heures", "entreprises"])
    top = die.choice([None, 1, 2])
    definition = TableDefinition(rows=tuple(rows), columns=columns, measures=measures, order=order, top=top)
    for scope in (EVERYTHING, random_scope(die)):
        whole = naively(naive, scope, definition, None)
        kept = None
        if top is not None:
            firsts = {
                place[0]: found[order or "heures"] for place, found in whole.items() if place[0] and not any(place[1:])
            }
            kept = sorted(firsts, key=lambda first: (-firsts[first], first))[:top] if len(firsts) > top else None
        expected = whole if kept is None else naively(naive, scope, definition, kept)
        built = table(database, definition, scope)
        assert built.values.keys() == expected.keys(), definition
        for place, values in expected.items():
            for measure in measures:
                _same(built.values[place][measure], values[measure], f"{definition}, {place}, {measure}, {scope}")


def _same(found: Value, wanted: Any, where: str) -> None:
    assert found == (pytest.approx(wanted, rel=1e-12) if isinstance(wanted, float) else wanted), where
