"""The real program, read from outside through AT-SPI on a display of its own."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

QUESTION = "Darf ich personenbezogene Daten in ein KI-Werkzeug eingeben?"
READER = Path(__file__).with_name("screen_reader.py")
LONGEST_S = 400
# One session bus for accessibility alone; it ends with the shell, and the program with its display.
SCRIPT = """
Xvfb -displayfd 3 -screen 0 1400x900x24 -nolisten tcp 3>display 2>xvfb.log &
server=$!
trap 'kill $server' EXIT
until [ -s display ]; do sleep 0.05; done
DISPLAY=":$(cat display)"; export DISPLAY
"$PROGRAM_PYTHON" -m desktop --data-dir data &
program=$!
trap 'kill $program; wait $program; kill $server' EXIT
/usr/bin/python3 "$READER" "$QUESTION" > found.json
"""


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """Return what a screen reader learns."""
    for needed in ("dbus-run-session", "Xvfb"):
        assert shutil.which(needed), f"{needed} is missing; see tools/system_packages.py"
    folder = tmp_path_factory.mktemp("reader")
    own = {
        "QT_QPA_PLATFORM": "xcb",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        "PROGRAM_PYTHON": sys.executable,
        "PYTHONPATH": str(Path(__file__).parents[3]),
        "READER": str(READER),
        "QUESTION": QUESTION,
        "XDG_RUNTIME_DIR": str(folder),
        "HOME": os.environ.get("HOME", str(folder)),
    }
    done = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", SCRIPT],
        cwd=folder,
        env={**os.environ, **own},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=LONGEST_S,
        check=False,
    )
    file = folder / "found.json"
    assert file.exists(), done.stderr[-2000:]
    written = file.read_text(encoding="utf-8")
    assert written, done.stderr[-2000:]
    return dict(json.loads(written))


def test_every_control_has_a_name_also_from_outside(found) -> None:
    assert found["unnamed"] == []
    assert len(found["parts"]) == 6
    assert all(count > 15 for count in found["parts"].values()), found["parts"]


def test_the_answer_is_read_line_by_line_and_cannot_be_changed(found) -> None:
    lines = [line for line in found["lines"] if line]
    assert len(lines) > 3
    assert any("[1]" in line for line in lines)
    assert not found["editable"]


def test_what_is_said_unasked_is_little(found) -> None:
    said = found["said"]
    assert sum("Antwort" in one for one in said) == 1
    assert len(said) <= 3, said
