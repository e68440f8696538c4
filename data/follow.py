"""Serves what an object store names: looks there again and again, beside a server that need not know.

    python -m data.follow s3://bucket/prefix [--every SECONDS] [--once] [--lang fr|en]

A release comes beside the others, is checked, and only then pointed at. While the store does not answer, or what it holds is not
whole, the release before serves. It follows in both directions: what was withdrawn at the publisher is withdrawn here. Where the settings
name a folder for the public edition ([public]), the edition of what serves is written there.
"""

import argparse
import datetime as dt
import signal
import sys
import threading
from collections.abc import Sequence

from data.commands import language
from data.edition import write_edition
from data.problems import ExtractError
from data.release.pointer import current_id
from data.replica.destination import OPEN_TO_LISTENERS
from data.replica.receive import receive
from data.replica.store import Store
from data.settings import load_settings
from data.words import N_, Words

EVERY_SECONDS = 60


class Follower:
    """One look at the store at a time, and what there is to say about it: what changed, never twice the same."""

    def __init__(self, store: Store, words: Words) -> None:
        self._store, self._words = store, words
        self._fault: list[str] = []  # what stood against the last look, without its details
        self._edition_of = ""  # release whose public edition was written here; where none could be, the reason

    def look(self) -> bool:
        """Whether what the store names serves here."""
        try:
            release = receive(self._store, keep=load_settings().releases.keep)
        except ExtractError as error:
            fault = [problem.message for problem in error.problems]
            if fault != self._fault:
                self._say(error.text(self._words), error=True)
                if serves := current_id():
                    self._say(self._words.say(N_("La version {release} reste en service."), release=serves), error=True)
            self._fault = fault
            return False
        if self._fault:
            self._say(self._words.say(N_("Le stockage objet répond de nouveau.")))
        self._fault = []
        if release is not None:
            self._say(self._words.say(N_("Version {release} en service."), release=release.id))
        self._write_edition()
        return True

    def _write_edition(self) -> None:
        """The public edition of the release that serves, where the settings name its folder; tried again until it is written."""
        serves = current_id()
        if serves == self._edition_of:
            return
        code, text = write_edition(self._words)
        state = text if code else serves
        if text and state != self._edition_of:
            self._say(text, error=code != 0)
        self._edition_of = state

    def _say(self, text: str, *, error: bool = False) -> None:
        now = dt.datetime.now().astimezone()
        print(f"{now:%Y-%m-%d %H:%M:%S} {text}", file=sys.stderr if error else sys.stdout, flush=True)


def follow(follower: Follower, every: float, stop: threading.Event) -> None:
    """Looks, waits, and looks again, until it is stopped."""
    while not stop.is_set():
        follower.look()
        stop.wait(every)


def main(argv: Sequence[str] | None = None) -> int:
    """Exit code of the command: 0 followed, 1 refused with reasons (--once)."""
    words = Words(language(argv))
    parser = argparse.ArgumentParser(
        prog="python -m data.follow",
        description=words.say(N_("Sert la version qu’un stockage objet désigne, et la suivante quand elle y paraît.")),
    )
    parser.add_argument(
        "store", metavar="s3://BUCKET/PREFIX", help=words.say(N_("là où data.publish --to envoie les versions"))
    )
    parser.add_argument("--every", type=_seconds, default=EVERY_SECONDS, metavar="SECONDS", help=words.say(_EVERY))
    parser.add_argument("--once", action="store_true", help=words.say(_ONCE))
    parser.add_argument("--lang", choices=("fr", "en"), help=words.say(_LANG))
    given = parser.parse_args(argv)
    try:
        store = Store(given.store)
    except ExtractError as error:
        parser.error(error.text(words))
    if store.is_open_to_listeners():
        print(words.say(OPEN_TO_LISTENERS), file=sys.stderr)
    # A download under way is given up, and what it left is removed.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    follower = Follower(store, words)
    if given.once:
        return 0 if follower.look() else 1
    try:
        follow(follower, given.every, threading.Event())
    except KeyboardInterrupt:
        return 0
    return 0


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 1 <= seconds <= 86_400:
        raise argparse.ArgumentTypeError("1 … 86400")
    return seconds


_EVERY = N_("secondes entre deux regards, 60 par défaut")
_ONCE = N_("regarde une fois\u00a0: code de sortie 0 si la version désignée est en service")
_LANG = N_("langue des messages\u202f; par défaut celle de la machine si c’est l’anglais, sinon le français")

if __name__ == "__main__":
    sys.exit(main())
