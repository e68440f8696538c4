"""The commune or client that a reader may keep in the browser (`server/kept_view.js`): what the line above the page says of it."""

from typing import Final

from pages.parts.filters.names import Names
from queries import link
from queries.filters import FILTERS
from queries.scope import Scope

# Those that a reader may call their own.
_KEPT: Final = ("clients", "execution_communes")


def kept_view(scope: Scope, names: Names) -> dict[str, str]:
    """The sentences of the line, and the one client or commune of the filters: its part of the address, its name; empty without."""
    words = names.words
    chosen = next((one for field in _KEPT if (one := _only(scope, field)) in names.known), None)
    name = names.without_code(*chosen) if chosen else ""
    query = f"{FILTERS[chosen[0]].key}={link.codes_text((chosen[1],))}" if chosen else ""
    return {
        "query": query,
        "name": name,
        "seen": words.say("Vous regardez {name}.", name=name),
        "seen_and_kept": words.say("Vous regardez {name}, choix retenu dans ce navigateur.", name=name),
        "kept": words.say("Choix retenu dans ce navigateur\u00a0:"),
        "keep": words.say("Retenir dans ce navigateur"),
        "forget": words.say("Oublier"),
    }


def _only(scope: Scope, field: str) -> tuple[str, str] | None:
    """The field with its value, when the filters leave only one."""
    values: tuple[str, ...] = getattr(scope, field) or ()
    return (field, values[0]) if len(values) == 1 else None
