"""Which questions a range of months cuts, and which are known by whole years only.

Participants are drawn and published by whole years: a month would point at a person. Notified contracts have their targets by year,
structures their last whole year, two releases are compared year by year.
"""

import re
from typing import Final

from data.words import N_
from queries.errors import QueryError
from queries.questions import Question
from queries.scope import Scope

_BY_YEARS: Final = re.compile(
    r"\$populations\b|\b(?:notified(?:_sums)?_in_scope|structures_dated|lot_years_in_scope|lot_years_compared|earlier_\w+)\b"
)
# Its hours and lots follow months; its participants are empty under them (`bound_populations`).
_MIXED: Final = frozenset({"headline"})


def follows_months(question: Question) -> bool:
    """Whether the answer is cut by a range of months."""
    return question.name in _MIXED or _BY_YEARS.search(question.sql) is None


def check_months(question: Question, scope: Scope) -> None:
    """Raises QueryError where months are asked of what is known by whole years: else the figure would be of more than is said."""
    if scope.has_months and not follows_months(question):
        raise QueryError(
            N_("la question {name} n’est connue que par années entières\u00a0: demandez des années, sans les mois."),
            name=question.name,
        )
