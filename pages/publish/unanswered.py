"""What the release could not answer: columns that no source had, contracts notified without their file, buyers that nobody knows."""

from typing import Final

from data.release.compare import Comparison
from data.release.releases import Release
from data.words import N_, Words

# A column that no source has: what is not answered then.
_NEEDED: Final = {
    "contracts.execution_commune": N_("Communes\u00a0: aucune colonne de lieu d’exécution."),
    "contracts.sector": N_("Secteurs\u00a0: aucune colonne de secteur."),
    "contracts.contractor_name": N_("Titulaires\u00a0: aucune colonne de titulaire."),
    "contracts.programme": N_("ANRU\u00a0: aucune colonne de programme."),
    "contracts.facilitator_code": N_("Facilitateurs\u00a0: aucune colonne de facilitateur."),
    "hours.employer_kind": N_("Modalités (SIAE, intérim d’insertion…)\u00a0: aucune colonne de modalité."),
    "hours.work_contract_type": N_("Contrats de travail\u00a0: aucune colonne de type de contrat."),
    "hours.participant_id": N_(
        "Nombre de bénéficiaires, publics, sorties\u00a0: aucune colonne de bénéficiaire (pseudonyme)."
    ),
    "hours.exit_outcome": N_("Sorties\u00a0: aucune colonne de situation à la sortie."),
    "hours.validated_on": N_("Délai de validation\u00a0: aucune colonne de date de validation."),
    "notified.considerations": N_("Considérations sociales\u00a0: aucune colonne de considérations dans les DECP."),
}


def unanswered_texts(candidate: Release, comparison: Comparison, words: Words) -> list[str]:
    """One sentence for each."""
    texts = [words.say(text) for name, text in _NEEDED.items() if name in candidate.absent_columns]
    if candidate.notified is None:
        texts.append(words.say("Considérations sociales\u00a0: aucun fichier DECP parmi ceux que vous avez déposés."))
    elif comparison.buyers:
        texts.append(
            words.say(
                "Considérations sociales par maître d’ouvrage\u00a0: {known} acheteurs sur {n} rapprochés par leur SIRET.",
                known=words.number(comparison.buyers_known),
                n=words.number(comparison.buyers),
            )
        )
    return texts
