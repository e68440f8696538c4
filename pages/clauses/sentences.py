"""The sentences and figures of the page of clause types: which carry the hours, what counts in the total, which article."""

from collections.abc import Sequence

from data.codes import ClauseCategory
from data.reference.law import Article, articles, regimes
from data.words import NOTHING, Words
from pages.clauses.rows import NamedCountingRow
from pages.parts.blocks import Figure
from pages.parts.clause_sentences import clause_name
from pages.parts.completion import completion_figure
from queries.answers import ClauseCountingRow, TotalsRow

_RESERVED = "reserved_"  # how the codes of reserved contracts begin


def named(rows: Sequence[ClauseCountingRow], words: Words) -> list[NamedCountingRow]:
    """Rows of clause_counting with the name of their category."""
    return [{**row, "name": clause_name(row["clause_category"], words)} for row in rows]


def clause_figures(totals: TotalsRow, counting: Sequence[NamedCountingRow], words: Words) -> list[Figure]:
    """Hours, completion, lots, what is kept out of the total."""
    uncounted = counting[0] if counting else {"all_hours_uncounted": 0, "all_lots_uncounted": 0}
    return [
        Figure(
            label=words.say("Heures réalisées"), value=words.hours(totals["hours_validated"]), term="heures-validees"
        ),
        completion_figure(totals, words),
        Figure(
            label=words.say("Lots"),
            value=words.number(totals["lots"]),
            note=words.say_count("dans {n} marché", "dans {n} marchés", totals["contracts"]),
        ),
        Figure(
            label=words.say("Hors du total"),
            value=words.hours(uncounted["all_hours_uncounted"]),
            note=words.say_count("{n} lot", "{n} lots", uncounted["all_lots_uncounted"]),
            term="compte-au-total",
        ),
    ]


def share_note(totals: TotalsRow, words: Words) -> str:
    """What shares are of."""
    return words.say(
        "Parts des {hours} réalisées avec les filtres en cours, par nombre d’heures décroissant.",
        hours=words.hours(totals["hours_validated"]),
    )


def reserved_text(counting: Sequence[NamedCountingRow], words: Words) -> str:
    """The convention on reserved contracts, as the extract applies it."""
    reserved = [row for row in counting if row["clause_category"].startswith(_RESERVED)]
    if not reserved:
        return words.say("Aucun marché réservé avec les filtres en cours.")
    inside = [row for row in reserved if not row["lots_uncounted"]]
    outside = [row for row in reserved if not row["lots_counted"]]
    if len(inside) == len(reserved):
        return words.say(
            "Les heures des marchés réservés comptent dans le total\u00a0: c’est la convention de l’autorité."
        )
    if len(outside) == len(reserved):
        return words.say("Les heures des marchés réservés sont hors du total\u00a0: c’est la convention de l’autorité.")
    notes = [
        words.say(
            "«\u00a0{clause}\u00a0»\u00a0: {inside}, {outside} hors du total.",
            clause=row["name"],
            inside=words.say_count("{n} lot compté", "{n} lots comptés", row["lots_counted"]),
            outside=words.say_count("{n} lot", "{n} lots", row["lots_uncounted"]),
        )
        for row in reserved
    ]
    return " ".join(
        [words.say("Une partie des marchés réservés compte dans le total, par convention de l’autorité."), *notes]
    )


def counting_text(counting: Sequence[NamedCountingRow], words: Words, *, included: bool) -> list[str]:
    """Which lots are kept out of the total, how many hours that is, and whether this page has them."""
    rule = words.say(
        "L’extraction précise, lot par lot, ce qui compte dans le total\u202f; sans mention, seules les obligations de moyens (formation, stage) n’y comptent pas."
    )
    outside = [row for row in counting if row["lots_uncounted"]]
    if not outside:
        return [rule, words.say("Tous les lots retenus par les filtres en cours comptent dans le total.")]
    listed = [
        words.say(
            "«\u00a0{clause}\u00a0» ({lots}, {hours})",
            clause=row["name"],
            lots=words.say_count("{n} lot", "{n} lots", row["lots_uncounted"]),
            hours=words.hours(row["hours_uncounted"]),
        )
        for row in outside
    ]
    left_out = words.say("Hors du total\u00a0: {clauses}.", clauses=words.listed(listed))
    hours = words.hours(outside[0]["all_hours_uncounted"])
    if included:
        return [
            rule,
            left_out,
            words.say(
                "À votre demande, ces heures ({hours}) sont comprises dans les chiffres de cette page.", hours=hours
            ),
        ]
    return [rule, left_out, words.say("Ces heures ({hours}) ne sont pas dans les chiffres de cette page.", hours=hours)]


def article_rows(words: Words) -> list[dict[str, str]]:
    """Each category with its article under each regime; an article without a readable source carries the words "to be checked"."""
    rows = []
    for category in ClauseCategory:
        row = {"name": clause_name(category, words)} | {regime.id: NOTHING for regime in regimes()}
        for article in articles(category):
            row[article.regime.id] = article_text(article, words)
        rows.append(row)
    return rows


def article_text(article: Article, words: Words) -> str:
    """The article, that of concessions where it has one, and whether it is to be checked."""
    text = article.text
    if article.concession:
        text = words.say("{article}\u202f; concessions\u00a0: {other}", article=text, other=article.concession)
    return text if article.verified else words.say("{article} (à vérifier)", article=text)
