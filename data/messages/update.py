"""Brings en.po up to date with the texts of the source: `python -m data.messages.update [--check]`.

New texts are added without a translation, texts that are gone are removed. With --check nothing is written; the command
says what is missing, obsolete or differs in its {places}, and exits with 1.
"""

import argparse
import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from data.words import MESSAGES

ROOT = Path(__file__).parents[2]
FOLDERS = ("data", "queries", "pages")
SAYING = ("say", "N_", "say_count")
CATALOGUE = MESSAGES / "en.po"
# Without dates, and texts in the order of the alphabet: two changes of texts seldom meet in one line.
HEADER = b"""\
# English translations for Cap Insertion.
msgid ""
msgstr ""
"Language: en\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def texts() -> Iterator[str | tuple[str, ...]]:
    """Every text for readers, in the order of the files: marked in Python, or the question that opens a .sql file."""
    for folder in FOLDERS:
        for file in sorted((ROOT / folder).rglob("*.py")):
            yield from _marked_texts(ast.parse(file.read_text(encoding="utf-8")))
        for file in sorted((ROOT / folder).glob("[!_]*.sql")):
            first = file.read_text(encoding="utf-8").splitlines()[0]
            if first.endswith("?"):
                yield first.removeprefix("-- ")


def _marked_texts(tree: ast.Module) -> Iterator[str | tuple[str, ...]]:
    """The texts given to say, N_ and say_count, those within f-strings (which tokenizers pass over) and conditions too."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and _name(node.func) in SAYING]
    for call in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
        if _name(call.func) == "say_count":
            if both := tuple(text for argument in call.args[:2] for text in _literals(argument)):
                yield both
        else:
            yield from _literals(call.args[0])


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _literals(argument: ast.expr) -> list[str]:
    """The text, or the two of a condition; nothing when it is a name, whose text is marked elsewhere."""
    if isinstance(argument, ast.IfExp):
        return _literals(argument.body) + _literals(argument.orelse)
    return [argument.value] if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else []


def updated(old: Catalog) -> Catalog:
    """A catalogue of exactly the texts of the source, with the translations that the old one has for them."""
    new = Catalog(locale="en", charset="utf-8", project="Cap Insertion", fuzzy=False)
    for text in texts():
        single = text if isinstance(text, str) else text[0]
        if single and not new.get(single):
            message = old.get(single)
            new.add(text, string=message.string if message and _fits(text, message) else None)
    return new


def _fits(text: str | tuple[str, ...], message: Message) -> bool:
    return isinstance(text, str) == isinstance(message.string, str)


def faults(catalogue: Catalog) -> list[str]:
    """What is wrong with a catalogue: texts missing, obsolete, untranslated, or with other {places} than the French."""
    wanted = {text if isinstance(text, str) else text[0] for text in texts()}
    wanted.discard("")
    forms: dict[str, set[str | tuple[str, ...]]] = {}
    for text in texts():
        forms.setdefault(text if isinstance(text, str) else text[0], set()).add(text)
    had = {message.id if isinstance(message.id, str) else message.id[0]: message for message in catalogue if message.id}
    problems = [f"missing: {text}" for text in sorted(wanted - set(had))]
    problems += [f"obsolete: {text}" for text in sorted(set(had) - wanted)]
    problems += [f"several plurals: {text}" for text, plurals in sorted(forms.items()) if len(plurals) > 1]
    for text in sorted(wanted & set(had)):
        message = had[text]
        french, english = _forms(message.id), _forms(message.string)
        if not all(english) or message.fuzzy:
            problems.append(f"untranslated: {text}")
        elif _places(french) != _places(english):
            problems.append(f"other places: {text}")
    return problems


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
            file.write(HEADER)
            write_po(file, old, width=0, omit_header=True, sort_output=True)
    wrong = faults(old)
    sys.stdout.write("\n".join(wrong) + ("\n" if wrong else ""))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
