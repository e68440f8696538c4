"""The tables that a release has besides those of its sources, declared for the dictionary: what `rollup.sql`,
`people.sql` and the checks write.

Those of persons are internal: questions count in them, and no row of theirs is ever shown, exported or open to a reader's SQL.
"""

from dataclasses import replace
from typing import Final

from data import codes
from data.schema import CONTRACTOR, CONTRACTS, HOURS, PUBLISHED, Column, Table
from data.words import N_

_SOURCE: Final = N_("Calculée à la publication")
_PERSONS: Final = Column(
    name="persons",
    sql_type="INTEGER",
    label=N_("Personnes"),
    definition=N_("Personnes du groupe, que les filtres ne distinguent pas."),
    personal=True,
)
_PERSONS_KEY: Final = Column(
    name="persons_key",
    sql_type="UBIGINT",
    label=N_("Empreinte des personnes"),
    definition=N_("Empreinte des pseudonymes du groupe, d’où le secret statistique tire ses arrondis."),
    personal=True,
)
_GROUP_NO: Final = Column(
    name="group_no",
    sql_type="INTEGER",
    label=N_("Numéro du groupe"),
    definition=N_("Propre à la publication."),
    personal=True,
)
_PROFILE_NO: Final = Column(
    name="profile_no",
    sql_type="INTEGER",
    label=N_("Numéro du profil"),
    definition=N_("Celui de la table des profils."),
    personal=True,
)
_ENTRY_YEAR: Final = Column(
    name="entry_year",
    sql_type="INTEGER",
    label=N_("Année d’entrée"),
    definition=N_("Année des premières heures validées de la personne, sur quelque lot que ce soit."),
    personal=True,
)
# Of lots, as the rollup has them: what filters and rights apply to.
_OF_LOT: Final = (
    *(
        CONTRACTS.column(name)
        for name in (
            "client_id",
            "client_type",
            "clause_category",
            "execution_commune",
            "sector",
            "programme",
            "facilitator_code",
            "purchase_kind",
        )
    ),
    CONTRACTOR,
    CONTRACTS.column("counts_in_total"),
)

_YEAR: Final = Column(
    name="year",
    sql_type="INTEGER",
    label=N_("Année"),
    definition=N_("Année où les heures ont été travaillées."),
)
_IS_PLAIN: Final = Column(
    name="is_plain",
    sql_type="BOOLEAN",
    label=N_("Sans correction à part"),
    definition=N_("Si aucune ligne du groupe n’est inférieure à 0\u00a0: une seule suffit alors à compter."),
    personal=True,
)
_HOURS_VALIDATED: Final = Column(
    name="hours_validated",
    sql_type="DECIMAL(18,2)",
    label=N_("Heures réalisées"),
    definition=N_("Somme des heures acceptées\u202f; une ligne rejetée compte pour 0."),
    unit="h",
    derived=True,
)

