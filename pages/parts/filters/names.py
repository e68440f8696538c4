"""What filters and their values are called, in the reader's language."""

import re

from data.words import Words, folded
from pages.parts.own_keys import own_key
from queries import answers
from queries.answers import FilterNamesRow
from queries.filters import FILTERS, NONE, Filter
from queries.rights.access import Access

_PART_OF_A_SIRET = 6  # digits: more than an INSEE code has


class Names:
    """The names of the values of filters, those that the reader may see."""

    def __init__(self, access: Access, words: Words) -> None:
        self.access, self.words = access, words
        self.known: dict[tuple[str, str], FilterNamesRow] = {
            (row["field"], row["value"]): row for row in answers.filter_names(access)
        }

    def of(self, field: str, value: str) -> str:
        """The name of a value: "Rouen (76540)", "CHU de Rouen", "Condition d’exécution"."""
        declared = FILTERS[field]
        if value == NONE:
            return self.words.say(declared.empty)
        if declared.codes is not None:
            return self.words.say(declared.codes.of(value).label)
        row = self.known.get((field, value))
        if row is None:
            return own_key(value)
        return f"{row['name']} ({value})" if declared.shows_code else str(row["name"])

    def without_code(self, field: str, value: str) -> str:
        """The name of a value that filters have names for, without its code: "Rouen"."""
        row = self.known.get((field, value))
        return value if row is None else str(row["name"])

    def is_known(self, field: str, value: str) -> bool:
        """Whether the release has the value, where filters have names; codes are checked elsewhere."""
        return not FILTERS[field].has_names or value == NONE or (field, value) in self.known

    def count(self, field: str) -> int:
        """How many values of a filter with names the reader may see."""
        return sum(of_field == field for of_field, _ in self.known)

    def matches(self, text: str) -> list[tuple[str, str]]:
        """Field and value of the clients, communes and holders whose name, code or SIRET has the text, those that begin with it first.

        Accents, capitals, hyphens, apostrophes and spaces do not matter.
        """
        wanted = _plain(text)
        digits = wanted.replace(" ", "")
        if len(wanted) < 2:
            return []
        siret = digits.isdecimal() and len(digits) >= _PART_OF_A_SIRET
        choices = [
            (field, value)
            for (field, value), row in self.known.items()
            if not FILTERS[field].of_several
            and (wanted in _plain(f"{row['name']} {value}") or (siret and digits in (row["sirets"] or "")))
        ]
        return sorted(choices, key=lambda choice: not _plain(self.known[choice]["name"]).startswith(wanted))


def all_text(declared: Filter, words: Words) -> str:
    """What stands where no value is chosen: « Toutes » for a commune, « Tous » for a sector."""
    return words.say("Toutes") if declared.feminine else words.say("Tous")


def _plain(text: str) -> str:
    """The text for comparing: words in small letters without accents, one space between them."""
    return " ".join(re.findall(r"\w+", folded(text)))
