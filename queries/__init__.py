"""From Parquet to frame: one typed function per question. The columns, units and order of each are in its .sql file."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pyarrow as pa

from queries.engine import Database
from queries.rights.access import Access
from queries.scope import Scope

# Pages ask through an Access; the bare Database, which knows no rights, is for those who hold the files anyway.
Asked = Access | Database


def together(database: Asked, scope: Scope, *asked: Callable[[Asked, Scope], pa.Table]) -> list[pa.Table]:
    """The answers to several questions, asked at once: for pages whose questions each read many lines on one thread.

    Raises what the first of them that fails raises.
    """
    with ThreadPoolExecutor(database.settings.engine.threads) as threads:
        return list(threads.map(lambda question: question(database, scope), asked))


def anomalies(database: Asked) -> pa.Table:
    """One row per kind of anomaly: rows, hours, whether they are in the totals."""
    return database.ask("anomalies", Scope())


def anomaly_lines(database: Asked) -> pa.Table:
    """One row per anomalous line or lot: where it was read, what stands there, its hours."""
    return database.ask("anomaly_lines", Scope())


def clause_counting(database: Asked, scope: Scope) -> pa.Table:
    """One row per clause category: lots and hours that enter the total, lots and hours kept out of it."""
    return database.ask("clause_counting", scope)


def clients_freshness(database: Asked, scope: Scope) -> pa.Table:
    """One row per client: last month declared, months late, pending hours."""
    return database.ask("clients_freshness", scope)


def commune_map(database: Asked, scope: Scope) -> pa.Table:
    """One row per commune of the authority, those without hours included, then three for the hours elsewhere: hours, share."""
    return database.ask("commune_map", scope)


def contracts_without_social_condition(database: Asked, scope: Scope) -> pa.Table:
    """One row per contract to look at: above the European threshold since the obligation, no social clause told."""
    return database.ask("contracts_without_social_condition", scope)


def detail_counts(database: Asked, scope: Scope, search: str = "") -> pa.Table:
    """One row: lots and lines of hours that a search finds, their hours."""
    return database.ask("detail_counts", scope, search=search)


def detail_hours(database: Asked, scope: Scope, search: str = "", first: str = "", rows: str = "") -> pa.Table:
    """One row per line of hours, nothing about a person: those after the `first` ones, as many as `rows` at most."""
    return database.ask("detail_hours", scope, search=search, first=first, rows=rows)


def detail_lots(database: Asked, scope: Scope, search: str = "", first: str = "", rows: str = "") -> pa.Table:
    """One row per lot with what its contract says: those after the `first` ones, as many as `rows` at most."""
    return database.ask("detail_lots", scope, search=search, first=first, rows=rows)


def exits_by_clause(database: Asked, scope: Scope) -> pa.Table:
    """One row per moment of observation, clause category and group of outcomes, totals included: persons who left."""
    return database.ask("exits_by_clause", scope)


def exits_by_duration(database: Asked, scope: Scope) -> pa.Table:
    """One row per moment of observation, time from entry to exit and group of outcomes, totals included: persons who left."""
    return database.ask("exits_by_duration", scope)


def exits_by_employer_kind(database: Asked, scope: Scope) -> pa.Table:
    """One row per moment of observation, employer kind and group of outcomes, totals included: persons who left."""
    return database.ask("exits_by_employer_kind", scope)


def exits_by_entry_year(database: Asked, scope: Scope) -> pa.Table:
    """One row per moment of observation, year of entry and group of outcomes, totals included: persons who left."""
    return database.ask("exits_by_entry_year", scope)


def exits_by_point(database: Asked, scope: Scope) -> pa.Table:
    """One row per moment of observation and outcome, totals included: persons who left."""
    return database.ask("exits_by_point", scope)


def filter_choices(database: Asked, scope: Scope) -> pa.Table:
    """One row per filter and value that leads to hours under the other filters: those hours."""
    return database.ask("filter_choices", scope)


def filter_names(database: Asked) -> pa.Table:
    """One row per client and execution commune of the release: name, SIRETs to search by."""
    return database.ask("filter_names", Scope())


def headline(database: Asked, scope: Scope) -> pa.Table:
    """One row: the key figures of the scope. Hours; distinct persons, contracts, lots; ratios."""
    return database.ask("headline", scope)


def hours_by_clause(database: Asked, scope: Scope) -> pa.Table:
    """One row per clause category: hours, share, obligations, completion."""
    return database.ask("hours_by_clause", scope)


def hours_by_clause_and_year(database: Asked, scope: Scope) -> pa.Table:
    """One row per clause category and year: hours."""
    return database.ask("hours_by_clause_and_year", scope)


def hours_by_client(database: Asked, scope: Scope) -> pa.Table:
    """One row per client: hours, share, obligations, completion."""
    return database.ask("hours_by_client", scope)


def hours_by_client_and_year(database: Asked, scope: Scope) -> pa.Table:
    """One row per client and year: hours."""
    return database.ask("hours_by_client_and_year", scope)


def hours_by_client_type(database: Asked, scope: Scope) -> pa.Table:
    """One row per client type: hours, share."""
    return database.ask("hours_by_client_type", scope)


def hours_by_commune(database: Asked, scope: Scope) -> pa.Table:
    """One row per execution commune, the unlocated included: hours, share, hours for 1000 inhabitants."""
    return database.ask("hours_by_commune", scope)


def hours_by_employer_kind(database: Asked, scope: Scope) -> pa.Table:
    """One row per employer kind: hours, share."""
    return database.ask("hours_by_employer_kind", scope)


def hours_by_month(database: Asked, scope: Scope) -> pa.Table:
    """One row per month: hours, pending, running totals, whether it is provisional."""
    return database.ask("hours_by_month", scope)


def hours_by_own_and_assisted(database: Asked, scope: Scope) -> pa.Table:
    """One row for the authority's own lots, one for those of the clients it assists: hours, share, clients."""
    return database.ask("hours_by_own_and_assisted", scope)


