"""The code lists of the two tables: each code with its label for readers.

Sources: the field's national consolidation (Alliance Villes Emploi) for employers and publics, the Code de la commande
publique for clauses, the DECP format for social considerations.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self

from data.words import N_


class Code(StrEnum):
    """A code of the data contract: its value is what Parquet holds; `label` and `definition` are catalogue texts.

    The definition is empty where the label says it all.
    """

    label: str
    definition: str

    def __new__(cls, value: str, label: str, definition: str = "") -> Self:
        """A member from its code, its label and its definition."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.definition = definition
        return member

    @classmethod
    def of(cls, value: str) -> Self:
        """The member of a code as it is written in Parquet; ValueError when there is none."""
        return cls(value)  # type: ignore[call-arg]


class Role(Code):
    """Who a reader is; what each may see is in queries/rights/rights.py."""

    PUBLIC = "public", N_("Public")
    ELU = "elu", N_("Élu ou élue")
    SERVICE = "service", N_("Service")
    ANALYSTE = "analyste", N_("Analyste")
    FACILITATEUR = "facilitateur", N_("Facilitateur ou facilitatrice")
    ADMINISTRATEUR = "administrateur", N_("Administrateur ou administratrice")


class ClauseCategory(Code):
    """Stable over the four legal regimes; the article of each time is in data/reference/legal_references.toml."""

    EXECUTION = (
        "execution",
        N_("Condition d’exécution"),
        N_("Les heures d’insertion sont une condition d’exécution du marché."),
    )
    EXECUTION_CRITERION = (
        "execution_criterion",
        N_("Condition d’exécution et critère"),
        N_("La condition d’exécution, et un critère social dans la note des offres."),
    )
    CRITERION = "criterion", N_("Critère d’attribution"), N_("La performance sociale compte dans la note des offres.")
    INSERTION = (
        "insertion",
        N_("Marché d’insertion"),
        N_("L’achat a pour objet l’insertion sociale et professionnelle elle-même."),
    )
    RESERVED_DISABILITY = (
        "reserved_disability",
        N_("Marché réservé EA/ESAT"),
        N_("Réservé aux entreprises adaptées et aux établissements et services d’accompagnement par le travail."),
    )
    RESERVED_IAE = (
        "reserved_iae",
        N_("Marché réservé SIAE"),
        N_("Réservé aux structures d’insertion par l’activité économique."),
    )
    RESERVED_PRISON = "reserved_prison", N_("Marché réservé (établissement pénitentiaire)")
    RESERVED_ESS = (
        "reserved_ess",
        N_("Marché réservé ESS"),
        N_(
            "Réservé aux entreprises de l’économie sociale et solidaire, pour des services sociaux, de santé ou culturels."
        ),
    )
    MEANS = (
        "means",
        N_("Obligation de moyens (formation, stage)"),
        N_("Formation, stage ou immersion\u202f; hors du total par défaut."),
    )
    PRIVATE = "private", N_("Charte, marché privé"), N_("Engagement pris hors de la commande publique.")
    UNKNOWN = "unknown", N_("Non renseigné")


class ClientType(Code):
    METROPOLE = "metropole", N_("Métropole")
    COMMUNE = "commune", N_("Commune")
    HOPITAL = "hopital", N_("Établissement de santé")
    BAILLEUR_SOCIAL = "bailleur_social", N_("Bailleur social")
    ETAT = "etat", N_("Service de l’État")
    ORGANISME_SECU = "organisme_secu", N_("Organisme de sécurité sociale")
    DEPARTEMENT = "departement", N_("Département")
    REGION = "region", N_("Région")
    SYNDICAT_SEM_SPL = "syndicat_sem_spl", N_("Syndicat, SEM ou SPL")
    ETABLISSEMENT_PUBLIC = "etablissement_public", N_("Établissement public")
    PRIVE = "prive", N_("Maître d’ouvrage privé")
    AUTRE = "autre", N_("Autre maître d’ouvrage")


