"""The last stage before the release is written: the checks that need all rows together."""

import datetime as dt

from data.problems import Problem
from data.release.anomalies import left_out_share, weigh
from data.release.labelled_sql import statements
from data.release.lag import lag_notices, validated_in_time
from data.release.releases import Structure
from data.release.rules import (
    apply_rules,
    balance_overlaps,
    comment_problems,
    date_of_data,
    missing_tables,
    near_buyers,
    validated_without_hours,
)
from data.settings import Settings
from data.sources.extract import Extract, Step
from data.sources.lots_joined import join_lots
from data.words import N_


def judged(
    extract: Extract,
    as_of: dt.date | None,
    today: dt.date,
    accept_anomalies: bool,
    settings: Settings,
    every_file_read: bool,
    step: Step,
) -> None:
    """Run the checks that need all rows together. Without problems, add the anomalies."""
    connection = extract.connection
    extract.problems += missing_tables(extract.sources, every_file_read)
    extract.data_as_of, problems = date_of_data(connection, as_of, today, extract.demo)
    extract.problems += problems
    notices, missing = join_lots(connection, [source.file for source in extract.sources])
    extract.notices += notices
    plans = [plan for plan in extract.plan.tables if plan.table is not None] if extract.plan else []
    extract.problems += comment_problems(connection, plans)
    extract.problems += apply_rules(connection, plans, extract.data_as_of)
    if extract.problems:
        return
    extract.notices += validated_without_hours(connection)
    if not extract.one("SELECT count(*) FROM hours_read")[0]:
        extract.notices.append(Problem(kind="no_hours", message=_NO_HOURS))
    step(N_("anomalies"))
    extract.anomalies = weigh(connection, extract.data_as_of)
    extract.structures = _structures(extract)
    lag = settings.counting.declaration_lag_months
    extract.validated_in_time = validated_in_time(connection, extract.data_as_of, lag)
    extract.notices += lag_notices(extract.validated_in_time, lag)
    if extract.has_notified:
        connection.execute(statements("decp.sql")["notified"])
        extract.notices += near_buyers(connection)
    extract.problems += balance_overlaps(connection, settings.applying_to(extract.demo))
    share, limit = left_out_share(connection), settings.counting.left_out_limit
    if share > limit and not accept_anomalies:
        values = {"share": share * 100, "limit": limit * 100}
        extract.problems.append(Problem(kind="too_many_left_out", message=_LEFT_OUT, values=values))
        extract.problems += missing
    else:
        extract.notices += [notice for notice in missing if notice.kind == "lot_missing"]


def _structures(extract: Extract) -> tuple[Structure, ...]:
    """Those that the lots name: all of one extract, with one date."""
    rows = extract.connection.execute(
        "SELECT DISTINCT structure FROM lots WHERE structure IS NOT NULL ORDER BY structure"
    ).fetchall()
    now = dt.datetime.now(dt.UTC)
    return tuple(Structure(code=code, data_as_of=extract.data_as_of, published_at=now) for (code,) in rows)


_NO_HOURS = N_("aucune ligne d’heures\u00a0: la publication n’aura que des marchés.")


_LEFT_OUT = N_(
    "doublons et heures sans lot font {share}\u00a0% des heures lues (limite\u00a0: {limit}\u00a0%)\u202f; corrigez les"
    " sources, ou ajoutez --accept-anomalies."
)
