"""What a reader may see: pages and columns by role, rows by client, commune, facilitator or structure.

Rights only ever narrow. An empty list of clients, communes, facilitators or structures lets nothing through.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from data.codes import Role
from queries.filters import FILTERS, Filter
from queries.rights.right import Right as Right
from queries.scope import Reading, Scope

_PUBLIC: Final = frozenset({Right.LOTS, Right.PEOPLE, Right.BUILD, Right.ROUTES})
_ANALYSTE: Final = frozenset(Right) - {Right.PUBLISH}
_SERVICE: Final = _ANALYSTE - {Right.SQL}
ROLES: Final[Mapping[Role, frozenset[Right]]] = {
    Role.PUBLIC: _PUBLIC,
    Role.ELU: frozenset({Right.LOTS, Right.COMPANIES, Right.FACILITATORS, Right.PEOPLE, Right.BUILD, Right.COMMENTS}),
    Role.SERVICE: _SERVICE,
    Role.ANALYSTE: _ANALYSTE,
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
# Questions that need a right, at every door. A search goes through the names of companies: who may not see
# them could otherwise find them out, name by name.
GUARDED: Final[Mapping[str, Right]] = dict.fromkeys(
    ("anomaly_lines", "detail_counts", "detail_hours", "detail_lots"), Right.DETAIL
) | {"comments": Right.COMMENTS}

# Questions that are there only where several structures publish.
OF_SEVERAL: Final = frozenset({"hours_by_structure"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rights:
    """The rights of one reader. None means every row, an empty tuple none. Hashable: part of the key of caches."""

    role: Role
    clients: tuple[str, ...] | None = None
    execution_communes: tuple[str, ...] | None = None
    facilitators: tuple[str, ...] | None = None
    structures: tuple[str, ...] | None = None

    def may(self, right: Right) -> bool:
        """Whether the role has the right. Who sees some rows only publishes none: a release is everybody's."""
        return right in ROLES[self.role] and not (right is Right.PUBLISH and self.limits)

    @property
    def limits(self) -> dict[str, tuple[str, ...]]:
        """The fields of the scope that these rights limit, with the values that they let through."""
        limits = {name: getattr(self, name) for name, declared in FILTERS.items() if declared.limits_rows}
        return {name: values for name, values in limits.items() if values is not None}

    def may_filter(self, declared: Filter) -> bool:
        """Whether the role may use the filter. A filter could reveal hidden values one by one."""
        return declared.right is None or self.may(declared.right)

    def closed_filters(self, scope: Scope) -> tuple[Filter, ...]:
        """The filters of a scope that the role may not use; those that only repeat the reader's own rows are open."""
        return tuple(
            declared
            for name, declared in FILTERS.items()
            if getattr(scope, name) not in (None, self.limits.get(name)) and not self.may_filter(declared)
        )

    def narrowed(self, scope: Scope) -> Scope:
        """The part of a scope that these rights let through; what they let through at all goes along as its `within`.

        A filter that the role may not use keeps nothing, whatever its values: doors refuse it by name before.
        """
        closed: dict[str, Any] = {declared.field: () for declared in self.closed_filters(scope)}
        reading = Reading.PUBLIC if self.role is Role.PUBLIC else Reading.ACCOUNT
        scope, limits = replace(scope, reading=reading, **closed), self.limits
        if not limits:
            return scope
        given: dict[str, Any] = dict(limits)
        return replace(scope.narrowed(**limits), within=Scope(include_uncounted=True, **given))
