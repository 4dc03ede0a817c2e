"""How long until the window can be used, beside an empty PySide6 window.

Both are whole processes: started, shown, painted, closed again. They take turns, so that a busy
machine slows both alike, and a figure is the median over several runs.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS = 9

EMPTY_WINDOW = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, QApplication.quit)

application = QApplication(sys.argv)
window = Window()
window.resize(1360, 840)
window.show()
application.exec()
"""


def seconds(command: list[str]) -> float:
    """Return how long ``command`` ran; raise CalledProcessError when it failed."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    return time.perf_counter() - start


def main() -> None:
    """Print the medians, their spread and their ratio."""
    with tempfile.TemporaryDirectory() as folder:
        commands = {
            "empty PySide6 window": [sys.executable, "-c", EMPTY_WINDOW],
            "Leitstern, index open": [
                *(sys.executable, "-m", "desktop"),
                *("--data-dir", str(Path(folder) / "data"), "--quit-when-ready"),
            ],
        }
        for command in commands.values():
            seconds(command)  # fills the file cache, and lets the first start do its work
        times: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(RUNS):
            for name, command in commands.items():
                times[name].append(seconds(command))
    medians = {name: statistics.median(values) for name, values in times.items()}
    for name, values in times.items():
        spread = f"{min(values):.2f} to {max(values):.2f}"
        print(f"  {name:24} {medians[name]:6.2f} s   ({spread} s, {RUNS} alternated runs)")
    empty, leitstern = medians.values()
    print(f"  {'ratio':24} {leitstern / empty:6.2f}")
