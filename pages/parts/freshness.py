"""Who has not declared for long, in a sentence."""

from collections.abc import Sequence

from data.settings import Settings
from data.words import Words
from queries.answers import ClientsFreshnessRow


def freshness_text(clients: Sequence[ClientsFreshnessRow], settings: Settings, words: Words) -> str:
    """Which active clients have not declared for longer than the settings allow. A fact to act on, not a blame."""
    late = [row["client_name"] for row in clients if row["is_late"]]
    months = settings.counting.late_after_months
    if not late:
        return words.say(
            "Tous les maîtres d’ouvrage actifs ont des heures déclarées de moins de {months} mois.", months=months + 1
        )
    return words.say_count(
        "{n} maître d’ouvrage actif n’a rien déclaré depuis plus de {months} mois\u00a0: {names}.",
        "{n} maîtres d’ouvrage actifs n’ont rien déclaré depuis plus de {months} mois\u00a0: {names}.",
        len(late),
        months=months,
        names=words.listed(late),
    )
