"""The words of the page about social considerations: its sentences, its figures, what is counted and what is not."""

from collections.abc import Sequence

from data.words import Words
from pages.parts.blocks import Figure
from pages.parts.social_share import computed, dated
from queries.answers import (
    ContractsWithoutSocialConditionRow,
    SocialConditionRow,
    SocialShareByClientRow,
    SocialShareByYearRow,
)
from queries.filters import FILTERS
from queries.scope import Scope


def not_computable(words: Words) -> list[str]:
    """What to publish so that the share can be computed."""
    return [
        words.say(
            "Les clauses publiées ici ne disent pas combien de marchés ont été notifiés en tout. Cette liste est celle des données essentielles de la commande publique (DECP), que le profil d’acheteur publie."
        ),
        words.say(
            "Ajoutez-la aux sources, en JSON ou en tableau (CSV, XLSX, Parquet)\u00a0: python -m data.publish marches.csv heures.csv decp.json"
        ),
    ]


def change_text(years: Sequence[SocialShareByYearRow], words: Words) -> str:
    """The sentence of the chart: from the first to the last year that has a share."""
    first, last = computed(years)[0], computed(years)[-1]
    if first == last:
        return words.say("Une seule année a une part calculable.")
    return words.say(
        "De {first} en {first_year} à {last} en {last_year}.",
        first=words.percent(first["social_ratio"]),
        first_year=first["year"],
        last=words.percent(last["social_ratio"]),
        last_year=last["year"],
    )


def share_figures(
    years: Sequence[SocialShareByYearRow],
    whole: SocialConditionRow,
    to_look_at: Sequence[ContractsWithoutSocialConditionRow],
    words: Words,
) -> list[Figure]:
    """The shares of the last two years, that of the last one in value, what does not say, the contracts to look at."""
    figures = [
        Figure(
            label=words.say("Part en {year}", year=row["year"]),
            value=words.percent(row["social_ratio"]),
            note=words.say_count(
                "{part} sur {n} marché notifié",
                "{part} sur {n} marchés notifiés",
                row["contracts"],
                part=words.number(row["contracts_social"]),
            ),
            term="consideration-sociale",
        )
        for row in computed(years)[:-3:-1]
    ]
    figures += [
        Figure(
            label=words.say("Part en valeur en {year}", year=row["year"]),
            value=words.percent(row["social_amount_ratio"]),
            note=words.say("sur {amount}\u00a0€\u00a0HT notifiés", amount=words.number(row["amount_notified_eur"])),
            term="spaser",
        )
        for row in computed(years)[-1:]
        if row["social_amount_ratio"] is not None
    ]
    figures.append(
        Figure(
            label=words.say("Sans information"),
            value=words.number(whole["contracts_unknown"]),
            note=words.say_count("sur {n} marché notifié", "sur {n} marchés notifiés", whole["contracts"]),
            term="consideration-sociale",
        )
    )
    figures.append(
        Figure(
            label=words.say("À examiner au-dessus des seuils"),
            value=words.number(len(to_look_at)),
            note=words.say_count(
                "sur {n} marché au-dessus des seuils, notifié depuis le {day}",
                "sur {n} marchés au-dessus des seuils, notifiés depuis le {day}",
                whole["contracts_obliged"],
                day=words.date(whole["obliged_from"]),
            ),
            term="seuils-europeens",
        )
    )
    return figures


def chart_notes(years: Sequence[SocialShareByYearRow], words: Words) -> list[str]:
    """What the marks are, which years have no share, and how contracts are counted."""
    notes = []
    national = [row for row in years if row["national_ratio"] is not None]
    if national:
        shares = [
            words.say("{year} ({share})", year=row["year"], share=words.percent(row["national_ratio"]))
            for row in national
        ]
        notes.append(words.say("Losanges\u00a0: part en France, {shares}.", shares=words.listed(shares)))
    if dated(years) and not dated(years)[-1]["complete"]:
        notes.append(words.say("Hachures claires\u00a0: année en cours."))
    silent = [str(row["year"]) for row in dated(years) if row["social_ratio"] is None and row["contracts"]]
    if silent:
        notes.append(
            words.say("Non calculable en {years}\u00a0: aucun marché n’est renseigné.", years=words.listed(silent))
        )
    last = computed(years)[-1]
    if last["contracts_unknown"]:
        notes.append(
            words.say(
                "Parmi les seuls marchés renseignés, la part est de {share} en {year} ({part} sur {whole}).",
                share=words.percent(last["said_ratio"]),
                year=last["year"],
                part=words.number(last["contracts_social"]),
                whole=words.number(last["contracts_known"]),
            )
        )
    notes.append(
        words.say(
            "Chaque marché compte une fois, quelles que soient ses modifications, l’année de sa notification. Clause, critère et marché réservé sont des considérations sociales. Un marché non renseigné reste au dénominateur, comme tous les marchés notifiés\u202f; le tableau donne aussi la part parmi les marchés renseignés."
        )
    )
    notes.append(
        words.say(
            "En valeur, chaque marché compte pour son montant à la notification, maximum d’un accord-cadre et valeur d’une concession compris\u00a0: ce ne sont pas des dépenses. Un marché sans montant, ou de 0\u00a0€, ne compte qu’en nombre."
        )
    )
    return notes


def buyers(clients: Sequence[SocialShareByClientRow], words: Words) -> list[SocialShareByClientRow]:
    """The rows by client, the buyers that are no clients named."""
    others = words.say("Autres acheteurs des DECP")
    return [row if row["client_id"] is not None else {**row, "client_name": others} for row in clients]


def buyers_text(clients: Sequence[SocialShareByClientRow], words: Words) -> str:
    """How many clients are above the share of all: a fact, not a ranking."""
    known = [row for row in clients if row["client_id"] is not None]
    if not known:
        return words.say("Aucun maître d’ouvrage n’a de marché notifié dans les DECP, pour ces filtres.")
    return words.say_count(
        "{n} maître d’ouvrage a notifié des marchés. Par type, puis par ordre alphabétique.",
        "{n} maîtres d’ouvrage ont notifié des marchés. Par type, puis par ordre alphabétique.",
        len(known),
    )


def buyers_notes(scope: Scope, words: Words) -> list[str]:
    """How a buyer becomes a client, and which filters do nothing here."""
    notes = [
        words.say(
            "Un acheteur des DECP est rapproché d’un maître d’ouvrage par son SIRET, ou par son SIREN quand un seul maître d’ouvrage le porte (hors services de l’État). Ceux qui ne le sont pas forment la dernière ligne."
        )
    ]
    if ignored := _ignored(scope, words):
        notes.append(
            words.say(
                "Sans effet sur cette page, faute de cette information dans les DECP\u00a0: le filtre sur {filters}.",
                filters=words.listed(ignored),
            )
        )
    if scope.first_year is not None or scope.last_year is not None:
        notes.append(words.say("Le filtre sur les années porte ici sur celle de la notification."))
    return notes


def _ignored(scope: Scope, words: Words) -> list[str]:
    """The filters that are set and that a contract of the DECP cannot be held to."""
    return [
        words.say(declared.definite)
        for name, declared in FILTERS.items()
        if not declared.cuts_notified and getattr(scope, name) is not None
    ]
