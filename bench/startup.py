"""How long until the window can be used, beside an empty PySide6 window.

Both are whole processes that say a word when they have come to a point; the clock runs from before they are started.
They take turns, so that a busy machine slows both alike, and a figure is the median over several runs.

- The empty window has been painted. Nothing but Qt is in it.
- "typing": the program's window has been painted and a key that was sent to it stands in the input.
- "open": the collections are open and shown.
- "search": a search in them has found something.

Processor time is that of the program until then, all its threads together. Python keeps its compiled modules, as in
an installed program, and every measured start is a second one: the data folder is there.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

RUNS = 11
WANTED = 1.5  # typing beside the empty window

EMPTY, TYPING, OPEN, SEARCH = "painted", "typing", "open", "search"

EMPTY_WINDOW = f"""
import sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, self.say)

    def say(self):
        print("{EMPTY}", time.process_time(), flush=True)
        QApplication.quit()

application = QApplication(sys.argv)
window = Window()
window.resize(1360, 840)
window.show()
application.exec()
"""

PROGRAM = "import sys; from desktop.__main__ import main; sys.exit(main())"  # as the installed command does

TITLES = {
    EMPTY: "empty PySide6 window, painted",
    TYPING: "Leitstern, takes a question",
    OPEN: "Leitstern, collections open",
    SEARCH: "Leitstern, search has found",
}


@dataclass(frozen=True)
class Moment:
    """When a word was said, in seconds since the start, and what processor time it took until then."""

    wall_s: float
    processor_s: float


def moments(command: list[str]) -> dict[str, Moment]:
    """Run ``command`` and return when it said which word; raise CalledProcessError when it failed."""
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    said = {}
    start = time.perf_counter()
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, env=environment
    ) as running:
        for line in running.stdout or ():
            now = time.perf_counter() - start
            word, processor_s = line.split()
            said[word] = Moment(now, float(processor_s))
    if running.returncode:
        raise subprocess.CalledProcessError(running.returncode, command)
    return said


def measure(runs: int) -> dict[str, list[Moment]]:
    """Return the moments of ``runs`` alternated starts by their word."""
    found: dict[str, list[Moment]] = {word: [] for word in TITLES}
    with tempfile.TemporaryDirectory() as folder:
        data = str(Path(folder) / "data")
        commands = (
            [sys.executable, "-c", EMPTY_WINDOW],
            [sys.executable, "-c", PROGRAM, "--data-dir", data, "--say-when-usable"],
        )
        for command in commands:
            moments(command)  # fills the caches of files and modules, and lets the first start do its work
        for _ in range(runs):
            for command in commands:
                for word, moment in moments(command).items():
                    found[word].append(moment)
    missing = [word for word, values in found.items() if len(values) != runs]
    if missing:
        raise RuntimeError(f"not said in every run: {', '.join(missing)}")
    return found


def main() -> None:
    """Print medians, their spread and their ratios to the empty window."""
    found = measure(RUNS)
    print(f"  {'':30} {'median':>8} {'spread':>18} {'ratio':>7} {'processor':>11} {'ratio':>7}")
    base_s, base_processor_s = (
        statistics.median(values)
        for values in zip(*((one.wall_s, one.processor_s) for one in found[EMPTY]), strict=True)
    )
    for word, title in TITLES.items():
        walls = [one.wall_s for one in found[word]]
        wall_s = statistics.median(walls)
        processor_s = statistics.median(one.processor_s for one in found[word])
        print(
            f"  {title:30} {wall_s:6.3f} s {f'{min(walls):.3f} to {max(walls):.3f} s':>18} {wall_s / base_s:7.2f}"
            f" {processor_s:9.3f} s {processor_s / base_processor_s:7.2f}"
        )
    print(
        f"  {RUNS} alternated runs; wanted: takes a question at no more than {WANTED} times the empty window"
    )


if __name__ == "__main__":
    main()
