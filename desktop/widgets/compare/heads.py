"""The heads of the table: names of topics and documents, broken into lines."""

import re
from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from desktop.theme import Theme
from desktop.widgets.compare.word_breaks import NO_JOINTS, Joints, broken

NAME_PX = 13  # at 100 % type size


def head_font(widget: QWidget, theme: Theme, size: int = NAME_PX) -> QFont:
    """Return the font of names."""
    font = QFont(widget.font())
    font.setPixelSize(theme.px(size))
    font.setWeight(QFont.Weight.DemiBold)
    return font


class MatrixHead(QHeaderView):
    """Names of topics or documents, broken into lines; what does not fit is cut and stands whole in the tooltip."""

    def __init__(
        self, theme: Theme, orientation: Qt.Orientation, table: QTableView, joints: Callable[[], Joints]
    ) -> None:
        """``joints`` returns those of the words in the names that are shown."""
        super().__init__(orientation, table)
        self._joints = joints
        self._theme = theme
        self._table = table
        self.setObjectName("compareHead")
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(1)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:  # noqa: N802 - Qt's name
        """Draw the name of a row or column; that of the cell with the keyboard on another ground."""
        tokens, px = self._theme.tokens, self._theme.px
        across = self.orientation() == Qt.Orientation.Horizontal
        current = self._table.currentIndex()
        here = self._table.hasFocus() and section == (current.column() if across else current.row())
        painter.save()
        painter.fillRect(rect, QColor(tokens.hover if here else tokens.card))
        painter.setPen(QColor(tokens.line))
        if across:
            painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setPen(QColor(tokens.ink))
        room = rect.adjusted(px(4), px(4), -px(4), -px(4)) if across else rect.adjusted(px(10), 0, -px(8), 0)
        name = str(self.model().headerData(section, self.orientation()) or "")
        sizes = (NAME_PX - 1, NAME_PX - 2) if across else (NAME_PX,)
        fonts = [head_font(self, self._theme, size) for size in sizes]
        # A long word is written a little smaller before it is broken.
        font = next(
            (one for one in fonts if _widest_word(name, QFontMetrics(one)) <= room.width()), fonts[-1]
        )
        painter.setFont(font)
        align = Qt.AlignmentFlag.AlignCenter if across else Qt.AlignmentFlag.AlignLeft
        align |= Qt.AlignmentFlag.AlignVCenter
        lines = _fitted(name, QFontMetrics(font), room.size(), self._joints())
        painter.drawText(room, align | Qt.TextFlag.TextWordWrap, lines)
        painter.restore()


def shortened(names: Sequence[str], metrics: QFontMetrics, room: int) -> list[str]:
    """Return ``names`` cut to ``room`` pixels: at the end, or in the middle where several would look the same."""

    def cut(name: str, mode: Qt.TextElideMode) -> str:
        # A name that fits by a hair would be cut by Qt, which measures fractions of pixels.
        return name if metrics.horizontalAdvance(name) <= room else metrics.elidedText(name, mode, room)

    at_end = [cut(name, Qt.TextElideMode.ElideRight) for name in names]
    return [
        cut(name, Qt.TextElideMode.ElideMiddle) if at_end.count(short) > 1 else short
        for name, short in zip(names, at_end, strict=True)
    ]


def lines_of(name: str, metrics: QFontMetrics, room: int, joints: Joints = NO_JOINTS) -> list[str]:
    """Return ``name``, whole, in lines of ``room`` pixels; a longer word is broken, best at its ``joints``."""
    lines: list[str] = []
    for word in _words(name, metrics, room, joints):
        if lines and metrics.horizontalAdvance(f"{lines[-1]} {word}") <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _words(name: str, metrics: QFontMetrics, room: int, joints: Joints) -> list[str]:
    """Return the words of ``name``, those wider than ``room`` in parts."""
    return [
        part
        for word in name.split()
        for part in broken(word, lambda text: metrics.horizontalAdvance(text) <= room, joints)
    ]


def _fitted(text: str, metrics: QFontMetrics, room: QSize, joints: Joints) -> str:
    """Return as much of ``text`` as fits, broken into lines, in ``room``."""

    def fits(some: str) -> bool:
        box = metrics.boundingRect(QRect(0, 0, room.width(), 10_000), Qt.TextFlag.TextWordWrap, some)
        return box.height() <= room.height() and box.width() <= room.width()

    words = _words(text, metrics, room.width(), joints)
    if fits(" ".join(words)):
        return " ".join(words)
    while len(words) > 1 and not fits(f"{' '.join(words)} …"):
        words.pop()
    return f"{' '.join(words)} …"


def _widest_word(text: str, metrics: QFontMetrics) -> int:
    """Return the width of the longest stretch without a place to break."""
    return max((metrics.horizontalAdvance(part) for part in re.findall(r"[^\s-]+-?", text)), default=0)
