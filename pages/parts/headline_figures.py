"""The four figures of one commune, one clause category, or any scope: hours, completion, lots, participants."""

from data.words import Words
from pages.parts.blocks import Figure
from pages.parts.completion import rate_sides, rate_text
from pages.parts.persons import persons_figure
from queries.answers import HeadlineRow
from queries.rights.access import Access
from queries.scope import Scope


def headline_figures(headline: HeadlineRow, access: Access, scope: Scope, words: Words) -> list[Figure]:
    """Hours, completion, lots, persons."""
    return [
        Figure(
            label=words.say("Heures réalisées"), value=words.hours(headline["hours_validated"]), term="heures-validees"
        ),
        Figure(
            label=words.say("Taux de réalisation"),
            value=rate_text(headline["completion_ratio"], words),
            note=rate_sides(headline, words),
            term="taux-de-realisation",
        ),
        Figure(label=words.say("Lots"), value=words.number(headline["lots"])),
        persons_figure(headline, access, scope, words),
    ]
