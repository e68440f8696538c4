"""Who may import whom, held over the syntax trees: data flows one way, from source files to the reader."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
OURS = ("data", "queries", "pages")
# What the folders that show figures may know of `data`: declarations and words, never what makes a release.
SHARED_DATA = {
    "data.schema",
    "data.release_tables",
    "data.codes",
    "data.settings",
    "data.words",
    "data.reference",
    "data.releases",
    "data.problems",
}


# module: what it may import all the same. The first start publishes the demonstration before the server answers.
EXCEPTIONS = {"pages.server.warm_up": {"data.first_start"}}
# The one setting of the standard library that a module changes for good: a field of CSV may be long.
AT_IMPORT = {"data.read_csv": ["csv.field_size_limit(1 << 30)"]}


def modules() -> list[Path]:
    files = [file for folder in OURS for file in (ROOT / folder).rglob("*.py") if "extracts" not in file.parts]
    return sorted([*files, ROOT / "dashboard.py"])


def dotted(file: Path) -> str:
    """data/reference/__init__.py as data.reference."""
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imported(file: Path) -> Iterator[str]:
    """Every module that a file imports, wherever in it: `from queries import link` is queries.link when that is a module."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: a relative import"
            assert node.module is not None
            for alias in node.names:
                path = ROOT.joinpath(*node.module.split("."), alias.name)
                is_module = path.with_suffix(".py").exists() or (path / "__init__.py").exists()
                yield f"{node.module}.{alias.name}" if is_module else node.module


def within(module: str, *packages: str) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)


MODULES = modules()
files = pytest.mark.parametrize("file", MODULES, ids=map(dotted, MODULES))


@files
def test_data_flows_one_way(file: Path) -> None:
    module = dotted(file)
    ours = {name for name in imported(file) if within(name, *OURS)}
    if within(module, "data"):
        allowed = {name for name in ours if within(name, "data")}
    elif within(module, "queries"):
        allowed = {name for name in ours if within(name, "queries", "data")}
    elif within(module, "pages.server", "dashboard"):
        allowed = {name for name in ours if within(name, "queries", "pages.server", "pages.parts", *SHARED_DATA)}
    else:
        # Pages and their parts; never another page, never what stands around the frame.
        allowed = {name for name in ours if within(name, "queries", "pages.parts", *SHARED_DATA)}
    assert ours - allowed == EXCEPTIONS.get(module, set())


@files
def test_only_the_engine_and_data_know_duckdb(file: Path) -> None:
    """And the process of readers' SQL, which is another database than the dashboard's."""
    knows = any(within(name, "duckdb") for name in imported(file))
    assert not knows or within(dotted(file), "data", "queries.engine", "queries.sandbox_process")


@files
def test_only_pages_and_the_server_know_streamlit(file: Path) -> None:
    knows = any(within(name, "streamlit", "starlette", "uvicorn") for name in imported(file))
    assert not knows or within(dotted(file), "pages", "dashboard")


@files
def test_only_the_drawing_knows_plotly(file: Path) -> None:
    knows = any(within(name, "plotly") for name in imported(file))
    assert not knows or dotted(file) == "pages.parts.drawing"


@files
def test_what_is_imported_is_declared_or_standard(file: Path) -> None:
    """Nothing that only comes along with something else."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    declared = text[text.index("dependencies = [") : text.index("[dependency-groups]")]
    tops = {name.split(".")[0] for name in imported(file)} - set(OURS) - set(sys.stdlib_module_names)
    assert {top for top in tops if f'"{top}' not in declared} == set()


@files
def test_nothing_happens_at_import(file: Path) -> None:
    """Only scripts run: the pages, the frame, the server, and what stands under __main__."""
    is_script = file.parent == ROOT / "pages" or file.name in ("dashboard.py", "__main__.py")
    tree = ast.parse(file.read_text(encoding="utf-8"))
    running = [
        node
        for node in tree.body
        if isinstance(node, ast.For | ast.While | ast.With | ast.Try)
        or (isinstance(node, ast.Expr) and not isinstance(node.value, ast.Constant))
    ]
    assert is_script or [ast.unparse(node)[:80] for node in running] == AT_IMPORT.get(dotted(file), [])
