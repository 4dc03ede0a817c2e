"""Controls stand still under the keyboard, at every type size."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.settings import TYPE_STEPS_PERCENT, ThemeChoice
from desktop.theme import Theme
from desktop.widgets.combo import Combo, Number
from desktop.widgets.pages import PAGES
from desktop.widgets.parts import IconButton
from desktop.widgets.radio import Radio
from desktop.widgets.rail import Rail
from desktop.widgets.search_line import SearchLine

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # windows without a screen


@pytest.fixture(params=TYPE_STEPS_PERCENT)
def theme(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[Theme]:
    """A theme at work."""
    made = Theme(ThemeChoice.DARK, request.param)
    made.apply()
    yield made
    made.deleteLater()


def _button(role: str = "") -> QPushButton:
    button = QPushButton("Kopieren")
    button.setProperty("role", role)
    return button


def _controls(theme: Theme) -> list[QWidget]:
    choice = Combo(theme, "Jahr")
    choice.addItem("2024")
    chosen = IconButton(theme, "filter", "Filter", text="Filter")
    chosen.setProperty("role", "filter")
    chosen.setCheckable(True)
    chosen.setChecked(True)
    buttons = [_button(role) for role in ("", "quiet", "chip", "filter")]
    return [*buttons, chosen, choice, Number(theme, "Tage"), QLineEdit(), Radio(theme, "Hell")]


def test_the_frame_of_the_keyboard_moves_nothing(theme: Theme, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    first, controls = QPlainTextEdit(), _controls(theme)
    for one in (first, *controls):
        column.addWidget(one)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=5_000)
    for one in controls:
        first.setFocus()
        before = one.sizeHint()
        one.setFocus()
        assert QApplication.focusWidget() is one
        assert one.sizeHint() == before, (type(one).__name__, one.property("role"))


def _blank(widget: QWidget) -> tuple[int, list[int]]:
    """Return the columns of ``widget`` up to what is drawn in it, and the gaps from there on, borders left out."""
    picture = widget.grab().toImage()
    rows = range(picture.height() // 4, picture.height() * 3 // 4)
    ground = picture.pixel(4, picture.height() // 2)
    inside = range(4, picture.width() - 4)
    drawn = [x for x in inside if any(picture.pixel(x, y) != ground for y in rows)]
    return drawn[0], [after - before for before, after in pairwise(drawn)]


def test_an_arrow_stands_clear_of_the_text_and_moves_nothing(theme: Theme, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    row = QHBoxLayout(window)
    plain, arrow = (IconButton(theme, "document", "Sammlungen", text=" Alle") for _ in range(2))
    arrow.setMenu(QMenu(arrow))
    for one in (plain, arrow):
        row.addWidget(one)
    window.show()
    (left, _), (left_with_arrow, gaps) = _blank(plain), _blank(arrow)
    assert abs(left_with_arrow - left) <= 2
    assert gaps[-1] == 1, "the arrow"
    assert max(gaps) >= theme.px(6), "between text and arrow"
    assert arrow.width() - plain.width() == theme.px(22)


def test_a_narrow_rail_names_every_page(theme: Theme, qtbot: QtBot) -> None:
    rail = Rail(theme, PAGES)
    qtbot.addWidget(rail)
    rail.set_compact(True)
    rail.show()
    for entry in PAGES:
        rail.choose(entry.name)
        button = rail._buttons[entry.name]
        assert button.sizeHint().width() <= button.width()
        assert button.sizeHint().height() <= button.height()
        before = button.grab().toImage()
        button.set_compact(compact=False)
        assert button.text().strip() == entry.title
        button.set_compact(compact=True)
        assert button.grab().toImage() == before
    assert rail.minimumSizeHint().height() <= 700


def test_what_is_searched_for_can_be_taken_back_by_mouse(theme: Theme, qtbot: QtBot) -> None:
    line = SearchLine(theme, "Dokumente durchsuchen", "Suche")
    qtbot.addWidget(line)
    line.resize(400, line.sizeHint().height())
    line.show()
    button = line.findChild(IconButton)
    assert not button.isVisible()
    line.setText("Datenschutz")
    assert button.isVisible()
    assert line.rect().contains(button.geometry())
    assert button.height() >= QFontMetrics(line.font()).height()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert line.text() == ""
    assert not button.isVisible()
