"""Compiles llama-cpp-python once, for any x86-64 processor, and keeps the wheel for every checkout and package.

The ordinary build fits only the machine that made it, and not even that surely: on processors with matrix tiles
(AMX) its code for 4-bit weights crashes. Here the engine comes in several variants of the same code, each for one
generation of processors, and picks the best that runs (``models/engine/backends.py``).
"""

import hashlib
import os
import platform
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from models.build.place import BuildError, held, say

PACKAGE = "llama-cpp-python"
VARIANTS = ("x64", "sse42", "haswell", "alderlake", "icelake")
"""Of fourteen that ggml knows: no extension at all (some virtual machines hide them), small and old
processors, AVX2 since 2013, AVX2 with VNNI (office PCs since 2021), AVX-512 with VNNI."""

_OPTIONS = (
    "GGML_NATIVE=OFF",
    "GGML_BACKEND_DL=ON",
    "GGML_CPU_ALL_VARIANTS=ON",
    "LLAVA_BUILD=OFF",
    "LLAMA_BUILD_TESTS=OFF",
    "LLAMA_BUILD_EXAMPLES=OFF",
    "LLAMA_BUILD_TOOLS=OFF",
    "LLAMA_BUILD_SERVER=OFF",
    "CMAKE_INSTALL_BINDIR=llama_cpp/lib",
    "CMAKE_INSTALL_LIBDIR=llama_cpp/lib",
    # One file per library instead of three: wheels hold no links, and two copies of one library in a
    # process would be two lists of variants, of which the model sees the empty one.
    "CMAKE_PLATFORM_NO_VERSIONED_SONAME=ON",
)
_VARIANT_LINE = re.compile(r"^ *ggml_add_cpu_backend_variant\((\w+)", re.MULTILINE)
_FORCED_COMMON = "set(LLAMA_BUILD_COMMON ON "


def locked_version(lock: Path) -> str:
    """Return the version of llama-cpp-python in ``lock``; raise BuildError."""
    return _locked(lock)[1]


def wheel_key(version: str) -> str:
    """Return a short key of all that decides what the compiler makes."""
    values = [version, platform.system(), platform.machine(), *platform.libc_ver(), *VARIANTS, *_OPTIONS]
    return f"{version}-portable-{hashlib.sha256(chr(10).join(values).encode()).hexdigest()[:16]}"


def kept_wheel(folder: Path) -> Path | None:
    """Return the wheel in ``folder``, if one is there."""
    return next(iter(sorted(folder.glob("*.whl"))), None)


def build_wheel(cache: Path, *, build: bool = True, lock: Path | None = None) -> Path:
    """Return the wheel, compiled first if it is not in ``cache``; raise BuildError.

    ``build=False`` only looks. ``lock`` defaults to the checkout's ``requirements.lock``.
    """
    lock = lock or Path(__file__).resolve().parents[2] / "requirements.lock"
    version = locked_version(lock)
    folder = cache / "wheels" / wheel_key(version)
    if kept := kept_wheel(folder):
        return kept
    if not build:
        raise BuildError(f"{PACKAGE} {version} has not been compiled yet")
    with held(cache / "wheels" / f"{folder.name}.lock"):
        return kept_wheel(folder) or _compile(version, folder, lock)


def cut_to_variants(cmake: str) -> str:
    """Return ggml's list of variants without those that are not wanted; raise BuildError if one is gone."""
    found = set(_VARIANT_LINE.findall(cmake))
    if missing := set(VARIANTS) - found:
        raise BuildError(f"ggml no longer has the variants {', '.join(sorted(missing))}")
    lines = cmake.splitlines(keepends=True)
    return "".join(line for line in lines if not (name := _VARIANT_LINE.match(line)) or name[1] in VARIANTS)


def _locked(lock: Path) -> re.Match[str]:
    """Return the lock's lines (version, marker, hashes) for llama-cpp-python; group 1 is the version."""
    pattern = re.compile(rf"^{re.escape(PACKAGE)}==([^\s;\\]+)(?:.*\\\n)*.*\n?", re.MULTILINE)
    match = pattern.search(lock.read_text(encoding="utf-8")) if lock.is_file() else None
    if not match:
        raise BuildError(f"{lock.name} does not say which version of {PACKAGE} to build")
    return match


def _compile(version: str, folder: Path, lock: Path) -> Path:
    """Compile in a temporary folder and move the wheel to ``folder`` in one step."""
    say(f"compiling {PACKAGE} {version} for any processor; this takes ten minutes on two cores, once")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="portable-", dir=folder.parent) as name:
        work = Path(name)
        source = _patched_source(version, work, lock)
        environment = os.environ | {
            "CMAKE_ARGS": " ".join(f"-D{option}" for option in _OPTIONS),
            "CFLAGS": f"-ffile-prefix-map={source}=.",
            "CXXFLAGS": f"-ffile-prefix-map={source}=.",
            "SOURCE_DATE_EPOCH": "315532800",
        }
        _pip("wheel", "--no-deps", "--wheel-dir", work, source, environment=environment)
        built = kept_wheel(work)
        if built is None:
            raise BuildError(f"pip left no wheel of {PACKAGE}")
        return built.replace(folder / built.name)


def _patched_source(version: str, work: Path, lock: Path) -> Path:
    """Fetch the locked source package, check its hash and cut it to what is needed."""
    wanted = work / "source.txt"
    wanted.write_text(_locked(lock).group(), "utf-8")
    _pip("download", "--no-deps", "--no-binary", PACKAGE, "--require-hashes", "-r", wanted, "--dest", work)
    with tarfile.open(next(work.glob("*.tar.gz"))) as archive:
        archive.extractall(work, filter="data")
    source = next(path for path in work.iterdir() if path.is_dir())
    ggml = source / "vendor/llama.cpp/ggml/src/CMakeLists.txt"
    ggml.write_text(cut_to_variants(ggml.read_text("utf-8")), "utf-8")
    top = source / "CMakeLists.txt"
    text = top.read_text("utf-8")
    if _FORCED_COMMON not in text:
        raise BuildError(f"{PACKAGE} {version} builds llama.cpp's programs in another way than before")
    top.write_text(text.replace(_FORCED_COMMON, "set(LLAMA_BUILD_COMMON OFF "), "utf-8")
    return source


def _pip(*arguments: str | Path, environment: dict[str, str] | None = None) -> None:
    command = [sys.executable, "-m", "pip", *(str(part) for part in arguments)]
    code = subprocess.run(command, check=False, stdout=sys.stderr, env=environment).returncode
    if code < 0:
        raise BuildError(f"pip {arguments[0]} was ended by signal {-code}; repeat the command")
    if code:
        raise BuildError(f"pip {arguments[0]} ended with {code}; a C and C++ compiler is needed (see above)")
