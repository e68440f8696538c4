"""Several values of a filter: one line each, side by side, never their whole."""

from collections.abc import Sequence
from typing import Final

from data.codes import OutcomePoint
from data.words import N_, Words
from pages.parts.blocks import show_notes, show_question
from pages.parts.exits_sentences import rated
from pages.parts.filters.names import Names
from pages.parts.persons import why_no_number
from pages.parts.read import reading
from pages.parts.tables import Column, show_table
from queries.secrecy.cells import Cell, Row, cell, with_cells
from queries.secrecy.ladder import Off, Population, populations

# Trait, value, header: what a line of *Publics* gives beside the number of participants.
_TRAITS: Final = (
    ("gender", "F", N_("Femmes (%)")),
    ("age_band", "<26", N_("Moins de 26\u00a0ans (%)")),
    ("is_qpv", "true", N_("Habitants d’un quartier prioritaire (%)")),
    ("is_deld", "true", N_("Demandeurs d’emploi de longue durée (%)")),
    ("is_rsa", "true", N_("Bénéficiaires du RSA (%)")),
    ("is_rqth", "true", N_("Travailleurs handicapés (%)")),
)


def several() -> Sequence[Population]:
    """The populations of the reader's filters when there are several."""
    current = reading()
    measured = populations(current.access.rights.narrowed(current.scope))
    return () if isinstance(measured, Off) or len(measured) < 2 else measured


def show_side_by_side(question: str, lines: Sequence[Row], columns: Sequence[Column], name: str) -> None:
    """The page of several values: the sentence that explains, the table. `lines`: rows with `population`."""
    current = reading()
    words = current.words
    show_question(question, why_no_number(current.access, current.scope, words))
    show_table(lines, columns, caption=question, name=name, folded=False)
    show_notes([words.say("n.c.\u00a0: non communiqué (secret statistique)\u202f; nombres arrondis à 5 près.")])


def profile_lines(rows: Sequence[Row]) -> list[Row]:
    """One line a population: participants and the shares of some traits, from rows of people_by_trait."""
    lines: list[Row] = []
    for line, own in _named(rows):
        total = next((cell(row, "participants") for row in own if row["is_total"]), Cell(None, hidden=True))
        shares = {
            f"{trait}_{value}": next(
                (cell(row, "participants") for row in own if (row["trait"], row["value"]) == (trait, value)),
                Cell(None, hidden=True),
            ).part_of(total)
            for trait, value, _ in _TRAITS
        }
        lines.append(with_cells(line, participants=total, **shares))
    return lines


def profile_line_columns(words: Words) -> tuple[Column, ...]:
    """Of profile_lines."""
    shares = (
        Column(key=f"{trait}_{value}", label=words.say(header), kind="percent") for trait, value, header in _TRAITS
    )
    return (
        Column(key="name", label=words.say("Filtre")),
        Column(key="participants"),
        *shares,
    )


def grouped(rows: Sequence[Row]) -> list[tuple[str, list[Row]]]:
    """The name and the rows of each population, those that have none included."""
    return [(line["name"], own) for line, own in _named(rows)]


def _named(rows: Sequence[Row]) -> list[tuple[Row, list[Row]]]:
    current = reading()
    names = Names(current.access, current.words)
    return [
        (
            {"name": names.of(population.field, population.value)},
            [row for row in rows if row["population"] == population.value],
        )
        for population in several()
    ]


def population_rows(rows: Sequence[Row], words: Words) -> list[Row]:
    """One row per population of several filters, on exit, from rows of exits_by_clause."""
    return [
        rated([row for row in own if row["outcome_point"] == OutcomePoint.EXIT], name, words)
        for name, own in grouped(rows)
    ]
