"""Checks sources and publishes them as a release; `--back` serves the release before again.

    python -m data.publish SOURCE… [--mapping FILE] [--as-of DATE] [--accept-anomalies] [--lang fr|en]
    python -m data.publish --model FILE.xlsx
    python -m data.publish --structure CODE SOURCE…
    python -m data.publish --watch FOLDER [--mapping FILE] [--accept-anomalies]
    python -m data.publish --back
    python -m data.publish [SOURCE… | --watch FOLDER | --back] --to s3://bucket/prefix

A release is written beside the others under a name that nobody reads, reopened and checked, made durable, renamed, and
only then pointed at. A publish killed at any moment leaves the old release serving; the next one sweeps the remains.
Where the settings name a folder for the public edition ([public]), it is written then. `--to` copies what serves at the end to an object
store, for other servers (data/follow.py); alone it does only that.
"""

import argparse
import datetime as dt
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from data.commands import Bar, language, quiet, source_arguments, write_plainly
from data.edition import write_edition
from data.problems import ExtractError
from data.release.candidate import serve_candidate, write_candidate
from data.release.events import account
from data.release.history import go_back
from data.release.pointer import current_id
from data.release.publishing import publishing_lock, sweep
from data.release.releases import WRITING, Release, releases_folder
from data.release.report import advice, of_release, sources_read, summary
from data.replica.destination import Destination
from data.settings import Settings, load_settings
from data.sources.extract import Extract, Step
from data.sources.mapping import Mapping
from data.sources.model_workbook import write_model
from data.watch import watch
from data.words import N_, Words


def publish(
    sources: Sequence[Path],
    *,
    mapping: Path | Mapping | None = None,
    as_of: dt.date | None = None,
    accept_anomalies: bool = False,
    today: dt.date,
    settings: Settings | None = None,
    structure: str = "",
    step: Step = quiet,
    when_read: Callable[[Extract], None] | None = None,
    by: str = "",
) -> Release:
    """The new release, already serving. ExtractError carries every reason not to publish; the old one then still serves.

    `as_of`: date of the data, the latest date in the hours when None. `structure`: that of an observatory whose slice these
    sources replace, while the last accepted one of every other stays. `step` receives each stage of the work, `when_read`
    the extract before it is judged. `by`: who publishes, for the history.
    """
    settings = settings or load_settings()
    with publishing_lock():
        sweep()
        folder = releases_folder() / f"{WRITING}{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%S%f}"
        try:
            write_candidate(
                sources,
                folder,
                mapping=mapping,
                as_of=as_of,
                accept_anomalies=accept_anomalies,
                today=today,
                settings=settings,
                structure=structure,
                step=step,
                when_read=when_read,
            )
            step(N_("mise en service"))
            return serve_candidate(folder, by, settings)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def main(argv: Sequence[str] | None = None) -> int:
    """Exit code of the command: 0 published, 1 refused with reasons."""
    words = Words(language(argv))
    parser = source_arguments(
        words,
        "data.publish",
        N_("Contrôle des sources et les publie\u202f; --back revient à la version précédente."),
        sources="*",
    )
    parser.add_argument("--accept-anomalies", action="store_true", help=words.say(_ACCEPT))
    parser.add_argument("--structure", default="", metavar="CODE", help=words.say(_STRUCTURE))
    parser.add_argument("--back", action="store_true", help=words.say(_BACK))
    parser.add_argument("--model", type=Path, metavar="FILE.xlsx", help=words.say(_MODEL))
    parser.add_argument("--watch", type=Path, metavar="FOLDER", help=words.say(_WATCH))
    parser.add_argument("--to", metavar="s3://BUCKET/PREFIX", help=words.say(_TO))
    given = parser.parse_args(argv)
    kinds = [bool(given.sources), given.back, given.watch is not None, given.model is not None].count(True)
    if kinds > 1 or (kinds == 0 and not given.to):
        parser.error(words.say(N_("nommez des sources à publier, ou une seule option\u00a0: --watch, --model, --back")))
    if given.watch is not None and not given.watch.is_dir():
        parser.error(words.say(N_("{folder}\u00a0: ce n’est pas un dossier"), folder=given.watch))
    try:
        destination = Destination(given.to, words) if given.to and given.model is None else None
    except ExtractError as error:
        if any(problem.kind == "store_address" for problem in error.problems):
            parser.error(error.text(words))
        print("\n".join([words.say(_REFUSED), error.text(words)]), file=sys.stderr)
        return 1
    before = current_id()
    code = _done(given, words)
    if not code and current_id() != before:
        code, text = write_edition(words)
        print(text, end="\n" if text else "", file=sys.stderr if code else sys.stdout)
    return code or (destination.send_current(is_quiet=given.watch is not None) if destination else 0)


