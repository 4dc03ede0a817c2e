"""Builds the packages twice, in different folders, and compares them byte for byte: `make package-repeat`.

    python packaging/repeat.py [--quick]

Everything is made anew from the files under version control: index, vectors, bundle, packages. Only what is fetched
or compiled comes out of the cache, where it is kept by its version and checksum. --quick takes this checkout for one of
the two and its index for both; that an index comes out the same again, a test tries with fewer texts
(tests/end_to_end/test_index.py).
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "tools")]

from common.contents import files_of  # noqa: E402 - the line above makes them known
from common.places import ROOT, WORK, source_date  # noqa: E402
from steps import SetupError, Timed, run_logged, say  # noqa: E402

MODEL = "qwen2.5-coder-0.5b"
_FOLDERS = ("one", "another-place/with/a/longer/name")


def main(arguments: list[str]) -> int:
    """Build twice and compare; return 0, or 1 with what differs."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true")
    given = parser.parse_args(arguments)
    WORK.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="twice-", dir=WORK) as name:
        try:
            one, other = (
                _build(
                    ROOT if given.quick and place == _FOLDERS[0] else _copy(Path(name) / place),
                    place,
                    given.quick,
                )
                for place in _FOLDERS
            )
        except SetupError as error:
            say(f"\nBuilding twice stopped: {error}")
            return 1
        differing = _differing(one, other, Path(name))
    say("\n".join(differing) if differing else "   both builds are the same to the byte: yes")
    return 1 if differing else 0


def _copy(folder: Path) -> Path:
    """Copy what is under version control to ``folder``, as it lies here."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True)
    for name in filter(None, listed.stdout.split("\0")):
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / name).is_file():
            shutil.copyfile(ROOT / name, target)
    return folder


def _build(checkout: Path, name: str, quick: bool) -> dict[str, Path]:
    """Build the packages of ``checkout``, when ``quick`` with the index that is there; return them by file name."""
    environment = os.environ | {
        "PYTHONPATH": str(checkout),  # comes before the checkout that is installed in the environment
        "SOURCE_DATE_EPOCH": str(source_date()),
        "QT_QPA_PLATFORM": "offscreen",
    }
    into = checkout / "build/package/repeated"
    given = ["env", "-C", str(checkout), *(f"{key}={value}" for key, value in environment.items())]
    parts = ["bundle", "deb", "model", "--model", MODEL]
    commands = [[sys.executable, "packaging/build.py", *parts, "--into", str(into)]]
    if quick and checkout != ROOT:
        shutil.copytree(ROOT / "build/share", checkout / "build/share")
    elif checkout != ROOT:
        commands.insert(0, [sys.executable, "-m", "desktop.build_index"])
    with Timed(f"Building in {name}"):
        for number, command in enumerate(commands):
            run_logged([*given, *command], WORK / f"repeat-{len(name)}-{number}.log")
    return {file.name: file for file in sorted(into.glob("*.deb"))}


def _differing(one: dict[str, Path], other: dict[str, Path], scratch: Path) -> list[str]:
    """Return in words what differs, down to the files inside."""
    said = [f"only one build made {name}" for name in one.keys() ^ other.keys()]
    for name in sorted(one.keys() & other.keys()):
        sums = [_sum(made[name]) for made in (one, other)]
        say(f"   {name}: SHA-256 {' and '.join(sorted(set(sums)))}")
        if sums[0] != sums[1]:
            said.append(f"{name} differs")
            said += [f"   {inside}" for inside in _differing_inside(one[name], other[name], scratch / name)]
    return said


def _differing_inside(one: Path, other: Path, scratch: Path) -> list[str]:
    sums: list[dict[str, str]] = []
    for number, package in enumerate((one, other)):
        tree = scratch / str(number)
        tree.mkdir(parents=True)
        subprocess.run(["dpkg-deb", "--raw-extract", package, tree], check=True)
        found = {file.relative_to(tree).as_posix(): file for file in files_of(tree)}
        sums.append({key: str(f.readlink()) if f.is_symlink() else _sum(f) for key, f in found.items()})
    return sorted(name for name in sums[0].keys() | sums[1].keys() if sums[0].get(name) != sums[1].get(name))


def _sum(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
