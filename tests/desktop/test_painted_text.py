"""Text that delegates paint: how high it is, and that what is cut says so."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QImage, QPainter
from PySide6.QtWidgets import QApplication

from desktop.theme import LIGHT
from desktop.widgets.painted_text import PaintedText

WORDS = "Transparenzpflichten des Artikels 50 gelten für Kommunen und ihre Betriebe"


@pytest.fixture
def text(qapp: QApplication) -> Callable[..., PaintedText]:
    font = QFont(qapp.font())
    font.setPixelSize(26)
    return lambda words, *ranges, lines=1: PaintedText(words, font, LIGHT.ink, ranges, lines)


def test_what_is_cut_ends_with_dots_also_where_marked_words_are_wider(text) -> None:
    for room in range(300, 700, 7):
        one = text(WORDS, (0, 20), (46, 54))
        (row,) = one._rows(room)
        assert row.text().endswith("…"), room
        line = row.lineAt(0)
        assert line.textLength() == len(row.text()), "nothing is left over that would not be drawn"
        assert line.naturalTextWidth() <= room


def test_it_is_as_high_as_the_lines_it_needs(text) -> None:
    line = text("x").line_height
    assert text("kurz", lines=3).height(700) == line
    assert text(WORDS, lines=3).height(700) == 2 * line
    assert text(WORDS, lines=3).height(300) == 3 * line
    marked = text(WORDS[:54], (0, 54), lines=2)
    wide = text(WORDS[:54], lines=2)
    room = next(width for width in range(300, 1000) if wide.height(width) == line)
    assert marked.height(room) == 2 * line, "bold words need a second line"


def test_it_paints_no_lower_than_it_is_high(text) -> None:
    one = text(WORDS, lines=2)
    image = QImage(400, 200, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    one.paint(painter, LIGHT, QPointF(0, 0), 400)
    painter.end()
    inked = [y for y in range(200) if any(image.pixel(x, y) != 0xFFFFFFFF for x in range(400))]
    assert inked[-1] < one.height(400)
