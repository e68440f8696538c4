"""An annex of the yearly report: the indicators of a SPASER, one a line, for the last years."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from pages.parts.authority import authority_name
from pages.parts.spaser import RESERVED, silent_years, spaser_notes
from pages.parts.tables import Column, of_question
from pages.reports.document import Block, Sentences, Table
from queries import answers
from queries.answers import SpaserIndicatorsByYearRow

if TYPE_CHECKING:
    from pages.reports.annual import ReportRequest

_YEARS: Final = 5
_INDICATORS: Final = (
    "contracts", "contracts_social", "social_ratio", "contracts_unknown", "contracts_unspecified",
    "amount_notified_eur", "amount_framework_eur", "amount_concession_eur", "spaser_threshold_eur",
    "amount_social_eur", "social_amount_ratio", "contracts_valueless",
)  # fmt: skip


def spaser(request: "ReportRequest") -> list[Block]:
    """The contracts of the authority itself, where the report has no client filter and the authority notified any; else the report's contracts."""
    access, words, scope = request.access, request.words, request.until
    own = access.settings.authority.clients
    if own and scope.clients is None and scope.client_types is None:
        of_own = _last_years(answers.spaser_indicators_by_year(access, replace(scope, clients=own)), request.year)
        if of_own:
            name = authority_name(access.settings, words)
            caption = words.say("Indicateurs annuels du SPASER, acheteur\u00a0: {buyer}", buyer=name)
            return _annex(of_own, caption, request, threshold=len(own) == 1)
    years = _last_years(answers.spaser_indicators_by_year(access, scope), request.year)
    alone = scope.clients is not None and len(scope.clients) == 1
    caption = words.say("Indicateurs annuels du SPASER, tous les acheteurs de ce rapport")
    return _annex(years, caption, request, threshold=alone) if years else []


def _last_years(rows: Sequence[SpaserIndicatorsByYearRow], year: int) -> list[SpaserIndicatorsByYearRow]:
    """The last years up to one; empty without a contract."""
    last = [row for row in rows if row["year"] is not None and row["year"] > year - _YEARS]
    return last if any(row["contracts"] for row in last) else []


def _annex(
    years: Sequence[SpaserIndicatorsByYearRow], caption: str, request: "ReportRequest", *, threshold: bool
) -> list[Block]:
    """The table, and what its amounts are. A threshold is that of one buyer: several together have none."""
    words = request.words
    # Out of the table of a page, a line says by itself what it counts.
    named = {
        "contracts": words.say("Marchés notifiés"),
        "contracts_social": words.say("Marchés avec une considération sociale"),
        "contracts_unknown": words.say("Marchés sans information"),
        "contracts_unspecified": words.say("Marchés de considération non précisée"),
        "contracts_valueless": words.say("Marchés sans montant"),
    }
    keys = [key for key in _INDICATORS if threshold or key != "spaser_threshold_eur"]
    indicators = of_question(
        "spaser_indicators_by_year", *(Column(key=key, of=key, label=named.get(key, "")) for key in keys), *RESERVED
    )
    heads = (str(row["year"]) if row["complete"] else words.say("{year} (en cours)", year=row["year"]) for row in years)
    table = Table(
        caption=caption,
        headers=(words.say("Indicateur"), *heads),
        numbers=(False, *(True for _ in years)),
        rows=tuple((column.header(words), *(column.cell(row, words) for row in years)) for column in indicators),
    )
    return [table, Sentences(lines=(*silent_years(years, words), *spaser_notes(words)), kind="notes")]
