"""Builds the packages: ``python packaging/build.py [--release] [WHAT...]``; `make package` calls it.

    engine   the portable llama.cpp as a wheel, kept in the cache
    bundle   the program with its Python, Qt, index and small models: build/package/bundle
    deb      leitstern_VERSION_amd64.deb in dist/
    model    leitstern-model-NAME_VERSION_all.deb in dist/ (--model NAME; by default the default model)

Without WHAT, all of them. Every step is skipped when nothing it is made of has changed.
"""

import argparse
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "tools")]

from common.bundle import make_bundle  # noqa: E402 - the line above makes them known
from common.content_list import LIST, listed  # noqa: E402
from common.contents import folders_of  # noqa: E402
from common.places import BUNDLE, DIST, VERSION, WORK  # noqa: E402
from debian.packages import make_model_package, make_program_package  # noqa: E402
from steps import SetupError, say  # noqa: E402

from models.build.place import BuildError, cache_folder  # noqa: E402
from models.build.wheel import build_wheel  # noqa: E402
from models.catalogue import default_entry, load_catalogue  # noqa: E402

STEPS = ("engine", "bundle", "deb", "model")


def main(arguments: list[str]) -> int:
    """Build what ``arguments`` name; return 0, or 1 with one line on standard error."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("steps", nargs="*", metavar="WHAT", choices=[[], *STEPS])
    parser.add_argument("--release", action="store_true", help="compress well; takes minutes")
    parser.add_argument("--accept", action="store_true", help="write what the bundle holds into its list")
    parser.add_argument("--model", action="append", metavar="NAME", choices=[*load_catalogue()])
    parser.add_argument("--version", default=VERSION, help="another version, to try an upgrade")
    parser.add_argument("--into", type=Path, default=DIST, metavar="FOLDER", help="default: dist/")
    given = parser.parse_args(arguments)
    steps = given.steps or STEPS
    try:
        if "engine" in steps:
            say(f"   engine: {build_wheel(cache_folder())}")
        if "bundle" in steps or "deb" in steps:
            make_bundle()
            _show_sizes()
        if given.accept:
            LIST.write_text(listed(BUNDLE), "utf-8")
        made = []
        if "deb" in steps:
            made.append(make_program_package("small" if given.release else "fast", given.version, given.into))
        if "model" in steps:
            names = given.model or [default_entry("llm").name]
            made += [make_model_package(load_catalogue()[name], given.into) for name in names]
    except (BuildError, SetupError) as error:
        print(f"\nPackaging stopped: {error}", file=sys.stderr)
        return 1
    for file in made:
        say(f"   {file.name}: {_megabytes(file.stat().st_size)}")
    return 0


def _show_sizes() -> None:
    folders = folders_of(BUNDLE, 2)
    say(
        f"   bundle: {_megabytes(sum(one.size for one in folders))} in {sum(one.files for one in folders)} files"
    )
    for one in sorted(folders, key=lambda folder: -folder.size)[:8]:
        say(f"     {_megabytes(one.size):>9}  {one.name}")


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB"


if __name__ == "__main__":
    WORK.mkdir(parents=True, exist_ok=True)
    sys.exit(main(sys.argv[1:]))
