"""mapping.toml: how the columns and codes of a source become those of the data contract.

    [contracts.columns]                     # header of the source = column, or columns, of the contract; "" = not read
    "Donneur d'ordre" = "client_name"
    "Date de notification" = ["notified_on", "starts_on"]
    "Observations" = ""

    [contracts.made]                        # a column made from others: of the contract, or headers
    client_id = ["client_name"]

    [contracts.values.clause_category]      # text of the source = code; "" = empty
    "Art. 14" = "execution"

    [contracts.by.client_type.client_name]  # a column by the value of another
    "Ville A" = "commune"

    [contracts.defaults]                    # value of every row that the source leaves without one
    lot_id = "00"

    [contracts.units]                       # what the numbers of a column count, where it is not the contract's unit
    obligation_pct = "fraction"

    [hours.made]
    entry_id = ["file", "row"]
    month = ["Année", "Mois"]

    [hours.months]                          # months as columns: one row a month; `year` where headers have none
    columns = ["hours_declared", "hours_validated"]

    [hours.rows]                            # a row that equals the sum of those above it: data, or out
    totals = "out"

    [sheets]                                # what a file or sheet is taken for; "" = passed over
    "bilan.xlsx [Notes]" = ""

Capitals, accents, spaces and punctuation of headers do not matter; the columns' own names and their French labels are known without
a mapping, as are those of the DECP (table notified). A column that could identify a person is refused whatever the mapping says.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from data.schema import ALL_TABLES, TABLES, Table, plain_name
from data.sources.names import other_names, own_names
from data.sources.reading_dates import MONTH_NAMES, month

# A sheet or a file is a table when this many of its headers are known, one of them in this table alone; two for the DECP,
# whose "id" is a header that anything may have.
_FEWEST_KNOWN = 3
_FEWEST_OWN = {"contracts": 1, "hours": 1, "notified": 2, "comments": 2}
# Where the parts of a made column may come from besides headers and columns.
FILE, ROW = "file", "row"
SECTIONS = ("columns", "made", "values", "by", "defaults", "units", "months", "rows")
type_of_texts = dict[str, dict[str, str]]


# A whole file of one line is no header, and takes minutes to look at.
_LONGEST_HEADER = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class TableMapping:
    """What the mapping says of one table. Headers are as written; see the module for each section."""

    columns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    made: dict[str, tuple[str, ...]] = field(default_factory=dict)
    values: type_of_texts = field(default_factory=dict)
    by: dict[str, type_of_texts] = field(default_factory=dict)
    defaults: dict[str, str] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    months: tuple[str, ...] = ()
    year: int | None = None
    totals: str | None = None

    def targets(self, plain: str) -> tuple[str, ...] | None:
        """The columns that a header in plain form stands for; None when it is not named here."""
        return next((columns for header, columns in self.columns.items() if plain_name(header) == plain), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """The mapping of a publish: what it says of each table, and what sheets are taken for ("" = passed over)."""

    tables: dict[str, TableMapping] = field(
        default_factory=lambda: {table.name: TableMapping() for table in ALL_TABLES}
    )
    sheets: dict[str, str] = field(default_factory=dict)

    def of(self, table: Table) -> TableMapping:
        """The mapping of that table."""
        return self.tables[table.name]

    def targets(self, table: Table, header: str) -> tuple[str, ...] | None:
        """The columns that a header stands for; () when it is not to be read, None when it is unknown."""
        plain = plain_name(header)
        decided = self.of(table).targets(plain)
        if decided is not None:
            return decided
        own = own_names(table.name).get(plain)
        if own is not None:
            return (own,) if own else ()
        if plain in self._parts(table):
            return ()
        return () if plain and re.fullmatch(table.passed_over, plain) else None

    def _parts(self, table: Table) -> set[str]:
        """Headers that a made column is made from: they are read without being columns."""
        return {plain_name(part) for parts in self.of(table).made.values() for part in parts}

    def weight(self, header: str) -> int:
        """What a header is worth in the search for headers: 3 when it is known, 1 when it suggests a column, else 0."""
        if len(header) > _LONGEST_HEADER:
            return 0
        if any(self.targets(table, header) for table in ALL_TABLES):
            return 3
        plain = plain_name(header)
        if any(plain in other_names(table.name) or self.targets(table, header) == () for table in ALL_TABLES):
            return 1
        has_letters = re.search(r"[^\W\d]{3}", header) is not None
        is_month = plain in MONTH_NAMES or (
            re.search(r"\d", header) is not None and has_letters and month(header) is not None
        )
        return int(is_month)

    def known(self, headers: Sequence[str]) -> int:
        """How many headers stand for a column of a table."""
        return sum(any(self.targets(table, header) for table in ALL_TABLES) for header in headers)

    def table_of(self, headers: Sequence[str]) -> Table | None:
        """The table that a source with these headers holds, None when it is none."""
        shared = set.intersection(*({column.name for column in table.every_column} for table in TABLES))
        known: dict[str, set[str]] = {table.name: set() for table in ALL_TABLES}
        own: dict[str, set[str]] = {table.name: set() for table in ALL_TABLES}
        for header in headers:
            targets = {table.name: columns for table in ALL_TABLES if (columns := self.targets(table, header))}
            for name, columns in targets.items():
                known[name].update(columns)
                if len(targets) == 1:
                    own[name].update(set(columns) - shared)
        table = max(ALL_TABLES, key=lambda table: (len(own[table.name]), len(known[table.name])))
        enough = len(own[table.name]) >= _FEWEST_OWN[table.name] and len(known[table.name]) >= _FEWEST_KNOWN
        return table if enough else None