class PurchaseKind(Code):
    TRAVAUX = "travaux", N_("Travaux")
    SERVICES = "services", N_("Services")
    FOURNITURES = "fournitures", N_("Fournitures")
    PI = "pi", N_("Prestations intellectuelles")


class Sector(Code):
    BATIMENT = "batiment", N_("Bâtiment")
    TRAVAUX_PUBLICS = "travaux_publics", N_("Travaux publics")
    ESPACES_VERTS = "espaces_verts", N_("Espaces verts")
    NETTOYAGE = "nettoyage", N_("Nettoyage")
    DECHETS_EAU = "dechets_eau", N_("Déchets et eau")
    RESTAURATION = "restauration", N_("Restauration")
    ACTION_SOCIALE = "action_sociale", N_("Action sociale")
    INDUSTRIE = "industrie", N_("Industrie")
    PI = "pi", N_("Prestations intellectuelles")
    AUTRES_SERVICES = "autres_services", N_("Autres services")
    AUTRE = "autre", N_("Autre secteur")


class ContractForm(Code):
    MARCHE = "marche", N_("Marché ordinaire")
    ACCORD_CADRE_BC = "accord_cadre_bc", N_("Accord-cadre à bons de commande")
    MARCHE_SUBSEQUENT = "marche_subsequent", N_("Marché subséquent")
    CONCESSION = "concession", N_("Concession")
    PRIVE = "prive", N_("Contrat privé")


class Programme(Code):
    ANRU = "anru", N_("ANRU (PNRU)"), N_("Programme national de rénovation urbaine, 2004-2020.")
    NPNRU = "npnru", N_("NPNRU"), N_("Nouveau programme national de renouvellement urbain, depuis 2014.")
    AUTRE = "autre", N_("Autre programme")


class ObligationKind(Code):
    HOURS = "hours", N_("Nombre d’heures")
    PERCENT = "percent", N_("Part des heures travaillées")
    MEANS = "means", N_("Obligation de moyens")
    NONE = "none", N_("Aucune obligation chiffrée")


class LotStatus(Code):
    PLANNED = "planned", N_("Prévu")
    RUNNING = "running", N_("En cours")
    SUSPENDED = "suspended", N_("Suspendu")
    CLOSED = "closed", N_("Soldé")
    TERMINATED = "terminated", N_("Résilié")
    CANCELLED = "cancelled", N_("Abandonné")


class EntryStatus(Code):
    DECLARED = "declared", N_("Déclarée, en attente")
    VALIDATED = "validated", N_("Validée")
    REJECTED = "rejected", N_("Rejetée")
    CORRECTED = "corrected", N_("Corrigée")


class RejectReason(Code):
    NOT_ELIGIBLE = "not_eligible", N_("Personne non éligible")
    EXPIRED = "expired", N_("Éligibilité échue")
    WRONG_CONTRACT = "wrong_contract", N_("Mauvais marché")
    DUPLICATE = "duplicate", N_("Doublon")
    NO_EVIDENCE = "no_evidence", N_("Sans justificatif")
    OTHER = "other", N_("Autre motif")


class EmployerKind(Code):
    DIRECT = "direct", N_("Embauche directe"), N_("Le titulaire ou son sous-traitant embauche lui-même.")
    ETTI = "etti", N_("ETTI"), N_("Entreprise de travail temporaire d’insertion.")
    ETT = "ett", N_("Entreprise de travail temporaire")
    GEIQ = "geiq", N_("GEIQ"), N_("Groupement d’employeurs pour l’insertion et la qualification.")
    EI = "ei", N_("Entreprise d’insertion")
    EITI = "eiti", N_("EITI"), N_("Entreprise d’insertion par le travail indépendant.")
    ACI = "aci", N_("Atelier et chantier d’insertion")
    AI = (
        "ai",
        N_("Association intermédiaire"),
        N_("Association qui met des personnes en insertion à disposition d’entreprises ou de particuliers."),
    )
    REGIE_QUARTIER = (
        "regie_quartier",
        N_("Régie de quartier"),
        N_("Association qui fait travailler les habitants de son quartier, souvent conventionnée pour l’insertion."),
    )
    EA = (
        "ea",
        N_("Entreprise adaptée"),
        N_("Entreprise du milieu ordinaire qui emploie surtout des travailleurs handicapés."),
    )
    EATT = "eatt", N_("EATT"), N_("Entreprise adaptée de travail temporaire.")
    ESAT = "esat", N_("ESAT"), N_("Établissement et service d’accompagnement par le travail.")
    AUTRE = "autre", N_("Autre modalité")
    UNKNOWN = "unknown", N_("Non renseigné")


