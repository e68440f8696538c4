"""What became of obligations: the figure, sentence and notes of completion, shared by the pages of clients and of clause types."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, TypedDict

from data.words import Words
from pages.parts.blocks import Figure
from queries.answers import TotalsRow


class Rated(TypedDict):
    """A completion rate, its two sides, and the lots outside of it."""

    rated_committed: Decimal
    rated_hours: Decimal
    completion_ratio: float | None
    lots_excluded: int


class Completion(Rated):
    """What answers about lots have of completion."""

    completion_closed_ratio: float | None
    rated_closed_hours: Decimal
    rated_closed_committed: Decimal
    completion_running_ratio: float | None
    rated_running_hours: Decimal
    rated_running_committed: Decimal


class Totals(Completion):
    """What a table's last row shows of an answer."""

    hours_validated: Decimal
    hours_pending: Decimal
    hours_committed: Decimal
    lots: int


def completion_figure(row: Completion, words: Words) -> Figure:
    """Completion of the rated lots with its two sides, closed lots apart from running ones. `row`: of totals or of hours_by_client."""
    both = row["completion_closed_ratio"] is not None and row["completion_running_ratio"] is not None
    parts = [
        words.say("lots soldés\u00a0: {share} ({sides})", **_closed(row, words)) if both else "",
        words.say("lots en cours\u00a0: {share} à ce jour ({sides})", **_running(row, words)) if both else "",
    ]
    return Figure(
        label=_completion_label(row, words),
        value=rate_text(row["completion_ratio"], words),
        note=joined([rate_sides(row, words), *parts], words),
        term="taux-de-realisation",
    )


def rate_text(ratio: float | None, words: Words) -> str:
    """A completion rate; where no lot has one, that it cannot be computed."""
    return words.say("non calculable") if ratio is None else words.percent(ratio)


def _closed(row: Completion, words: Words) -> dict[str, str]:
    """The rate of closed lots and its two sides."""
    sides = _sides(row["rated_closed_hours"], row["rated_closed_committed"], words)
    return {"share": words.percent(row["completion_closed_ratio"]), "sides": sides}


def _running(row: Completion, words: Words) -> dict[str, str]:
    """The rate of running lots, to date, and its two sides."""
    sides = _sides(row["rated_running_hours"], row["rated_running_committed"], words)
    return {"share": words.percent(row["completion_running_ratio"]), "sides": sides}


def _sides(done: Decimal, committed: Decimal, words: Words) -> str:
    return words.say("{done} sur {committed}", done=words.hours(done), committed=words.hours(committed))


def _completion_label(row: Completion, words: Words) -> str:
    """Whose rate it is, where the rated lots are all closed or all running."""
    if row["completion_ratio"] is not None and row["completion_running_ratio"] is None:
        return words.say("Réalisation des lots soldés")
    if row["completion_ratio"] is not None and row["completion_closed_ratio"] is None:
        return words.say("Réalisation à ce jour des lots en cours")
    return words.say("Taux de réalisation")


def rate_sides(row: Rated, words: Words) -> str:
    """What the rate is computed from: "1 200 h réalisées sur 3 000 h engagées par les mêmes lots ; 2 lots hors du taux"."""
    if row["completion_ratio"] is None:
        return words.say("aucun lot en cours ou soldé n’a d’obligation chiffrée")
    return joined([rated_text(row, words), excluded_text(row, words)], words)


def excluded_text(row: Mapping[str, Any], words: Words) -> str:
    """How many lots are left out of the rate; empty without any. `row`: as `Rated`."""
    if not row["lots_excluded"]:
        return ""
    return words.say_count("{n} lot hors du taux", "{n} lots hors du taux", row["lots_excluded"])


def rated_text(row: Rated, words: Words) -> str:
    """Numerator and denominator of the completion rate, over the same lots; empty without a rated lot."""
    if row["completion_ratio"] is None:
        return ""
    return words.say(
        "{done} réalisées sur {committed} engagées par les mêmes lots",
        done=words.hours(row["rated_hours"]),
        committed=words.hours(row["rated_committed"]),
    )


def sides_text(row: Mapping[str, Any], words: Words) -> str:
    """Numerator and denominator, short: "300 h sur 650 h"; empty without a rated lot. `row`: as `Rated`."""
    if row["completion_ratio"] is None:
        return ""
    return _sides(row["rated_hours"], row["rated_committed"], words)


def completion_sentence(totals: TotalsRow, words: Words) -> str:
    """What became of the obligations, closed lots apart from running ones, exclusions counted."""
    clauses = []
    if totals["completion_ratio"] is None:
        clauses.append(words.say("taux de réalisation non calculable"))
    else:
        clauses.append(f"{rated_text(totals, words)} ({words.percent(totals['completion_ratio'])})")
    if totals["completion_closed_ratio"] is not None:
        clauses.append(words.say("sur les lots soldés, {share} au final ({sides})", **_closed(totals, words)))
    if totals["completion_running_ratio"] is not None:
        clauses.append(words.say("sur les lots en cours, {share} à ce jour ({sides})", **_running(totals, words)))
    if totals["lots_excluded"]:
        clauses.append(
            words.say_count(
                "{n} lot n’y est pas\u00a0: sans obligation chiffrée, pas encore démarré ou arrêté",
                "{n} lots n’y sont pas\u00a0: sans obligation chiffrée, pas encore démarrés ou arrêtés",
                totals["lots_excluded"],
            )
        )
    text = joined(clauses, words)
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def completion_note(words: Words) -> str:
    """Why a rate may exceed 100 %, and over which hours it is."""
    return words.say(
        "Un taux dépasse 100\u00a0% quand les entreprises font plus que leur obligation. "
        "Il porte sur toute la vie des lots\u202f; avec un filtre d’années ou de mois, sur celle des lots actifs à ce moment-là."
    )


def closed_and_running(row: Mapping[str, Any], words: Words) -> str:
    """The rate of closed lots, then of running ones: "soldés 97,2 % · en cours 41,0 %". `row`: as `Completion`."""
    parts = []
    if row["completion_closed_ratio"] is not None:
        parts.append(words.say("soldés {share}", share=words.percent(row["completion_closed_ratio"])))
    if row["completion_running_ratio"] is not None:
        parts.append(words.say("en cours {share}", share=words.percent(row["completion_running_ratio"])))
    return " · ".join(parts)


def totals_row(answer: Totals) -> Totals:
    """What a table's last row shows of the totals (or of a client): computed in SQL, never a sum made here.

    Without contracts: one may have lots of several clients or clause types, so that its column does not add up.
    """
    return {
        "hours_validated": answer["hours_validated"],
        "hours_pending": answer["hours_pending"],
        "hours_committed": answer["hours_committed"],
        "rated_hours": answer["rated_hours"],
        "rated_committed": answer["rated_committed"],
        "completion_ratio": answer["completion_ratio"],
        "completion_closed_ratio": answer["completion_closed_ratio"],
        "rated_closed_hours": answer["rated_closed_hours"],
        "rated_closed_committed": answer["rated_closed_committed"],
        "completion_running_ratio": answer["completion_running_ratio"],
        "rated_running_hours": answer["rated_running_hours"],
        "rated_running_committed": answer["rated_running_committed"],
        "lots": answer["lots"],
        "lots_excluded": answer["lots_excluded"],
    }


def joined(parts: Sequence[str], words: Words) -> str:
    """The parts that say something, parted by semicolons as the language writes them."""
    filled = [part for part in parts if part]
    text = filled[0] if filled else ""
    for part in filled[1:]:
        text = words.say("{first}\u202f; {second}", first=text, second=part)
    return text
