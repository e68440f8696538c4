"""What the commands of this folder share: language, arguments, progress bar."""

import argparse
import codecs
import datetime as dt
import io
import os
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from tqdm import tqdm

from data.words import N_, Lang, Words


def language(argv: Sequence[str] | None = None) -> Lang:
    """The language that --lang asks for, else English when LC_ALL or LANG is, else French.

    Read before the arguments are parsed, so that --help speaks it too.
    """
    parser = argparse.ArgumentParser(add_help=False, exit_on_error=False)
    parser.add_argument("--lang")
    try:
        wanted = parser.parse_known_args(argv)[0].lang
    except argparse.ArgumentError:
        wanted = None
    machine = os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return "en" if wanted == "en" or (wanted != "fr" and machine.lower().startswith("en")) else "fr"


def write_plainly() -> None:
    """A console, or a file that it is sent to, may lack signs of French typography: plainer ones then take their place."""
    codecs.register_error("plainer", _plainer)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="plainer")


def _plainer(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)
    return "".join(_PLAINER.get(sign, "?") for sign in error.object[error.start : error.end]), error.end


def source_arguments(words: Words, module: str, purpose: str, sources: str = "+") -> argparse.ArgumentParser:
    """A parser of the arguments that check and publish have in common."""
    parser = argparse.ArgumentParser(prog=f"python -m {module}", description=words.say(purpose))
    parser.add_argument("sources", nargs=sources, type=Path, metavar="SOURCE", help=words.say(_SOURCES))
    parser.add_argument("--mapping", type=Path, metavar="FILE", help=words.say(_MAPPING))
    parser.add_argument("--as-of", type=dt.date.fromisoformat, metavar="YYYY-MM-DD", help=words.say(_AS_OF))
    parser.add_argument("--lang", choices=("fr", "en"), help=words.say(_LANG))
    return parser


_SOURCES = N_("fichiers CSV, XLSX ou Parquet des marchés et des heures, DECP au besoin, dans l’ordre où ils comptent")
_MAPPING = N_("mapping.toml\u00a0: noms de colonnes et codes de la source")
_AS_OF = N_("date des données\u202f; par défaut la date la plus récente des heures")
_LANG = N_("langue des messages\u202f; par défaut celle de la machine si c’est l’anglais, sinon le français")

_PLAINER = {
    "\u202f": " ",
    "\u00a0": " ",
    "’": "'",
    "«": '"',
    "»": '"',
    "…": "...",
    "−": "-",
    "–": "-",
    "œ": "oe",
    "Œ": "OE",
}


def quiet(_text: str, /, **_values: object) -> None:
    """Report no progress."""


class Bar:
    """A progress bar of named steps on the error output, absent when that is not a terminal.

    A step of a large publish takes a minute: the time spent goes on counting meanwhile.
    """

    def __init__(self, words: Words, steps: int, visible: bool = True) -> None:
        self._words = words
        hidden = not (visible and sys.stderr.isatty())
        self._bar = tqdm(total=steps, disable=hidden, leave=False, bar_format="{l_bar}{bar}| {elapsed}")
        self._begun = False
        self._closed = threading.Event()
        if not hidden:
            threading.Thread(target=self._tick, daemon=True).start()

    def _tick(self) -> None:
        while not self._closed.wait(0.5):
            self._bar.refresh()

    def __call__(self, text: str, /, **values: object) -> None:
        """A step begins: the one before is done."""
        self._bar.set_description(self._words.say(text, **values), refresh=False)
        self._bar.update(int(self._begun))
        self._bar.refresh()
        self._begun = True

    def close(self) -> None:
        """Nothing more is to be done: the bar goes away."""
        self._closed.set()
        self._bar.close()

    def __enter__(self) -> "Bar":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
