"""Paints one past question in the list: its name, what was found in it, when it was asked and how it ended."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView, QWidget

from desktop.history import LONGEST_TITLE, Entry
from desktop.texts import history as texts
from desktop.theme import Theme
from desktop.widgets.history_model import HistoryModel, facts_line
from desktop.widgets.painted_text import PaintedText

Index = QModelIndex | QPersistentModelIndex

# Pixels at 100 % type size.
_SIDE = 14  # room beside the text
_ABOVE = 9
_BETWEEN = 3
_BAR = 4  # the bar at the side of what is chosen
_GROUP_ABOVE = 16
_ICON = 14
_NAME_PX = 14
_SMALL_PX = 12


@dataclass(frozen=True)
class _Line(PaintedText):
    icon: str = ""


class HistoryDelegate(QStyledItemDelegate):
    """Rows are as high as their texts need, which are cut after two lines."""

    def __init__(self, theme: Theme, model: HistoryModel, view: QTreeView) -> None:
        super().__init__(view)
        self._theme = theme
        self._model = model
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's name
        """Return the width of the view and the height of the texts."""
        del option
        px = self._theme.px
        width = self._view.viewport().width()
        entry = self._model.entry(index)
        if entry is None:
            return QSize(
                width, QFontMetrics(self._font(_SMALL_PX, bold=True)).height() + px(_GROUP_ABOVE + 8)
            )
        heights = [line.height(self._room(width, line)) for line in self._lines(entry, index)]
        return QSize(width, sum(heights) + px(_BETWEEN) * (len(heights) - 1) + 2 * px(_ABOVE))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the row; what is chosen has a bar, what has the keyboard a frame."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        entry = self._model.entry(index)
        rect = option.rect
        self._paint_ground(painter, option, is_group=entry is None)
        if entry is None:
            self._paint_group(painter, rect, index)
        else:
            top = rect.top() + self._theme.px(_ABOVE)
            for line in self._lines(entry, index):
                room = self._room(rect.width(), line)
                left = rect.right() + 1 - self._theme.px(_SIDE) - room
                if line.icon:
                    icon = self._theme.pixmap(line.icon, _ICON, "muted")
                    down = (line.line_height - self._theme.px(_ICON)) // 2
                    painter.drawPixmap(QPoint(rect.left() + self._theme.px(_SIDE), top + down), icon)
                line.paint(painter, self._theme.tokens, QPointF(left, top), room)
                top += line.height(room) + self._theme.px(_BETWEEN)
        painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: N802 - Qt's name
        """Return the input for a new name."""
        del option, index
        editor = QLineEdit(parent)
        editor.setMaxLength(LONGEST_TITLE)
        editor.setAccessibleName(texts.RENAME_FIELD)
        editor.setToolTip(texts.RENAME_FIELD)
        return editor

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: N802 - Qt's name
        """Put the input over the row."""
        del index
        height = max(editor.sizeHint().height(), self._theme.px(34))
        side = self._theme.px(_SIDE) // 2
        editor.setGeometry(
            option.rect.left() + side, option.rect.top() + 2, option.rect.width() - 2 * side, height
        )

    def _lines(self, entry: Entry, index: Index) -> Sequence[_Line]:
        tokens = self._theme.tokens
        small = self._font(_SMALL_PX)
        lines = [_Line(entry.name, self._font(_NAME_PX, bold=True), tokens.ink)]
        if entry.excerpt.text:
            lines.append(
                _Line(entry.excerpt.text, self._font(_SMALL_PX + 1), tokens.ink, entry.excerpt.ranges)
            )
        lines.append(_Line(facts_line(entry, self._model.group(index)), small, tokens.muted))
        if entry.checked_by:
            checked = texts.checked(entry.checked_by, entry.checked_at)
            lines.append(_Line(checked, small, tokens.muted, icon="check"))
        return lines

    def _font(self, size: int, *, bold: bool = False) -> QFont:
        font = QFont(self._view.font())
        font.setPixelSize(self._theme.px(size))
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        return font

    def _room(self, width: int, line: _Line) -> int:
        px = self._theme.px
        return max(1, width - 2 * px(_SIDE) - (px(_ICON + 5) if line.icon else 0))

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, *, is_group: bool) -> None:
        tokens = self._theme.tokens
        state = option.state
        inner = option.rect.adjusted(2, 1, -2, -1)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen or (state & QStyle.StateFlag.State_MouseOver and not is_group):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.card if chosen else tokens.hover))
            painter.drawRoundedRect(inner, 8, 8)
        if chosen:
            painter.setBrush(QColor(tokens.action))
            bar = QRect(inner.left(), inner.top() + 6, self._theme.px(_BAR), inner.height() - 12)
            painter.drawRoundedRect(bar, 2, 2)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tokens.focus), 2))
            painter.drawRoundedRect(inner.adjusted(1, 1, -1, -1), 8, 8)

    def _paint_group(self, painter: QPainter, rect: QRect, index: Index) -> None:
        group = self._model.group(index)
        if group is None:
            return
        px = self._theme.px
        inner = rect.adjusted(px(_SIDE), px(_GROUP_ABOVE) - px(4), -px(_SIDE), -px(2))
        font = self._font(_SMALL_PX, bold=True)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        painter.setPen(QColor(self._theme.tokens.ink))
        number = texts.questions(len(group.entries))
        counted = metrics.horizontalAdvance(number) + px(12)
        both = metrics.horizontalAdvance(group.title) + counted <= inner.width()
        title = metrics.elidedText(
            group.title, Qt.TextElideMode.ElideRight, inner.width() - (counted if both else 0)
        )
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignLeft, title)
        if both:
            painter.setFont(self._font(_SMALL_PX))
            painter.setPen(QColor(self._theme.tokens.muted))
            painter.drawText(inner, middle | Qt.AlignmentFlag.AlignRight, number)
