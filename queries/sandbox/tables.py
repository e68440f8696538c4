"""What a reader's own SQL may read: copies of the tables that add up, within the reader's rights. No row of a person.

The dashboard's views and macros are made again over these copies, so that its questions run as they stand. The detail of
hours is not among them: a question that counts persons is no example.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

import pyarrow as pa

from data.schema import CONTRACTOR, CONTRACTS, HOURS_MONTHLY, NOTIFIED, STRUCTURE, Column, Table
from data.words import N_
from queries.filters import FILTERS
from queries.filters_sql import files
from queries.open_release import VIEW_FILES
from queries.questions import FOLDER, Question, questions
from queries.rights.access import Access
from queries.rights.rights import OF_SEVERAL
from queries.scope import Scope

_EVERYTHING: Final = Scope(include_uncounted=True)

LOTS: Final = Table(
    name="lots",
    label=CONTRACTS.label,
    grain=CONTRACTS.grain,
    key=CONTRACTS.key,
    structured=True,
    columns=(
        *CONTRACTS.columns,
        Column(
            name="is_notified",
            sql_type="BOOLEAN",
            label=N_("Lot notifié"),
            definition=N_("Ni prévu ni abandonné\u00a0: son obligation est engagée."),
        ),
        Column(
            name="is_rated",
            sql_type="BOOLEAN",
            label=N_("Entre dans le taux de réalisation"),
            definition=N_("Obligation en heures, connue et non nulle, d’un lot en cours ou soldé."),
        ),
        CONTRACTOR,
        Column(
            name="active_from",
            sql_type="DATE",
            label=N_("Actif depuis"),
            definition=N_(
                "Premier jour d’activité, d’après ses dates\u202f; vide quand aucune ne permet de le savoir."
            ),
        ),
        Column(
            name="active_to",
            sql_type="DATE",
            label=N_("Actif jusqu’à"),
            definition=N_(
                "Dernier jour d’activité, d’après ses dates\u202f; vide quand aucune ne permet de le savoir."
            ),
        ),
        Column(
            name="notified_year",
            sql_type="BIGINT",
            label=N_("Année de notification"),
            definition=N_("Année de la notification, sinon du début."),
        ),
        Column(
            name="committed_month",
            sql_type="DATE",
            label=N_("Mois de l’engagement"),
            definition=N_("Mois de la notification, ramené aux mois de la publication."),
        ),
        Column(
            name="still_owed_hours",
            sql_type="DECIMAL(38,2)",
            label=N_("Heures encore dues"),
            definition=N_("Heures engagées moins heures réalisées d’un lot en cours qui n’a pas tout fait, sinon 0."),
            unit="h",
        ),
    ),
)
MONTHS: Final = Table(
    name="months",
    label=N_("Mois de la publication"),
    grain=N_("un mois, sans trou du premier au dernier"),
    source=N_("Calculée à l’ouverture de la publication"),
    key=("month",),
    columns=(
        HOURS_MONTHLY.column("month"),
        Column(name="year", sql_type="INTEGER", label=N_("Année"), definition=N_("Année du mois.")),
        Column(
            name="provisional",
            sql_type="BOOLEAN",
            label=N_("Provisoire"),
            definition=N_("Indique si les déclarations de ce mois arrivent encore."),
        ),
    ),
)
COMMUNES: Final = Table(
    name="communes",
    label=N_("Communes"),
    grain=N_("une commune du territoire, ou nommée par un lot"),
    source=N_("Code officiel géographique de l’Insee"),
    key=("commune",),
    columns=(
        Column(name="commune", sql_type="VARCHAR", label=N_("Code INSEE"), definition=N_("Code de la commune.")),
        Column(
            name="commune_name",
            sql_type="VARCHAR",
            label=N_("Nom"),
            definition=N_("Nom de la commune, d’après l’Insee."),
        ),
        Column(
            name="population",
            sql_type="BIGINT",
            label=N_("Population municipale"),
            definition=N_("Habitants de la commune, d’après l’Insee\u202f; vide hors du territoire."),
            unit="habitants",
        ),
    ),
)
TABLES: Final = (LOTS, HOURS_MONTHLY, NOTIFIED, MONTHS, COMMUNES)


def _names(table: Table) -> str:
    return ", ".join(column.name for column in table.columns)


# Each table to copy and what makes it; of structures too where they publish. What tells of the whole authority is empty for those who see a part of it.
_HELD: Final = {
    "contracts": f"SELECT {_names(CONTRACTS)} FROM lots_in_scope($rights)",
    "hours_monthly": f"SELECT {_names(HOURS_MONTHLY)} FROM history_in_scope($rights)",
    "notified": f"SELECT {_names(NOTIFIED)} FROM notified_in_scope($rights, $rights)",
    "milestones": "SELECT * FROM milestones_in_scope($rights)",
    "settings": "FROM settings",
    "opening_balances": "FROM opening_in_scope($rights)",
    "release": """
        SELECT * REPLACE (
          CASE WHEN is_whole($rights) THEN contracts END AS contracts,
          CASE WHEN is_whole($rights) THEN lots END AS lots,
          CASE WHEN is_whole($rights) THEN hours_rows END AS hours_rows,
          CASE WHEN is_whole($rights) THEN rows_left_out END AS rows_left_out
        )
        FROM release
    """,
    "communes": """
        SELECT *
        FROM communes
        WHERE population IS NOT NULL OR commune IN (SELECT execution_commune FROM lots_in_scope($rights))
    """,
    "structures": "FROM structures WHERE structure IN (SELECT structure FROM lots_in_scope($rights))",
    "structure_communes": "FROM structure_communes WHERE structure IN (SELECT structure FROM lots_in_scope($rights))",
    "eu_thresholds": "FROM eu_thresholds",
    "spaser_thresholds": "FROM spaser_thresholds",
    "social_obligation": "FROM social_obligation",
    "national_targets": "FROM national_targets",
    "national_shares": "FROM national_shares",
}


def held(access: Access) -> Iterator[tuple[str, pa.Table]]:
    """Each table to copy, by name, as far as the rights let it through.

    Lots kept out of the totals are there, with counts_in_total. Raises QueryError as `Access.stream` does.
    """
    for name, sql in _HELD.items():
        if access.release.structures and name in ("contracts", HOURS_MONTHLY.name):
            sql = sql.replace(" FROM ", f", {STRUCTURE.name} FROM ", 1)
        with access.stream(_question(name, sql), _EVERYTHING) as batches:
            answer = batches.read_all()
        yield name, answer


def _question(name: str, sql: str) -> Question:
    return Question(name=f"sql_{name}", text="", grain="", columns=(), parameters=(), order="", note="", sql=sql)


@cache
def views(structured: bool) -> tuple[str, ...]:
    """The SQL that makes the dashboard's views and macros over the copies, but those that read what is not copied."""
    return tuple(sql for name, sql in _definitions(structured) if name not in _missing())


