"""The sheet of one page: of the whole, a client, a commune or a clause category, whichever the filters leave."""

from dataclasses import replace
from typing import Any, Final

from data.codes import CommentScope
from data.words import N_, Words
from pages.parts.comments import COMMENTED, comment_kind, comment_origin, comments_on
from pages.parts.lot_alerts import lots_text
from pages.reports.about import document, filters_line, view_address
from pages.reports.document import Block, Document, Figures, Heading, Picture, Sentences
from pages.reports.pdf import on_one_page
from pages.reports.subjects import Subject, clause_subject, client_subject, commune_subject, whole_subject
from queries import answers
from queries.errors import QueryError
from queries.filters import FILTERS
from queries.rights.access import Access
from queries.rights.trace import Surface
from queries.scope import Scope

_HEIGHTS: Final = (320, 250, 190)  # pixels of the chart: the first that leaves the sheet on one page
_LONGEST: Final = 600  # characters of a comment
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
    made = on_one_page(sheet_document(access, scope, words, server=server, height=height) for height in _HEIGHTS)
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
        *_comment(access, scope, words),
        Sentences(lines=(*subject.notes, filters_line(access, scope, words)), kind="notes"),
    ]
    address = view_address(access, subject.scope, words, subject.path, server, **subject.query)
    return document(access, scope, words, subject.title, blocks, address=address)


def _comment(access: Access, scope: Scope, words: Words) -> list[Block]:
    """The latest comment on what the sheet is about; cut where it is long: the page has all of it."""
    rows = comments_on(access, *_commented(access, scope))
    if not rows:
        return []
    text = " ".join(rows[0]["text"].split())
    short = text if len(text) <= _LONGEST else f"{text[:_LONGEST].rsplit(' ', 1)[0]}\u00a0…"
    origin = words.named(comment_kind(rows[0], words), comment_origin(rows[0], words))
    return [Heading(text=origin, level=2), Sentences(lines=(short,))]


def _commented(access: Access, scope: Scope) -> tuple[CommentScope, list[str]]:
    """What comments on the sheet are about: the one client or commune of the filters, else the year or the whole; nothing under other filters."""
    chosen = {name: values for name in FILTERS if (values := getattr(scope, name)) is not None}
    if not chosen and access.is_whole(scope):
        is_a_year = scope.first_year is not None and scope.first_year == scope.last_year and not scope.has_months
        return (CommentScope.YEAR, [str(scope.first_year)]) if is_a_year else (CommentScope.ALL, [""])
    for kind, name in COMMENTED.items():
        if list(chosen) == [name] and len(chosen[name]) == 1:
            return kind, list(chosen[name])
    return CommentScope.ALL, []


def _subject(access: Access, scope: Scope, words: Words) -> Subject:
    chosen = [(field, values) for field in SUBJECTS if (values := getattr(scope, field)) is not None]
    if len(chosen) == 1 and len(chosen[0][1]) == 1:
        field, (value,) = chosen[0]
        nothing: dict[str, Any] = {field: None}
        subject = SUBJECTS[field](access, replace(scope, **nothing), scope, value, words)
    else:
        subject = whole_subject(access, scope, words)
    if subject is None:
        raise QueryError(N_("aucune heure pour ces filtres\u00a0: il n’y a rien à mettre sur une fiche."))
    return subject


def _alerts(access: Access, scope: Scope, words: Words) -> str:
    """How many lots need a call, and why."""
    alerts = {row["alert"]: row for row in answers.lot_alerts(access, scope)}
    return lots_text(alerts, words)
