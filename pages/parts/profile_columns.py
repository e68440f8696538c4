"""The columns of the tables of *Publics*."""

from data.words import Words
from pages.parts.tables import Column


def trait_columns(words: Words) -> tuple[Column, ...]:
    """Of people_by_trait."""
    return (Column(key="trait_name", of="trait"), *_columns(words.say("Valeur")))


def home_columns(words: Words) -> tuple[Column, ...]:
    """Of people_by_residence."""
    name, *figures = _columns(words.say("Commune de résidence"))
    return (name, Column(key="commune", of="commune_code", only_in_file=True), *figures)


def _columns(name: str) -> tuple[Column, ...]:
    return (
        Column(key="name", label=name),
        Column(key="participants"),
        Column(key="persons_ratio"),
        Column(key="hours_ratio"),
    )


def year_columns(words: Words) -> tuple[Column, ...]:
    """Of people_by_year."""
    return (
        Column(key="year"),
        Column(key="total", of="participants"),
        Column(key="new", label=words.say("Pour la première fois"), kind="count"),
        Column(key="known", label=words.say("Déjà présents"), kind="count"),
    )
