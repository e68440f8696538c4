"""The plan of each table of a source: its table and columns in the data contract, their sources, the problems and suggestions.

A `Plan` is a plain value: it can be displayed, its mapping changed and planned again, saved as mapping.toml (`text`) and read from it
(data/sources/mapping_file.py). Nothing of a table's rows is needed but the first ones.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from data.problems import ExtractError, Problem
from data.schema import ALL_TABLES, CONTRACTS, HOURS, NOTIFIED, Table, is_refused, plain_name
from data.sources.made_columns import missing_columns, missing_made
from data.sources.made_fields import Field, make_fields, take_modified_amounts
from data.sources.mapping import Mapping
from data.sources.mapping_entries import Suggestion, mapping_text
from data.sources.month_columns import one_row_a_month
from data.sources.raw_table import RawTable, cut
from data.sources.suggestions import likely_table, suggested_columns
from data.sources.table_plan import TablePlan
from data.words import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How all tables will be read, and the mapping by which they are."""

    mapping: Mapping
    tables: tuple[TablePlan, ...]
    notices: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()

    def text(self, suggestions: Sequence[Suggestion] = ()) -> str:
        """A whole mapping.toml: the decisions, then the suggestions. `suggestions`: further ones, from the cells."""
        suggested = (s for table in self.tables for s in table.suggestions)
        return mapping_text(self.mapping, [*suggested, *self.suggestions, *suggestions])


def planned(raws: Sequence[RawTable], mapping: Mapping) -> Plan:
    """What each table is taken for. The tables of one file stand together."""
    tables: list[TablePlan] = []
    problems: list[Problem] = []
    notices: list[Problem] = []
    suggestions: list[Suggestion] = []
    listed = any(_lists_lots(raw, mapping) for raw in raws)
    for file, several in groupby(raws, key=lambda raw: raw.file.rpartition(" [")[0] or raw.file):
        group = list(several)
        plans = [plan for raw in group if mapping.sheets.get(raw.file) != "" for plan in _plans(raw, mapping, listed)]
        if len(group) == 1:
            tables += plans
            continue
        # Of a workbook, a sheet of no table is passed over; what it resembles is suggested all the same.
        known = [plan for plan in plans if plan.table is not None or _needs_a_table(plan)]
        others = [plan for plan in plans if plan not in known]
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


def _needs_a_table(plan: TablePlan) -> bool:
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


def _lists_lots(raw: RawTable, mapping: Mapping) -> bool:
    """Whether a table is a list of lots, or resembles one, and has no months as columns."""
    taken_for = _table(raw, mapping) or likely_table(raw.headers, raw, mapping)
    return taken_for is CONTRACTS and not raw.months and mapping.sheets.get(raw.file) != ""


def _plans(raw: RawTable, mapping: Mapping, listed: bool) -> list[TablePlan]:
    """The plans of one table of a source: two for a table of months that also describes its lots, where no list of lots does (`listed`)."""
    if not raw.months:
        return [_plan(raw, mapping, _table(raw, mapping))]
    months = {column.place for column in raw.months}
    headers = [header for n, header in enumerate(raw.headers) if n not in months]
    wanted = mapping.sheets.get(raw.file)
    entries = mapping.of(HOURS)
    described = mapping.table_of(headers) is CONTRACTS and not listed if wanted is None else wanted == CONTRACTS.name
    plans = []
    if entries.months and wanted != CONTRACTS.name:
        try:
            plans.append(_hours_of(one_row_a_month(raw, entries.months, entries.year), mapping, described))
        except ExtractError as error:
            plans.append(TablePlan(raw=raw, table=None, problems=error.problems))
    if not entries.months or described:
        lots = replace(raw, months=())
        suggested = likely_table(headers, raw, mapping) if mapping.table_of(headers) is None else CONTRACTS
        plan = replace(_plan(lots, mapping, CONTRACTS if described else None, skipped=months), repeats=True)
        if not entries.months:
            # The question is whether these columns are months; the rest of the mapping comes with it.
            month_questions = _month_questions(raw, mapping, lots=described or (suggested is CONTRACTS and not listed))
            problems = [problem for problem in plan.problems if problem.kind != "unknown_table"]
            plan = replace(
                plan,
                problems=(*problems, month_questions[0]),
                suggestions=(*(plan.suggestions if described else ()), *month_questions[1]),
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


def _month_questions(raw: RawTable, mapping: Mapping, lots: bool) -> tuple[Problem, list[Suggestion]]:
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
    months = {column.place for column in columns}
    if lots and not mapping.table_of([header for n, header in enumerate(raw.headers) if n not in months]):
        suggestions += _plan(replace(raw, months=()), mapping, CONTRACTS, skipped=months).suggestions
    return problem, suggestions


def _table(raw: RawTable, mapping: Mapping) -> Table | None:
    wanted = mapping.sheets.get(raw.file)
    if wanted:
        return next(table for table in ALL_TABLES if table.name == wanted)
    return mapping.table_of(raw.headers)


def _plan(raw: RawTable, mapping: Mapping, table: Table | None, skipped: set[int] | None = None) -> TablePlan:
    """The columns under the table's headers, and the columns made from them.

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
        take_modified_amounts(raw, fields)
    make_fields(raw, mapping, table, fields)
    missing = [name for name in table.required if name not in fields]
    problems += missing_columns(raw.file, missing)
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


NO_SHEET = N_("aucune feuille n’a les colonnes d’une table (marchés ou heures).")
_REFUSED = N_("cette colonne pourrait désigner une personne\u202f; retirez-la de la source, elle n’est jamais lue.")
_TWO = N_("deux en-têtes pour cette colonne, «\u00a0{first}\u00a0» et «\u00a0{second}\u00a0»\u202f; écartez-en un.")
_UNREAD = N_("colonnes inconnues, non lues\u00a0: {names}.")
_UNKNOWN = N_("ni marchés ni heures\u00a0: en-têtes inconnus ({names})\u202f; nommez-les dans mapping.toml.")
_MONTHS = N_(
    "{n} colonnes sont des mois, de «\u00a0{first}\u00a0» à «\u00a0{last}\u00a0»\u00a0: confirmez par [hours.months] dans mapping.toml,"
    " et chaque mois deviendra une ligne."
)


def _unknown(raw: RawTable, mapping: Mapping, problems: list[Problem]) -> TablePlan:
    """A table of neither kind, with what its headers resemble in the table they resemble most."""
    headers = [header for header in raw.headers if header and not is_refused(header)]
    unknown = [header for header in headers if not mapping.known([header])]
    names = ", ".join(map(cut, unknown[:20]))
    if unknown or not problems:
        problems = [*problems, Problem(kind="unknown_table", file=raw.file, message=_UNKNOWN, values={"names": names})]
    table = likely_table(raw.headers, raw, mapping)
    suggestions = _plan(raw, mapping, table).suggestions
    if not any(s.target for s in suggestions if s.section.endswith(".columns")):
        # Of a table that nothing is known of, how to make its other columns is no help.
        suggestions = tuple(s for s in suggestions if s.section.endswith(".columns"))
    return TablePlan(raw=raw, table=None, problems=tuple(problems), notices=raw.notices, suggestions=suggestions)
