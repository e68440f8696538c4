"""What the page says at each phase, and of a file."""

import datetime as dt
from decimal import Decimal
from typing import Final

from data.preparation.reading import Reading
from data.preparation.state import Phase, State
from data.release.compare import Comparison
from data.release.releases import Release
from data.schema import ALL_TABLES
from data.words import N_, Words

_PHASES: Final = {
    Phase.EMPTY: N_(
        "Déposez le tableau des marchés et celui des heures\u00a0: rien ne change pour les lecteurs avant que vous ne publiiez."
    ),
    Phase.DROPPED: N_(
        "Quand tous les fichiers du mois sont là, lancez la vérification\u202f; rien n’est encore publié."
    ),
    Phase.RUNNING: N_("La vérification est en cours\u202f; vous pouvez fermer cette page et y revenir."),
    Phase.QUESTIONS: N_("Confirmez ce que sont vos colonnes et vos valeurs, une fois pour toutes, puis vérifiez."),
    Phase.REFUSED: N_("Ces fichiers ne peuvent pas être publiés\u00a0: corrigez-les, puis déposez-les de nouveau."),
    Phase.READY: N_("Rien ne s’oppose à la publication\u00a0: comparez les chiffres, puis publiez."),
    Phase.CANCELLED: N_("La vérification a été arrêtée\u202f; vos fichiers sont toujours là."),
    Phase.FAILED: N_("La vérification s’est interrompue\u202f; vos fichiers sont toujours là, lancez-la de nouveau."),
}
# What receipts say (pages/server/uploads.py).
_REFUSALS: Final = {
    "too_large": N_("{name}\u00a0: trop volumineux, les fichiers ne peuvent pas dépasser {most} Mo ensemble."),
    "no_space": N_(
        "{name}\u00a0: le disque du serveur est plein, rien n’a été gardé\u202f; prévenez la personne qui gère l’outil."
    ),
    "not_kept": N_(
        "{name}\u00a0: le serveur n’a pas pu garder ce fichier\u202f; prévenez la personne qui gère l’outil."
    ),
    "form": N_("{name}\u00a0: l’envoi n’est pas arrivé entier\u202f; déposez le fichier de nouveau."),
}


def phase_text(phase: Phase, words: Words) -> str:
    """Where one is, and what to do next."""
    return words.say(_PHASES[phase])


def refusal_text(reason: str, name: str, most: int, words: Words) -> str:
    """Why a file that was sent is not kept."""
    return words.say(_REFUSALS.get(reason, _REFUSALS["form"]), name=name, most=words.number(most))


def progress_text(state: State, words: Words) -> str:
    """Étape 3 sur 10 : lecture de heures.csv, depuis 12 s"""
    return words.say(
        "Étape {n} sur {of}\u00a0: {step}, {seconds}\u00a0s depuis le début.",
        n=min(state.n, state.of),
        of=state.of,
        step=words.say(state.step, **state.values) if state.step else words.say("ouverture"),
        seconds=words.number(state.seconds),
    )


def tables_label(tables: tuple[str, ...], words: Words) -> str:
    """What a sheet is taken for."""
    labels = [words.say(known.label) for known in ALL_TABLES if known.name in tables]
    return words.listed(labels) if labels else words.say("Rien\u00a0: cette feuille n’est pas lue")


def size_text(size: int, words: Words) -> str:
    """12 ko, 3,4 Mo"""
    if size < 1_000_000:
        return words.say("{n}\u00a0ko", n=words.number(max(1, round(size / 1000))))
    return words.say("{n}\u00a0Mo", n=words.number(Decimal(size) / 1_000_000, 1))


def sheet_text(file: str, checked: Reading, words: Words) -> str:
    """12 lignes, 1 234,50 h; empty for what is not read."""
    if file not in checked.rows:
        return ""
    rows = words.say_count("{n} ligne", "{n} lignes", checked.rows[file])
    hours = checked.hours.get(file)
    return rows if hours is None else f"{rows}, {words.hours(hours, 2)}"


def moment(at: dt.datetime, words: Words) -> str:
    """31/10/2026, 14:05, on the server's clock."""
    here = at.astimezone()
    return f"{words.short_date(here.date())}, {here:%H:%M}"


def comparison_text(release: Release, served: Release | None, comparison: Comparison, words: Words) -> str:
    """The total that would serve, and what it was."""
    if served is None:
        return words.say(
            "{hours} réalisées au {day}\u202f; aucune publication du même genre à laquelle les comparer.",
            hours=words.hours(comparison.hours_after, 2),
            day=words.date(release.data_as_of),
        )
    return words.say(
        "{hours} réalisées au {day}, contre {before} au {day_before} dans la publication en service\u00a0: {change}.",
        hours=words.hours(comparison.hours_after, 2),
        day=words.date(release.data_as_of),
        before=words.hours(comparison.hours_before, 2),
        day_before=words.date(served.data_as_of),
        change=signed_hours(comparison.change_hours, words),
    )


def signed_hours(change: Decimal, words: Words) -> str:
    """+12,00 h, −3,50 h, inchangé"""
    if not change:
        return words.say("inchangé")
    return f"{'+' if change > 0 else ''}{words.hours(change, 2)}"
