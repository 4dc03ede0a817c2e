"""Which libraries of the system the bundle needs, and so which Debian packages."""

from pathlib import Path

from common.contents import files_of
from common.elf import elf_files, needed_by

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
    "libbz2.so.1.0": "libbz2-1.0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libexpat.so.1": "libexpat1",
    "libffi.so.8": "libffi8",
    "libgcc_s.so.1": "libgcc-s1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "liblzma.so.5": "liblzma5",
    "libstdc++.so.6": "libstdc++6 (>= 12)",
    "libuuid.so.1": "libuuid1",
    "libzstd.so.1": "libzstd1",
}
"""What every desktop has and what has to fit its system; ``common/contents.py`` leaves it out of the bundle."""


def needed_packages(bundle: Path) -> list[str]:
    """Return the packages that ``bundle`` needs, by name; raise BuildError for a library nobody brings."""
    inside = {file.name for file in files_of(bundle)}
    outside = {name for file in elf_files(bundle) for name in needed_by(file)} - inside
    if unknown := outside - SYSTEM_PACKAGES.keys():
        raise BuildError(f"neither in the bundle nor known as Debian's: {', '.join(sorted(unknown))}")
    return sorted({SYSTEM_PACKAGES[name] for name in outside})
