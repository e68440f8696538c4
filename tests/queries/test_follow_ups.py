"""What the facilitator follows up beside alerts: hours to validate, clients that do not declare."""

from queries.scope import Scope
from tests.queries.asking import Opened, only

LOTS = """
    contract_id | client_id | status
    M1          | A         | running
    M2          | A         | running
    M3          | B         | running
    M4          | C         | closed      # no longer active: late with nothing
"""
# Data of 31 October 2026: more than three months without a declaration is late.
HOURS = """
    contract_id | month   | hours_declared | hours_validated | status
    M1          | 2025-03 | 30             |                 | declared
    M1          | 2026-09 | 12             | 12              | validated
    M2          | 2026-09 | 5              |                 | declared
    M3          | 2026-05 | 7              | 7               | validated
    M4          | 2024-05 | 7              | 7               | validated
"""


def test_lots_to_validate_and_late_clients(opened: Opened) -> None:
    database = opened(LOTS, HOURS)
    assert only(database, "lot_follow_ups") == {"pending_lots": 2, "pending_hours": 30 + 5, "late_clients": 1}
    # Of all years, and of the client's own lots.
    assert only(database, "lot_follow_ups", Scope(first_year=2026, clients=("B",))) == {
        "pending_lots": 0, "pending_hours": 0, "late_clients": 1,
    }  # fmt: skip
