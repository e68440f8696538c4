"""How a cell of a source becomes a typed value, as DuckDB expressions, and what may be wrong with it.

A cell goes through four stages, each a named column so that nothing is computed twice: `t_…` what stands in the source
(text trimmed, an empty text is NULL), `n_…` how a number is written there, `c_…` the cell in canonical form (a number as
-1234.5, a code after the mapping), `v_…` the typed value. `r_…` is the reading of a text that is not literal, where there is one
(data/sources/second_look.py). Faults are conditions over them. Nothing is ever silently rounded, cut or guessed.
"""

from dataclasses import dataclass

from data.schema import Column
from data.sources.cell_texts import Stages, list_cell, text_cell, translated, unusable
from data.sources.raw_table import quoted

_INTEGERS = {
    "TINYINT",
    "SMALLINT",
    "INTEGER",
    "BIGINT",
    "HUGEINT",
    "UTINYINT",
    "USMALLINT",
    "UINTEGER",
    "UBIGINT",
    "UHUGEINT",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One column of one source: its stages in SQL, and its faults by kind.

    `doubt`: the condition that its text deserves a second look, besides those of its faults; "" for none. `remarks`: what is read
    otherwise than it stands there, by kind of notice.
    """

    column: Column
    taken: str
    form: str
    canonical: str
    value: str
    faults: tuple[tuple[str, str], ...]
    is_text: bool = False
    doubt: str = ""
    remarks: tuple[tuple[str, str], ...] = ()


def cell(
    column: Column,
    field: str,
    kind: str,
    style: str | None,
    translations: dict[str, str],
    *,
    read: bool = False,
    unit: str = "",
    zones: tuple[str, ...] = (),
) -> Cell:
    """How to read `field`, an SQL expression of DuckDB type `kind`, as a value of the column.

    `style` says how the source writes numbers that can be read in two ways: comma, point, or None when nothing tells.
    `translations` are the mapping's values of this column, `unit` what its numbers count there. `read`: there is a column `r_…` of
    readings beside it. `zones`: where moments of this column may be midnight.
    """
    taken, kind = _as_text_where_needed(column, field, kind, bool(translations))
    t, c = f"t_{column.name}", f"c_{column.name}"
    remarks: list[tuple[str, str]] = []
    if column.sql_type != "VARCHAR[]":
        taken = translated(taken, translations)
    if column.sql_type.startswith("DECIMAL") or column.sql_type == "INTEGER":
        canonical, value, faults = _number(column, t, c, kind, style, _SCALES.get(unit, ""))
    elif column.sql_type == "DATE":
        canonical, value, faults = _date(column, t, c, kind, zones)
        if column.format == "month" and kind == "DATE":
            canonical, remarks = f"CAST(date_trunc('month', {t}) AS DATE)", [("month_day", f"day({t}) <> 1")]
    elif column.sql_type == "BOOLEAN":
        canonical, value, faults = _flag(t, c, kind)
    elif column.sql_type == "VARCHAR[]":
        canonical, value, faults = list_cell(column, t, c, kind, translations)
    else:
        canonical, value, faults = text_cell(column, t, c, kind)
    is_text = kind == "VARCHAR" and column.sql_type != "VARCHAR[]"
    if read:
        r, cast = f"r_{column.name}", "VARCHAR" if _as_text(column) else column.sql_type
        canonical = f"if({r} IS NULL, {canonical}, CAST(nullif({r}, '') AS {cast}))"
        faults = [
            (name, f"({condition}) AND {r} IS NULL" if name in _ABOUT_TEXT else condition) for name, condition in faults
        ]
    if not column.nullable:
        faults = [("missing_value", f"{t} IS NULL"), *faults]
    form = f"number_form({t})" if "not_a_number" in dict(faults) else "NULL"
    return Cell(
        column=column,
        taken=taken,
        form=form,
        canonical=canonical,
        value=value,
        faults=tuple(faults),
        is_text=is_text,
        doubt=_doubt(column, t) if is_text else "",
        remarks=tuple(remarks),
    )


# What a number counts in the source, as what its value is multiplied by; minutes come to hundredths of an hour.
_SCALES = {"fraction": "* 100", "min": "/ 60", "k€": "* 1000"}
# Faults of a text, which a reading of it answers.
_ABOUT_TEXT = {"not_a_number", "unsure_number", "not_a_date", "not_a_flag"}
# Faults that deserve a second look: the text may be written otherwise.
READABLE = {"not_a_number", "not_a_date", "not_first_of_month", "not_a_flag", "unknown_code"}


def _as_text(column: Column) -> bool:
    """Whether the canonical form of a column is a text: codes, names, and numbers before they are typed."""
    return column.sql_type not in ("DATE", "BOOLEAN")


def _doubt(column: Column, t: str) -> str:
    """The condition for a second look at a text that is no fault. It is cheap, for it runs on every cell."""
    if column.format == "insee":
        return f"{t} NOT IN (SELECT code FROM present_communes)"
    if column.format == "siret":
        return f"length({t}) <> 14"
    if column.codes is None and column.name.endswith(("_id", "_ref")):
        return f"contains({t}, 'E+') OR contains({t}, 'e+') OR ends_with({t}, '.0') OR ends_with({t}, ',0')"
    return ""


def _as_text_where_needed(column: Column, field: str, kind: str, mapped: bool) -> tuple[str, str]:
    """The cell as it is read, and its type: text wherever the column is text or the mapping translates it.

    A whole number in a text column is its digits: spreadsheets turn the lot 1 into the number 1.0.
    """
    if kind.startswith("ENUM") or kind == "UUID":
        field, kind = f"CAST({field} AS VARCHAR)", "VARCHAR"
    if kind == "VARCHAR":
        return f"taken({field})", "VARCHAR"
    if column.sql_type == "VARCHAR" or (mapped and column.sql_type != "VARCHAR[]"):
        if kind in ("FLOAT", "DOUBLE"):
            whole = f"CASE WHEN {field} = round({field}) THEN CAST(TRY_CAST({field} AS HUGEINT) AS VARCHAR) END"
            return f"coalesce({whole}, CAST({field} AS VARCHAR))", "VARCHAR"
        if mapped or kind in _INTEGERS or kind in ("BOOLEAN", "DATE") or kind.startswith("DECIMAL"):
            return f"CAST({field} AS VARCHAR)", "VARCHAR"
    return field, kind


def _number(column: Column, t: str, c: str, kind: str, style: str | None, scale: str) -> Stages:
    whole = column.sql_type == "INTEGER"
    faults: list[tuple[str, str]] = []
    if kind == "VARCHAR":
        form = f"n_{column.name}"
        canonical = f"number_text({t}, if({form} = 'unsure', {quoted(style or 'unsure')}, {form}))"
        if scale:
            canonical = (
                f"CAST(round(CAST({canonical} AS DECIMAL(30, 10)) {scale}, {6 if '*' in scale else 2}) AS VARCHAR)"
            )
        faults.append(("not_a_number", f"{t} IS NOT NULL AND {form} IS NULL"))
        faults.append(("unsure_number", f"{form} = 'unsure' AND {c} IS NULL"))
        finer = f"NOT regexp_full_match({c}, {quoted('-?[0-9]*([.]0*)?' if whole else '-?[0-9]*([.][0-9]{0,2}0*)?')})"
    elif kind in ("FLOAT", "DOUBLE"):
        # The shortest decimal that reads back as the same number: 0.1 as FLOAT is 0.1 and not 0.10000000149.
        exact = f"CAST(CAST({t} AS VARCHAR) AS DOUBLE)"
        canonical = f"CASE WHEN isfinite({t}) THEN {exact} END"
        faults.append(("not_finite", f"{t} IS NOT NULL AND NOT isfinite({t})"))
        # Sums of quarter hours in binary stray by less than a millionth; anything larger is a real third decimal.
        finer = f"abs({c} - round({c}, {0 if whole else 2})) > 1e-6"
    elif kind in _INTEGERS or kind.startswith("DECIMAL"):
        canonical = t
        finer = f"{c} <> round({c}, {0 if whole else 2})"
    else:
        return unusable(column.sql_type, t)
    if scale and kind != "VARCHAR":
        canonical = f"round(({canonical}) {scale}, {6 if '*' in scale else 2})"
    straight = kind in (column.sql_type, "VARCHAR") or kind in _INTEGERS
    value = f"TRY_CAST({c if straight else f'round({c}, {0 if whole else 2})'} AS {column.sql_type})"
    v = f"v_{column.name}"
    if kind == "VARCHAR" or not straight:
        faults.append(("not_whole" if whole else "too_many_decimals", finer))
    beyond = f"{c} IS NOT NULL AND {v} IS NULL"
    faults.append(("out_of_range", beyond if column.maximum is None else f"({beyond}) OR {v} > {column.maximum}"))
    if column.minimum is not None:
        faults.append(("below_minimum", f"{v} < {column.minimum}"))
    return canonical, value, faults


def _date(column: Column, t: str, c: str, kind: str, places: tuple[str, ...]) -> Stages:
    if kind == "VARCHAR":
        canonical, odd = f"date_of({t})", f"{t} IS NOT NULL AND {c} IS NULL"
    elif kind == "DATE":
        canonical, odd = t, "false"
    elif kind.startswith("TIMESTAMP"):
        # A moment is a date when it is midnight: in its own time, or with a zone in France, in UTC or where its whole column is.
        zones = ("Europe/Paris", "UTC", *places) if has_zone(kind) else ()
        moments = [f"timezone('{zone}', CAST({t} AS TIMESTAMPTZ))" for zone in zones] or [f"CAST({t} AS TIMESTAMP)"]
        days = (f"CASE WHEN {at} = date_trunc('day', {at}) THEN CAST({at} AS DATE) END" for at in moments)
        canonical, odd = f"coalesce({', '.join(days)})", f"{t} IS NOT NULL AND {c} IS NULL"
    else:
        return unusable("DATE", t)
    value = f"CASE WHEN {c} BETWEEN DATE '1970-01-01' AND DATE '2099-12-31' THEN {c} END"
    faults = [("not_a_date", odd), ("odd_date", f"{c} IS NOT NULL AND v_{column.name} IS NULL")]
    if column.format == "month":
        faults.append(("not_first_of_month", f"day(v_{column.name}) <> 1"))
    return canonical, value, faults


def has_zone(kind: str) -> bool:
    """Whether a DuckDB type is a moment with its zone."""
    return kind.startswith("TIMESTAMP") and ("ZONE" in kind or "TZ" in kind)


def _flag(t: str, c: str, kind: str) -> Stages:
    if kind == "BOOLEAN":
        return t, c, []
    if kind != "VARCHAR" and kind not in _INTEGERS:
        return unusable("BOOLEAN", t)
    return f"flag_of(CAST({t} AS VARCHAR))", c, [("not_a_flag", f"{t} IS NOT NULL AND {c} IS NULL")]
