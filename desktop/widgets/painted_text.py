"""Text that delegates paint: broken into a few lines, cut with dots, with stretches of it marked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout, QTextOption

from desktop.theme import Tokens

Ranges = Sequence[tuple[int, int]]
_ENDLESS = 1_000_000  # pixels


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
        """Return the height where it is ``room`` pixels wide: that of as many lines as it needs and may have."""
        return self.line_height * sum(1 for _ in self._rows(room))

    def paint(self, painter: QPainter, tokens: Tokens, place: QPointF, room: int) -> None:
        """Draw it at ``place`` (top left), ``room`` pixels wide; the last line ends with dots if there is more."""
        painter.setPen(QColor(self.colour))
        for number, row in enumerate(self._rows(room, tokens)):
            row.draw(painter, place + QPointF(0, number * self.line_height))

    def _rows(self, room: int, tokens: Tokens | None = None) -> Iterator[QTextLayout]:
        text, ranges = self.text, self.ranges
        for number in range(self.lines):
            if number == self.lines - 1:
                text = self._cut(text, ranges, room)
            layout = _layout(text, self.font, ranges, tokens, room)
            yield layout
            end = layout.lineAt(0).textLength()
            text, ranges = text[end:], tuple((first - end, last - end) for first, last in ranges)
            if not text:
                return

    def _cut(self, text: str, ranges: Ranges, room: int) -> str:
        """Return what of ``text`` fits into a line; what is marked is bold, and so wider than the font says."""
        metrics = QFontMetrics(self.font)
        width = room
        while True:
            cut = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
            layout = _layout(cut, self.font, ranges, None, _ENDLESS)  # kept: its line lives no longer
            over = layout.lineAt(0).naturalTextWidth() - room
            if over <= 0 or width <= 0:
                return cut
            width -= max(1, round(over))


def _layout(text: str, font: QFont, ranges: Ranges, tokens: Tokens | None, room: int) -> QTextLayout:
    """Return ``text`` with its first line laid out; without ``tokens`` to be measured only."""
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    cut = [(max(0, first), min(last, len(text))) for first, last in ranges]
    layout.setFormats([_found(first, last, tokens) for first, last in cut if first < last])
    layout.beginLayout()
    layout.createLine().setLineWidth(room)
    layout.endLayout()
    return layout


def _found(start: int, end: int, tokens: Tokens | None) -> QTextLayout.FormatRange:
    found = QTextLayout.FormatRange()
    found.start = start
    found.length = end - start
    form = QTextCharFormat()
    form.setFontWeight(QFont.Weight.DemiBold)
    if tokens is not None:
        form.setBackground(QColor(tokens.mark))
        form.setForeground(QColor(tokens.on_mark))
    found.format = form
    return found
