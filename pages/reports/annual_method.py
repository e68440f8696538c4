"""The end of the yearly report: what words mean, how figures are made, and the tables behind them."""

from typing import TYPE_CHECKING, Final

from pages.parts import columns
from pages.parts.changes import with_true_changes
from pages.parts.commune_sentences import table_rows
from pages.parts.sentences import lines_text
from pages.parts.tables import Column
from pages.parts.terms import TERMS
from pages.reports.annual_spaser import spaser
from pages.reports.document import Block, Heading, NewPage, Sentences, table_of
from queries import answers

if TYPE_CHECKING:
    from pages.reports.annual import ReportRequest

_YEARS: Final = 5  # of the table of categories by year


def method(request: "ReportRequest") -> list[Block]:
    """The definitions of the product, and what the figures of this report are made of."""
    words, release = request.words, request.access.release
    summary = answers.release_summary(request.access)
    blocks: list[Block] = [
        Heading(text=words.say("Définitions et méthode")),
        Sentences(
            lines=(
                words.say(
                    "Ce rapport répond aux mêmes questions que le tableau de bord, d’après la publication {release}, données au {day}.",
                    release=release.id,
                    day=words.date(release.data_as_of),
                ),
                words.say(
                    "Mois couverts\u00a0: de {first} à {last}. Heures en attente de validation\u00a0: {share} des heures. Anomalies signalées\u00a0: {n}.",
                    first=words.month(summary["first_month"]),
                    last=words.month(summary["last_month"]),
                    share=words.percent(summary["pending_ratio"]),
                    n=lines_text(summary["anomalies"], words),
                ),
            )
        ),
    ]
    lines = [
        " ".join(
            [
                words.named(words.say(term.name), words.say(term.definition)),
                *([words.say(term.formula)] if term.formula else []),
                *([f"({words.say(term.source)})"] if term.source else []),
            ]
        )
        for term in TERMS
    ]
    return [*blocks, Sentences(lines=tuple(lines), kind="notes")]


def annexes(request: "ReportRequest") -> list[Block]:
    """Months of the year, all years, categories by year, all communes, the indicators of a SPASER."""
    access, words = request.access, request.words
    places = [row for row in table_rows(answers.commune_map(access, request.scope), words) if row["lots"]]
    by_clause = [
        row for row in answers.hours_by_clause_and_year(access, request.until) if row["year"] > request.year - _YEARS
    ]
    communes = (
        Column(key="name", of="execution_commune"),
        *(Column(key=key) for key in ("hours_validated", "share_ratio", "hours_per_1000", "lots")),
    )
    clause_years = sorted(by_clause, key=lambda row: -row["year"])
    return [
        NewPage(),
        Heading(text=words.say("Tableaux annexes")),
        table_of(answers.hours_by_month(access, request.scope), columns.months(), words, words.say("Heures par mois travaillé")),
        table_of(with_true_changes(answers.hours_by_year(access, request.until))[::-1], columns.years(objectives=False), words, words.say("Heures par année travaillée")),
        table_of(clause_years, columns.clause_years(), words, words.say("Heures réalisées par type de clause et par année")),
        table_of(places, communes, words, words.say("Heures par commune d’exécution")),
        *spaser(request),
    ]  # fmt: skip
