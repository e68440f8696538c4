"""The columns of the tables about social considerations."""

from typing import Final

from pages.parts.tables import Column, of_question

# Numerator, denominator, share, then those that do not say and the share of those that do.
_COUNTS: Final = (
    Column(key="contracts_social", adds=True),
    Column(key="contracts", adds=True),
    Column(key="social_ratio"),
    Column(key="contracts_unknown", adds=True),
    Column(key="contracts_known", adds=True),
    Column(key="said_ratio", ratio_of=("contracts_social", "contracts_known")),
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
