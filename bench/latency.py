"""How long the window's event loop is held up while it opens, shows its pages, indexes, loads and generates.

A scripted session in a process of its own: the real window, the real index, the smallest model present. A timer
of five milliseconds samples the loop: whatever delays a tick would delay a key as long. The figures are what a
tick came too late, so on a busy machine they hold what other processes took, too; "own" is the longest time the
window's thread itself worked between two ticks.
"""

import os
import subprocess
import sys
import tempfile
from itertools import chain
from pathlib import Path
from time import perf_counter, thread_time

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication

from bench.synthetic import SyntheticText
from desktop.answer import ModelReading
from desktop.app import make_window
from desktop.bridge import AssistantLike, Bridge
from desktop.library import Library
from desktop.paths import Paths, find_paths
from desktop.settings import Settings, WordingChoice
from desktop.start import find_llm, make_assistant
from desktop.theme import Theme, load_german
from desktop.widgets.main_window import MainWindow
from desktop.widgets.pages import PAGES

TICK_MS = 5
STAY_MS = 700  # on each page
IMPORTED_PASSAGES = 1_500
SMALL_MODEL = "qwen2.5-coder-0.5b"
QUESTION = "Darf ich personenbezogene Daten in ein KI-Werkzeug eingeben?"
LONGEST_MS = 600_000
TARGET_P99_MS, TARGET_MAX_MS = 50, 100


class Sampler(QObject):
    """Notes by how many milliseconds each tick of a five-millisecond timer came too late, by what went on."""

    def __init__(self) -> None:
        super().__init__()
        self.late_ms: dict[str, list[float]] = {}
        self.own_ms: dict[str, list[float]] = {}  # of it, what the window's thread itself worked
        self._phase = ""
        self._last = 0.0
        self._last_own = 0.0
        self._timer = QTimer(self, interval=TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)

    @Slot()
    def _tick(self) -> None:
        now = perf_counter()
        own = thread_time()
        self.late_ms.setdefault(self._phase, []).append(max(0.0, (now - self._last) * 1000 - TICK_MS))
        self.own_ms.setdefault(self._phase, []).append((own - self._last_own) * 1000)
        self._last, self._last_own = now, own

    def enter(self, phase: str) -> None:
        """Count the ticks from now on for ``phase``."""
        if not self._timer.isActive():
            self._timer.start()
            self._last, self._last_own = perf_counter(), thread_time()
        self._phase = phase

    def stop(self) -> None:
        """End the sampling."""
        self._timer.stop()


class Session(QObject):
    """Does one thing after the other; each begins when the one before has ended."""

    def __init__(self, paths: Paths, files: list[Path]) -> None:
        super().__init__()
        self.sampler = Sampler()
        self._files = files
        self.error = ""
        self._model = SMALL_MODEL if find_llm(paths, SMALL_MODEL) else ""
        self._pages = [entry.name for entry in PAGES]
        self.window, self._bridge, self._theme = self._make(paths)
        self._bridge.progressed.connect(self._on_progress)
        self._bridge.answered.connect(self._close)
        for failed in (self._bridge.failed, self._bridge.open_failed):
            failed.connect(self._fail)

    def _make(self, paths: Paths) -> tuple[MainWindow, Bridge, Theme]:
        def assistant() -> AssistantLike:
            return make_assistant(paths, self._model, wording=WordingChoice.ALWAYS)

        return make_window(paths, assistant, Settings())

    def begin(self) -> None:
        """Open the window."""
        self.sampler.enter("opening")
        self.window.ready.connect(lambda: QTimer.singleShot(STAY_MS, self._show_pages))
        self.window.show()
        QTimer.singleShot(0, self._bridge.open)

    def _show_pages(self) -> None:
        # The model is loaded behind the window from the beginning on.
        self.sampler.enter("pages, model loading")
        if self._pages:
            self.window.visit(self._pages[-1])
            self._stay()
        else:
            self._index()

    def _stay(self) -> None:
        """Stay on the visited page once it is shown; until then another visit would take its place."""
        if self.window.shown == self._pages[-1]:
            self._pages.pop()
            QTimer.singleShot(STAY_MS, self._show_pages)
        else:
            QTimer.singleShot(TICK_MS, self._stay)

    def _index(self) -> None:
        self.sampler.enter("indexing an import")

        def take(assistant: AssistantLike) -> int:
            library = assistant.library
            if not isinstance(library, Library):
                raise TypeError(library)
            return len(library.import_paths(self._files, "Messung").taken)

        self._bridge.fetch(take, self._ask, self._fail)

    def _ask(self, taken: int) -> None:
        if taken != len(self._files):
            self._fail(f"only {taken} of {len(self._files)} documents were taken")
            return
        self.sampler.enter("searching")
        self.window.ask(QUESTION)

    @Slot(object)
    def _on_progress(self, event: object) -> None:
        if isinstance(event, ModelReading):
            self.sampler.enter("model reading" if event.done < event.total else "model writing")

    @Slot(str)
    def _fail(self, problem: str) -> None:
        self.error = problem
        self._close()

    @Slot()
    def _close(self) -> None:
        self.sampler.stop()
        self.window.close()


def write_documents(folder: Path, passages: int) -> list[Path]:
    """Write synthetic German documents as Markdown and return their files."""
    files = []
    for document in SyntheticText().documents(passages):
        parts = [f"# {document.title}", *(f"## {one.heading}\n\n{one.text}" for one in document.sections)]
        file = folder / f"{document.id}.md"
        file.write_text("\n\n".join(parts), encoding="utf-8")
        files.append(file)
    return files


def percentile(values: list[float], share: float) -> float:
    """Return the value that ``share`` of ``values`` do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def run_session() -> int:
    """Run the session in this process and print its figures; 1 if it did not come to its end."""
    application = QApplication(sys.argv[:1])
    load_german(application)
    with tempfile.TemporaryDirectory() as folder:
        documents = Path(folder, "documents")
        documents.mkdir()
        files = write_documents(documents, IMPORTED_PASSAGES)
        session = Session(find_paths(Path(folder, "data")), files)
        QTimer.singleShot(LONGEST_MS, session.window, session.window.close)
        QTimer.singleShot(0, session.begin)
        application.exec()
    if session.error or "model writing" not in session.sampler.late_ms:
        print(f"  the session did not come to its end: {session.error or 'nothing was written'}")
    sampled = session.sampler
    for phase, late in sampled.late_ms.items():
        print_line(phase, late, sampled.own_ms[phase])
    print_line("all", list(chain(*sampled.late_ms.values())), list(chain(*sampled.own_ms.values())))
    print(f"  wanted: p99 under {TARGET_P99_MS} ms, never over {TARGET_MAX_MS} ms")
    return 1 if session.error else 0


def print_line(phase: str, late: list[float], own: list[float]) -> None:
    """Print count, median, p99 and maximum of ``late``, and the maximum of ``own``, in milliseconds."""
    print(
        f"  {phase:22} {len(late):6} ticks  p50 {percentile(late, 0.5):5.1f} ms  "
        f"p99 {percentile(late, 0.99):5.1f} ms  max {max(late):6.1f} ms  own {max(own):6.1f} ms",
        flush=True,
    )


def main() -> None:
    """Run the session in a process of its own."""
    subprocess.run(
        [sys.executable, "-m", "bench.latency"],
        check=True,
        stdin=subprocess.DEVNULL,
        env={"QT_QPA_PLATFORM": "offscreen", **os.environ},
    )


if __name__ == "__main__":
    sys.exit(run_session())
