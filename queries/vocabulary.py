"""What each column is called and means, in the words of readers, and how it is written: declared here once.

The header of a .sql file documents it for whoever reads the SQL; this is for screens, files, routes and the dictionary. A column
that an answer takes as it stands from a table of the extract is declared by `data/schema.py`, and not again here.
`queries/meanings.py` looks them up.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from data import codes
from data.codes import Code
from data.words import N_
from queries.files.exports import Kind


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a column is called and means. All texts are in the catalogue; `unit` is empty where there is none.

    `codes`: the list of its values. `term`: the entry of the definitions page that says more. `is_term`: whether the
    column is that very indicator, with its formula, and not only about it. `kind`, `digits`: how its values are written, where
    the type and the unit of its header do not settle it.
    """

    label: str
    definition: str
    unit: str = ""
    codes: type[Code] | None = None
    term: str = ""
    is_term: bool = False
    kind: Kind | None = None
    digits: int | None = None


# The units of headers, in words.
UNITS: Final[Mapping[str, str]] = {
    "h": N_("h"),
    "ratio": N_("fraction (1 = 100\u00a0%)"),
    "percent": N_("%"),
    "eur": N_("€"),
    "day": N_("date"),
    "month": N_("mois"),
    "months": N_("mois"),
    "days": N_("jours"),
    "year": N_("année"),
    "lots": N_("lots"),
    "rows": N_("lignes"),
    "contracts": N_("marchés"),
    "clients": N_("maîtres d’ouvrage"),
    "companies": N_("entreprises"),
    "persons": N_("personnes"),
    "inhabitants": N_("habitants"),
    "amendments": N_("avenants"),
    "fte": N_("ETP"),
    "buyers": N_("acheteurs"),
    "work_contracts": N_("contrats de travail"),
    "h_per_person": N_("h par personne"),
}


def _notified(label: str, definition: str) -> Meaning:
    """A sum of amounts at notification: whole euros before tax, which are no spending."""
    return Meaning(label, definition, unit=N_("€\u00a0HT"), term="spaser", kind="count")


