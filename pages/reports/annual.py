"""The yearly report: one document, written as PDF or for Word."""

from dataclasses import dataclass

from data.words import N_, Words
from pages.reports import annual_comments, annual_hours, annual_method, annual_people, annual_places
from pages.reports.about import document, view_address
from pages.reports.document import Document
from pages.reports.pdf import pdf
from pages.reports.word import docx
from queries import answers
from queries.errors import QueryError
from queries.rights.access import Access
from queries.rights.trace import Surface
from queries.scope import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRequest:
    """The request for a report: the reader's access, the year, its scope, and the same filters over all years up to it."""

    access: Access
    words: Words
    year: int
    scope: Scope
    until: Scope


def annual_pdf(access: Access, scope: Scope, words: Words, year: int, *, server: str = "") -> bytes:
    """The report as tagged PDF. Raises QueryError when the year has no hours under the filters."""
    return _traced(access, scope, pdf(annual_document(access, scope, words, year, server=server)))


def annual_docx(access: Access, scope: Scope, words: Words, year: int, *, server: str = "") -> bytes:
    """The report for Word, in Word's own styles. Raises what `annual_pdf` raises."""
    return _traced(access, scope, docx(annual_document(access, scope, words, year, server=server), words))


def _traced(access: Access, scope: Scope, made: bytes) -> bytes:
    access.trace("annual_report", scope, 1, surface=Surface.EXPORT)
    return made


def annual_document(access: Access, scope: Scope, words: Words, year: int, *, server: str = "") -> Document:
    """The report before it is typeset: the filters of the scope, whatever its years."""
    request = ReportRequest(
        access=access,
        words=words,
        year=year,
        scope=scope.in_years(year, year),
        until=scope.in_years(None, year),
    )
    months = answers.hours_by_month(access, request.scope)
    if not answers.headline(access, request.scope)["lots"] or not months:
        raise QueryError(
            N_("aucune heure en {year} pour ces filtres\u00a0: il n’y a pas de rapport à faire."), year=year
        )
    blocks = [
        *annual_hours.year_in_a_page(request),
        *annual_hours.milestones(request),
        *annual_hours.clauses(request),
        *annual_places.clients(request),
        *annual_places.communes(request),
        *annual_places.lots(request),
        *annual_comments.comments(request),
        *annual_places.considerations(request),
        *annual_people.people(request),
        *annual_people.exits(request),
        *annual_method.method(request),
        *annual_method.annexes(request),
    ]
    title = words.say("Rapport {year} sur les heures d’insertion", year=year)
    address = view_address(access, request.scope, words, "annees", server)
    return document(
        access, request.scope, words, title, blocks, address=address, cover=True, contents=words.say("Sommaire")
    )
