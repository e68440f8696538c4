"""The columns of the detail: those of its questions, named by the vocabulary; on screen, the ones that fit."""

from dataclasses import replace
from typing import Final

from pages.parts.lot_links import lot_row_address
from pages.parts.tables import Column
from queries.questions import question

_ON_SCREEN: Final = {
    "detail_lots": (
        "subject", "contract_id", "lot_id", "client_name", "contractor_name", "clause_category", "status", "ends_on",
        "hours_committed", "hours_validated", "hours_pending",
    ),
    "detail_hours": (
        "line_number", "month", "subject", "client_name", "employer_kind", "work_contract_type", "status",
        "hours_declared", "hours_validated", "hours_pending",
    ),
}  # fmt: skip
_MEASURES: Final = ("hours_declared", "hours_validated", "hours_pending")


def file_columns(name: str) -> list[Column]:
    """Every column of the answer."""
    return [Column(key=column.name, question=name, adds=column.name in _MEASURES) for column in question(name).columns]


def screen_columns(name: str) -> list[Column]:
    """Those of the table on screen, in its order; the subject leads to its lot."""
    found = {column.key: column for column in file_columns(name)}
    found["subject"] = replace(found["subject"], address=lot_row_address)
    return [found[key] for key in _ON_SCREEN[name]]
