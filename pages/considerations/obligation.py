"""The words about the social condition that the law asks for above the European thresholds."""

from collections.abc import Sequence

from data.codes import ThresholdDoubt
from data.reference.law import eu_thresholds, social_obligation
from data.words import N_, NOTHING, Words
from queries.answers import ContractsWithoutSocialConditionRow, SocialConditionRow


class LookedAtRow(ContractsWithoutSocialConditionRow):
    """A contract to look at, with its doubt in words."""

    doubt_text: str


def obligation_text(whole: SocialConditionRow, words: Words) -> str:
    """The sentence of the obligation: how many contracts it may concern, and what they say."""
    day = words.date(whole["obliged_from"])
    if whole["last_notified"] is None or whole["last_notified"] < whole["obliged_from"]:
        return words.say(
            "Aucun marché n’est notifié dans ces données depuis le {day}, date à partir de laquelle la condition sociale est obligatoire.",
            day=day,
        )
    if not whole["contracts_obliged"]:
        return words.say("Aucun marché notifié depuis le {day} n’atteint les seuils européens.", day=day)
    counted = (
        (N_("{n} avec une clause sociale"), whole["contracts_with_clause"]),
        (N_("{n} avec une autre considération"), whole["contracts_with_other"]),
        (N_("{n} sans considération"), whole["contracts_without"]),
        (N_("{n} sans indication"), whole["contracts_unsaid"]),
    )
    parts = [words.say(text, n=words.number(contracts)) for text, contracts in counted if contracts]
    return words.say_count(
        "{n} marché notifié depuis le {day} atteint le seuil européen\u00a0: {parts}.",
        "{n} marchés notifiés depuis le {day} atteignent le seuil européen\u00a0: {parts}.",
        whole["contracts_obliged"],
        day=day,
        parts=words.listed(parts),
    )


def looked_at(contracts: Sequence[ContractsWithoutSocialConditionRow], words: Words) -> list[LookedAtRow]:
    """The rows of the list, their doubt in words."""
    return [
        {**row, "doubt_text": words.say(ThresholdDoubt.of(row["doubt"]).label) if row["doubt"] else NOTHING}
        for row in contracts
    ]


def obligation_notes(whole: SocialConditionRow, words: Words) -> list[str]:
    """The article, the thresholds, and what the DECP leave out."""
    obligation, last = social_obligation(), eu_thresholds()[-1]
    notes = [
        words.say(
            "Code de la commande publique, {article}\u00a0: au-dessus des seuils européens, un marché comporte une condition d’exécution relative au domaine social ou à l’emploi, pour les consultations engagées depuis le {day}. La loi admet des exceptions motivées.",
            article=obligation.article,
            day=words.date(obligation.start),
        ),
        words.say(
            "Ce que les DECP ne disent pas\u00a0: la date de la consultation (un marché notifié depuis peut avoir été lancé avant), le montant de la procédure entière (un lot sous le seuil peut appartenir à un marché au-dessus), les motifs d’une exception. Cette liste est à examiner, ce n’est pas une liste de manquements."
        ),
        words.say(
            "Seuils en euros HT, de {start} à {end}\u00a0: fournitures et services {local} ({state} pour l’État), travaux {works}, concessions {concessions}. Celui des entités adjudicatrices ({utilities}) n’est pas appliqué\u00a0: rien ne les distingue ici. L’État se reconnaît au type du maître d’ouvrage.",
            start=words.month(last.start),
            end=words.month(last.end),
            local=words.number(last.supplies_services),
            state=words.number(last.supplies_services_state),
            utilities=words.number(last.supplies_services_utilities),
            works=words.number(last.works),
            concessions=words.number(last.concessions),
        ),
    ]
    if whole["contracts_without_amount"]:
        notes.append(
            words.say_count(
                "{n} marché notifié depuis est sans montant\u00a0: il ne peut pas être comparé aux seuils.",
                "{n} marchés notifiés depuis sont sans montant\u00a0: ils ne peuvent pas être comparés aux seuils.",
                whole["contracts_without_amount"],
            )
        )
    return notes
