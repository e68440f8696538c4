"""Writes the public edition: what the public version shows, as files that any web server gives and that need no script.

    python -m pages.public --out site/ [--address https://…]

Exit codes: 0 written, 1 refused with the reason, the edition before then stands as it was.
"""

import argparse
import gc
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from data.commands import Bar, language, write_plainly
from data.problems import ExtractError, Problem
from data.release.file_lock import locked
from data.release.releases import extracts_folder
from data.release.serving import serving
from data.settings import Settings, load_settings
from data.words import LANGS, N_, Words
from pages.public.run import PageError, keep_quiet
from pages.public.site import write_site
from pages.public.swap import in_place_of
from pages.public.targets import targets
from queries.errors import QueryError
from queries.open_release import open_release
from queries.rights.access import Access
from queries.rights.readers import PUBLIC


def main(argv: Sequence[str] | None = None) -> int:
    """Exit code of the command."""
    words = Words(language(argv))
    given = _arguments(words).parse_args(argv)
    keep_quiet()
    try:
        pages = write_edition(given.out, given.address.rstrip("/"), words)
    except (ExtractError, QueryError) as error:
        print(error.text(words), file=sys.stderr)
        return 1
    except PageError as error:
        print(words.say(N_("page impossible à écrire\u00a0: {page}"), page=error), file=sys.stderr)
        return 1
    except OSError as error:
        message = words.say(N_("impossible d’écrire {file} ({error})."), file=given.out, error=error.strerror or error)
        print(message, file=sys.stderr)
        return 1
    print(words.say_count("Édition publique\u00a0: {n} page dans {folder}.", "Édition publique\u00a0: {n} pages dans {folder}.", pages, folder=given.out))  # fmt: skip
    return 0


def write_edition(out: Path, address: str, words: Words) -> int:
    """Writes the edition of the release that serves in the place of `out`; how many pages it has.

    `address`: of the edition on the web; that of the settings where it is empty.
    """
    settings = load_settings()
    address = address or settings.public.address.rstrip("/")
    out.absolute().parent.mkdir(parents=True, exist_ok=True)
    # One after the other: the last to write reads what serves then.
    with locked(out.absolute().with_name(f".{out.name}.lock"), wait=True), in_place_of(out) as folder:
        access = public_access(settings)
        # Pages share what is imported by now: a collection does not walk it again.
        gc.freeze()
        with Bar(words, len(LANGS) * len(list(targets(access, words)))) as bar:
            return write_site(folder, access, address=address, done=bar)


def public_access(settings: Settings) -> Access:
    """The release that serves as the reader of the public version has it. ExtractError where none serves."""
    release = serving().release
    if release is None:
        message = N_("aucune version n’est en service\u202f; publiez d’abord.")
        raise ExtractError(Problem(kind="nothing_serves", file=str(extracts_folder()), message=message))
    # No reader here: the trace is about readers.
    untraced = replace(settings, trace=replace(settings.trace, days=0, required=False))
    return Access(database=open_release(release, untraced), rights=PUBLIC.rights, reader=PUBLIC.name)


def _arguments(words: Words) -> argparse.ArgumentParser:
    purpose = N_("Écrit l’édition publique\u00a0: ce que la version publique montre, en fichiers, sans script.")
    parser = argparse.ArgumentParser(prog="python -m pages.public", description=words.say(purpose))
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER", help=words.say(_OUT))
    parser.add_argument("--address", default="", metavar="https://…", help=words.say(_ADDRESS))
    parser.add_argument("--lang", choices=LANGS, help=words.say(N_("langue des messages")))
    return parser


_OUT = N_("le dossier que sert le serveur web\u202f; il est remplacé d’un coup")
_ADDRESS = N_(
    "adresse de l’édition sur le web, pour le plan du site et les images de partage\u202f; sans elle, celle des réglages"
)

if __name__ == "__main__":
    write_plainly()
    sys.exit(main())
