"""A screen reader may ask for any child of an area at any time; Qt ends the program if one has just gone away."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.widgets import scroll_area
from desktop.widgets.scroll_area import scrolling


@pytest.mark.parametrize("sideways", [False, True])
def test_an_area_has_the_same_parts_however_much_it_holds(qtbot: QtBot, *, sideways: bool) -> None:
    content = QWidget()
    area = scrolling(content, sideways=sideways)
    qtbot.addWidget(area)
    area.resize(200, 200)
    area.show()
    counts = set()
    for side in (50, 1000, 50):
        content.setMinimumSize(side, side)
        qtbot.waitUntil(lambda side=side: (area.verticalScrollBar().maximum() > 0) is (side > 200))
        QApplication.processEvents()  # a bar that comes or goes does so after its range changed
        counts.add(QAccessible.queryAccessibleInterface(area).childCount())
    assert len(counts) == 1


@pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")
def test_what_scrolls_is_not_styled_before_it_is_shown(qtbot: QtBot) -> None:
    content = QWidget()
    text = QLabel("Text")
    QVBoxLayout(content).addWidget(text)
    whole = QWidget()
    qtbot.addWidget(whole)
    QVBoxLayout(whole).addWidget(scrolling(content))
    assert not text.testAttribute(Qt.WidgetAttribute.WA_WState_Polished)
    whole.show()
    assert text.isVisible()
    assert whole.isAncestorOf(text)


def test_there_is_no_other_kind_of_area() -> None:
    widgets = Path(scroll_area.__file__).parent
    others = [file for file in widgets.rglob("*.py") if "QScrollArea()" in file.read_text(encoding="utf-8")]
    assert not others
