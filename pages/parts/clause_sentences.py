"""What clause categories are called and carry, in sentences: for their page, their sheets and the report."""

from collections.abc import Sequence
from typing import Final

from data.codes import ClauseCategory
from data.words import N_, Words
from pages.parts.changes import is_part
from queries.answers import HoursByClauseRow, TotalsRow


class NamedClauseRow(HoursByClauseRow):
    """A row of hours_by_clause with the name of its category."""

    name: str


def clause_name(code: str, words: Words) -> str:
    """What a clause category is called."""
    return words.say(ClauseCategory.of(code).label)


# A category as the subject of a sentence.
CARRYING: Final[dict[str, str]] = {
    ClauseCategory.EXECUTION: N_("Les conditions d’exécution"),
    ClauseCategory.EXECUTION_CRITERION: N_("Les conditions d’exécution assorties d’un critère"),
    ClauseCategory.CRITERION: N_("Les critères d’attribution"),
    ClauseCategory.INSERTION: N_("Les marchés d’insertion"),
    ClauseCategory.RESERVED_DISABILITY: N_("Les marchés réservés EA/ESAT"),
    ClauseCategory.RESERVED_IAE: N_("Les marchés réservés SIAE"),
    ClauseCategory.RESERVED_PRISON: N_("Les marchés réservés en établissement pénitentiaire"),
    ClauseCategory.RESERVED_ESS: N_("Les marchés réservés ESS"),
    ClauseCategory.MEANS: N_("Les obligations de moyens"),
    ClauseCategory.PRIVATE: N_("Les chartes et marchés privés"),
    ClauseCategory.UNKNOWN: N_("Les clauses de type non renseigné"),
}


def by_size(clauses: Sequence[HoursByClauseRow], words: Words) -> list[NamedClauseRow]:
    """Rows of hours_by_clause with their name, the one with most hours first."""
    named: list[NamedClauseRow] = [{**row, "name": clause_name(row["clause_category"], words)} for row in clauses]
    return sorted(named, key=lambda row: row["hours_validated"], reverse=True)


def which_carry(clauses: Sequence[NamedClauseRow], totals: TotalsRow, words: Words) -> str:
    """The page's sentence: the first category and its share of which hours, then the next ones. `clauses`: by size."""
    first, *others = [row for row in clauses if row["hours_validated"]] or clauses[:1]
    total = words.number(totals["hours_validated"])
    if any(row["hours_validated"] < 0 for row in clauses):
        return words.say(
            "Corrections déduites, {hours} en tout\u00a0: {clauses}.",
            hours=words.hours(totals["hours_validated"]),
            clauses=words.listed(
                [
                    words.say(
                        "«\u00a0{clause}\u00a0» ({share})",
                        clause=row["name"],
                        share=words.hours(row["hours_validated"]),
                    )
                    for row in (first, *others)
                ]
            ),
        )
    if not others:
        return words.say(
            "{clause} représentent toutes les heures\u00a0: {hours}.",
            clause=words.say(CARRYING[first["clause_category"]]),
            hours=f"{total}\u00a0h",
        )
    start = words.say(
        "{clause} représentent {share} des {hours} réalisées",
        clause=words.say(CARRYING[first["clause_category"]]),
        share=words.percent(first["share_ratio"]),
        hours=words.say_count("{n} heure", "{n} heures", totals["hours_validated"]),
    )
    next_ones = [
        words.say("«\u00a0{clause}\u00a0» ({share})", clause=row["name"], share=words.percent(row["share_ratio"]))
        for row in others[:2]
    ]
    return words.say_count(
        "{start}\u202f; vient ensuite {clauses}.",
        "{start}\u202f; viennent ensuite {clauses}.",
        len(next_ones),
        start=start,
        clauses=words.listed(next_ones),
    )


def clause_text(clause: NamedClauseRow, total: TotalsRow, words: Words) -> str:
    """The sentence of one category: its hours, their share of all, its lots. `clause`: of all categories; `total`: of the same scope."""
    carrying = words.say(CARRYING[clause["clause_category"]])
    hours = words.hours(clause["hours_validated"])
    lots = words.say_count("{n} lot", "{n} lots", clause["lots"])
    if not is_part(clause["share_ratio"]):
        return words.say(
            "{clause} représentent {hours}, corrections déduites, dans {lots}.", clause=carrying, hours=hours, lots=lots
        )
    return words.say(
        "{clause} représentent {hours}, soit {share} des {total} de tous les types, dans {lots}.",
        clause=carrying,
        hours=hours,
        share=words.percent(clause["share_ratio"]),
        total=words.hours(total["hours_validated"]),
        lots=lots,
    )
