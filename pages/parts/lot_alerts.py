"""The alerts of lots in words: their names and marks, why a lot has one, how a lot is called."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final, TypedDict

from data.codes import Code, LotStatus
from data.words import N_, Words
from pages.parts.changes import short_of
from pages.parts.own_keys import own_key
from queries.answers import LotAlertsRow


class LotAlert(Code):
    """The codes of the question lots, and the two sums of lot_alerts; in the order of the choice."""

    TO_CALL = "to_call", N_("À relancer")
    ENDING = "ending", N_("Fin proche")
    NOT_STARTED = "not_started", N_("Pas démarrés")
    BEHIND = "behind", N_("En retard")
    ENDED_SHORT = "ended_short", N_("Terminés sans toutes leurs heures")
    OVER = "over", N_("Au-delà de l’obligation")
    NONE = "none", N_("Sans alerte")
    ALL = "all", N_("Tous")


TO_CALL: Final = str(LotAlert.TO_CALL)
ALL: Final = str(LotAlert.ALL)
# The alerts that call for a word.
CALLS: Final = ("ending", "not_started", "behind")
# The alerts behind each choice of the list.
CHOSEN: Final[dict[str, tuple[str, ...]]] = {
    TO_CALL: CALLS,
    **{str(alert): (str(alert),) for alert in LotAlert if alert not in (LotAlert.TO_CALL, LotAlert.ALL)},
    ALL: (*CALLS, "ended_short", "over", "none"),
}
# The mark of a lot: a shape and a word, neither a colour nor a grade.
_OF_A_LOT: Final[dict[str, tuple[str, str]]] = {
    "ending": ("◆", N_("fin proche")),
    "not_started": ("○", N_("pas démarré")),
    "behind": ("▼", N_("en retard")),
    "ended_short": ("■", N_("terminé sans toutes ses heures")),
    "over": ("▲", N_("au-delà de l’obligation")),
    "none": ("●", N_("sans alerte")),
}


class LotState(TypedDict):
    """What lots and lot_facts have in common: which lot, its state, its pace."""

    contract_id: str
    lot_id: str
    contract_ref: str | None
    status: str
    alert: str
    hours_committed: Decimal | None
    hours_to_date: Decimal
    pending_to_date: Decimal
    completion_ratio: float | None
    time_ratio: float | None
    expected_hours: Decimal | None
    pace_ratio: float | None
    missing_hours: Decimal | None
    left_hours: Decimal | None
    days_left: int | None


def alert_text(lot: LotState, words: Words) -> str:
    """The mark and the word of a lot's alert; the state of a lot without a computable pace.

    `lot`: alert, status, expected_hours.
    """
    if lot["alert"] == "none" and lot["expected_hours"] is None:
        return f"–\u00a0{status_text(lot, words)}"
    mark, word = _OF_A_LOT[lot["alert"]]
    if _has_just_ended(lot):
        word = N_("fin passée")
    return f"{mark}\u00a0{words.say(word)}"


def _has_just_ended(lot: LotState) -> bool:
    """Whether a lot that was about to end at the last complete month has passed its end since: its last hours may still be declared."""
    return lot["alert"] == "ending" and lot["days_left"] is not None and lot["days_left"] < 0


def status_text(lot: LotState, words: Words) -> str:
    """The state of a lot, in lower case."""
    return words.say(LotStatus.of(lot["status"]).label).lower()


def reason_text(lot: LotState, words: Words) -> str:
    """Why a lot has its alert, with the figure that decides it; empty when there is nothing to say.

    `lot`: a row of lots or lot_facts.
    """
    alert = lot["alert"]
    if alert == "not_started":
        return words.say("aucune heure, {share} de la durée écoulée", share=words.percent(lot["time_ratio"], 0))
    if alert == "ending" or (alert == "ended_short" and lot["status"] != "closed"):
        # Not the share done to date, which has the hours of provisional months.
        return words.say(
            "il manquait {hours} sur {committed} à la fin du dernier mois complet",
            hours=some_hours(lot["left_hours"], words),
            committed=words.hours(lot["hours_committed"]),
        )
    if alert == "ended_short":
        return words.say(
            "{share} des heures engagées, il manque {hours}",
            share=short_of(lot["completion_ratio"], 1, words),
            hours=some_hours(lot["left_hours"], words),
        )
    if alert == "over":
        over = lot["hours_to_date"] - (lot["hours_committed"] or 0)
        return words.say("{hours} de plus que l’obligation", hours=some_hours(over, words)) if over > 0 else ""
    if lot["pace_ratio"] is None:
        return ""
    text = words.say(
        "{share} des heures attendues à la fin du dernier mois complet",
        share=short_of(lot["pace_ratio"], 0.5 if alert == "behind" else 1, words),
    )
    if alert == "behind" and lot["pending_to_date"]:
        text += words.say(", {hours} en attente", hours=some_hours(lot["pending_to_date"], words))
    return text


def alert_count(alert: str, lots: int, words: Words) -> str:
    """How many lots have one of the alerts that call for a word: "2 pas encore démarrés"."""
    if alert == "ending":
        return words.say("{n} en fin d’exécution", n=words.number(lots))
    if alert == "not_started":
        return words.say_count("{n} pas encore démarré", "{n} pas encore démarrés", lots)
    return words.say("{n} en retard sur le rythme attendu", n=words.number(lots))


def lots_text(alerts: Mapping[str, LotAlertsRow], words: Words) -> str:
    """The sentence of the list: how many running lots call for a word at the last complete month, for what reason, and those that ended short.

    `alerts`: rows of lot_alerts by alert.
    """
    calls, short = alerts["to_call"]["lots"], alerts["ended_short"]["running_lots"]
    day = alerts["all"]["judged_on"]
    if calls:
        text = words.say_count(
            "Au {day}, fin du dernier mois complet, {n} lot en cours appelle une relance\u00a0: {reasons}",
            "Au {day}, fin du dernier mois complet, {n} lots en cours appellent une relance\u00a0: {reasons}",
            calls,
            day=words.date(day),
            reasons=words.listed(
                [alert_count(alert, alerts[alert]["lots"], words) for alert in CALLS if alerts[alert]["lots"]]
            ),
        )
    else:
        text = words.say_count(
            "Au {day}, fin du dernier mois complet, aucun lot n’appelle de relance, sur {n} lot en cours",
            "Au {day}, fin du dernier mois complet, aucun lot n’appelle de relance, sur {n} lots en cours",
            alerts["all"]["running_lots"],
            day=words.date(day),
        )
    if short:
        text += words.say_count(
            "\u202f; {n} autre, toujours ouvert, est arrivé à terme sans toutes ses heures",
            "\u202f; {n} autres, toujours ouverts, sont arrivés à terme sans toutes leurs heures",
            short,
        )
    return f"{text}."


def some_hours(hours: Decimal | None, words: Words) -> str:
    """Whole hours; with their hundredths when they would read as none: 0,25 h."""
    return words.hours(hours, 2 if hours and abs(hours) < 1 else 0)


def lot_name(lot: LotState, words: Words) -> str:
    """2024CLEO299, lot 01; without a lot when the contract is not allotted.

    `lot`: contract_id, contract_ref, lot_id.
    """
    contract = lot["contract_ref"] or own_key(lot["contract_id"])
    return (
        contract if lot["lot_id"] == "00" else words.say("{contract}, lot {lot}", contract=contract, lot=lot["lot_id"])
    )


def days_text(days: int | None, words: Words) -> str:
    """What is left before the end: dans 273 jours, aujourd’hui, passée de 12 jours."""
    if days is None:
        return ""
    if days == 0:
        return words.say("à la date des données")
    if days > 0:
        return words.say_count("dans {n} jour", "dans {n} jours", days)
    return words.say_count("dépassée de {n} jour", "dépassée de {n} jours", -days)
