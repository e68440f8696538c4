"""Participants and exits in the yearly report, rounded or hidden as on screen."""

from typing import TYPE_CHECKING

from pages.parts import exits_sentences, profile_sentences
from pages.parts.persons import why_no_number
from pages.parts.profile_columns import trait_columns
from pages.reports.document import Block, Figures, Heading, Sentences, table_of
from queries import answers
from queries.rights.right import Right

if TYPE_CHECKING:
    from pages.reports.annual import ReportRequest


def _closed(request: "ReportRequest", *needed: str) -> str:
    """Why the report says nothing of participants; empty when it does."""
    words = request.words
    if not request.access.rights.may(Right.PEOPLE):
        return words.say("Les chiffres sur les personnes ne sont pas ouverts à ce lecteur.")
    if any(column in request.access.release.absent_columns for column in needed):
        return words.say("L’extraction n’a pas les colonnes qu’il faut pour compter les personnes.")
    return why_no_number(request.access, request.scope, words)


def people(request: "ReportRequest") -> list[Block]:
    """Who worked in the year."""
    access, words = request.access, request.words
    heading = Heading(text=words.say("Publics"))
    if reason := _closed(request, "hours.participant_id"):
        return [heading, Sentences(lines=(reason,))]
    headline = answers.headline(access, request.scope)
    traits = profile_sentences.with_shares(answers.people_by_trait(access, request.scope), "persons", words)
    figures = profile_sentences.people_figures(headline, traits, "persons", access, request.scope, words)
    return [
        heading,
        Sentences(lines=(profile_sentences.who_worked(headline, traits, "persons", words),), kind="lead"),
        Figures(figures=tuple(figures)),
        table_of(profile_sentences.listed(traits), trait_columns(words), words, words.say("Personnes selon leurs caractéristiques")),
        Sentences(lines=tuple(profile_sentences.people_notes(access.release.absent_columns, words)), kind="notes"),
    ]  # fmt: skip


def exits(request: "ReportRequest") -> list[Block]:
    """What became of those who left in the year."""
    access, words = request.access, request.words
    heading = Heading(text=words.say("Sorties"))
    if reason := _closed(request, "hours.participant_id", "hours.exit_outcome"):
        return [heading, Sentences(lines=(reason,))]
    points = exits_sentences.point_rows(answers.exits_by_clause(access, request.scope), words)
    if not points:
        return [heading, Sentences(lines=(words.say(exits_sentences.NO_EXIT),))]
    outcomes = exits_sentences.outcome_rows(answers.exits_by_point(access, request.scope), words)
    return [
        heading,
        Sentences(lines=(exits_sentences.what_becomes(points, words),), kind="lead"),
        Figures(figures=tuple(exits_sentences.exit_figures(points, words))),
        table_of(points, exits_sentences.columns(words.say("Moment de l’observation")), words, words.say("Situation des personnes sorties")),
        table_of(outcomes, exits_sentences.outcome_columns(words), words, words.say("Personnes sorties, par situation et moment de l’observation")),
        Sentences(lines=tuple(exits_sentences.exit_notes(words)), kind="notes"),
    ]  # fmt: skip
