"""What is installed, file by file: the list that the build writes, and how the disk differs from it.

The packaged program carries the list ``inventory.json`` beside its executable; the build's last step writes it with
:func:`write_inventory`. A checkout has none: there the lists that pip keeps of each package take its place.
"""

import base64
import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.metadata import Distribution
from pathlib import Path

INVENTORY = "inventory.json"
_VERSION = 1
_MADE_HERE = re.compile(
    r"(^|/)(INSTALLER|REQUESTED|direct_url\.json)$|\.pyc$|^\.\."
)  # differs between installations


@dataclass(frozen=True)
class Inventory:
    """``files`` maps paths below the program's folder to their SHA-256, or to "-> target" for links.

    ``packages`` maps names of Python packages to the SHA-256 of the list of files they were delivered with.
    """

    files: Mapping[str, str]
    packages: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Difference:
    """Paths that are not as the list says; ``checked`` is the number of files compared."""

    checked: int
    changed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    added: tuple[str, ...] = ()

    @property
    def none(self) -> bool:
        """Whether everything is as the list says."""
        return not (self.changed or self.missing or self.added)


def write_inventory(folder: Path, packages: Iterable[Distribution] = ()) -> Path:
    """Write the list of all that lies in ``folder`` into it; return the list's file. Raises OSError.

    The same files give the same bytes. ``packages`` are those of the building machine, with their lists of files.
    """
    content = {
        "version": _VERSION,
        "packages": {package.name: delivered_sum(package) for package in packages},
        "files": dict(_lying_in(folder)),
    }
    file = folder / INVENTORY
    file.write_text(
        json.dumps(content, indent=0, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    return file


def read_inventory(folder: Path) -> Inventory | None:
    """Return the list in ``folder``; None if there is none, or none that can be read."""
    try:
        content = json.loads((folder / INVENTORY).read_text(encoding="utf-8"))
        if content["version"] != _VERSION:
            return None
        files = {str(name): str(sum_) for name, sum_ in content["files"].items()}
        packages = {str(name): str(sum_) for name, sum_ in content["packages"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return Inventory(files, packages)


def compare(folder: Path, inventory: Inventory) -> Difference:
    """Return how ``folder`` differs from ``inventory``; every file is read. A file that cannot be read is changed."""
    found = dict(_lying_in(folder))
    return Difference(
        checked=len(inventory.files),
        changed=tuple(
            sorted(
                name for name in inventory.files.keys() & found.keys() if inventory.files[name] != found[name]
            )
        ),
        missing=tuple(sorted(inventory.files.keys() - found.keys())),
        added=tuple(sorted(found.keys() - inventory.files.keys())),
    )


def compare_packages(packages: Iterable[Distribution]) -> Difference:
    """Return how the installed ``packages`` differ from pip's own lists; what was added these lists do not tell."""
    checked = 0
    changed, missing = [], []
    for package in packages:
        for name, wanted in delivered_files(package):
            checked += 1
            found = _sum_of(Path(str(package.locate_file(name))))
            if not found:
                missing.append(name)
            elif found != wanted:
                changed.append(name)
    return Difference(checked, tuple(sorted(changed)), tuple(sorted(missing)))


def delivered_files(package: Distribution) -> Iterator[tuple[str, str]]:
    """Yield path and SHA-256 of each file that ``package`` was delivered with, as its list says."""
    for file in package.files or ():
        name = file.as_posix()
        if file.hash is not None and file.hash.mode == "sha256" and not _MADE_HERE.search(name):
            padded = file.hash.value + "=" * (-len(file.hash.value) % 4)
            yield name, base64.urlsafe_b64decode(padded).hex()


def delivered_sum(package: Distribution) -> str:
    """Return the SHA-256 of the sorted lines "sum  path" of :func:`delivered_files`; "" if there is no list."""
    lines = sorted(f"{sum_}  {name}\n" for name, sum_ in delivered_files(package))
    return hashlib.sha256("".join(lines).encode()).hexdigest() if lines else ""


def sum_of_file(file: Path) -> str:
    """Return the SHA-256 of ``file``, "" if it cannot be read."""
    return _sum_of(file)


def _lying_in(folder: Path) -> Iterator[tuple[str, str]]:
    for place, folders, files in os.walk(folder):
        folders.sort()
        links = [name for name in folders if (Path(place) / name).is_symlink()]
        for name in sorted([*files, *links]):
            file = Path(place) / name
            path = file.relative_to(folder).as_posix()
            if path != INVENTORY:
                yield path, f"-> {file.readlink()}" if file.is_symlink() else _sum_of(file)


def _sum_of(file: Path) -> str:
    if not file.is_file():
        return ""  # a FIFO would be waited for without end
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""
