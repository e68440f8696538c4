"""The sentences that answer a search in words, from rows whose figures SQL has computed."""

from collections.abc import Sequence

from data.words import Words
from pages.parts.lot_alerts import some_hours
from queries.answers import (
    HoursByClientRow,
    HoursReservedRow,
    LateLotsByClientRow,
    LotsEndingShortRow,
    PeopleByTraitRow,
    TotalsRow,
)
from queries.secrecy.cells import cell

_NAMED = 3  # clients or lots in a sentence


def reserved_text(row: HoursReservedRow, years: str, words: Words) -> str:
    """Marchés réservés depuis 2019 : 38 000 h, soit 7,3 % des heures réalisées, dans 31 lots."""
    start = f"{words.say('Marchés réservés')} {years}".rstrip()
    if row["share_ratio"] is None:
        return words.say("{start}\u00a0: aucune heure réalisée.", start=start)
    return words.say_count(
        "{start}\u00a0: {hours}, soit {share} des heures réalisées, dans {n} lot.",
        "{start}\u00a0: {hours}, soit {share} des heures réalisées, dans {n} lots.",
        row["lots"],
        start=start,
        hours=words.hours(row["hours_validated"]),
        share=words.percent(row["share_ratio"]),
    )


def women_text(traits: Sequence[PeopleByTraitRow], years: str, words: Words) -> str:
    """170 femmes en 2025, sur 670 bénéficiaires; or why there is no number."""
    women = next((row for row in traits if row["trait"] == "gender" and row["value"] == "F"), None)
    total = next((row for row in traits if row["is_total"]), None)
    number = cell(women, "participants").value if women else None
    everybody = cell(total, "participants").value if total else None
    if number is None or everybody is None:
        return words.say(
            "Nombre de femmes non communiqué\u00a0: il est donné pour l’ensemble, ou pour une seule valeur d’un seul filtre, une année ou toutes,"
            " quand assez de personnes sont concernées."
        )
    return " ".join(
        part
        for part in (
            words.say_count("{n} femme", "{n} femmes", int(number)),
            years + ("," if years else ""),
            words.say_count(
                "sur {n} bénéficiaire (nombres arrondis).", "sur {n} bénéficiaires (nombres arrondis).", int(everybody)
            ),
        )
        if part
    )


def pending_text(totals: TotalsRow, clients: Sequence[HoursByClientRow], years: str, words: Words) -> str:
    """6 745 h en attente de validation : CHU de Rouen (1 027 h), … et 22 autres."""
    start = (
        f"{words.say('{hours} en attente de validation', hours=words.hours(totals['hours_pending']))} {years}".rstrip()
    )
    waiting = sorted(
        (row for row in clients if row["hours_pending"]), key=lambda row: row["hours_pending"], reverse=True
    )
    if not waiting:
        return f"{start}."
    named = [f"{row['client_name']} ({words.hours(row['hours_pending'])})" for row in waiting[:_NAMED]]
    return words.named(start, _listed(named, len(waiting), words))


def late_text(late: Sequence[LateLotsByClientRow], words: Words) -> str:
    """Les lots à relancer : Logis des Deux-Rives (3 lots, 2 000 h manquantes) …"""
    in_order = sorted((row for row in late if row["to_call_lots"]), key=lambda row: row["to_call_lots"], reverse=True)
    if not in_order:
        return words.say("Aucun lot n’appelle de relance.")
    named = [
        words.say_count(
            "{client} ({n} lot, il manquait {hours})",
            "{client} ({n} lots, il manquait {hours})",
            row["to_call_lots"],
            client=row["client_name"],
            hours=some_hours(row["missing_hours"], words),
        )
        for row in in_order[:_NAMED]
    ]
    return words.named(
        words.say("À la fin du dernier mois complet, des lots appelaient une relance chez"),
        _listed(named, len(in_order), words),
    )


def ending_text(lots: Sequence[LotsEndingShortRow], words: Words) -> str:
    """7 lots se terminent dans les trois mois sans toutes leurs heures, il manque 12 000 h : …"""
    lots = [row for row in lots if row["is_ending"]]
    if not lots:
        return words.say("Aucun lot ne se termine dans les trois mois sans toutes ses heures.")
    start = words.say_count(
        "{n} lot se termine dans les trois mois sans toutes ses heures, il manque {hours}",
        "{n} lots se terminent dans les trois mois sans toutes leurs heures, il manque {hours}",
        len(lots),
        hours=words.hours(lots[0]["ending_left_hours"]),
    )
    named = [
        words.say(
            "{subject}, {client} (le {day}, {hours})",
            subject=row["subject"],
            client=row["client_name"],
            day=words.short_date(row["ends_on"]),
            hours=words.hours(row["left_hours"]),
        )
        for row in lots[:_NAMED]
    ]
    return words.named(start, _listed(named, len(lots), words, joined=True))


def _listed(named: list[str], count: int, words: Words, *, joined: bool = False) -> str:
    """The names, and how many others there are."""
    more = [words.say_count("{n} autre", "{n} autres", count - len(named))] if count > len(named) else []
    text = words.joined([*named, *more]) if joined else words.listed([*named, *more])
    return f"{text}."
