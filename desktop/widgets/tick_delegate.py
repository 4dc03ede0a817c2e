"""Paints a row with a box to tick, in the colours of the theme."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.theme import Theme

Index = QModelIndex | QPersistentModelIndex

# Pixels at 100 % type size.
_BOX = 16
_SIDE = 7
_GAP = 8
_ABOVE = 5


class TickDelegate(QStyledItemDelegate):
    """A row says what it is by its box; the one with the keyboard has a frame."""

    def __init__(self, theme: Theme, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view
        theme.changed.connect(view.scheduleDelayedItemsLayout)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's name
        """Return the room of box and text; a longer text is cut."""
        del option, index
        px = self._theme.px
        return QSize(px(120), max(px(_BOX), self._view.fontMetrics().height()) + 2 * px(_ABOVE))

    def text_room(self, row: QRect) -> QRect:
        """Return the part of ``row`` in which the text stands."""
        px = self._theme.px
        return row.adjusted(px(_SIDE) + px(_BOX) + px(_GAP) + 1, 1, -px(_SIDE) - 1, -1)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw box and text."""
        tokens, px = self._theme.tokens, self._theme.px
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row = option.rect.adjusted(1, 1, -1, -1)
        if option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.hover))
            painter.drawRoundedRect(row, 6, 6)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(tokens.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(row, 6, 6)
        side = px(_BOX)
        self._paint_box(
            painter,
            QRect(row.left() + px(_SIDE), row.center().y() - side // 2, side, side),
            ticked=Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) == Qt.CheckState.Checked,
        )
        room = self.text_room(option.rect)
        painter.setPen(QColor(tokens.ink))
        painter.setFont(self._view.font())
        text = self._view.fontMetrics().elidedText(
            str(index.data()), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        painter.restore()

    def _paint_box(self, painter: QPainter, box: QRect, *, ticked: bool) -> None:
        tokens = self._theme.tokens
        painter.setPen(QPen(QColor(tokens.action if ticked else tokens.edge), 1.5))
        painter.setBrush(QColor(tokens.action if ticked else tokens.card))
        painter.drawRoundedRect(box, 3, 3)
        if ticked:
            painter.drawPixmap(box.topLeft(), self._theme.pixmap("check", _BOX, "on_action"))