class Link(Code):
    OWN = "own", N_("Salarié du titulaire")
    MISE_A_DISPOSITION = "mise_a_disposition", N_("Mise à disposition")
    SOUS_TRAITANCE = "sous_traitance", N_("Sous-traitance")
    CO_TRAITANCE = "co_traitance", N_("Cotraitance")


class WorkContractType(Code):
    CDI = "cdi", N_("CDI"), N_("Contrat à durée indéterminée.")
    CDD = "cdd", N_("CDD"), N_("Contrat à durée déterminée.")
    CDDI = "cddi", N_("CDDI"), N_("Contrat à durée déterminée d’insertion.")
    INTERIM = "interim", N_("Intérim")
    INTERIM_INSERTION = "interim_insertion", N_("Intérim d’insertion")
    APPRENTISSAGE = "apprentissage", N_("Apprentissage")
    PROFESSIONNALISATION = "professionnalisation", N_("Professionnalisation")
    STAGE = "stage", N_("Stage")
    AUTRE = "autre", N_("Autre contrat")


class Gender(Code):
    F = "F", N_("Femmes")
    M = "M", N_("Hommes")
    X = "X", N_("Autre ou non précisé")


class AgeBand(Code):
    UNDER_26 = "<26", N_("Moins de 26 ans")
    FROM_26 = "26-39", N_("26 à 39 ans")
    FROM_40 = "40-49", N_("40 à 49 ans")
    FROM_50 = "50+", N_("50 ans et plus")


class Education(Code):
    INFRA3 = "infra3", N_("Inférieur au niveau 3")
    CAP_BEP = "3_cap_bep", N_("Niveau 3 (CAP, BEP)")
    BAC = "4_bac", N_("Niveau 4 (bac)")
    BAC2 = "5_bac2", N_("Niveau 5 (bac + 2)")
    SIX_PLUS = "6plus", N_("Niveau 6 et plus")
    ETRANGER = "etranger", N_("Diplôme étranger")
    UNKNOWN = "unknown", N_("Non renseigné")


class MainPublic(Code):
    DELD = "deld", N_("Demandeur d’emploi de longue durée")
    RSA = "rsa", N_("Bénéficiaire du RSA")
    ASS_AAH = "ass_aah", N_("Bénéficiaire de l’ASS ou de l’AAH")
    RQTH = "rqth", N_("Travailleur handicapé (RQTH)")
    JEUNE = "jeune", N_("Jeune sans qualification")
    SENIOR = "senior", N_("Demandeur d’emploi de 50 ans et plus")
    IAE = "iae", N_("Parcours d’insertion par l’activité économique")
    REFUGIE = "refugie", N_("Réfugié")
    JUSTICE = "justice", N_("Personne placée sous main de justice")
    AUTRE = "autre", N_("Autre public")


class ExitOutcome(Code):
    DURABLE = (
        "durable",
        N_("Emploi durable"),
        N_("CDI, CDD ou intérim de plus de six mois, création d’activité, titularisation."),
    )
    TRANSITION = "transition", N_("Emploi de transition"), N_("CDD ou intérim de six mois au plus, contrat aidé.")
    POSITIVE = "positive", N_("Sortie positive"), N_("Formation qualifiante, autre structure d’insertion.")
    CHOMAGE = "chomage", N_("Recherche d’emploi")
    INACTIF = "inactif", N_("Inactivité")
    AUTRE = "autre", N_("Autre situation")
    INCONNU = "inconnu", N_("Situation inconnue")


