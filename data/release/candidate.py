"""A candidate: a release written and checked in a folder of its own, that does not serve yet. The shell serves it at once, a page shows it first."""

import datetime as dt
import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import duckdb

from data.observatory.publish import check_place, with_the_others
from data.problems import ExtractError, Problem
from data.release.durable import write_whole
from data.release.events import Act, record
from data.release.history import point_at
from data.release.releases import NOTE, WORK, Release, extracts_folder, read_release, releases_folder
from data.release.retention import remove_old
from data.release.verify import verify
from data.release.write import named, release_before, write
from data.settings import Settings
from data.sources.extract import Extract, Step
from data.sources.mapping import Mapping
from data.sources.stages import read_extract
from data.words import N_


def write_candidate(
    sources: Sequence[Path],
    folder: Path,
    *,
    mapping: Path | Mapping | None,
    as_of: dt.date | None,
    accept_anomalies: bool,
    today: dt.date,
    settings: Settings,
    structure: str = "",
    step: Step,
    when_read: Callable[[Extract], None] | None = None,
) -> None:
    """Writes the files of a release into a new folder, read again and compared with what was read. Within the publishing lock.

    `structure`: that of an observatory whose slice these sources replace. `when_read` is given what was read before it is judged.
    ExtractError carries every reason not to publish.
    """
    work = folder / WORK
    with not_written():
        work.mkdir(parents=True)
        check_place(structure)
        extract = read_extract(
            sources,
            mapping=mapping,
            as_of=as_of,
            today=today,
            accept_anomalies=accept_anomalies,
            settings=settings,
            work=work,
            step=step,
        )
        with ExitStack() as opened:
            opened.enter_context(extract.connection)
            together = extract
            if structure and not extract.problems:
                together = with_the_others(extract, structure, folder, dt.datetime.now(dt.UTC), settings, step)
                opened.enter_context(together.connection)
                extract.notices += together.notices
            if when_read:
                when_read(extract)
            if extract.problems:
                raise ExtractError(*extract.problems)
            write_read(together, folder, settings, step)
        shutil.rmtree(work)


def write_read(extract: Extract, folder: Path, settings: Settings, step: Step) -> None:
    """Writes what was read and judged without problems, and reads it again."""
    write(extract, folder, dt.datetime.now(dt.UTC), settings, step)
    step(N_("relecture"))
    verify(extract, folder)


def serve_candidate(folder: Path, by: str, settings: Settings) -> Release:
    """The candidate as the release that serves from now on; its folder moves to the releases. Within the publishing lock.

    `by`: who publishes. ExtractError when another release began to serve since the candidate was written: what was compared with it,
    and the figures of participants that repeat its own, would be of another one.
    """
    with not_written():
        release, before = read_release(folder), release_before()
        if release.previous != (before and before.id):
            raise ExtractError(Problem(kind="served_meanwhile", message=_MEANWHILE))
        now = dt.datetime.now(dt.UTC)
        _date(folder / NOTE, now)
        served = point_at(named(folder, now))
        record(Act.PUBLISHED, served.id, by, now, extracts_folder())
        remove_old(settings.releases.keep)
        return served


def _date(note: Path, now: dt.datetime) -> None:
    """Writes when the release began to serve into its release.json."""
    content = json.loads(note.read_text(encoding="utf-8")) | {"published_at": now.isoformat()}
    write_whole(note, json.dumps(content, ensure_ascii=False, indent=2) + "\n")


@contextmanager
def not_written() -> Iterator[None]:
    """ExtractError in the place of what the disk or the engine says: the old release still serves."""
    try:
        yield
    except (OSError, duckdb.Error) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error).partition("\n")[0]
        place = str(releases_folder())
        problem = Problem(kind="not_written", file=place, message=_NOT_WRITTEN, values={"error": reason})
        raise ExtractError(problem) from error


_NOT_WRITTEN = N_("publication impossible ({error})\u202f; la version précédente reste en service.")
_MEANWHILE = N_(
    "une autre publication a été mise en service depuis cette vérification\u202f; vérifiez de nouveau avant de publier."
)
