"""The tables that a release has besides those of its sources, declared for the dictionary: what `rollup.sql`,
`persons.py` and the checks write.

That of participants is internal: questions read it, and no row of it is open to a reader's SQL.
"""

from dataclasses import replace
from typing import Final

from data import codes
from data.schema import CONTRACTS, HOURS, PUBLISHED, Column, Table
from data.words import N_

_SOURCE: Final = N_("Calculée à la publication")
_YEAR: Final = Column(
    name="year",
    sql_type="INTEGER",
    label=N_("Année"),
    definition=N_("Année où les heures ont été travaillées."),
)
_HOURS_VALIDATED: Final = Column(
    name="hours_validated",
    sql_type="DECIMAL(18,2)",
    label=N_("Heures réalisées"),
    definition=N_("Somme des heures acceptées\u202f; une ligne rejetée compte pour 0."),
    unit="h",
    derived=True,
)

PERSONS: Final = Table(
    name="persons",
    label=N_("Bénéficiaires"),
    grain=N_("une population, une question et une réponse possible, telle qu’elle peut être montrée"),
    source=_SOURCE,
    key=("field", "value", "year", "include_uncounted", "moment", "axis", "category", "outcome"),
    internal=True,
    columns=(
        Column(
            name="field",
            sql_type="VARCHAR",
            label=N_("Champ de la population"),
            definition=N_("Filtre dont la population a une valeur\u202f; vide pour l’ensemble."),
        ),
        Column(
            name="value",
            sql_type="VARCHAR",
            label=N_("Valeur de la population"),
            definition=N_("Valeur de ce filtre."),
        ),
        _YEAR,
        Column(
            name="include_uncounted",
            sql_type="BOOLEAN",
            label=N_("Avec les lots hors du total"),
            definition=N_("Indique si les lots hors du total sont compris."),
        ),
        Column(
            name="moment",
            sql_type="VARCHAR",
            label=N_("Moment de l’observation"),
            definition=N_("Des sorties\u202f; vide pour les autres questions."),
        ),
        Column(name="axis", sql_type="VARCHAR", label=N_("Question"), definition=N_("Ce qui distingue les lignes.")),
        Column(name="category", sql_type="VARCHAR", label=N_("Réponse"), definition=N_("Valeur de la question.")),
        Column(
            name="outcome",
            sql_type="VARCHAR",
            label=N_("Groupe de situations"),
            definition=N_("Des sorties\u202f; vide pour toutes."),
        ),
        Column(
            name="participants",
            sql_type="BIGINT",
            label=N_("Personnes"),
            definition=N_("Arrondies à 5 près, vides sous le seuil des lecteurs identifiés."),
            personal=True,
        ),
        Column(
            name="participants_public",
            sql_type="BIGINT",
            label=N_("Personnes, pour le public"),
            definition=N_("Le même nombre, vide sous le seuil du public."),
            personal=True,
        ),
        replace(_HOURS_VALIDATED, definition=N_("Heures acceptées de toute la population.")),
        Column(
            name="hours_share_ratio",
            sql_type="DOUBLE",
            label=N_("Part des heures"),
            definition=N_(
                "Heures des personnes de la ligne ÷ heures de la population, avec un bruit\u202f; vide quand une personne y pèse trop."
            ),
            personal=True,
        ),
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
            definition=N_("Indique si ses heures entrent dans les totaux."),
        ),
        Column(
            name="detail",
            sql_type="VARCHAR",
            label=N_("Détail"),
            definition=N_("Ce qui y est écrit, jamais au sujet d’une personne."),
        ),
        Column(
            name="case_no",
            sql_type="INTEGER",
            label=N_("Cas"),
            definition=N_("Numéro qui réunit les lignes signalées ensemble, dans cette publication seulement."),
        ),
    ),
)
INTERNAL: Final = (PERSONS,)
EVERY_TABLE: Final = (*PUBLISHED, ANOMALIES, *INTERNAL)
