"""What may be in the bundle and what must not: chosen here once, held by ``tests/packaging``."""

import fnmatch
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

PACKAGE_DATA = {
    "desktop": ("**/*.toml",),
    "models": ("*.toml", "reader/weights/heads.npz", "reader/weights/calibration.json"),
    "guidelines_db": ("*.toml", "*.bin", "corpus/**/*"),
    "resources": ("**/*",),
}
"""Files beside the code that the program reads, by package."""

DATA_NOT_SHIPPED = (
    "models/reader/data/*",
    "models/reader/weights/layers.gguf",
    "models/reader/weights/expected.npz",
)
"""Files beside the code that only training, conversion and tests read."""

PYTHON_MODULES_LEFT_OUT = (
    # anything that speaks over a network, and what carries it
    *("ssl", "_ssl", "http", "urllib.request", "urllib.error", "urllib.robotparser", "asyncio", "_asyncio"),
    *("ftplib", "imaplib", "poplib", "smtplib", "nntplib", "telnetlib", "xmlrpc", "socketserver"),
    *("webbrowser", "wsgiref", "cgi", "multiprocessing.connection", "multiprocessing.managers"),
    *("requests", "urllib3", "httpx", "certifi", "websockets"),
    *(f"PySide6.Qt{name}" for name in ("Network", "Qml", "Quick", "WebEngineCore", "WebSockets", "Sql")),
    *(f"PySide6.Qt{name}" for name in ("OpenGL", "Test", "Concurrent", "Designer", "Help", "PrintSupport")),
    # OpenSSL: Python computes SHA-256 itself, three seconds slower for a large model, once
    "_hashlib",
    # tools of a developer
    *("tkinter", "pydoc", "doctest", "pdb", "lib2to3", "distutils", "ensurepip", "venv", "idlelib"),
    *(
        "pip",
        "setuptools",
        "wheel",
        "pytest",
        "_pytest",
        "mypy",
        "numpy.f2py",
        "IPython",
        "curses",
        "readline",
    ),
    *(
        "pygments",
        "lxml.html",
        "lxml.objectify",
        "lxml.isoschematron",
    ),  # parts of libraries that nobody calls
    *("gguf", "torch", "tokenizers", "PyInstaller", "models.build", "tests", "bench", "tools"),
)

_PLUGINS = (
    "platforms/libqxcb.so",
    "platforms/libqoffscreen.so",  # pictures and checks without a display
    "platforminputcontexts/libcomposeplatforminputcontextplugin.so",  # dead keys
    "platforminputcontexts/libibusplatforminputcontextplugin.so",
    "platformthemes/libqxdgdesktopportal.so",  # the desktop's own file dialogs
    "iconengines/libqsvgicon.so",
    "imageformats/libqsvg.so",
)
_QT_LIBRARIES = ("Core", "Gui", "Widgets", "Svg", "DBus", "XcbQpa")
_OF_THE_SYSTEM = (
    # What every desktop has and what has to fit it; it gets its corrections from the system.
    *("libX11.so*", "libX11-xcb.so*", "libXau.so*", "libXdmcp.so*", "libXext.so*", "libXrender.so*"),
    *("libxcb.so*", "libxcb-glx.so*", "libEGL*", "libGL*", "libOpenGL*", "libfontconfig.so*"),
    *("libfreetype.so*", "libpng16.so*", "libexpat.so*", "libbrotli*", "libglib-2.0*", "libgthread-2.0*"),
    *("libgobject-2.0*", "libgmodule-2.0*", "libpcre2-8*", "libdbus-1*", "libsystemd*", "libcap.so*"),
    *("libgcrypt*", "libgpg-error*", "liblz4*", "liblzma*", "libzstd*", "libz.so*", "libbz2*", "libuuid*"),
    *("libffi*", "libstdc++*", "libgcc_s*"),
)
_LEFT_OUT = (
    "libssl.so*",
    "libcrypto.so*",
    "PySide6/Qt/translations/*",  # but German, below
)

FORBIDDEN = (
    *("*QtNetwork*", "*Qt6Network*", "*WebEngine*", "*Qt6Qml*", "*QtQml*", "*Qt6Quick*", "*QtQuick*"),
    *("*libssl*", "*libcrypto*", "*_ssl.*", "*_hashlib.*", "*_asyncio.*", "*libcurl*", "*libgnutls*"),
    *("*tls/libq*", "*networkinformation*", "*/direct_url.json", "*.pyc", "*/__pycache__/*", "*.a", "*.h"),
    *("*/tests/*", "*/test/*", "*libllama-common*", "*libmtmd*"),
)
"""No path in the bundle may match one of these."""


def is_wanted(name: str) -> bool:
    """Tell whether PyInstaller's entry ``name``, a path inside the bundle, is to be there."""
    if name.startswith("PySide6/Qt/plugins/"):
        return name.removeprefix("PySide6/Qt/plugins/") in _PLUGINS
    if name == "PySide6/Qt/translations/qtbase_de.qm":
        return True
    base = name.rpartition("/")[2]
    if base.startswith("libQt6"):
        return base.removeprefix("libQt6").partition(".")[0] in _QT_LIBRARIES
    if base.startswith(("libggml", "libllama")):
        return name.startswith("llama_cpp/lib/")  # not the links that PyInstaller puts beside them
    if base == name and _matches(name, _OF_THE_SYSTEM):  # wheels bring some under their own folders
        return False
    return not _matches(name, _LEFT_OUT) and not _matches(base, _LEFT_OUT)


@dataclass(frozen=True)
class Folder:
    """A folder of a tree: how many files lie in it and below, and their size in bytes."""

    name: str
    files: int
    size: int


def files_of(tree: Path) -> Iterator[Path]:
    """Yield every file and link below ``tree`` in one fixed order."""
    for folder, names, files in os.walk(tree):
        names.sort()
        for name in sorted(files):
            yield Path(folder) / name
        yield from (Path(folder) / name for name in names if (Path(folder) / name).is_symlink())


def folders_of(tree: Path, depth: int) -> list[Folder]:
    """Return the folders of ``tree`` down to ``depth``, each with what lies in it and below."""
    counted: dict[str, tuple[int, int]] = {}
    for file in files_of(tree):
        parts = file.relative_to(tree).parts
        name = "/".join(parts[:-1][:depth]) or "."
        files, size = counted.get(name, (0, 0))
        counted[name] = (files + 1, size + file.lstat().st_size)
    return [Folder(name, *counted[name]) for name in sorted(counted)]


def forbidden_in(names: Iterable[str]) -> list[str]:
    """Return those of ``names`` that must not be there."""
    return [name for name in names if _matches(f"/{name}", FORBIDDEN)]


def _matches(name: str, patterns: Iterable[str]) -> bool:
    return any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns)
