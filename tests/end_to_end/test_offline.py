"""The real program through a whole session: the kernel is asked for no network socket, and none is missed.

The session is the program's own rehearsal: start, import, questions with search and evidence models, exports, every
page, end. The packages are checked in the same way once more (packaging/debian/check.py).
"""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="strace and network namespaces are parts of Linux"
)

NETWORK = re.compile(r"\bAF_(?!UNIX\b|NETLINK\b|UNSPEC\b)[A-Z0-9]+")
OTHER_DOORS = re.compile(r"\bio_uring_setup\(|\bexecve\((?!.*python)")
QUESTIONS = ("Muss ich kennzeichnen, dass ein Text mit KI entstanden ist?", "Wer darf in den Serverraum?")
OWN = "# Serverraum\nDer Serverraum darf nur mit Begleitung der IT betreten werden.\n"
TIMES = {"ms", "timings", "id", "asked_at"}
HOUR_S = 3_600  # only a hang takes so long


def prepare(folder: Path) -> list[str]:
    """Lay out what the session reads and return the program's call."""
    (folder / "session").mkdir(parents=True)
    (folder / "session/frage.txt").write_text("\n".join(QUESTIONS), encoding="utf-8")
    (folder / "session/serverraum.md").write_text(OWN, encoding="utf-8")
    program = [sys.executable, "-m", "desktop", "--data-dir", str(folder / "data"), "--wording", "never"]
    return [*program, "--rehearse", str(folder / "session")]


def run(command: list[str]) -> None:
    done = subprocess.run(
        command,
        check=False,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        timeout=HOUR_S,
    )
    assert done.returncode == 0, done.stderr


def traced(command: list[str], log: Path) -> list[str]:
    """Run ``command`` and all that it starts under strace; return the calls that have to do with sockets."""
    run(["strace", "-f", "-qq", "-e", "trace=%network,io_uring_setup,execve", "-o", str(log), *command])
    return log.read_text(encoding="utf-8", errors="replace").splitlines()


def result(folder: Path) -> dict[str, Any]:
    record: dict[str, Any] = json.loads(
        (folder / "session/ergebnis/session.json").read_text(encoding="utf-8")
    )
    return record


def timeless(value: Any, folder: Path) -> Any:
    """Return ``value`` without times, names of one run, and the folder it ran in."""
    if isinstance(value, dict):
        return {key: timeless(one, folder) for key, one in value.items() if key not in TIMES}
    if isinstance(value, list):
        return [timeless(one, folder) for one in value]
    return value.replace(str(folder), "") if isinstance(value, str) else value


@pytest.fixture(scope="module")
def outside(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """A session under strace where there is a network: its folder, and what the kernel was asked for."""
    folder = tmp_path_factory.mktemp("outside")
    return folder, traced(prepare(folder), folder / "strace.txt")


def test_the_session_was_one(outside: tuple[Path, list[str]]) -> None:
    record = result(outside[0])
    assert record["ok"] is True
    assert record["imported"] == 1
    assert {Path(name).suffix for name in record["exports"]} >= {".pdf", ".md"}
    first, second = record["answers"]
    assert first["evidence"]
    assert any(source["source"].endswith("serverraum.md") for source in second["sources"])


def test_no_network_socket_is_asked_for(outside: tuple[Path, list[str]]) -> None:
    """Not even one that the program's own lock would refuse: strace sees the wish."""
    calls = outside[1]
    assert [line for line in calls if NETWORK.search(line)] == []
    assert [line for line in calls if OTHER_DOORS.search(line)] == []
    assert sum("execve(" in line for line in calls) >= 2, "the model's process was looked at too"


def test_strace_sees_a_socket_that_the_lock_refuses(tmp_path: Path) -> None:
    """So that nothing found means nothing there."""
    code = "from desktop.confine import confine; confine()\nimport socket\ntry: socket.socket()\nexcept OSError: pass"
    calls = traced([sys.executable, "-c", code], tmp_path / "strace.txt")
    assert [line for line in calls if NETWORK.search(line) and "EACCES" in line]


def test_a_session_in_which_the_program_fails_ends_and_says_so(tmp_path: Path) -> None:
    """Nobody is there to close a dialog: without this a check would wait for ever."""
    command = prepare(tmp_path)
    spoilt = tmp_path / "spoilt.py"
    spoilt.write_text(
        "import runpy, sys\n"
        "from desktop.widgets import pages\n"
        "def broken(parts): raise LookupError('a page that cannot be built')\n"
        "entries = list(pages.PAGES)\n"
        "entries[-1] = entries[-1]._replace(build=broken)\n"
        "pages.PAGES = tuple(entries)\n"
        "sys.argv[0] = 'desktop'\n"
        "runpy.run_module('desktop', run_name='__main__')\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, str(spoilt), *command[3:]],
        check=False,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        timeout=HOUR_S,
    )
    assert done.returncode == 1
    assert "LookupError" in result(tmp_path)["problem"]


def test_without_any_network_the_results_are_the_same(
    outside: tuple[Path, list[str]], tmp_path: Path
) -> None:
    """In a network namespace of its own, where there is nothing, not even a loopback that is up."""
    apart = ["unshare", "--net", *([] if os.getuid() == 0 else ["--map-root-user"])]
    interfaces = subprocess.run([*apart, "cat", "/proc/net/dev"], capture_output=True, text=True, check=True)
    names = [line.split(":")[0].strip() for line in interfaces.stdout.splitlines() if ":" in line]
    assert set(names) <= {"lo", "sit0", "ip6tnl0", "tunl0"}
    run([*apart, *prepare(tmp_path)])
    inside, before = (timeless(result(folder), folder) for folder in (tmp_path, outside[0]))
    assert inside["ok"]
    assert inside == before
