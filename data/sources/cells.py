"""How a cell of a source becomes a typed value, as DuckDB expressions, and what may be wrong with it.

A cell goes through four stages, each a named column so that nothing is computed twice: `t_…` what stands in the source
(text trimmed, an empty text is NULL), `n_…` how a number is written there, `c_…` the cell in canonical form (a number as
-1234.5, a code after the mapping), `v_…` the typed value. `r_…` is the reading of a text that is not literal, where one was found
(data/sources/second_look.py). Faults are conditions over them. Nothing is ever silently rounded, cut or guessed.
"""

from dataclasses import dataclass
from decimal import Decimal

import duckdb

from data.reference import france_file
from data.schema import Column
from data.sources.raw_table import file_literal, quoted
from data.words import N_

# Blanks that spreadsheets put around and inside numbers: space, tab, no-break and narrow no-break spaces, BOM.
_BLANKS = " \t\r\n\u00a0\u202f\u2009\ufeff"
_GAP = "[ \u00a0\u202f\u2009]"
# What to do about each fault; {…} are filled from the column.
MESSAGES = {
    "missing_value": N_("cette colonne ne peut pas être vide\u202f; complétez la cellule."),
    "not_a_number": N_("ce n’est pas un nombre\u202f; écrivez par exemple 1234,50, ou laissez vide si c’est inconnu."),
    "unsure_number": N_("milliers ou décimales\u00a0? Écrivez le nombre sans séparateur de milliers."),
    "not_finite": N_("nombre infini ou indéfini (NaN)\u202f; laissez la cellule vide si la valeur est inconnue."),
    "too_many_decimals": N_(
        "plus de deux décimales\u202f; arrondissez dans la source, rien n’est arrondi à la lecture."
    ),
    "not_whole": N_("un nombre entier est attendu."),
    "out_of_range": N_("nombre hors limites\u202f; {maximum} au plus."),
    "below_minimum": N_("nombre hors limites\u202f; {minimum} au moins."),
    "not_a_date": N_("ce n’est pas une date\u202f; écrivez 31/12/2019 ou 2019-12-31."),
    "odd_date": N_("date hors des années 1970 à 2099\u202f; corrigez-la, ou laissez vide si elle est inconnue."),
    "not_first_of_month": N_("le mois s’écrit mars 2020, 03/2020 ou 01/03/2020."),
    "not_a_flag": N_("écrivez oui ou non."),
    "unknown_code": N_("code inconnu\u202f; codes possibles\u00a0: {codes}. Traduisez les vôtres dans mapping.toml."),
    "several_communes": N_(
        "plusieurs communes portent ce nom\u00a0: {choices}. Choisissez dans mapping.toml, ou écrivez le code INSEE."
    ),
    "unknown_commune_name": N_(
        "commune inconnue\u202f; écrivez son code INSEE, ou traduisez ce nom dans mapping.toml."
    ),
    "lost_digits": N_(
        "identifiant dont un tableur a perdu des chiffres\u202f; mettez la colonne au format texte et exportez de nouveau."
    ),
    "too_long": N_("texte trop long\u202f; {length} caractères au plus."),
    "wrong_type": N_("type {found} inutilisable pour cette colonne\u202f; {expected} est attendu."),
}
# What a reader does not see and a screen obeys: a terminal's escapes, marks that turn the order of reading.
_UNSEEN = r"[\x00-\x08\x0b-\x1f\x7f-\x9f\x{200e}\x{200f}\x{2028}\x{2029}\x{202a}-\x{202e}\x{2066}-\x{2069}]+"
# Columns that are compared rather than read stay as they are.
_IDENTIFYING = ("_id", "_ref", "_code", "_commune")
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


