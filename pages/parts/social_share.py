"""The share of notified contracts with a social consideration, in a sentence, and what the national target says of it."""

from collections.abc import Sequence

from data.words import Words
from pages.parts.changes import short_of
from queries.answers import SocialConditionRow, SocialShareByYearRow


def dated(years: Sequence[SocialShareByYearRow]) -> list[SocialShareByYearRow]:
    """The rows that have a year: those of the chart."""
    return [row for row in years if row["year"] is not None]


def computed(years: Sequence[SocialShareByYearRow]) -> list[SocialShareByYearRow]:
    """The years whose share can be computed: at least one contract says."""
    return [row for row in dated(years) if row["social_ratio"] is not None]


def share_text(years: Sequence[SocialShareByYearRow], whole: SocialConditionRow, words: Words) -> str:
    """The page's answer: the last year that has a share, its numerator and denominator, and the national target."""
    if not computed(years):
        return words.say_count(
            "Non calculable\u00a0: le marché notifié ne précise pas s’il comporte une considération sociale.",
            "Non calculable\u00a0: aucun des {n} marchés notifiés ne précise s’il comporte une considération sociale.",
            whole["contracts"],
        )
    row = computed(years)[-1]
    when = words.say("En {year}", year=row["year"])
    if not row["complete"]:
        when = words.say("Depuis janvier {year}", year=row["year"])
    sentence = words.say_count(
        "{when}, {n} marché notifié sur {whole} comporte une considération sociale, soit {share}",
        "{when}, {n} marchés notifiés sur {whole} comportent une considération sociale, soit {share}",
        row["contracts_social"],
        when=when,
        whole=words.number(row["contracts"]),
        share=words.percent(row["social_ratio"]),
    )
    if row["contracts_unknown"]:
        sentence += words.say_count(" ({n} sans information)", " ({n} sans information)", row["contracts_unknown"])
    return " ".join([f"{sentence}.", *_target(years, words)])


def _target(years: Sequence[SocialShareByYearRow], words: Words) -> list[str]:
    """The national target: a verdict on its own year where the question gives one, else a comparison."""
    judged = [row for row in years if row["target_status"]]
    if judged:
        row = judged[-1]
        values = {
            "share": words.percent(row["target_ratio"], 0),
            "year": row["target_year"],
            "part": short_of(row["social_ratio"], row["target_ratio"] or 0, words, 1),
            "contracts": words.number(row["contracts"]),
        }
        if row["target_status"] == "reached":
            return [
                words.say(
                    "L’objectif national de {share} pour {year} est atteint\u00a0: {part} des {contracts} marchés notifiés cette année-là.",
                    **values,
                )
            ]
        return [
            words.say(
                "L’objectif national de {share} pour {year} n’est pas atteint\u00a0: {part} des {contracts} marchés notifiés cette année-là.",
                **values,
            )
        ]
    row = computed(years)[-1]
    if row["target_ratio"] is None:
        return []
    return [
        words.say(
            "À titre de comparaison, l’objectif national est de {share} en {year} pour l’ensemble des marchés d’une autorité.",
            share=words.percent(row["target_ratio"], 0),
            year=row["target_year"],
        )
    ]
