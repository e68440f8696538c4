"""What a reader may build a table of: the dimensions and measures, by the code that stands for each in a link.

Nothing that a reader typed is ever SQL: each code stands for an expression written here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from data import codes
from data.codes import Code
from data.words import N_
from queries.filters import FILTERS, NONE

Time = Literal["year", "quarter", "month"]
FACILITATOR: Final = "facilitateur"
STRUCTURE: Final = "structure"
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


def _filled(column: str) -> str:
    return f"coalesce({column}, '{NONE}')"


def _of_filter(name: str) -> Dimension:
    """A dimension over the column of a filter, with its label, codes and names."""
    declared = FILTERS[name]
    return Dimension(
        label=declared.label,
        column=declared.column,
        sql=_filled(declared.column) if declared.may_be_empty or declared.of_several else declared.column,
        of_line=declared.of_line,
        codes=declared.codes,
        field=name,
    )


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
    STRUCTURE: _of_filter("structures"),
    "type": _of_filter("client_types"),
    "client": _of_filter("clients"),
    "clause": _of_filter("clause_categories"),
    "article": Dimension(label=N_("Article (fondement juridique)"), column="legal_basis", sql=_filled("legal_basis")),
    "commune": _of_filter("execution_communes"),
    "secteur": _of_filter("sectors"),
    "modalite": _of_filter("employer_kinds"),
    "contrat": Dimension(
        label=N_("Type de contrat de travail"),
        column="work_contract_type",
        sql=_filled("work_contract_type"),
        of_line=True,
        codes=codes.WorkContractType,
    ),
    "programme": _of_filter("programmes"),
    FACILITATOR: _of_filter("facilitators"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What the cells say. `column`: its name in the answer; `sql`: an aggregate over the parts of lots in the cell.

    `of_lot`: it is that of whole lots, and cannot be divided by a dimension of the line. `adds_up`: cells that share no
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
        sql="coalesce(sum(part.notified_committed), 0)",
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