# By column, or by question.column where a question gives the name its own meaning.
WORDS: Final[Mapping[str, Meaning]] = {
    "hours_compared.value": Meaning(
        N_("Élément comparé"), N_("Code de la commune d’exécution, du maître d’ouvrage ou du type de clause.")
    ),
    "base_year": Meaning(
        N_("Année de base"),
        N_("Première année complète où chacun de ceux que l’on compare a des heures\u00a0: l’indice y vaut 100."),
    ),
    "base_month": Meaning(
        N_("Mois de base"),
        N_("Premier mois, de 1 à 12, où chacune des années comparées a des heures\u00a0: l’indice y vaut 100."),
        kind="text",
    ),
    "hours_index": Meaning(
        N_("Indice des heures"),
        N_("Heures réalisées, celles de l’année ou du mois de base valant 100."),
        kind="decimal",
        digits=1,
    ),
    "month_number": Meaning(N_("Mois de l’année"), N_("De 1, janvier, à 12, décembre."), kind="text"),
    "period_hours": Meaning(
        N_("Heures des mois comparés"),
        N_("Heures réalisées de l’année, sur les mois complets communs à toutes les années comparées."),
    ),
    # Hours
    "hours_validated": Meaning(
        N_("Heures réalisées"),
        N_(
            "Heures que le facilitateur a acceptées, travaillées dans la période et les filtres. Les doublons et les lignes sans lot connu n’y sont pas."
        ),
        term="heures-validees",
        is_term=True,
    ),
    "hours_pending": Meaning(
        N_("Heures en attente"),
        N_("Heures déclarées et pas encore validées\u202f; elles ne s’ajoutent pas aux heures validées."),
        term="heures-en-attente",
        is_term=True,
    ),
    "alert_event": Meaning(N_("Alerte"), N_("Ce qui appelle l’attention."), codes=codes.AlertEvent),
    "alerts_since.month": Meaning(
        N_("Mois"), N_("Mois où le jalon a été atteint, ou de la dernière déclaration du lot ou du maître d’ouvrage.")
    ),
    "alerts_since.hours": Meaning(
        N_("Heures"), N_("Cible d’un jalon, heures qui manquent à un lot, heures en attente d’un maître d’ouvrage.")
    ),
    "highlights_since.events": Meaning(N_("Événements"), N_("Nombre d’événements de cette sorte.")),
    "highlights_since.month": Meaning(
        N_("Mois"), N_("Mois où le jalon a été atteint, ou de la dernière déclaration du lot ou du maître d’ouvrage.")
    ),
    "highlights_since.hours": Meaning(
        N_("Heures"), N_("Cible d’un jalon, heures qui manquent aux lots, heures en attente des maîtres d’ouvrage.")
    ),
    "hours_by_period.first_month": Meaning(N_("Premier mois"), N_("Premier mois de la période.")),
    "hours_by_period.last_month": Meaning(N_("Dernier mois"), N_("Dernier mois de la période.")),
    "hours_by_period.complete": Meaning(
        N_("Complète"), N_("Tous les mois de la période sont dans les données, aucun n’est provisoire.")
    ),
    "hours_by_period.change_ratio": Meaning(
        N_("Évolution sur un an"),
        N_(
            "Heures de la période ÷ celles de la même période un an plus tôt, moins 1\u202f; vide si l’une n’est pas complète."
        ),
        kind="change",
    ),
    "pending_lots": Meaning(
        N_("Lots en attente de validation"), N_("Lots dont des heures déclarées ne sont pas encore validées.")
    ),
    "pending_hours": Meaning(
        N_("Heures en attente de validation"), N_("Heures déclarées de ces lots, pas encore validées.")
    ),
    "late_clients": Meaning(
        N_("Maîtres d’ouvrage sans déclaration récente"),
        N_(
            "Maîtres d’ouvrage actifs dont la dernière déclaration est plus ancienne que ce que permettent les réglages."
        ),
    ),
    "comments.kind": Meaning(
        N_("Nature du commentaire"), N_("Fait marquant, explication, décision ou appel."), codes=codes.CommentKind
    ),
    "hours_before": Meaning(
        N_("Heures avant"), N_("Heures acceptées, telles que la publication antérieure les donnait."), term="revisions"
    ),
    "hours_after": Meaning(
        N_("Heures après"),
        N_("Heures acceptées, telles que la publication la plus récente les donne."),
        term="revisions",
    ),
    "change_hours": Meaning(
        N_("Écart"), N_("Heures après moins heures avant\u202f; la somme des quatre causes."), term="revisions"
    ),
    "added_hours": Meaning(
        N_("Ajoutées"),
        N_("Heures en plus de lots déjà connus\u00a0: déclarations et validations tardives."),
        term="revisions",
    ),
    "corrected_hours": Meaning(
        N_("Corrigées"),
        N_(
            "Heures en moins de lots toujours connus\u00a0: corrections, lots passés à un autre maître d’ouvrage ou type de clause."
        ),
        term="revisions",
    ),
    "appeared_hours": Meaning(
        N_("Lots apparus"), N_("Heures de lots que la publication antérieure n’avait pas."), term="revisions"
    ),
    "gone_hours": Meaning(
        N_("Lots disparus"), N_("Heures de lots que la publication la plus récente n’a plus."), term="revisions"
    ),
    "changes_by_year.change_ratio": Meaning(
        N_("Écart relatif"),
        N_("Écart ÷ heures avant\u202f; vide pour une année qui n’en avait pas."),
        term="revisions",
        kind="change",
    ),
    "known_years_change_hours": Meaning(
        N_("Écart des années antérieures"),
        N_("Part de l’écart qui porte sur les années d’avant celle des données antérieures."),
        term="revisions",
    ),
    "was_closed": Meaning(
        N_("Année close"),
        N_("Indique si tous ses mois étaient complets dans la publication antérieure, aucun n’étant provisoire."),
        term="revisions",
    ),
    "is_consolidated": Meaning(
        N_("Consolidée"),
        N_("Indique si l’autorité a déclaré l’année consolidée (réglage consolidated_until)."),
        term="revisions",
    ),
    "is_revised": Meaning(
        N_("Révisée"),
        N_(
            "Indique si l’année, close ou consolidée, a changé de plus que la part de ses heures fixée dans les réglages."
        ),
        term="revisions",
    ),
    "lots_appeared": Meaning(
        N_("Lots apparus"), N_("Lots que la publication antérieure n’avait pas."), term="revisions"
    ),
    "lots_gone": Meaning(
        N_("Lots disparus"), N_("Lots que la publication la plus récente n’a plus."), term="revisions"
    ),
    "lot_change": Meaning(
        N_("Devenir du lot"),
        N_("Indique si le lot est apparu, a disparu ou est resté."),
        codes=codes.LotChange,
        term="revisions",
    ),
    "first_year": Meaning(N_("Première année modifiée"), N_("Première année dont les heures ont changé.")),
    "last_year": Meaning(N_("Dernière année modifiée"), N_("Dernière année dont les heures ont changé.")),
    "earlier_release": Meaning(
        N_("Publication antérieure"), N_("Identifiant de la publication à laquelle celle-ci est comparée.")
    ),
    "earlier_data_as_of": Meaning(N_("Données antérieures au"), N_("Date des données de la publication antérieure.")),
    "hours": Meaning(N_("Heures"), N_("Heures acceptées des lignes concernées.")),
    "filter_choices.hours": Meaning(
        N_("Heures"), N_("Heures validées et en attente que ce choix laisse voir, avec les autres filtres.")
    ),
    "hours_committed": Meaning(
        N_("Heures engagées"),
        N_("Obligations de tous les lots notifiés, à la date des données, avenants compris."),
        term="heures-engagees",
    ),
    "rated_committed": Meaning(
        N_("Heures engagées du taux"),
        N_("Obligations des seuls lots dont le taux de réalisation se calcule\u00a0: dénominateur du taux."),
        term="taux-de-realisation",
    ),
    "rated_hours": Meaning(
        N_("Heures réalisées du taux"),
        N_("Heures validées des mêmes lots, sur toute leur vie\u00a0: numérateur du taux."),
        term="taux-de-realisation",
    ),
    "rated_closed_hours": Meaning(
        N_("Heures réalisées, lots soldés"),
        N_("Heures validées des lots soldés dont le taux se calcule\u00a0: numérateur de leur taux."),
        term="taux-de-realisation",
    ),
    "rated_closed_committed": Meaning(
        N_("Heures engagées, lots soldés"),
        N_("Obligations des mêmes lots\u00a0: dénominateur."),
        term="taux-de-realisation",
    ),
    "rated_running_hours": Meaning(
        N_("Heures réalisées, lots en cours"),
        N_("Heures validées des lots en cours dont le taux se calcule\u00a0: numérateur de leur taux."),
        term="taux-de-realisation",
    ),
    "rated_running_committed": Meaning(
        N_("Heures engagées, lots en cours"),
        N_("Obligations des mêmes lots\u00a0: dénominateur."),
        term="taux-de-realisation",
    ),
    "lots.hours_committed": Meaning(
        N_("Heures engagées"),
        N_("Obligation du lot à la date des données, avenants compris\u202f; vide quand elle est inconnue, jamais 0."),
        term="heures-engagees",
    ),
    "lot_facts.hours_committed": Meaning(
        N_("Heures engagées"),
        N_("Obligation du lot à la date des données, avenants compris\u202f; vide quand elle est inconnue, jamais 0."),
        term="heures-engagees",
    ),
    "detail_lots.hours_committed": Meaning(
        N_("Heures engagées"),
        N_("Obligation du lot à la date des données, avenants compris\u202f; vide quand elle est inconnue, jamais 0."),
        term="heures-engagees",
    ),
    "detail_hours.hours_validated": Meaning(
        N_("Heures réalisées"),
        N_("Heures que le facilitateur a acceptées\u202f; vide tant qu’elles sont en attente, 0 après rejet."),
        term="heures-validees",
    ),
    "detail_lots.hours_validated": Meaning(
        N_("Heures réalisées"),
        N_("Heures que le facilitateur a acceptées, travaillées dans la période et les filtres."),
        term="heures-validees",
    ),
    "detail_hours.hours_pending": Meaning(
        N_("Heures en attente"),
        N_("Heures déclarées de la ligne tant qu’elles ne sont pas validées, 0 ensuite."),
        term="heures-en-attente",
    ),
    "detail_hours.status": Meaning(
        N_("État"),
        N_("Où en est la ligne\u00a0: déclarée, validée, rejetée ou corrigée."),
        codes=codes.EntryStatus,
    ),
    "hours_lines": Meaning(N_("Lignes d’heures"), N_("Nombre de lignes de déclaration, rejetées comprises.")),
    "line_number": Meaning(N_("Rang"), N_("Place dans la liste entière, à partir de 1.")),
    "hours_to_date": Meaning(
        N_("Heures réalisées à ce jour"),
        N_("Heures validées sur toute la vie du lot, quelles que soient les années choisies."),
        term="heures-validees",
    ),
    "milestone_progress.hours_to_date": Meaning(
        N_("Heures à ce jour"), N_("Solde d’ouverture et heures de la mesure du jalon, jusqu’à ce jour."), term="jalon"
    ),
    "pending_to_date": Meaning(
        N_("Heures en attente à ce jour"),
        N_("Heures déclarées et pas encore validées, sur toute la vie du lot."),
        term="heures-en-attente",
    ),
    "cumulative_hours": Meaning(
        N_("Cumul réalisé"),
        N_(
            "Solde d’ouverture et heures validées jusqu’à ce mois\u202f; le solde n’entre que si rien d’autre que les années n’est filtré."
        ),
        term="solde-d-ouverture",
    ),
    "lot_months.cumulative_hours": Meaning(
        N_("Cumul réalisé"), N_("Heures validées du lot jusqu’à ce mois."), term="heures-validees"
    ),
    "cumulative_committed_hours": Meaning(
        N_("Cumul engagé"),
        N_("Solde d’ouverture et obligations des lots notifiés jusqu’à ce mois."),
        term="heures-engagees",
    ),
    "expected_hours": Meaning(
        N_("Heures attendues"),
        N_(
            "Heures que le lot aurait si son obligation était répartie également sur sa durée\u202f; vide quand le calcul n’est pas possible."
        ),
        term="rythme-attendu",
        is_term=True,
    ),
    "lot_months.expected_hours": Meaning(
        N_("Cumul attendu"),
        N_("Heures que le lot aurait à la fin du mois si son obligation était répartie également sur sa durée."),
        term="rythme-attendu",
    ),
    "milestone_progress.expected_hours": Meaning(
        N_("Heures attendues"),
        N_("Pour un objectif annuel, la part de la cible qui revient aux mois dont les déclarations sont arrivées."),
        term="jalon",
    ),
    "gap_hours": Meaning(
        N_("Écart au rythme attendu"),
        N_("Heures réalisées pendant les mois complets, moins les heures attendues\u202f; négatif en retard."),
        term="rythme-attendu",
    ),
    "milestone_progress.gap_hours": Meaning(
        N_("Écart à la cible"),
        N_("Heures à ce jour, moins la cible\u202f; négatif tant qu’elle n’est pas atteinte."),
        term="jalon",
    ),
    "missing_hours": Meaning(
        N_("Heures manquantes"),
        N_(
            "Heures qu’il faudrait pour être au rythme attendu, ou pour avoir rempli l’obligation quand le lot est terminé."
        ),
        term="alerte",
    ),
    "late_lots_by_client.missing_hours": Meaning(
        N_("Heures à rattraper"),
        N_(
            "Heures qui manquent aux lots à relancer pour tenir le rythme attendu, ou remplir l’obligation quand la fin est proche."
        ),
        term="alerte",
    ),
    "ending_missing_hours": Meaning(
        N_("Heures à rattraper, fin proche"),
        N_("Les mêmes, pour les seuls lots dont la fin est proche."),
        term="alerte",
    ),
    "not_started_missing_hours": Meaning(
        N_("Heures à rattraper, pas démarrés"),
        N_("Les mêmes, pour les seuls lots qui n’ont pas démarré."),
        term="alerte",
    ),
    "behind_missing_hours": Meaning(
        N_("Heures à rattraper, en retard"),
        N_("Les mêmes, pour les seuls lots en retard sur le rythme attendu."),
        term="alerte",
    ),
    "running_missing_hours": Meaning(
        N_("Heures manquantes, lots en cours"), N_("Les mêmes, pour les seuls lots en cours."), term="alerte"
    ),
    "left_hours": Meaning(
        N_("Heures restant à faire"),
        N_(
            "Obligation moins les heures réalisées, pour un lot en cours qui ne l’a pas encore remplie\u202f; vide sinon."
        ),
    ),
    "is_ending": Meaning(
        N_("Se termine dans les trois mois"),
        N_("Sa fin prévue est dans les trois mois qui suivent la date des données."),
    ),
    "ending_left_hours": Meaning(
        N_("Heures restant à faire dans les trois mois"),
        N_("Les mêmes heures, additionnées sur les lots qui se terminent dans les trois mois."),
    ),
    "needed_per_month": Meaning(
        N_("Heures à faire par mois"),
        N_(
            "Ce qui reste à faire, réparti jusqu’à la fin prévue du lot\u202f; vide quand il est terminé ou que l’obligation est remplie."
        ),
        term="rythme-attendu",
    ),
    "best_per_month": Meaning(
        N_("Trois meilleurs mois, par mois"),
        N_("Moyenne des trois meilleurs mois complets d’affilée du lot\u202f; vide sans aucun."),
        term="rythme-attendu",
    ),
    "amendment_hours": Meaning(
        N_("Heures des avenants"),
        N_("Heures engagées moins heures engagées initiales\u202f; vide quand l’une est inconnue."),
    ),
    "target_hours": Meaning(
        N_("Cible"), N_("Nombre d’heures à atteindre, fixé dans les réglages."), term="jalon", digits=0
    ),
    "opening_hours": Meaning(
        N_("Solde d’ouverture"),
        N_("Part des heures réalisée avant le début de l’extraction."),
        term="solde-d-ouverture",
    ),
    "complete_hours": Meaning(
        N_("Heures des mois complets"),
        N_("Solde d’ouverture et heures jusqu’au dernier mois dont les déclarations sont arrivées."),
        term="jalon",
    ),
    "pace_hours": Meaning(
        N_("Rythme sur douze mois"), N_("Heures des douze derniers mois complets."), term="projection"
    ),
    "objective_hours": Meaning(
        N_("Objectif de l’année"),
        N_("Objectif annuel de toute l’autorité, dans les réglages\u202f; vide sans objectif."),
        term="jalon",
        digits=0,
    ),
    "same_months_hours_before": Meaning(
        N_("Heures des mêmes mois, un an avant"),
        N_("Heures validées des mêmes mois de l’année précédente."),
        term="evolution",
    ),
    "same_months_hours": Meaning(
        N_("Heures des mois comparés"),
        N_("Heures validées des mois complets dont le même mois, un an avant, est dans les données."),
        term="evolution",
    ),
    "compared_months": Meaning(
        N_("Mois comparés"),
        N_("Mois complets de l’année dont le même mois, un an avant, est dans les données."),
        term="evolution",
    ),
    "hours_counted": Meaning(
        N_("Heures comptées dans le total"),
        N_("Heures validées des lots dont les heures entrent dans le total."),
        term="compte-au-total",
    ),
    "hours_uncounted": Meaning(
        N_("Heures hors du total"),
        N_("Heures validées des lots dont les heures n’entrent pas dans le total."),
        term="compte-au-total",
    ),
    "all_hours_uncounted": Meaning(
        N_("Heures hors du total, tous types"),
        N_("Heures validées hors du total, tous types de clause ensemble."),
        term="compte-au-total",
    ),
    "place_hours": Meaning(
        N_("Heures de l’ensemble"),
        N_(
            "Heures validées de toutes les lignes du même ensemble (communes du territoire, autres communes, codes inconnus, sans lieu)."
        ),
        term="commune",
    ),
    "hours_per_1000": Meaning(
        N_("Heures pour 1\u202f000 habitants"),
        N_("Heures validées ÷ population municipale × 1\u202f000\u202f; vide hors du territoire."),
        term="commune",
        digits=0,
    ),
    "place_hours_per_1000": Meaning(
        N_("Heures pour 1\u202f000 habitants, territoire"),
        N_("Heures validées de l’ensemble ÷ sa population municipale × 1\u202f000."),
        term="commune",
        digits=0,
    ),
    "hours_per_participant": Meaning(
        N_("Heures par bénéficiaire"),
        N_("Heures validées de personnes identifiées ÷ nombre de ces personnes."),
        term="beneficiaires",
    ),
    "fte": Meaning(
        N_("ETP"),
        N_("Heures validées ÷ heures d’un équivalent temps plein, dans les réglages."),
        term="etp",
        is_term=True,
    ),
    # Ratios
    "share_ratio": Meaning(
        N_("Part"), N_("Heures validées de la ligne ÷ heures validées de toutes les lignes, avec les mêmes filtres.")
    ),
    "milestone_progress.share_ratio": Meaning(N_("Part de la cible"), N_("Heures à ce jour ÷ cible."), term="jalon"),
    "year_share_ratio": Meaning(
        N_("Part de l’année"),
        N_("Heures validées de la ligne ÷ heures validées de l’année\u202f; vide dans une année sans heures."),
    ),
    "hours_by_clause_and_year.best_year_ratio": Meaning(
        N_("Part de la meilleure année"),
        N_("Heures validées de l’année ÷ celles de la meilleure année du même type de clause."),
    ),
    "best_year_ratio": Meaning(
        N_("Part de la meilleure année"),
        N_("Heures validées de l’année ÷ celles de la meilleure année du même maître d’ouvrage."),
    ),
    "place_share_ratio": Meaning(
        N_("Part de l’ensemble"), N_("Heures validées de l’ensemble ÷ heures validées de tous.")
    ),
    "pending_ratio": Meaning(
        N_("Part en attente"), N_("Heures en attente ÷ heures validées et en attente."), term="heures-en-attente"
    ),
    "completion_ratio": Meaning(
        N_("Taux de réalisation"),
        N_("Heures validées ÷ heures engagées des mêmes lots, sur toute leur vie\u202f; jamais ramené à 100\u00a0%."),
        term="taux-de-realisation",
        is_term=True,
    ),
    "completion_closed_ratio": Meaning(
        N_("Réalisation, lots soldés"),
        N_("Le même taux pour les seuls lots soldés\u00a0: il est définitif."),
        term="taux-de-realisation",
        is_term=True,
    ),
    "completion_running_ratio": Meaning(
        N_("Réalisation, lots en cours"),
        N_("Le même taux pour les seuls lots en cours, à ce jour."),
        term="taux-de-realisation",
        is_term=True,
    ),
    "time_ratio": Meaning(
        N_("Part de la durée écoulée"),
        N_("Jours passés ÷ durée du lot, de 0 à 1\u202f; vide sans dates ou sans nombre d’heures."),
        term="rythme-attendu",
    ),
    "share_of_best": Meaning(
        N_("Part du meilleur mois"), N_("Heures du mois ÷ heures du meilleur des douze derniers mois du lot.")
    ),
    "pace_ratio": Meaning(
        N_("Rythme"),
        N_("Heures réalisées pendant les mois complets ÷ heures attendues\u202f; vide quand rien n’est attendu."),
        term="rythme-attendu",
    ),
    "objective_ratio": Meaning(
        N_("Part de l’objectif"), N_("Heures validées de l’année ÷ objectif de l’année."), term="jalon"
    ),
    "change_ratio": Meaning(
        N_("Évolution sur un an"),
        N_(
            "Heures de l’année ÷ celles de l’année précédente, moins 1\u202f; vide pour une année en cours, quand la précédente"
            " n’est pas entière dans les données, ou quand elle est sans heures."
        ),
        term="evolution",
        is_term=True,
        kind="change",
    ),
    "same_months_change_ratio": Meaning(
        N_("Évolution à mois comparables"),
        N_(
            "Heures des mois comparés ÷ celles des mêmes mois un an avant, moins 1\u202f; aucun mois provisoire n’y entre."
        ),
        term="evolution",
        is_term=True,
        kind="change",
    ),
    "social_ratio": Meaning(
        N_("Part avec une considération sociale"),
        N_(
            "Marchés avec une considération sociale ÷ tous les marchés notifiés\u202f; vide quand aucun n’est renseigné."
        ),
        term="consideration-sociale",
        is_term=True,
    ),
    "social_amount_ratio": Meaning(
        N_("Part en valeur"),
        N_(
            "Montants notifiés avec une considération sociale ÷ tous les montants notifiés\u202f; vide quand aucun marché de montant connu n’est renseigné."
        ),
        term="spaser",
    ),
    "amount_notified_eur": _notified(
        N_("Montant notifié"),
        N_(
            "Montants des marchés à leur notification, maxima des accords-cadres et valeurs des concessions compris\u00a0: ce ne sont pas des dépenses."
        ),
    ),
    "amount_social_eur": _notified(
        N_("Montant avec une considération sociale"),
        N_("Montants, à la notification, des marchés avec une considération sociale."),
    ),
    "contracts_valueless": Meaning(
        N_("Sans montant"),
        N_("Marchés de montant inconnu ou nul\u00a0: comptés en nombre, absents des montants."),
        term="spaser",
    ),
    "amount_framework_eur": _notified(
        N_("Dont maxima d’accords-cadres"),
        N_("Maxima des accords-cadres, reconnus à leur nature dans les DECP ou à la forme du lot de même numéro."),
    ),
    "amount_concession_eur": _notified(
        N_("Dont concessions"), N_("Valeurs des concessions, qui ne sont pas des achats.")
    ),
    "contracts_unspecified": Meaning(
        N_("Considération non précisée"),
        N_("Marchés dont les DECP disent seulement «\u00a0oui\u00a0»\u00a0: rien ne dit s’ils sont réservés."),
        term="spaser",
    ),
    "contracts_reserved": Meaning(
        N_("Marchés réservés"), N_("Marchés signalés réservés dans les DECP."), term="spaser"
    ),
    "amount_reserved_eur": _notified(
        N_("Montant des marchés réservés"), N_("Montants, à la notification, des marchés réservés.")
    ),
    "contracts_reserved_iae": Meaning(
        N_("Réservés SIAE"), N_("Marchés réservés dont le lot de même numéro est réservé aux SIAE."), term="spaser"
    ),
    "amount_reserved_iae_eur": _notified(
        N_("Montant réservé SIAE"), N_("Montants, à la notification, des marchés réservés aux SIAE.")
    ),
    "contracts_reserved_disability": Meaning(
        N_("Réservés EA/ESAT"),
        N_("Marchés réservés dont le lot de même numéro est réservé aux EA/ESAT."),
        term="spaser",
    ),
    "amount_reserved_disability_eur": _notified(
        N_("Montant réservé EA/ESAT"), N_("Montants, à la notification, des marchés réservés aux EA/ESAT.")
    ),
    "contracts_reserved_other": Meaning(
        N_("Autres réservés"),
        N_("Marchés réservés dont le lot de même numéro est réservé à l’ESS ou à un établissement pénitentiaire."),
        term="spaser",
    ),
    "amount_reserved_other_eur": _notified(
        N_("Montant des autres réservés"),
        N_("Montants, à la notification, des marchés réservés à l’ESS ou à un établissement pénitentiaire."),
    ),
    "contracts_reserved_unknown": Meaning(
        N_("Réservés, catégorie non précisée"),
        N_("Marchés réservés dont aucun lot de même numéro ne précise la catégorie."),
        term="spaser",
    ),
    "amount_reserved_unknown_eur": _notified(
        N_("Montant réservé, catégorie non précisée"),
        N_("Montants, à la notification, des marchés réservés dont aucun lot de même numéro ne précise la catégorie."),
    ),
    "spaser_threshold_eur": _notified(
        N_("Seuil du SPASER"),
        N_(
            "Achats annuels d’une autorité au-dessus desquels elle adopte un SPASER, à la fin de l’année\u202f; ce sont les dépenses qui comptent. Vide pour plusieurs acheteurs réunis."
        ),
    ),
    "said_ratio": Meaning(
        N_("Part parmi les marchés renseignés"),
        N_("Marchés avec une considération sociale ÷ marchés qui précisent s’ils en ont une."),
        term="consideration-sociale",
    ),
    "target_ratio": Meaning(
        N_("Objectif national"),
        N_(
            "Objectif national de l’année\u202f; à défaut le suivant, à défaut le dernier fixé\u202f; vide sans objectif."
        ),
        term="consideration-sociale",
    ),
    "national_ratio": Meaning(
        N_("Part en France"), N_("Part nationale de l’année, quand elle est connue."), term="consideration-sociale"
    ),
    # Counts
    "lots": Meaning(N_("Lots"), N_("Nombre de lots."), term="lot"),
    "lots_counted": Meaning(
        N_("Lots comptés dans le total"), N_("Lots dont les heures entrent dans le total."), term="compte-au-total"
    ),
    "lots_uncounted": Meaning(
        N_("Lots hors du total"), N_("Lots dont les heures n’entrent pas dans le total."), term="compte-au-total"
    ),
    "all_lots_uncounted": Meaning(
        N_("Lots hors du total, tous types"),
        N_("Lots hors du total, tous types de clause ensemble."),
        term="compte-au-total",
    ),
    "lots_excluded": Meaning(
        N_("Lots hors du taux"),
        N_(
            "Lots sans obligation chiffrée, pas encore démarrés ou arrêtés\u00a0: ils n’entrent pas dans le taux de réalisation."
        ),
        term="taux-de-realisation",
    ),
    "to_call_lots": Meaning(
        N_("Lots à relancer"), N_("Lots en cours dont la fin est proche, pas démarrés ou en retard."), term="alerte"
    ),
    "ending_lots": Meaning(
        N_("Lots dont la fin est proche"),
        N_("En cours, fin dans peu de jours, alors qu’il manque plus d’une certaine part de l’obligation."),
        term="alerte",
    ),
    "not_started_lots": Meaning(
        N_("Lots pas démarrés"),
        N_("Aucune heure, même en attente, après une certaine part de la durée."),
        term="alerte",
    ),
    "behind_lots": Meaning(
        N_("Lots en retard"),
        N_("Moins d’une certaine part des heures attendues, après une certaine part de la durée."),
        term="alerte",
    ),
    "running_lots": Meaning(N_("Lots en cours"), N_("Nombre de ces lots qui sont en cours."), term="alerte"),
    "contracts": Meaning(
        N_("Marchés"),
        N_(
            "Nombre de marchés distincts\u00a0: un marché de plusieurs lots compte une fois. Ils ne s’additionnent pas d’une ligne à l’autre."
        ),
        term="lot",
    ),
    "social_share_by_client.contracts": Meaning(
        N_("Marchés notifiés"),
        N_("Tous les marchés notifiés, le dénominateur de la part."),
        term="consideration-sociale",
    ),
    "social_share_by_year.contracts": Meaning(
        N_("Marchés notifiés"),
        N_("Tous les marchés notifiés, le dénominateur de la part."),
        term="consideration-sociale",
    ),
    "social_condition.contracts": Meaning(
        N_("Marchés notifiés"),
        N_("Tous les marchés notifiés, quels que soient leur date et leur montant."),
        term="consideration-sociale",
    ),
    "clients": Meaning(
        N_("Maîtres d’ouvrage actifs"),
        N_("Maîtres d’ouvrage actifs\u00a0: un lot en cours, ou des heures validées dans la période."),
        term="maitre-d-ouvrage",
    ),
    "clients_with_hours": Meaning(
        N_("Maîtres d’ouvrage qui portent des heures"),
        N_("Maîtres d’ouvrage dont les heures validées dans la période sont supérieures à 0."),
        term="maitre-d-ouvrage",
    ),
    "contractors": Meaning(
        N_("Entreprises titulaires"), N_("Nombre de titulaires distincts, par SIRET, sinon par nom."), term="titulaire"
    ),
    "buyers": Meaning(N_("Acheteurs"), N_("Nombre d’acheteurs distincts, par SIRET.")),
    "participants": Meaning(
        N_("Bénéficiaires"),
        N_("Personnes distinctes dont la somme des heures validées dépasse 0\u202f; elles ne s’additionnent pas."),
        term="beneficiaires",
        is_term=True,
    ),
    **{
        f"exits_by_{axis}.participants": Meaning(
            N_("Personnes sorties"), N_("Personnes sorties, dont la situation est attendue à ce moment.")
        )
        for axis in ("point", "clause", "duration", "employer_kind", "entry_year")
    },
    "work_contracts": Meaning(
        N_("Contrats de travail"),
        N_("Contrats de travail distincts qui ont des heures validées\u202f; ils ne s’additionnent pas."),
        unit=N_("contrats"),
    ),
    "trait": Meaning(
        N_("Caractéristique"),
        N_(
            "Celle que la ligne compte, du nom de sa colonne dans les heures\u202f; «\u00a0total\u00a0» pour toutes les personnes."
        ),
    ),
    **{
        f"{question}.value": Meaning(
            N_("Valeur"), N_("Code de la caractéristique\u202f; vide quand elle n’est pas renseignée.")
        )
        for question in ("people_by_trait", "people_by_residence")
    },
    "presence": Meaning(
        N_("Présence"),
        N_(
            "Nouvelle la première année où la somme des heures validées de la personne dépasse 0, déjà présente les années suivantes."
        ),
        codes=codes.Presence,
    ),
    "outcome_group": Meaning(
        N_("Groupe de situations"),
        N_("Emploi durable, autre sortie dynamique, autre situation connue, situation inconnue."),
        codes=codes.OutcomeGroup,
        term="sortie-dynamique",
    ),
    "entry_year": Meaning(
        N_("Année d’entrée"), N_("Année des premières heures validées de la personne, sur quelque lot que ce soit.")
    ),
    "duration_band": Meaning(
        N_("Durée du parcours"),
        N_("Mois entre les premières heures validées de la personne et sa sortie."),
        codes=codes.DurationBand,
    ),
    "is_total": Meaning(N_("Total"), N_("Vrai pour la ligne qui réunit toutes les autres.")),
    **{
        f"{question}.population": Meaning(
            N_("Population"),
            N_("Valeur du filtre à laquelle répondent les personnes de la ligne\u202f; vide quand rien n’est filtré."),
            term="secret-statistique",
        )
        for question in (
            "people_by_trait",
            "people_by_residence",
            "people_by_year",
            "exits_by_point",
            "exits_by_clause",
            "exits_by_duration",
            "exits_by_employer_kind",
            "exits_by_entry_year",
        )
    },
    "hours_share_ratio": Meaning(
        N_("Part des heures"),
        N_(
            "Heures des personnes de la ligne ÷ heures de la population, à un pour cent près et avec un bruit\u202f; vide quand une personne y pèse trop."
        ),
        term="secret-statistique",
    ),
    "population": Meaning(
        N_("Population municipale"),
        N_("Habitants de la commune, d’après l’Insee\u202f; vide hors du territoire."),
        term="commune",
    ),
    "rank": Meaning(N_("Rang"), N_("1 pour l’année qui a le plus d’heures.")),
    "contracts_social": Meaning(
        N_("Avec une considération sociale"),
        N_("Marchés déclarés avec une considération sociale\u00a0: le numérateur."),
        term="consideration-sociale",
    ),
    "contracts_known": Meaning(
        N_("Marchés renseignés"),
        N_("Marchés qui précisent s’ils comportent une considération sociale ou non."),
        term="consideration-sociale",
    ),
    "contracts_unknown": Meaning(
        N_("Sans information"),
        N_("Marchés sans information\u202f; ils restent au dénominateur."),
        term="consideration-sociale",
    ),
    "contracts_obliged": Meaning(
        N_("Marchés au-dessus des seuils"),
        N_(
            "Marchés notifiés depuis que la condition sociale est obligatoire, au-dessus du seuil qui peut leur être applicable."
        ),
        term="seuils-europeens",
    ),
    "contracts_with_clause": Meaning(
        N_("Avec une clause sociale"), N_("Parmi eux, ceux qui comportent une clause sociale."), term="seuils-europeens"
    ),
    "contracts_with_other": Meaning(
        N_("Avec une autre considération"),
        N_("Parmi eux, ceux dont la considération sociale n’est pas déclarée comme une condition d’exécution."),
        term="seuils-europeens",
    ),
    "contracts_without": Meaning(
        N_("Sans considération sociale"), N_("Parmi eux, ceux qui sont déclarés sans aucune."), term="seuils-europeens"
    ),
    "contracts_unsaid": Meaning(
        N_("Non renseignés"), N_("Parmi eux, ceux qui sont sans information."), term="seuils-europeens"
    ),
    "contracts_doubtful": Meaning(
        N_("Dépassement incertain"),
        N_("Parmi ceux sans clause, ceux dont il n’est pas certain qu’ils dépassent le seuil."),
        term="seuils-europeens",
    ),
    "contracts_without_amount": Meaning(
        N_("Montant inconnu"),
        N_("Marchés notifiés depuis, de montant inconnu\u00a0: rien ne dit s’ils dépassent le seuil."),
        term="seuils-europeens",
    ),
    "anomalies": Meaning(N_("Anomalies"), N_("Lignes et lots qui posent question."), term="anomalies"),
    "anomalies_of_participants": Meaning(
        N_("Dont relatives aux personnes"),
        N_(
            "Celles qui portent sur une information relative à une personne\u00a0: mois de plus de 220\u00a0h, sortie à venir, commune inconnue."
        ),
        term="anomalies",
    ),
    "rows": Meaning(N_("Lignes ou lots"), N_("Nombre de lignes, ou de lots, concernés."), term="anomalies"),
    "hours_rows": Meaning(
        N_("Lignes d’heures"), N_("Lignes d’heures publiées, sans les doublons ni les lignes sans lot connu.")
    ),
    "rows_left_out": Meaning(
        N_("Lignes écartées"), N_("Doublons et lignes sans lot connu, hors de tout total."), term="anomalies"
    ),
    # Time
    "year": Meaning(N_("Année"), N_("Année où les heures ont été travaillées."), term="annee"),
    "milestone_progress.year": Meaning(
        N_("Année"), N_("Année que vise l’objectif\u202f; vide pour un jalon de toute la période."), term="jalon"
    ),
    "target_status": Meaning(
        N_("Objectif national atteint"),
        N_(
            "Atteint ou non\u202f; apprécié sur l’année même de l’objectif, pour l’ensemble de l’autorité, à partir de 30 marchés\u202f; sinon vide."
        ),
        term="consideration-sociale",
    ),
    "target_year": Meaning(N_("Année de l’objectif"), N_("Année pour laquelle l’objectif national est fixé.")),
    "anomaly_lines.month": Meaning(N_("Mois travaillé"), N_("Mois travaillé de la ligne\u202f; vide pour un lot.")),
    "first_month": Meaning(N_("Premier mois"), N_("Premier mois travaillé de la publication.")),
    "last_month": Meaning(
        N_("Dernier mois déclaré"), N_("Dernier mois travaillé qui a une ligne d’heures\u202f; vide sans heures.")
    ),
    "judged_on": Meaning(
        N_("Apprécié au"),
        N_("Fin du dernier mois complet\u00a0: le rythme et les alertes des lots sont appréciés à cette date."),
        kind="date",
    ),
    "last_complete_month": Meaning(
        N_("Dernier mois complet"), N_("Dernier mois dont les déclarations sont arrivées."), term="provisoire"
    ),
    "complete_months": Meaning(
        N_("Mois complets"),
        N_("Pour un objectif annuel, nombre de ses mois dont les déclarations sont arrivées."),
        term="provisoire",
    ),
    "months_late": Meaning(
        N_("Mois d’écart à la date des données"), N_("Mois entre la dernière déclaration et la date des données.")
    ),
    "crossed_month": Meaning(
        N_("Mois du passage"),
        N_(
            "Premier mois où le cumul atteint la cible\u202f; vide si le solde d’ouverture l’atteignait déjà, ou tant qu’elle ne l’est pas."
        ),
        term="jalon",
    ),
    "projected_month": Meaning(
        N_("Mois estimé"),
        N_("Mois où la cible serait atteinte au rythme des douze derniers mois complets\u202f; une estimation."),
        term="projection",
    ),
    "projected_earliest": Meaning(
        N_("Début de l’intervalle"),
        N_("Premier mois de l’intervalle qui contient la bonne date huit fois sur dix."),
        term="projection",
    ),
    "projected_latest": Meaning(
        N_("Fin de l’intervalle"),
        N_("Dernier mois de cet intervalle\u202f; vide quand seul un premier mois peut être donné."),
        term="projection",
    ),
    "not_before": Meaning(
        N_("Pas avant"),
        N_("Premier mois possible neuf fois sur dix, quand aucun dernier mois ne peut être donné."),
        term="projection",
    ),
    "obstacle": Meaning(
        N_("Ce qui empêche d’estimer une date"),
        N_(
            "no_hours\u00a0: aucune heure\u202f; short_history\u00a0: moins de 36 mois complets\u202f; late_declarations\u00a0: déclarations en retard\u202f; no_pace\u00a0: aucune heure en douze mois\u202f; idle_months\u00a0: plus de six mois sans heures sur 24\u202f; some_idle_months\u00a0: un à six\u202f; beyond_ten_years\u00a0: à plus de dix ans\u202f; no_latest\u00a0: trop d’écarts d’une année à l’autre."
        ),
        term="projection",
    ),
    "spread_ratio": Meaning(
        N_("Écart habituel d’une année à l’autre"),
        N_(
            "De combien le total d’une année s’écarte d’ordinaire de celui de la précédente (logarithme de l’un ÷ l’autre)."
        ),
        term="projection",
    ),
    "history_months": Meaning(
        N_("Mois d’historique"), N_("Mois complets depuis les premières heures."), term="projection"
    ),
    "last_declared_month": Meaning(
        N_("Dernier mois déclaré"), N_("Dernier mois qui a une déclaration pour ce jalon."), term="projection"
    ),
    "pace_per_month": Meaning(
        N_("Rythme par mois"), N_("Heures des douze derniers mois complets ÷ 12."), term="projection"
    ),
    "months_left": Meaning(
        N_("Mois restants"),
        N_("Mois entre le dernier mois complet et l’échéance ou la fin de l’année."),
        term="projection",
    ),
    "milestone_progress.needed_per_month": Meaning(
        N_("Heures nécessaires par mois"),
        N_("Heures restantes ÷ mois restants jusqu’à l’échéance ou la fin de l’année."),
        term="projection",
    ),
    "needed_more_per_month": Meaning(
        N_("Heures de plus par mois"),
        N_("Heures nécessaires par mois moins le rythme actuel\u202f; négatif quand le rythme suffit."),
        term="projection",
    ),
    "needed_change_ratio": Meaning(
        N_("Hausse nécessaire du rythme"), N_("Heures de plus par mois ÷ rythme actuel."), term="projection"
    ),
    "needed_for_sure_per_month": Meaning(
        N_("Heures par mois pour être presque sûr"),
        N_("Rythme qui atteindrait la cible à temps neuf fois sur dix."),
        term="projection",
    ),
    "still_owed_hours": Meaning(
        N_("Heures encore dues"),
        N_("Heures engagées moins heures réalisées des lots en cours qui n’ont pas tout fait."),
        term="heures-encore-dues",
    ),
    "year_low_hours": Meaning(
        N_("Total de l’année, bas de l’intervalle"),
        N_("Pour un objectif de l’année en cours, huit chances sur dix que le total soit entre les deux bornes."),
        term="projection",
    ),
    "year_high_hours": Meaning(
        N_("Total de l’année, haut de l’intervalle"), N_("La même estimation, borne haute."), term="projection"
    ),
    "low_hours": Meaning(
        N_("Cumul, bas de l’intervalle"), N_("Cumul à la fin du mois, borne basse."), term="projection"
    ),
    "middle_hours": Meaning(
        N_("Cumul estimé"), N_("Cumul à la fin du mois, au rythme des douze derniers mois complets."), term="projection"
    ),
    "high_hours": Meaning(
        N_("Cumul, haut de l’intervalle"), N_("Cumul à la fin du mois, borne haute."), term="projection"
    ),
    "asked_month": Meaning(N_("Estimé en"), N_("Dernier mois complet à la date de l’estimation."), term="projection"),
    "earliest": Meaning(
        N_("Début de l’intervalle"), N_("Premier mois de l’intervalle donné alors."), term="projection"
    ),
    "latest": Meaning(
        N_("Fin de l’intervalle"),
        N_("Dernier mois de l’intervalle donné alors\u202f; vide quand seul un premier mois pouvait l’être."),
        term="projection",
    ),
    "happened": Meaning(
        N_("Atteint en"),
        N_("Mois où ces heures ont été faites\u202f; vide tant qu’il n’est pas connu."),
        term="projection",
    ),
    "inside": Meaning(
        N_("Dans l’intervalle"),
        N_("Indique si l’intervalle contenait ce mois\u202f; vide tant que ce n’est pas connu."),
        term="projection",
    ),
    "distance_hours": Meaning(
        N_("Heures à faire"), N_("Autant d’heures qu’il en manque aujourd’hui avant le jalon."), term="projection"
    ),
    "known_dates": Meaning(N_("Dates vérifiées"), N_("Dates passées dont la réponse est connue."), term="projection"),
    "inside_dates": Meaning(N_("Dates bien estimées"), N_("Celles que l’intervalle contenait."), term="projection"),
    "expected_dates": Meaning(
        N_("Dates attendues"),
        N_("Celles qu’il devait contenir\u00a0: huit sur dix, neuf sur dix sans dernier mois."),
        term="projection",
    ),
    "hours_still_owed.month": Meaning(
        N_("Mois"), N_("Mois à venir\u202f; vide pour les lots dont la fin est passée ou inconnue.")
    ),
    "owed_hours": Meaning(
        N_("Heures encore dues"),
        N_("Heures que les lots en cours doivent encore, réparties également jusqu’à leur fin."),
        term="heures-encore-dues",
    ),
    "cumulative_owed_hours": Meaning(
        N_("Cumul des heures dues"), N_("Les mêmes, jusqu’à ce mois."), term="heures-encore-dues"
    ),
    "hours_still_owed.lots": Meaning(N_("Lots"), N_("Lots en cours qui doivent des heures ce mois-là.")),
    "due_on": Meaning(N_("Échéance"), N_("Date à tenir, quand il y en a une."), term="jalon"),
    "days_left": Meaning(
        N_("Jours restants"), N_("Jours de la date des données à la fin prévue\u202f; négatif une fois passée.")
    ),
    "data_as_of": Meaning(N_("Date des données"), N_("Jour où l’extraction a été faite.")),
    "published_at": Meaning(
        N_("Date de publication"), N_("Moment où les données ont été publiées, en temps universel.")
    ),
    "obliged_from": Meaning(
        N_("Obligation depuis"),
        N_("Date depuis laquelle la condition sociale est obligatoire au-dessus des seuils européens."),
        term="seuils-europeens",
    ),
    "last_notified": Meaning(
        N_("Dernière notification"), N_("Dernière notification dans les filtres\u202f; vide sans marché.")
    ),
    "contracts_without_social_condition.notified_on": Meaning(
        N_("Date de notification"), N_("Première notification du marché.")
    ),
    # What a row is about
    "kind": Meaning(N_("Anomalie"), N_("Nature de l’anomalie."), term="anomalies", codes=codes.AnomalyKind),
    "source_file": Meaning(N_("Fichier"), N_("Fichier d’où la ligne a été lue.")),
    "source_row": Meaning(N_("Ligne"), N_("Numéro de la ligne dans ce fichier."), kind="text"),
    "detail": Meaning(N_("Détail"), N_("Ce qui y est écrit, jamais au sujet d’une personne.")),
    "commune_name": Meaning(N_("Commune"), N_("Nom de la commune d’exécution, d’après l’Insee."), term="commune"),
    "lots.commune_name": Meaning(
        N_("Commune d’exécution"), N_("Nom de la commune d’exécution, d’après l’Insee."), term="commune"
    ),
    "lots.execution_commune": Meaning(
        N_("Commune d’exécution, code INSEE"),
        N_("Code INSEE du lieu des travaux\u202f; vide quand il y en a plusieurs ou qu’il est inconnu."),
        term="commune",
    ),
    "detail_lots.commune_name": Meaning(
        N_("Commune d’exécution"), N_("Nom de la commune d’exécution, d’après l’Insee."), term="commune"
    ),
    "detail_lots.execution_commune": Meaning(
        N_("Commune d’exécution, code INSEE"),
        N_("Code INSEE du lieu des travaux\u202f; vide quand il y en a plusieurs ou qu’il est inconnu."),
        term="commune",
    ),
    "client_commune_name": Meaning(
        N_("Commune du maître d’ouvrage"), N_("Nom de la commune du maître d’ouvrage, d’après l’Insee."), term="commune"
    ),
    "detail_lots.client_commune": Meaning(
        N_("Commune du maître d’ouvrage, code INSEE"), N_("Code INSEE du siège du maître d’ouvrage."), term="commune"
    ),
    "commune_map.execution_commune": Meaning(
        N_("Commune d’exécution"),
        N_("Code INSEE d’une commune du territoire\u202f; vide dans les trois dernières lignes."),
        term="commune",
    ),
    "totals_reconciled.step": Meaning(
        N_("Étape"),
        N_("De ce que la publication contient à ce que les pages, puis la courbe, additionnent."),
        codes=codes.TotalStep,
    ),
    "totals_reconciled.step_kind": Meaning(
        N_("Nature de l’étape"),
        N_("sum\u00a0: une somme\u202f; less\u00a0: des heures retirées\u202f; plus\u00a0: des heures ajoutées."),
    ),
    "totals_reconciled.place": Meaning(N_("Rang"), N_("Place de l’étape dans le calcul, de haut en bas.")),
    "place": Meaning(
        N_("Ensemble"),
        N_(
            "member\u00a0: commune du territoire\u202f; outside\u00a0: autre commune\u202f; unknown_code\u00a0: code inconnu de l’Insee\u202f; unlocated\u00a0: plusieurs communes, ou lieu inconnu."
        ),
        term="commune",
    ),
    "milestone": Meaning(N_("Jalon"), N_("Identifiant du jalon dans les réglages."), term="jalon"),
    "measure": Meaning(
        N_("Mesure"), N_("validated\u00a0: heures validées\u202f; committed\u00a0: heures engagées."), term="jalon"
    ),
    "milestone_what_if.status": Meaning(
        N_("État du jalon"), N_("Ce que serait l’état du jalon avec ces heures de plus."), term="jalon"
    ),
    "milestone_progress.status": Meaning(
        N_("État du jalon"),
        N_(
            "Atteint, non atteint, en avance, dans les temps, en retard, sans échéance, sans dernier mois, trop tôt pour dire ou non projetable."
        ),
        term="jalon",
    ),
    "milestone_progress.clause_category": Meaning(
        N_("Type de clause"), N_("Type de clause que vise le jalon\u202f; vide pour tous."), term="jalon"
    ),
    "client": Meaning(
        N_("Code du maître d’ouvrage"), N_("Maître d’ouvrage que vise le jalon\u202f; vide pour tous."), term="jalon"
    ),
    "alert": Meaning(
        N_("Alerte"),
        N_(
            "ending\u00a0: fin proche\u202f; not_started\u00a0: pas démarré\u202f; behind\u00a0: en retard\u202f; ended_short\u00a0: terminé sans toutes ses heures\u202f; over\u00a0: au-delà de l’obligation\u202f; none\u00a0: sans alerte."
        ),
        term="alerte",
    ),
    "lot_alerts.alert": Meaning(
        N_("Alerte"),
        N_(
            "ending\u00a0: fin proche\u202f; not_started\u00a0: pas démarré\u202f; behind\u00a0: en retard\u202f; ended_short\u00a0: terminé sans toutes ses heures\u202f; over\u00a0: au-delà de l’obligation\u202f; none\u00a0: sans alerte\u202f; to_call\u00a0: les trois premières ensemble\u202f; all\u00a0: toutes."
        ),
        term="alerte",
    ),
    "condition": Meaning(
        N_("Ce que déclarent les DECP"),
        N_("Ce que les DECP déclarent d’une condition sociale d’exécution."),
        codes=codes.SocialCondition,
    ),
    "doubt": Meaning(
        N_("Réserve"),
        N_("Pourquoi il n’est pas certain que le marché dépasse le seuil\u202f; vide quand c’est certain."),
        codes=codes.ThresholdDoubt,
    ),
    "threshold_eur": Meaning(
        N_("Seuil"),
        N_("Seuil européen auquel le montant est comparé."),
        unit=N_("€\u00a0HT"),
        term="seuils-europeens",
    ),
    "contracts_without_social_condition.amount_eur": Meaning(
        N_("Montant comparé"),
        N_("Montant initial quand il est connu, sinon le dernier connu."),
        unit=N_("€\u00a0HT"),
        term="seuils-europeens",
        kind="count",  # compared with thresholds, which have no cents
    ),
    "contracts_without_social_condition.buyer_name": Meaning(
        N_("Acheteur"), N_("Nom du maître d’ouvrage, sinon celui de l’acheteur dans les DECP, sinon son SIRET.")
    ),
    "contracts_without_social_condition.subject": Meaning(N_("Objet"), N_("Ce qui est acheté.")),
    "contracts_without_social_condition.client_id": Meaning(
        N_("Code du maître d’ouvrage"),
        N_("Code stable\u202f; vide quand l’acheteur n’est pas un maître d’ouvrage de l’extraction."),
    ),
    **{
        f"{question}.{column}": meaning
        for question in ("social_share_by_client", "spaser_indicators_by_year_and_client")
        for column, meaning in (
            (
                "client_id",
                Meaning(
                    N_("Code du maître d’ouvrage"),
                    N_(
                        "Code stable\u202f; vide pour l’ensemble des acheteurs qui ne sont pas des maîtres d’ouvrage de l’extraction."
                    ),
                ),
            ),
            (
                "client_name",
                Meaning(N_("Acheteur"), N_("Maître d’ouvrage\u202f; vide pour l’ensemble des autres acheteurs.")),
            ),
        )
    },
    "is_own": Meaning(
        N_("L’autorité elle-même"),
        N_("Indique si le maître d’ouvrage est l’autorité elle-même, et non un organisme qu’elle accompagne."),
    ),
    "is_member": Meaning(
        N_("Commune du territoire"), N_("Indique si la commune est l’une de celles de l’autorité."), term="commune"
    ),
    "is_active": Meaning(
        N_("Lot en cours"), N_("Indique si le maître d’ouvrage a un lot en cours."), term="maitre-d-ouvrage"
    ),
    "is_late": Meaning(
        N_("Déclaration en retard"),
        N_("Maître d’ouvrage actif dont la dernière déclaration est plus ancienne que le délai des réglages."),
    ),
    "structure_name": Meaning(N_("Structure"), N_("Nom de la structure dans les réglages, sinon son code.")),
    "hours_by_structure.data_as_of": Meaning(
        N_("Données au"), N_("Date des données que la structure a publiées en dernier.")
    ),
    "hours_by_structure.first_month": Meaning(
        N_("Premier mois"), N_("Premier mois travaillé de la structure, dans la période et les filtres.")
    ),
    "hours_by_structure.months_late": Meaning(
        N_("Mois de retard"),
        N_("Mois entre le dernier mois déclaré et celui de la date des données de l’observatoire."),
    ),
    "hours_by_structure.is_late": Meaning(
        N_("Déclaration en retard"), N_("Dernière déclaration plus ancienne que le délai des réglages.")
    ),
    "hours_by_structure.population": Meaning(
        N_("Habitants du territoire"),
        N_(
            "Population municipale des EPCI de la structure, d’après l’Insee\u202f; vide quand les réglages n’en donnent pas."
        ),
        term="commune",
    ),
    "whole_year": Meaning(
        N_("Dernière année complète"),
        N_("Dernière année de la période dont les douze mois sont complets\u00a0: la même pour toutes les structures."),
    ),
    "whole_year_hours": Meaning(
        N_("Heures de la dernière année complète"),
        N_(
            "Heures validées de cette année\u202f; vide pour une structure dont les heures commencent après janvier, ou dont les données"
            " s’arrêtent avant que décembre soit complet."
        ),
    ),
    "hours_by_structure.hours_per_1000": Meaning(
        N_("Heures d’une année pour 1\u202f000 habitants"),
        N_(
            "Heures validées de la dernière année complète ÷ population municipale des EPCI de la structure × 1\u202f000\u202f; vide quand"
            " l’une des deux n’est pas connue."
        ),
        term="commune",
        digits=0,
    ),
    "in_totals": Meaning(
        N_("Comprises dans les totaux"),
        N_("Indique si ces heures sont dans les totaux\u202f; les doublons et les lignes sans lot connu n’y sont pas."),
        term="anomalies",
    ),
    "negative": Meaning(
        N_("Corrections dominantes"), N_("Indique si les corrections dépassent les heures validées du mois.")
    ),
    "provisional": Meaning(
        N_("Provisoire"), N_("Indique si les déclarations de ce mois arrivent encore."), term="provisoire"
    ),
    "complete": Meaning(
        N_("Année complète"),
        N_("Indique si la publication couvre les douze mois, aucun n’étant provisoire."),
        term="provisoire",
    ),
    **{
        f"{question}.{column}": meaning
        for question in ("social_share_by_year", "spaser_indicators_by_year", "spaser_indicators_by_year_and_client")
        for column, meaning in (
            (
                "year",
                Meaning(
                    N_("Année de notification"),
                    N_("Année de la première notification du marché\u202f; vide sans date."),
                ),
            ),
            ("complete", Meaning(N_("Année complète"), N_("Indique si l’année est terminée à la date des données."))),
        )
    },
    "demo": Meaning(N_("Démonstration"), N_("Indique si les chiffres sont inventés, pour la démonstration.")),
    "release": Meaning(N_("Publication"), N_("Identifiant de la publication.")),
    "field": Meaning(N_("Filtre"), N_("Nom du filtre.")),
    "value": Meaning(
        N_("Valeur"), N_("Valeur du filtre\u202f; «\u00a0none\u00a0» pour les lignes où la colonne est vide.")
    ),
    "name": Meaning(N_("Nom"), N_("Nom du maître d’ouvrage ou de la commune\u202f; son code quand il est inconnu.")),
    "sirets": Meaning(N_("SIRET"), N_("SIRET du maître d’ouvrage, pour la recherche\u202f; vide pour une commune.")),
}

