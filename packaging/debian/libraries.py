"""Which libraries of the system the bundle needs, and so which Debian packages."""

import re
import subprocess
from collections.abc import Iterable
from pathlib import Path

from common.contents import files_of, is_elf

from models.build.place import BuildError

SYSTEM_PACKAGES = {
    "ld-linux-x86-64.so.2": "libc6 (>= 2.36)",
    "libc.so.6": "libc6 (>= 2.36)",
    "libdl.so.2": "libc6 (>= 2.36)",
    "libm.so.6": "libc6 (>= 2.36)",
    "libpthread.so.0": "libc6 (>= 2.36)",
    "libresolv.so.2": "libc6 (>= 2.36)",
    "librt.so.1": "libc6 (>= 2.36)",
    "libutil.so.1": "libc6 (>= 2.36)",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libGLX.so.0": "libgl1",
    "libOpenGL.so.0": "libopengl0",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb.so.1": "libxcb1",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libz.so.1": "zlib1g",
}
"""What every desktop has and what has to fit its system: the C library, the display, fonts."""

OPENED_LATER = ("libdbus-1-3",)
"""Qt opens this one by itself; without it screen readers and the desktop's file dialogs would be missing."""

_NEEDED = re.compile(r"\(NEEDED\)\s+Shared library: \[([^\]]+)\]")


def needed_packages(bundle: Path) -> list[str]:
    """Return the packages that ``bundle`` needs, by name; raise BuildError for a library nobody brings."""
    files = [file for file in files_of(bundle) if not file.is_symlink() and is_elf(file)]
    inside = {file.name for file in files_of(bundle)}
    outside = {name for file in files for name in needed_by(file)} - inside
    if unknown := outside - SYSTEM_PACKAGES.keys():
        raise BuildError(f"neither in the bundle nor known as Debian's: {', '.join(sorted(unknown))}")
    return sorted({SYSTEM_PACKAGES[name] for name in outside} | set(OPENED_LATER))


def needed_by(file: Path) -> Iterable[str]:
    """Return the sonames that the library or program ``file`` asks the loader for."""
    shown = subprocess.run(["readelf", "-dW", file], check=True, capture_output=True, text=True)
    return _NEEDED.findall(shown.stdout)