class OutcomePoint(Code):
    EXIT = "exit", N_("À la sortie")
    M6 = "m6", N_("À 6 mois")
    M12 = "m12", N_("À 12 mois")


class AlertEvent(Code):
    """What calls for attention since an earlier release, in the order of lists."""

    NEW_RELEASE = "new_release", N_("Nouvelle publication")
    MILESTONE_REACHED = "milestone_reached", N_("Jalon atteint")
    MILESTONE_DATED = "milestone_dated", N_("Jalon désormais daté")
    OBJECTIVE_OUT_OF_REACH = "objective_out_of_reach", N_("Objectif hors d’atteinte")
    CLIENT_LATE = "client_late", N_("Maître d’ouvrage sans déclaration")
    LOT_ENDING = "lot_ending", N_("Lot en fin d’exécution")
    LOT_NOT_STARTED = "lot_not_started", N_("Lot pas démarré")
    LOT_BEHIND = "lot_behind", N_("Lot en retard")
    LOT_ENDED_SHORT = "lot_ended_short", N_("Lot terminé sans toutes ses heures")


class CommentScope(Code):
    """What a comment is about."""

    ALL = "all", N_("Ensemble")
    CLIENT = "client", N_("Maître d’ouvrage")
    LOT = "lot", N_("Lot")
    COMMUNE = "commune", N_("Commune")
    YEAR = "year", N_("Année")


class CommentKind(Code):
    """What a comment brings."""

    HIGHLIGHT = "highlight", N_("Fait marquant")
    EXPLANATION = "explanation", N_("Explication")
    DECISION = "decision", N_("Décision")
    CALL = "call", N_("Appel")


class LotChange(Code):
    """What became of a lot from one release to a later one."""

    APPEARED = "appeared", N_("Lot apparu")
    GONE = "gone", N_("Lot disparu")
    BOTH = "both", N_("Lot toujours là")


class TotalStep(Code):
    """A step from the hours published to what the pages add up, then to the running total of the curve."""

    PUBLISHED = "published", N_("Heures validées publiées")
    LEFT_OUT = (
        "left_out",
        N_("− doublons et heures sans lot connu, écartés"),
        N_("Jamais dans un total\u202f; la page Qualité des données les compte."),
    )
    UNCOUNTED = (
        "uncounted",
        N_("− lots hors du total"),
        N_("Le réglage «\u00a0Avec les lots hors du total\u00a0» les ajoute."),
    )
    OTHER_FILTERS = (
        "other_filters",
        N_("− heures que les filtres écartent"),
        N_("Autres maîtres d’ouvrage, communes, types de clause…"),
    )
    OTHER_YEARS = "other_years", N_("− autres années ou mois que ceux du filtre")
    PAGES_TOTAL = "shown", N_("= total des pages, pour ces filtres")
    YEARS_OF_THE_CURVE = "years_of_the_curve", N_("+ autres années ou mois, que la courbe du cumul garde")
    OPENING_BALANCE = (
        "opening_balance",
        N_("+ solde d’ouverture"),
        N_("Heures réalisées avant le début de l’extraction, dans les réglages."),
    )
    CUMULATIVE = "cumulative", N_("= dernier point de la courbe et des jalons")