# Columns of tables on pages that no answer has: computed from published figures, or texts.
ON_PAGES: Final[Mapping[str, Meaning]] = {
    "clause_code": Meaning(
        N_("Code du type de clause"), N_("Code des fichiers pour programmes et des filtres."), kind="text"
    ),
    "lot_code": Meaning(N_("N° du lot"), N_("«\u00a000\u00a0» quand le marché n’est pas alloti."), kind="text"),
    "commune_code": Meaning(
        N_("Code INSEE"), N_("Celui d’une commune, vide pour un ensemble de communes."), kind="text"
    ),
    "persons_ratio": Meaning(
        N_("Part des personnes"),
        N_("Personnes de la ligne ÷ toutes les personnes, de nombres arrondis au titre du secret statistique."),
        kind="percent",
    ),
    "hours_ratio": Meaning(
        N_("Part des heures"),
        N_("Heures des personnes de la ligne ÷ heures de toutes, arrondie et bruitée au titre du secret statistique."),
        kind="percent",
    ),
    "known": Meaning(
        N_("Situations connues"), N_("Personnes sorties dont la situation à ce moment est connue."), kind="count"
    ),
    "dynamic_ratio": Meaning(
        N_("Sorties dynamiques"),
        N_("Personnes en emploi durable, de transition ou en sortie positive ÷ situations connues."),
        kind="percent",
        term="sortie-dynamique",
    ),
    "durable_ratio": Meaning(
        N_("En emploi durable"),
        N_("Personnes en emploi durable ÷ situations connues."),
        kind="percent",
        term="sortie-dynamique",
    ),
    "unknown_ratio": Meaning(
        N_("Situations inconnues"),
        N_("Personnes dont la situation n’est pas connue ÷ personnes sorties."),
        kind="percent",
        term="sortie-dynamique",
    ),
    "reason": Meaning(N_("Motif de l’alerte"), N_("Ce qui justifie l’alerte du lot, en une phrase."), kind="text"),
    "objective_status": Meaning(
        N_("État de l’objectif"), N_("Où en est l’objectif de l’année."), kind="status", term="jalon"
    ),
}
