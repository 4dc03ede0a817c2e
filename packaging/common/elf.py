"""Programs and libraries of Linux: what they ask the loader for, and where they look for it."""

import re
import subprocess
from pathlib import Path

from common.contents import files_of

_NEEDED = re.compile(r"\(NEEDED\)\s+Shared library: \[([^\]]+)\]")
_PATH = re.compile(r"\((?:RPATH|RUNPATH)\)\s+Library \w+: \[([^\]]*)\]")


def is_elf(file: Path) -> bool:
    """Tell whether ``file`` is a program or library of Linux."""
    with file.open("rb") as stream:
        return stream.read(4) == b"\x7fELF"


def elf_files(tree: Path) -> list[Path]:
    """Return the programs and libraries below ``tree``, without links to them."""
    return [file for file in files_of(tree) if not file.is_symlink() and is_elf(file)]


def needed_by(file: Path) -> list[str]:
    """Return the sonames that the library or program ``file`` asks the loader for."""
    return _NEEDED.findall(_dynamic_section(file))


def strip(file: Path) -> None:
    """Take symbols for debuggers out of ``file``, if there are any: a second strip makes some files larger."""
    sections = subprocess.run(["readelf", "-SW", file], check=True, capture_output=True, text=True).stdout
    if ".symtab" in sections:
        subprocess.run(["strip", "--strip-unneeded", file], check=True)


def forget_foreign_paths(file: Path) -> None:
    """Take the folder of the build machine out of ``file`` in which it would look for libraries first."""
    if any(
        not part.startswith("$ORIGIN") for part in ":".join(_PATH.findall(_dynamic_section(file))).split(":")
    ):
        subprocess.run(["chrpath", "--delete", file], check=True, stdout=subprocess.DEVNULL)


def unused_libraries(inner: Path, kept: set[str]) -> list[Path]:
    """Return the libraries directly in ``inner`` that nothing below it asks for; ``kept`` are opened by name."""
    files = elf_files(inner)
    beside = {file.name: file for file in files if file.parent == inner and ".so" in file.name}
    waiting = [file for file in files if file.name not in beside or file.parent != inner or file.name in kept]
    waiting += [file for file in beside.values() if "cpython" in file.name]  # modules of Python
    used: set[Path] = set()
    while waiting:
        file = waiting.pop()
        if file not in used:
            used.add(file)
            waiting += [beside[name] for name in needed_by(file) if name in beside]
    return [file for file in beside.values() if file not in used]


def _dynamic_section(file: Path) -> str:
    return subprocess.run(["readelf", "-dW", file], check=True, capture_output=True, text=True).stdout
