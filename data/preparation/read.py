"""Reads the files of a preparation, as the shell does, and says how far it is: to questions, to reasons of refusal, or to a candidate."""

import datetime as dt
import shutil
from dataclasses import replace
from decimal import Decimal
from typing import Final

from data.observatory.publish import check_place
from data.preparation.folder import Preparation, forget_old
from data.preparation.proposal import proposed, questions, taken
from data.preparation.reading import Reading, accepts_anomalies, as_of
from data.preparation.sheets import sheets_read
from data.preparation.state import Phase
from data.problems import Problem
from data.release.candidate import not_written, write_read
from data.release.compare import compared
from data.release.publishing import publishing_lock, sweep
from data.release.releases import WORK, read_release
from data.release.report import hours_by_source
from data.release.write import release_before
from data.settings import Settings
from data.sources.extract import Extract, Step
from data.sources.judge import judged
from data.sources.mapping import Mapping
from data.sources.mapping_entries import mapping_text
from data.sources.mapping_file import load_mapping
from data.sources.stages import one_kind, opened, typed
from data.words import N_

# Reasons that the answers to the questions take away.
_ANSWERED: Final = frozenset(
    {
        "unknown_code", "missing_column", "missing_columns", "months_as_columns", "months_without_year", "percent_or_fraction",
        "total_question", "several_communes",
    }
)  # fmt: skip


def read(preparation: Preparation, settings: Settings, today: dt.date, step: Step) -> tuple[Phase, Reading]:
    """The content of the files and the result of a publish. The candidate is written when no question is open and no problem is left.

    Within the publishing lock: one publish at a time reads, writes and serves. ExtractError when another one is under way.
    """
    with publishing_lock():
        sweep()
        forget_old(settings.publishing.keep_days)
        shutil.rmtree(preparation.candidate, ignore_errors=True)
        phase = None
        try:
            with not_written():
                phase, reading = _read(preparation, settings, today, step)
            return phase, reading
        finally:
            if phase is not Phase.READY:
                shutil.rmtree(preparation.candidate, ignore_errors=True)


def _read(preparation: Preparation, settings: Settings, today: dt.date, step: Step) -> tuple[Phase, Reading]:
    # Slices of an observatory are published from the shell, which names their structure.
    check_place("")
    decided = _decided(preparation)
    work = preparation.candidate / WORK
    work.mkdir(parents=True, mode=0o700)
    opening = opened(preparation.files, decided, settings, work, step)
    plan, suggested = proposed(opening.tables, decided)
    with opening.extract.connection:
        step(N_("reconnaissance des colonnes"))
        sheets = sheets_read(opening.tables, plan, opening.extract.connection)
        step(N_("contrôles"))
        extract = typed(opening, plan)
        one_kind(extract)
        is_whole = not opening.unreadable
        judged(extract, as_of(preparation), today, accepts_anomalies(preparation), settings, is_whole, step)
        mapping = taken(plan, extract.suggestions)
        open_questions = questions(decided, mapping, [*suggested, *extract.suggestions], extract.problems)
        reading = Reading(
            sheets=tuple(sheets),
            mapping=mapping_text(mapping),
            questions=tuple(open_questions),
            problems=tuple(_still_problems(extract.problems, is_open=bool(open_questions))),
            notices=tuple(extract.notices),
            rows={source.file: source.rows for source in extract.sources},
            hours=_hours(extract),
        )
        if open_questions:
            return Phase.QUESTIONS, reading
        if extract.problems:
            return Phase.REFUSED, reading
        write_read(extract, preparation.candidate, settings, step)
    shutil.rmtree(work)
    step(N_("comparaison avec la publication en service"))
    comparison = compared(read_release(preparation.candidate), release_before(), settings)
    return Phase.READY, replace(reading, comparison=comparison)


def _decided(preparation: Preparation) -> Mapping:
    """What was chosen here, else what served last month."""
    return load_mapping(preparation.mapping)


def _still_problems(problems: list[Problem], *, is_open: bool) -> list[Problem]:
    """The problems that answers to the questions do not take away."""
    return [problem for problem in problems if not (is_open and problem.kind in _ANSWERED)]


def _hours(extract: Extract) -> dict[str, Decimal]:
    pairs = zip(extract.sources, hours_by_source(extract), strict=True)
    return {source.file: hours for source, hours in pairs if hours is not None}
