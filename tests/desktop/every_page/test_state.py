"""What the clerk left is there again, after closing and after a crash."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QSplitter, QWidget

from desktop.document_place import Place
from desktop.holdings import Column, Order
from desktop.single_window import SingleWindow
from desktop.stored_json import read_json_object
from guidelines_db.filters import SearchFilters

SIZE = (790, 760)  # no wider than the screen, or less of it would come back
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


def _drag(splitter: QSplitter, pixels: int) -> None:
    """Move the border between the two parts, as a mouse does."""
    splitter.moveSplitter(splitter.sizes()[0] + pixels, 1)


def _splitter(page: QWidget) -> QSplitter:
    """Return the one that is seen on ``page``."""
    return next(one for one in page.findChildren(QSplitter) if one.isVisible())


def _on_ask(desk) -> None:
    page = desk.window.page("ask")
    desk.ask("Wann ist ein Rat befangen?")
    page.open_passage(page.current_turn, 1)
    desk.settle()
    _drag(_splitter(page), -40)
    page._collections._toggle("recht")
    page._collections.filter.panel._change(SearchFilters(lands=("Bayern",), year_from=2024))
    page.focus_first()
    QTest.keyClicks(QApplication.focusWidget(), TYPED)


def _on_library(desk) -> None:
    page = desk.window.page("library")
    page.list.kinds._toggle("dienstanweisung")
    page.list.collections._toggle("ki-leitlinien")
    page.list.collections.filter.panel._change(SearchFilters(lands=("Baden-Württemberg",)))
    page.list.order_bar.changed.emit(Order(Column.DATE, descending=True))
    page.list.focus_search()
    QTest.keyClicks(QApplication.focusWidget(), "daten")
    desk.settle()
    page.show_place(Place("ki-leitlinien", "wien", ""))
    desk.settle()
    _drag(_splitter(page), 60)


def _on_compare(desk) -> None:
    page = desk.window.page("compare")
    page.choice.panel._change(replace(page._comparison.choice, lands=("Baden-Württemberg", "Bayern")))
    desk.settle()
    page.focus_first()
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_Space, Qt.Key.Key_Down):
        QTest.keyClick(page.matrix.table, key)
    desk.settle()
    _drag(_splitter(page), -30)


def _on_history(desk) -> None:
    page = desk.window.page("history")
    QTest.keyClick(page.side.list, Qt.Key.Key_Return)
    desk.settle()
    _drag(_splitter(page), 50)


def _on_settings(desk) -> None:
    # So small that two parts have room beside each other.
    desk.window.page("settings").type_size.setValue(0)


def _on_help(desk) -> None:
    page = desk.window.page("help")
    page.open("tastatur")
    desk.settle()
    _drag(_splitter(page), 45)


CHANGES = {
    "settings": _on_settings,
    "ask": _on_ask,
    "library": _on_library,
    "compare": _on_compare,
    "history": _on_history,
    "help": _on_help,
}


def _seen(desk, name: str) -> tuple[object, ...]:
    """Return what is kept of the page ``name``, as it would be read again, and the widths of its parts."""
    desk.window.show_page(name)
    desk.settle()
    page = desk.window.page(name)
    if name == "ask":  # its passage is not opened by itself
        page.open_passage(page.current_turn, 1)
        desk.settle()
    assert page.isAncestorOf(desk.window.focusWidget())
    sizes = [one.sizes() for one in page.findChildren(QSplitter) if one.isVisible()]
    return json.loads(json.dumps(dict(page.state()))), sizes


@pytest.mark.parametrize("ended", ["closed", "crashed"])
def test_every_page_is_as_it_was(first_start, open_again, ended: str) -> None:
    first_start.window.resize(*SIZE)
    left = {}
    for name, change in CHANGES.items():
        first_start.window.show_page(name)
        first_start.settle()
        change(first_start)
        first_start.settle()
        left[name] = _seen(first_start, name)
    file = first_start.paths.window_state

    def is_stored() -> bool:
        stored = read_json_object(file) if file.exists() else {}
        pages = {name: state for name, (state, _) in left.items()}
        return (stored.get("page"), stored.get("pages")) == ("help", pages)

    if ended == "closed":
        first_start.window.close()
    first_start.wait_for(is_stored)
    again = open_again(first_start)
    again.settle()
    assert again.window.shown == "help"
    assert again.window.page("help").isAncestorOf(again.window.focusWidget())
    assert again.window.size().toTuple() == SIZE
    assert again.theme.type_percent == first_start.theme.type_percent
    assert {name: _seen(again, name) for name in CHANGES} == left


def test_what_is_typed_without_a_pause_is_stored_meanwhile(first_start) -> None:
    file = first_start.paths.window_state
    line = first_start.window.questions._question
    number = 0

    def goes_on() -> bool:
        nonlocal number
        number += 1
        line.propose(f"Frage {number}")
        stored = read_json_object(file) if file.exists() else {}
        return bool(stored.get("pages", {}).get("ask", {}).get("question"))

    first_start.wait_for(goes_on)


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
