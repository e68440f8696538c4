"""Columns that a table does not have and the mapping makes: from others, by the value of another, by default."""

from dataclasses import dataclass, replace

from data.schema import Table, is_refused, plain_name
from data.sources.mapping import FILE, ROW, Mapping
from data.sources.month_columns import MONTH
from data.sources.raw_table import RawTable, quoted


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """Where a column's cells are read: SQL expression, its DuckDB type, the header as the source has it, and its place.

    `place` is that of its header among the table's; None for what is made.
    """

    sql: str
    kind: str
    header: str
    place: int | None = None


def make_fields(raw: RawTable, mapping: Mapping, table: Table, fields: dict[str, Field]) -> None:
    """Adds the columns that the mapping makes: from others, by the value of another, by default."""
    entries = mapping.of(table)
    places = {plain_name(header): n for n, header in enumerate(raw.headers) if header and not is_refused(header)}
    for column, parts in entries.made.items():
        if column in fields and fields[column].place is not None:
            continue
        part_fields: list[Field] = []
        for part in parts:
            if part == FILE:
                part_fields.append(Field(sql=quoted(raw.file), kind="VARCHAR", header=part))
            elif part == ROW:
                row = f"concat({raw.row}, ' ', {MONTH})" if raw.months_read else f"CAST({raw.row} AS VARCHAR)"
                part_fields.append(Field(sql=row, kind="VARCHAR", header=part))
            elif (place := places.get(plain_name(part))) is not None:
                part_fields.append(
                    Field(sql=raw.fields[place], kind=raw.types[place], header=raw.headers[place], place=place)
                )
            elif part in fields:
                part_fields.append(fields[part])
        if len(part_fields) != len(parts):
            continue
        if len(part_fields) == 1 and parts[0] != ROW:
            fields[column] = replace(part_fields[0], place=None)
            continue
        gap = " " if table.column(column).sql_type == "DATE" else "-"
        texts = ", ".join(f"taken(CAST({part.sql} AS VARCHAR))" for part in part_fields)
        sql = f"nullif(concat_ws('{gap}', {texts}), '')"
        fields[column] = Field(sql=sql, kind="VARCHAR", header=" + ".join(part.header for part in part_fields))
    for column, others in entries.by.items():
        for other, known in others.items():
            if (at := fields.get(other)) is not None:
                cases = " ".join(f"WHEN {quoted(text)} THEN {quoted(code)}" for text, code in known.items())
                own = f"CAST({fields[column].sql} AS VARCHAR)" if column in fields else "NULL"
                sql = f"CASE taken(CAST({at.sql} AS VARCHAR)) {cases} ELSE {own} END"
                fields[column] = Field(sql=sql, kind="VARCHAR", header=at.header)
    for name, text in entries.defaults.items():
        fields.setdefault(name, Field(sql=quoted(text), kind="VARCHAR", header=name))


def take_modified_amounts(raw: RawTable, fields: dict[str, Field]) -> None:
    """Where a DECP table has the modified amount beside the first one: the last is the amount, the other the initial one."""
    place = next((n for n, header in enumerate(raw.headers) if plain_name(header).replace("_", "") in _MODIFIED), None)
    first = fields.get("amount_eur")
    if place is None or first is None or raw.types[place] != "VARCHAR" or first.kind != "VARCHAR":
        return
    # Portals write all modified amounts as a list, the last one last.
    listed = f"regexp_extract({raw.fields[place]}, '([0-9.]+)[^0-9]*$', 1)"
    last = f"if(starts_with(trim({raw.fields[place]}), '['), {listed}, {raw.fields[place]})"
    sql = f"coalesce(nullif(trim({last}), ''), {first.sql})"
    fields["amount_eur"] = Field(sql=sql, kind="VARCHAR", header=raw.headers[place])
    fields.setdefault("initial_amount_eur", first)


_MODIFIED = {
    "montantmodification",
    "modificationmontant",
    "modifmarchemontant",
    "modificationsmontant",
    "montantmodificationmodification",
}
