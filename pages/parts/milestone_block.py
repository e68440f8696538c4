"""Milestones of a client, a clause category or a year: how far each is, its status in a word, and what decides it.

The status is computed in SQL (milestone_progress); the sentence beside it has the very figures that decided.
"""

from collections.abc import Sequence
from decimal import Decimal

import streamlit as st

from data.settings import Milestone
from data.words import Words
from pages.parts.blocks import show_notes
from pages.parts.changes import short_of
from pages.parts.markup import html
from pages.parts.milestone_status import MilestoneStatus, status_text
from pages.parts.projection import needed, why_no_date, would_be_reached
from pages.parts.projection_block import show_projection
from pages.parts.read import reading
from pages.parts.sentences import milestone_names
from queries.answers import HoursByYearRow, MilestoneProgressRow
from queries.filters import FILTERS
from queries.scope import Scope


class JudgedYearRow(HoursByYearRow):
    """A year with the status of its objective; None in a year without one."""

    objective_status: str | None


def with_objective_status(
    years: Sequence[HoursByYearRow], milestones: Sequence[MilestoneProgressRow]
) -> list[JudgedYearRow]:
    """Rows of hours_by_year with the status of the objective that they show; None in a year without one."""
    statuses: dict[tuple[int | None, Decimal | None], str] = {
        (entry["year"], entry["target_hours"]): entry["status"] for entry in milestones if _is_objective(entry)
    }
    return [{**row, "objective_status": statuses.get((row["year"], row["objective_hours"]))} for row in years]


def objectives_judged(
    years: Sequence[HoursByYearRow], milestones: Sequence[MilestoneProgressRow], words: Words
) -> list[str]:
    """For each objective that `years` shows of a year not over: its status and the figures that decide it."""
    running = {(row["year"], row["objective_hours"]) for row in years if not row["complete"]}
    return [
        words.say(
            "Objectif {year}\u00a0: {status}. {why}",
            year=row["year"],
            status=status_text(row["status"], words),
            why=why(row, words),
        )
        for row in milestones
        if (row["year"], row["target_hours"]) in running and _is_objective(row)
    ]


def _is_objective(entry: MilestoneProgressRow) -> bool:
    """Whether a milestone is a year's objective for the whole authority: what hours_by_year shows."""
    narrowed = entry["client"] or entry["clause_category"] or entry["measure"] != "validated"
    return entry["year"] is not None and not narrowed


def show_milestones(
    milestones: Sequence[MilestoneProgressRow],
    *,
    scope: Scope | None = None,
    heading: str = "",
    behind: bool = False,
    folded: bool = False,
) -> None:
    """Each milestone of a client or a clause category that the scope has, with its status and why.

    `milestones`: rows of milestone_progress over `scope` (the reader's by default), already narrowed to the page's
    subject: `[row for row in milestones if row["clause_category"]]`. One that other filters cut is counted in a note and not
    judged: its target is for all of its hours. `behind`: with the folds of what stands behind each date. `folded`: in a fold with that heading. The block is absent, with its heading, when nothing concerns the scope.
    """
    current = reading()
    scope = scope or current.scope
    concerned = [row for row in milestones if _is_in(row, scope)]
    whole = [row for row in concerned if is_measured_whole(row, scope)]
    settings = {entry.id: entry for entry in current.settings.milestones}
    names = milestone_names(current.settings, current.words)
    if not concerned:
        return
    if heading and not folded:
        st.header(heading, anchor=False)
    entries = [_entry(row, names[row["milestone"]], settings[row["milestone"]], current.words) for row in whole]
    with st.expander(heading) if folded else st.container():
        if entries and not behind:
            st.html(html("parts/templates/milestones.html", entries=entries))
        for row, entry in zip(whole, entries, strict=True) if behind else ():
            st.html(html("parts/templates/milestones.html", entries=[entry]))
            show_projection(row, names[row["milestone"]], scope)
        if len(concerned) > len(whole):
            show_notes(
                [
                    current.words.say_count(
                        "{n} jalon n’est pas montré\u00a0: il se mesure sans les filtres en cours.",
                        "{n} jalons ne sont pas montrés\u00a0: ils se mesurent sans les filtres en cours.",
                        len(concerned) - len(whole),
                    )
                ]
            )


def _is_in(row: MilestoneProgressRow, scope: Scope) -> bool:
    clients, clauses = scope.clients, scope.clause_categories
    return (clients is None or row["client"] is None or row["client"] in clients) and (
        clauses is None or row["clause_category"] is None or row["clause_category"] in clauses
    )


