"""What is tried in the clean system, one method for each thing that IT or a clerk does."""

import json
import os
import re
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any

from common.places import ROOT, VERSION, WORK
from steps import say

from debian.root import CLERK, Root
from debian.screen import Screen

SMALL_MODEL = "qwen2.5-coder-0.5b"
QUESTION = "Muss ich kennzeichnen, dass ein Text mit KI entstanden ist?"
OWN_QUESTION = "Darf ich im Serverraum Getränke trinken?"
OWN_TEXT = """# Hausordnung Serverraum
Der Serverraum darf nur mit Begleitung der IT betreten werden. Getränke sind im Serverraum verboten.
"""
SEEN = WORK / "check"
_HOME = "/home/clerk"
_STARTS = 3
_LOCAL = {"AF_UNIX", "AF_LOCAL", "AF_NETLINK"}
CHANGING = ("proc", "dev", "tmp", "mnt", "home", "var/lib/dpkg", "var/lib/apt", "var/log", "var/cache")
"""Folders of the system that change by themselves or by any package: nobody's leftovers."""
_VARYING = {"ms", "timings", "source", "id"}


class NotAsItShouldBe(Exception):
    """A check failed; the message says what was seen."""


class Trials:
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
        there = self.root.run("sh", "-c", "tail -n +3 /proc/self/net/dev").stdout
        names = re.findall(r"^\s*(\S+):", there, re.MULTILINE)
        self.expect(names == ["lo"], "inside there is no network", there)
        for call in (("search", "--json", QUESTION), ("ask", "--json", QUESTION)):
            inside = _comparable(json.loads(self.program(*call)))
            outside = _comparable(json.loads(self.program(*call, network=True)))
            self.expect(inside == outside, f"{call[0]} answers the same without any network as with one")
        inside = json.loads((SEEN / "session/session.json").read_text("utf-8"))
        outside = self.session("with-network", network=True)
        same = _comparable(inside["answers"]) == _comparable(outside["answers"])
        self.expect(same, "a session with a network answers what one without it does", (inside, outside))

    def without_write_access(self) -> None:
        """Where nothing at all can be written the program still searches and opens its window."""
        data = "/usr/lib/leitstern/nobody-may-write-here"
        found = json.loads(self.program("--data-dir", data, "search", "--json", QUESTION))
        self.expect(len(found["results"]) > 2, "a search works where nothing can be written")
        self.program("--data-dir", data, "--quit-when-ready")
        say("   the window opens where nothing can be written: yes")

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
        """A whole session of a clerk in the window under strace: not one socket but those of the machine itself.

        The program forbids itself such sockets, and what a filter of seccomp refuses a tracer that uses seccomp
        itself does not see. So this one stops at every system call: slow, and it sees each attempt.
        """
        record = self.session("session", network=False, traced=SEEN / "sockets.txt")
        own = any(source["collection"] == "probelauf" for source in record["answers"][0]["sources"])
        self.expect(record["imported"] == 1 and own, "an own document is imported and found", record)
        worded = [answer["timings"]["completion_tokens"] for answer in record["answers"]]
        self.expect(max(worded) > 0, "the language model writes", record)
        self.expect(len(record["exports"]) > 1, "the answers are exported", record)
        text = (SEEN / "sockets.txt").read_text("utf-8")
        families = set(re.findall(r"socket(?:pair)?\((\w+)", text))
        self.expect("execve" in text and bool(families), "strace saw the session", text[:2000])
        self.expect(families <= _LOCAL, "it opens no socket that leads out of the machine", text)
        say(f"   sockets of any kind: {', '.join(sorted(families))}")

    def session(self, name: str, *, network: bool, traced: Path | None = None) -> dict[str, Any]:
        """Let the window play a session (``desktop/rehearsal.py``) and return its record; pictures are kept."""
        folder = self.root.folder / _HOME.strip("/") / name
        folder.mkdir()
        (folder / "frage.txt").write_text(f"{OWN_QUESTION}\n{QUESTION}\n", "utf-8")
        (folder / "hausordnung.md").write_text(OWN_TEXT, "utf-8")
        for path in (folder, *folder.iterdir()):
            os.chown(path, CLERK, CLERK)
        calls = "trace=socket,socketpair,execve"
        around = [] if traced is None else ["strace", "-f", "-qq", "-e", calls, "-o", str(traced)]
        done = self.root.run(
            *(
                "leitstern",
                "--data-dir",
                f"{_HOME}/data-{name}",
                "--model",
                SMALL_MODEL,
                "--wording",
                "always",
            ),
            *("--rehearse", f"{_HOME}/{name}"),
            network=network,
            before=around,
            timeout=900,
        )
        results = folder / "ergebnis"
        if results.is_dir():
            shutil.copytree(results, SEEN / name)
        self.expect(done.returncode == 0, f"a whole session ({name}) ends well", done.stdout + done.stderr)
        record: dict[str, Any] = json.loads((results / "session.json").read_text("utf-8"))
        return record

    def upgrade(self, program: Path) -> None:
        """A newer package takes the place of the older; what the clerk had is still there."""
        self.program("import", f"{_HOME}/session/hausordnung.md", "--collection", "haus")
        before = json.loads(self.program("search", "--json", "--collection", "haus", "--", "Serverraum"))
        self.as_root("dpkg", "--install", f"/mnt/{program.name}")
        after = json.loads(self.program("search", "--json", "--collection", "haus", "--", "Serverraum"))
        self.expect(
            bool(after["results"]) and _comparable(before) == _comparable(after),
            "an upgrade keeps own documents",
        )

    def removal(self, before: set[str], names: list[str]) -> None:
        """Removing and purging leave nothing of the program, and everything of the clerk."""
        self.as_root("dpkg", "--remove", *names)
        self.expect(not (self.root.folder / "usr/lib/leitstern").exists(), "removal takes the program away")
        said = self.as_root("dpkg", "--purge", *names)
        self.expect("~/.local/share/leitstern" in said, "purging says where the users' data lie", said)
        left = sorted(self.root.files(*CHANGING) - before)
        self.expect(not left, "nothing is left of the program", "\n".join(left))
        own = self.root.folder / "home/clerk/.local/share/leitstern/own.db"
        self.expect(own.exists(), "the clerk's own data are untouched")


def _comparable(record: Any) -> Any:
    """Take out all times, and from where a document was imported."""
    if isinstance(record, dict):
        return {key: _comparable(value) for key, value in record.items() if key not in _VARYING}
    return [_comparable(value) for value in record] if isinstance(record, list) else record


def _timed(command: list[str], environment: dict[str, str]) -> float:
    began = time.monotonic()
    done = subprocess.run(
        command, check=False, env=environment, capture_output=True, stdin=subprocess.DEVNULL
    )
    if done.returncode:
        raise NotAsItShouldBe(f"{command[-2:]} ended with {done.returncode}\n{done.stderr.decode()}")
    return time.monotonic() - began
