"""The sentences of the page that reconciles totals."""

from collections.abc import Sequence

from data.settings import Settings
from data.words import N_, Words
from queries.answers import TotalsReconciledRow

# What takes hours away or adds some, in a sentence.
_TAKEN = {
    "left_out": N_("{hours} écartées (doublons, heures sans lot connu)"),
    "uncounted": N_("{hours} de lots hors du total"),
    "other_filters": N_("{hours} hors des filtres"),
    "other_years": N_("{hours} d’autres années ou d’autres mois"),
}


def reconciled_text(steps: Sequence[TotalsReconciledRow], words: Words) -> str:
    """The answer: the total of the pages, what separates it from the hours published, and what the curve adds."""
    hours = {row["step"]: row["hours_validated"] for row in steps}
    taken = [words.say(text, hours=words.hours(hours[step], 2)) for step, text in _TAKEN.items() if hours.get(step)]
    counted, published = words.hours(hours["shown"], 2), words.hours(hours["published"], 2)
    if taken:
        sentence = words.say(
            "Les pages comptent {shown}\u00a0: {published} publiées, moins {taken}.",
            shown=counted,
            published=published,
            taken=words.listed(taken),
        )
    else:
        sentence = words.say("Les pages comptent {shown}\u00a0: toutes les heures publiées.", shown=counted)
    if hours["cumulative"] == hours["shown"]:
        return sentence
    curve = words.say("La courbe du cumul se termine à {hours}", hours=words.hours(hours["cumulative"], 2))
    if hours["opening_balance"]:
        opening = words.hours(hours["opening_balance"], 2)
        curve = words.say("{curve}, solde d’ouverture de {opening} compris", curve=curve, opening=opening)
    return f"{sentence} {curve}."


def counted_text(settings: Settings, words: Words, *, has_months: bool) -> list[str]:
    """What is in none of these sums, and where each is used."""
    notes = [
        words.say("Les heures en attente de validation et les lignes rejetées n’entrent dans aucun de ces totaux."),
        words.say(
            "La courbe et les jalons cumulent toutes les années des autres filtres\u202f; un filtre sur les années ou les mois ne change que ce qui est montré."
        ),
    ]
    if has_months:
        notes.append(
            words.say(
                "Ce total est celui des pages qui suivent les mois choisis\u202f; celles qui sont d’années entières, comme Année par année ou Comparer, comptent toutes les heures de ces années."
            )
        )
    if settings.opening_balance:
        notes.append(words.say("Le solde d’ouverture n’est compté que sans autre filtre que les années ou les mois."))
    if any(entry.client for entry in settings.opening_balance):
        notes.append(
            words.say(
                "Celui d’un maître d’ouvrage, qui en est une part, n’est compté que sans autre filtre que les maîtres d’ouvrage et les années ou les mois."
            )
        )
    return notes
