"""Text that delegates paint: broken into a few lines, cut with dots, with stretches of it marked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout, QTextOption

from desktop.theme import Tokens

Ranges = Sequence[tuple[int, int]]


@dataclass(frozen=True)
class PaintedText:
    """``ranges`` of ``text`` are marked as found; at most ``lines`` are shown."""

    text: str
    font: QFont
    colour: str
    ranges: Ranges = ()
    lines: int = 2

    @property
    def line_height(self) -> int:
        """Height of a line in pixels."""
        return QFontMetrics(self.font).lineSpacing()

    def height(self, room: int) -> int:
        """Return the height where it is ``room`` pixels wide: one line, or as many as it may have."""
        fits = QFontMetrics(self.font).horizontalAdvance(self.text) <= room
        return self.line_height * (1 if fits else self.lines)

    def paint(self, painter: QPainter, tokens: Tokens, place: QPointF, room: int) -> None:
        """Draw it at ``place`` (top left), ``room`` pixels wide; the last line ends with dots if there is more."""
        painter.setPen(QColor(self.colour))
        for number, row in enumerate(self._rows(tokens, room)):
            row.draw(painter, place + QPointF(0, number * self.line_height))

    def _rows(self, tokens: Tokens, room: int) -> Iterator[QTextLayout]:
        metrics = QFontMetrics(self.font)
        text, ranges = self.text, self.ranges
        for number in range(self.lines):
            if number == self.lines - 1:
                text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            layout = _layout(text, self.font, ranges, tokens)
            layout.beginLayout()
            row = layout.createLine()
            row.setLineWidth(room)
            layout.endLayout()
            yield layout
            end = row.textLength()
            text, ranges = text[end:], tuple((first - end, last - end) for first, last in ranges)
            if not text:
                return


def _layout(text: str, font: QFont, ranges: Ranges, tokens: Tokens) -> QTextLayout:
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    cut = [(max(0, first), min(last, len(text))) for first, last in ranges]
    layout.setFormats([_found(first, last, tokens) for first, last in cut if first < last])
    return layout


def _found(start: int, end: int, tokens: Tokens) -> QTextLayout.FormatRange:
    found = QTextLayout.FormatRange()
    found.start = start
    found.length = end - start
    form = QTextCharFormat()
    form.setFontWeight(QFont.Weight.DemiBold)
    form.setBackground(QColor(tokens.mark))
    form.setForeground(QColor(tokens.on_mark))
    found.format = form
    return found
