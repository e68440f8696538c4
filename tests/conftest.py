"""For all tests: an example that is drawn may take its time. The machine of the tests is shared, and speed is measured in tests/bench.

The language of the machine decides in which language commands speak (data/commands.py); here it is nobody's, so that texts are the French ones
on every machine. Tests of that choice set it themselves.

Where bytecode is not to be written (PYTHONDONTWRITEBYTECODE, as in many containers), each worker and each command or server that a test
starts would compile every library again: 3 s of a command's 4, a third of a worker's first minute. There bytecode is kept in pytest's own cache.
"""

import os
import sys
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("in their own time", deadline=None)
settings.load_profile("in their own time")

os.environ["LC_ALL"] = "C.UTF-8"  # LANG and the rest give way to it; what the tests start inherits it

if sys.dont_write_bytecode and sys.pycache_prefix is None:
    sys.pycache_prefix = str(Path(__file__).parents[1] / ".pytest_cache" / "bytecode")
    sys.dont_write_bytecode = False
    os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix  # for what the tests start, workers first
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Slow tests first: begun last, one of them would leave every other worker idle."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)
