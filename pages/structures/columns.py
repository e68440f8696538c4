"""The columns of the table of structures."""

from pages.parts.tables import Column, of_question


def structures() -> tuple[Column, ...]:
    """Of hours_by_structure."""
    return of_question(
        "hours_by_structure",
        Column(key="structure_name"),
        Column(key="structure", only_in_file=True),
        Column(key="data_as_of"),
        Column(key="first_month"),
        Column(key="last_month"),
        Column(key="months_late"),
        Column(key="is_late"),
        Column(key="hours_validated", adds=True, drawn="bar"),
        Column(key="share_ratio", adds=True),
        Column(key="hours_pending", adds=True),
        Column(key="hours_committed", adds=True),
        Column(key="rated_hours", adds=True, only_in_file=True),
        Column(key="rated_committed", adds=True, only_in_file=True),
        Column(key="completion_ratio"),
        Column(key="clients"),
        Column(key="contracts", adds=True),
        Column(key="lots", adds=True),
    )
