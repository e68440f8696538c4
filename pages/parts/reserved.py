"""The subtotal of reserved contracts, in one sentence, where clause types are listed."""

from data.words import Words
from pages.parts.completion import joined, rate_sides
from queries.answers import HoursReservedRow


def reserved_subtotal(row: HoursReservedRow, words: Words) -> list[str]:
    """Marchés réservés, tous types réunis : 230 h, soit 23 % des heures, 2 lots ; the two sides of their rate. Empty without any.

    `row`: of hours_reserved.
    """
    if not row["lots"]:
        return []
    text = words.say_count(
        "Sous-total des marchés réservés (SIAE, EA/ESAT, ESS, établissement pénitentiaire)\u00a0: {hours}, soit {share} des heures réalisées, {n} lot",
        "Sous-total des marchés réservés (SIAE, EA/ESAT, ESS, établissement pénitentiaire)\u00a0: {hours}, soit {share} des heures réalisées, {n} lots",
        row["lots"],
        hours=words.hours(row["hours_validated"]),
        share=words.percent(row["share_ratio"]),
    )
    rate = ""
    if row["completion_ratio"] is not None:
        rate = words.say(
            "taux de réalisation {share}, {sides}",
            share=words.percent(row["completion_ratio"]),
            sides=rate_sides(row, words),
        )
    return [f"{joined([text, rate], words)}."]
