"""What a mapping could say of a table: columns suggested by names and by first values, and how to make those that are missing.

Everything here is a suggestion that the mapping confirms. A header is suggested for a column only when its first values could stand
there (a date is no amount), and never for what was promised when it tells what was done.
"""

import re
from collections.abc import Iterable, Sequence

from data.codes import Code
from data.schema import CONTRACTS, HOURS, NOTIFIED, Column, Table, is_refused, plain_name
from data.sources import names, reading_dates, readings
from data.sources.mapping import Mapping
from data.sources.mapping_entries import Suggestion
from data.sources.raw_table import LONGEST_VALUE, RawTable

# Of the first values, the share that a column must be able to hold before it is suggested.
_FITTING = 0.8
MOST_VALUES = 50


def likely_table(headers: Sequence[str], raw: RawTable, mapping: Mapping) -> Table:
    """The table whose columns the headers suggest most."""

    def worth(table: Table) -> int:
        suggestions = suggested_columns(table, raw, list(_unknown(table, headers, raw, mapping)), set(), mapping)
        known = sum(bool(mapping.targets(table, header)) for header in headers)
        return known + sum(
            bool(suggestion.target) for suggestion in suggestions if suggestion.section.endswith(".columns")
        )

    return max((CONTRACTS, HOURS, NOTIFIED), key=worth)


def _unknown(table: Table, headers: Sequence[str], raw: RawTable, mapping: Mapping) -> Iterable[tuple[int, str]]:
    for place, header in enumerate(raw.headers):
        if header and header in headers and not is_refused(header) and mapping.targets(table, header) is None:
            yield place, header


def suggested_columns(
    table: Table, raw: RawTable, unread: Sequence[tuple[int, str]], taken: set[str], mapping: Mapping
) -> list[Suggestion]:
    """An entry for each header that is not read: its column, or nothing; then the codes of its first values."""
    section = f"{table.name}.columns"
    suggestions: list[Suggestion] = []
    values_of: list[Suggestion] = []
    places = dict(unread)
    targets: dict[str, str] = {}
    free = set(taken)
    # Names that people use decide before close spellings, and both before values.
    for step in (_by_name, _by_spelling, _by_values):
        for place, header in places.items():
            if header in targets or len(header) > LONGEST_VALUE:
                continue
            column = step(table, header, free, first_values(raw, place))
            if column:
                targets[header] = column
                free.add(column)
    for place, header in dict.fromkeys(unread):
        if len(header) > LONGEST_VALUE:
            continue
        target = targets.get(header, "")
        suggestions.append(Suggestion(section=section, text=header, target=target, file=raw.file))
        if target and (column_ := table.column(target)).codes and not column_.personal:
            values_of += code_suggestions(table, column_, first_values(raw, place), mapping, raw.file)
    return suggestions + values_of


def _by_name(table: Table, header: str, taken: set[str], values: Sequence[str]) -> str | None:
    column = names.other_names(table.name).get(plain_name(header))
    return column if column and column not in taken and fits(table.column(column), values) else None


def _by_spelling(table: Table, header: str, taken: set[str], values: Sequence[str]) -> str | None:
    column = names.resembling(table, header, taken)
    return column if column and fits(table.column(column), values) else None


def _by_values(table: Table, header: str, taken: set[str], values: Sequence[str]) -> str | None:
    """The column whose values these can only be: a SIRET, a month written as one, the codes of a list."""
    if len(values) < 2:
        return None
    plain = plain_name(header)
    if "siret" in plain:
        return next((c.name for c in table.columns if c.format == "siret" and c.name not in taken), None)
    is_free = table is HOURS and "month" not in taken and "date" not in plain
    if is_free and all(not re.fullmatch(r"[\d.,]+", value) and reading_dates.month(value) for value in values):
        return "month"
    for column in table.columns:
        if column.codes and column.name not in taken and len(set(values)) > 1 and column.name not in _SHARED:
            read = readings.code(column.codes, nullable=False)
            if all(str(value) in list(map(str, column.codes)) or read(value) for value in values):
                return column.name
    return None


_SHARED = {"gender", "status"}


def fits(column: Column, values: Sequence[str]) -> bool:
    """Whether the first values could stand in a column: most of them, for one may be spoilt. No value says nothing against it."""
    given = [value for value in values if value]
    if not given:
        return True
    readable = sum(_readable(column, value) for value in given)
    return readable >= _FITTING * len(given)


def _readable(column: Column, value: str) -> bool:
    if column.sql_type == "DATE":
        return (reading_dates.month if column.format == "month" else reading_dates.date)(value) is not None
    if column.sql_type.startswith("DECIMAL") or column.sql_type == "INTEGER":
        number = readings.plain_number(value) is not None or re.fullmatch(r"-?\d{1,3}[.,]\d{3}", value) is not None
        return (number or readings.number_reader(column)(value) is not None) and not _is_date(value)
    if column.sql_type == "BOOLEAN":
        return plain_name(value) in _FLAGS or readings.flag(value) is not None
    if column.format == "siret":
        return re.search(r"\d{9}", re.sub(r"\W", "", value)) is not None or readings.lost_digits(value)
    if column.format == "insee":
        return re.fullmatch(r"\d{4,5}|2[AB]\d{3}", value) is not None or re.search(r"[^\W\d]{2}", value) is not None
    if column.name.endswith(("_name", "subject")):
        return readings.plain_number(value) is None and not _is_date(value)
    return not (column.codes and (_is_date(value) or readings.plain_number(value) is not None))


_FLAGS = {"oui", "non", "o", "n", "vrai", "faux", "true", "false", "1", "0", "x", "yes", "no", "y"}


def _is_date(value: str) -> bool:
    return re.search(r"[-/]", value) is not None and reading_dates.date(value) is not None


def first_values(raw: RawTable, place: int) -> list[str]:
    """The first values of a column that are not empty; those of the total below a short table are left aside."""
    rows = [row for row in raw.top if not any(is_total(cell) for cell in row)]
    return [row[place].strip() for row in rows if place < len(row) and row[place].strip()]


def is_total(cell: str) -> bool:
    """Whether a cell says that its row is a total."""
    return re.match(TOTAL, cell.strip(), flags=re.IGNORECASE) is not None


# Also an expression of DuckDB: without accents or capitals there.
TOTAL = r"((sous|s)[ ./-]*)?tota(l|ux)([ :].*)?$|(somme|cumul|ensemble)( (general|annuel|total|des heures|\d{4}))?\s*:?$|grand total.*$"
TOTAL += r"|t o t a l.*$|(a )?report(er)?\s*:?$|moyenne( (generale|annuelle|mensuelle))?\s*:?$"


def code_suggestions(
    table: Table, column: Column, values: Iterable[str], mapping: Mapping, file: str
) -> list[Suggestion]:
    """An entry for each text that is neither a code nor a label, with the code it suggests."""
    assert column.codes is not None
    known = mapping.of(table).values.get(column.name, {})
    read = readings.code(column.codes, column.nullable)
    section = f"{table.name}.values.{column.name}"
    unknown = [
        value
        for value in dict.fromkeys(values)
        if value not in known and value not in list(map(str, column.codes)) and not read(value)
    ]
    return [
        Suggestion(section=section, text=value, target=close(column.codes, value), file=file)
        for value in unknown[:MOST_VALUES]
    ]


def close(codes: type[Code], value: str) -> str:
    """The code that a text suggests; "" for none."""
    return names.close_code(list(codes), value) or ""
