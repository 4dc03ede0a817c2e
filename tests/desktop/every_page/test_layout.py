"""No text of any page is cut off, and none covers another: all pages, colours, type sizes and window sizes."""

from collections.abc import Iterator
from itertools import combinations, product

import pytest
from PySide6.QtCore import QModelIndex, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSpinBox,
    QStyle,
    QStyleOptionComboBox,
    QWidget,
)

from desktop.settings import ThemeChoice
from desktop.widgets.check_list import CheckList
from desktop.widgets.flowing_text import FlowingText

SIZES = ((1360, 840), (1024, 700))
OFF = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
THEMES = (ThemeChoice.LIGHT, ThemeChoice.DARK, ThemeChoice.HIGH_CONTRAST)


def described(one: QWidget) -> str:
    """Return what a person would need to find ``one``."""
    text = one.text() if isinstance(one, QLabel | QAbstractButton) else ""
    return f"{type(one).__name__} {one.objectName()} {(one.accessibleName() or text)[:60]!r}"


def shown(window: QWidget) -> Iterator[QWidget]:
    """Yield every widget that is shown."""
    for one in window.findChildren(QWidget):
        if one.isVisibleTo(window) and one.parentWidget() is not None and not one.isWindow():
            yield one


def too_small(one: QWidget) -> str:
    """Return why ``one`` has too little room for its text, "" if it has enough."""
    if isinstance(one, QLabel) and one.text():
        if one.wordWrap():
            needed = one.heightForWidth(one.width())
            return f"{one.height()} px high, needs {needed}" if needed > one.height() else ""
        short = one.sizeHint().width() > one.width() or one.sizeHint().height() > one.height()
        return f"{one.size().toTuple()}, needs {one.sizeHint().toTuple()}" if short else ""
    if isinstance(one, FlowingText):
        needs, has = one.document().size(), one.viewport()
        short = needs.height() > has.height() + 1 or needs.width() > has.width() + 1
        return f"{has.size().toTuple()}, needs {needs.toTuple()}" if short else ""
    if isinstance(one, QAbstractButton) and (one.text() or one.layout()):
        layout = one.layout()
        height = layout.totalHeightForWidth(one.width()) if layout else one.sizeHint().height()
        width = 0 if layout else one.sizeHint().width()
        short = height > one.height() or width > one.width()
        return f"{one.size().toTuple()}, needs {width}, {height}" if short else ""
    if isinstance(one, QLineEdit) and not isinstance(one.parentWidget(), QSpinBox) and not one.text():
        needs, has = one.fontMetrics().horizontalAdvance(one.placeholderText()), one.contentsRect().width()
        return f"hint {one.placeholderText()!r} needs {needs}, has {has}" if needs > has else ""
    if isinstance(one, QComboBox):
        option = QStyleOptionComboBox()
        one.initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        field = one.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, one)
        needs = one.fontMetrics().horizontalAdvance(one.currentText())
        return f"{one.currentText()!r} needs {needs}, has {field.width()}" if needs > field.width() else ""
    if isinstance(one, QSpinBox):
        return "" if one.sizeHint().height() <= one.height() else "too low"
    if isinstance(one, CheckList):
        rows = [one.model().index(row, 0) for row in range(one.model().rowCount())]
        return ", ".join(f"{row.data()!r}" for row in rows if not _has_room(one, row))
    if isinstance(one, QHeaderView) and one.model() is not None:
        return ", ".join(
            f"column {section}"
            for section in range(one.count())
            if not one.isSectionHidden(section)
            and one.sectionSizeFromContents(section).height() > one.height() + 1
            and one.orientation().name == "Horizontal"
        )
    return ""


def _has_room(one: CheckList, row: QModelIndex) -> bool:
    room = one.itemDelegate().text_room(one.visualRect(row)).width()
    return one.fontMetrics().horizontalAdvance(row.data()) <= room


def faults(window: QWidget) -> list[str]:
    """Return every visible text that is cut off, sticks out of what holds it, or covers another."""
    found = []
    by_parent: dict[QWidget, list[QWidget]] = {}
    for one in shown(window):
        if why := too_small(one):
            found.append(f"{described(one)}: {why}")
        parent = one.parentWidget()
        fixed = isinstance(one, QScrollArea) and one.horizontalScrollBarPolicy() is OFF
        if fixed and one.widget() and one.widget().width() > one.viewport().width():
            found.append(
                f"{described(one)}: what it shows is {one.widget().width()} px wide, "
                f"there are {one.viewport().width()}"
            )
        is_text = isinstance(one, QLabel | QAbstractButton | QLineEdit | QComboBox | FlowingText)
        if is_text and parent.layout() is not None and not isinstance(parent, QScrollArea):
            by_parent.setdefault(parent, []).append(one)
            if not QRect(parent.rect()).contains(one.geometry()):
                found.append(f"{described(one)} sticks out of {described(parent)}")
    for siblings in by_parent.values():
        for one, other in combinations(siblings, 2):
            if one.geometry().intersects(other.geometry()):
                found.append(f"{described(one)} covers {described(other)}")
    return found


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize(("theme", "percent"), [*product(THEMES, (100, 200)), (ThemeChoice.LIGHT, 80)])
def test_no_text_is_cut_off_or_covered(desk, theme: ThemeChoice, percent: int, size: tuple[int, int]) -> None:
    desk.look(theme, percent, size)
    found = []
    for view in desk.views():
        found += [f"{view}: {fault}" for fault in faults(desk.window)]
        if desk.window.size().toTuple() != size:
            found.append(f"{view}: the window grew to {desk.window.size().toTuple()}")
    assert not found, "\n".join(dict.fromkeys(found))
