"""What is judged over all rows together: rules.sql, missing tables, the date of the data."""

import datetime as dt
from collections.abc import Sequence

import duckdb

from data.comment_texts import personal_fault
from data.problems import Problem
from data.release.labelled_sql import query, statements
from data.release.releases import Source
from data.schema import CONTRACTS, TABLES
from data.settings import Settings
from data.sources.raw_table import EXAMPLES, abridged, cut
from data.sources.table_plan import TablePlan
from data.words import N_

# Column and message of each rule of rules.sql.
_RULES = {
    "duplicate_key": ("contract_id", N_("lot déjà présent\u202f; chaque lot (contract_id, lot_id) n’a qu’une ligne.")),
    "structure_missing": (
        "structure",
        N_("lot sans structure, quand d’autres ont la leur\u202f; chaque lot a la sienne."),
    ),
    "dates_reversed": ("starts_on", N_("le lot commence après sa fin\u202f; corrigez l’une des deux dates.")),
    "month_after_data": ("month", N_("mois postérieur à la date des données ({day})\u202f; corrigez-le ou --as-of.")),
}
_NO_TABLE = N_("aucune source n’a les colonnes de la table «\u00a0{table}\u00a0»\u202f; ajoutez son fichier.")
_NO_ROWS = N_("tableau vide\u00a0: aucun marché sous les en-têtes\u202f; remplissez-le, ou exportez-le de nouveau.")
_AFTER_TODAY = N_("la date des données ({day}) est à venir\u202f; donnez une date passée à --as-of.")
_OVERLAPS = N_(
    "le solde d’ouverture de {hours}\u00a0h s’arrête au {end}, après le premier mois de l’extraction ({first})\u00a0: ses"
    " heures seraient comptées deux fois\u202f; corrigez opening_balance dans les réglages, ou l’extraction."
)
_WITHOUT_HOURS = N_(
    "lignes validées ou corrigées dont les heures validées sont vides\u00a0: {rows}, comptant pour 0\u00a0h."
)


def apply_rules(
    connection: duckdb.DuckDBPyConnection, plans: Sequence[TablePlan], data_as_of: dt.date
) -> list[Problem]:
    """The first offenders of every rule in each table, by the index that is their origin; then how many more there are."""
    every_problem: list[Problem] = []
    for kind in statements("rules.sql"):
        sql = query("rules.sql", kind)
        rows = connection.execute(
            f"SELECT origin, source_row, cell, count(*) OVER (PARTITION BY origin) AS total FROM ({sql})"
            f" QUALIFY row_number() OVER (PARTITION BY origin ORDER BY source_row) <= {EXAMPLES}"
            " ORDER BY origin, source_row",
            {"data_as_of": data_as_of} if "$data_as_of" in sql else None,
        ).fetchall()
        column, message = _RULES[kind]
        for index in sorted({origin for origin, *_ in rows}):
            plan = plans[index]
            problems = [
                Problem(
                    kind=kind,
                    file=plan.raw.file,
                    row=row,
                    column=plan.header(column, value if column == "month" else None),
                    value=cut(value),
                    message=message,
                    values={"day": data_as_of},
                )
                for origin, row, value, _ in rows
                if origin == index
            ]
            total = next(total for origin, *_, total in rows if origin == index)
            every_problem += abridged(problems, total, is_one_column=not plan.raw.months_read)
    return every_problem


def comment_problems(connection: duckdb.DuckDBPyConnection, plans: Sequence[TablePlan]) -> list[Problem]:
    """A problem for each comment that may be about a person; what stands there is not repeated."""
    rows = connection.execute(
        "SELECT origin, source_row, text FROM comments_read WHERE text IS NOT NULL ORDER BY origin, source_row"
    ).fetchall()
    problems = [
        Problem(
            kind="comment_about_a_person",
            file=plans[origin].raw.file,
            row=row,
            column=plans[origin].header("text"),
            message=fault,
        )
        for origin, row, text in rows
        if (fault := personal_fault(text))
    ]
    return [
        problem
        for file in dict.fromkeys(problem.file for problem in problems)
        for problem in abridged(
            [one for one in problems if one.file == file][:EXAMPLES], sum(one.file == file for one in problems)
        )
    ]


