"""The headings of a document, as high as they need to be: what is around them scrolls."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QListWidget,
    QScrollArea,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.texts import library as texts
from desktop.theme import Theme

Index = QModelIndex | QPersistentModelIndex
_WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


# Pixels at 100 % type size.
_SIDE = 8
_ABOVE = 5
_ROUND = 6


class _HeadingDelegate(QStyledItemDelegate):
    """Paints a heading over as many lines as it needs; a stylesheet would cut the last."""

    def __init__(self, theme: Theme, view: QListWidget) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's name
        """Return the width of the list and the height of the lines."""
        del option
        px = self._theme.px
        width = self._view.viewport().width()
        room = QRect(0, 0, max(1, width - 2 * px(_SIDE)), 100_000)
        needed = self._view.fontMetrics().boundingRect(room, _WRAPPED, str(index.data()))
        return QSize(width, needed.height() + 2 * px(_ABOVE))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw ground and text; the one with the keyboard has a frame."""
        tokens, px = self._theme.tokens, self._theme.px
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row = option.rect.adjusted(1, 1, -1, -1)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.rail_chosen if chosen else tokens.hover))
            painter.drawRoundedRect(row, _ROUND, _ROUND)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(tokens.focus_rail if chosen else tokens.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(row, _ROUND, _ROUND)
        painter.setPen(QColor(tokens.on_rail if chosen else tokens.ink))
        painter.setFont(self._view.font())
        room = option.rect.adjusted(px(_SIDE), px(_ABOVE), -px(_SIDE), -px(_ABOVE))
        painter.drawText(room, _WRAPPED, str(index.data()))
        painter.restore()


class ContentsList(QListWidget):
    """Enter or a click goes to a heading."""

    chosen = Signal(int)  # number of the section

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("libraryContents")
        self.setItemDelegate(_HeadingDelegate(theme, self))
        self.setMouseTracking(True)
        self.setAccessibleName(texts.CONTENTS_LABEL)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.itemClicked.connect(self._on_chosen)
        self.currentRowChanged.connect(self._show_current)

    def show_headings(self, headings: Sequence[str]) -> None:
        """Show ``headings``, the first being current."""
        self.clear()
        self.addItems(list(headings))
        self.setCurrentRow(0)
        self.fit()

    def mark(self, section: int) -> None:
        """Make ``section`` current without going there."""
        self.setCurrentRow(section)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Go to the heading with Enter; leave Alt and Esc to the page."""
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if alt or event.key() == Qt.Key.Key_Escape:
            event.ignore()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_chosen()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Fit the height to the new width."""
        super().resizeEvent(event)
        self.fit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Fit the height to another type size, of which a hidden list learns when it is shown."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.fit()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for no width."""
        return QSize(0, self.minimumHeight())

    @Slot()
    def fit(self) -> None:
        """Be as high as all headings are."""
        self.doItemsLayout()
        last = self.visualItemRect(self.item(self.count() - 1)) if self.count() else None
        bottom = last.bottom() + self.verticalOffset() if last is not None else 0
        height = bottom + 2 * self.frameWidth() + 6
        if height != self.minimumHeight() or height != self.maximumHeight():
            self.setFixedHeight(height)

    @Slot()
    def _on_chosen(self) -> None:
        if self.currentRow() >= 0:
            self.chosen.emit(self.currentRow())

    @Slot(int)
    def _show_current(self, row: int) -> None:
        parent: QWidget | None = self.parentWidget()
        while parent is not None and not isinstance(parent, QScrollArea):
            parent = parent.parentWidget()
        page = parent.widget() if parent is not None else None
        if parent is None or page is None or row < 0:
            return
        inside = self.viewport().mapTo(page, self.visualItemRect(self.item(row)).center())
        parent.ensureVisible(inside.x(), inside.y(), 0, self.fontMetrics().lineSpacing() * 2)
