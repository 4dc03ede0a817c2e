"""The heads of the table: names of topics and documents, broken into lines."""

import re
from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from desktop.theme import Theme

NAME_PX = 13  # at 100 % type size
_LEAST_REST = 3  # letters of a broken word


def head_font(widget: QWidget, theme: Theme, size: int = NAME_PX) -> QFont:
    """Return the font of names."""
    font = QFont(widget.font())
    font.setPixelSize(theme.px(size))
    font.setWeight(QFont.Weight.DemiBold)
    return font


class MatrixHead(QHeaderView):
    """Names of topics or documents, broken into lines; what does not fit is cut and stands whole in the tooltip."""

    def __init__(self, theme: Theme, orientation: Qt.Orientation, table: QTableView) -> None:
        super().__init__(orientation, table)
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
        painter.drawText(
            room, align | Qt.TextFlag.TextWordWrap, _fitted(name, QFontMetrics(font), room.size())
        )
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


def _fitted(text: str, metrics: QFontMetrics, room: QSize) -> str:
    """Return as much of ``text`` as fits, broken into lines, in ``room``."""

    def fits(some: str) -> bool:
        box = metrics.boundingRect(QRect(0, 0, room.width(), 10_000), Qt.TextFlag.TextWordWrap, some)
        return box.height() <= room.height() and box.width() <= room.width()

    # A word that is longer than the line breaks at a hyphen, or anywhere.
    text = " ".join(_broken(word, metrics, room.width()) for word in text.split())
    if fits(text):
        return text
    words = text.split(" ")
    while len(words) > 1 and not fits(f"{' '.join(words)} …"):
        words.pop()
    return f"{' '.join(words)} …"


def _widest_word(text: str, metrics: QFontMetrics) -> int:
    """Return the width of the longest stretch without a place to break."""
    return max((metrics.horizontalAdvance(part) for part in re.findall(r"[^\s-]+-?", text)), default=0)


def _broken(word: str, metrics: QFontMetrics, width: int) -> str:
    """Break a word that is wider than ``width``: at its hyphens, and where that is not enough, anywhere."""
    if metrics.horizontalAdvance(word) <= width:
        return word
    at_hyphens = re.findall(r"[^-]*-|[^-]+", word)
    if len(at_hyphens) > 1:
        lines = [at_hyphens[0]]
        for piece in at_hyphens[1:]:
            if metrics.horizontalAdvance(lines[-1] + piece) <= width:
                lines[-1] += piece
            else:
                lines.append(piece)
        return " ".join(_broken(line, metrics, width) for line in lines)
    parts, part = [], ""
    for letter in word:
        if part and metrics.horizontalAdvance(f"{part}{letter}-") > width:
            parts.append(part if part.endswith("-") else f"{part}-")
            part = ""
        part += letter
    if parts and len(part) < _LEAST_REST:  # a letter or two alone cannot be read
        before = parts[-1].removesuffix("-")
        cut = len(before) - (_LEAST_REST - len(part))
        parts[-1], part = f"{before[:cut]}-", before[cut:] + part
    return " ".join([*parts, part])