@cache
def examples(structured: bool = False) -> tuple[Question, ...]:
    """The dashboard's questions that the copies can answer, in alphabetical order: the .sql files as they stand."""
    return tuple(
        question
        for question in questions().values()
        if not question.parameters
        and not _read(question.sql) & _missing()
        and (structured or question.name not in OF_SEVERAL)
    )


@cache
def _definitions(structured: bool = True) -> tuple[tuple[str, str], ...]:
    """Each view, table, type and macro of the dashboard with the statement that creates it, in their order.

    The copies of a single authority do not have the column of structures: its macros are made without that filter.
    """
    filters = [declared for declared in FILTERS.values() if structured or not declared.of_several]
    made = files(filters)
    texts = (made.get(file) or (FOLDER / file).read_text(encoding="utf-8") for file in VIEW_FILES)
    parts = [part for text in texts for part in re.split(r"^CREATE ", text, flags=re.MULTILINE)[1:]]
    return tuple((part.replace("(", " ").split()[1], f"CREATE {part}") for part in parts)


@cache
def _missing() -> frozenset[str]:
    """The tables that are not copied, and every view and macro that reads one of them."""
    missing = {"hours", "persons", "anomalies_found", "anomaly_kinds", "comments", "comments_written"}
    for name, sql in _definitions():
        if _read(sql) & missing:
            missing.add(name)
    return frozenset(missing)


def _read(sql: str) -> set[str]:
    """What stands after FROM and JOIN."""
    return set(re.findall(r"\b(?:FROM|JOIN)\s+(\w+)", sql))
