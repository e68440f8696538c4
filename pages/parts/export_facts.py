"""What a file says of itself: what it is, whose figures, how fresh, how sure, under which filters; and the words of the formats."""

from collections.abc import Sequence
from typing import Any

from data.words import Words
from pages.parts.authority import authority_name
from pages.parts.read import Reading
from pages.parts.sentences import lines_text
from queries import answers
from queries.files.exports import Export, ExportColumn, ExportWords, Fact


def describe(
    current: Reading,
    columns: Sequence[ExportColumn],
    *,
    title: str,
    question: str = "",
    link: str = "",
    filtered: bool = True,
) -> Export:
    """The description of a table that leaves: what it is, whose figures, how fresh, how sure, under which filters."""
    words, release = current.words, current.access.release
    demo = words.say("Démonstration, chiffres inventés")
    origin = demo if release.demo else authority_name(current.settings, words)
    source = words.say("{origin}\u202f; données au {day}", origin=origin, day=words.short_date(release.data_as_of))
    filters = current.filters if filtered else ""
    return Export(
        title=title,
        columns=tuple(columns),
        source=words.joined([source, filters]) if filters else source,
        facts=_facts(current, question=question, link=link, filters=filters, filtered=filtered),
        words=_export_words(words),
    )


def _facts(current: Reading, *, question: str, link: str, filters: str, filtered: bool) -> tuple[Fact, ...]:
    words, release = current.words, current.access.release
    summary = answers.release_summary(current.access)
    authority = authority_name(current.settings, words)
    unfiltered = words.say("aucun") if filtered else words.say("ils ne s’appliquent pas à ce tableau")
    first, last = summary["first_month"], summary["last_month"]
    months = words.say("de {first} à {last}", first=words.month(first), last=words.month(last)) if first else "–"
    yes_no = words.say("oui\u00a0: chiffres inventés") if release.demo else words.say("non")
    facts: list[tuple[str, str, str, Any]] = [
        ("question", words.say("Question"), question, question),
        ("demo", words.say("Démonstration"), yes_no, release.demo),
        ("authority", words.say("Autorité"), authority, authority),
        ("filters", words.say("Filtres"), filters or unfiltered, filters),
        ("data_as_of", words.say("Données au"), words.date(release.data_as_of), release.data_as_of.isoformat()),
        ("release", words.say("Publication"), release.id, release.id),
        ("first_month", "", "", first and first.isoformat()),
        ("last_month", words.say("Mois couverts"), months, last and last.isoformat()),
        (
            "pending_ratio",
            words.say("Part des heures en attente de validation"),
            words.percent(summary["pending_ratio"]),
            summary["pending_ratio"],
        ),
        ("anomalies", words.say("Anomalies"), lines_text(summary["anomalies"], words), summary["anomalies"]),
        ("link", words.say("Adresse de la vue"), link, link),
    ]
    return tuple(Fact(key=key, label=label, text=text, value=value) for key, label, text, value in facts)


def _export_words(words: Words) -> ExportWords:
    say = words.say
    return ExportWords(
        source=say("Source"),
        yes=say("oui"),
        no=say("non"),
        hidden=say("n.c."),
        total=say("Total"),
        data=say("Données"),
        chart=say("Graphique"),
        about=say("À propos"),
        column=say("Colonne"),
        unit=say("Unité"),
        definition=say("Définition"),
        formula=say("Formule"),
        first_rows=say("les {n} premières lignes"),
        locale="40C" if words.lang == "fr" else "809",
    )
