"""Vergleichen in the whole window: by keyboard from the rail to the library and an export; back after a restart."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.app import make_window
from desktop.library import Library
from desktop.paths import Paths
from desktop.settings import Settings
from desktop.texts import compare as texts
from desktop.widgets.compare import saving
from desktop.widgets.compare.page import ComparePage
from desktop.widgets.main_window import MainWindow
from desktop.widgets.pages import COMPARE, PAGES
from guidelines_db.build import build_index

OpenWindow = Callable[[], MainWindow]


@pytest.fixture
def open_window(qtbot: QtBot, qapp: QApplication, tmp_path: Path, assistant_type) -> Iterator[OpenWindow]:
    """Return a function that opens the window anew over the real collections."""
    build_index(tmp_path / "share" / "collections.db")
    paths = Paths(tmp_path / "data", tmp_path / "share", ())
    library = Library(paths)
    left: list[QWidget] = []

    class Assistant(assistant_type):  # type: ignore[misc]
        """Its library is the real one."""

    Assistant.library = property(lambda _: library)

    def open_one() -> MainWindow:
        for window in left:
            window.close()
        window, bridge, theme = make_window(paths, Assistant, Settings())
        left.append(window)
        window.destroyed.connect(theme.deleteLater)
        window.show()
        window.activateWindow()
        with qtbot.waitSignal(window.ready, timeout=20_000):
            bridge.open()
        return window

    yield open_one
    for window in left:
        window.close()
        window.deleteLater()
    QApplication.processEvents()
    library.close()


def compare_page(window: MainWindow, qtbot: QtBot) -> ComparePage:
    """Return the page once it shows documents."""
    page = window.page(COMPARE)
    assert isinstance(page, ComparePage)
    qtbot.waitUntil(lambda: page.model.rowCount() > 0, timeout=60_000)
    return page


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def tab_to(qtbot: QtBot, name: str) -> QWidget:
    """Press Tab until a control of this name has the keyboard."""
    for _ in range(60):
        if name in (focused().accessibleName(), getattr(focused(), "text", str)()):
            return focused()
        qtbot.keyClick(focused(), Qt.Key.Key_Tab)
    raise AssertionError(f"{name} is not reached by Tab")


def test_by_keyboard_from_the_rail_to_the_library_and_to_an_export(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window()
    number = [entry.name for entry in PAGES].index(COMPARE) + 1
    qtbot.keyClick(window, Qt.Key(ord(str(number))), Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.shown == COMPARE, timeout=20_000)
    page = compare_page(window, qtbot)
    assert page.matrix.table.hasFocus()
    page.matrix.table.go_to((0, 0))
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Space):
        qtbot.keyClick(focused(), key)
    topic, column, cell = page.model.parts(page.model.chosen[0])
    assert topic.title == "Datenschutz"
    assert cell.key in page.matrix.key.text
    section = cell.section
    file = tmp_path / "Vergleich.csv"
    monkeypatch.setattr(saving, "ask_for_file", lambda *_: file)
    qtbot.keyClick(tab_to(qtbot, texts.EXPORT_LABEL), Qt.Key.Key_Space)
    qtbot.waitUntil(file.is_file, timeout=30_000)
    assert cell.key in file.read_text(encoding="utf-8-sig")
    opening = tab_to(qtbot, texts.OPEN_LABEL.format(document=column.name, section=section))
    assert isinstance(opening, QPushButton)
    qtbot.keyClick(opening, Qt.Key.Key_Space)
    assert window.shown == "library"


def test_the_page_comes_back_after_a_restart(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    window.show_page(COMPARE)
    page = compare_page(window, qtbot)
    page.matrix.table.go_to((3, 4))
    qtbot.keyClick(page.matrix.table, Qt.Key.Key_Space)
    kept = page.state()
    again = open_window()
    assert again.shown == COMPARE
    page = compare_page(again, qtbot)
    assert page.model.chosen == ((3, 4),)
    assert page.matrix.table.place == (3, 4)
    assert {**page.state(), "sizes": []} == {**kept, "sizes": []}
