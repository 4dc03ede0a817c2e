"""Paints headings in a table of contents: each over as many lines as it needs, further right below another."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.theme import Theme

Index = QModelIndex | QPersistentModelIndex
_WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop

# Pixels at 100 % type size.
_SIDE = 8
_ABOVE = 5
_STEP = 12
_ROUND = 6


class HeadingDelegate(QStyledItemDelegate):
    """What cannot be chosen stands out.

    A stylesheet would cut the last line, and in a tree paint beside what is chosen. The view leaves the indentation to
    this delegate.
    """

    def __init__(self, theme: Theme, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view
        theme.changed.connect(view.scheduleDelayedItemsLayout)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's name
        """Return the width of the view and the height of the lines."""
        del option
        width = self._view.viewport().width()
        room = self._room(QRect(0, 0, width, 100_000), index)
        needed = QFontMetrics(self._font(index)).boundingRect(room, _WRAPPED, str(index.data()))
        return QSize(width, needed.height() + 2 * self._theme.px(_ABOVE))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw ground and text; the one with the keyboard has a frame."""
        tokens = self._theme.tokens
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row = option.rect.adjusted(1, 1, -1, -1)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = option.state & QStyle.StateFlag.State_MouseOver and _can_be_chosen(index)
        if chosen or hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.rail_chosen if chosen else tokens.hover))
            painter.drawRoundedRect(row, _ROUND, _ROUND)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(tokens.focus_rail if chosen else tokens.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(row, _ROUND, _ROUND)
        painter.setPen(QColor(tokens.on_rail if chosen else tokens.ink))
        painter.setFont(self._font(index))
        painter.drawText(self._room(option.rect, index), _WRAPPED, str(index.data()))
        painter.restore()

    def _room(self, row: QRect, index: Index) -> QRect:
        px = self._theme.px
        left = px(_SIDE) + px(_STEP) * _depth(index)
        room = row.adjusted(left, px(_ABOVE), -px(_SIDE), -px(_ABOVE))
        room.setWidth(max(1, room.width()))
        return room

    def _font(self, index: Index) -> QFont:
        font = QFont(self._view.font())
        font.setBold(not _can_be_chosen(index))
        return font


def _can_be_chosen(index: Index) -> bool:
    return bool(index.flags() & Qt.ItemFlag.ItemIsSelectable)


def _depth(index: Index) -> int:
    parent = index.parent()
    return 1 + _depth(parent) if parent.isValid() else 0
