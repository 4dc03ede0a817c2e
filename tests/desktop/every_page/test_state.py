"""What the clerk left is there again, after closing and after a crash."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.single_window import SingleWindow
from desktop.stored_json import read_json_object
from guidelines_db.filters import SearchFilters

TYPED = "Was gilt bei Protokollen im Gemeinder"  # Qt types ASCII alone

KILLED = """
import os, signal, sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from desktop.single_window import SingleWindow
application = QCoreApplication([])
single = SingleWindow(Path(sys.argv[1]))
assert single.claim()
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_page_filters_size_and_the_unfinished_question_survive_a_crash(first_start, open_again) -> None:
    window = first_start.window
    first_start.wait_for(lambda: QApplication.focusWidget() is not None)
    QTest.keyClicks(QApplication.focusWidget(), TYPED)
    filters = SearchFilters(lands=("Bayern",))
    window.questions._collections.filter.show_filters(filters)
    window.resize(760, 640)
    window.show_page("help")
    window.page("help").open("tastatur")
    first_start.settle()

    def is_stored() -> bool:
        file = first_start.paths.window_state
        stored = read_json_object(file) if file.exists() else {}
        pages = stored.get("pages")
        return (
            stored.get("page") == "help"
            and isinstance(pages, dict)
            and pages.get("ask", {}).get("question") == TYPED
            and pages.get("help", {}).get("chapter") == "tastatur"
        )

    first_start.wait_for(is_stored)  # written while the window works, so that a crash finds it there
    again = open_again(first_start)
    assert again.window.shown == "help"
    assert again.window.size().toTuple() == (760, 640)
    again.settle()
    assert again.window.page("help").chapter == "tastatur"
    assert again.window.questions._question.text == TYPED
    assert again.window.questions._collections.filter.filters == filters
    QTest.keyClick(again.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget().toPlainText() == TYPED


def test_a_killed_program_leaves_no_lock(qapp: QApplication, data_dir: Path) -> None:
    lock = data_dir / "window.lock"
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(lock)],
        cwd=Path(__file__).parents[3],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        check=False,
    )
    assert done.returncode == -signal.SIGKILL
    single = SingleWindow(lock)
    assert single.claim()
    single.release()
