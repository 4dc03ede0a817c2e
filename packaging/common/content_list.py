"""The list of what the bundle holds: every part with the room it may take, in ``contents.txt`` beside this file.

A part is a folder or library directly in the bundle's folder of libraries, a folder or file beside it, or a Python
package inside the program file (Python's own apart). Versions are left out of the names, so that a new version of a
library needs no new list, and a new library does.
"""

import re
import sys
from pathlib import Path

from PyInstaller.archive.readers import CArchiveReader

from common.contents import PYTHON_MODULES_LEFT_OUT, files_of

LIST = Path(__file__).with_name("contents.txt")
_VERSION = re.compile(
    r"-\d[\w.+]*(?=\.dist-info$)|(?<=\.so)\.[\d.]+$|(?<=python)3\.\d+|-[0-9a-f]{8}(?:-[0-9a-f]{8})?(?=\.so)"
)
_LIBRARIES = "_internal"
_MB = 1_000_000


def read_list(file: Path = LIST) -> dict[str, float]:
    """Return the room in MB that each part may take."""
    lines = [line.split(None, 1) for line in file.read_text("utf-8").splitlines()]
    return {name.strip(): float(room) for room, name in lines if room != "#"}


def parts_of(bundle: Path) -> dict[str, int]:
    """Return the size in bytes of each part of ``bundle``."""
    found: dict[str, int] = {}
    for file in files_of(bundle):
        parts = file.relative_to(bundle).parts
        deep = 2 if parts[0] in {_LIBRARIES, "share"} else 1
        name = _VERSION.sub("", "/".join(parts[:deep]))
        if "cpython" in name:
            name = re.sub(r"\.cpython-\d+-[\w-]+", "", name)
        found[name] = found.get(name, 0) + file.lstat().st_size
    for module, size in modules_of(bundle).items():
        top = module.partition(".")[0]
        if top not in sys.stdlib_module_names and not top.startswith(("_pyi", "pyi", "pyimod")):
            found[f"module {top}"] = found.get(f"module {top}", 0) + size
    return found


def modules_of(bundle: Path) -> dict[str, int]:
    """Return the Python modules inside the program file of ``bundle`` with their sizes in bytes, compressed."""
    archive = CArchiveReader(str(bundle / "leitstern"))
    name = next(name for name in archive.toc if name.endswith(".pyz"))
    return {module: entry[2] for module, entry in archive.open_embedded_archive(name).toc.items()}


def forbidden_modules(bundle: Path) -> list[str]:
    """Return the modules in ``bundle`` that must not be there, whoever has brought them."""
    left_out = set(PYTHON_MODULES_LEFT_OUT)
    return [
        module
        for module in modules_of(bundle)
        if left_out & {module.rsplit(".", cut)[0] for cut in range(module.count(".") + 1)}
    ]


def deviations(bundle: Path, allowed: dict[str, float]) -> list[str]:
    """Return in words what is in ``bundle`` and not in the list, takes more room, or is missing."""
    found = parts_of(bundle)
    said = [
        f"not in the list: {name} ({size / _MB:.1f} MB)"
        for name, size in found.items()
        if name not in allowed
    ]
    said += [
        f"too large: {name} has {size / _MB:.1f} MB, the list allows {allowed[name]:g}"
        for name, size in found.items()
        if name in allowed and size > allowed[name] * _MB
    ]
    said += [f"must not be there: module {name}" for name in forbidden_modules(bundle)]
    return said + [f"missing: {name}" for name in allowed if name not in found]


def listed(bundle: Path) -> str:
    """Return the list as it would have to be for ``bundle``, with a tenth of room to grow."""
    lines = [f"{_room(size):8} {name}\n" for name, size in sorted(parts_of(bundle).items())]
    return (
        "# MB allowed, part; made by `python packaging/build.py bundle --accept`, to be read before it is committed\n"
        + "".join(lines)
    )


def _room(size: int) -> str:
    return f"{max(0.1, -(-size * 11 // _MB) / 10):.1f}"
