"""What people call the columns and codes of the contract: names that suggest, and never decide by themselves.

A header that is the column's own name or its French label is read without a mapping. Those here only make a suggestion, which the
mapping confirms. Hours promised and hours done have no name in common.
"""

import difflib
import re
from collections.abc import Mapping, Sequence
from functools import cache

from data import codes
from data.schema import ALL_TABLES, Table, plain_name

_CONTRACT = (
    "marche n_marche num_marche numero_marche numero_de_marche numero_du_marche ref_marche reference_marche reference_du_marche"
    " reference id_marche code_marche n_contrat numero_contrat ref_contrat no_marche marche_n n_de_marche marche_ref contrat"
    " n_du_marche nr_marche ref_du_marche identifiant_marche"
)
_LOT = "lot n_lot num_lot numero_lot numero_de_lot numero_du_lot no_lot n_de_lot n_du_lot lot_n code_lot ref_lot"
_NAMES: Mapping[str, Mapping[str, str]] = {
    "contracts": {
        "contract_id": _CONTRACT,
        "lot_id": _LOT,
        "operation": "chantier projet nom_operation nom_de_l_operation nom_du_chantier operation_chantier",
        "subject": "intitule intitule_du_marche intitule_marche intitule_du_lot libelle libelle_marche libelle_du_lot objet_du_marche"
        " objet_marche objet_du_lot designation description nature_des_travaux prestation",
        "client_id": "code_mo code_client code_moa code_maitre_ouvrage code_donneur_d_ordre id_client code_acheteur",
        "client_name": "donneur_d_ordre donneur_d_ordres donneur_ordre maitre_d_ouvrage mo moa maitre_ouvrage client acheteur"
        " pouvoir_adjudicateur collectivite nom_mo nom_du_maitre_d_ouvrage nom_maitre_d_ouvrage nom_client nom_acheteur commanditaire",
        "client_siret": "siret_mo siret_moa siret_client siret_acheteur siret_maitre_d_ouvrage siret_donneur_d_ordre",
        "client_type": "type_de_mo type_mo type_client type_de_client type_maitre_d_ouvrage type_donneur_d_ordre type_de_donneur_d_ordre"
        " categorie_mo statut_mo type_acheteur",
        "client_commune": "commune_mo commune_client commune_acheteur siege",
        "execution_commune": "commune ville lieu lieu_d_execution lieu_execution commune_du_chantier lieu_du_chantier localisation"
        " commune_execution commune_des_travaux code_insee insee",
        "contractor_name": "entreprise attributaire societe raison_sociale nom_entreprise nom_titulaire entreprise_titulaire"
        " nom_de_l_entreprise mandataire entreprise_attributaire nom_du_titulaire",
        "contractor_siret": "siret siret_titulaire siret_entreprise n_siret",
        "purchase_kind": "nature_marche type_de_marche type_marche nature_du_marche categorie",
        "sector": "secteur_activite secteur_d_activite domaine activite metier corps_d_etat",
        "contract_form": "forme_du_marche forme_marche procedure",
        "clause_category": "clause type_clause nature_clause article article_clause clause_sociale type_de_clause_sociale dispositif"
        " article_cmp article_du_code",
        "legal_basis": "base_juridique fondement article_juridique",
        "obligation_pct": "taux taux_insertion pourcentage pct_insertion taux_d_heures_d_insertion",
        "hours_planned": "heures_previsionnelles heures_estimees volume_previsionnel nb_heures_prevues nombre_d_heures_prevues h_prevues",
        "hours_committed_initial": "heures_initiales obligation_initiale heures_prevues_au_marche",
        "hours_committed": "heures_a_realiser obligation obligation_h obligation_heures heures_obligatoires engagement heures_contractuelles"
        " volume_d_heures nb_heures_a_realiser nombre_d_heures_a_realiser objectif objectif_heures objectif_h heures_clausees h_engagees"
        " heures_d_insertion_prevues heures_d_insertion_a_realiser heures_dues nb_heures_engagees obligation_en_heures",
        "amendment_count": "nb_avenants nombre_d_avenants n_avenants",
        "amount_eur": "montant_ht montant_du_marche montant_marche montant_du_lot montant_eur",
        "notified_on": "date_de_notification date_notification notifie_le notification_le date_notif",
        "starts_on": "date_de_debut date_debut demarrage date_de_demarrage date_demarrage debut_travaux debut_des_travaux date_os"
        " debut_du_marche debut_marche debut_d_execution debut_execution commence_le",
        "ends_on": "date_de_fin date_fin echeance date_d_echeance fin_travaux fin_des_travaux fin_previsionnelle date_fin_previsionnelle"
        " fin_du_marche fin_marche fin_d_execution fin_execution date_de_fin_previsionnelle",
        "status": "statut avancement etat_du_marche etat_du_lot situation statut_du_marche",
        "closed_on": "date_de_solde date_solde solde_le cloture date_cloture date_de_cloture",
        "penalty_eur": "penalite penalites_eur montant_penalites montant_des_penalites",
        "facilitator_code": "facilitateur facilitatrice code_facilitateur chargee_de_mission referent",
        "programme": "anru programme_anru npnru",
    },
    "hours": {
        "entry_id": "n id n_ligne num_ligne numero_ligne ligne identifiant id_ligne n_declaration numero_declaration id_declaration cle",
        "contract_id": f"{_CONTRACT} marche_lot",
        "lot_id": _LOT,
        "month": "mois mois_de_travail mois_declare mois_concerne periode mois_de_realisation mois_annee date mois_des_heures"
        " mois_d_execution date_de_realisation periode_de_travail",
        "hours_declared": "heures_declarees_entreprise h_declarees nb_heures_declarees heures_declarees_par_l_entreprise",
        "hours_validated": "heures_realisees heures heures_effectuees nb_heures nombre_d_heures heures_travaillees h_validees h_realisees"
        " nb_heures_realisees nombre_d_heures_realisees heures_d_insertion heures_acceptees heures_retenues volume_realise realise"
        " heures_insertion heures_d_insertion_realisees nb_h nbre_heures total_heures nb_heures_validees heures_valides h_insertion",
        "status": "statut avancement validation_du_facilitateur",
        "reject_reason": "motif motif_du_rejet motif_de_refus",
        "declared_on": "date_de_declaration date_declaration declare_le",
        "validated_on": "date_de_validation date_validation valide_le",
        "employer_kind": "type_employeur type_d_employeur type_de_structure type_structure modalite_d_embauche modalite_de_mise_en_oeuvre",
        "employer_siret": "siret siret_employeur siret_siae n_siret siret_structure",
        "work_contract_id": "n_contrat_de_travail id_contrat",
        "work_contract_type": "type_contrat type_de_contrat nature_contrat nature_du_contrat contrat",
        "participant_id": "id_beneficiaire code_beneficiaire identifiant_beneficiaire id_participant id_salarie code_salarie",
        "gender": "genre sexe_du_beneficiaire h_f f_h",
        "age_band": "age tranche_age tranche_d_age classe_d_age",
        "education": "niveau formation niveau_de_diplome diplome niveau_d_etudes qualification",
        "main_public": "public publics critere eligibilite critere_eligibilite critere_d_eligibilite categorie_de_public type_de_public"
        " public_prioritaire",
        "is_qpv": "qpv", "is_rsa": "rsa brsa", "is_deld": "deld", "is_rqth": "rqth th", "is_plie": "plie",
        "is_young": "jeune", "is_senior": "senior",
        "residence_commune": "commune_du_beneficiaire ville_de_residence commune_residence",
        "training_hours": "formation_heures h_formation heures_formation",
        "exit_on": "date_de_sortie date_sortie",
        "exit_outcome": "sortie_type type_de_sortie motif_de_sortie situation_sortie",
    },
    "notified": {},
    "comments": {},
}  # fmt: skip
# Codes that people write otherwise than by their label, in plain words.
_CODES: Mapping[type[codes.Code], Mapping[str, str]] = {
    codes.LotStatus: {
        "planned": "a_venir a_demarrer non_demarre pas_commence en_attente programme notifie",
        "running": "actif en_execution demarre en_cours_d_execution ouvert commence",
        "closed": "termine terminee clos cloture acheve fini receptionne",
        "suspended": "arrete interrompu en_pause",
        "terminated": "resiliation",
        "cancelled": "annule sans_suite infructueux",
    },
    codes.EntryStatus: {
        "declared": "en_attente a_valider saisie saisi transmise recue en_cours",
        "validated": "acceptee accepte conforme controlee ok retenue",
        "rejected": "refusee refuse non_conforme ecartee",
        "corrected": "rectifiee regularisee correction",
    },
    codes.WorkContractType: {
        "interim": "ctt interimaire contrat_de_travail_temporaire mission travail_temporaire",
        "interim_insertion": "ctti interim_d_insertion",
        "apprentissage": "contrat_d_apprentissage apprenti ca",
        "professionnalisation": "contrat_pro contrat_de_professionnalisation cpro",
    },
    codes.MainPublic: {
        "deld": "deld chomeur_longue_duree demandeur_emploi_longue_duree",
        "rsa": "brsa beneficiaire_rsa allocataire_rsa",
        "rqth": "th travailleur_handicape boe oeth",
        "jeune": "jeune_sans_qualification jeune_26 jeunes moins_de_26_ans mission_locale",
        "senior": "50_ans_et_plus seniors plus_de_50_ans",
    },
    codes.Gender: {"F": "femme feminin mme madame", "M": "h homme masculin monsieur mr"},
    codes.ClientType: {
        "commune": "ville mairie", "departement": "conseil_departemental cd", "region": "conseil_regional",
        "bailleur_social": "bailleur office_public_de_l_habitat oph esh", "hopital": "chu ch hopital centre_hospitalier",
        "metropole": "epci agglomeration communaute_urbaine communaute_d_agglomeration",
    },
    codes.EmployerKind: {"etti": "entreprise_interim_insertion", "ett": "interim agence_d_interim", "direct": "embauche_directe"},
    codes.PurchaseKind: {"pi": "prestation_intellectuelle etudes moe maitrise_d_oeuvre", "services": "service prestation_de_service"},
}  # fmt: skip
_ARTICLES = (
    (r"\b(l_?2112_2|art(icle)?_(14|38|3114_2)|l_?3114_2)(_et_53|_et_l_?2152_7)\b", "execution_criterion"),
    (r"\b(l_?2152_7|art(icle)?_53|r_?2152_7)\b", "criterion"),
    (r"\b(l_?2112_2|l_?3114_2|art(icle)?_14|art(icle)?_38)\b", "execution"),
    (r"\b(art(icle)?_30|r_?2123_1|art(icle)?_28)\b", "insertion"),
    (r"\b(l_?2113_12|art(icle)?_15)\b", "reserved_disability"),
    (r"\b(l_?2113_13_1)\b", "reserved_prison"),
    (r"\b(l_?2113_13)\b", "reserved_iae"),
    (r"\b(l_?2113_1[56])\b", "reserved_ess"),
)
# What was promised and what was done: a header of the one never suggests a column of the other.
PROMISED = {"hours_planned", "hours_committed_initial", "hours_committed", "obligation_pct", "obligation_kind"}
DONE = {"hours_declared", "hours_validated", "training_hours"}
_DONE_WORDS = re.compile(r"realis|effectu|travaill|declar|valid|accept|retenu|execut|fait")
_PROMISED_WORDS = re.compile(
    r"a_realis|prevu|prevision|engag|oblig|objectif|contractu|commande|clause|due|a_faire|estim"
)


