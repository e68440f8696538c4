"""What the first reader should not wait for: imports, the release, the compressed files. Done before the server answers."""

import gc
import importlib
import logging
import pkgutil
import time
from dataclasses import replace
from typing import Final

import pages
from data.problems import ExtractError
from data.release.first_start import ensure_release
from data.settings import load_settings
from pages.frame.menu import OF_SEVERAL, PAGES
from pages.parts.paper_charts.fonts import fonts_folder
from pages.parts.paper_charts.outlines import know_letters
from pages.parts.streamlit_internals import USED_LATER
from pages.server.compression import StaticFiles
from pages.server.index_page import index_page
from queries.engine import BOUND, Database, named_parameters
from queries.errors import QueryError
from queries.link import from_query
from queries.open_release import open_release
from queries.questions import questions
from queries.scope import Reading

log = logging.getLogger("cap_insertion.start")

# What Streamlit and Plotly import at first use only. Our own modules bring in the rest.
_USED_LATER = ("pandas", "plotly.io", "plotly.tools", "pyarrow.parquet", *USED_LATER)


# What a reader without filters sees first, then what takes longest on many lines.
_FIRST: Final = (
    "headline", "milestone_progress", "hours_by_month", "hours_by_year", "filter_names", "release_summary", "highlights_since",
)  # fmt: skip
_DEAREST: Final = ("people_by_year", "people_by_trait", "people_by_residence", "exits_by_clause")
_AHEAD_SECONDS: Final = 1.0


def warm_up(files: StaticFiles) -> None:
    """Makes ready all that the first page needs. A release that cannot be used is logged; the pages will say it too."""
    scripts = {"pages." + page.script.removesuffix(".py").replace("/", ".") for page in (*PAGES, OF_SEVERAL)}
    scripts.add("pages.frame.page")
    ours = (module.name for module in pkgutil.walk_packages(pages.__path__, "pages."))
    for name in (*_USED_LATER, *(name for name in ours if name not in scripts)):
        importlib.import_module(name)
    files.warm_up(index_page("fr"))
    try:
        # Some seconds, once on a machine: charts are pictures where a page is printed.
        fonts_folder()
        know_letters()
        _ask_ahead(open_release(ensure_release(), load_settings()))
    except (ExtractError, QueryError, OSError) as error:
        log.error("%s", error)
    # What is imported by now stays: a collection that walks it takes 114 ms, and 31 ms once it is frozen.
    gc.collect()
    gc.freeze()


def _ask_ahead(database: Database) -> None:
    """Asks the questions of the pages as they are without filters, so that their answers are kept, for a second at most."""
    end = time.monotonic() + _AHEAD_SECONDS
    scope, _ = from_query({}, uncounted_by_default=database.settings.counting.include_uncounted)
    scope = replace(scope, reading=Reading.ACCOUNT)
    others = (name for name, question in questions().items() if not set(named_parameters(question.sql)) - BOUND)
    for name in dict.fromkeys((*_FIRST, *_DEAREST, *others)):
        if time.monotonic() > end:
            return
        database.ask(name, scope)
