"""Hours done before the extract begins: the balances of the whole and, as a part of them, those of single clients.

The balance of the whole counts where nothing but years is filtered; those of clients where they are filtered. A client's is never
added to the whole's: what no client has of it is the rest.
"""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from data.words import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningBalance:
    """Hours done until `as_of`, of the whole or of one `client`."""

    hours: Decimal
    as_of: dt.date
    origin: str
    origin_en: str = ""
    client: str | None = None
    demo: bool = False


def opening_hours(balances: Sequence[OpeningBalance]) -> dict[str | None, Decimal]:
    """Hours by client, and under None what is left of the whole's: their sum is the whole's."""
    hours: dict[str | None, Decimal] = {None: Decimal(0)}
    for entry in balances:
        hours[entry.client] = hours.get(entry.client, Decimal(0)) + entry.hours
        if entry.client is not None:
            hours[None] -= entry.hours
    return hours


def balances_of(balances: Sequence[OpeningBalance], clients: Collection[str] | None) -> tuple[OpeningBalance, ...]:
    """The balances of the whole (None), or those of some clients."""
    return tuple(entry for entry in balances if (entry.client is None if clients is None else entry.client in clients))


def fault_of_parts(balances: Sequence[OpeningBalance]) -> tuple[str, str, dict[str, Any]] | None:
    """Why the balances of clients are no part of the whole's: entry, message and values. None when they are."""
    whole = balances_of(balances, None)
    parts = [entry for entry in balances if entry.client is not None]
    if opening_hours(balances)[None] < 0:
        values = {"whole": sum(entry.hours for entry in whole), "parts": sum(entry.hours for entry in parts)}
        return "opening_balance", _MORE_THAN_WHOLE, values
    last = max((entry.as_of for entry in whole), default=dt.date.max)
    late = next((entry for entry in parts if entry.as_of > last), None)
    if late is None:
        return None
    return f"opening_balance.client = {late.client}", _AFTER_WHOLE, {"day": late.as_of, "last": last}


_MORE_THAN_WHOLE = N_(
    "les soldes des maîtres d’ouvrage ({parts}\u00a0h) dépassent celui de l’ensemble ({whole}\u00a0h), dont ils sont une part."
)
_AFTER_WHOLE = N_("ce solde s’arrête au {day}, après celui de l’ensemble ({last}), dont il est une part.")
