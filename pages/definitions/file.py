"""The dictionary as a file to read, beside the tables that every page can download."""

import itertools
from collections.abc import Sequence

from data.words import Words
from pages.definitions.entries import Entry


def markdown(entries: Sequence[Entry], words: Words) -> bytes:
    """The dictionary as a Markdown file: a heading for each part and group, a line for each entry."""
    lines = [f"# {words.say('Dictionnaire des données')}"]
    for part, of_part in itertools.groupby(entries, key=lambda entry: entry.part):
        lines += ["", f"## {part}"]
        for group, listed in itertools.groupby(of_part, key=lambda entry: entry.group):
            lines += ["", f"### {_plain(group)}", ""] if group else [""]
            lines += [_line(entry, words) for entry in listed]
    return ("\n".join(lines) + "\n").encode("utf-8")


def _line(entry: Entry, words: Words) -> str:
    name = f"**{_plain(entry.name)}**"
    if entry.label not in (entry.name, entry.definition):
        name += f" ({_plain(entry.label)})"
    return f"- {words.named(name, _meaning(entry, words))}"


def _meaning(entry: Entry, words: Words) -> str:
    parts = [entry.definition or entry.label]
    if entry.formula:
        parts.append(words.named(words.say("Formule"), entry.formula))
    if entry.unit:
        parts.append(words.named(words.say("Unité"), entry.unit))
    if entry.source:
        parts.append(words.named(words.say("Référence"), entry.source))
    return _plain(" · ".join(parts))


def _plain(text: str) -> str:
    """The text with nothing that Markdown would read: `<26` stays as it is."""
    return text.replace("<", "\\<").replace("_", "\\_").replace("*", "\\*")
