"""What Debian must have beside Python: Qt's libraries, a font, a compiler, a virtual display.

Runs before anything of the project is installed, so the standard library has to do.
Each need is probed for itself rather than asked of the package manager: that works on other
systems too, and costs a few milliseconds when everything is there.
"""

import ctypes
import importlib.util
import os
import shutil
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

FONT_FOLDERS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path.home() / ".local/share/fonts",
)


@dataclass(frozen=True)
class Need:
    """A Debian package and how to tell, without Debian, that what it brings is there."""

    package: str
    is_there: Callable[[], bool]


def library(package: str, soname: str) -> Need:
    """Need a shared library that the loader finds under ``soname``."""

    def is_there() -> bool:
        try:
            ctypes.CDLL(soname)
        except OSError:
            return False
        return True

    return Need(package, is_there)


def program(package: str, name: str) -> Need:
    """Need an executable on the search path, or where those of the administrator lie."""
    path = f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/sbin"
    return Need(package, lambda: shutil.which(name, path=path) is not None)


def module(package: str, name: str) -> Need:
    """Need a module of the running Python that Debian ships apart."""
    return Need(package, lambda: importlib.util.find_spec(name) is not None)


def file(package: str, pattern: str) -> Need:
    """Need a file; ``pattern`` is a glob from the root."""
    return Need(package, lambda: any(Path("/").glob(pattern.lstrip("/"))))


def fonts(package: str, pattern: str) -> Need:
    """Need a font file; ``pattern`` is a glob below the folders for fonts."""
    return Need(package, lambda: any(any(folder.rglob(pattern)) for folder in FONT_FOLDERS))


NEEDS = (
    # Python and the one build from source (llama-cpp-python)
    module("python3-venv", "ensurepip"),
    program("build-essential", "g++"),
    program("build-essential", "make"),
    library("libgomp1", "libgomp.so.1"),
    # what Qt draws with
    library("libglib2.0-0", "libgthread-2.0.so.0"),
    library("libdbus-1-3", "libdbus-1.so.3"),
    library("libegl1", "libEGL.so.1"),
    library("libgl1", "libGL.so.1"),
    library("libfontconfig1", "libfontconfig.so.1"),
    library("libfreetype6", "libfreetype.so.6"),
    library("libxkbcommon0", "libxkbcommon.so.0"),
    # what Qt opens a window with
    library("libx11-xcb1", "libX11-xcb.so.1"),
    library("libxkbcommon-x11-0", "libxkbcommon-x11.so.0"),
    library("libxcb-cursor0", "libxcb-cursor.so.0"),
    library("libxcb-icccm4", "libxcb-icccm.so.4"),
    library("libxcb-image0", "libxcb-image.so.0"),
    library("libxcb-keysyms1", "libxcb-keysyms.so.1"),
    library("libxcb-randr0", "libxcb-randr.so.0"),
    library("libxcb-render-util0", "libxcb-render-util.so.0"),
    library("libxcb-shape0", "libxcb-shape.so.0"),
    library("libxcb-shm0", "libxcb-shm.so.0"),
    library("libxcb-sync1", "libxcb-sync.so.1"),
    library("libxcb-xfixes0", "libxcb-xfixes.so.0"),
    library("libxcb-xkb1", "libxcb-xkb.so.1"),
    # a readable face, and a display where there is none
    fonts("fonts-noto-core", "NotoSans-Regular.*"),
    program("xvfb", "Xvfb"),
    program("xauth", "xauth"),
    # what a test reads the window with from outside, as a screen reader does
    program("dbus-daemon", "dbus-run-session"),
    file("at-spi2-core", "/usr/libexec/at-spi-bus-launcher"),
    file("python3-gi", "/usr/lib/python3/dist-packages/gi/__init__.py"),
    file("gir1.2-atspi-2.0", "/usr/lib/*/girepository-1.0/Atspi-2.0.typelib"),
    # what the tests look with: at what the program asks the kernel for, at a profile's syntax
    program("strace", "strace"),
    program("util-linux", "unshare"),
    program("apparmor", "apparmor_parser"),
)


PACKAGING_NEEDS = (
    # what makes the packages
    program("binutils", "readelf"),
    program("chrpath", "chrpath"),
    program("dpkg", "dpkg-deb"),
    # what tries them: a clean system, its archive, other processors, Debian's own checks
    program("debootstrap", "debootstrap"),
    program("zstd", "zstd"),
    program("qemu-user", "qemu-x86_64"),
    program("strace", "strace"),
    program("lintian", "lintian"),
    program("appstream", "appstreamcli"),
    program("desktop-file-utils", "desktop-file-validate"),
)


def missing_packages(more: Iterable[Need] = ()) -> list[str]:
    """Return the Debian packages still needed, each once, in the order of ``NEEDS`` and ``more``."""
    return list(dict.fromkeys(need.package for need in (*NEEDS, *more) if not need.is_there()))


def may_install() -> bool:
    """Tell whether this user can install Debian packages right now."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(packages: list[str], run: Callable[[list[str]], None]) -> None:
    """Install ``packages`` with apt-get; ``run`` runs one command and raises when it fails."""
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    # An earlier run may have been interrupted while packages were being set up.
    subprocess.run(["dpkg", "--configure", "-a"], check=False, stdin=subprocess.DEVNULL)
    run(["apt-get", "update"])
    run(["apt-get", "install", "--yes", "--no-install-recommends", *packages])
