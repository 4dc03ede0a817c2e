"""Installs the packages in a clean Debian without network and tries everything that IT and clerks will do.

    python packaging/debian/check.py      (`make package-check`)

As root: it makes a root folder, mounts, and empty network namespaces. Ends with 1 at the first thing that is
not as it should be. What was seen stays in build/package/check/: a picture of the window, logs, figures.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parents[1] / "tools")]

from common.bundle import make_bundle  # noqa: E402 - the line above makes them known
from common.places import BUNDLE, ROOT, VERSION, WORK  # noqa: E402
from steps import SetupError, Timed, say  # noqa: E402

from debian.libraries import needed_packages  # noqa: E402
from debian.packages import make_model_package, make_program_package, package_name  # noqa: E402
from debian.root import Root, clean_root  # noqa: E402
from debian.screen import Screen, screen  # noqa: E402
from models.build.place import BuildError  # noqa: E402
from models.catalogue import load_catalogue  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

SMALL_MODEL = "qwen2.5-coder-0.5b"
QUESTION = "Muss ich kennzeichnen, dass ein Text mit KI entstanden ist?"
OWN_TEXT = """# Hausordnung Serverraum
Der Serverraum darf nur mit Begleitung der IT betreten werden. Getränke sind im Serverraum verboten.
"""
SEEN = WORK / "check"
PACKAGES = WORK / "check-packages"
_STARTS = 3
_INET = re.compile(r"AF_INET6?\b|AF_PACKET\b")
_CHANGING = ("proc", "dev", "tmp", "mnt", "home", "var/lib/dpkg", "var/lib/apt", "var/log", "var/cache")
_TIMES = {"ms", "timings"}


class NotAsItShouldBe(Exception):
    """A check failed; the message says what was seen."""


class Check:
    """One run of all checks in one root."""

    def __init__(self, root: Root, display: Screen) -> None:
        self.root = root
        self.screen = display
        root.display = display.display
        self.figures: dict[str, float] = {}

    def expect(self, holds: bool, what: str, seen: object = "") -> None:
        """Say that ``what`` holds, or end the run with what was ``seen``."""
        if not holds:
            raise NotAsItShouldBe(f"{what}: NO\n{seen}")
        say(f"   {what}: yes")

    def program(self, *arguments: str, **how: Any) -> str:
        """Run the installed program as the clerk; return its output, or end the run if it fails."""
        done = self.root.run("leitstern", *arguments, **how)
        if done.returncode:
            called = " ".join(arguments)
            raise NotAsItShouldBe(
                f"leitstern {called} ended with {done.returncode}\n{done.stdout}{done.stderr}"
            )
        return done.stdout

    def as_root(self, *arguments: str) -> str:
        """Run a command of the system as its administrator; return output and errors."""
        done = self.root.run(*arguments, clerk=False)
        if done.returncode:
            raise NotAsItShouldBe(
                f"{' '.join(arguments)} ended with {done.returncode}\n{done.stdout}{done.stderr}"
            )
        return done.stdout + done.stderr

    def install(self, program: Path, model: Path) -> None:
        """Install with apt, as IT does from a stick; the clerk may change nothing of it."""
        began = time.monotonic()
        self.as_root("apt-get", "install", "--yes", "--no-install-recommends", f"/mnt/{program.name}")
        self.figures["install the program, s"] = time.monotonic() - began
        self.as_root("dpkg", "--install", f"/mnt/{model.name}")
        self.expect(self.as_root("dpkg", "--audit").strip() == "", "dpkg finds nothing half installed")
        writable = self.root.run(
            *("find", "/usr/lib/leitstern", "/usr/share/leitstern", "/usr/bin/leitstern"),
            *("(", "-not", "-user", "root", "-o", "-not", "-type", "l", "-perm", "/022", ")"),
        )
        self.expect(writable.stdout.strip() == "", "nobody but root can change the program", writable.stdout)
        self.expect(
            self.root.run("sh", "-c", "command -v python3").returncode != 0, "there is no Python but ours"
        )

    def commands(self) -> None:
        """Version, doctor, search, answers with and without a model."""
        self.expect(self.program("--version").strip() == f"leitstern {VERSION}", "it names its version")
        report = json.loads(self.program("doctor", "--json"))
        (SEEN / "doctor.txt").write_text(self.program("doctor"), "utf-8")
        self.expect(
            report["ok"], "doctor finds nothing bad", json.dumps(report, indent=1, ensure_ascii=False)
        )
        found = json.loads(self.program("search", "--json", QUESTION))
        self.expect(len(found["results"]) > 2, "a search finds passages")
        answer = json.loads(self.program("ask", "--json", QUESTION))
        self.expect(bool(answer["evidence"]) and not answer["problem"], "an answer has evidence", answer)
        began = time.monotonic()
        worded = json.loads(
            self.program("--model", SMALL_MODEL, "--wording", "always", "ask", "--json", QUESTION)
        )
        self.figures["an answer worded by the small model, s"] = time.monotonic() - began
        self.expect(worded["timings"]["completion_tokens"] > 0, "the language model writes", worded)

    def same_without_network(self) -> None:
        """What is answered in a network namespace with nothing in it is answered outside it."""
        for call in (("search", "--json", QUESTION), ("ask", "--json", QUESTION)):
            inside = _timeless(json.loads(self.program(*call)))
            outside = _timeless(json.loads(self.program(*call, network=True)))
            self.expect(inside == outside, f"{call[0]} answers the same without any network as with one")

    def window(self) -> None:
        """The window opens, shows something, and a picture of it is kept."""
        command = self.root.command(["leitstern"], clerk=True, network=False)
        with subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE) as running:
            shown = self.screen.picture_when_still(running, SEEN / "window.png")
            running.terminate()
            said = running.stderr.read().decode() if running.stderr else ""
        self.expect(shown, "the window opens (build/package/check/window.png)", said)

    def starts(self) -> None:
        """Measure start, window and end of the installed program and of the checkout's."""
        installed = self.root.command(["leitstern", "--quit-when-ready"], clerk=True, network=False)
        own = [str(ROOT / ".venv/bin/leitstern"), "--data-dir", str(SEEN / "data"), "--quit-when-ready"]
        environment = {**os.environ, "DISPLAY": self.screen.display, "QT_QPA_PLATFORM": "xcb"}
        for name, command in (("installed", installed), ("from the checkout", own)):
            taken = [_timed(command, environment) for _ in range(_STARTS)]
            self.figures[f"start to window and quit, {name}, best of {_STARTS}, s"] = min(taken)

    def session_without_sockets(self) -> None:
        """A whole session under strace: import, question, export, window, quit; no socket of the internet."""
        (self.root.folder / "home/clerk/hausordnung.md").write_text(OWN_TEXT, "utf-8")
        calls = (
            ("import", "/home/clerk/hausordnung.md", "--collection", "haus"),
            ("search", "Darf ich im Serverraum trinken?"),
            ("--model", SMALL_MODEL, "--wording", "always", "ask", QUESTION),
            ("--quit-when-ready",),
        )
        families: set[str] = set()
        for number, call in enumerate(calls):
            trace = SEEN / f"sockets-{number}.txt"
            command = self.root.command(
                ["leitstern", *call],
                clerk=True,
                network=False,
                before=["strace", "-f", "-qq", "--seccomp-bpf", "-e", "trace=socket", "-o", str(trace)],
            )
            done = subprocess.run(
                command, check=False, capture_output=True, text=True, stdin=subprocess.DEVNULL
            )
            self.expect(done.returncode == 0, f"under strace: leitstern {call[0]}", done.stdout + done.stderr)
            text = trace.read_text("utf-8")
            families |= set(re.findall(r"socket\((\w+)", text))
            self.expect(not _INET.search(text), "it opens no internet socket", text)
        say(f"   sockets of any kind: {', '.join(sorted(families)) or 'none'}")

    def upgrade(self, program: Path) -> None:
        """A newer package takes the place of the older; what the clerk had is still there."""
        before = json.loads(self.program("search", "--json", "--collection", "haus", "--", "Serverraum"))
        self.as_root("dpkg", "--install", f"/mnt/{program.name}")
        after = json.loads(self.program("search", "--json", "--collection", "haus", "--", "Serverraum"))
        self.expect(
            bool(after["results"]) and _timeless(before) == _timeless(after), "an upgrade keeps own documents"
        )

    def removal(self, before: set[str], names: list[str]) -> None:
        """Removing and purging leave nothing of the program, and everything of the clerk."""
        self.as_root("dpkg", "--remove", *names)
        self.expect(not (self.root.folder / "usr/lib/leitstern").exists(), "removal takes the program away")
        said = self.as_root("dpkg", "--purge", *names)
        self.expect("~/.local/share/leitstern" in said, "purging says where the users' data lie", said)
        left = sorted(self.root.files(*_CHANGING) - before)
        self.expect(not left, "nothing is left of the program", "\n".join(left))
        own = self.root.folder / "home/clerk/.local/share/leitstern/own.db"
        self.expect(own.exists(), "the clerk's own data are untouched")


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
        program = make_program_package("fast", into=PACKAGES)
        newer = make_program_package("fast", f"{VERSION}+1", into=PACKAGES)
        model = make_model_package(load_catalogue()[SMALL_MODEL], into=PACKAGES)
        figures["program package, MB"] = program.stat().st_size / 1e6
        figures["model package, MB"] = model.stat().st_size / 1e6
        with clean_root(needed_packages(BUNDLE)) as root, screen() as display:
            check = Check(root, display)
            _bring(PACKAGES, root)
            before = root.files(*_CHANGING)
            steps: tuple[tuple[str, Callable[[], None]], ...] = (
                ("Installing without network", lambda: check.install(program, model)),
                ("Commands", check.commands),
                ("Window", check.window),
                ("Session under strace", check.session_without_sockets),
                ("With and without a network", check.same_without_network),
                ("Starts", check.starts),
                ("Upgrade", lambda: check.upgrade(newer)),
                (
                    "Removal",
                    lambda: check.removal(before, ["leitstern", package_name(load_catalogue()[SMALL_MODEL])]),
                ),
            )
            for name, step in steps:
                with Timed(name):
                    step()
            figures |= check.figures
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


def _timeless(record: Any) -> Any:
    if isinstance(record, dict):
        return {key: _timeless(value) for key, value in record.items() if key not in _TIMES}
    return [_timeless(value) for value in record] if isinstance(record, list) else record


def _timed(command: list[str], environment: dict[str, str]) -> float:
    began = time.monotonic()
    done = subprocess.run(
        command, check=False, env=environment, capture_output=True, stdin=subprocess.DEVNULL
    )
    if done.returncode:
        raise NotAsItShouldBe(f"{command[-2:]} ended with {done.returncode}\n{done.stderr.decode()}")
    return time.monotonic() - began


if __name__ == "__main__":
    sys.exit(main())
