"""The typed description of one table, which a link carries: codes of dimensions and measures, never a text of SQL."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from data.words import N_
from queries.errors import QueryError
from queries.table_builder.parts import DIMENSIONS, FACILITATOR, LOTS, MEASURES, PENALTIES, STRUCTURE, Dimension

Share = Literal["ligne", "colonne", "total"]
BY_ROW: Final[Share] = "ligne"
BY_COLUMN: Final[Share] = "colonne"
OF_TOTAL: Final[Share] = "total"
SHARES: Final = (BY_ROW, BY_COLUMN, OF_TOTAL)
ROWS_AT_MOST: Final = 2
TOP_AT_MOST: Final = 100
# The keys of a link, in the order of the fields.
ROWS: Final = "lignes"
COLUMNS: Final = "colonnes"
MEASURES_KEY: Final = "mesures"
PARTS: Final = "parts"
ORDER: Final = "classement"
TOP: Final = "premiers"
ALL_KEYS: Final = (ROWS, COLUMNS, MEASURES_KEY, PARTS, ORDER, TOP)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableDefinition:
    """A table: one or two dimensions down, one across or none, what the cells say. Hashable: part of the key of caches.

    `share`: of what the measures that add up are a part. `order`: a measure, largest first, or nothing for the order that
    the dimension has. `top`: how many values of the first dimension stand alone, the others together in one row.
    Raises QueryError when a code is unknown, comes twice, or when the parts do not go together.
    """

    rows: tuple[str, ...] = ("client",)
    columns: str | None = "annee"
    measures: tuple[str, ...] = ("heures",)
    share: Share | None = None
    order: str | None = None
    top: int | None = None

    def __post_init__(self) -> None:
        codes = (*self.rows, *([] if self.columns is None else [self.columns]))
        wrong = [
            *(code for code in codes if code not in DIMENSIONS or codes.count(code) > 1),
            *(code for code in self.measures if code not in MEASURES or self.measures.count(code) > 1),
        ]
        if not wrong and self.is_by_line:
            wrong += [code for code in self.measures if MEASURES[code].of_lot]
        if not 1 <= len(self.rows) <= ROWS_AT_MOST or not self.measures:
            wrong.append("-")
        if self.order is not None and (self.order not in self.measures or self.order == PENALTIES):
            wrong.append(self.order)
        if self.share == BY_ROW and self.columns is None:
            wrong.append(self.share)
        if self.top is not None and (not 1 <= self.top <= TOP_AT_MOST or PENALTIES in self.measures):
            wrong.append(str(self.top))
        if wrong:
            raise QueryError(N_("{value} n’est pas possible dans ce tableau."), value=wrong[0])

    @property
    def dimensions(self) -> tuple[Dimension, ...]:
        """Those of the rows, then that of the columns."""
        codes = [*self.rows, *([] if self.columns is None else [self.columns])]
        return tuple(DIMENSIONS[code] for code in codes)

    @property
    def is_by_line(self) -> bool:
        """Whether a dimension belongs to the hours rather than to the lot."""
        return any(dimension.of_line for dimension in self.dimensions)

    def adds_up(self, measure: str) -> bool:
        """Whether the cells of a measure add up to its totals in this table. Penalties do, but may hide some."""
        return MEASURES[measure].adds_up and not (measure == LOTS and self.is_by_line)

    def to_query(self) -> dict[str, str]:
        """Keys and texts of the link to this table."""
        query = {ROWS: ",".join(self.rows), MEASURES_KEY: ",".join(self.measures)}
        more = {COLUMNS: self.columns, PARTS: self.share, ORDER: self.order, TOP: self.top}
        return query | {key: str(value) for key, value in more.items() if value is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRequest:
    """The request of a link: the table to build, and the parts left out, for a notice to the reader.

    `named`: all measures of the link, with those left out. `lost`: parts of the link that mean nothing. `whole_lots`: measures
    of whole lots that a dimension of the line cannot break down. `reserved`: penalties, when the reader has no right to them. `no_top`: penalties are never put together.
    """

    definition: TableDefinition
    named: tuple[str, ...]
    lost: tuple[tuple[str, str], ...] = ()
    whole_lots: tuple[str, ...] = ()
    reserved: bool = False
    no_top: bool = False


def open_dimensions(*, facilitators: bool, structures: bool) -> list[str]:
    """The dimensions that a reader may use, in the order of the form; that of structures where several publish."""
    shut = {*([] if facilitators else [FACILITATOR]), *([] if structures else [STRUCTURE])}
    return [code for code in DIMENSIONS if code not in shut]


def from_query(
    query: Mapping[str, str], *, penalties: bool, facilitators: bool, structures: bool = False
) -> TableRequest:
    """The table of a link; the default one when it asks for none. `penalties`, `facilitators`: whether the reader may see them;
    `structures`: whether several publish.
    """
    if not any(query.get(key) for key in ALL_KEYS):
        return TableRequest(definition=TableDefinition(), named=TableDefinition().measures)
    lost: list[tuple[str, str]] = []
    dimensions = dict.fromkeys(open_dimensions(facilitators=facilitators, structures=structures), True)
    rows = _known(query, ROWS, dimensions, lost, ROWS_AT_MOST) or TableDefinition().rows
    across = _known(query, COLUMNS, {code: True for code in dimensions if code not in rows}, lost, 1)
    columns = across[0] if across else None
    named = _known(query, MEASURES_KEY, MEASURES, lost, len(MEASURES)) or TableDefinition().measures
    by_line = any(DIMENSIONS[code].of_line for code in (*rows, *across))
    reserved = PENALTIES in named and not penalties
    whole_lots = tuple(
        code for code in named if by_line and MEASURES[code].of_lot and not (reserved and code == PENALTIES)
    )
    left_out = {*whole_lots, *([PENALTIES] if reserved else [])}
    measures = tuple(code for code in named if code not in left_out) or TableDefinition().measures
    share, order, top = query.get(PARTS, ""), query.get(ORDER, ""), query.get(TOP, "")
    shares = [known for known in SHARES if known == share and not (known == BY_ROW and columns is None)]
    if share and not shares:
        lost.append((PARTS, share))
    ordered = order in measures and order != PENALTIES
    if order and not ordered and order not in left_out:
        lost.append((ORDER, order))
    counted = top.isascii() and top.isdecimal() and 1 <= int(top[:9]) <= TOP_AT_MOST
    if top and not counted:
        lost.append((TOP, top))
    definition = TableDefinition(
        rows=rows,
        columns=columns,
        measures=measures,
        share=shares[0] if shares else None,
        order=order if ordered else None,
        top=int(top) if counted and PENALTIES not in measures else None,
    )
    return TableRequest(
        definition=definition,
        named=named,
        lost=tuple(lost),
        whole_lots=whole_lots,
        reserved=reserved,
        no_top=counted and PENALTIES in measures,
    )


def _known(
    query: Mapping[str, str], key: str, possible: Mapping[str, object], lost: list[tuple[str, str]], at_most: int
) -> tuple[str, ...]:
    """The codes of a key that mean something, each once; those beyond `at_most` and the others are lost."""
    codes = list(dict.fromkeys(code.strip() for code in query.get(key, "").split(",") if code.strip()))
    kept = [code for code in codes if code in possible][:at_most]
    lost += [(key, code) for code in codes if code not in kept]
    return tuple(kept)
