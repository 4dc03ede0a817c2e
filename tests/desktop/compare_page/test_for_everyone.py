"""The page Vergleichen for a screen reader, at large type, in all colours, by listed keys."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QKeySequence
from PySide6.QtWidgets import QApplication

from desktop.shortcuts import SHORTCUTS
from desktop.texts import compare as texts
from desktop.texts import shortcuts as shortcut_texts
from desktop.theme import DARK, HIGH_CONTRAST, LIGHT, Tokens, contrast
from desktop.widgets.compare.shades import shade

TRANSPARENCY = "transparenz-kennzeichnung"
MARKING = [
    [TRANSPARENCY, "ki-leitlinien", "wien"],
    [TRANSPARENCY, "ki-leitlinien", "schorndorf"],
]


def test_a_screen_reader_hears_cells_and_headers(open_room) -> None:
    room = open_room({"chosen": MARKING})
    table = QAccessible.queryAccessibleInterface(room.page.matrix.table)
    assert table.role() == QAccessible.Role.Table
    assert table.text(QAccessible.Text.Name) == texts.TABLE_LABEL
    row, column = room.place(TRANSPARENCY, "wien")
    across = room.page.model.columnCount() + 1  # the headers are children too
    cell = table.child((row + 1) * across + column + 1)
    assert cell.role() == QAccessible.Role.Cell
    name = cell.text(QAccessible.Text.Name)
    assert name.startswith("Transparenz und Kennzeichnung, Wien: viel, 8 Sätze ausgewählt.")
    assert "In Wien gilt eine Kennzeichnungspflicht" in name
    heads = table.child(column + 1), table.child((row + 1) * across)
    assert [head.role() for head in heads] == [QAccessible.Role.ColumnHeader, QAccessible.Role.RowHeader]
    assert heads[0].text(QAccessible.Text.Name).startswith("Wien: Kompass")
    assert heads[1].text(QAccessible.Text.Name) == "Transparenz und Kennzeichnung"


def test_which_view_is_shown_is_told_without_colour(open_room) -> None:
    room = open_room()
    views = {name: room.button(name) for name in (texts.TABLE_VIEW_LABEL, texts.CHART_VIEW_LABEL)}
    for shown in reversed(views):
        views[shown].click()
        assert [name for name, button in views.items() if not button.icon().isNull()] == [shown]


@pytest.mark.parametrize("percent", [100, 200])
def test_a_change_of_view_moves_no_button(open_room, percent: int) -> None:
    room = open_room(percent=percent)
    names = (texts.TABLE_VIEW_LABEL, texts.CHART_VIEW_LABEL, texts.EXPORT_LABEL)
    buttons = [room.button(name) for name in names]
    before = [one.geometry() for one in buttons]
    for view in reversed(buttons[:2]):
        view.click()
        # Before the next round of events, in which Qt may paint first and lay out after.
        assert [one.sizeHint().width() for one in buttons] == [one.width() for one in buttons]
        room.settle()
        assert [one.geometry() for one in buttons] == before


def test_long_names_and_large_type_leave_everything_in_reach(open_room) -> None:
    room = open_room({"chosen": MARKING, "current": MARKING[0]}, percent=200)
    room.page.resize(928, 700)
    room.settle()
    assert room.page.size().toTuple() == (928, 700), "the page fits"
    table, key = room.page.matrix.table, room.page.matrix.key
    assert not room.page.sides.isVisible()
    place = table.visualRect(room.page.model.index(*table.place))
    assert table.viewport().rect().contains(place.center())
    assert room.page.rect().contains(key.geometry().translated(key.parentWidget().mapTo(room.page, QPoint())))
    room.button(texts.KEY_OPEN_LABEL).click()
    room.settle()
    scroll = key._scroll
    assert scroll.verticalScrollBar().maximum() > 0
    scroll.setFocus(Qt.FocusReason.TabFocusReason)
    assert scroll.hasFocus(), "what does not fit is scrolled by keyboard"
    room.press(Qt.Key.Key_Down, scroll)
    assert scroll.verticalScrollBar().value() > 0
    room.button(texts.SHOW_SIDES_SHORT.format(number=2)).click()
    room.settle()
    assert room.page.sides.isVisible()
    assert not table.isVisible()
    assert room.page.sides.texts_shown[0].hasFocus()
    room.press(Qt.Key.Key_Escape, room.page.sides.texts_shown[0])
    assert table.isVisible()
    assert table.hasFocus()


@pytest.mark.parametrize("view", ["table", "chart"])
def test_where_there_is_little_height_the_key_sentence_is_a_line_that_opens(open_room, view) -> None:
    room = open_room({"current": MARKING[0], "chart": view == "chart"}, percent=200)
    room.page.resize(828, 700)
    room.settle()
    matrix = room.page.matrix
    key, shown = matrix.key, matrix.shown
    area = shown.parentWidget() if view == "chart" else shown.viewport()
    closed = area.height()
    assert not key.opened
    assert key._line.isVisible()
    topic, column, cell = room.page.model.parts(matrix.place)
    assert topic.title in key._line.accessibleName()
    assert column.name in key._line.accessibleName()
    shown.setFocus()
    room.press(Qt.Key.Key_Tab, shown)
    toggle = QApplication.focusWidget()
    assert toggle.accessibleName() == texts.KEY_OPEN_LABEL
    room.press(Qt.Key.Key_Space, toggle)
    assert toggle.accessibleName() == texts.KEY_CLOSE_LABEL
    assert key._sentence.isVisible()
    assert cell.key in key.text
    assert area.height() < closed - room.theme.px(40)
    place = shown.cell_rect(matrix.place) if view == "chart" else shown.visualRect(shown.currentIndex())
    corner = shown.mapTo(area, place.center()) if view == "chart" else place.center()
    assert area.rect().contains(corner), "the cell is still in sight"
    room.press(Qt.Key.Key_Space, toggle)
    assert area.height() == closed
    room.page.resize(1160, 1500)
    room.settle()
    assert key.opened
    assert not toggle.isVisible()


@pytest.mark.parametrize("tokens", [LIGHT, DARK, HIGH_CONTRAST], ids=["light", "dark", "contrast"])
def test_signs_can_be_read_on_every_ground(tokens: Tokens) -> None:
    for level in range(4):
        assert contrast(tokens.ink, shade(tokens, level).name()) >= 4.5
    assert contrast(tokens.focus, shade(tokens, 3).name()) >= 3 or tokens is not HIGH_CONTRAST


def test_its_keys_are_listed() -> None:
    mine = [key for one in SHORTCUTS if one.where == shortcut_texts.COMPARE for key in one.keys]
    assert {"Space", "Return", "Esc"} <= set(mine)
    assert all(QKeySequence(key).count() == 1 for key in mine)