def missing_tables(sources: Sequence[Source], every_file_read: bool) -> list[Problem]:
    """A problem when a table did not come, or when contracts has no rows; an authority that begins has no hours yet.

    A file that could not be read may have been the missing table, and has been named already.
    """
    problems = []
    for table in TABLES:
        own = [source for source in sources if source.table == table.name]
        if not own and every_file_read:
            problems.append(Problem(kind="missing_table", message=_NO_TABLE, values={"table": table.name}))
        elif own and table is CONTRACTS and not any(source.rows for source in own):
            problems.append(Problem(kind="no_rows", file=own[0].file, message=_NO_ROWS))
    return problems


def date_of_data(
    connection: duckdb.DuckDBPyConnection, as_of: dt.date | None, today: dt.date, demo: bool
) -> tuple[dt.date, list[Problem]]:
    """The date of the data: as given, else the latest date in the hours, never after today.

    A demonstration has its own dates, which do not depend on the machine's clock.
    """
    latest = connection.execute(
        "SELECT max(greatest(declared_on, validated_on, last_day(month))) FROM hours_read"
    ).fetchone()
    day = as_of or (latest and latest[0]) or today
    if demo or day <= today:
        return day, []
    if as_of is None:
        return today, []
    return day, [Problem(kind="as_of_to_come", message=_AFTER_TODAY, values={"day": as_of})]


def balance_overlaps(connection: duckdb.DuckDBPyConnection, settings: Settings) -> list[Problem]:
    """A problem for each opening balance that ends after the first month with hours."""
    row = connection.execute("SELECT min(month) FROM lines").fetchone()
    return overlapping(settings, row[0] if row else None)


def overlapping(settings: Settings, first: dt.date | None) -> list[Problem]:
    """A problem for each opening balance that ends after the first month: its hours would count twice."""
    return [
        Problem(
            kind="opening_overlaps",
            message=_OVERLAPS,
            values={"hours": entry.hours, "end": entry.as_of, "first": first},
        )
        for entry in settings.opening_balance
        if first and entry.as_of > first
    ]


def validated_without_hours(connection: duckdb.DuckDBPyConnection) -> list[Problem]:
    """A notice when lines that are not pending have no validated hours: they count for nothing, which may be a slip."""
    row = connection.execute(
        "SELECT count(*) FROM hours_read WHERE hours_validated IS NULL AND status IN ('validated', 'corrected')"
    ).fetchone()
    rows = row[0] if row else 0
    notice = Problem(kind="validated_without_hours", message=_WITHOUT_HOURS, values={"rows": rows}, count=rows)
    return [notice] if rows else []


def near_buyers(connection: duckdb.DuckDBPyConnection) -> list[Problem]:
    """A notice for each buyer of the DECP whose SIRET differs from a client's by one digit: it is the same body, or a slip."""
    rows = connection.execute(
        "SELECT DISTINCT buyers.buyer_siret, clients.client_siret, clients.client_name"
        " FROM (SELECT DISTINCT buyer_siret FROM notified) AS buyers"
        " JOIN (SELECT DISTINCT client_siret, client_name FROM lots WHERE length(client_siret) = 14) AS clients"
        " ON length(buyers.buyer_siret) = 14 AND hamming(buyers.buyer_siret, clients.client_siret) = 1"
        " WHERE buyers.buyer_siret NOT IN (SELECT client_siret FROM lots WHERE client_siret IS NOT NULL)"
        " ORDER BY ALL LIMIT 20"
    ).fetchall()
    return [
        Problem(kind="near_buyer", message=_NEAR_BUYER, values={"buyer": buyer, "client": client, "siret": siret})
        for buyer, siret, client in rows
    ]


_NEAR_BUYER = N_(
    "acheteur des DECP {buyer}\u00a0: à un chiffre du SIRET de «\u00a0{client}\u00a0» ({siret})\u202f; corrigez l’un des deux."
)
