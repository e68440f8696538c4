"""Several server processes under one command, for more readers than one can serve.

    python -m pages.serve --workers 4 [--port 8601] [--upstream FILE] [--on-change COMMAND] [-- STREAMLIT OPTIONS]

Each is `streamlit run dashboard.py` on a port of its own, behind nginx (.docs/nginx.conf). What dies or hangs is started again. SIGTERM ends
all of them, SIGHUP (after an update of the product) starts new ones and lets the old ones go when their pages are closed.
"""

import argparse
import logging
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from data.commands import language
from data.words import N_, Words
from pages.serve.processes import Processes, StartError
from pages.serve.upstream import Upstream
from pages.serve.worker import Worker

_EVERY_SECONDS = 2


def main(argv: Sequence[str] | None = None) -> int:
    """Exit code of the command: 0 for a stop by request, 1 for a failed start."""
    words = Words(language(argv))
    given = _arguments(words).parse_args(argv)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    options = [option for option in given.options if option != "--"]
    base = given.base_path.strip("/")
    if base:
        options = ["--server.baseUrlPath", base, *options]
    processes = Processes(
        ports=range(given.port, given.port + given.workers),
        start=lambda port: Worker(port, f"/{base}" if base else "", options),
        upstream=Upstream(given.upstream, given.on_change),
        drain=given.drain,
    )
    for name in ("SIGTERM", "SIGINT"):
        signal.signal(getattr(signal, name), lambda *_: processes.is_stopping.set())
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, lambda *_: processes.is_renewed.set())
    try:
        processes.run(_EVERY_SECONDS)
    except StartError:
        print(words.say(N_("Aucun serveur ne démarre\u202f; la raison est au-dessus.")), file=sys.stderr)
        return 1
    return 0


def _arguments(words: Words) -> argparse.ArgumentParser:
    purpose = N_(
        "Démarre plusieurs serveurs, les surveille et les relance\u202f; nginx partage les lecteurs entre eux."
    )
    parser = argparse.ArgumentParser(prog="python -m pages.serve", description=words.say(purpose))
    parser.add_argument("--workers", type=_number(1, 64), default=2, metavar="N", help=words.say(_WORKERS))
    parser.add_argument("--port", type=_number(1024, 65_000), default=8601, metavar="N", help=words.say(_PORT))
    parser.add_argument("--base-path", default="", metavar="PATH", help=words.say(_BASE_PATH))
    parser.add_argument("--upstream", type=Path, metavar="FILE", help=words.say(_UPSTREAM))
    parser.add_argument("--on-change", default="", metavar="COMMAND", help=words.say(_ON_CHANGE))
    parser.add_argument("--drain", type=_number(0, 86_400), default=60, metavar="SECONDS", help=words.say(_DRAIN))
    parser.add_argument("--lang", choices=("fr", "en"), help=words.say(_LANG))
    parser.add_argument("options", nargs="*", metavar="-- OPTIONS", help=words.say(_OPTIONS))
    return parser


def _number(least: int, most: int) -> Callable[[str], int]:
    def number(text: str) -> int:
        value = int(text)
        if not least <= value <= most:
            raise argparse.ArgumentTypeError(f"{least} … {most}")
        return value

    return number


_WORKERS = N_("nombre de serveurs\u202f; un par cœur, 2 par défaut")
_PORT = N_("premier port\u202f; les suivants sont pris aussi, deux fois le nombre de serveurs")
_BASE_PATH = N_("ce qui précède toutes les adresses, par exemple /cap")
_UPSTREAM = N_("fichier que nginx inclut, tenu à jour avec les serveurs qui répondent")
_ON_CHANGE = N_("commande lancée quand ce fichier change, par exemple « nginx -s reload »")
_DRAIN = N_("secondes laissées aux pages ouvertes d’un serveur remplacé, 60 par défaut")
_OPTIONS = N_("après --, options de Streamlit")
_LANG = N_("langue des messages\u202f; par défaut celle de la machine si c’est l’anglais, sinon le français")

if __name__ == "__main__":
    sys.exit(main())
