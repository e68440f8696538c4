"""Which two releases are compared: chosen above the figures, kept in the address."""

from dataclasses import dataclass, replace
from typing import Final

import streamlit as st

from data.release.earlier import comparable
from data.release.releases import Release
from data.words import Words
from pages.parts.address_choice import AddressChoice, one_of
from pages.parts.read import Reading
from queries.open_release import open_release

_LATER: Final = "jusqu_a"
_EARLIER: Final = "depuis"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two releases, and those that the reader may choose from: the latest first."""

    earlier: Release
    later: Release
    kept: tuple[Release, ...]

    @property
    def is_last(self) -> bool:
        """Whether they are the one that serves and the one before."""
        return (self.later, self.earlier) == self.kept[:2]

    @property
    def before(self) -> tuple[Release, ...]:
        """Those that served before the later one."""
        return self.kept[self.kept.index(self.later) + 1 :]


def chosen_pair(release: Release) -> Pair | None:
    """The pair that the address names, else the one that serves and the one before; None when there is only one."""
    kept = comparable(release)
    if len(kept) < 2:
        return None
    later = _named(_later(kept, release), kept)
    before = kept[kept.index(later) + 1 :]
    return Pair(earlier=_named(_earlier(before), before), later=later, kept=kept)


def show_pair(pair: Pair, words: Words) -> None:
    """The two lists. A change of the later one keeps the earlier one where it is still earlier."""
    names = {release.id: release_name(release, words) for release in pair.kept}
    # Columns stand below each other on a phone, where a name would be cut.
    places = iter(st.columns(2))
    for choice, label in (
        (_earlier(pair.before), words.say("Depuis la publication")),
        (_later(pair.kept, pair.later), words.say("Jusqu’à la publication")),
    ):
        next(places).selectbox(label, choice.options, format_func=names.__getitem__, **choice.bound())


def release_name(release: Release, words: Words) -> str:
    """Publication du 02/11/2026 à 09:15:00 (UTC), données au 31 octobre 2026. What tells two of them apart comes first: a phone cuts the end."""
    return words.say(
        "publication du {on} à {time} (UTC), données au {day}",
        day=words.date(release.data_as_of),
        on=words.short_date(release.published_at.date()),
        time=release.published_at.strftime("%H:%M:%S"),
    )


def reading_of(release: Release, current: Reading) -> Reading:
    """The reader's reading of another release: its figures and its files are of that one."""
    if release.id == current.access.release.id:
        return current
    database = open_release(release, current.settings)
    return replace(current, access=replace(current.access, database=database))


def _later(kept: tuple[Release, ...], release: Release) -> AddressChoice[str]:
    # The oldest has none before it.
    ids = tuple(later.id for later in kept[:-1])
    return one_of(key=_LATER, widget="_changes_later", default=release.id if release.id in ids else ids[0], options=ids)


def _earlier(before: tuple[Release, ...]) -> AddressChoice[str]:
    ids = tuple(earlier.id for earlier in before)
    return one_of(key=_EARLIER, widget="_changes_earlier", default=ids[0], options=ids)


def _named(choice: AddressChoice[str], releases: tuple[Release, ...]) -> Release:
    return next(release for release in releases if release.id == choice.value)
