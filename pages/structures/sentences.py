"""The sentences of the page of structures."""

from collections.abc import Sequence

from data.reference import population_vintage
from data.settings import Settings
from data.words import Words
from queries.answers import HoursByStructureRow


def published_text(rows: Sequence[HoursByStructureRow], words: Words) -> str:
    """How many structures there are, and between which dates their data lie."""
    first, last = min(row["data_as_of"] for row in rows), max(row["data_as_of"] for row in rows)
    if first == last:
        return words.say_count(
            "{n} structure a publié des données au {day}.",
            "{n} structures ont publié des données au {day}.",
            len(rows),
            day=words.date(last),
        )
    return words.say(
        "{n} structures ont publié, avec des données du {first} pour les plus anciennes au {last} pour les plus récentes.",
        n=words.number(len(rows)),
        first=words.date(first),
        last=words.date(last),
    )


def late_text(rows: Sequence[HoursByStructureRow], settings: Settings, words: Words) -> str:
    """Whose last declaration is older than the settings allow: a fact to act on, not a blame."""
    late = [row["structure_name"] for row in rows if row["is_late"]]
    months = settings.counting.late_after_months
    if not late:
        return words.say("Toutes ont des heures déclarées de moins de {months} mois.", months=months + 1)
    return words.say_count(
        "{n} structure n’a aucune heure déclarée depuis plus de {months} mois\u00a0: {names}.",
        "{n} structures n’ont aucune heure déclarée depuis plus de {months} mois\u00a0: {names}.",
        len(late),
        months=months,
        names=words.listed(late),
    )


def notes(rows: Sequence[HoursByStructureRow], words: Words) -> list[str]:
    """In which order they stand, what does not add up, which months and which inhabitants the hours per inhabitant are of."""
    return [
        *_per_inhabitant(rows, words),
        words.say(
            "Par ordre alphabétique\u00a0: les territoires et les anciennetés diffèrent, ce n’est pas un classement."
        ),
        words.say(
            "Un maître d’ouvrage de plusieurs structures compte dans chacune, et une fois dans l’ensemble. Les heures des derniers mois ne"
            " comprennent pas celles que les structures en retard n’ont pas encore publiées."
        ),
    ]


def _per_inhabitant(rows: Sequence[HoursByStructureRow], words: Words) -> list[str]:
    """One year for all: hours of several years per inhabitant would grow with the age of a structure. Nothing where no territory is known."""
    year = rows[0]["whole_year"]
    if all(row["population"] is None for row in rows):
        return []
    if year is None:
        return [
            words.say(
                "Heures par habitant non calculées\u00a0: aucune année de la période n’a ses douze mois complets."
            )
        ]
    lines = [
        words.say(
            "Heures pour 1\u202f000 habitants\u00a0: heures réalisées de janvier à décembre {year}, dernière année complète, quel que soit le lieu"
            " d’exécution, rapportées à la population municipale {vintage} (Insee) des intercommunalités de la structure. Une seule année pour"
            " toutes\u00a0: sur plusieurs, le rapport grandirait avec l’ancienneté.",
            year=year,
            vintage=population_vintage(),
        )
    ]
    without = [row["structure_name"] for row in rows if row["population"] is None]
    partial = [row["structure_name"] for row in rows if row["population"] and row["whole_year_hours"] is None]
    if without:
        lines.append(words.say("Territoire inconnu des réglages\u00a0: {names}.", names=words.listed(without)))
    if partial:
        lines.append(
            words.say("Pas d’heures pour toute l’année {year}\u00a0: {names}.", year=year, names=words.listed(partial))
        )
    return lines
