"""The columns of the tables of the page of changes."""

from pages.parts.lot_links import lot_row_address
from pages.parts.tables import Column, Row, of_question

_CAUSES = (
    Column(key="added_hours", adds=True),
    Column(key="corrected_hours", adds=True),
    Column(key="appeared_hours", adds=True),
    Column(key="gone_hours", adds=True),
)
_HOURS = (
    Column(key="hours_before", adds=True),
    Column(key="hours_after", adds=True),
    Column(key="change_hours", adds=True),
)


def years() -> tuple[Column, ...]:
    """Of changes_by_year."""
    return of_question(
        "changes_by_year",
        Column(key="year"),
        *_HOURS,
        Column(key="change_ratio"),
        *_CAUSES,
        Column(key="was_closed"),
        Column(key="is_consolidated"),
        Column(key="is_revised"),
    )


def clients() -> tuple[Column, ...]:
    """Of changes_since."""
    return of_question(
        "changes_since", Column(key="client_name"), Column(key="clause_category"), Column(key="year"), *_HOURS, *_CAUSES
    )


def lots() -> tuple[Column, ...]:
    """Of changed_lots."""
    return of_question(
        "changed_lots",
        Column(key="contract_id"),
        Column(key="lot_id"),
        Column(key="subject", address=_address),
        Column(key="client_name"),
        Column(key="lot_change"),
        *_HOURS,
        Column(key="first_year"),
        Column(key="last_year"),
    )


def _address(row: Row) -> str:
    """A lot that is gone has no page any more."""
    return "" if row["lot_change"] == "gone" else lot_row_address(row)