def is_measured_whole(row: MilestoneProgressRow, scope: Scope) -> bool:
    """Whether the scope leaves the milestone all of its hours: no filter but years, its own client, its own clause."""
    for name in FILTERS:
        own = {"clients": row["client"], "clause_categories": row["clause_category"]}.get(name)
        values = getattr(scope, name)
        if values is not None and own not in values:
            return False
    return True


def _entry(row: MilestoneProgressRow, name: str, setting: Milestone, words: Words) -> dict[str, str]:
    """What is written of a milestone. The bar stops at its end: what goes beyond is in the figures, never cut."""
    filled = max(0.0, min(1.0, row["share_ratio"]))
    source = words.either(setting.source, setting.source_en)
    about = [
        words.named(words.say("Source"), source) if source else "",
        words.say("fixé le {day}", day=words.date(setting.set_on)) if setting.set_on else "",
    ]
    return {
        "name": _capital(name),
        "status": status_text(row["status"], words),
        "width": f"{filled:.2%}",
        "figures": _figures(row, words),
        "why": why(row, words),
        "about": ", ".join(filter(None, about)),
    }


def _figures(row: MilestoneProgressRow, words: Words) -> str:
    values = {
        "hours": words.hours(row["hours_to_date"]),
        "target": words.hours(row["target_hours"]),
        "share": short_of(row["share_ratio"], 1, words, 1),
    }
    if row["measure"] == "committed":
        return words.say("{hours} engagées sur {target}, soit {share}.", **values)
    return words.say("{hours} réalisées sur {target}, soit {share}.", **values)


def why(row: MilestoneProgressRow, words: Words) -> str:
    """What decides the status, with the figures that it is computed from."""
    if row["status"] == MilestoneStatus.REACHED:
        if row["crossed_month"] is None:
            return words.say("Atteint avant le début de l’extraction.")
        return words.say("Atteint en {month}.", month=words.month(row["crossed_month"]))
    sentences = [] if row["year"] is not None else [_fallen_back(row, words)]
    sentences += _why_year(row, words) if row["year"] is not None else _why_lasting(row, words)
    return " ".join(filter(None, [*sentences, needed(row, words)]))


def _fallen_back(row: MilestoneProgressRow, words: Words) -> str:
    if row["crossed_month"] is None:
        return ""
    return words.say(
        "La cible a été atteinte en {month}, puis des corrections ont ramené le cumul au-dessous.",
        month=words.month(row["crossed_month"]),
    )


def _why_lasting(row: MilestoneProgressRow, words: Words) -> list[str]:
    due = words.date(row["due_on"])
    against: dict[str, str] = {
        MilestoneStatus.MISSED: words.say("L’échéance du {due} est passée.", due=due),
        MilestoneStatus.AHEAD: words.say("À ce rythme, l’échéance du {due} serait tenue avec de la marge.", due=due),
        MilestoneStatus.ON_TRACK: words.say("À ce rythme, l’échéance du {due} serait tenue, sans certitude.", due=due),
        MilestoneStatus.TOO_EARLY: words.say("Il est trop tôt pour dire si l’échéance du {due} sera tenue.", due=due),
        MilestoneStatus.LATE: words.say("À ce rythme, l’échéance du {due} ne serait pas tenue.", due=due),
    }
    judged = against.get(row["status"], "") if row["due_on"] is not None else ""
    dated = ""
    if row["projected_month"] is not None:
        dated = words.say(
            "Au rythme des douze derniers mois complets ({pace} par mois), {when}.",
            pace=words.hours(row["pace_per_month"]),
            when=would_be_reached(row, words),
        )
    sentences = [dated, why_no_date(row, words), judged]
    return sentences if row["status"] != MilestoneStatus.MISSED else [judged, *sentences[:2]]


def _why_year(row: MilestoneProgressRow, words: Words) -> list[str]:
    if row["status"] == MilestoneStatus.MISSED:
        return [
            words.say(
                "L’année {year} est terminée\u202f; il a manqué {hours}.",
                year=row["year"],
                hours=words.hours(-row["gap_hours"]),
            )
        ]
    if row["obstacle"] is not None:
        return [why_no_date(row, words)]
    sentences = []
    if row["complete_months"]:
        sentences.append(
            words.say_count(
                "Sur {n} mois complet\u00a0: {done} réalisées.",
                "Sur {n} mois complets\u00a0: {done} réalisées.",
                row["complete_months"],
                done=words.hours(row["complete_hours"]),
            )
        )
    if row["year_low_hours"] is not None:
        sentences.append(
            words.say(
                "Au rythme des douze derniers mois complets, l’année finirait entre {low} et {high} (8 chances sur 10\u202f; estimation).",
                low=words.hours(row["year_low_hours"]),
                high=words.hours(row["year_high_hours"]),
            )
        )
    return sentences


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