def _done(given: argparse.Namespace, words: Words) -> int:
    """Exit code of what happens on this machine: nothing where only --to is given."""
    if given.model is not None:
        return _model(given.model, words)
    if given.watch is not None:
        return _watch(given, words)
    if given.back:
        return _back(words)
    return _publish(given, words) if given.sources else 0


def _back(words: Words) -> int:
    try:
        release = go_back(account())
    except ExtractError as error:
        print(error.text(words), file=sys.stderr)
        return 1
    print(words.say(N_("Version {release} de nouveau en service."), release=release.id))
    return 0


def _model(file: Path, words: Words) -> int:
    try:
        with file.open("xb"):
            pass
        write_model(file)
    except OSError as error:
        message = N_("{file}\u00a0: écriture impossible ({error})\u202f; donnez un autre nom.")
        print(words.say(message, file=file, error=error.strerror or error), file=sys.stderr)
        return 1
    print(words.say(N_("Modèle écrit\u00a0: {file}. Remplissez ses deux feuilles, puis publiez-le."), file=file))
    return 0


def _watch(given: argparse.Namespace, words: Words) -> int:
    def publish_files(files: list[Path], mapping: Path | None, when_read: Callable[[Extract], None]) -> Release:
        with Bar(words, len(files) + 6) as bar:
            return publish(
                files,
                mapping=mapping,
                as_of=given.as_of,
                accept_anomalies=given.accept_anomalies,
                today=dt.datetime.now().astimezone().date(),
                structure=given.structure,
                step=bar,
                when_read=when_read,
                by=account(),
            )

    done = watch(given.watch, publish_files, words, mapping=given.mapping)
    print("\n".join(done.lines), file=sys.stderr if done.code else sys.stdout)
    return done.code


def _publish(given: argparse.Namespace, words: Words) -> int:
    notes: list[str] = []
    sources: list[str] = []

    def when_read(extract: Extract) -> None:
        notes.extend(advice(extract, words))
        sources.extend(sources_read(extract, words))

    try:
        with Bar(words, len(given.sources) + 6) as bar:
            release = publish(
                given.sources,
                mapping=given.mapping,
                as_of=given.as_of,
                accept_anomalies=given.accept_anomalies,
                today=dt.datetime.now().astimezone().date(),
                structure=given.structure,
                step=bar,
                when_read=when_read,
                by=account(),
            )
    except ExtractError as error:
        print("\n".join([words.say(_REFUSED), error.text(words), *notes]), file=sys.stderr)
        return 1
    if notes:
        print("\n".join([*notes, ""]))
    print("\n".join(sources))
    print(summary(of_release(release), words))
    print(words.say(N_("Version {release} en service."), release=release.id))
    return 0


_REFUSED = N_("Publication refusée\u00a0:")
_TO = N_(
    "envoie ensuite la version en service à un stockage objet, pour d’autres serveurs (data.follow)\u202f; seul, n’envoie que la version en service"
)
_ACCEPT = N_("publie même si doublons et heures sans lot dépassent la limite des réglages")
_STRUCTURE = N_("structure d’un observatoire qui publie\u202f; les données acceptées des autres restent")
_BACK = N_("remet en service la version précédente")
_MODEL = N_("écrit un classeur modèle à remplir\u00a0: les deux tableaux, leurs listes de codes, des exemples")
_WATCH = N_("un passage sur un dossier de dépôt\u00a0: publie ce qui s’y trouve, ou le met de côté avec un rapport")

if __name__ == "__main__":
    write_plainly()
    sys.exit(main())
