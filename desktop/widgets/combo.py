"""A choice of one and a number, with arrows in the colours of the theme."""

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QContextMenuEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QSpinBox, QStyle, QStyleOptionComboBox, QStyleOptionSpinBox

from desktop.theme import Theme


class Combo(QComboBox):
    """Draws its arrow itself: a stylesheet would need a picture for each theme."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(name)
        self.setToolTip(name)

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:  # noqa: N802 - Qt's name
        """Cut what has no room with dots, and not within a letter."""
        super().initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self).width()
        metrics = self.fontMetrics()
        if metrics.horizontalAdvance(option.currentText) > room:
            option.currentText = metrics.elidedText(option.currentText, Qt.TextElideMode.ElideMiddle, room)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the arrow over the rest."""
        super().paintEvent(event)
        side = self._theme.px(14)
        place = QPoint(self.width() - side - self._theme.px(6), (self.height() - side) // 2)
        painter = QPainter(self)
        painter.drawPixmap(place, self._theme.pixmap("down", 14, "ink"))
        painter.end()


class Number(QSpinBox):
    """Draws its arrows itself, as :class:`Combo` does."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(name)
        theme.changed.connect(self._fit)
        self._fit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        """Offer what a line of text offers; Qt would add "Inkrementieren", for which there are arrows and keys."""
        menu = self.lineEdit().createStandardContextMenu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the arrows over the rest."""
        super().paintEvent(event)
        option = QStyleOptionSpinBox()
        self.initStyleOption(option)
        part = QStyle.SubControl
        painter = QPainter(self)
        for icon, which in (("up", part.SC_SpinBoxUp), ("down", part.SC_SpinBoxDown)):
            room = self.style().subControlRect(QStyle.ComplexControl.CC_SpinBox, option, which, self)
            picture = self._theme.pixmap(icon, 12, "ink" if self.isEnabled() else "muted")
            side = self._theme.px(12)
            painter.drawPixmap(room.center() - QPoint(side // 2, side // 2), picture)
        painter.end()

    @Slot()
    def _fit(self) -> None:
        """Begin the text where a choice begins its own; of a number's padding Qt counts what is above and below."""
        self.lineEdit().setTextMargins(self._theme.px(8), 0, 0, 0)
