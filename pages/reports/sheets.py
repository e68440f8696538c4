"""The sheet of one page: of the whole, a client, a commune or a clause category, whichever the filters leave."""

from dataclasses import replace
from typing import Any, Final

from data.words import N_, Words
from pages.parts.lot_alerts import lots_text
from pages.reports.about import document, filters_line, view_address
from pages.reports.document import Block, Document, Figures, Heading, Picture, Sentences
from pages.reports.pdf import pages, pdf
from pages.reports.subjects import Subject, clause_subject, client_subject, commune_subject, whole_subject
from queries import answers
from queries.errors import QueryError
from queries.rights.access import Access
from queries.rights.trace import Surface
from queries.scope import Scope

_HEIGHTS: Final = (320, 250, 190)  # pixels of the chart: the first that leaves the sheet on one page
# Field of the scope → what a sheet of one of its values is about.
SUBJECTS: Final = {
    "clients": client_subject,
    "execution_communes": commune_subject,
    "clause_categories": clause_subject,
}


def sheet(access: Access, scope: Scope, words: Words, *, server: str = "") -> bytes:
    """The sheet as PDF. `server`: its address, for that of the view.

    Raises QueryError when the filters leave nothing, or are not open to the reader.
    """
    made = b""
    for height in _HEIGHTS:
        made = pdf(sheet_document(access, scope, words, server=server, height=height))
        if pages(made) == 1:
            break
    access.trace("sheet", scope, 1, surface=Surface.EXPORT)
    return made


def sheet_document(
    access: Access, scope: Scope, words: Words, *, server: str = "", height: int = _HEIGHTS[0]
) -> Document:
    """The sheet, before it is typeset. `height`: of its chart, in pixels."""
    subject = _subject(access, scope, words)
    if subject.chart is not None:
        subject.chart.figure.update_layout(height=height)
    blocks: list[Block] = [
        Heading(text=subject.title),
        Sentences(lines=(subject.sentence,), kind="lead"),
        Figures(figures=subject.figures),
    ]
    if subject.chart is not None:
        blocks.append(Picture(charts=(subject.chart,), caption=subject.chart.name))
    if subject.table is not None and subject.table.rows:
        blocks.append(subject.table)
    blocks += [
        Sentences(lines=(_alerts(access, scope, words),)),
        Sentences(lines=(*subject.notes, filters_line(access, scope, words)), kind="notes"),
    ]
    address = view_address(access, subject.scope, words, subject.path, server, **subject.query)
    return document(access, scope, words, subject.title, blocks, address=address)


def _subject(access: Access, scope: Scope, words: Words) -> Subject:
    chosen = [(field, values) for field in SUBJECTS if (values := getattr(scope, field)) is not None]
    if len(chosen) == 1 and len(chosen[0][1]) == 1:
        field, (value,) = chosen[0]
        nothing: dict[str, Any] = {field: None}
        found = SUBJECTS[field](access, replace(scope, **nothing), scope, value, words)
    else:
        found = whole_subject(access, scope, words)
    if found is None:
        raise QueryError(N_("aucune heure pour ces filtres\u00a0: il n’y a rien à mettre sur une fiche."))
    return found


def _alerts(access: Access, scope: Scope, words: Words) -> str:
    """How many lots need a call, and why."""
    alerts = {row["alert"]: row for row in answers.lot_alerts(access, scope)}
    return lots_text(alerts, access.release.data_as_of, words)
