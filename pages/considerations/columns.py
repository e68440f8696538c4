"""The columns of the tables about social considerations."""

from data import codes
from data.words import Words
from pages.parts.tables import Column


def _counts(words: Words) -> tuple[Column, ...]:
    """Numerator, denominator, share, then those that do not say and the share of those that do."""
    return (
        Column(key="contracts_social", header=words.say("Avec une considération sociale"), kind="count", adds=True),
        Column(key="contracts", header=words.say("Marchés notifiés"), kind="count", adds=True),
        Column(key="social_ratio", header=words.say("Part (%)"), kind="percent"),
        Column(key="contracts_unknown", header=words.say("Sans information"), kind="count", adds=True),
        Column(key="contracts_known", header=words.say("Marchés renseignés"), kind="count", adds=True),
        Column(
            key="said_ratio",
            header=words.say("Part parmi les marchés renseignés (%)"),
            kind="percent",
            ratio_of=("contracts_social", "contracts_known"),
        ),
    )


def years(words: Words) -> tuple[Column, ...]:
    """Of social_share_by_year."""
    return (
        Column(key="year", header=words.say("Année de notification"), kind="year"),
        *_counts(words),
        Column(key="target_ratio", header=words.say("Objectif national (%)"), kind="percent"),
        Column(key="national_ratio", header=words.say("Part en France (%)"), kind="percent"),
    )


def clients(words: Words) -> tuple[Column, ...]:
    """Of social_share_by_client, named by `considerations_text.buyers`."""
    return (
        Column(key="client_name", header=words.say("Acheteur")),
        Column(key="client_type", header=words.say("Type"), kind="label", codes=codes.ClientType),
        *_counts(words),
    )


def to_look_at(words: Words) -> tuple[Column, ...]:
    """Of contracts_without_social_condition, with the doubts told by `obligation_text.looked_at`."""
    return (
        Column(key="subject", header=words.say("Objet")),
        Column(key="buyer_name", header=words.say("Acheteur")),
        Column(key="notified_on", header=words.say("Notification"), kind="date"),
        Column(key="amount_eur", header=words.say("Montant initial (€\u00a0HT)"), kind="count"),
        Column(key="threshold_eur", header=words.say("Seuil (€\u00a0HT)"), kind="count"),
        Column(key="condition", header=words.say("Ce que disent les DECP"), kind="label", codes=codes.SocialCondition),
        Column(key="doubt_text", header=words.say("Réserve")),
        Column(key="contract_ref", header=words.say("N° de marché")),
    )
