"""One of several that exclude each other, with a round mark in the colours of the theme."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QRadioButton, QStyle, QStyleOptionButton

from desktop.theme import Theme


class Radio(QRadioButton):
    """Draws its mark itself: what a stylesheet rounds has corners at some type sizes."""

    def __init__(self, theme: Theme, text: str) -> None:
        super().__init__(text)
        self._theme = theme

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw a ring, and a disc in it if this is the chosen one."""
        super().paintEvent(event)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        part = QStyle.SubElement.SE_RadioButtonIndicator
        room = QRectF(self.style().subElementRect(part, option, self))
        tokens, line = self._theme.tokens, self._theme.px(2)
        ring = tokens.action if self.isChecked() else tokens.edge if self.isEnabled() else tokens.line
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(ring), line))
        painter.setBrush(QColor(tokens.card))
        painter.drawEllipse(room.adjusted(line / 2, line / 2, -line / 2, -line / 2))
        if self.isChecked():
            inset = room.width() / 4
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(ring))
            painter.drawEllipse(room.adjusted(inset, inset, -inset, -inset))
        painter.end()
