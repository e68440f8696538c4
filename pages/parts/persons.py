"""Numbers of participants as text: rounded, or not disclosed, with the reason."""

from collections.abc import Mapping
from typing import Any

from data.words import NOTHING, Words
from pages.parts.blocks import Figure
from queries.rights.access import Access
from queries.scope import Scope
from queries.secrecy.cells import cell
from queries.secrecy.ladder import why_not

SECRECY = "secret-statistique"  # its entry on the definitions page


def why_no_number(access: Access, scope: Scope, words: Words) -> str:
    """Why participants have no figure under these filters, or several; empty when they have one."""
    reason = why_not(access.rights.narrowed(scope))
    return words.say(reason) if reason else ""


def persons_figure(headline: Mapping[str, Any], access: Access, scope: Scope, words: Words) -> Figure:
    """The persons of a scope, with the mean of their hours. `headline`: its row."""
    label, persons = words.say("Bénéficiaires"), cell(headline, "participants")
    if persons.hidden:
        return Figure(
            label=label,
            value=words.say("n.c."),
            note=words.say("par années entières seulement")
            if scope.has_months
            else words.say("pour un seul filtre à la fois")
            if why_no_number(access, scope, words)
            else words.say("secret statistique"),
            note_term=SECRECY,
            term="beneficiaires",
        )
    if persons.value is None:
        return Figure(label=label, value=NOTHING, note=words.say("non renseigné dans l’extraction"))
    notes = [words.say("arrondi à 5 près")] if persons.value else []
    if headline["hours_per_participant"] is not None:
        hours = words.hours(headline["hours_per_participant"])
        notes.append(words.say("{hours} en moyenne par personne identifiée", hours=hours))
    return Figure(
        label=label,
        value=words.number(persons.value),
        note=words.joined(notes),
        note_term=SECRECY if notes else "",
        term="beneficiaires",
    )
