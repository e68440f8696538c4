"""Invented comments of the demonstration: on the whole, years, clients and a commune."""

import datetime as dt
from typing import Any, Final


def _row(kind: str, code: str | None, period: str, text: str, role: str, day: dt.date, nature: str) -> dict[str, Any]:
    return {
        "scope_kind": kind,
        "scope_code": code,
        "period": period,
        "text": text,
        "author_role": role,
        "written_on": day,
        "kind": nature,
    }


COMMENTS_MADE: Final = (
    _row(
        "year", "2020", "2020", "Les chantiers ont été arrêtés au printemps (crise sanitaire)\u202f; l’activité a repris en juin.",
        "Direction de la commande publique", dt.date(2021, 2, 15), "explanation",
    ),
    _row(
        "client", "CHU", "2025", "Le chantier principal entre en phase de second œuvre\u00a0: le rythme doit doubler en un an.",
        "Facilitateur", dt.date(2026, 1, 20), "explanation",
    ),
    _row(
        "client", "ROUEN", "2026", "Revue trimestrielle avec les titulaires en retard, à partir de septembre.",
        "Service achats", dt.date(2026, 9, 4), "decision",
    ),
    _row(
        "commune", "76540", "2024", "Les opérations de renouvellement urbain portent l’essentiel des heures.",
        "Direction de la commande publique", dt.date(2025, 3, 10), "highlight",
    ),
    _row(
        "all", None, "2025", "Les marchés réservés aux SIAE sont passés de l’exception à l’habitude.",
        "Direction de la commande publique", dt.date(2026, 2, 2), "highlight",
    ),
)  # fmt: skip
