"""What each table of a source is taken for: which table of the contract, which column, made from what, with what said about it.

A `Plan` is a plain value: it can be shown, its mapping changed and planned again, saved as mapping.toml (`text`) and read from it
(data/sources/mapping_file.py). Nothing of a table's rows is needed but the first ones.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from data.problems import ExtractError, Problem
from data.schema import ALL_TABLES, CONTRACTS, HOURS, NOTIFIED, Table, is_refused, plain_name
from data.sources.made_columns import missing_made
from data.sources.mapping import FILE, ROW, Mapping
from data.sources.mapping_entries import Suggestion, mapping_text
from data.sources.raw_table import RawTable, cut, quoted
from data.sources.shape import one_row_a_month
from data.sources.suggestions import likely_table, suggested_columns
from data.words import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """Where a column's cells are read: SQL expression, its DuckDB type, the header as the source has it, and its place.

    `place` is that of its header among the table's; None for what is made.
    """

    sql: str
    kind: str
    header: str
    place: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePlan:
    """One table of a source as it will be read: `fields` by column of `table`; None is a table of nothing known.

    `repeats`: a table of one year's months describes its lots, which that of another year describes as well.
    """

    raw: RawTable
    table: Table | None
    fields: dict[str, Field] = field(default_factory=dict)
    unread: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    notices: tuple[Problem, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    repeats: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How all tables will be read, and the mapping by which they are."""

    mapping: Mapping
    tables: tuple[TablePlan, ...]
    notices: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()

    def text(self, found: Sequence[Suggestion] = ()) -> str:
        """A whole mapping.toml: what is decided, then what is suggested, `found` when cells were read among it."""
        suggested = (s for table in self.tables for s in table.suggestions)
        return mapping_text(self.mapping, [*suggested, *self.suggestions, *found])


def planned(raws: Sequence[RawTable], mapping: Mapping) -> Plan:
    """What each table is taken for. The tables of one file stand together."""
    tables: list[TablePlan] = []
    problems: list[Problem] = []
    notices: list[Problem] = []
    suggestions: list[Suggestion] = []
    for file, several in groupby(raws, key=lambda raw: raw.file.rpartition(" [")[0] or raw.file):
        group = list(several)
        found = [plan for raw in group if mapping.sheets.get(raw.file) != "" for plan in _plans(raw, mapping)]
        if len(group) == 1:
            tables += found
            continue
        # Of a workbook, a sheet of no table is passed over; what it resembles is suggested all the same.
        known = [plan for plan in found if plan.table is not None or _is_asked(plan)]
        others = [plan for plan in found if plan not in known]
        notices += [_passed(plan.raw) for plan in others]
        tables += known
        suggestions += [s for plan in others if _resembles(plan) for s in plan.suggestions]
        if not known:
            problems.append(Problem(kind="unknown_table", file=file, message=NO_SHEET))
    notices += [_passed(raw) for raw in raws if mapping.sheets.get(raw.file) == ""]
    return Plan(
        mapping=mapping,
        tables=tuple(tables),
        notices=tuple(notices),
        problems=tuple(problems),
        suggestions=tuple(suggestions),
    )


def _is_asked(plan: TablePlan) -> bool:
    """Whether the mapping must say what a table is before it can be read: months as columns."""
    return any(problem.kind in ("months_as_columns", "months_without_year") for problem in plan.problems)


def _resembles(plan: TablePlan) -> bool:
    """Whether enough headers of a sheet suggest something: a page of notes has a word or two."""
    return sum(bool(s.target) for s in plan.suggestions if s.section.endswith(".columns")) >= 3


def _passed(raw: RawTable) -> Problem:
    message = N_("feuille «\u00a0{sheet}\u00a0» passée\u00a0: ses colonnes ne sont celles d’aucune table.")
    file, _, sheet = raw.file.rpartition(" [")
    values = {"sheet": sheet.removesuffix("]") if file else raw.file}
    return Problem(kind="sheet_passed_over", file=file or raw.file, message=message, values=values)


def _plans(raw: RawTable, mapping: Mapping) -> list[TablePlan]:
    """The plans of one table of a source: two for a table of months that also describes its lots."""
    if not raw.months:
        return [_plan(raw, mapping, _table(raw, mapping))]
    months = {column.place for column in raw.months}
    headers = [header for n, header in enumerate(raw.headers) if n not in months]
    asked = mapping.sheets.get(raw.file)
    said = mapping.of(HOURS)
    described = mapping.table_of(headers) is CONTRACTS if asked is None else asked == CONTRACTS.name
    plans = []
    if said.months and asked != CONTRACTS.name:
        try:
            plans.append(_hours_of(one_row_a_month(raw, said.months, said.year), mapping, described))
        except ExtractError as error:
            plans.append(TablePlan(raw=raw, table=None, problems=error.problems))
    if not said.months or described:
        lots = replace(raw, months=())
        suggested = likely_table(headers, raw, mapping) if mapping.table_of(headers) is None else CONTRACTS
        plan = replace(_plan(lots, mapping, CONTRACTS if described else None, skipped=months), repeats=True)
        if not said.months:
            # What is asked is whether these columns are months; the rest of the mapping comes with the question.
            asked_months = _asked(raw, mapping, lots=described or suggested is CONTRACTS)
            problems = [problem for problem in plan.problems if problem.kind != "unknown_table"]
            plan = replace(
                plan,
                problems=(*problems, asked_months[0]),
                suggestions=(*(plan.suggestions if described else ()), *asked_months[1]),
            )
        plans.append(plan)
    return plans


