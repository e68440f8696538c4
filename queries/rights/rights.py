"""What a reader may see: pages and columns by role, rows by client, commune or facilitator.

Rights only ever narrow. An empty list of clients, communes or facilitators lets nothing through.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

from data.codes import Role
from queries.scope import Scope


class Right(StrEnum):
    """Something that not every role may see or do."""

    LOTS = "lots"
    COMPANIES = "companies"
    PENALTIES = "penalties"
    FACILITATORS = "facilitators"
    PEOPLE = "people"
    BUILD = "build"
    DETAIL = "detail"
    ROUTES = "routes"
    SQL = "sql"


_PUBLIC: Final = frozenset({Right.LOTS, Right.PEOPLE, Right.BUILD, Right.ROUTES})
_SERVICE: Final = frozenset(Right) - {Right.SQL}
ROLES: Final[Mapping[Role, frozenset[Right]]] = {
    Role.PUBLIC: _PUBLIC,
    Role.ELU: frozenset({Right.LOTS, Right.COMPANIES, Right.FACILITATORS, Right.PEOPLE, Right.BUILD}),
    Role.SERVICE: _SERVICE,
    Role.ANALYSTE: frozenset(Right),
    Role.FACILITATEUR: _SERVICE - {Right.PENALTIES, Right.ROUTES},
    Role.ADMINISTRATEUR: frozenset(Right),
}
# Columns of answers that need a right; without it they are empty.
WITHHELD: Final[Mapping[str, Right]] = {
    "contractor": Right.COMPANIES,
    "contractor_name": Right.COMPANIES,
    "contractor_siret": Right.COMPANIES,
    "penalty_eur": Right.PENALTIES,
    # The pseudonym of somebody who works there.
    "facilitator_code": Right.FACILITATORS,
}
# Questions that need a right, by whichever door they are asked. A search goes through the names of companies: who may not see
# them could otherwise find them out, name by name.
GUARDED: Final[Mapping[str, Right]] = dict.fromkeys(("detail_counts", "detail_hours", "detail_lots"), Right.DETAIL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rights:
    """The rights of one reader. None means every row, an empty tuple none. Hashable: part of the key of caches."""

    role: Role
    clients: tuple[str, ...] | None = None
    execution_communes: tuple[str, ...] | None = None
    facilitators: tuple[str, ...] | None = None

    def may(self, right: Right) -> bool:
        """Whether the role has the right."""
        return right in ROLES[self.role]

    def narrowed(self, scope: Scope) -> Scope:
        """The part of a scope that these rights let through; what they let through at all goes along as its `within`.

        Who may not see facilitators' codes cannot find them out by filtering on guesses: whatever the code, nothing.
        """
        if scope.facilitators not in (None, self.facilitators) and not self.may(Right.FACILITATORS):
            scope = replace(scope, facilitators=())
        rows = {
            "clients": self.clients,
            "execution_communes": self.execution_communes,
            "facilitators": self.facilitators,
        }
        limits: dict[str, Any] = {name: values for name, values in rows.items() if values is not None}
        if not limits:
            return scope
        return replace(scope.narrowed(**limits), within=Scope(include_uncounted=True, **limits))
