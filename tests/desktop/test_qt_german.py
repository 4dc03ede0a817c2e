"""Qt's own parts speak German: buttons, menus, file dialogues, scroll bars, what a screen reader says can be done."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer, QTranslator
from PySide6.QtGui import QAccessible, QContextMenuEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialogButtonBox,
    QFileDialog,
    QFileSystemModel,
    QLabel,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QScrollBar,
    QSlider,
    QSpinBox,
    QTableWidget,
    QTextBrowser,
    QToolButton,
    QTreeView,
    QTreeWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.settings import ThemeChoice
from desktop.theme import Theme, load_german
from desktop.widgets.combo import Number

SAME_IN_BOTH = {"OK", "Name", "Return", "Enter", "Esc", "Tab", "F1", ""}
BUTTONS = [
    one
    for one in QDialogButtonBox.StandardButton
    if one.name not in {"NoButton", "FirstButton", "LastButton", "YesAll", "NoAll", "Default", "Escape"}
]
KEYS = "Ctrl+K Shift+F1 Return Enter Esc Space PgUp PgDown Up Left Del Ins Home End Backspace Tab F1".split()

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # dialogues without a screen


@pytest.fixture
def translators(qapp: QApplication) -> Iterator[list[QTranslator]]:
    """Return what makes Qt German, and leave it at work."""
    assert load_german(qapp)
    found = qapp.findChildren(QTranslator)
    yield found
    for one in found:
        qapp.installTranslator(one)


def _buttons() -> Iterator[str]:
    for box in (QDialogButtonBox(), QMessageBox()):
        for which in BUTTONS:
            yield box.addButton(getattr(type(box).StandardButton, which.name)).text()
    box = QMessageBox()
    box.setDetailedText("mehr")
    for _ in range(2):
        details = next(one for one in box.buttons() if box.buttonRole(one) is box.ButtonRole.ActionRole)
        yield details.text()
        details.click()


def _entries(menu: QMenu) -> Iterator[str]:
    for action in menu.actions():
        if not action.isSeparator():
            yield action.text()
        if action.menu() is not None:
            yield from _entries(action.menu())


def _menu_of(widget: QWidget, place: QPoint | None = None) -> list[str]:
    """Return what stands in the menu that the right mouse button opens on ``widget``."""
    texts: list[str] = []
    place = place or widget.rect().center()

    def read() -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        texts.extend(_entries(menu))
        menu.close()

    reading = QTimer(interval=20)
    reading.timeout.connect(lambda: read() if QApplication.activePopupWidget() else None)
    reading.start()
    QApplication.sendEvent(
        widget, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, widget.mapToGlobal(place))
    )
    for _ in range(100):
        if texts:
            break
        QTest.qWait(20)
    reading.stop()
    assert texts, widget
    return texts


def _menus(qtbot: QtBot) -> Iterator[str]:
    label = QLabel("Text")
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    browser = QTextBrowser()
    browser.setHtml("<a href='x'>Verweis</a>")
    scrolled = QScrollBar()
    scrolled.setMaximum(10)
    for widget in (QLineEdit(), QSpinBox(), label, scrolled, QPlainTextEdit(), browser):
        qtbot.addWidget(widget)
        widget.resize(300, 200)
        widget.show()
        yield from _menu_of(getattr(widget, "viewport", lambda now=widget: now)(), QPoint(10, 10))


def _file_dialogues(qtbot: QtBot) -> Iterator[str]:
    for mode in QFileDialog.AcceptMode:
        dialogue = QFileDialog()
        dialogue.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialogue.setAcceptMode(mode)
        dialogue.setViewMode(QFileDialog.ViewMode.Detail)
        qtbot.addWidget(dialogue)
        dialogue.show()
        for part in dialogue.findChildren(QWidget):
            for told in (getattr(part, "text", str)(), part.toolTip(), part.accessibleName()):
                if part.objectName() != "fileNameEdit":
                    yield told
        types = dialogue.findChild(QComboBox, "fileTypeCombo")
        yield types.currentText()
        columns = dialogue.findChild(QFileSystemModel)
        yield from (
            str(columns.headerData(n, Qt.Orientation.Horizontal)) for n in range(columns.columnCount())
        )
        tree = dialogue.findChild(QTreeView, "treeView")
        yield from _menu_of(tree.viewport(), QPoint(20, 100))


def _actions() -> Iterator[str]:
    """What a screen reader names as possible."""
    kinds = (
        *(QPushButton, QCheckBox, QRadioButton, QToolButton, QComboBox, QSpinBox, QSlider, QLineEdit),
        *(QTextBrowser, QTableWidget, QTreeWidget),
    )
    for kind in kinds:
        widget = kind()
        actions = QAccessible.queryAccessibleInterface(widget).actionInterface()
        for name in actions.actionNames() if actions else ():
            yield actions.localizedActionName(name)
            yield actions.localizedActionDescription(name)


def _keys() -> Iterator[str]:
    for keys in KEYS:
        yield QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)


@pytest.mark.parametrize("part", ["buttons", "menus", "files", "actions", "keys"])
def test_nothing_of_qt_is_left_in_english(qtbot: QtBot, translators: list[QTranslator], part: str) -> None:
    def read() -> list[str]:
        return list(
            {
                "buttons": _buttons,
                "menus": lambda: _menus(qtbot),
                "files": lambda: _file_dialogues(qtbot),
                "actions": _actions,
                "keys": _keys,
            }[part]()
        )

    german = read()
    for one in translators:
        QApplication.removeTranslator(one)
    english = read()
    assert len(german) == len(english)
    left = {one for one, other in zip(german, english, strict=True) if one == other} - SAME_IN_BOTH
    assert left == set()
    assert len(set(german)) > 5


def test_a_number_offers_what_a_line_of_text_offers(qtbot: QtBot, translators: list[QTranslator]) -> None:
    number, line = Number(Theme(ThemeChoice.LIGHT, 100), "Rechenkerne"), QLineEdit()
    offered = []
    for widget in (number, line):
        qtbot.addWidget(widget)
        widget.resize(300, 40)
        widget.show()
        offered.append(_menu_of(widget))
    assert offered[0] == offered[1]
    assert any(text.startswith("&Kopieren") for text in offered[0])
