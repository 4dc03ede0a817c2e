"""Installs the packages in a clean Debian without network and tries everything that IT and clerks will do.

    python packaging/debian/check.py      (`make package-check`)

As root: it makes a root folder, mounts, and empty network namespaces. Ends with 1 at the first thing that is
not as it should be. What was seen stays in build/package/check/: a picture of the window, logs, figures.
"""

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parents[1] / "tools")]

from common.bundle import make_bundle  # noqa: E402 - the line above makes them known
from common.contents import files_of  # noqa: E402
from common.places import BUNDLE, VERSION, WORK  # noqa: E402
from steps import SetupError, Timed, say  # noqa: E402

from debian.authority import apparmor, policy, report  # noqa: E402
from debian.libraries import needed_packages  # noqa: E402
from debian.packages import make_model_package, make_program_package, package_name  # noqa: E402
from debian.papers import examine  # noqa: E402
from debian.root import Root, clean_root  # noqa: E402
from debian.screen import screen  # noqa: E402
from debian.trials import CHANGING, SEEN, SMALL_MODEL, NotAsItShouldBe, Trials  # noqa: E402
from models.build.place import BuildError  # noqa: E402
from models.catalogue import load_catalogue  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

PACKAGES = WORK / "check-packages"


def main() -> int:
    """Build, install, try, remove; return 0, or 1 with what was seen."""
    if os.geteuid() != 0:
        say("The check installs packages in a folder of its own and needs root: sudo make package-check")
        return 1
    shutil.rmtree(SEEN, ignore_errors=True)
    SEEN.mkdir(parents=True)
    figures: dict[str, float] = {}
    try:
        make_bundle()
        newer = make_program_package("fast", f"{VERSION}+1", into=PACKAGES)
        program = make_program_package("fast", into=PACKAGES)
        model = make_model_package(load_catalogue()[SMALL_MODEL], into=PACKAGES)
        with Timed("Examining the packages"):
            examine(program, model, WORK / "deb/leitstern")
        figures["bundle, MB"] = sum(file.lstat().st_size for file in files_of(BUNDLE)) / 1e6
        figures["program package, MB"] = program.stat().st_size / 1e6
        figures["model package, MB"] = model.stat().st_size / 1e6
        with clean_root(needed_packages(BUNDLE)) as root, screen() as display:
            trials = Trials(root, display)
            _bring(PACKAGES, root)
            before = root.files(*CHANGING)
            steps: tuple[tuple[str, Callable[[], None]], ...] = (
                ("Installing without network", lambda: trials.install(program, model)),
                ("Commands", trials.commands),
                ("Report for data protection", lambda: report(trials)),
                ("The machine's policy", lambda: policy(trials)),
                ("The AppArmor profile", lambda: apparmor(trials)),
                ("Window", trials.window),
                ("A session under strace", trials.session_without_sockets),
                ("With and without a network", trials.same_without_network),
                ("Nothing may be written", trials.without_write_access),
                ("Starts", trials.starts),
                ("Upgrade", lambda: trials.upgrade(newer)),
                (
                    "Removal",
                    lambda: trials.removal(
                        before, ["leitstern", package_name(load_catalogue()[SMALL_MODEL])]
                    ),
                ),
            )
            for name, step in steps:
                with Timed(name):
                    step()
            figures |= trials.figures
    except (NotAsItShouldBe, BuildError, SetupError) as error:
        say(f"\nPackage check stopped: {error}")
        return 1
    shown = "\n".join(f"   {value:8.1f}  {name}" for name, value in figures.items())
    (SEEN / "figures.txt").write_text(f"{shown}\n", "utf-8")
    say(f"== Figures\n{shown}")
    return 0


def _bring(packages: Path, root: Root) -> None:
    """Lay the packages where a stick would be mounted."""
    for file in packages.glob("*.deb"):
        shutil.copyfile(file, root.folder / "mnt" / file.name)


if __name__ == "__main__":
    sys.exit(main())