PROFILES: Final = Table(
    name="profiles",
    label=N_("Profils"),
    grain=N_("un ensemble de caractéristiques que des personnes ont en commun"),
    source=_SOURCE,
    key=("profile_no",),
    internal=True,
    columns=(
        replace(_PROFILE_NO, definition=N_("Propre à la publication.")),
        *(
            HOURS.column(name)
            for name in (
                "gender",
                "age_band",
                "education",
                "main_public",
                "is_deld",
                "is_rsa",
                "is_rqth",
                "is_young",
                "is_senior",
                "is_qpv",
                "is_plie",
            )
        ),
    ),
)
PEOPLE_YEARS: Final = Table(
    name="people_years",
    label=N_("Personnes et années"),
    grain=N_("un groupe de personnes, une année, une modalité et des lots que les filtres ne distinguent pas"),
    source=_SOURCE,
    key=(),
    internal=True,
    columns=(
        Column(
            name="grouped_by",
            sql_type="VARCHAR",
            label=N_("Point commun"),
            definition=N_(
                "Ce que les personnes d’un groupe ont en commun, outre les lots, les années et les modalités où elles ont"
                " travaillé : l’année d’entrée, le profil ou la commune de résidence. Chacun regroupe toutes les personnes."
            ),
            personal=True,
        ),
        _IS_PLAIN,
        _GROUP_NO,
        _PERSONS,
        _PERSONS_KEY,
        _ENTRY_YEAR,
        _PROFILE_NO,
        HOURS.column("residence_commune"),
        _YEAR,
        HOURS.column("employer_kind"),
        *_OF_LOT,
        _HOURS_VALIDATED,
    ),
)
WORK_CONTRACT_YEARS: Final = Table(
    name="work_contract_years",
    label=N_("Contrats de travail et années"),
    grain=N_(
        "un groupe de contrats de travail, une année, une modalité et des lots que les filtres ne distinguent pas"
    ),
    source=_SOURCE,
    key=(),
    internal=True,
    columns=(
        _IS_PLAIN,
        _GROUP_NO,
        Column(
            name="work_contracts",
            sql_type="INTEGER",
            label=N_("Contrats de travail"),
            definition=N_("Contrats de travail du groupe, que les filtres ne distinguent pas."),
            personal=True,
        ),
        _YEAR,
        HOURS.column("employer_kind"),
        *_OF_LOT,
        _HOURS_VALIDATED,
    ),
)
EXITS: Final = Table(
    name="exits",
    label=N_("Sorties"),
    grain=N_(
        "un moment de l’observation, une situation, une année d’entrée et de sortie, une durée, une modalité et des lots"
        " que les filtres ne distinguent pas"
    ),
    source=_SOURCE,
    key=(),
    internal=True,
    columns=(
        HOURS.column("outcome_point"),
        replace(
            HOURS.column("exit_outcome"),
            definition=N_("À ce moment\u202f; inconnue quand elle n’a pas été observée."),
        ),
        Column(
            name="outcome_group",
            sql_type="VARCHAR",
            label=N_("Groupe de situations"),
            definition=N_("Emploi durable, autre sortie dynamique, autre situation connue, situation inconnue."),
            codes=codes.OutcomeGroup,
            personal=True,
        ),
        Column(
            name="exit_year",
            sql_type="INTEGER",
            label=N_("Année de sortie"),
            definition=N_("Année de la dernière sortie déclarée."),
            personal=True,
        ),
        _ENTRY_YEAR,
        Column(
            name="duration_band",
            sql_type="VARCHAR",
            label=N_("Durée du parcours"),
            definition=N_("Mois entre les premières heures validées de la personne et sa sortie."),
            codes=codes.DurationBand,
            personal=True,
        ),
        HOURS.column("employer_kind"),
        *_OF_LOT,
        _PERSONS,
        _PERSONS_KEY,
    ),
)
ANOMALIES: Final = Table(
    name="anomalies",
    label=N_("Anomalies"),
    grain=N_("une ligne ou un lot qui pose question, pour une nature d’anomalie"),
    source=_SOURCE,
    key=(),
    columns=(
        Column(
            name="kind",
            sql_type="VARCHAR",
            label=N_("Anomalie"),
            definition=N_("Nature de l’anomalie."),
            codes=codes.AnomalyKind,
        ),
        Column(
            name="source_file",
            sql_type="VARCHAR",
            label=N_("Fichier"),
            definition=N_("Fichier d’où la ligne a été lue."),
        ),
        Column(
            name="source_row",
            sql_type="BIGINT",
            label=N_("Ligne"),
            definition=N_("Numéro de la ligne dans ce fichier."),
        ),
        *(CONTRACTS.column(name) for name in ("contract_id", "lot_id", "client_id", "client_name")),
        HOURS.column("month"),
        Column(
            name="hours",
            sql_type="DECIMAL(18,2)",
            label=N_("Heures"),
            definition=N_("Heures acceptées des lignes concernées."),
            unit="h",
        ),
        Column(
            name="in_totals",
            sql_type="BOOLEAN",
            label=N_("Comprise dans les totaux"),
            definition=N_("Si ses heures entrent dans les totaux."),
        ),
        Column(
            name="detail",
            sql_type="VARCHAR",
            label=N_("Détail"),
            definition=N_("Ce qui y est écrit, jamais au sujet d’une personne."),
        ),
    ),
)
INTERNAL: Final = (PROFILES, PEOPLE_YEARS, WORK_CONTRACT_YEARS, EXITS)
EVERY_TABLE: Final = (*PUBLISHED, ANOMALIES, *INTERNAL)
