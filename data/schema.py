"""The tables of an extract, declared once: readers, checks, dictionary and demonstration all derive from here."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any, Literal

from data import codes
from data.codes import Code
from data.words import N_, folded

SCHEMA_VERSION = 7

Format = Literal["siret", "insee", "month"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: DuckDB type, words for readers, what a value may be.

    `required`: the source must have the column. `nullable`: a row may leave it empty. `personal`: about a person,
    never displayed or exported row by row. `aliases`: headers of a public format that stand for it, in plain form.
    `spellings`: texts that stand for a code, without accents or capitals. `derived`: computed at publish, never read.
    """

    name: str
    sql_type: str
    label: str
    definition: str = ""
    unit: str = ""
    required: bool = False
    nullable: bool = True
    codes: type[Code] | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    max_length: int | None = None
    format: Format | None = None
    personal: bool = False
    aliases: tuple[str, ...] = ()
    spellings: tuple[tuple[str, str], ...] = ()
    derived: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table: one row per `grain`, identified by `key`.

    `structured`: where several structures publish, it has the column STRUCTURE as well. `source`: where its rows come from. `internal`: of persons, its rows are counted and never read one by one. `passed_over`: a pattern of the headers that its public format has and that nothing here needs, in plain form.
    """

    name: str
    label: str
    grain: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    source: str = ""
    internal: bool = False
    passed_over: str = ""
    structured: bool = False

    def column(self, name: str) -> Column:
        """The column of that name; KeyError when there is none."""
        return {column.name: column for column in self.every_column}[name]

    @property
    def every_column(self) -> tuple[Column, ...]:
        """Its columns, and the one that it has only where several structures publish."""
        return (*self.columns, STRUCTURE) if self.structured else self.columns

    @property
    def required(self) -> tuple[str, ...]:
        """Names of the columns that a source must have."""
        return tuple(column.name for column in self.columns if column.required)

    def definition_sql(self) -> str:
        """Names and types as DuckDB writes them in CREATE TABLE."""
        return ", ".join(f"{column.name} {column.sql_type}" for column in self.every_column)


def _text(name: str, label: str, definition: str = "", **more: Any) -> Column:
    return Column(name=name, sql_type="VARCHAR", label=label, definition=definition, **more)


def _code(name: str, label: str, codes_: type[Code], definition: str = "", **more: Any) -> Column:
    return _text(name, label, definition, codes=codes_, **more)


def _hours(name: str, label: str, definition: str, sql_type: str = "DECIMAL(12,2)", **more: Any) -> Column:
    return Column(name=name, sql_type=sql_type, label=label, definition=definition, unit="h", **more)


def _date(name: str, label: str, definition: str = "", **more: Any) -> Column:
    return Column(name=name, sql_type="DATE", label=label, definition=definition, **more)


def _flag(name: str, label: str, definition: str = "", personal: bool = True, nullable: bool = True) -> Column:
    return Column(
        name=name,
        sql_type="BOOLEAN",
        label=label,
        definition=definition,
        personal=personal,
        nullable=nullable,
    )


# Of an observatory only: a header of that name in a source means something else, unless its mapping says so.
STRUCTURE = _text("structure", N_("Structure"), N_("Structure facilitatrice qui a publié le lot."))
_ZERO = Decimal(0)
_FIXED: dict[str, Any] = {"required": True, "nullable": False}

CONTRACTS = Table(
    name="contracts",
    label=N_("Marchés et lots"),
    grain=N_("un lot qui porte une obligation d’insertion"),
    source=N_("Extraction de l’autorité"),
    key=("contract_id", "lot_id"),
    structured=True,
    columns=(
        _text("contract_id", N_("Identifiant du marché"), N_("Stable, interne à l’autorité."), **_FIXED),
        _text("lot_id", N_("Lot"), N_("«\u00a000\u00a0» quand le marché n’est pas alloti."), **_FIXED),
        _text(
            "contract_ref",
            N_("N° de marché"),
            N_("Identifiant des données essentielles de la commande publique (DECP), 16 caractères au plus."),
            max_length=16,
        ),
        _text("operation", N_("Opération"), N_("Chantier ou projet auquel le lot se rattache.")),
        _text("subject", N_("Objet"), N_("Objet du lot."), **_FIXED),
        _text("client_id", N_("Code du maître d’ouvrage"), N_("Stable, interne à l’autorité."), **_FIXED),
        _text(
            "client_name",
            N_("Maître d’ouvrage"),
            N_("Organisme public dont le marché porte la clause."),
            **_FIXED,
        ),
        _text(
            "client_siret",
            N_("SIRET du maître d’ouvrage"),
            N_("14 chiffres, clé de Luhn."),
            format="siret",
            aliases=("siret_de_l_acheteur",),
        ),
        _code("client_type", N_("Type de maître d’ouvrage"), codes.ClientType, **_FIXED),
        _text(
            "client_commune",
            N_("Commune du maître d’ouvrage"),
            N_("Code INSEE du siège du maître d’ouvrage."),
            format="insee",
        ),
        _text(
            "execution_commune",
            N_("Commune d’exécution"),
            N_("Code INSEE du lieu des travaux\u202f; vide quand il y en a plusieurs ou qu’il est inconnu."),
            format="insee",
        ),
        _text("contractor_name", N_("Titulaire"), N_("Entreprise titulaire, mandataire d’un groupement.")),
        _text("contractor_siret", N_("SIRET du titulaire"), N_("14 chiffres, clé de Luhn."), format="siret"),
        _code("purchase_kind", N_("Nature"), codes.PurchaseKind),
        _code("sector", N_("Secteur"), codes.Sector),
        _code("contract_form", N_("Forme"), codes.ContractForm),
        _code(
            "clause_category",
            N_("Type de clause"),
            codes.ClauseCategory,
            N_("Catégorie stable, quel que soit l’article en vigueur à la passation."),
            **_FIXED,
        ),
        _text("legal_basis", N_("Fondement juridique"), N_("Article tel qu’il est écrit au marché.")),
        Column(
            name="social_considerations",
            sql_type="VARCHAR[]",
            label=N_("Considérations sociales"),
            definition=N_("Valeurs des DECP."),
        ),
        Column(
            name="award_weight_pct",
            sql_type="DECIMAL(5,2)",
            label=N_("Pondération du critère"),
            definition=N_("Poids du critère social dans la note, quand la clause est un critère d’attribution."),
            unit="%",
            minimum=_ZERO,
            maximum=Decimal(100),
        ),
        _code("programme", N_("Programme"), codes.Programme, N_("Programme de rénovation urbaine.")),
        Column(
            name="amount_eur",
            sql_type="DECIMAL(14,2)",
            label=N_("Montant"),
            definition=N_("Montant du lot à la notification, hors taxes."),
            unit="€ HT",
            minimum=_ZERO,
        ),
        _code(
            "obligation_kind",
            N_("Nature de l’obligation"),
            codes.ObligationKind,
            N_("«\u00a0Nombre d’heures\u00a0» par défaut quand des heures engagées sont données."),
        ),
        Column(
            name="obligation_pct",
            sql_type="DECIMAL(5,2)",
            label=N_("Taux d’insertion"),
            definition=N_("Part des heures travaillées du lot."),
            unit="%",
            minimum=_ZERO,
            maximum=Decimal(100),
        ),
        _hours(
            "hours_planned",
            N_("Heures prévues"),
            N_("Estimation avant notification\u202f; jamais comprise dans les heures engagées."),
            minimum=_ZERO,
        ),
        _hours(
            "hours_committed_initial",
            N_("Heures engagées initiales"),
            N_("Obligation à la notification, avant avenants."),
            minimum=_ZERO,
        ),
        _hours(
            "hours_committed",
            N_("Heures engagées"),
            N_("Obligation à la date des données, avenants compris\u202f; vide quand elle est inconnue, jamais 0."),
            minimum=_ZERO,
            required=True,
        ),
        Column(
            name="amendment_count",
            sql_type="INTEGER",
            label=N_("Avenants"),
            definition=N_("Nombre d’avenants du lot."),
            minimum=_ZERO,
        ),
        _date(
            "notified_on",
            N_("Date de notification"),
            N_("Date de notification du marché."),
            aliases=("notification",),
        ),
        _date("starts_on", N_("Début"), N_("Début d’exécution."), required=True),
        _date(
            "ends_on",
            N_("Fin prévue"),
            N_("Fin d’exécution prévue, avenants compris."),
            required=True,
            aliases=("fin",),
        ),
        _code("status", N_("État"), codes.LotStatus, **_FIXED),
        _date("closed_on", N_("Solde"), N_("Date à laquelle le lot a été soldé.")),
        _flag(
            "counts_in_total",
            N_("Compté dans le total"),
            N_("Convention locale\u202f; par défaut non pour les obligations de moyens, oui sinon."),
            personal=False,
        ),
        Column(
            name="penalty_eur",
            sql_type="DECIMAL(12,2)",
            label=N_("Pénalités"),
            definition=N_("Pénalités appliquées au titulaire pour ses heures manquantes."),
            unit="€",
            minimum=_ZERO,
        ),
        _text("facilitator_code", N_("Facilitateur"), N_("Pseudonyme du facilitateur ou de la facilitatrice.")),
    ),
)

HOURS = Table(
    name="hours",
    label=N_("Heures d’insertion"),
    grain=N_("un lot, un mois travaillé et un contrat de travail"),
    source=N_("Extraction de l’autorité"),
    key=("entry_id",),
    structured=True,
    columns=(
        _text("entry_id", N_("Ligne de déclaration"), N_("Identifiant unique de la ligne."), **_FIXED),
        _text("contract_id", N_("Identifiant du marché"), N_("Celui de la table des marchés."), **_FIXED),
        _text("lot_id", N_("Lot"), N_("Celui de la table des marchés."), **_FIXED),
        _date(
            "month",
            N_("Mois travaillé"),
            N_("Premier jour du mois où les heures ont été travaillées."),
            format="month",
            **_FIXED,
        ),
        _hours(
            "hours_declared",
            N_("Heures déclarées"),
            N_("Heures que l’entreprise a déclarées\u202f; négatives pour une correction."),
            sql_type="DECIMAL(9,2)",
            **_FIXED,
        ),
        _hours(
            "hours_validated",
            N_("Heures réalisées"),
            N_("Heures que le facilitateur a acceptées\u202f; vide tant qu’elles sont en attente, 0 après rejet."),
            sql_type="DECIMAL(9,2)",
            required=True,
            aliases=("heures_validees",),
        ),
        _code("status", N_("État"), codes.EntryStatus, **_FIXED),
        _code("reject_reason", N_("Motif de rejet"), codes.RejectReason),
        _date("declared_on", N_("Déclaration"), N_("Date à laquelle l’entreprise a déclaré la ligne.")),
        _date("validated_on", N_("Validation"), N_("Date à laquelle le facilitateur a accepté la ligne.")),
        _code("employer_kind", N_("Modalité"), codes.EmployerKind, N_("Nature de l’employeur.")),
        _code("link", N_("Lien au titulaire"), codes.Link),
        _text("employer_siret", N_("SIRET de l’employeur"), N_("14 chiffres."), format="siret"),
        _text("work_contract_id", N_("Contrat de travail"), N_("Pseudonyme."), personal=True),
        _code("work_contract_type", N_("Type de contrat de travail"), codes.WorkContractType),
        _text("participant_id", N_("Bénéficiaire"), N_("Pseudonyme salé\u202f; donnée personnelle."), personal=True),
        _code("gender", N_("Sexe"), codes.Gender, personal=True),
        _code("age_band", N_("Tranche d’âge à l’entrée"), codes.AgeBand, personal=True),
        _code("education", N_("Niveau de formation"), codes.Education, personal=True),
        _code("main_public", N_("Critère principal"), codes.MainPublic, personal=True),
        _flag(
            "is_deld",
            N_("Demandeur d’emploi de longue durée"),
            N_("Inscrite depuis douze mois au moins\u202f; les critères se recoupent."),
        ),
        _flag(
            "is_rsa",
            N_("Bénéficiaire du RSA"),
            N_("Reçoit le revenu de solidarité active\u202f; les critères se recoupent."),
        ),
        _flag("is_rqth", N_("Travailleur handicapé (RQTH)"), N_("Donnée de santé.")),
        _flag("is_young", N_("Jeune de moins de 26 ans"), N_("À l’entrée\u202f; les critères se recoupent.")),
        _flag("is_senior", N_("50 ans et plus"), N_("À l’entrée\u202f; les critères se recoupent.")),
        _flag(
            "is_qpv",
            N_("Habitant d’un quartier prioritaire (QPV)"),
            N_("Réside dans un quartier prioritaire de la politique de la ville\u202f; les critères se recoupent."),
        ),
        _flag(
            "is_plie",
            N_("Suivi par un PLIE"),
            N_(
                "Accompagnée par un plan local pluriannuel pour l’insertion et l’emploi\u202f; les critères se recoupent."
            ),
        ),
        _text(
            "residence_commune",
            N_("Commune de résidence"),
            N_("Code INSEE\u202f; donnée personnelle."),
            format="insee",
            personal=True,
        ),
        _hours(
            "training_hours",
            N_("Heures de formation"),
            N_("Jamais comprises dans les totaux."),
            sql_type="DECIMAL(9,2)",
            minimum=_ZERO,
        ),
        _date("exit_on", N_("Sortie"), N_("Date de sortie du parcours."), personal=True),
        _code("exit_outcome", N_("Situation à la sortie"), codes.ExitOutcome, personal=True),
        _code("outcome_point", N_("Moment de l’observation"), codes.OutcomePoint, personal=True),
    ),
)

# All contracts notified, as the DECP publish them: the only denominator of the share of contracts with a social consideration.
# One that is modified keeps its first date and its last amount.
NOTIFIED = Table(
    name="notified",
    label=N_("Marchés notifiés (DECP)"),
    grain=N_("un marché notifié, par acheteur"),
    source=N_("DECP, arrêtés du 22 décembre 2022"),
    key=("buyer_siret", "contract_ref"),
    columns=(
        _text(
            "contract_ref",
            N_("N° de marché"),
            N_("Identifiant des DECP, unique chez l’acheteur."),
            aliases=("id", "id_marche", "marche_id"),
            **_FIXED,
        ),
        _text(
            "buyer_siret",
            N_("SIRET de l’acheteur"),
            N_("14 chiffres, clé de Luhn."),
            format="siret",
            aliases=(
                "acheteur_id",
                "acheteur_siret",
                "siret_acheteur",
                "autorite_concedante_id",
                "acheteurs_id",
                "idacheteur",
                "autoriteconcedante_id",
            ),
            **_FIXED,
        ),
        _text(
            "buyer_name",
            N_("Acheteur"),
            N_("Nom de l’acheteur, tel qu’il est écrit."),
            aliases=("acheteur_nom", "nom_acheteur", "autorite_concedante_nom", "acheteurs_nom"),
        ),
        _text("subject", N_("Objet"), N_("Ce qui est acheté."), aliases=("objet_marche", "marche_objet")),
        _text("nature", N_("Nature"), N_("Marché, concession… telle qu’elle est écrite."), aliases=("nature_marche",)),
        _text("procedure", N_("Procédure"), N_("Telle qu’elle est écrite.")),
        _text(
            "cpv_code",
            N_("Code CPV"),
            N_("Nomenclature européenne\u202f; 45 pour les travaux."),
            aliases=("cpv", "codecpv", "cpv_code"),
        ),
        Column(
            name="amount_eur",
            sql_type="DECIMAL(14,2)",
            label=N_("Montant"),
            definition=N_("Dernier montant connu, modifications comprises."),
            unit="€ HT",
            minimum=_ZERO,
            aliases=("valeur_globale", "valeurglobale"),
        ),
        Column(
            name="initial_amount_eur",
            sql_type="DECIMAL(14,2)",
            label=N_("Montant initial"),
            definition=N_("À la notification\u202f; c’est lui qui se compare aux seuils européens."),
            unit="€ HT",
            minimum=_ZERO,
        ),
        _date(
            "notified_on",
            N_("Date de notification"),
            N_("La première, quand le marché a été modifié\u202f; date de signature d’une concession."),
            required=True,
            aliases=("date_notification", "date_signature", "datenotification", "datesignature", "notification_date"),
        ),
        Column(
            name="considerations",
            sql_type="VARCHAR[]",
            label=N_("Considérations sociales"),
            definition=N_("Valeurs des DECP\u202f; vide quand la source ne dit rien."),
            codes=codes.Consideration,
            spellings=codes.CONSIDERATION_SPELLINGS,
            aliases=(
                "considerationssociales",
                "considerations_sociales_consideration_sociale",
                "considerationssociales_considerationsociale",
            ),
        ),
        Column(
            name="modification",
            sql_type="INTEGER",
            label=N_("Modification"),
            definition=N_("Rang de la dernière modification\u202f; 0 sans modification."),
            minimum=_ZERO,
            aliases=("modification_id", "idmodification", "id_modification"),
        ),
        _code(
            "threshold_kind",
            N_("Seuil applicable"),
            codes.ThresholdKind,
            N_("D’après la nature et le code CPV\u202f; vide quand ils ne le disent pas."),
            derived=True,
        ),
        Column(
            name="has_social",
            sql_type="BOOLEAN",
            label=N_("Considération sociale"),
            definition=N_("D’après les considérations sociales\u202f; vide quand la source ne dit rien."),
            derived=True,
        ),
    ),
    passed_over=(
        r"uid|acheteur|autorite_concedante|acheteur_(categorie|commune|departement|region|latitude|longitude)(_.*)?"
        r"|(titulaires?|lieu_execution|duree|donnees|origine|source|types?|actes|modifications)(_.*)?"
        r"|date_(publication|debut)_.*|attribution_avance|taux_avance|ccag|considerations_environnementales(_.*)?"
        r"|forme_prix|id_accord_cadre|marche_innovant|modalites_execution(_.*)?|montant_subvention_publique"
        r"|offres_recues|sous_traitance_declaree|techniques?(_.*)?"
        # Portals drop capitals; the schema before 2022 (SCDL) has names of its own.
        r"|(lieux?execution|duree|donnees|origine|types?|date|objet|montant|id|soustrai|titulaires?|denomination|variation)[a-z]*(_.*)?"
        r"|(attributionavance|tauxavance|considerationsenvironnementales|formeprix|idaccordcadre|marcheinnovant)(_.*)?"
        r"|(modalitesexecution|montantsubventionpublique|offresrecues|soustraitancedeclaree)(_.*)?"
        r"|(lieu_exec|publication|prix|modif|duree)_.*|montant_modification|modification_montant|objet_modification"
    ),
)

# Computed at publish, never read from a source: the table behind every figure that adds up.
# Who holds a contract, as filters and counts of companies know it.
CONTRACTOR = _text("contractor", N_("Titulaire"), N_("SIRET du titulaire, sinon son nom."), derived=True)
HOURS_MONTHLY = Table(
    name="hours_monthly",
    label=N_("Heures par mois"),
    grain=N_("un lot, un mois travaillé, une modalité, un type de contrat de travail et un état"),
    source=N_("Calculée à la publication"),
    key=("contract_id", "lot_id", "month", "employer_kind", "work_contract_type", "status"),
    structured=True,
    columns=(
        *(
            HOURS.column(name)
            for name in ("contract_id", "lot_id", "month", "employer_kind", "work_contract_type", "status")
        ),
        Column(
            name="entries",
            sql_type="BIGINT",
            label=N_("Lignes de déclaration"),
            definition=N_("Nombre de lignes d’heures réunies dans la ligne."),
            unit="lignes",
            derived=True,
        ),
        _hours(
            "hours_declared", N_("Heures déclarées"), N_("Somme des heures déclarées."), "DECIMAL(18,2)", derived=True
        ),
        _hours(
            "hours_validated",
            N_("Heures réalisées"),
            N_("Somme des heures acceptées\u202f; une ligne rejetée compte pour 0."),
            "DECIMAL(18,2)",
            derived=True,
        ),
        _hours(
            "hours_pending",
            N_("Heures en attente"),
            N_("Somme des heures déclarées des lignes à l’état «\u00a0déclarée\u00a0» sans heures validées."),
            "DECIMAL(18,2)",
            derived=True,
        ),
        _hours(
            "training_hours",
            N_("Heures de formation"),
            N_("Jamais comprises dans les totaux."),
            "DECIMAL(18,2)",
            derived=True,
        ),
        # What a filter on lots may go by: whose the lot is, where, for what, and every coded column (`status` is that of the line).
        *(
            column
            for column in CONTRACTS.columns
            if column.name in ("client_id", "execution_commune", "programme", "facilitator_code")
            or (column.codes and column.name != "status")
        ),
        CONTRACTOR,
        CONTRACTS.column("counts_in_total"),
    ),
)

# What an authority says of its figures: never about a person (data/comment_texts.py).
COMMENTS = Table(
    name="comments",
    label=N_("Commentaires"),
    grain=N_("un commentaire"),
    source=N_("Extraction de l’autorité"),
    key=("scope_kind", "scope_code", "written_on", "text"),
    columns=(
        _code(
            "scope_kind",
            N_("Objet du commentaire"),
            codes.CommentScope,
            N_("L’ensemble, un maître d’ouvrage, un lot, une commune ou une année."),
            **_FIXED,
        ),
        _text(
            "scope_code",
            N_("Code de l’objet commenté"),
            N_("Code du maître d’ouvrage, marché/lot (M2024-12/01), code INSEE ou année\u202f; vide pour l’ensemble."),
        ),
        _text("period", N_("Période commentée"), N_("Telle qu’elle est écrite\u00a0: 2025, 2025-T1, mars 2025.")),
        _text("text", N_("Commentaire"), N_("Le texte, jamais au sujet d’une personne."), max_length=4000, **_FIXED),
        _text("author_role", N_("Rôle de l’auteur"), N_("Qui l’écrit, par sa fonction et non par son nom.")),
        _date("written_on", N_("Date du commentaire"), N_("Le jour où il a été écrit.")),
        _code(
            "kind", N_("Nature du commentaire"), codes.CommentKind, N_("Fait marquant, explication, décision ou appel.")
        ),
    ),
)

# What every source holds; then what one may hold besides; then what a release is made of.
TABLES = (CONTRACTS, HOURS)
ALL_TABLES = (*TABLES, NOTIFIED, COMMENTS)
# Those that an extract may have, as a whole, or not.
OPTIONAL_TABLES = (NOTIFIED, COMMENTS)
PUBLISHED = (CONTRACTS, HOURS, HOURS_MONTHLY, NOTIFIED, COMMENTS)

# Columns refused at the door, whatever the capitals, accents or separators. Whole words only, so that `client_name`,
# `contractor_name` or `nombre` pass.
_PERSON = (
    r"(beneficiaires?|salarie(e|s|es)?|participante?s?|personnes?|candidate?s?|demandeur(s|se)?|usager(s|e)?|stagiaires?|employee?s?"
    r"|interimaires?|apprentie?s?|facilitat(eur|rice)s?|referente?s?|conseill(er|ere)s?|contacts?|interlocut(eur|rice)s?|jeunes?"
    r"|public|agente?s?|personnels?|correspondante?s?|tuteurs?|tutrices?|encadrante?s?|tiers|naissance|usage|famille|jeune_fille"
    r"|marital|epou(x|se)|patronymique|complet|prenoms?|employee|worker|person|people)"
)
_REFUSED_WORDS = (
    # Names. "nom" alone, or with a word for a person on either side.
    rf"noms?|nom_(et_|ou_|d_|de_|du_|de_la_|de_l_|des_)*{_PERSON}(_.*)?|{_PERSON}_(et_)?noms?(_.*)?|{_PERSON}_(nom|name)_.*"
    rf"|noms?_prenoms?.*|(.*_)?prenoms?(_.*)?|pr_nom|.*(sur|last|first|family|given|full|birth|maiden)_?names?|name|person_name|participant_name"
    r"|(.*_)?patronymes?(_.*)?|identite(_.*)?|(.*_)?etat_civil(_.*)?|nom_civil|initiales_(beneficiaire|salarie|participant).*"
    # Birth.
    r"|(.*_)?(naissance|naiss|birth|birthdate|birthday|birthplace|dob|ddn)(_.*)?|ne_?e?_(le|a)|ne_e_(le|a)|dat_?nai(ss)?|datenai(ss)?(ance)?"
    # The number of social security and those of job centres.
    r"|(.*_)?(nir|nss|ssn|secu|niss|numss)(_.*)?|n_ir|(.*_)?securite_sociale(_.*)?|social_security.*|(.*_)?(numero|num|n|no)_?ss"
    r"|num(ero)?_allocataire|(n|no|num|numero)_(caf|pole_emploi|france_travail)|identifiant_(pole_emploi|france_travail|caf)|iban|rib"
    # How to reach someone.
    r"|(.*_)?(e_?mails?|mails?|mel|courriels?|adresses?_electroniques?)(_.*)?"
    r"|(.*_)?(tel|tels|telephones?|portables?|mobiles?|phones?|gsm|fax)(_.*)?"
    r"|(.*_)?(adresses?|adr|address)(_.*)?|rue|street|(.*_)?domicile(_.*)?|(code_postal|cp)_(beneficiaire|residence|salarie|participant)"
)
_REFUSED = re.compile(f"^(?:{_REFUSED_WORDS})$")


@lru_cache(maxsize=4096)  # looked up 756 times in a publish, of a hundred headers: a tenth of the time of a small one
def plain_name(header: str) -> str:
    """A header in plain words: "Date de Naissance" and "dateDeNaissance" both become date_de_naissance."""
    parted = re.sub(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])", "_", header)
    return re.sub(r"[^a-z0-9]+", "_", folded(parted)).strip("_")


def is_refused(header: str) -> bool:
    """Whether a column of that name could identify a person, and so is never read, mapped or stored."""
    return _REFUSED.match(plain_name(header)) is not None
