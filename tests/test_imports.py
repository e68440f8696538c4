"""Who may import whom, and how long a module is: data flows one way, from source files to the reader; a page is a room of its own."""

import ast
import importlib.util
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
OURS = ("data", "queries", "pages")
# What the folders that show figures may know of `data`: declarations and words, never what makes a release.
SHARED_DATA = (
    "data.codes",
    "data.comments_log",
    "data.problems",
    "data.reference",
    "data.release.earlier",
    "data.release.releases",
    "data.release.serving",
    "data.release.tables",
    "data.schema",
    "data.settings",
    "data.settings_mail",
    "data.settings_edit",
    "data.settings_opening",
    "data.settings_outside",
    "data.toml",
    "data.words",
)
# module: what it may import all the same. The first start publishes the demonstration before the server answers.
EXCEPTIONS = {
    "pages.server.warm_up": {"data.release.first_start"},
    "pages.frame.failure": {"data.release.first_start"},
    "pages.server.uploads": {"data.preparation.folder"},
    "pages.serve.__main__": {"data.commands"},
    "pages.public.__main__": {"data.commands", "data.release.file_lock"},
}
# The room that publishes shares the stages of the door with the shell.
DOOR_ROOM = "publish"
# The one setting of the standard library that a module changes for good: a field of CSV may be long.
AT_IMPORT = {"data.sources.csv": ["csv.field_size_limit(1 << 30)"]}


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


FILES = {
    dotted(file): file
    for file in [*(file for folder in OURS for file in (ROOT / folder).rglob("*.py")), ROOT / "dashboard.py"]
    if "extracts" not in file.parts
}
IMPORTS = {module: set(imported(file)) for module, file in FILES.items()}


def room(module: str) -> str:
    """The room of a page's module; what stands around the pages is one: the frame, the server, the public edition, which has the frame's menu."""
    if within(module, "dashboard", "pages.server", "pages.frame", "pages.public"):
        return "frame"
    return module.split(".")[1] if within(module, "pages") and "." in module else ""


def allowed(module: str) -> tuple[str, ...]:
    """The packages of ours that a module may import."""
    if within(module, "data"):
        return ("data",)
    if within(module, "queries"):
        return ("data", "queries")
    if room(module) == "frame":
        return ("queries", "pages.parts", "pages.frame", "pages.server", "pages.public", *SHARED_DATA)
    # Sheets and reports are made of what rooms share, and offered by rooms.
    reports = () if room(module) == "parts" else ("pages.reports",)
    shared = ("data",) if room(module) == DOOR_ROOM else SHARED_DATA
    return ("queries", "pages.parts", f"pages.{room(module)}", *reports, *shared)


def test_data_flows_one_way_and_no_room_enters_another() -> None:
    wrong = {
        (module, name)
        for module, names in IMPORTS.items()
        for name in names - EXCEPTIONS.get(module, set())
        if within(name, *OURS) and name != "pages" and not within(name, *allowed(module))
    }
    assert wrong == set()


def test_a_part_is_used_by_two_rooms() -> None:
    """Directly or through other parts: what one room alone uses lives in that room."""
    users: dict[str, set[str]] = {module: set() for module in FILES}
    for module, names in IMPORTS.items():
        for name in names & users.keys():
            users[name].add(module)

    def rooms(part: str, seen: frozenset[str] = frozenset()) -> set[str]:
        found = set()
        for user in users[part] - seen:
            found |= rooms(user, seen | {part}) if room(user) == "parts" else {room(user)}
        return found

    parts = [name for name, file in FILES.items() if within(name, "pages.parts") and file.name != "__init__.py"]
    assert parts
    assert {part: rooms(part) for part in parts if len(rooms(part)) < 2} == {}


def test_only_their_own_modules_know_a_library() -> None:
    """DuckDB is the engine's and the publish's (and the process of readers' SQL, another database); Streamlit the pages'; Plotly the drawing's."""
    homes = {
        "duckdb": (
            "data",
            "queries.engine",
            "queries.open_release",
            "queries.secrecy.exact",
            "queries.sandbox.process",
        ),
        "boto3": ("data.replica.store", "data.replica.faults"),
        "botocore": ("data.replica.store", "data.replica.faults"),
        "streamlit": ("pages", "dashboard"),
        "starlette": ("pages", "dashboard"),
        "uvicorn": ("pages", "dashboard"),
        "plotly": ("pages.parts.drawing",),
    }
    wrong = {
        (module, library)
        for module, names in IMPORTS.items()
        for library, home in homes.items()
        if any(within(name, library) for name in names) and not within(module, *home)
    }
    assert wrong == set()


