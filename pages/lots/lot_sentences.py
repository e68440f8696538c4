"""The sentences and figures of one lot, from rows whose figures SQL has computed."""

from collections.abc import Sequence
from itertools import takewhile

from data import codes
from data.words import Words
from pages.parts.blocks import Figure
from pages.parts.changes import short_of
from pages.parts.lot_alerts import days_text, some_hours, status_text
from queries.answers import LotEmployersRow, LotFactsRow, LotMonthsRow


def lot_text(lot: LotFactsRow, words: Words) -> str:
    """The header sentence of a lot: its state, its hours, where it stands against its pace.

    `lot`: the row of lot_facts.
    """
    text = words.say("{status}\u00a0: {done}", status=_capital(status_text(lot, words)), done=_done(lot, words))
    return f"{text}{_standing(lot, words)}."


def _done(lot: LotFactsRow, words: Words) -> str:
    hours, committed = lot["hours_to_date"], lot["hours_committed"]
    done = (
        words.say("{hours} réalisées", hours=some_hours(hours, words)) if hours else words.say("aucune heure réalisée")
    )
    if committed is None:
        return words.say("{done}, l’obligation en heures n’est pas connue", done=done)
    return words.say("{done} sur {committed} engagées", done=done, committed=words.hours(committed))


def _standing(lot: LotFactsRow, words: Words) -> str:
    """The end of the sentence; empty for a lot without a computable pace."""
    alert = lot["alert"]
    if alert == "over":
        return words.say(", soit {share} de l’obligation", share=words.percent(lot["completion_ratio"]))
    if alert == "ended_short":
        values = {
            "share": short_of(lot["completion_ratio"], 1, words),
            "hours": some_hours(lot["left_hours"], words),
        }
        if lot["status"] == "closed":
            return words.say(", soit {share}\u202f; il a manqué {hours}", **values)
        return words.say(", soit {share}\u202f; il manquait {hours} à la fin du dernier mois complet", **values)
    if lot["expected_hours"] is None or lot["status"] == "closed":
        return ""
    if alert == "not_started":
        return words.say(
            ", alors que {share} de la durée est écoulée, pour {hours} attendues à la fin du dernier mois complet",
            share=words.percent(lot["time_ratio"], 0),
            hours=words.hours(lot["expected_hours"]),
        )
    if lot["pace_ratio"] is None:
        return words.say("\u202f; le lot commence")
    if not lot["missing_hours"]:
        return words.say(
            "\u202f; le rythme attendu est tenu ({hours} à la fin du dernier mois complet)",
            hours=words.hours(lot["expected_hours"]),
        )
    expected, missing = words.hours(lot["expected_hours"]), some_hours(lot["missing_hours"], words)
    if lot["hours_to_date"]:
        text = words.say(
            ", dont {done} à la fin du dernier mois complet, soit {share} des {hours} attendues alors",
            done=some_hours(lot["complete_hours"], words),
            share=short_of(lot["pace_ratio"], 1, words),
            hours=expected,
        )
    else:
        text = words.say(", pour {hours} attendues à la fin du dernier mois complet", hours=expected)
    if alert == "ending":
        return words.say("{told}\u202f; il manquait {missing} à l’obligation", told=text, missing=missing)
    return words.say("{told}\u202f; il en manquait {missing}", told=text, missing=missing)