def define_macros(connection: duckdb.DuckDBPyConnection) -> None:
    """Makes the connection read numbers, dates and flags as people write them, and know the communes."""
    # Most cells hold the code of a present commune: the others alone are looked at twice.
    connection.execute(
        f"CREATE VIEW present_communes AS SELECT code FROM read_parquet({file_literal(france_file())}) WHERE kind = 'actuelle'"
    )
    group = f"{_GAP}"
    whole = f"(\\d{{1,3}}({group}\\d{{3}})+|\\d+)"
    # Looking at both ends first costs a tenth of trimming every cell.
    connection.execute(f"""
        CREATE MACRO taken(x) AS
          CASE WHEN contains('{_BLANKS}', x[1]) OR contains('{_BLANKS}', x[-1]) THEN nullif(trim(x, '{_BLANKS}'), '') ELSE x END
        """)
    # plain: digits alone. comma, point: the decimal mark is beyond doubt. unsure: 1,234 or 1.234 could be either.
    # Ordered so that a common number is told by one or two expressions: a CSV of a million lines has millions of them.
    connection.execute(f"""
        CREATE MACRO number_form(x) AS CASE
          WHEN contains(x, ',') THEN CASE
            WHEN regexp_full_match(x, '[-+−]?[1-9]\\d{{0,2}},\\d{{3}}') THEN 'unsure'
            WHEN regexp_full_match(x, '[-+−]?({whole}|\\d{{1,3}}(\\.\\d{{3}})+)?,\\d+') THEN 'comma'
            WHEN regexp_full_match(x, '[-+−]?\\d{{1,3}}(,\\d{{3}})+\\.\\d+') THEN 'point'
            WHEN regexp_full_match(x, '[-+−]?\\d{{1,3}}(,\\d{{3}}){{2,}}') THEN 'point' END
          WHEN contains(x, '.') THEN CASE
            WHEN regexp_full_match(x, '[-+−]?[1-9]\\d{{0,2}}\\.\\d{{3}}') THEN 'unsure'
            WHEN regexp_full_match(x, '[-+−]?{whole}?\\.\\d+') THEN 'point'
            WHEN regexp_full_match(x, '[-+−]?\\d{{1,3}}(\\.\\d{{3}}){{2,}}') THEN 'comma' END
          WHEN regexp_full_match(x, '[-+−]?{whole}') THEN 'plain'
        END""")
    connection.execute(f"""
        CREATE MACRO number_text(x, form) AS CASE form
          WHEN 'plain' THEN replace(regexp_replace(x, '{_GAP}|\\+', '', 'g'), '−', '-')
          WHEN 'comma' THEN replace(replace(regexp_replace(x, '{_GAP}|\\+|\\.', '', 'g'), '−', '-'), ',', '.')
          WHEN 'point' THEN replace(regexp_replace(x, '{_GAP}|\\+|,', '', 'g'), '−', '-')
        END""")
    # A time of day is accepted when it is midnight: databases export dates so.
    connection.execute("""
        CREATE MACRO date_of(x) AS CASE
          WHEN regexp_full_match(x, '\\d{4}-\\d{2}-\\d{2}([T ]00:00(:00(\\.0+)?)?)?') THEN TRY_CAST(x[:10] AS DATE)
          WHEN regexp_full_match(x, '\\d{1,2}/\\d{1,2}/\\d{4}( 00:00(:00)?)?')
            THEN CAST(try_strptime(split_part(x, ' ', 1), '%d/%m/%Y') AS DATE)
        END""")
    connection.execute("""
        CREATE MACRO flag_of(x) AS CASE
          WHEN lower(x) IN ('oui', 'o', 'vrai', 'true', '1', 'x', 'yes', 'y') THEN true
          WHEN lower(x) IN ('non', 'n', 'faux', 'false', '0', 'no') THEN false
        END""")


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
        taken = _translated(taken, translations)
    if column.sql_type.startswith("DECIMAL") or column.sql_type == "INTEGER":
        canonical, value, faults = _number(column, t, c, kind, style, _SCALES.get(unit, ""))
    elif column.sql_type == "DATE":
        canonical, value, faults = _date(column, t, c, kind, zones)
        if column.format == "month" and kind == "DATE":
            canonical, remarks = f"CAST(date_trunc('month', {t}) AS DATE)", [("month_day", f"day({t}) <> 1")]
    elif column.sql_type == "BOOLEAN":
        canonical, value, faults = _flag(t, c, kind)
    elif column.sql_type == "VARCHAR[]":
        canonical, value, faults = _list(column, t, c, kind, translations)
    else:
        canonical, value, faults = _text(column, t, c, kind)
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
    """The condition that a text is worth a second look though it is no fault: cheap, for it is asked of every cell."""
    if column.format == "insee":
        return f"{t} NOT IN (SELECT code FROM present_communes)"
    if column.format == "siret":
        return f"length({t}) <> 14"
    if column.codes is None and column.name.endswith(("_id", "_ref")) and not column.personal:
        return f"contains({t}, 'E+') OR contains({t}, 'e+') OR ends_with({t}, '.0') OR ends_with({t}, ',0')"
    return ""


def _translated(text: str, translations: dict[str, str], other: str = "") -> str:
    if not translations:
        return text
    cases = " ".join(f"WHEN {quoted(old)} THEN {quoted(new)}" for old, new in translations.items())
    return f"nullif(CASE {text} {cases} ELSE {other or text} END, '')"


