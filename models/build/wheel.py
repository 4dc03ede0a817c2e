"""Compiles llama-cpp-python once from its source package and keeps the wheel for every later checkout."""

import hashlib
import os
import platform
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from models.build.place import BuildError, held, say
from models.system import cpu_flags

PACKAGE = "llama-cpp-python"
_RELEVANT_VARIABLES = ("CMAKE_ARGS", "CFLAGS", "CXXFLAGS", "FORCE_CMAKE")


def locked_version(lock: Path) -> str:
    """Return the version of llama-cpp-python in ``lock``; raise BuildError."""
    pattern = re.compile(rf"^{re.escape(PACKAGE)}==([^\s;\\]+)", re.MULTILINE)
    match = pattern.search(lock.read_text(encoding="utf-8")) if lock.is_file() else None
    if not match:
        raise BuildError(f"{lock.name} does not say which version of {PACKAGE} to build")
    return match[1]


def wheel_key(version: str) -> str:
    """Return a short key of all that decides what the compiler makes: it compiles for this very CPU."""
    values = [version, f"py{sys.version_info.major}", platform.system(), platform.machine()]
    values += [f"{name}={os.environ.get(name, '')}" for name in _RELEVANT_VARIABLES]
    values += sorted(cpu_flags())
    return f"{version}-{hashlib.sha256(chr(10).join(values).encode()).hexdigest()[:16]}"


def kept_wheel(folder: Path) -> Path | None:
    """Return the wheel in ``folder``, if one is there."""
    return next(iter(sorted(folder.glob("*.whl"))), None)


def build_wheel(cache: Path, *, build: bool = True, lock: Path | None = None) -> Path:
    """Return the wheel for this machine, compiled first if it is not in ``cache``; raise BuildError.

    ``build=False`` only looks. ``lock`` defaults to the checkout's ``requirements.lock``.
    """
    version = locked_version(lock or Path(__file__).resolve().parents[2] / "requirements.lock")
    folder = cache / "wheels" / wheel_key(version)
    if kept := kept_wheel(folder):
        return kept
    if not build:
        raise BuildError(f"{PACKAGE} {version} has not been compiled for this machine yet")
    with held(cache / "wheels" / f"{folder.name}.lock"):
        return kept_wheel(folder) or _compile(version, folder)


def _compile(version: str, folder: Path) -> Path:
    """Compile into a temporary folder and move the wheel to ``folder`` in one step."""
    say(f"compiling {PACKAGE} {version}; this takes about five minutes on two cores, once")
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-binary", PACKAGE]
    with tempfile.TemporaryDirectory(dir=folder.parent) as work:
        command += ["--wheel-dir", work, f"{PACKAGE}=={version}"]
        code = subprocess.run(command, check=False, stdout=sys.stderr).returncode
        if code < 0:
            raise BuildError(f"compiling {PACKAGE} was ended by signal {-code}; repeat the command")
        if code:
            raise BuildError(f"{PACKAGE} could not be compiled; a C and C++ compiler is needed (see above)")
        built = kept_wheel(Path(work))
        if built is None:
            raise BuildError(f"pip left no wheel of {PACKAGE}")
        return built.replace(folder / built.name)