def _hours_of(raw: RawTable, mapping: Mapping, described: bool) -> TablePlan:
    """The plan of the hours of a table of months. Where it describes its lots too, what is not of hours is read there."""
    plan = _plan(raw, mapping, HOURS)
    if not described:
        return plan
    notices = tuple(notice for notice in plan.notices if notice.kind != "unread_columns")
    return replace(plan, notices=notices, suggestions=tuple(s for s in plan.suggestions if s.target or s.decided))


def _asked(raw: RawTable, mapping: Mapping, lots: bool) -> tuple[Problem, list[Suggestion]]:
    """The question whether a table's columns are months, and the mapping that says so."""
    columns = raw.months
    values = {"n": len(columns), "first": columns[0].header, "last": columns[-1].header}
    problem = Problem(kind="months_as_columns", file=raw.file, message=_MONTHS, values=values)
    measured = ("hours_declared", "hours_validated")
    year = mapping.of(HOURS).year
    without = any(column.month is None for column in columns)
    suggestions = [Suggestion(section="hours.months", text="columns", target=measured, file=raw.file)]
    if without and not year:
        suggestions.append(Suggestion(section="hours.months", text="year", target="", file=raw.file))
        year = 2000
    hours = one_row_a_month(raw, measured, year)
    suggestions += _hours_of(hours, mapping, lots).suggestions
    if lots and not mapping.table_of(
        [header for n, header in enumerate(raw.headers) if n not in {column.place for column in columns}]
    ):
        months = {column.place for column in columns}
        suggestions += _plan(replace(raw, months=()), mapping, CONTRACTS, skipped=months).suggestions
    return problem, suggestions


def _table(raw: RawTable, mapping: Mapping) -> Table | None:
    asked = mapping.sheets.get(raw.file)
    if asked:
        return next(table for table in ALL_TABLES if table.name == asked)
    return mapping.table_of(raw.headers)


def _plan(raw: RawTable, mapping: Mapping, table: Table | None, skipped: set[int] | None = None) -> TablePlan:
    """The table's columns found under its headers, and those made from them.

    Problems: a refused column, two headers for one column, a required column without a header, a table that is neither.
    """
    problems = [
        Problem(kind="refused_column", file=raw.file, column=cut(header), message=_REFUSED)
        for header in raw.headers
        if is_refused(header) and not (table and mapping.of(table).targets(plain_name(header)) == ())
    ]
    if table is None:
        return _unknown(raw, mapping, problems)
    fields: dict[str, Field] = {}
    unread: list[tuple[int, str]] = []
    for place, (header, sql, kind) in enumerate(zip(raw.headers, raw.fields, raw.types, strict=True)):
        if place in (skipped or ()) or is_refused(header):
            continue
        columns = mapping.targets(table, header)
        if columns is None:
            if header and not header.startswith("__index_level_"):
                unread.append((place, header))
            continue
        for column in columns:
            if column in fields:
                values = {"first": fields[column].header, "second": header}
                problems.append(Problem(kind="two_headers", file=raw.file, column=column, message=_TWO, values=values))
            else:
                fields[column] = Field(sql=sql, kind=kind, header=header, place=place)
    if table is NOTIFIED:
        _modified_amounts(raw, fields)
    _make(raw, mapping, table, fields)
    missing = [name for name in table.required if name not in fields]
    problems += _missing(raw.file, missing)
    names = ", ".join(cut(header) for _, header in unread)
    notices = [Problem(kind="unread_columns", file=raw.file, message=_UNREAD, values={"names": names})] if names else []
    suggestions = suggested_columns(table, raw, unread, set(fields), mapping)
    suggestions += missing_made(table, raw, fields.keys(), suggestions)
    return TablePlan(
        raw=raw,
        table=table,
        fields=fields,
        unread=tuple(header for _, header in unread),
        problems=tuple(problems),
        notices=(*raw.notices, *notices),
        suggestions=tuple(suggestions),
    )


def _missing(file: str, names: Sequence[str]) -> list[Problem]:
    """One problem for what lacks, however much it is: the mapping that is suggested answers all of it at once."""
    if len(names) < 2:
        return [Problem(kind="missing_column", file=file, column=name, message=_MISSING) for name in names]
    values = {"n": len(names), "names": ", ".join(names)}
    return [Problem(kind="missing_columns", file=file, message=_SEVERAL_MISSING, values=values, count=len(names))]


