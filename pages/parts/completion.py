"""What became of obligations: the figure, sentence and notes of completion, shared by the pages of clients and of clause types."""

from collections.abc import Sequence
from decimal import Decimal
from typing import TypedDict

from data.words import Words
from pages.parts.blocks import Figure
from queries.answers import TotalsRow


class Completion(TypedDict):
    """What answers about lots have of completion."""

    completion_closed_ratio: float | None
    completion_running_ratio: float | None
    lots_excluded: int


class Totals(Completion):
    """What a table's last row shows of an answer."""

    hours_validated: Decimal
    hours_pending: Decimal
    hours_committed: Decimal
    lots: int


def completion_figure(row: Completion, words: Words) -> Figure:
    """Completion of closed lots, that of running ones and the lots outside. `row`: of totals or of hours_by_client."""
    excluded = words.say_count("{n} lot hors calcul", "{n} lots hors calcul", row["lots_excluded"])
    running = row["completion_running_ratio"]
    to_date = words.say("lots en cours\u00a0: {share} à ce jour", share=words.percent(running))
    return Figure(
        label=words.say("Réalisation des lots soldés"),
        value=words.percent(row["completion_closed_ratio"]),
        note=joined([to_date, excluded] if running is not None else [excluded], words),
        term="taux-de-realisation",
    )


def rate_sides(totals: TotalsRow, words: Words) -> str:
    """What the completion rate is computed from, beside it: "1 200 h sur 3 000 h engagées ; 2 lots hors calcul"."""
    sides = words.say(
        "{done} sur {engaged} engagées",
        done=words.hours(totals["rated_hours"]),
        engaged=words.hours(totals["rated_committed"]),
    )
    excluded = words.say_count("{n} lot hors calcul", "{n} lots hors calcul", totals["lots_excluded"])
    return joined([sides, excluded], words)


def completion_sentence(totals: TotalsRow, words: Words) -> str:
    """What became of the obligations, closed lots apart from running ones, exclusions counted."""
    said = []
    if totals["completion_closed_ratio"] is not None:
        said.append(
            words.say(
                "Sur les lots soldés, {share} des heures engagées ont été réalisées",
                share=words.percent(totals["completion_closed_ratio"]),
            )
        )
    if totals["completion_running_ratio"] is not None:
        share = words.percent(totals["completion_running_ratio"])
        said.append(words.say("sur les lots en cours, {share} à ce jour", share=share))
    if totals["lots_excluded"]:
        said.append(
            words.say_count(
                "{n} lot est hors calcul, sans obligation chiffrée ou pas encore démarré",
                "{n} lots sont hors calcul, sans obligation chiffrée ou pas encore démarrés",
                totals["lots_excluded"],
            )
        )
    text = joined(said, words)
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def completion_notes(words: Words) -> list[str]:
    """What the marks of the completion chart are."""
    return [
        words.say(
            "Barre\u00a0: lots soldés, résultat final. Losange\u00a0: lots en cours, à ce jour. Trait\u00a0: 100\u00a0%."
        ),
        words.say(
            "Un taux dépasse 100\u00a0% quand les entreprises font plus que leur obligation. "
            "Il porte sur toute la vie des lots\u202f; sous un filtre d’années, sur celle des lots actifs ces années-là."
        ),
    ]


def completion_text(row: Completion, words: Words) -> str:
    """Closed lots, running lots, lots outside the ratio: "soldés 97,2 % · en cours 41,0 % · 3 lots hors calcul"."""
    parts = []
    if row["completion_closed_ratio"] is not None:
        parts.append(words.say("soldés {share}", share=words.percent(row["completion_closed_ratio"])))
    if row["completion_running_ratio"] is not None:
        parts.append(words.say("en cours {share}", share=words.percent(row["completion_running_ratio"])))
    if row["lots_excluded"]:
        parts.append(words.say_count("{n} lot hors calcul", "{n} lots hors calcul", row["lots_excluded"]))
    return " · ".join(parts)


def totals_row(answer: Totals) -> Totals:
    """What a table's last row shows of the totals (or of a client): computed in SQL, never a sum made here.

    Without contracts: one may have lots of several clients or clause types, so that its column does not add up.
    """
    return {
        "hours_validated": answer["hours_validated"],
        "hours_pending": answer["hours_pending"],
        "hours_committed": answer["hours_committed"],
        "completion_closed_ratio": answer["completion_closed_ratio"],
        "completion_running_ratio": answer["completion_running_ratio"],
        "lots": answer["lots"],
        "lots_excluded": answer["lots_excluded"],
    }


def joined(parts: Sequence[str], words: Words) -> str:
    """The parts that say something, parted by semicolons as the language writes them."""
    said = [part for part in parts if part]
    text = said[0] if said else ""
    for part in said[1:]:
        text = words.say("{first}\u202f; {second}", first=text, second=part)
    return text
