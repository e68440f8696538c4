"""The columns of the tables about social considerations."""

from dataclasses import replace
from typing import Final

from pages.parts.spaser import RESERVED
from pages.parts.tables import Column, of_question

# Numerator, denominator, share, then those that do not say and the share of those that do.
_COUNTS: Final = (
    Column(key="contracts_social", adds=True),
    Column(key="contracts", adds=True),
    Column(key="social_ratio"),
    Column(key="contracts_unknown", adds=True),
    Column(key="contracts_known", adds=True),
    Column(key="said_ratio", ratio_of=("contracts_social", "contracts_known")),
    Column(key="amount_social_eur", adds=True),
    Column(key="amount_notified_eur", adds=True),
    Column(key="social_amount_ratio"),
    Column(key="contracts_valueless", adds=True),
)
_SHARES: Final = (
    *(Column(key=key, adds=True) for key in ("contracts_social", "contracts")),
    Column(key="social_ratio"),
    *(Column(key=key, adds=True) for key in ("amount_social_eur", "amount_notified_eur")),
    Column(key="social_amount_ratio"),
)
_AMOUNTS: Final = tuple(
    Column(key=key, adds=True)
    for key in (
        "amount_framework_eur",
        "amount_concession_eur",
        "contracts_unknown",
        "contracts_unspecified",
        "contracts_valueless",
    )
)


def years() -> tuple[Column, ...]:
    """Of social_share_by_year."""
    return of_question(
        "social_share_by_year", Column(key="year"), *_COUNTS, Column(key="target_ratio"), Column(key="national_ratio")
    )


def clients() -> tuple[Column, ...]:
    """Of social_share_by_client, with the names of `sentences.buyers`."""
    return of_question(
        "social_share_by_client",
        Column(key="client_name"),
        Column(key="client_id", only_in_file=True),
        Column(key="client_type"),
        *_COUNTS,
    )


def reserved_years() -> tuple[Column, ...]:
    """Of spaser_indicators_by_year: reserved contracts on screen, every indicator in the file."""
    others = (replace(column, only_in_file=True) for column in (*_SHARES, *_AMOUNTS))
    return of_question("spaser_indicators_by_year", Column(key="year"), *RESERVED, *others)


def indicators() -> tuple[Column, ...]:
    """Of spaser_indicators_by_year_and_client: shares on screen, every indicator in the file; with the name of the buyer, or of the others together."""
    return of_question(
        "spaser_indicators_by_year_and_client",
        Column(key="year"),
        Column(key="buyer", of="client_name"),
        Column(key="client_id", only_in_file=True),
        *_SHARES,
        Column(key="spaser_threshold_eur"),
        *(replace(column, only_in_file=True) for column in (*RESERVED, *_AMOUNTS)),
    )


def to_look_at() -> tuple[Column, ...]:
    """Of contracts_without_social_condition, with the doubts in words of `obligation.looked_at`."""
    return of_question(
        "contracts_without_social_condition",
        Column(key="subject"),
        Column(key="buyer_name"),
        Column(key="buyer_siret", only_in_file=True),
        Column(key="client_id", only_in_file=True),
        Column(key="notified_on"),
        Column(key="amount_eur"),
        Column(key="threshold_eur"),
        Column(key="condition"),
        Column(key="doubt_text", of="doubt", kind="text"),
        Column(key="contract_ref"),
    )
