"""Makes the bundle: a folder with the program, its Python, its Qt, its index and its small models."""

import os
import shutil
import sqlite3
import sys
import zipfile
from contextlib import closing
from datetime import UTC, datetime
from importlib.metadata import Distribution, distribution
from pathlib import Path

from steps import Stamps, Timed, digest_of, run_logged

from common.contents import PYTHON_MODULES_LEFT_OUT, files_of, forbidden_in
from common.elf import elf_files, forget_foreign_paths, is_elf, strip, unused_libraries
from common.places import BUNDLE, LOCK, ROOT, WORK, source_date
from desktop.inventory import write_inventory
from desktop.licences import runtime_packages
from desktop.paths import find_paths
from guidelines_db.build import file_digest
from models.build.fetch import fetch
from models.build.place import BuildError, cache_folder
from models.build.wheel import build_wheel
from models.catalogue import load_catalogue

BUNDLED_MODELS = ("multilingual-e5-small", "leitstern-reader")  # small; without them it only half works
_SOURCES = ("desktop", "models", "guidelines_db", "resources", "packaging/common", "pyproject.toml")
_NOT_STRIPPED = {"numpy.libs"}  # changed by its makers after linking, in a way that strip breaks
_NOT_SHIPPED = ("direct_url.json", "RECORD", "INSTALLER", "REQUESTED")


def make_bundle() -> Path:
    """Make the bundle if its sources have changed since the last one; return its folder."""
    wheel = build_wheel(cache_folder(), lock=LOCK)
    index = find_paths().shipped_index
    stamps = Stamps(WORK / ".steps")
    key = digest_of(
        [*(ROOT / name for name in _SOURCES), LOCK, wheel, index], sys.version, str(source_date())
    )
    if stamps.is_done("bundle", key) and BUNDLE.is_dir():
        return BUNDLE
    with Timed("Bundling the program with its Python and Qt"):
        shutil.rmtree(BUNDLE.parent, ignore_errors=True)
        unpack_engine(WORK / "engine")
        _run_pyinstaller()
        _add_package_data()
        _add_share(index)
        _take_away()
    stamps.set_done("bundle", key)
    return BUNDLE


def unpack_engine(folder: Path) -> None:
    """Lay the engine, as it is in its wheel, into ``folder``."""
    wheel = build_wheel(cache_folder(), lock=LOCK)
    shutil.rmtree(folder, ignore_errors=True)
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)


def _run_pyinstaller() -> None:
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(WORK / "home"),
        "PYTHONPATH": f"{WORK / 'engine'}:{ROOT}",
        "PYTHONHASHSEED": "1",
        "SOURCE_DATE_EPOCH": str(source_date()),
        "PYINSTALLER_CONFIG_DIR": str(WORK / "pyinstaller"),
        "LC_ALL": "C.UTF-8",
    }
    command: list[str | Path] = [
        sys.executable,
        "-m",
        "PyInstaller",
        "--noconfirm",
        "--clean",
        "--log-level",
        "WARN",
    ]
    command += [
        "--distpath",
        BUNDLE.parent,
        "--workpath",
        WORK / "pyinstaller",
        "packaging/common/leitstern.spec",
    ]
    run_logged(
        ["env", "-i", *(f"{name}={value}" for name, value in environment.items()), *command],
        WORK / "pyinstaller.log",
    )


def _add_package_data() -> None:
    """Add name, version and licence of every package: ``doctor``, the help page and the report read them."""
    inner = BUNDLE / "_internal"
    packages = [package for package in runtime_packages() if package.name not in PYTHON_MODULES_LEFT_OUT]
    for package in (distribution("leitstern"), *packages):
        source = _metadata_folder(package)
        target = inner / source.name
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(source, target, ignore=shutil.ignore_patterns(*_NOT_SHIPPED))
        listed = sorted(file.relative_to(inner).as_posix() for file in files_of(target))
        # importlib.metadata lists a package's files by this one; hashes are in the report's own list
        (target / "RECORD").write_text("".join(f"{name},,\n" for name in listed), "utf-8")


def _metadata_folder(package: Distribution) -> Path:
    for file in package.files or ():
        if file.name == "METADATA" and file.parent.suffix == ".dist-info":
            return Path(str(package.locate_file(file.parent)))
    raise BuildError(f"{package.name} does not say what it is")


def _add_share(index: Path) -> None:
    """Add what all users share: the index, with its checksum, and the small models."""
    share = BUNDLE / "share"
    (share / "models").mkdir(parents=True)
    copy = share / index.name
    shutil.copyfile(index, copy)
    _date_index(copy)
    copy.with_name(f"{index.name}.sha256").write_text(f"{file_digest(copy)}\n", "ascii")
    for name in BUNDLED_MODELS:
        entry = load_catalogue()[name]
        shutil.copyfile(fetch(entry, cache_folder()), share / "models" / entry.file)


def _date_index(index: Path) -> None:
    """Give ``index`` the date of the sources instead of the moment it was built: the same sources, the same bytes."""
    date = datetime.fromtimestamp(source_date(), UTC).isoformat(timespec="seconds")
    with closing(sqlite3.connect(index)) as connection, connection:
        connection.execute("UPDATE meta SET value = ? WHERE key = 'built_at'", (date,))


def _take_away() -> None:
    """Take away symbols, links that lead nowhere and times; set permissions; refuse what must not be there."""
    python = {file.name for file in elf_files(BUNDLE / "_internal") if file.name.startswith("libpython")}
    for file in unused_libraries(BUNDLE / "_internal", kept=python):  # the starter opens Python by its name
        file.unlink()
    for file in list(files_of(BUNDLE)):
        if file.is_symlink():
            if not file.exists():
                file.unlink()
        elif file.suffix == ".gguf":
            file.chmod(0o644)
        elif is_elf(file):
            if not _NOT_STRIPPED.intersection(file.parts):
                strip(file)
            forget_foreign_paths(file)
            file.chmod(0o755 if file == BUNDLE / "leitstern" else 0o644)
        else:
            file.chmod(0o644)
    if found := forbidden_in(file.relative_to(BUNDLE).as_posix() for file in files_of(BUNDLE)):
        raise BuildError(f"these must not be in the bundle: {', '.join(found)}")
    packages = [package for package in runtime_packages() if package.name not in PYTHON_MODULES_LEFT_OUT]
    write_inventory(BUNDLE, packages).chmod(0o644)  # the very last, so that it lists what is shipped
    date = source_date()
    for file in files_of(BUNDLE):
        os.utime(file, (date, date), follow_symlinks=False)
