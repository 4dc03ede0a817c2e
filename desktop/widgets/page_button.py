"""A button of the rail: a page's icon and its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt

from desktop.widgets.parts import IconButton

if TYPE_CHECKING:
    from PySide6.QtGui import QFont, QFontMetrics, QPaintEvent

    from desktop.theme import Theme

# Pixels at 100 % type size.
_ICON = 18
_NAME = 11
_ABOVE = 5


class PageButton(IconButton):
    """The name stands beside the icon, or small below it where room is short: an icon alone would have to be known."""

    _compact = False  # IconButton draws the icon before anything else is set up

    def __init__(self, theme: Theme, icon: str, title: str) -> None:
        super().__init__(theme, icon, title, colour="on_rail", text=f" {title}")
        self._title = title
        self.setCheckable(True)

    def set_compact(self, *, compact: bool) -> None:
        """Put the name below the icon, or beside it."""
        if compact != self._compact:
            self._compact = compact
            self.setText("" if compact else f" {self._title}")
            self._draw()
            self.updateGeometry()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for the room of icon and name."""
        if not self._compact:
            return super().sizeHint()
        metrics = self._metrics()
        px = self._theme.px
        height = 2 * px(_ABOVE) + px(_ICON) + metrics.height()
        return QSize(metrics.horizontalAdvance(self._title), height)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for no less."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw icon and name below each other over the rest, if they stand so."""
        super().paintEvent(event)
        if not self._compact:
            return
        from PySide6.QtGui import QColor, QPainter

        px = self._theme.px
        painter = QPainter(self)
        left = (self.width() - px(_ICON)) // 2
        painter.drawPixmap(QPoint(left, px(_ABOVE)), self._theme.pixmap(self._icon, _ICON, self._colour))
        painter.setFont(self._name_font())
        painter.setPen(QColor(self._theme.tokens.on_rail))
        below = QRect(0, px(_ABOVE) + px(_ICON), self.width(), self._metrics().height())
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, self._title)
        painter.end()

    def _metrics(self) -> QFontMetrics:
        from PySide6.QtGui import QFontMetrics

        return QFontMetrics(self._name_font(bold=True))  # so that the chosen one needs no more room

    def _name_font(self, *, bold: bool | None = None) -> QFont:
        from PySide6.QtGui import QFont

        font = QFont(self.font())
        font.setPixelSize(self._theme.px(_NAME))
        bold = self.isChecked() if bold is None else bold
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        return font

    def _draw(self) -> None:
        super()._draw()
        if self._compact:
            from PySide6.QtGui import QIcon

            self.setIcon(QIcon())
