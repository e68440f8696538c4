"""The columns of the detail: those of its questions, named by the vocabulary; on screen, the ones that fit, or that were picked."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from data.words import sorting_name
from pages.parts.lot_links import lot_row_address
from pages.parts.read import reading
from pages.parts.tables import Column
from queries.ordered_list import PLACE
from queries.ordered_list import open_columns as open_names
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
# Lines are checked against what companies reported, to the hundredth.
_DIGITS: Final = {"detail_hours": 2}


def file_columns(name: str, picked: Sequence[str] = ()) -> list[Column]:
    """Every column of the answer, or those that were picked."""
    columns = [
        Column(key=column.name, question=name, adds=column.name in _MEASURES, digits=_digits(name, column.name))
        for column in question(name).columns
    ]
    return [column for column in columns if not picked or column.key in picked]


def _digits(name: str, key: str) -> int | None:
    return _DIGITS.get(name) if key in _MEASURES else None


def open_columns(name: str) -> list[Column]:
    """Those that the reader may see, and may pick and order by."""
    names = open_names(name, reading().access)
    return [column for column in file_columns(name) if column.key in names]


def screen_columns(name: str, picked: Sequence[str] = ()) -> list[Column]:
    """Those of the table on screen, in its order; the subject leads to its lot."""
    columns = {column.key: column for column in file_columns(name)}
    columns["subject"] = replace(columns["subject"], address=lot_row_address)
    usual = _ON_SCREEN[name]
    # Those of the usual table first, in its order: the subject heads its row.
    order = [*(key for key in usual if key in picked), *(key for key in columns if key in picked and key not in usual)]
    return [columns[key] for key in order or usual]


def codes_in_order(column: Column) -> list[str]:
    """The codes of a column by their names in the reader's language; none without codes."""
    words, codes = reading().words, column.meaning.codes
    return sorted(
        map(str, codes or ()), key=lambda code: sorting_name(words.say(codes.of(code).label)) if codes else ""
    )


def usual_order(name: str) -> str:
    """The column that orders the list when the reader chose none."""
    return PLACE if PLACE in _ON_SCREEN[name] else "contract_id"
