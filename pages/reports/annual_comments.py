"""Comments in the yearly report: the authority's remarks on the year, with their author and date."""

from typing import TYPE_CHECKING

from data.codes import CommentScope
from pages.parts.comments import COMMENTED, comment_kind
from pages.parts.filters.names import Names
from pages.reports.document import Block, Heading, Table
from queries import answers
from queries.answers import CommentsRow
from queries.rights.rights import Right

if TYPE_CHECKING:
    from pages.reports.annual import ReportRequest


def comments(request: "ReportRequest") -> list[Block]:
    """The comments on the year, and on clients, communes and lots within the year; empty without any."""
    access, words = request.access, request.words
    if not access.rights.may(Right.COMMENTS):
        return []
    rows = [row for row in answers.comments(access) if _is_of(row, request)]
    if not rows:
        return []
    names = Names(access, words)
    return [
        Heading(text=words.say("Commentaires et décisions")),
        Table(
            caption=words.say("Commentaires de l’autorité sur l’année"),
            headers=(
                words.say("Sur quoi"), words.say("Nature du commentaire"), words.say("Période commentée"),
                words.say("Commentaire"), words.say("Auteur"), words.say("Écrit le"),
            ),
            numbers=(False,) * 6,
            rows=tuple(
                (
                    _about(row, names), comment_kind(row, words), row["period"] or "", row["text"], row["author_role"] or "",
                    words.short_date(row["written_on"]) if row["written_on"] else "",
                )
                for row in rows
            ),
        ),
    ]  # fmt: skip


def _is_of(row: CommentsRow, request: "ReportRequest") -> bool:
    """Whether a comment is about the year, and about what the filters of the report leave."""
    kind, code, year = CommentScope.of(row["scope_kind"]), row["scope_code"], str(request.year)
    of_year = code == year if kind is CommentScope.YEAR else (row["period"] or "").startswith(year)
    if not of_year:
        return False
    if request.access.is_whole(request.scope):
        return True
    field = COMMENTED.get(kind)
    return field is not None and code in (getattr(request.scope, field) or ())


def _about(row: CommentsRow, names: Names) -> str:
    kind, code = CommentScope.of(row["scope_kind"]), row["scope_code"] or ""
    label = names.words.say(kind.label)
    return names.words.named(label, names.of(COMMENTED[kind], code) if kind in COMMENTED else code) if code else label
