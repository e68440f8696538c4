"""What a reader may build a table of: the dimensions and measures, by the code that stands for each in a link.

Nothing that a reader typed is ever SQL: each code stands for an expression written here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from data import codes
from data.codes import Code
from data.words import N_

Time = Literal["year", "quarter", "month"]
Unit = Literal["hours", "count", "percent", "decimal", "euros"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    """What a table is broken down by. `column`: its name in files for programs. `sql`: its key as text, never NULL.

    `of_line`: it belongs to the hours, not to the lot that carries the obligation. `field`: the filter that has its names.
    """

    label: str
    column: str
    sql: str
    of_line: bool = False
    time: Time | None = None
    codes: type[Code] | None = None
    field: str = ""


# 'none' is queries.scope.NONE: what the filters too write for a column that is empty.
def _filled(column: str) -> str:
    return f"coalesce({column}, 'none')"


# Code of a link → dimension, in the order of the form. Codes are kept for ever, because links are kept.
DIMENSIONS: Final[Mapping[str, Dimension]] = {
    "annee": Dimension(label=N_("Année"), column="year", sql="CAST(year AS VARCHAR)", of_line=True, time="year"),
    "trimestre": Dimension(
        label=N_("Trimestre"),
        column="quarter",
        sql="CAST(CAST(date_trunc('quarter', month) AS DATE) AS VARCHAR)",
        of_line=True,
        time="quarter",
    ),
    "mois": Dimension(
        label=N_("Mois travaillé"), column="month", sql="CAST(month AS VARCHAR)", of_line=True, time="month"
    ),
    "type": Dimension(
        label=N_("Type de maître d’ouvrage"), column="client_type", sql="client_type", codes=codes.ClientType
    ),
    "client": Dimension(label=N_("Maître d’ouvrage"), column="client_id", sql="client_id", field="clients"),
    "clause": Dimension(
        label=N_("Type de clause"), column="clause_category", sql="clause_category", codes=codes.ClauseCategory
    ),
    "article": Dimension(label=N_("Article (fondement juridique)"), column="legal_basis", sql=_filled("legal_basis")),
    "commune": Dimension(
        label=N_("Commune d’exécution"),
        column="execution_commune",
        sql=_filled("execution_commune"),
        field="execution_communes",
    ),
    "secteur": Dimension(label=N_("Secteur"), column="sector", sql=_filled("sector"), codes=codes.Sector),
    "modalite": Dimension(
        label=N_("Modalité"),
        column="employer_kind",
        sql=_filled("employer_kind"),
        of_line=True,
        codes=codes.EmployerKind,
    ),
    "contrat": Dimension(
        label=N_("Type de contrat de travail"),
        column="work_contract_type",
        sql=_filled("work_contract_type"),
        of_line=True,
        codes=codes.WorkContractType,
    ),
    "programme": Dimension(label=N_("Programme"), column="programme", sql=_filled("programme"), codes=codes.Programme),
    "facilitateur": Dimension(label=N_("Facilitateur"), column="facilitator_code", sql=_filled("facilitator_code")),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What the cells say. `column`: its name in the answer; `sql`: an aggregate over the parts of lots in the cell.

    `of_lot`: it is that of whole lots, and cannot be told apart by a dimension of the line. `adds_up`: cells that share no
    hours add up to their total; a measure of lots does so as long as no lot stands in two cells.
    """

    label: str
    column: str
    sql: str
    type: str
    unit: Unit
    of_lot: bool = False
    adds_up: bool = False


_HOURS: Final = "DECIMAL(38,2)"
PENALTIES: Final = "penalites"
FACILITATOR: Final = "facilitateur"
CLIENTS: Final = "clients"
LOTS: Final = "lots"
# Code of a link → measure, in the order of the form.
MEASURES: Final[Mapping[str, Measure]] = {
    "heures": Measure(
        label=N_("Heures réalisées"),
        column="hours_validated",
        sql="coalesce(sum(part.hours_validated), 0)",
        type=_HOURS,
        unit="hours",
        adds_up=True,
    ),
    "attente": Measure(
        label=N_("Heures en attente"),
        column="hours_pending",
        sql="coalesce(sum(part.hours_pending), 0)",
        type=_HOURS,
        unit="hours",
        adds_up=True,
    ),
    "engagees": Measure(
        label=N_("Heures engagées"),
        column="hours_committed",
        sql="coalesce(sum(part.rated_committed), 0)",
        type=_HOURS,
        unit="hours",
        of_lot=True,
        adds_up=True,
    ),
    "realisation": Measure(
        label=N_("Taux de réalisation"),
        column="completion_ratio",
        sql="ratio(sum(part.rated_hours), sum(part.rated_committed))",
        type="DOUBLE",
        unit="percent",
        of_lot=True,
    ),
    LOTS: Measure(
        label=N_("Lots"),
        column="lots",
        sql="count(DISTINCT CASE WHEN part.is_counted THEN part.lot_number END)",
        type="BIGINT",
        unit="count",
        adds_up=True,
    ),
    "marches": Measure(
        label=N_("Marchés"),
        column="contracts",
        sql="count(DISTINCT CASE WHEN part.is_counted THEN part.contract_id END)",
        type="BIGINT",
        unit="count",
    ),
    "entreprises": Measure(
        label=N_("Entreprises titulaires"),
        column="contractors",
        sql="count(DISTINCT CASE WHEN part.is_counted THEN part.contractor END)",
        type="BIGINT",
        unit="count",
    ),
    CLIENTS: Measure(label=N_("Maîtres d’ouvrage actifs"), column="clients", sql="", type="BIGINT", unit="count"),
    "etp": Measure(
        label=N_("ETP"),
        column="fte",
        sql="ratio(sum(part.hours_validated), any_value(settings.fte_divisor))",
        type="DOUBLE",
        unit="decimal",
        adds_up=True,
    ),
    PENALTIES: Measure(label=N_("Pénalités"), column="penalty_eur", sql="", type=_HOURS, unit="euros", of_lot=True),
}
