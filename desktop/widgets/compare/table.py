"""The table of topics and documents. Every cell is reached by arrow keys; Space, Enter or a click choose it."""

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPoint,
    QPointF,
    QRect,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from desktop.texts import compare as texts
from desktop.theme import Theme
from desktop.widgets.compare.heads import MatrixHead, head_font
from desktop.widgets.compare.model import Index, MatrixModel, Place
from desktop.widgets.compare.shades import shade

# Pixels at 100 % type size.
_LEAST_COLUMN = 112
_ROW = 38
_TOPICS = 230  # width of the topics' names
_HEAD_LINES, _HEAD_LINES_CRAMPED = 3, 2
_DOT = 4.5  # radius
_DOT_GAP = 13
_CHECK = 14
_TOPICS_SHARE = 0.36  # of the table at most


class MatrixTable(QTableView):
    """Shows a :class:`MatrixModel`."""

    place_shown = Signal(object)  # Place under the pointer or with the keyboard, None without one

    copy_wanted = Signal(object)  # Place

    def __init__(self, theme: Theme, model: MatrixModel) -> None:
        super().__init__()
        self._theme = theme
        self._matrix = model
        self._head_lines = _HEAD_LINES
        self.setObjectName("compareTable")
        self.setAccessibleName(texts.TABLE_LABEL)
        self.setModel(model)
        self.setItemDelegate(_CellDelegate(theme, self))
        for orientation, take in (
            (Qt.Orientation.Horizontal, self.setHorizontalHeader),
            (Qt.Orientation.Vertical, self.setVerticalHeader),
        ):
            take(MatrixHead(theme, orientation, self, lambda: model.matrix.joints))
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setMouseTracking(True)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.entered.connect(lambda index: self.place_shown.emit((index.row(), index.column())))
        self.clicked.connect(self._on_clicked)
        model.modelReset.connect(self._on_reset)
        theme.changed.connect(self._fit)

    @property
    def place(self) -> Place | None:
        """The cell with the keyboard."""
        index = self.currentIndex()
        return (index.row(), index.column()) if index.isValid() else None

    def go_to(self, place: Place) -> None:
        """Give the keyboard to the cell at ``place``."""
        if self._matrix.holds(place):
            self.setCurrentIndex(self._matrix.index(*place))

    def set_cramped(self, *, cramped: bool) -> None:
        """Take less room for the names of documents."""
        lines = _HEAD_LINES_CRAMPED if cramped else _HEAD_LINES
        if lines != self._head_lines:
            self._head_lines = lines
            self._fit()

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802 - Qt's name
        """Tell which cell has the keyboard now."""
        super().currentChanged(current, previous)
        self._update_heads()
        if current.isValid():
            self.place_shown.emit((current.row(), current.column()))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Choose with Space or Enter."""
        place = self.place
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter) and place is not None:
            self._matrix.toggle(place)
        elif event.matches(QKeySequence.StandardKey.Copy) and place is not None:
            self.copy_wanted.emit(place)
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()  # the page knows what to go back to
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Mark the names of the cell with the keyboard."""
        super().focusInEvent(event)
        self._update_heads()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Mark no names any more."""
        super().focusOutEvent(event)
        self._update_heads()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Return to the cell with the keyboard when the pointer leaves."""
        super().leaveEvent(event)
        self.place_shown.emit(self.place)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Fill the width with columns where they are few."""
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for the head and two rows."""
        px = self._theme.px
        return QSize(px(280), self.horizontalHeader().minimumHeight() + 2 * px(_ROW))

    def _update_heads(self) -> None:
        for head in (self.horizontalHeader(), self.verticalHeader()):
            head.viewport().update()

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        self._matrix.toggle((index.row(), index.column()))

    @Slot()
    def _on_reset(self) -> None:
        self._fit()

    @Slot()
    def _fit(self) -> None:
        """Size rows and columns to type size and room."""
        px = self._theme.px
        whole = self.width() - 2 * self.frameWidth()
        topics = min(px(_TOPICS), round(whole * _TOPICS_SHARE))
        self.verticalHeader().setFixedWidth(max(topics, px(80)))
        metrics = QFontMetrics(head_font(self, self._theme))
        for row in range(self._matrix.rowCount()):
            room = QRect(0, 0, self.verticalHeader().width() - px(20), 10_000)
            text = self._matrix.matrix.topics[row].title
            needed = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, text).height() + px(14)
            self.setRowHeight(row, max(px(_ROW), needed))
        self.horizontalHeader().setFixedHeight(self._head_lines * metrics.lineSpacing() + px(14))
        columns = self._matrix.columnCount()
        if columns:
            free = (
                whole
                - self.verticalHeader().width()
                - self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
            )
            width = max(px(_LEAST_COLUMN), min(free // columns, px(2 * _LEAST_COLUMN)))
            for column in range(columns):
                self.setColumnWidth(column, width)
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())
        self.viewport().update()


class _CellDelegate(QStyledItemDelegate):
    """A cell says by its dots how much there is; its ground only repeats it."""

    def __init__(self, theme: Theme, table: MatrixTable) -> None:
        super().__init__(table)
        self._theme = theme
        self._table = table

    def editorEvent(  # noqa: N802 - Qt's name
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """Leave clicks to the table, which takes them anywhere in a cell."""
        del event, model, option, index
        return False

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw ground, dots, the tick of a chosen cell and the frame of the one with the keyboard."""
        model = index.model()
        if not isinstance(model, MatrixModel):
            return
        tokens, px = self._theme.tokens, self._theme.px
        place = index.row(), index.column()
        cell = model.matrix.cell(*place)
        chosen = place in model.chosen
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(option.rect, QColor(tokens.card))
        inner = option.rect.adjusted(2, 2, -2, -2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shade(tokens, cell.level))
        painter.drawRoundedRect(inner, px(5), px(5))
        if option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(QPen(QColor(tokens.edge), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(inner, px(5), px(5))
        paint_sign(painter, self._theme, inner.center(), cell.level, hollow=not cell.sentences)
        if chosen:
            painter.setPen(QPen(QColor(tokens.ink), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(inner.adjusted(1, 1, -1, -1), px(5), px(5))
            tick = QPoint(inner.right() - px(_CHECK) - px(4), inner.top() + px(4))
            painter.drawPixmap(tick, self._theme.pixmap("check", _CHECK, "ink"))
        if option.state & QStyle.StateFlag.State_HasFocus and self._table.hasFocus():
            painter.setPen(QPen(QColor(tokens.focus), 3))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(option.rect.adjusted(2, 2, -2, -2), px(5), px(5))
        painter.restore()


def paint_sign(painter: QPainter, theme: Theme, centre: QPoint, level: int, *, hollow: bool) -> None:
    """Draw up to three dots around ``centre``, a ring where there is a section only, a dash where there is nothing."""
    tokens, px = theme.tokens, theme.px
    if not level:
        painter.setPen(QPen(QColor(tokens.muted), max(1.5, px(2) * 0.75)))
        painter.drawLine(centre - QPoint(px(4), 0), centre + QPoint(px(4), 0))
        return
    radius = _DOT * theme.type_percent / 100
    painter.setPen(QPen(QColor(tokens.ink), max(1.5, radius / 3)) if hollow else Qt.PenStyle.NoPen)
    painter.setBrush(Qt.BrushStyle.NoBrush if hollow else QColor(tokens.ink))
    gap = px(_DOT_GAP)
    left = centre.x() - gap * (level - 1) / 2
    for number in range(level):
        painter.drawEllipse(QPointF(left + number * gap, centre.y()), radius, radius)