def _unknown(text: str, column: Column) -> str:
    """The condition that a text is none of the column's codes."""
    return f"{text} NOT IN ({', '.join(quoted(code) for code in column.codes or ())})"


type_of_reading = tuple[str, str, list[tuple[str, str]]]


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


def _unusable(column_type: str, t: str) -> type_of_reading:
    """A Parquet type that says nothing for the column; a column empty throughout is forgiven."""
    return "NULL", f"CAST(NULL AS {column_type})", [("wrong_type", f"{t} IS NOT NULL")]


def _number(column: Column, t: str, c: str, kind: str, style: str | None, scale: str) -> type_of_reading:
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
        return _unusable(column.sql_type, t)
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


def _date(column: Column, t: str, c: str, kind: str, places: tuple[str, ...]) -> type_of_reading:
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
        return _unusable("DATE", t)
    value = f"CASE WHEN {c} BETWEEN DATE '1970-01-01' AND DATE '2099-12-31' THEN {c} END"
    faults = [("not_a_date", odd), ("odd_date", f"{c} IS NOT NULL AND v_{column.name} IS NULL")]
    if column.format == "month":
        faults.append(("not_first_of_month", f"day(v_{column.name}) <> 1"))
    return canonical, value, faults


def has_zone(kind: str) -> bool:
    """Whether a DuckDB type is a moment with its zone."""
    return kind.startswith("TIMESTAMP") and ("ZONE" in kind or "TZ" in kind)


def _flag(t: str, c: str, kind: str) -> type_of_reading:
    if kind == "BOOLEAN":
        return t, c, []
    if kind != "VARCHAR" and kind not in _INTEGERS:
        return _unusable("BOOLEAN", t)
    return f"flag_of(CAST({t} AS VARCHAR))", c, [("not_a_flag", f"{t} IS NOT NULL AND {c} IS NULL")]


def _list(column: Column, t: str, c: str, kind: str, translations: dict[str, str]) -> type_of_reading:
    if kind == "VARCHAR":
        # A list may stand in one cell as it is, or between the brackets and quotes of the program that wrote it.
        text = f"regexp_replace({t}, '[]\\[\"]', '', 'g')" if column.spellings else t
        items = f"regexp_split_to_array({text}, '[,;|]')"
    elif kind == "VARCHAR[]":
        items = t
    else:
        return _unusable("VARCHAR[]", t)
    trimmed = f"list_transform({items}, lambda item: {_translated('taken(item)', translations)})"
    if column.spellings:
        spelt = _translated("strip_accents(lower(item))", dict(column.spellings), other="item")
        trimmed = f"list_transform({trimmed}, lambda item: {spelt})"
    canonical = f"list_filter({trimmed}, lambda item: item <> 'Sans objet')"
    if column.codes is None:
        return canonical, c, []
    unknown = f"list_filter({c}, lambda item: {_unknown('item', column)})"
    return canonical, c, [("unknown_code", f"len({unknown}) > 0")]


def _text(column: Column, t: str, c: str, kind: str) -> type_of_reading:
    if kind != "VARCHAR":
        return _unusable("VARCHAR", t)
    canonical = t
    if column.format == "siret":
        joined = f"regexp_replace({t}, '{_GAP}', '', 'g')"
        canonical = f"if(regexp_full_match({joined}, '\\d{{14}}'), {joined}, {t})"
    elif column.codes is None and not column.name.endswith(_IDENTIFYING):
        canonical = f"regexp_replace({t}, '{_UNSEEN}', ' ', 'g')"
    faults = []
    if column.codes is not None:
        faults.append(("unknown_code", _unknown(c, column)))
    if column.max_length is not None:
        faults.append(("too_long", f"length({c}) > {column.max_length}"))
    return canonical, c, faults


def bounds(column: Column, kind: str) -> dict[str, object]:
    """What fills the messages of a column's faults."""
    maximum = column.maximum or Decimal(2**31 - 1)
    if column.maximum is None and column.sql_type.startswith("DECIMAL"):
        precision, scale = (int(part) for part in column.sql_type[8:-1].split(","))
        maximum = Decimal((0, (9,) * precision, -scale))
    return {
        "minimum": int(column.minimum or 0),
        "maximum": maximum if maximum % 1 else int(maximum),
        "codes": ", ".join(column.codes or ()),
        "length": column.max_length,
        "found": kind,
        "expected": column.sql_type,
    }
