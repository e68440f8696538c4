"""The yearly indicators of a SPASER: their columns, the reserved contracts in words, what one buyer notified beside the threshold."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from data.reference.law import spaser_thresholds
from data.words import N_, Words
from pages.parts.tables import Column
from queries.answers import SpaserIndicatorsByYearAndClientRow, SpaserIndicatorsByYearRow

# How many contracts are reserved and their amounts, all together, then for whom.
RESERVED: Final = tuple(
    Column(key=key, adds=True)
    for kind in ("", "_iae", "_disability", "_other", "_unknown")
    for key in (f"contracts_reserved{kind}", f"amount_reserved{kind}_eur")
)


def reserved_text(years: Sequence[SpaserIndicatorsByYearRow], words: Words) -> str:
    """The reserved contracts of the last year with contracts, and for whom; empty when every contract is without a date."""
    row = next((row for row in reversed(years) if row["year"] is not None and row["contracts"]), None)
    if row is None:
        return ""
    when = words.say("En {year}", year=row["year"])
    if not row["complete"]:
        when = words.say("Depuis janvier {year}", year=row["year"])
    whole = words.number(row["contracts"])
    if not row["contracts_reserved"]:
        return words.say(
            "{when}, aucun marché notifié n’est signalé réservé dans les DECP, sur {whole}.", when=when, whole=whole
        )
    counted = (
        (N_("{n} aux SIAE"), row["contracts_reserved_iae"], row["amount_reserved_iae_eur"]),
        (
            N_("{n} aux EA/ESAT"),
            row["contracts_reserved_disability"],
            row["amount_reserved_disability_eur"],
        ),
        (
            N_("{n} à l’ESS ou à un établissement pénitentiaire"),
            row["contracts_reserved_other"],
            row["amount_reserved_other_eur"],
        ),
        (
            N_("{n} de catégorie non précisée"),
            row["contracts_reserved_unknown"],
            row["amount_reserved_unknown_eur"],
        ),
    )
    return words.say_count(
        "{when}, {n} marché notifié sur {whole} est signalé réservé dans les DECP\u00a0: {parts}.",
        "{when}, {n} marchés notifiés sur {whole} sont signalés réservés dans les DECP\u00a0: {parts}.",
        row["contracts_reserved"],
        when=when,
        whole=whole,
        parts=words.listed(
            [_with_amount(words.say(text, n=words.number(n)), amount, words) for text, n, amount in counted if n]
        ),
    )


def _with_amount(text: str, amount: Decimal, words: Words) -> str:
    """A text with the amount in brackets; without where no amount is known."""
    if not amount:
        return text
    return words.say("{text} ({amount}\u00a0€\u00a0HT)", text=text, amount=words.number(amount))


def notified_text(rows: Sequence[SpaserIndicatorsByYearAndClientRow], words: Words) -> list[str]:
    """What the authority itself notified in its last whole year, beside the threshold of the SPASER: never a verdict."""
    own = [row for row in rows if row["is_own"] and row["complete"]]
    return [_beside_threshold(row, words) for row in own if row["year"] == own[0]["year"]]


def _beside_threshold(row: SpaserIndicatorsByYearAndClientRow, words: Words) -> str:
    kinds = (
        (N_("{amount}\u00a0€ de maxima d’accords-cadres"), row["amount_framework_eur"]),
        (N_("{amount}\u00a0€ de concessions"), row["amount_concession_eur"]),
    )
    within = [words.say(text, amount=words.number(amount)) for text, amount in kinds if amount]
    notified = words.say_count(
        "{buyer} a notifié {n} marché en {year}, pour {amount}\u00a0€\u00a0HT",
        "{buyer} a notifié {n} marchés en {year}, pour {amount}\u00a0€\u00a0HT",
        row["contracts"],
        year=row["year"],
        buyer=row["client_name"],
        amount=words.number(row["amount_notified_eur"]),
    )
    if within:
        notified += words.say(", dont {parts}", parts=words.listed(within))
    if row["spaser_threshold_eur"] is None:
        return f"{notified}."
    threshold = words.say(
        "Le seuil du SPASER, qui s’applique aux dépenses et non aux montants notifiés, était alors de {amount}\u00a0€\u00a0HT d’achats par an.",
        amount=words.number(row["spaser_threshold_eur"]),
    )
    return f"{notified}. {threshold}"


def _is_silent(row: SpaserIndicatorsByYearRow) -> bool:
    return row["contracts_unspecified"] > 0 or row["contracts_unknown"] == row["contracts"] > 0


def silent_years(years: Sequence[SpaserIndicatorsByYearRow], words: Words) -> list[str]:
    """The years with contracts that only say to have a consideration, or where none says anything: reserved ones may be missing."""
    silent = [str(row["year"]) for row in years if row["year"] and _is_silent(row)]
    if not silent:
        return []
    return [
        words.say(
            "En {years}, les DECP ne précisent pas toujours quelle considération sociale comporte un marché\u00a0: des marchés réservés peuvent manquer.",
            years=words.listed(silent),
        )
    ]


def spaser_notes(words: Words) -> list[str]:
    """The threshold in force, why notified amounts do not decide, the marks of a reserved contract."""
    last = spaser_thresholds()[-1]
    return [
        words.say(
            "Au-dessus de {amount}\u00a0€\u00a0HT d’achats par an, une autorité adopte un SPASER (seuil en vigueur depuis le {day}). Ce sont les dépenses de l’année qui comptent. Les montants notifiés n’en sont pas\u00a0: un marché de plusieurs années y est pour toute sa durée, un accord-cadre pour son maximum, une concession pour sa valeur. Ils ne disent pas si le seuil est dépassé.",
            amount=words.number(last.yearly_purchases),
            day=words.date(last.start),
        ),
        words.say(
            "Un accord-cadre se reconnaît à sa nature dans les DECP, ou à la forme du lot de même numéro\u202f; d’autres peuvent rester comptés comme des marchés."
        ),
        words.say(
            "Les DECP signalent qu’un marché est réservé, sans dire à qui\u00a0: le lot du même acheteur et de même numéro le dit, quand il est publié ici."
        ),
    ]
