"""What check and publish say at their end: to people as text, to programs as JSON."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from data.problems import Problem
from data.release.releases import AnomalyCount, Release, Source
from data.schema import ALL_TABLES, HOURS, NOTIFIED, OPTIONAL_TABLES
from data.sources.extract import Extract
from data.words import N_, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What a publish holds, in figures. Hours are those that count, duplicates and orphans left out."""

    sources: tuple[Source, ...]
    demo: bool
    data_as_of: dt.date
    hours_rows: int
    rows_left_out: int
    hours_validated: Decimal
    hours_pending: Decimal
    first_month: dt.date | None
    last_month: dt.date | None
    anomalies: tuple[AnomalyCount, ...]
    notified: int | None

    @property
    def rows(self) -> dict[str, int]:
        """Rows read, by table."""
        return {t.name: sum(source.rows for source in self.sources if source.table == t.name) for t in ALL_TABLES}


def of_extract(extract: Extract) -> Figures | None:
    """The figures of what was read; None when it has problems and so no figures that mean anything."""
    if extract.problems:
        return None
    rows, validated, first, last, pending = extract.one(
        "SELECT count(*), coalesce(sum(counted), 0), min(month), max(month),"
        " coalesce(sum(pending_hours(status, hours_declared, hours_validated)), 0) FROM lines"
    )
    (left_out,) = extract.one("SELECT count(*) FROM left_out")
    return Figures(
        sources=tuple(extract.sources),
        demo=extract.demo,
        data_as_of=extract.data_as_of,
        hours_rows=rows,
        rows_left_out=left_out,
        hours_validated=validated,
        hours_pending=pending,
        first_month=first,
        last_month=last,
        anomalies=extract.anomalies,
        notified=extract.one("SELECT count(*) FROM notified")[0] if extract.has_notified else None,
    )


def of_release(release: Release) -> Figures:
    """The figures of a release."""
    return Figures(
        sources=release.sources,
        demo=release.demo,
        data_as_of=release.data_as_of,
        hours_rows=release.hours_rows,
        rows_left_out=release.rows_left_out,
        hours_validated=release.hours_validated,
        hours_pending=release.hours_pending,
        first_month=release.first_month,
        last_month=release.last_month,
        anomalies=release.anomalies,
        notified=release.notified,
    )


def checked(extract: Extract, words: Words) -> str:
    """Problems, notices, a mapping to paste; then what a publish would hold, when nothing is against it."""
    parts = []
    if extract.problems:
        parts.append(words.say(N_("Publication refusée\u00a0:")))
        parts += [f"  {problem.text(words)}" for problem in extract.problems]
    parts += advice(extract, words)
    if figures := of_extract(extract):
        parts += [
            "",
            *sources_read(extract, words),
            summary(figures, words),
            words.say(N_("Rien ne s’oppose à la publication.")),
        ]
    return "\n".join(parts).lstrip("\n")


def advice(extract: Extract, words: Words) -> list[str]:
    """Notices, and a mapping to complete for headers and codes that are unknown; nothing when there are none."""
    notices = [f"  {notice.text(words)}" for notice in extract.notices]
    lines = [words.say(N_("À savoir\u00a0:")), *notices] if notices else []
    if text := extract.mapping_text():
        lines += ["", words.say(N_("À compléter et à coller dans mapping.toml\u00a0:")), text]
    return lines


def hours_by_source(extract: Extract) -> list[Decimal | None]:
    """The hours accepted in each source of hours, duplicates and orphans included; None for one of contracts."""
    rows = extract.connection.execute(
        "SELECT origin, sum(counted_hours(status, hours_validated)) FROM hours_read GROUP BY origin"
    ).fetchall()
    hours = dict(rows)
    return [
        hours.get(origin, Decimal(0)) if source.table == HOURS.name else None
        for origin, source in enumerate(extract.sources)
    ]


