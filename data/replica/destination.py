"""What `data.publish --to` sends to: an object store, as it was when the work began."""

import sys

from data.commands import Bar
from data.problems import ExtractError, Problem
from data.release.pointer import current_release
from data.release.releases import extracts_folder
from data.replica.notice import read_notice
from data.replica.send import send
from data.replica.store import Store
from data.settings import load_settings
from data.words import N_, Words

OPEN_TO_LISTENERS = N_(
    "Attention\u00a0: l’adresse du stockage objet est en http, des données personnelles y passent en clair."
)


class Destination:
    """A store that answers. What serves there now is remembered: whoever publishes there meanwhile is not overwritten."""

    def __init__(self, address: str, words: Words) -> None:
        self._store, self._words = Store(address), words
        self._seen = read_notice(self._store)
        if self._store.is_open_to_listeners():
            print(words.say(OPEN_TO_LISTENERS), file=sys.stderr)

    def send_current(self, *, is_quiet: bool = False) -> int:
        """Exit code: 0 when the store now names the release that serves here, 1 when not, with the reasons.

        `is_quiet`: there may be nothing new to send, and then nothing is printed.
        """
        words = self._words
        try:
            release = current_release()
            if release is None and is_quiet:
                return 0
            if release is None:
                message = N_("aucune version n’est en service\u202f; publiez d’abord.")
                raise ExtractError(Problem(kind="nothing_serves", file=str(extracts_folder()), message=message))
            with Bar(words, len(release.files) + 2) as bar:
                is_new = send(release, self._store, self._seen, keep=load_settings().releases.keep, step=bar)
        except ExtractError as error:
            again = words.say(
                N_("Pour recommencer l’envoi\u00a0: python -m data.publish --to {store}"), store=self._store.address
            )
            refused = words.say(N_("Envoi au stockage objet refusé\u00a0:"))
            print("\n".join([refused, error.text(words), again]), file=sys.stderr)
            return 1
        if is_quiet and not is_new:
            return 0
        text = (
            N_("Version {release} en service à {store}.")
            if is_new
            else N_("Version {release} déjà en service à {store}.")
        )
        print(words.say(text, release=release.id, store=self._store.address))
        return 0