class AnomalyKind(Code):
    """What a publish counts and weighs without stopping. Totals include them unless `left_out`."""

    DUPLICATE_ENTRY = "duplicate_entry", N_("Ligne de déclaration en double")
    HOURS_WITHOUT_LOT = "hours_without_lot", N_("Heures sans lot connu")
    LOT_WITHOUT_HOURS = "lot_without_hours", N_("Lot sans heures")
    HOURS_BEFORE_NOTIFICATION = "hours_before_notification", N_("Heures avant la notification")
    HOURS_AFTER_END = "hours_after_end", N_("Heures plus de 3 mois après la fin")
    OVER_220_HOURS = "over_220_hours", N_("Plus de 220 h pour une personne et un mois")
    NEGATIVE_MONTH = "negative_month", N_("Mois au solde négatif")
    UNKNOWN_COMMUNE = "unknown_commune", N_("Code INSEE de commune inconnu")
    INVALID_SIRET = "invalid_siret", N_("SIRET invalide")
    EXIT_TO_COME = "exit_to_come", N_("Sortie postérieure à la date des données")
    CLIENT_DESCRIBED_TWICE = "client_described_twice", N_("Maître d’ouvrage à plusieurs noms ou types")
    UNREADABLE_DECP = "unreadable_decp", N_("Cellule illisible des DECP")

    @property
    def left_out(self) -> bool:
        """Whether the rows are kept out of every total."""
        return self in (AnomalyKind.DUPLICATE_ENTRY, AnomalyKind.HOURS_WITHOUT_LOT)

    @property
    def of_participants(self) -> bool:
        """Whether the anomaly concerns a participant's attributes. All lines of a participant repeat it, so many lines may be one participant."""
        return self in (AnomalyKind.OVER_220_HOURS, AnomalyKind.EXIT_TO_COME, AnomalyKind.UNKNOWN_COMMUNE)


class Consideration(Code):
    """What the DECP state of a contract. They publish labels, not codes; older rows hold Oui or Non."""

    CLAUSE = "Clause sociale", N_("Clause sociale")
    CRITERION = "Critère social", N_("Critère social")
    RESERVED = "Marché réservé", N_("Marché réservé")
    RESERVED_CONCESSION = "Concession réservée", N_("Concession réservée")
    UNSPECIFIED = "Oui", N_("Oui, sans préciser laquelle")
    NONE = "Pas de considération sociale", N_("Pas de considération sociale")


# Texts without accents or capitals. Tabular forms write "Sans objet" for none; NC, "non communiqué", says nothing.
CONSIDERATION_SPELLINGS = (
    ("clause sociale", str(Consideration.CLAUSE)),
    ("clauses sociales", str(Consideration.CLAUSE)),
    ("critere social", str(Consideration.CRITERION)),
    ("criteres sociaux", str(Consideration.CRITERION)),
    ("marche reserve", str(Consideration.RESERVED)),
    ("concession reservee", str(Consideration.RESERVED_CONCESSION)),
    ("oui", str(Consideration.UNSPECIFIED)),
    ("true", str(Consideration.UNSPECIFIED)),
    ("non", str(Consideration.NONE)),
    ("false", str(Consideration.NONE)),
    ("pas de consideration sociale", str(Consideration.NONE)),
    ("sans objet", str(Consideration.NONE)),
    ("nc", ""),
)


class ThresholdKind(Code):
    """Which European threshold a contract is compared to."""

    SUPPLIES_SERVICES = "supplies_services", N_("Fournitures et services")
    WORKS = "works", N_("Travaux")
    CONCESSION = "concession", N_("Concession")


class SocialCondition(Code):
    """What the DECP state of a social performance condition, for a contract awarded."""

    CLAUSE = "clause", N_("Clause sociale")
    OTHER = "other", N_("Critère ou marché réservé, sans clause")
    UNSPECIFIED = "unspecified", N_("Considération sociale non précisée")
    NONE = "none", N_("Aucune considération sociale")
    UNSAID = "unsaid", N_("Non renseignée dans les DECP")


class ThresholdDoubt(Code):
    """Why it is not certain that a contract is above the European threshold."""

    AMOUNT = "amount", N_("montant inconnu")
    KIND = "kind", N_("nature inconnue, seuil le plus bas retenu")
    BUYER = "buyer", N_("acheteur inconnu, seuil le plus bas retenu")
    CONCESSION = "concession", N_("concession, article à vérifier")
    DATED = "dated", N_("seuils de cette date inconnus, derniers seuils retenus")


class Presence(Code):
    """Whether a person's year is that of the first validated hours."""

    NEW = "new", N_("Nouvelles")
    KNOWN = "known", N_("Déjà présentes")