@cache
def own_names(table_name: str) -> dict[str, str]:
    """Column names, French labels and headers of public formats in plain form, to their column; "" for what is derived."""
    (table,) = (table for table in ALL_TABLES if table.name == table_name)
    names: dict[str, str] = {}
    for column in table.columns:
        target = "" if column.derived else column.name
        names |= dict.fromkeys((plain_name(column.label), *column.aliases, column.name), target)
    return names


@cache
def other_names(table_name: str) -> dict[str, str]:
    """Names that people give to columns, in plain form, to the column that they suggest."""
    return {name: column for column, names in _NAMES[table_name].items() for name in names.split()}


def resembling(table: Table, header: str, taken: set[str]) -> str | None:
    """The column not yet taken that a header suggests, by a name people use or by a close spelling; None without any.

    A wrong suggestion is worse than none: what is done never suggests what is promised, nor a date an amount.
    """
    plain = plain_name(header)
    if (column := other_names(table.name).get(plain)) and column not in taken:
        return column
    free = {name: column for name, column in own_names(table.name).items() if column and column not in taken}
    free |= {name: column for name, column in other_names(table.name).items() if column not in taken and len(name) > 4}
    for close in difflib.get_close_matches(plain, list(free), n=3, cutoff=0.8):
        if not _crosses(plain, free[close]):
            return free[close]
    return None


