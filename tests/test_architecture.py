"""Reads every import of the program: who may know whom, and that nothing can reach a network."""

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("desktop", "models", "guidelines_db", "resources")

# A package may import itself and these; nothing else of ours.
ALLOWED = {
    "desktop": {"models", "guidelines_db", "resources"},
    "models": set(),
    "guidelines_db": set(),
    "resources": set(),
}

# Modules that open connections, or exist for those that do; by their beginning.
NETWORK = (
    "_socket",
    "aiohttp",
    "asyncio",
    "ftplib",
    "http",
    "httpx",
    "imaplib",
    "multiprocessing.connection",
    "multiprocessing.managers",
    "PySide6.QtNetwork",
    "PySide6.QtWebEngineCore",
    "PySide6.QtWebSockets",
    "poplib",
    "requests",
    "smtplib",
    "socket",
    "socketserver",
    "ssl",
    "telnetlib",
    "urllib3",
    "urllib.request",
    "webbrowser",
    "websockets",
    "xmlrpc",
)

# The window. Everything else in desktop serves window and command line alike, and is free of Qt.
QT_FILES = (
    "desktop/app.py",
    "desktop/application.py",
    "desktop/background.py",
    "desktop/bridge.py",
    "desktop/log.py",
    "desktop/proof_pdf.py",
    "desktop/rehearsal.py",
    "desktop/single_window.py",
    "desktop/start_watch.py",
    "desktop/theme.py",
    "desktop/widgets/",
)

# Tools of a build machine; the installed program holds neither them nor what they stand on.
TRAINING = ("evaluate", "network", "packing", "publish", "tokens", "train")
BUILD_TIME = (
    *("models.build", "desktop.build_index", "gguf", "tokenizers", "torch", "transformers"),
    *(f"models.reader.{name}" for name in TRAINING),
)
BUILD_FILES = (
    *("models/build/", "desktop/build_index.py"),
    *(f"models/reader/{name}.py" for name in TRAINING),
)


@dataclass(frozen=True)
class Import:
    """One imported module and where: ``module`` is the dotted name, with the names taken from it."""

    file: str
    line: int
    module: str

    def __str__(self) -> str:
        """Point at the line."""
        return f"{self.file}:{self.line} imports {self.module}"

    def is_from(self, *beginnings: str) -> bool:
        """Tell whether the module is one of ``beginnings`` or lies inside one."""
        return any(self.module == name or self.module.startswith(f"{name}.") for name in beginnings)


def source_files() -> list[Path]:
    """Return all Python files of the program."""
    return sorted(file for package in PACKAGES for file in (ROOT / package).rglob("*.py"))


def package_of(file: Path) -> list[str]:
    """Return the dotted parts of the package that ``file`` lies in."""
    return list(file.relative_to(ROOT).parent.parts)


def imports_of(file: Path) -> Iterator[Import]:
    """Yield every import in ``file``, also those inside functions and the dynamic ones."""
    name = file.relative_to(ROOT).as_posix()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"), name)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(name, node.lineno, alias.name)
        elif isinstance(node, ast.ImportFrom):
            here = package_of(file)
            base = here[: len(here) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            yield Import(name, node.lineno, module)
            for alias in node.names:
                yield Import(name, node.lineno, f"{module}.{alias.name}")
        elif isinstance(node, ast.Call) and "import" in ast.unparse(node.func):
            first = node.args[0] if node.args else None
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield Import(name, node.lineno, first.value)


IMPORTS = [found for file in source_files() for found in imports_of(file)]


def is_window(file: str) -> bool:
    """Tell whether ``file`` belongs to the window."""
    return file.startswith(QT_FILES)


def offences(imports: list[Import]) -> str:
    """Put what was found into one readable message."""
    return "\n".join(sorted({str(found) for found in imports}))


def test_every_package_is_read() -> None:
    """The rest of this file says nothing if it reads nothing."""
    assert {found.file.split("/")[0] for found in IMPORTS} >= {"desktop", "models", "guidelines_db"}


@pytest.mark.parametrize("package", PACKAGES)
def test_packages_know_only_what_they_may(package: str) -> None:
    """Index and model work without each other and without the window."""
    forbidden = [other for other in (*PACKAGES, "tests", "bench", "tools") if other != package]
    forbidden = [other for other in forbidden if other not in ALLOWED[package]]
    wrong = [found for found in IMPORTS if found.file.startswith(f"{package}/") and found.is_from(*forbidden)]
    assert not wrong, offences(wrong)


def test_qt_is_known_in_the_window_alone() -> None:
    """Question and answer work without Qt: in the worker, on the command line, in a build."""
    wrong = [
        found for found in IMPORTS if found.is_from("PySide6", "shiboken6") and not is_window(found.file)
    ]
    assert not wrong, offences(wrong)


def test_the_window_is_loaded_only_where_it_is_opened() -> None:
    """The rest of desktop takes the window in at a call, if at all, and never when it is itself taken in."""
    windows = {name.removesuffix(".py").rstrip("/").replace("/", ".") for name in QT_FILES}
    for file in sorted((ROOT / "desktop").rglob("*.py")):
        name = file.relative_to(ROOT).as_posix()
        if is_window(name):
            continue
        body = ast.parse(file.read_text(encoding="utf-8")).body
        top = {alias.name for node in body if isinstance(node, ast.Import) for alias in node.names}
        top |= {node.module or "" for node in body if isinstance(node, ast.ImportFrom)}
        assert not top & windows, f"{name} loads the window with {sorted(top & windows)}"


def test_the_list_of_window_files_is_true() -> None:
    """Each file of the list is there and knows Qt; a stale list would hide an offence."""
    for name in QT_FILES:
        assert any(found.is_from("PySide6") for found in IMPORTS if found.file.startswith(name)), name


def test_nothing_can_reach_a_network() -> None:
    """The promise of the window, "nichts verlässt diesen Rechner", begins with what is never loaded."""
    wrong = [found for found in IMPORTS if found.is_from(*NETWORK)]
    assert not wrong, offences(wrong)


def test_llama_is_loaded_in_the_engine_alone() -> None:
    """A crash of native code must be able to hit the worker process only."""
    wrong = [
        found
        for found in IMPORTS
        if found.is_from("llama_cpp") and not found.file.startswith("models/engine/")
    ]
    assert not wrong, offences(wrong)


def test_build_tools_are_not_needed_at_run_time() -> None:
    """The installed program neither holds nor misses what only a build machine does."""
    wrong = [
        found for found in IMPORTS if found.is_from(*BUILD_TIME) and not found.file.startswith(BUILD_FILES)
    ]
    assert not wrong, offences(wrong)


def test_set_up_runs_on_a_bare_python() -> None:
    """What makes the environment cannot stand on anything in it."""
    folder = ROOT / "tools"
    ours = {file.stem for file in folder.glob("*.py")}
    wrong = [
        found
        for file in folder.glob("*.py")
        for found in imports_of(file)
        if found.module.split(".")[0] not in sys.stdlib_module_names | ours
    ]
    assert not wrong, offences(wrong)
