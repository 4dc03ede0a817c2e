"""A choice of one, with an arrow in the colours of the theme."""

from PySide6.QtCore import QPoint
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox

from desktop.theme import Theme


class Combo(QComboBox):
    """Draws its arrow itself: a stylesheet would need a picture for each theme."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(name)
        self.setToolTip(name)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the arrow over the rest."""
        super().paintEvent(event)
        side = self._theme.px(14)
        place = QPoint(self.width() - side - self._theme.px(6), (self.height() - side) // 2)
        painter = QPainter(self)
        painter.drawPixmap(place, self._theme.pixmap("down", 14, "ink"))
        painter.end()
