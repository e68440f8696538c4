"""Brings en.po up to date with the texts of the source: `python -m data.messages.update [--check]`.

New texts are added without a translation, texts that are gone are removed. With --check nothing is written; the command
says what is missing, obsolete or differs in its {places}, and exits with 1.
"""

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

from data.words import MESSAGES

ROOT = Path(__file__).parents[2]
FOLDERS = ("data", "queries", "pages")
KEYWORDS = {"say": None, "N_": None, "say_count": (1, 2)}
CATALOGUE = MESSAGES / "en.po"


def texts() -> Iterator[str | tuple[str, ...]]:
    """Every text for readers, in the order of the files: marked in Python, or the question that opens a .sql file."""
    for folder in FOLDERS:
        for file in sorted((ROOT / folder).rglob("*.py")):
            with file.open("rb") as source:
                for _line, text, _comments, _context in extract("python", source, keywords=KEYWORDS):
                    yield text
        for file in sorted((ROOT / folder).glob("[!_]*.sql")):
            first = file.read_text(encoding="utf-8").splitlines()[0]
            if first.endswith("?"):
                yield first.removeprefix("-- ")


def updated(old: Catalog) -> Catalog:
    """A catalogue of exactly the texts of the source, with the translations that the old one has for them."""
    new = Catalog(locale="en", charset="utf-8", project="Cap Insertion", fuzzy=False)
    for text in texts():
        single = text if isinstance(text, str) else text[0]
        if single and not new.get(single):
            found = old.get(single)
            new.add(text, string=found.string if found and _fits(text, found) else None)
    return new


def _fits(text: str | tuple[str, ...], found: Message) -> bool:
    return isinstance(text, str) == isinstance(found.string, str)


def faults(catalogue: Catalog) -> list[str]:
    """What is wrong with a catalogue: texts missing, obsolete, untranslated, or with other {places} than the French."""
    wanted = {text if isinstance(text, str) else text[0] for text in texts()}
    wanted.discard("")
    had = {message.id if isinstance(message.id, str) else message.id[0]: message for message in catalogue if message.id}
    found = [f"missing: {text}" for text in sorted(wanted - set(had))]
    found += [f"obsolete: {text}" for text in sorted(set(had) - wanted)]
    for text in sorted(wanted & set(had)):
        message = had[text]
        french, english = _forms(message.id), _forms(message.string)
        if not all(english) or message.fuzzy:
            found.append(f"untranslated: {text}")
        elif _places(french) != _places(english):
            found.append(f"other places: {text}")
    return found


def _forms(text: str | list[str] | tuple[str, ...] | None) -> list[str]:
    return [text] if isinstance(text, str) else list(text or [""])


def _places(forms: list[str]) -> set[str]:
    return {place for form in forms for place in re.findall(r"\{(\w+)", form)}


def main() -> int:
    """Runs the command; returns its exit code."""
    parser = argparse.ArgumentParser(prog="python -m data.messages.update", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, exit with 1 when something is wrong")
    given = parser.parse_args()
    old = Catalog(locale="en")
    if CATALOGUE.exists():
        with CATALOGUE.open("rb") as file:
            old = read_po(file, locale="en")
    if not given.check:
        old = updated(old)
        with CATALOGUE.open("wb") as file:
            write_po(file, old, width=0, omit_header=False, sort_output=False)
    wrong = faults(old)
    sys.stdout.write("\n".join(wrong) + ("\n" if wrong else ""))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
