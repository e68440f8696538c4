"""Says what a publish would say, publishing nothing.

    python -m data.check SOURCE… [--mapping FILE] [--as-of DATE] [--json] [--lang fr|en]

For headers and codes it does not know it prints a mapping.toml to complete and paste.
"""

import datetime as dt
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from data.commands import Bar, language, quiet, source_arguments, write_plainly
from data.problems import ExtractError
from data.release.report import as_json, checked
from data.settings import Settings, load_settings
from data.sources.extract import Extract, Step
from data.sources.mapping import Mapping
from data.sources.stages import read_extract
from data.words import N_, Words


@contextmanager
def check(
    sources: Sequence[Path],
    *,
    mapping: Path | Mapping | None = None,
    as_of: dt.date | None = None,
    accept_anomalies: bool = False,
    today: dt.date,
    settings: Settings | None = None,
    step: Step = quiet,
) -> Iterator[Extract]:
    """What was read, while the context lasts. ExtractError when the mapping or the settings cannot be used."""
    with tempfile.TemporaryDirectory(prefix="cap-check-") as work:
        extract = read_extract(
            sources,
            mapping=mapping,
            as_of=as_of,
            today=today,
            accept_anomalies=accept_anomalies,
            settings=settings or load_settings(),
            work=Path(work),
            step=step,
        )
        with extract.connection:
            yield extract


def main(argv: Sequence[str] | None = None) -> int:
    """Exit code of the command: 0 nothing is against a publish, 1 refused with reasons."""
    words = Words(language(argv))
    parser = source_arguments(words, "data.check", N_("Contrôle les sources comme une publication, sans rien publier."))
    parser.add_argument("--accept-anomalies", action="store_true", help=words.say(_ACCEPT))
    parser.add_argument("--json", action="store_true", help=words.say(N_("réponse pour les programmes")))
    given = parser.parse_args(argv)
    try:
        with (
            Bar(words, len(given.sources) + 2, visible=not given.json) as bar,
            check(
                given.sources,
                mapping=given.mapping,
                as_of=given.as_of,
                accept_anomalies=given.accept_anomalies,
                today=dt.datetime.now().astimezone().date(),
                step=bar,
            ) as extract,
        ):
            bar.close()
            if given.json:
                print(json.dumps(as_json(extract, words), ensure_ascii=False, indent=2))
            else:
                print(checked(extract, words))
            return int(bool(extract.problems))
    except ExtractError as error:
        print(error.text(words), file=sys.stderr)
        return 1


_ACCEPT = N_("comme à la publication\u00a0: doublons et heures sans lot ne sont plus une raison de refus")

if __name__ == "__main__":
    write_plainly()
    sys.exit(main())
