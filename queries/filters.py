"""Each filter, declared once: one field of `Filters`, with all that its doors need to know.

The scope, links, form, sentences, shell, routes, choices and rights take a filter from here. The SQL that keeps its lots is made
from here too: after a change run `python -m queries.filters_sql`, which writes `_filters.sql`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from types import MappingProxyType
from typing import Final

from data import codes
from data.words import N_
from queries.filter import NONE as NONE
from queries.filter import Filter as Filter
from queries.rights.right import Right

Values = tuple[str, ...] | None


_DECLARED: Final = "filter"  # where a field of Filters keeps its declaration


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """The filters of a scope, in the order of the form. None means everything, an empty tuple means nothing."""

    structures: Values = field(
        default=None,
        metadata={
            _DECLARED: Filter(
                column="structure",
                key="structures",
                flag="--structure",
                meaning=N_("code de la structure, dans un observatoire"),
                label=N_("Structure"),
                feminine=True,
                definite=N_("la structure"),
                has_names=True,
                limits_rows=True,
                of_several=True,
            )
        },
    )
    client_types: Values = field(
        default=None,
        metadata={
            _DECLARED: Filter(
                column="client_type",
                key="types",
                flag="--client-type",
                metavar="TYPE",
                label=N_("Type de maître d’ouvrage"),
                definite=N_("le type de maître d’ouvrage"),
                codes=codes.ClientType,
                cuts_notified=True,
            )
        },
    )
    clients: Values = field(
        default=None,
        metadata={
            _DECLARED: Filter(
                column="client_id",
                key="clients",
                flag="--client",
                metavar="ID",
                meaning=N_("code du maître d’ouvrage"),
                label=N_("Maître d’ouvrage"),
                definite=N_("le maître d’ouvrage"),
                has_names=True,
                limits_rows=True,
                cuts_notified=True,
            )
        },
    )
    clause_categories: Values = field(
        default=None,
        metadata={
            _DECLARED: Filter(
                column="clause_category",
                key="clauses",
                flag="--clause",
                label=N_("Type de clause"),
                definite=N_("le type de clause"),
                codes=codes.ClauseCategory,
            )
        },
    )
    execution_communes: Values = field(
        default=None,
        metadata={
            _DECLARED: Filter(
                column="execution_commune",
                key="communes",
                flag="--commune",
                metavar="INSEE",
                meaning=N_("commune d’exécution"),
                label=N_("Commune d’exécution"),
                feminine=True,
                definite=N_("la commune d’exécution"),
                may_be_empty=True,
                empty=N_("Non localisé"),
                has_names=True,
                shows_code=True,
                limits_rows=True,
            )
        },
    )
    sectors: Values = field(
        default=None,
        metadata={
            _DECLARED: Filter(
                column="sector",
                key="secteurs",
                flag="--sector",
                label=N_("Secteur"),
                definite=N_("le secteur"),
                codes=codes.Sector,
                may_be_empty=True,
            )
        },
    )
    employer_kinds: Values = field(
        default=None,
        metadata={
            _DECLARED: Filter(
                column="employer_kind",
                key="modalites",
                flag="--employer-kind",
                label=N_("Modalité"),
                feminine=True,
                definite=N_("la modalité"),
                codes=codes.EmployerKind,
                may_be_empty=True,
                of_line=True,
            )
        },
    )
    programmes: Values = field(
        default=None,
        metadata={
            _DECLARED: Filter(
                column="programme",
                key="programmes",
                flag="--programme",
                label=N_("Programme"),
                definite=N_("le programme"),
                codes=codes.Programme,
                may_be_empty=True,
            )
        },
    )
    facilitators: Values = field(
        default=None,
        metadata={
            _DECLARED: Filter(
                column="facilitator_code",
                key="facilitateurs",
                flag="--facilitator",
                meaning=N_("code du facilitateur"),
                label=N_("Facilitateur"),
                definite=N_("le facilitateur"),
                may_be_empty=True,
                limits_rows=True,
                right=Right.FACILITATORS,
            )
        },
    )
    purchase_kinds: Values = field(
        default=None,
        metadata={
            _DECLARED: Filter(
                column="purchase_kind",
                key="natures",
                flag="--purchase-kind",
                label=N_("Nature d’achat"),
                feminine=True,
                definite=N_("la nature d’achat"),
                codes=codes.PurchaseKind,
                may_be_empty=True,
            )
        },
    )
    contractors: Values = field(
        default=None,
        metadata={
            _DECLARED: Filter(
                column="contractor",
                key="titulaires",
                flag="--contractor",
                metavar="SIRET",
                meaning=N_("SIRET du titulaire, sinon son nom"),
                label=N_("Titulaire"),
                definite=N_("le titulaire"),
                may_be_empty=True,
                has_names=True,
                right=Right.COMPANIES,
            )
        },
    )


# Field of the scope → its filter, in the order of the form.
FILTERS: Final[Mapping[str, Filter]] = MappingProxyType(
    {declared.name: replace(declared.metadata[_DECLARED], field=declared.name) for declared in fields(Filters)}
)
