"""`python -m pages.reports annual`: the yearly report as PDF or for Word, as the file's name ends."""

import argparse
from pathlib import Path
from typing import Final

from data.words import N_, Words
from pages.reports.annual import annual_docx, annual_pdf
from pages.reports.shell import access_and_scope, whole_file
from queries.shell import add_filters, add_reader

NAME: Final = "annual"
MEANING: Final = N_("le rapport d’une année, en PDF ou pour Word")
_WRITERS: Final = {".pdf": annual_pdf, ".docx": annual_docx}


def _file(text: str) -> Path:
    file = Path(text)
    if file.suffix not in _WRITERS:
        raise argparse.ArgumentTypeError(", ".join(_WRITERS))
    return file


def add_arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    """The year, the file, the filters and the reader."""
    parser.add_argument("--year", type=int, required=True, metavar="YEAR", help=words.say("année du rapport"))
    parser.add_argument(
        "--out", type=_file, metavar="FILE", required=True, help=words.say("écrit dans ce fichier, .pdf ou .docx")
    )
    add_reader(parser, words)
    add_filters(parser, words)


def run(given: argparse.Namespace, words: Words) -> None:
    """Writes the file. Raises QueryError with the reason when the year has no hours, OSError when it cannot be written."""
    access, scope = access_and_scope(given)
    made = _WRITERS[given.out.suffix](access, scope, words, given.year)
    with whole_file(given.out) as out:
        out.write(made)
