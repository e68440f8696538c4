"""The help of each command, asked by one process that has imported the libraries: `python helps.py MODULE…`, from the root.

Each command runs in a copy of that process, which has nothing of ours yet: it imports its own, in its own order, as it would on a command line.
Prints one line of JSON for each: its name, its exit code, what it printed.
"""

import importlib
import json
import os
import runpy
import sys
import tempfile
import traceback
from pathlib import Path
from typing import Final

# Two thirds of the time of a command that only answers.
LIBRARIES: Final = (
    "babel.messages.pofile", "boto3", "duckdb", "jinja2", "lxml.html", "numpy", "openpyxl", "pandas", "plotly.graph_objects",
    "pyarrow.parquet", "streamlit", "tomlkit", "typst", "xlsxwriter",
)  # fmt: skip


def helped(module: str) -> tuple[int, str]:
    """The exit code of `python -m MODULE --help`, and all that it printed."""
    with tempfile.TemporaryFile() as printed:
        child = os.fork()
        if child == 0:
            os.dup2(printed.fileno(), 1)
            os.dup2(printed.fileno(), 2)
            os._exit(_run(module))
        _, status = os.waitpid(child, 0)
        printed.seek(0)
        return os.waitstatus_to_exitcode(status), printed.read().decode()


def _run(module: str) -> int:
    sys.argv = [module, "--help"]
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException:
        traceback.print_exc()
        return 1
    finally:
        sys.stdout.flush()
    return 0


def main() -> int:
    """Asks all that are named."""
    sys.path.insert(0, str(Path.cwd()))
    for library in LIBRARIES:
        importlib.import_module(library)
    for module in sys.argv[1:]:
        sys.stdout.write(json.dumps([module, *helped(module)]) + "\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
