"""What the first reader should not wait for: imports, the release, the compressed files. Done before the server answers."""

import gc
import importlib
import logging
import pkgutil

import queries
from data.first_start import ensure_release
from data.problems import ExtractError
from data.settings import load_settings
from pages import parts
from pages.server.compression import StaticFiles
from pages.server.index_page import index_page
from queries.engine import open_release
from queries.errors import QueryError
from queries.scope import Scope

log = logging.getLogger("cap_insertion.start")

# What Streamlit and Plotly import at first use only. Our own parts bring in the rest.
_USED_LATER = ("pandas", "plotly.io", "plotly.tools", "pyarrow.parquet", "streamlit.elements.plotly_chart")


def warm_up(files: StaticFiles) -> None:
    """Makes ready all that the first page needs. A release that cannot be used is logged; the pages will say it too."""
    shared = (f"pages.parts.{part.name}" for part in pkgutil.iter_modules(parts.__path__))
    for name in (*_USED_LATER, *shared):
        importlib.import_module(name)
    files.warm_up(index_page("fr"))
    try:
        database = open_release(ensure_release(), load_settings())
        queries.headline(database, Scope())
    except (ExtractError, QueryError, OSError) as error:
        log.error("%s", error)
    # Streamlit collects after every run, walking everything alive: 114 ms with these imports, 31 ms once they are frozen.
    gc.collect()
    gc.freeze()
