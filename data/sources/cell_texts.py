"""How a cell of a text column or of a list is read: codes after the mapping, spellings, what is not seen."""

from data.schema import Column
from data.sources.cell_macros import GAP
from data.sources.raw_table import quoted

# What a reader does not see and a screen obeys: a terminal's escapes, marks that turn the order of reading.
_UNSEEN = r"[\x00-\x08\x0b-\x1f\x7f-\x9f\x{200e}\x{200f}\x{2028}\x{2029}\x{202a}-\x{202e}\x{2066}-\x{2069}]+"


# Columns that are compared rather than read stay as they are.
_IDENTIFYING = ("_id", "_ref", "_code", "_commune")


def translated(text: str, translations: dict[str, str], other: str = "") -> str:
    """The SQL of a text after the mapping's values; `other`: the text as it stays, where `text` is an expression of it."""
    if not translations:
        return text
    cases = " ".join(f"WHEN {quoted(old)} THEN {quoted(new)}" for old, new in translations.items())
    return f"nullif(CASE {text} {cases} ELSE {other or text} END, '')"


def unknown_code(text: str, column: Column) -> str:
    """The condition that a text is none of the column's codes."""
    return f"{text} NOT IN ({', '.join(quoted(code) for code in column.codes or ())})"


Stages = tuple[str, str, list[tuple[str, str]]]


def unusable(column_type: str, t: str) -> Stages:
    """A Parquet type that says nothing for the column; a column empty throughout is forgiven."""
    return "NULL", f"CAST(NULL AS {column_type})", [("wrong_type", f"{t} IS NOT NULL")]


def list_cell(column: Column, t: str, c: str, kind: str, translations: dict[str, str]) -> Stages:
    """Canonical form, value and faults of a list: items trimmed and translated, « Sans objet » left out."""
    if kind == "VARCHAR":
        # A list may stand in one cell as it is, or between the brackets and quotes of the program that wrote it.
        text = f"regexp_replace({t}, '[]\\[\"]', '', 'g')" if column.spellings else t
        items = f"regexp_split_to_array({text}, '[,;|]')"
    elif kind == "VARCHAR[]":
        items = t
    else:
        return unusable("VARCHAR[]", t)
    trimmed = f"list_transform({items}, lambda item: {translated('taken(item)', translations)})"
    if column.spellings:
        spelt = translated("strip_accents(lower(item))", dict(column.spellings), other="item")
        trimmed = f"list_transform({trimmed}, lambda item: {spelt})"
    canonical = f"list_filter({trimmed}, lambda item: item <> 'Sans objet')"
    if column.codes is None:
        return canonical, c, []
    unknown = f"list_filter({c}, lambda item: {unknown_code('item', column)})"
    return canonical, c, [("unknown_code", f"len({unknown}) > 0")]


def text_cell(column: Column, t: str, c: str, kind: str) -> Stages:
    """Canonical form, value and faults of a text: a SIRET without its blanks, what is not seen as a space."""
    if kind != "VARCHAR":
        return unusable("VARCHAR", t)
    canonical = t
    if column.format == "siret":
        joined = f"regexp_replace({t}, '{GAP}', '', 'g')"
        canonical = f"if(regexp_full_match({joined}, '\\d{{14}}'), {joined}, {t})"
    elif column.codes is None and not column.name.endswith(_IDENTIFYING):
        canonical = f"regexp_replace({t}, '{_UNSEEN}', ' ', 'g')"
    faults = []
    if column.codes is not None:
        faults.append(("unknown_code", unknown_code(c, column)))
    if column.max_length is not None:
        faults.append(("too_long", f"length({c}) > {column.max_length}"))
    return canonical, c, faults