def _crosses(plain: str, column: str) -> bool:
    """Whether a header of hours promised would be taken for hours done, or the reverse, or a date for what is none."""
    promised = _PROMISED_WORDS.search(plain) is not None
    done = not promised and _DONE_WORDS.search(plain) is not None
    is_date = plain.startswith("date") or plain.endswith("_le")
    return (
        (done and column in PROMISED)
        or (promised and column in DONE)
        or (is_date and not column.endswith("_on") and column != "month")
    )


def close_code(known: Sequence[codes.Code], value: str) -> str | None:
    """The code that a text of the source suggests: by a name people use, an article of the law, or a close spelling."""
    plain = plain_name(value)
    kind = type(next(iter(known))) if known else None
    for code, names in _CODES.get(kind, {}).items() if kind else ():
        if plain in names.split():
            return code
    if kind is codes.ClauseCategory:
        spoken = (
            plain.replace("article_l_", "l_").replace("article_r_", "r_").replace("art_l", "l").replace("art_r", "r")
        )
        if match := next(
            (code for pattern, code in _ARTICLES if re.search(pattern.replace(r"\b", "(?:^|$|_)"), spoken)), None
        ):
            return match
    names_of = {plain_name(code.label): str(code) for code in known} | {plain_name(code): str(code) for code in known}
    close = difflib.get_close_matches(plain, list(names_of), n=1, cutoff=0.7)
    return names_of[close[0]] if close else None


def client_type(name: str) -> str | None:
    """The type that a client's name suggests: "Ville de …" a commune, "CHU" a hospital; None when it says nothing."""
    plain = plain_name(name)
    for pattern, code in _CLIENTS:
        if re.search(rf"(?:^|_)(?:{pattern})(?:_|$)", plain):
            return code
    return None


_CLIENTS = (
    ("metropole|communaute|agglomeration|agglo|epci|cu|cc", "metropole"),
    ("ville|commune|mairie|ccas", "commune"),
    ("departement|dept|dpt|conseil_departemental|conseil_general|cd_?\\d\\d", "departement"),
    ("region|conseil_regional", "region"),
    ("chu|ch|hopital|hopitaux|centre_hospitalier|ehpad", "hopital"),
    ("habitat|oph|esh|hlm|bailleur|logement|immobiliere|logis", "bailleur_social"),
    ("etat|prefecture|ministere|rectorat|direction_departementale|dreal|dir", "etat"),
    ("cpam|caf|urssaf|carsat", "organisme_secu"),
    ("syndicat|sem|spl|spla|semop", "syndicat_sem_spl"),
    ("universite|lycee|college|etablissement_public|epf|crous|port", "etablissement_public"),
)