def lot_figures(lot: LotFactsRow, words: Words) -> list[Figure]:
    """Done, expected, what is left of its time, what waits for its validation."""
    gap = lot["gap_hours"]
    sign = "+" if gap is not None and gap > 0 else ""
    return [
        Figure(
            label=words.say("Heures réalisées"),
            value=words.hours(lot["hours_to_date"]),
            note=words.say(
                "{share} des {committed} engagées",
                share=words.percent(lot["completion_ratio"]),
                committed=words.hours(lot["hours_committed"]),
            )
            if lot["completion_ratio"] is not None
            else words.say("sans taux de réalisation\u00a0: {why}", why=_why_no_rate(lot, words)),
            term="heures-validees",
        ),
        Figure(
            label=words.say("Heures attendues à la fin du dernier mois complet"),
            value=words.hours(lot["expected_hours"]),
            note=words.say("écart\u00a0: {hours}", hours=f"{sign}{words.hours(gap)}") if gap is not None else "",
            term="rythme-attendu",
        ),
        Figure(
            label=words.say("Fin prévue"),
            value=words.short_date(lot["ends_on"]),
            note=days_text(lot["days_left"], words),
        ),
        Figure(
            label=words.say("Heures en attente"),
            value=words.hours(lot["pending_to_date"]),
            note=words.say("dernier mois déclaré\u00a0: {month}", month=words.month(lot["last_month"]))
            if lot["last_month"]
            else words.say("aucune déclaration"),
            term="heures-en-attente",
        ),
    ]


def _why_no_rate(lot: LotFactsRow, words: Words) -> str:
    if lot["obligation_kind"] in (None, "hours") and lot["hours_committed"]:
        return words.say("le lot n’est ni en cours ni soldé")
    return words.say("l’obligation n’est pas un nombre d’heures")


def effort_text(lot: LotFactsRow, months: Sequence[LotMonthsRow], words: Words) -> str:
    """The sentence of the curve: what is left to do each month beside the best three months in a row, or when the obligation was kept."""
    committed, needed = lot["hours_committed"], lot["needed_per_month"]
    if lot["expected_hours"] is None:
        return words.say(
            "Sans rythme attendu\u00a0: il faut un nombre d’heures engagées, deux dates, un lot en cours ou soldé."
        )
    kept = list(takewhile(lambda row: committed is not None and row["cumulative_hours"] >= committed, reversed(months)))
    if kept:
        return words.say("L’obligation a été remplie en {month}.", month=words.month(kept[-1]["month"]))
    if lot["alert"] == "ended_short":
        return words.say("L’obligation n’a pas été remplie.")
    if needed is None:
        return words.say(
            "À la fin du dernier mois complet, il restait {left} à faire\u202f; fin prévue {when}.",
            left=some_hours(lot["left_hours"], words),
            when=days_text(lot["days_left"], words),
        )
    text = words.say(
        "À la fin du dernier mois complet, il restait {left} à faire, soit {needed} par mois jusqu’à la fin prévue",
        left=some_hours(lot["left_hours"], words),
        needed=some_hours(needed, words),
    )
    best = lot["best_per_month"]
    if best is None or best <= 0:
        return f"{text}."
    return words.say(
        "{told}\u202f; ses trois meilleurs mois complets d’affilée en comptent {best} en moyenne.",
        told=text,
        best=some_hours(best, words),
    )


def months_text(months: Sequence[LotMonthsRow], words: Words) -> str:
    """The sentence of the months: the best one, and those that wait for their validation."""
    best = max(months, key=lambda row: row["hours_validated"])
    pending = [words.month(row["month"]) for row in months if row["hours_pending"]]
    if best["hours_validated"] < 0:
        text = words.say("Aucune heure réalisée, corrections déduites.")
    elif not best["hours_validated"]:
        text = words.say("Aucun mois n’a d’heures réalisées.")
    else:
        text = words.say(
            "Au plus haut en {month}\u00a0: {hours}.",
            month=words.month(best["month"]),
            hours=words.hours(best["hours_validated"]),
        )
    if not pending:
        return text
    waiting = words.say("En attente de validation\u00a0: {months}.", months=words.listed(pending))
    return f"{text} {waiting}"


def employers_text(kinds: Sequence[LotEmployersRow], words: Words) -> str:
    """The sentence of the employer kinds: the first one and its share."""
    first = kinds[0]
    if not first["hours_validated"]:
        return words.say("Aucune heure réalisée\u00a0: rien à répartir.")
    label = words.say("Non renseigné")
    if first["employer_kind"] is not None:
        label = words.say(codes.EmployerKind.of(first["employer_kind"]).label)
    return words.say(
        "{kind}\u00a0: {share} des heures réalisées.", kind=label, share=words.percent(first["share_ratio"])
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
