"""What the contract says of one lot: who, where, the clause, the obligation and its amendments, the dates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from data import codes
from data.words import NOTHING, Words
from pages.parts.markup import html
from pages.parts.own_keys import KEYS, own_key
from queries.answers import LotFactsRow

# The State's directory knows establishments by their SIRET. A link for the reader: nothing here follows it.
DIRECTORY: Final = "https://annuaire-entreprises.data.gouv.fr/etablissement/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What the contract says of one thing; `column` is where it comes from, `link` where more is to be read."""

    name: str
    text: str
    column: str
    link: str = ""
    link_text: str = ""


def lot_facts(lot: LotFactsRow, words: Words) -> list[Fact]:
    """The facts of a lot in the order of a contract: who, what, where, the clause, the obligation, the dates."""
    values: Mapping[str, Any] = lot

    def text(name: str, column: str) -> Fact:
        content = values[column] or ""
        return Fact(name=name, text=own_key(content) if column in KEYS else content, column=column)

    def label(name: str, column: str, kind: type[codes.Code]) -> Fact:
        value = values[column]
        content = "" if value is None else words.say(kind.of(value).label)
        return Fact(name=name, text=content, column=column)

    def day(name: str, column: str) -> Fact:
        return Fact(name=name, text=words.date(values[column]) if values[column] else "", column=column)

    commune = lot["commune_name"] or lot["execution_commune"] or ""
    return [
        _company(words.say("Maître d’ouvrage"), lot["client_name"], lot["client_siret"], "client_siret", words),
        _company(
            words.say("Titulaire"), lot["contractor_name"] or "", lot["contractor_siret"], "contractor_name", words
        ),
        text(words.say("Opération"), "operation"),
        Fact(name=words.say("Commune d’exécution"), text=commune, column="execution_commune"),
        label(words.say("Secteur"), "sector", codes.Sector),
        label(words.say("Programme"), "programme", codes.Programme),
        label(words.say("Type de clause"), "clause_category", codes.ClauseCategory),
        text(words.say("Fondement juridique"), "legal_basis"),
        Fact(name=words.say("Obligation"), text=_obligation(lot, words), column="obligation_kind"),
        Fact(name=words.say("Avenants"), text=_amendments(lot, words), column="amendment_count"),
        Fact(
            name=words.say("Compté dans le total"),
            text=words.say("oui") if lot["counts_in_total"] else words.say("non"),
            column="counts_in_total",
        ),
        Fact(
            name=words.say("Pénalités"),
            text="" if lot["penalty_eur"] is None else f"{words.number(lot['penalty_eur'])}\u00a0€",
            column="penalty_eur",
        ),
        day(words.say("Notification"), "notified_on"),
        day(words.say("Début"), "starts_on"),
        day(words.say("Fin prévue"), "ends_on"),
        Fact(name=words.say("Solde"), text=words.date(lot["closed_on"]), column="closed_on"),
        text(words.say("Facilitateur"), "facilitator_code"),
    ]


def _company(name: str, text: str, siret: str | None, column: str, words: Words) -> Fact:
    if siret is None:
        return Fact(name=name, text=text, column=column)
    known = len(siret) == 14 and siret.isdecimal()
    return Fact(
        name=name,
        text=text,
        column=column,
        link=f"{DIRECTORY}{siret}" if known else "",
        link_text=words.say("SIRET {siret}", siret=siret_grouped(siret)),
    )


def siret_grouped(siret: str) -> str:
    """123 456 789 00012; as it is when it has not fourteen characters."""
    if len(siret) != 14:
        return siret
    return "\u00a0".join((siret[:3], siret[3:6], siret[6:9], siret[9:]))


def _obligation(lot: LotFactsRow, words: Words) -> str:
    kind = lot["obligation_kind"]
    if kind == "hours" and lot["hours_committed"] is not None:
        return words.hours(lot["hours_committed"])
    if kind == "percent" and lot["obligation_pct"] is not None:
        return words.say("{share} des heures travaillées", share=f"{words.number(lot['obligation_pct'], 1)}\u00a0%")
    return "" if kind is None else words.say(codes.ObligationKind.of(kind).label)


def _amendments(lot: LotFactsRow, words: Words) -> str:
    """From the obligation when notified to the present one."""
    initial, present, count = lot["hours_committed_initial"], lot["hours_committed"], lot["amendment_count"]
    amendments = "" if count is None else words.say_count("{n} avenant", "{n} avenants", count)
    if not lot["amendment_hours"]:
        return amendments or (NOTHING if initial is not None else "")
    sign = "+" if lot["amendment_hours"] > 0 else ""
    change = words.say(
        "de {initial} à {present} ({change})",
        initial=words.hours(initial),
        present=words.hours(present),
        change=f"{sign}{words.hours(lot['amendment_hours'])}",
    )
    return words.say("{amendments}, {change}", amendments=amendments, change=change) if amendments else change


def facts_list(facts: Sequence[Fact], absent: Sequence[str], words: Words) -> str:
    """The facts as HTML. `absent`: columns that no source of the release has, as "contracts.sector"."""

    def missing(fact: Fact) -> str:
        if f"contracts.{fact.column}" in absent:
            return words.say("non renseigné dans l’extraction")
        return words.say("Non renseigné")

    return html("lots/facts.html", facts=[(fact, fact.text or missing(fact)) for fact in facts])