def hours_by_sector(database: Asked, scope: Scope) -> pa.Table:
    """One row per sector: hours, share."""
    return database.ask("hours_by_sector", scope)


def hours_by_work_contract_type(database: Asked, scope: Scope) -> pa.Table:
    """One row per work contract type: hours, share."""
    return database.ask("hours_by_work_contract_type", scope)


def hours_by_year(database: Asked, scope: Scope) -> pa.Table:
    """One row per year worked: hours, pending, changes, objective."""
    return database.ask("hours_by_year", scope)


def hours_still_owed(database: Asked, scope: Scope) -> pa.Table:
    """One row per month to come, and one for ends past or unknown: hours that running lots still owe, lots."""
    return database.ask("hours_still_owed", scope)


def lot_alerts(database: Asked, scope: Scope) -> pa.Table:
    """One row per alert, and one for those to call and for all: lots, missing hours."""
    return database.ask("lot_alerts", scope)


def lot_employers(database: Asked, scope: Scope, contract_id: str, lot_id: str) -> pa.Table:
    """One row per employer kind of a lot: hours, pending, share."""
    return database.ask("lot_employers", scope, contract_id=contract_id, lot_id=lot_id)


def lot_facts(database: Asked, scope: Scope, contract_id: str, lot_id: str) -> pa.Table:
    """One row per lot asked for, none when it is unknown or outside the scope: all that is known of it."""
    return database.ask("lot_facts", scope, contract_id=contract_id, lot_id=lot_id)


def lot_months(database: Asked, scope: Scope, contract_id: str, lot_id: str) -> pa.Table:
    """One row per month of a lot: hours, pending, running total, expected hours."""
    return database.ask("lot_months", scope, contract_id=contract_id, lot_id=lot_id)


def lots(database: Asked, scope: Scope) -> pa.Table:
    """One row per lot: obligation, hours, pace, alert. Those furthest behind first."""
    return database.ask("lots", scope)


def milestone_backtest(database: Asked, scope: Scope) -> pa.Table:
    """One row per milestone not reached and past year: the interval then, the month that it was, whether it held it."""
    return database.ask("milestone_backtest", scope)


def milestone_fan(database: Asked, scope: Scope) -> pa.Table:
    """One row per milestone with a date to come and month ahead: running total, low, middle and high."""
    return database.ask("milestone_fan", scope)


def milestone_progress(database: Asked, scope: Scope) -> pa.Table:
    """One row per milestone: hours so far, crossing month or projection, status."""
    return database.ask("milestone_progress", scope)


def milestone_what_if(database: Asked, scope: Scope, extra_hours: str = "") -> pa.Table:
    """One row per milestone: its dates and status with that many hours more each month."""
    return database.ask("milestone_what_if", scope, extra_hours=extra_hours)


def people_by_residence(database: Asked, scope: Scope) -> pa.Table:
    """One row per commune where persons live, elsewhere and unknown included, and for all: persons, their hours."""
    return database.ask("people_by_residence", scope)


def people_by_trait(database: Asked, scope: Scope) -> pa.Table:
    """One row per trait and value, and for all: persons, their hours."""
    return database.ask("people_by_trait", scope)


def people_by_year(database: Asked, scope: Scope) -> pa.Table:
    """One row per year and presence (new, known, all), and for all years: persons."""
    return database.ask("people_by_year", scope)


def release_summary(database: Asked) -> pa.Table:
    """One row: what the open release holds. Filters do not apply."""
    return database.ask("release_summary", Scope())


def social_condition(database: Asked, scope: Scope) -> pa.Table:
    """One row: the share of the whole scope; the contracts above the European thresholds since the obligation."""
    return database.ask("social_condition", scope)


def social_share_by_client(database: Asked, scope: Scope) -> pa.Table:
    """One row per client, then the other buyers: contracts notified with a social consideration, share."""
    return database.ask("social_share_by_client", scope)


def social_share_by_year(database: Asked, scope: Scope) -> pa.Table:
    """One row per year of notification: contracts with a social consideration, share, national target and share."""
    return database.ask("social_share_by_year", scope)


def totals(database: Asked, scope: Scope) -> pa.Table:
    """One row: the key figures of the scope without its persons, whose number takes longer. Hours; contracts, lots; ratios."""
    return database.ask("totals", scope)


def totals_reconciled(database: Asked, scope: Scope) -> pa.Table:
    """One row per step from the hours published to the total of the pages, then to the curve."""
    return database.ask("totals_reconciled", scope)
