"""``python -m models.build``: obtains models (``fetch``) and compiles the engine once (``wheel``)."""

import argparse
import sys
from collections.abc import Sequence

from models.build.fetch import fetch, is_complete
from models.build.place import BuildError, cache_folder, say
from models.build.wheel import build_wheel
from models.catalogue import load_catalogue


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one build step; return 0, or 1 with one line on standard error."""
    parser = argparse.ArgumentParser(prog="python -m models.build", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    fetching = commands.add_parser("fetch", help="obtain models, join and check them")
    fetching.add_argument(
        "names", nargs="*", metavar="NAME", choices=[[], *load_catalogue()], help="default: all"
    )
    fetching.add_argument("--check", action="store_true", help="only say which are there and whole")
    wheel = commands.add_parser("wheel", help="compile llama-cpp-python once and print the wheel's path")
    wheel.add_argument("--check", action="store_true", help="only say whether it is there")
    given = parser.parse_args(arguments)
    try:
        return _wheel(given.check) if given.command == "wheel" else _fetch(given.names, given.check)
    except BuildError as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        say("interrupted; run the command again to go on")
        return 130


def _wheel(check: bool) -> int:
    """Print the wheel's path on standard output."""
    file = build_wheel(cache_folder(), build=not check)
    print(file)
    return 0


def _fetch(names: list[str], check: bool) -> int:
    """Obtain the named models, or all; with ``check`` only report them."""
    missing = 0
    for entry in load_catalogue().values():
        if names and entry.name not in names:
            continue
        if not check:
            print(fetch(entry, cache_folder()))
        elif is_complete(entry, cache_folder()):
            print(f"{entry.name}: whole")
        else:
            print(f"{entry.name}: missing or damaged")
            missing = 1
    return missing


if __name__ == "__main__":
    sys.exit(main())
