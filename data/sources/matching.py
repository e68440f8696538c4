"""Which column of the contract each header of a raw table stands for."""

from dataclasses import dataclass

from data.problems import Problem
from data.schema import ALL_TABLES, Table, is_refused
from data.sources.mapping import Mapping, close_column
from data.sources.raw_table import LONGEST_VALUE, RawTable, cut, quoted
from data.words import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A line for mapping.toml: `section` is contracts.columns or contracts.values.sector; "" when nothing is close."""

    section: str
    text: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """Where a column's cells are read: SQL expression, its DuckDB type, the header as the source has it."""

    sql: str
    kind: str
    header: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """A raw table understood: `fields` by column name, those of the mapping's defaults among them."""

    raw: RawTable
    table: Table | None
    fields: dict[str, Field]
    problems: tuple[Problem, ...] = ()
    notices: tuple[Problem, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()


def matched(raw: RawTable, mapping: Mapping) -> Matched:
    """The table's columns found under its headers.

    Problems: a refused column, two headers for one column, a required column without a header, a table that is neither.
    """
    problems = [
        Problem(kind="refused_column", file=raw.file, column=header, message=_REFUSED)
        for header in raw.headers
        if is_refused(header)
    ]
    table = mapping.table_of(raw.headers)
    if table is None:
        return _unknown(raw, mapping, problems)
    fields: dict[str, Field] = {}
    unread = []
    for header, sql, kind in zip(raw.headers, raw.fields, raw.types, strict=True):
        column = mapping.target(table, header)
        if is_refused(header) or column == "":
            continue
        if column is None:
            unread.append(header)
        elif column in fields:
            values = {"first": fields[column].header, "second": header}
            problems.append(Problem(kind="two_headers", file=raw.file, column=column, message=_TWO, values=values))
        else:
            fields[column] = Field(sql=sql, kind=kind, header=header)
    for name, text in mapping.defaults[table.name].items():
        fields.setdefault(name, Field(sql=quoted(text), kind="VARCHAR", header=name))
    problems += [
        Problem(kind="missing_column", file=raw.file, column=name, message=_MISSING)
        for name in table.required
        if name not in fields
    ]
    unread = [header for header in unread if header and not header.startswith("__index_level_")]
    notices = [
        Problem(kind="unread_columns", file=raw.file, message=_UNREAD, values={"names": ", ".join(map(cut, unread))})
    ] * bool(unread)
    return Matched(
        raw=raw,
        table=table,
        fields=fields,
        problems=tuple(problems),
        notices=tuple(notices),
        suggestions=tuple(_suggested(table, unread, set(fields))),
    )


_REFUSED = N_("cette colonne pourrait désigner une personne\u202f; retirez-la de la source, elle n’est jamais lue.")
_TWO = N_("deux en-têtes pour cette colonne, «\u00a0{first}\u00a0» et «\u00a0{second}\u00a0»\u202f; écartez-en un.")
_MISSING = N_("colonne obligatoire absente\u202f; ajoutez-la, ou nommez dans mapping.toml l’en-tête qui la porte.")
_UNREAD = N_("colonnes inconnues, non lues\u00a0: {names}.")
_UNKNOWN = N_("ni marchés ni heures\u00a0: en-têtes inconnus ({names})\u202f; nommez-les dans mapping.toml.")


def _unknown(raw: RawTable, mapping: Mapping, problems: list[Problem]) -> Matched:
    """A table of neither kind, with what its headers resemble in the table they resemble most."""
    headers = [header for header in raw.headers if header and not is_refused(header)]
    unknown = [header for header in headers if not mapping.known([header])]
    names = ", ".join(map(cut, unknown[:20]))
    if unknown or not problems:
        problems = [
            *problems,
            Problem(kind="unknown_table", file=raw.file, message=_UNKNOWN, values={"names": names}),
        ]
    suggestions = max((_suggested(table, unknown, set()) for table in ALL_TABLES), key=_filled)
    return Matched(raw=raw, table=None, fields={}, problems=tuple(problems), suggestions=tuple(suggestions))


def _suggested(table: Table, headers: list[str], taken: set[str]) -> list[Suggestion]:
    suggestions = []
    for header in dict.fromkeys(header for header in headers if len(header) <= LONGEST_VALUE):
        column = close_column(table, header, taken) or ""
        taken = taken | {column}
        suggestions.append(Suggestion(section=f"{table.name}.columns", text=header, target=column))
    return suggestions


def _filled(suggestions: list[Suggestion]) -> int:
    return sum(suggestion.target != "" for suggestion in suggestions)
