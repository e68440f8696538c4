"""The texts that SQL could not read literally, looked at once each: what they mean, and the notices that say so."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

import duckdb

from data.problems import Label, Problem
from data.schema import NOTIFIED, Column, Table, plain_name
from data.sources import reading_dates, readings
from data.sources.cell_faults import MESSAGES
from data.sources.cells import READABLE, Cell
from data.sources.communes import Several, commune
from data.sources.mapping_entries import Suggestion
from data.sources.raw_table import EXAMPLES, cut
from data.sources.readings import NOTICES, Reading
from data.sources.table_plan import TablePlan
from data.words import N_

# Distinct texts of one column that are looked at; a column with more of them is no column of dates or codes.
_MOST_TEXTS = 200_000
_SEVERAL_PLACES = {
    "plusieurs",
    "plusieurs_communes",
    "divers",
    "diverses",
    "multi_sites",
    "multisites",
    "multi_communes",
}
_SEVERAL_PLACES |= {
    "territoire",
    "tout_le_territoire",
    "toutes",
    "toutes_communes",
    "metropole",
    "multiple",
    "multiples",
}


@dataclass(slots=True, kw_only=True)
class SecondLook:
    """The results for the columns of one table. `read`: the columns with a table of readings."""

    read: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)
    suggestions: list[Suggestion] = field(default_factory=list)


def looked_at(
    connection: duckdb.DuckDBPyConnection,
    staged: str,
    cells: list[Cell],
    suspicious: dict[str, list[str]],
    *,
    plan: TablePlan,
    index: int,
) -> SecondLook:
    """Reads the distinct texts of the suspicious columns. `suspicious`: the conditions that were met, by column."""
    look, table, file = SecondLook(), plan.table, plan.raw.file
    assert table is not None
    for at in cells:
        conditions = suspicious.get(at.column.name, [])
        if not conditions or not at.is_text:
            continue
        column = at.column
        texts = connection.execute(
            f"SELECT t_{column.name}, count(*), min(row(source_row, {plan.month_of_row})) AS first FROM {staged}"
            f" WHERE coalesce({' OR '.join(f'({condition})' for condition in conditions)}, false) AND t_{column.name} IS NOT NULL"
            f" GROUP BY t_{column.name} ORDER BY first LIMIT {_MOST_TEXTS}"
        ).fetchall()
        read = _reader(column, table, [text for text, _, _ in texts])
        pairs: list[tuple[str, str]] = []
        kinds: dict[str, list[tuple[str, str, int, int, str]]] = {}
        for text, count, (row, month) in texts:
            header = plan.header(column.name, month)
            answer = read(text)
            if isinstance(answer, Reading):
                pairs.append((text, answer.value))
                kinds.setdefault(answer.kind, []).append((text, answer.value, count, row, header))
            elif isinstance(answer, Several):
                look.problems.append(_several(column, file, header, text, row, answer))
                look.suggestions.append(
                    Suggestion(section=f"{table.name}.values.{column.name}", text=text, target="", file=file)
                )
            elif column.format == "insee" and not column.personal and any(sign.isalpha() for sign in text[2:]):
                # Not known by that name: it stays an anomaly, and the mapping can say which one it is.
                look.notices.append(_fault(column, file, header, text, row, "unknown_commune_name"))
                section = f"{table.name}.values.{column.name}"
                look.suggestions.append(Suggestion(section=section, text=text, target="", file=file))
            elif _is_lost(column, text):
                if column.format == "siret" or table is NOTIFIED:
                    # Published as it stands, it would make one company, or one buyer, of several.
                    pairs.append((text, ""))
                    kinds.setdefault("lost_digits", []).append((text, "", count, row, header))
                elif (problem := _fault(column, file, header, text, row, "lost_digits")) not in look.problems:
                    # A lot that is lost joins hours to the wrong contract, a person who is lost is another one.
                    look.problems.append(problem)
        for kind, several in kinds.items():
            if (notice := _notice(column, file, kind, several)) not in look.notices:
                look.notices.append(notice)
        if pairs:
            look.read.add(column.name)
            connection.execute(f"CREATE TABLE read_{index}_{column.name} (text VARCHAR, value VARCHAR)")
            _insert(connection, f"read_{index}_{column.name}", pairs)
    look.problems = _bounded(look.problems)
    look.notices = _bounded(look.notices)
    return look


def _is_lost(column: Column, text: str) -> bool:
    """Whether an identifier became a number that no longer shows its digits; of a SIRET, one in scientific notation at all."""
    if column.format == "siret":
        return readings.lost_digits(text) or "E+" in text.upper()
    return column.name.endswith(("_id", "_ref")) and readings.lost_digits(text)


def _insert(connection: duckdb.DuckDBPyConnection, name: str, pairs: list[tuple[str, str]]) -> None:
    """The pairs as rows: two lists at once, for a row at a time took a second for each ten thousand."""
    connection.execute(
        f"INSERT INTO {name} SELECT unnest($texts), unnest($values)",
        {"texts": [text for text, _ in pairs], "values": [value for _, value in pairs]},
    )


def suspicions(at: Cell, counts: dict[tuple[str, str], int]) -> list[str]:
    """The conditions of a column, among its faults and its doubt, that some cell meets and a second look may answer."""
    conditions = [condition for kind, condition in at.faults if kind in READABLE and counts.get((at.column.name, kind))]
    if at.doubt and counts.get((at.column.name, "doubt")):
        conditions.append(at.doubt)
    return conditions


def _reader(column: Column, table: Table, texts: list[str]) -> Callable[[str], Reading | Several | None]:
    if column.format == "insee":
        return _place
    if column.format == "siret":
        return readings.siret
    if column.sql_type == "DATE":
        zone = reading_dates.midnight_zone(texts)
        read = partial(reading_dates.month if column.format == "month" else reading_dates.date, zone=zone)
        return partial(_decp_date, read) if table is NOTIFIED else read
    if column.sql_type == "BOOLEAN":
        return readings.flag
    if column.codes is not None:
        return readings.code(column.codes, column.nullable)
    if column.sql_type.startswith("DECIMAL") or column.sql_type == "INTEGER":
        return readings.number_reader(column)
    return readings.identifier


def _place(text: str) -> Reading | Several | None:
    plain = plain_name(text)
    if plain in _SEVERAL_PLACES or plain in readings.EMPTY:
        return Reading(value="", kind="empty_word")
    return commune(text)


def _decp_date(read: Callable[[str], Reading | None], text: str) -> Reading | None:
    """A date of the DECP: a moment of the day is that day in Paris."""
    return read(text) or reading_dates.day_in_paris(text)


def _notice(column: Column, file: str, kind: str, several: list[tuple[str, str, int, int, str]]) -> Problem:
    """How many cells were read so, with the first of them; nothing of a personal column is repeated."""
    text, value, _, row, header = several[0]
    count = sum(count for _, _, count, _, _ in several)
    displayed = "…" if column.personal else _as_people_write(column, value)
    return Problem(
        kind=f"read_{kind}",
        file=file,
        row=row,
        column=header,
        value=None if column.personal else cut(text),
        message=NOTICES[kind],
        values={"value": displayed, "n": count},
        count=count,
    )


def _as_people_write(column: Column, value: str) -> str:
    if column.sql_type == "DATE" and value:
        return "/".join(reversed(value.split("-")))
    if column.codes is not None and value:
        return Label(column.codes.of(value).label)
    return value.replace(".", ",") if column.sql_type.startswith("DECIMAL") else value


def _fault(column: Column, file: str, header: str, text: str, row: int, kind: str, **values: object) -> Problem:
    return Problem(
        kind=kind,
        file=file,
        row=row,
        column=header,
        value=None if column.personal else cut(text),
        message=MESSAGES[kind],
        values=dict(values),
    )


def _several(column: Column, file: str, header: str, text: str, row: int, answer: Several) -> Problem:
    choices = ", ".join(answer.choices[:8]) + (", …" if len(answer.choices) > 8 else "")
    return _fault(column, file, header, text, row, "several_communes", choices=choices)


def _bounded(problems: list[Problem]) -> list[Problem]:
    """The first of each kind and column, then how many more."""
    kept: list[Problem] = []
    seen: dict[tuple[str, str | None], list[Problem]] = {}
    for problem in problems:
        seen.setdefault((problem.kind, problem.column), []).append(problem)
    for several in seen.values():
        kept += several[:EXAMPLES]
        if len(several) > EXAMPLES:
            last = several[-1]
            n = len(several) - EXAMPLES
            more = Problem(
                kind=last.kind,
                file=last.file,
                column=last.column,
                message=N_("… et {n} de plus."),
                values={"n": n},
                count=n,
            )
            kept.append(more)
    return kept