# Streamlit's documentation promises these two. All its other modules are private doors, also those of classes that a documented
# function returns or raises (StreamlitPage, errors): it promises the function, and nothing of where the class lives.
DOCUMENTED = ("streamlit", "streamlit.testing.v1")
DOORS = ("pages.parts.streamlit_internals", "tests.streamlit_private", "tests.pages.parts.test_streamlit_internals")


def private_names(file: Path) -> Iterator[str]:
    """Names of Streamlit in a module that are nobody's promise: modules, imported or in a text; attributes that begin with _."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module is not None and within(node.module, "streamlit"):
            names = [f"{node.module}.{alias.name}" for alias in node.names if alias.name.startswith("_")]
            yield from [*names, *([node.module] if node.module not in DOCUMENTED else [])]
            yield from (f"streamlit.{alias.name}" for alias in node.names if _is_module(node.module, alias.name))
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if within(alias.name, "streamlit") and "." in alias.name)
        elif isinstance(node, ast.Attribute) and re.match(r"(st|at)\.(\w+\.)*_[a-z]", ast.unparse(node)):
            yield ast.unparse(node)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from re.findall(r"^streamlit(?:\.[a-z_]+)+$|^_streamlit\w+$", node.value)


def _is_module(package: str, name: str) -> bool:
    return package == "streamlit" and importlib.util.find_spec(f"streamlit.{name}") is not None


def test_private_names_of_streamlit_are_in_one_file() -> None:
    """And what tests alone need in another; tests/pages/parts/test_streamlit_internals.py compares both with what is installed."""
    tests = {dotted(file): file for file in (ROOT / "tests").rglob("*.py")}
    modules = {name: file for name, file in {**FILES, **tests}.items() if name not in DOORS}
    found = {name: sorted(private_names(file)) for name, file in modules.items()}
    assert {name: names for name, names in found.items() if names} == {}
    assert list(private_names(FILES["pages.parts.streamlit_internals"]))


_PACKAGES = {"docx": "python-docx"}  # whose name is not that of what it holds


def test_what_is_imported_is_declared_or_standard() -> None:
    """Nothing that only comes along with something else."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    declared = text[text.index("dependencies = [") : text.index("[dependency-groups]")]
    tops = (
        {name.split(".")[0] for names in IMPORTS.values() for name in names} - set(OURS) - set(sys.stdlib_module_names)
    )
    tops = {_PACKAGES.get(top, top) for top in tops}
    assert {top for top in tops if f'"{top}' not in declared} == set()


def test_nothing_happens_at_import() -> None:
    """Only scripts run: the pages (as the menu names them), the frame, the server, and what stands under __main__."""
    scripts = {"pages.participants.profile", "pages.participants.exits", "pages.legal.privacy"}
    wrong = {}
    for module, file in FILES.items():
        if file.name in ("page.py", "dashboard.py", "__main__.py") or module in scripts:
            continue
        running = [
            ast.unparse(node)[:80]
            for node in ast.parse(file.read_text(encoding="utf-8")).body
            if isinstance(node, ast.For | ast.While | ast.With | ast.Try)
            or (isinstance(node, ast.Expr) and not isinstance(node.value, ast.Constant))
        ]
        if running != AT_IMPORT.get(module, []):
            wrong[module] = running
    assert wrong == {}


def test_no_module_is_long_but_declarations() -> None:
    """A module has 250 lines at most, a page 80: what is longer holds two things. A declaration is read by entry, not from top to bottom."""
    declarations = {
        "data.codes",
        "data.schema",
        "pages.frame.menu",
        "pages.parts.terms",
        "queries.answers",
        "queries.vocabulary",
    }
    lines = {module: len(file.read_text(encoding="utf-8").splitlines()) for module, file in FILES.items()}
    assert {module: n for module, n in lines.items() if n > 250 and module not in declarations} == {}
    assert {module: n for module, n in lines.items() if module.endswith(".page") and n > 80} == {}