def _make(raw: RawTable, mapping: Mapping, table: Table, fields: dict[str, Field]) -> None:
    """Adds the columns that the mapping makes: from others, by the value of another, by default."""
    said = mapping.of(table)
    places = {plain_name(header): n for n, header in enumerate(raw.headers) if header and not is_refused(header)}
    for column, parts in said.made.items():
        if column in fields and fields[column].place is not None:
            continue
        found: list[Field] = []
        for part in parts:
            if part == FILE:
                found.append(Field(sql=quoted(raw.file), kind="VARCHAR", header=part))
            elif part == ROW:
                row = f"concat({raw.row}, ' ', month_of)" if raw.wide else f"CAST({raw.row} AS VARCHAR)"
                found.append(Field(sql=row, kind="VARCHAR", header=part))
            elif (place := places.get(plain_name(part))) is not None:
                found.append(
                    Field(sql=raw.fields[place], kind=raw.types[place], header=raw.headers[place], place=place)
                )
            elif part in fields:
                found.append(fields[part])
        if len(found) != len(parts):
            continue
        if len(found) == 1 and parts[0] != ROW:
            fields[column] = replace(found[0], place=None)
            continue
        gap = " " if table.column(column).sql_type == "DATE" else "-"
        texts = ", ".join(f"taken(CAST({part.sql} AS VARCHAR))" for part in found)
        sql = f"nullif(concat_ws('{gap}', {texts}), '')"
        fields[column] = Field(sql=sql, kind="VARCHAR", header=" + ".join(part.header for part in found))
    for column, others in said.by.items():
        for other, known in others.items():
            if (at := fields.get(other)) is not None:
                cases = " ".join(f"WHEN {quoted(text)} THEN {quoted(code)}" for text, code in known.items())
                own = f"CAST({fields[column].sql} AS VARCHAR)" if column in fields else "NULL"
                sql = f"CASE taken(CAST({at.sql} AS VARCHAR)) {cases} ELSE {own} END"
                fields[column] = Field(sql=sql, kind="VARCHAR", header=at.header)
    for name, text in said.defaults.items():
        fields.setdefault(name, Field(sql=quoted(text), kind="VARCHAR", header=name))


def _modified_amounts(raw: RawTable, fields: dict[str, Field]) -> None:
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


NO_SHEET = N_("aucune feuille n’a les colonnes d’une table (marchés ou heures).")
_SEVERAL_MISSING = N_(
    "{n} colonnes obligatoires absentes\u00a0: {names}\u202f; ajoutez-les, ou dites dans mapping.toml d’où elles viennent."
)
_MODIFIED = {
    "montantmodification",
    "modificationmontant",
    "modifmarchemontant",
    "modificationsmontant",
    "montantmodificationmodification",
}
_REFUSED = N_("cette colonne pourrait désigner une personne\u202f; retirez-la de la source, elle n’est jamais lue.")
_TWO = N_("deux en-têtes pour cette colonne, «\u00a0{first}\u00a0» et «\u00a0{second}\u00a0»\u202f; écartez-en un.")
_MISSING = N_("colonne obligatoire absente\u202f; ajoutez-la, ou nommez dans mapping.toml l’en-tête qui la porte.")
_UNREAD = N_("colonnes inconnues, non lues\u00a0: {names}.")
_UNKNOWN = N_("ni marchés ni heures\u00a0: en-têtes inconnus ({names})\u202f; nommez-les dans mapping.toml.")
_MONTHS = N_(
    "{n} colonnes sont des mois, de «\u00a0{first}\u00a0» à «\u00a0{last}\u00a0»\u202f: confirmez par [hours.months] dans mapping.toml,"
    " et chaque mois deviendra une ligne."
)


def _unknown(raw: RawTable, mapping: Mapping, problems: list[Problem]) -> TablePlan:
    """A table of neither kind, with what its headers resemble in the table they resemble most."""
    headers = [header for header in raw.headers if header and not is_refused(header)]
    unknown = [header for header in headers if not mapping.known([header])]
    names = ", ".join(map(cut, unknown[:20]))
    if unknown or not problems:
        problems = [
            *problems,
            Problem(kind="unknown_table", file=raw.file, message=_UNKNOWN, values={"names": names}),
        ]
    table = likely_table(raw.headers, raw, mapping)
    suggestions = _plan(raw, mapping, table).suggestions
    if not any(s.target for s in suggestions if s.section.endswith(".columns")):
        # Of a table that nothing is known of, how to make its other columns is no help.
        suggestions = tuple(s for s in suggestions if s.section.endswith(".columns"))
    return TablePlan(raw=raw, table=None, problems=tuple(problems), notices=raw.notices, suggestions=suggestions)