def sources_read(extract: Extract, words: Words) -> list[str]:
    """Every file and sheet that was read, one a line: what it was taken for, its rows, its hours."""
    labels = {table.name: table.label for table in ALL_TABLES}
    lines = []
    for source, hours in zip(extract.sources, hours_by_source(extract), strict=True):
        rows = words.say_count("{n} ligne", "{n} lignes", source.rows)
        amount = [] if hours is None else [words.hours(hours, 2)]
        facts = ", ".join([words.say(labels[source.table]), rows, *amount])
        lines.append(words.say(N_("Lu\u00a0: {file} ({facts})."), file=source.file, facts=facts))
    return lines


def summary(figures: Figures, words: Words) -> str:
    """Rows read, hours, months and anomalies, one a line."""
    lines = [
        words.say(
            N_("Lignes lues\u00a0: marchés {contracts}, heures {hours} (hors des totaux\u00a0: {left_out})."),
            contracts=words.number(figures.rows["contracts"]),
            hours=words.number(figures.rows["hours"]),
            left_out=words.number(figures.rows_left_out),
        ),
        words.say(
            N_("Heures validées\u00a0: {validated}\u202f; en attente\u00a0: {pending}."),
            validated=words.hours(figures.hours_validated, 2),
            pending=words.hours(figures.hours_pending, 2),
        ),
    ]
    if figures.notified is not None:
        lines.append(
            words.say(
                N_("Marchés notifiés (DECP)\u00a0: {notified}, lignes lues\u00a0: {rows}."),
                notified=words.number(figures.notified),
                rows=words.number(figures.rows[NOTIFIED.name]),
            )
        )
    if figures.first_month:
        months = {"first": words.month(figures.first_month), "last": words.month(figures.last_month)}
        lines.append(words.say(N_("Mois couverts\u00a0: de {first} à {last}."), **months))
    lines.append(words.say(N_("Date des données\u00a0: {day}."), day=words.date(figures.data_as_of)))
    if figures.demo:
        lines.append(words.say(N_("Données de démonstration.")))
    anomalies = [count for count in figures.anomalies if count.rows]
    lines.append(words.say(N_("Anomalies\u00a0:") if anomalies else N_("Aucune anomalie.")))
    for count in anomalies:
        place = N_("comprises dans les totaux") if count.in_totals else N_("hors des totaux")
        lines.append(
            words.say(
                N_("  {kind}\u00a0: {rows}, {hours} ({place})"),
                kind=words.say(count.kind.label),
                rows=words.say_count("{n} ligne", "{n} lignes", count.rows),
                hours=words.hours(count.hours, 2),
                place=words.say(place),
            )
        )
    return "\n".join(lines)


def as_json(extract: Extract, words: Words) -> dict[str, Any]:
    """The answer of `check --json`. Hours are numbers with two places, dates ISO texts."""
    figures = of_extract(extract)
    return {
        "problems": [_problem(problem, words) for problem in extract.problems],
        "notices": [_problem(notice, words) for notice in extract.notices],
        "anomalies": [
            {"kind": str(count.kind), "rows": count.rows, "hours": float(count.hours), "in_totals": count.in_totals}
            for count in extract.anomalies
        ],
        "tables": {
            table.name: {
                "rows": sum(source.rows for source in extract.sources if source.table == table.name),
                "sources": [source.file for source in extract.sources if source.table == table.name],
                "absent_columns": [
                    name.partition(".")[2] for name in extract.absent_columns if name.startswith(f"{table.name}.")
                ],
            }
            for table in ALL_TABLES
            if table not in OPTIONAL_TABLES or any(source.table == table.name for source in extract.sources)
        },
        "sources": [
            {
                "file": source.file,
                "table": source.table,
                "rows": source.rows,
                "hours": None if hours is None else float(hours),
            }
            for source, hours in zip(extract.sources, hours_by_source(extract), strict=True)
        ],
        "data_as_of": extract.data_as_of.isoformat(),
        "demo": extract.demo,
        "hours_validated": float(figures.hours_validated) if figures else None,
        "hours_pending": float(figures.hours_pending) if figures else None,
        "mapping": extract.mapping_text(),
    }


def _problem(problem: Problem, words: Words) -> dict[str, Any]:
    return {
        "kind": problem.kind,
        "file": problem.file,
        "row": problem.row,
        "column": problem.column,
        "value": problem.value,
        "count": problem.count,
        "message": problem.text(words),
    }
