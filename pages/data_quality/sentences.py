"""The sentences of the data page: what is published, who has declared until when, what raises a question."""

from collections.abc import Sequence
from typing import Any

from data.codes import AnomalyKind
from data.release.releases import Release, Source
from data.schema import ALL_TABLES, HOURS
from data.settings import Settings
from data.words import Words
from pages.parts.blocks import Figure
from pages.parts.sentences import lines_text
from queries.answers import AnomaliesRow, ReleaseSummaryRow
from queries.rights.access import Access
from queries.secrecy.cells import HIDDEN


def release_text(summary: ReleaseSummaryRow, words: Words) -> str:
    """What the release holds, and until when."""
    if summary["first_month"] is None:
        return words.say(
            "Aucune heure n’est publiée\u202f; les données sont au {day}.", day=words.date(summary["data_as_of"])
        )
    rows = words.say("Des heures")
    if summary["hours_rows"] is not None:
        rows = words.say_count("{n} ligne d’heures", "{n} lignes d’heures", summary["hours_rows"])
    return words.say(
        "{rows} sur {lots}, de {first} à {last}, dans les données connues au {day}.",
        rows=rows,
        lots=words.say_count("{n} lot", "{n} lots", summary["lots"]),
        first=words.month(summary["first_month"]),
        last=words.month(summary["last_month"]),
        day=words.date(summary["data_as_of"]),
    )


def source_lines(source: Source, access: Access) -> dict[str, Any]:
    """The number of lines of a file, as a part of a row: hours as the reader may see them, other tables are lots."""
    number = access.lines(source.rows) if source.table == HOURS.name else source.rows
    return {"rows": number, HIDDEN: ["rows"] if number is None else []}


def release_figures(summary: ReleaseSummaryRow, words: Words) -> list[Figure]:
    """Validated, pending, left out, anomalies."""
    return [
        Figure(
            label=words.say("Heures validées"), value=words.hours(summary["hours_validated"]), term="heures-validees"
        ),
        Figure(
            label=words.say("Heures en attente"),
            value=words.hours(summary["hours_pending"]),
            note=words.say("{share} des heures", share=words.percent(summary["pending_ratio"])),
            term="heures-en-attente",
        ),
        Figure(
            label=words.say("Lignes laissées hors des totaux"),
            value=lines_text(summary["rows_left_out"], words),
            note=words.say("doublons et lignes sans lot connu"),
            term="anomalies",
        ),
        Figure(label=words.say("Anomalies"), value=lines_text(summary["anomalies"], words), term="anomalies"),
    ]


def lag_text(release: Release, settings: Settings, words: Words) -> list[str]:
    """How soon hours are validated, beside the lag of the settings; nothing where no line says when."""
    if release.validated_in_time is None:
        return []
    return [
        words.say(
            "{share} des heures sont validées dans les {months} mois qui suivent la fin de leur mois (mesure sur les mois vieux d’un à trois ans)\u00a0: au-delà, un mois est tenu pour complet.",
            share=words.percent(release.validated_in_time, digits=0),
            months=settings.counting.declaration_lag_months,
        )
    ]


def anomalies_text(kinds: Sequence[AnomaliesRow], words: Words) -> str:
    """How anomalies are treated, and the heaviest kind."""
    present = [row for row in kinds if row["rows"] != 0]
    if not present:
        return words.say("Aucune anomalie dans cette publication.")
    weighed = {row["kind"]: row["hours"] for row in present if row["hours"] is not None}
    if not weighed:
        return words.say(
            "Une anomalie n’arrête pas une publication\u00a0: elle est comptée et pesée en heures. "
            "Une ligne peut être signalée à plusieurs titres."
        )
    heaviest = max(weighed, key=lambda kind: weighed[kind])
    return words.say(
        "Une anomalie n’arrête pas une publication\u00a0: elle est comptée et pesée en heures. La plus lourde\u00a0: {kind} ({hours}). "
        "Une ligne peut être signalée à plusieurs titres.",
        kind=words.say(AnomalyKind.of(heaviest).label),
        hours=words.hours(weighed[heaviest]),
    )


def absent_columns(release: Release, words: Words) -> list[str]:
    """Which columns of the data contract no source had: their screens say so."""
    labels = [
        words.say(column.label)
        for table in ALL_TABLES
        for column in table.columns
        if f"{table.name}.{column.name}" in release.absent_columns
    ]
    if not labels:
        return []
    return [words.say("Non renseigné dans l’extraction\u00a0: {columns}.", columns=words.listed(labels))]