class OutcomeGroup(Code):
    """Outcomes brought together, so that fewer small counts are hidden. The first two are the sorties dynamiques."""

    DURABLE = "durable", N_("Emploi durable")
    OTHER_DYNAMIC = "other_dynamic", N_("Autre sortie dynamique")
    OTHER_KNOWN = "other_known", N_("Autre situation connue")
    UNKNOWN = "unknown", N_("Situation inconnue")


class DurationBand(Code):
    """Months from the first validated hours to the exit."""

    UNDER_3 = "0-2", N_("Moins de 3 mois")
    FROM_3 = "3-5", N_("3 à 5 mois")
    FROM_6 = "6-11", N_("6 à 11 mois")
    FROM_12 = "12-23", N_("12 à 23 mois")
    FROM_24 = "24+", N_("24 mois et plus")


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeList:
    """A list of codes: its name, its meaning, its source. All texts are in the catalogue."""

    codes: type[Code]
    label: str
    definition: str
    source: str


_CODE: Final = N_("Code de la commande publique")
_FIELD: Final = N_("Consolidation nationale des clauses sociales (Alliance Villes Emploi)")
_LOCAL: Final = N_("Convention de ce tableau de bord")
_DECP: Final = N_("DECP, arrêtés du 22 décembre 2022")
_ANRU: Final = N_("Agence nationale pour la rénovation urbaine")
_LEVELS: Final = N_("Cadre national des certifications professionnelles")
_IAE: Final = N_("Suivi des sorties de l’insertion par l’activité économique")
CODE_LISTS: Final = (
    CodeList(
        codes=AlertEvent,
        label=N_("Alertes"),
        definition=N_("Ce qui appelle l’attention d’une publication à la suivante."),
        source=_LOCAL,
    ),
    CodeList(
        codes=CommentScope,
        label=N_("Objets d’un commentaire"),
        definition=N_("Ce sur quoi porte un commentaire."),
        source=_LOCAL,
    ),
    CodeList(
        codes=CommentKind,
        label=N_("Natures de commentaire"),
        definition=N_("Ce qu’un commentaire apporte."),
        source=_LOCAL,
    ),
    CodeList(
        codes=LotChange,
        label=N_("Devenir d’un lot"),
        definition=N_("Ce qu’un lot est devenu d’une publication à la suivante."),
        source=_LOCAL,
    ),
    CodeList(
        codes=TotalStep,
        label=N_("Étapes d’un total"),
        definition=N_("Des heures publiées au total des pages, puis à la courbe."),
        source=_LOCAL,
    ),
    CodeList(
        codes=Presence,
        label=N_("Présence"),
        definition=N_("Nouvelle l’année des premières heures validées, déjà présente ensuite."),
        source=_LOCAL,
    ),
    CodeList(
        codes=OutcomeGroup,
        label=N_("Groupes de situations à la sortie"),
        definition=N_("Les deux premiers sont les sorties dynamiques."),
        source=_LOCAL,
    ),
    CodeList(
        codes=DurationBand,
        label=N_("Durées de parcours"),
        definition=N_("Mois entre les premières heures validées et la sortie."),
        source=_LOCAL,
    ),
    CodeList(
        codes=ClauseCategory,
        label=N_("Types de clause"),
        definition=N_(
            "Catégories stables sous les régimes juridiques successifs\u202f; l’article de chaque époque est dans data/reference."
        ),
        source=_CODE,
    ),
    CodeList(
        codes=ClientType,
        label=N_("Types de maître d’ouvrage"),
        definition=N_("Nature de l’organisme dont le marché porte la clause."),
        source=_FIELD,
    ),
    CodeList(codes=PurchaseKind, label=N_("Natures d’achat"), definition=N_("Ce que le marché achète."), source=_CODE),
    CodeList(
        codes=Sector,
        label=N_("Secteurs"),
        definition=N_("Secteur d’activité des heures, tel que le suivent les facilitateurs."),
        source=_FIELD,
    ),
    CodeList(
        codes=ContractForm, label=N_("Formes de marché"), definition=N_("Forme juridique du marché."), source=_CODE
    ),
    CodeList(
        codes=Programme,
        label=N_("Programmes"),
        definition=N_("Programme national de rénovation urbaine dont relève l’opération."),
        source=_ANRU,
    ),
    CodeList(
        codes=ObligationKind,
        label=N_("Natures d’obligation"),
        definition=N_("Comment l’obligation du lot est exprimée."),
        source=_FIELD,
    ),
    CodeList(
        codes=LotStatus,
        label=N_("États d’un lot"),
        definition=N_("Où en est le lot, de sa préparation à son solde."),
        source=_FIELD,
    ),
    CodeList(
        codes=EntryStatus,
        label=N_("États d’une déclaration"),
        definition=N_("Ce que le facilitateur a décidé de la ligne d’heures."),
        source=_FIELD,
    ),
    CodeList(
        codes=RejectReason,
        label=N_("Motifs de rejet"),
        definition=N_("Pourquoi une ligne d’heures a été rejetée."),
        source=_FIELD,
    ),
    CodeList(
        codes=EmployerKind, label=N_("Modalités"), definition=N_("Nature de l’employeur des heures."), source=_FIELD
    ),
    CodeList(
        codes=Link,
        label=N_("Liens au titulaire"),
        definition=N_("Ce que l’employeur des heures est pour le titulaire du marché."),
        source=_FIELD,
    ),
    CodeList(
        codes=WorkContractType,
        label=N_("Types de contrat de travail"),
        definition=N_("Nature du contrat de travail de la personne."),
        source=_FIELD,
    ),
    CodeList(
        codes=Gender,
        label=N_("Sexe"),
        definition=N_("Sexe de la personne, tel que l’extraction le donne."),
        source=_FIELD,
    ),
    CodeList(
        codes=AgeBand,
        label=N_("Tranches d’âge"),
        definition=N_("Âge de la personne à son entrée dans le dispositif."),
        source=_FIELD,
    ),
    CodeList(
        codes=Education,
        label=N_("Niveaux de formation"),
        definition=N_("Niveau de formation de la personne, dans la nomenclature nationale."),
        source=_LEVELS,
    ),
    CodeList(
        codes=MainPublic,
        label=N_("Critères d’éligibilité"),
        definition=N_("Critère principal au titre duquel la personne est éligible à la clause."),
        source=_FIELD,
    ),
    CodeList(
        codes=ExitOutcome,
        label=N_("Situations à la sortie"),
        definition=N_("Situation de la personne à la sortie, ou après six ou douze mois."),
        source=_IAE,
    ),
    CodeList(
        codes=OutcomePoint,
        label=N_("Moments de l’observation"),
        definition=N_("Quand la situation de la personne a été observée."),
        source=_FIELD,
    ),
    CodeList(
        codes=AnomalyKind,
        label=N_("Natures d’anomalie"),
        definition=N_("Ce qu’une publication relève et pèse en heures, sans s’arrêter."),
        source=_LOCAL,
    ),
    CodeList(
        codes=Consideration,
        label=N_("Considérations sociales"),
        definition=N_("Ce que les données essentielles déclarent d’un marché."),
        source=_DECP,
    ),
    CodeList(
        codes=ThresholdKind,
        label=N_("Natures de seuil"),
        definition=N_("Seuil européen auquel un marché est comparé."),
        source=_CODE,
    ),
    CodeList(
        codes=SocialCondition,
        label=N_("Conditions sociales d’exécution"),
        definition=N_("Ce que les DECP déclarent d’une condition sociale d’exécution, pour un marché notifié."),
        source=_DECP,
    ),
    CodeList(
        codes=ThresholdDoubt,
        label=N_("Réserves"),
        definition=N_("Pourquoi il n’est pas certain qu’un marché dépasse le seuil européen."),
        source=_LOCAL,
    ),
    CodeList(codes=Role, label=N_("Rôles"), definition=N_("Ce qu’un lecteur peut voir selon son rôle."), source=_LOCAL),
)


def code_list(listed: type[Code]) -> CodeList:
    """The description of a list of codes. KeyError when the list has none."""
    return {entry.codes: entry for entry in CODE_LISTS}[listed]
