"""Writes the copyright file of each package in Debian's machine-readable form (DEP-5)."""

import re
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from common.places import ROOT

from desktop import licences
from models.catalogue import ModelEntry

HOLDER = "2026 Leitstern maintainers"
SOURCE = "Der Quelltext liegt bei der Stelle, von der Sie dieses Paket haben."
_COMMON = (  # texts that every Debian system has
    ("GNU LESSER GENERAL PUBLIC LICENSE", "LGPL-3"),
    ("GNU GENERAL PUBLIC LICENSE", "GPL-3"),
    ("Apache License", "Apache-2.0"),
)
_HOLDER = re.compile(
    r"^\W{0,4}((?:©|\(c\)|copyright\b)(?:\W*(?:©|\(c\)|copyright))*\s+.*\d{4}.*)$",
    re.IGNORECASE | re.MULTILINE,
)
_WORD = re.compile(r"[^A-Za-z0-9.+-]+")


@dataclass(frozen=True)
class Stanza:
    """Files under one licence."""

    files: tuple[str, ...]
    holders: tuple[str, ...]
    licence: str  # a short name, used once
    text: str


def program_copyright(inner: str, qt_version: str, debian_libraries: Iterable[str]) -> str:
    """Return the file for the program. ``inner`` is the bundle's folder of libraries, without leading slash;
    ``debian_libraries`` are the names of those taken from Debian."""
    stanzas = [Stanza(("*",), (HOLDER,), "EUPL-1.2", (ROOT / "LICENSE").read_text("utf-8"))]
    for part in licences.all_parts(qt_version):
        if part.kind in {licences.LIBRARY, licences.COMPONENT}:
            stanzas.append(_stanza(part, tuple(f"{inner}/{pattern}" for pattern in _patterns(part))))
        elif part.kind == licences.MODEL and "multilingual-e5" in part.name:
            stanzas.append(_stanza(part, ("usr/lib/leitstern/share/models/*",)))
    libraries = tuple(f"{inner}/{name}" for name in sorted(debian_libraries))
    named = "Each library's own copyright file is in /usr/share/doc/leitstern/libraries/."
    stanzas.append(Stanza(libraries, ("the authors of each library",), "as-in-Debian", named))
    return _written(stanzas)


def model_copyright(entry: ModelEntry) -> str:
    """Return the file for the package of one language model."""
    part = next(part for part in licences.all_parts("") if part.name == entry.title)
    own = Stanza(("debian/*",), (HOLDER,), "EUPL-1.2", (ROOT / "LICENSE").read_text("utf-8"))
    return _written([_stanza(part, ("*",)), own])


def debian_package_of(file: Path) -> str | None:
    """Return the Debian package that ``file`` of this system belongs to, None if to none."""
    for path in {
        file,
        file.resolve(),
        Path(str(file).removeprefix("/usr")),
        Path("/usr") / str(file).lstrip("/"),
    }:
        found = subprocess.run(["dpkg-query", "-S", path], check=False, capture_output=True, text=True)
        if found.returncode == 0:
            return found.stdout.split(":")[0].strip()
    return None


def _patterns(part: licences.Part) -> tuple[str, ...]:
    """Return where the files of ``part`` lie, relative to the bundle's folder of libraries."""
    components = {
        "Python": ("libpython*", "base_library.zip", "lib-dynload/*", "python3.*"),
        "Qt": ("PySide6/Qt/*",),
        "SQLite": ("libsqlite3*",),
        "llama.cpp und ggml": ("llama_cpp/lib/*",),
    }
    folder = _WORD.sub("_", part.name).lower()
    return components.get(part.name, (f"{folder.replace('-', '_')}-{part.version}.dist-info/*",))


def _stanza(part: licences.Part, files: tuple[str, ...]) -> Stanza:
    text = licences.read_texts(part)
    holders = tuple(dict.fromkeys(line.strip() for line in _HOLDER.findall(text)))[:20]
    references = [name for title, name in _COMMON if title in text]
    if references:
        where = ", ".join(f"/usr/share/common-licenses/{name}" for name in references)
        text = f"On Debian systems the full text is in {where}."
        holders = ()
    short = _WORD.sub("-", f"{part.licence or 'see-text'} {part.name}").strip("-")
    return Stanza(
        files, holders or (f"the authors of {part.name}",), short, text or f"{part.licence}. {part.note}"
    )


def _written(stanzas: list[Stanza]) -> str:
    header = [
        "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/",
        "Upstream-Name: Leitstern",
        f"Source: {SOURCE}",
    ]
    blocks = ["\n".join(header)]
    for one in stanzas:
        files = "\n ".join(one.files)
        holders = "\n ".join(one.holders)
        text = "\n".join(
            f" {line.rstrip()}" if line.strip() else " ." for line in one.text.strip().splitlines()
        )
        blocks.append(f"Files: {files}\nCopyright: {holders}\nLicense: {one.licence}\n{text}")
    return "\n\n".join(blocks) + "\n"
