"""The matrix as a picture: everything at a glance, and how many documents speak of each topic.

The table holds the same and is the way in for those who cannot see it; keys and choosing work here as well.
"""

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from desktop.texts import compare as texts
from desktop.theme import Theme
from desktop.widgets.compare.chart_layout import BARS, LINE, MARGIN, ChartLayout, Room, lay_out
from desktop.widgets.compare.model import MatrixModel, Place
from desktop.widgets.compare.shades import shade
from desktop.widgets.parts import announce

_FULL = 10  # sentences at which a circle is as large as it gets
_STEPS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class MatrixChart(QWidget):
    """Draws a :class:`MatrixModel`: the larger a circle, the more sentences."""

    place_shown = Signal(object)  # Place under the pointer or with the keyboard, None without one

    def __init__(self, theme: Theme, model: MatrixModel) -> None:
        super().__init__()
        self._theme = theme
        self._model = model
        self._place: Place | None = None
        self._hover: Place | None = None
        self._cramped = False
        self._seen = 0  # height in pixels
        self._laid_out: ChartLayout | None = None  # until something changes; each cell asks for it
        self.setAccessibleName(texts.CHART_LABEL)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        model.modelReset.connect(self._on_reset)
        model.chosen_changed.connect(self.update)
        theme.changed.connect(self._fit)

    @property
    def place(self) -> Place | None:
        """The cell with the keyboard."""
        return self._place

    def go_to(self, place: Place) -> None:
        """Give the keyboard to the cell at ``place``."""
        if self._model.holds(place) and place != self._place:
            self._place = place
            self.place_shown.emit(place)
            self.update()
            if self.hasFocus():
                topic, column, cell = self._model.parts(place)
                chosen = place in self._model.chosen
                announce(self, texts.spoken(topic.title, column.name, cell, chosen=chosen))

    def set_cramped(self, *, cramped: bool) -> None:
        """Take less room for names."""
        if cramped != self._cramped:
            self._cramped = cramped
            self._fit()

    def set_seen(self, height: int) -> None:
        """Take room for names by how much of the picture is seen at a time."""
        before = self._places.head_height
        self._seen = height
        self._laid_out = None
        if self._places.head_height != before:
            self._fit()

    def head_lines(self) -> tuple[tuple[str, ...], ...]:
        """Return the names of the documents as they are drawn, in lines."""
        return self._places.heads

    def topic_names(self) -> tuple[str, ...]:
        """Return the names of the topics as they are drawn; what has no room is cut with dots."""
        return self._places.topics

    def cell_rect(self, place: Place) -> QRect:
        """Return where the cell at ``place`` is drawn."""
        return self._places.cell(place)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for the least size at which all cells can be told apart."""
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for the same."""
        return self._places.least

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Measure names anew in another font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Move with the arrow keys, choose with Space or Enter."""
        key = Qt.Key(event.key())
        rows, columns = self._model.rowCount(), self._model.columnCount()
        if key in _STEPS and rows and columns:
            row, column = self._place or (0, 0)
            by_row, by_column = _STEPS[key]
            self.go_to((min(max(row + by_row, 0), rows - 1), min(max(column + by_column, 0), columns - 1)))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and self._place is not None:
            self.go_to((self._place[0], 0 if key == Qt.Key.Key_Home else columns - 1))
        elif key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._place is not None:
            self._model.toggle(self._place)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Choose the cell under the pointer."""
        place = self._at(event.position().toPoint())
        if place is not None and event.button() == Qt.MouseButton.LeftButton:
            self.go_to(place)
            self._model.toggle(place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Show what is under the pointer."""
        place = self._at(event.position().toPoint())
        if place != self._hover:
            self._hover = place
            self.place_shown.emit(place if place is not None else self._place)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Return to the cell with the keyboard when the pointer leaves."""
        super().leaveEvent(event)
        self._hover = None
        self.place_shown.emit(self._place)
        self.update()

    def event(self, event: QEvent) -> bool:
        """Name the document or topic under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            if name := self.tip_at(event.pos()):
                QToolTip.showText(event.globalPos(), name, self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def tip_at(self, point: QPoint) -> str:
        """Return what stands at ``point`` in full: a cell, a document or a topic."""
        row, column = place = self._places.place(point)
        if self._model.holds(place):
            topic, document, cell = self._model.parts(place)
            return f"{topic.title} · {document.name}: {texts.amount(cell)}"
        role = Qt.ItemDataRole.ToolTipRole
        if row < 0 and self._model.holds((0, column)):
            return str(self._model.headerData(column, Qt.Orientation.Horizontal, role))
        if column < 0 and self._model.holds((row, 0)):
            return str(self._model.headerData(row, Qt.Orientation.Vertical, role))
        return ""

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Draw anew for the new width."""
        super().resizeEvent(event)
        self._laid_out = None
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw names, circles and bars."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_names(painter)
        for row in range(self._model.rowCount()):
            for column in range(self._model.columnCount()):
                self._paint_cell(painter, (row, column))
            self._paint_bar(painter, row)
        painter.end()

    def _paint_names(self, painter: QPainter) -> None:
        tokens, px = self._theme.tokens, self._theme.px
        shown = self._hover or (self._place if self.hasFocus() else None)
        topics = self.topic_names()
        for row in range(self._model.rowCount()):
            cell = self.cell_rect((row, 0))
            room = QRect(px(MARGIN), cell.top(), self._places.topics_width - px(8), cell.height())
            if row % 2:
                band = QRect(px(MARGIN), cell.top(), self.width() - 2 * px(MARGIN), cell.height())
                painter.fillRect(band, QColor(tokens.page))
            painter.setFont(self._font(bold=shown is not None and shown[0] == row))
            painter.setPen(QColor(tokens.ink))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, topics[row])
        head = self._places.head_height
        for number, lines in enumerate(self.head_lines()):
            cell = self.cell_rect((0, number))
            painter.save()
            painter.setFont(self._font(bold=shown is not None and shown[1] == number))
            painter.translate(cell.center().x(), cell.top() - px(6))
            painter.rotate(-90)
            painter.setPen(QColor(tokens.ink))
            for line, text in enumerate(lines):
                middle = round((line - (len(lines) - 1) / 2) * px(LINE))
                room = QRect(0, middle - px(LINE), head, 2 * px(LINE))
                painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
            painter.restore()

    def _paint_cell(self, painter: QPainter, place: Place) -> None:
        tokens, px = self._theme.tokens, self._theme.px
        rect = self.cell_rect(place)
        cell = self._model.matrix.cell(*place)
        centre = QPointF(rect.center()) + QPointF(0.5, 0.5)
        if cell.spots:
            most = min(rect.width(), rect.height()) / 2 - 1
            share = min(cell.sentences, _FULL) / _FULL
            radius = max(px(3), most * (0.35 + 0.65 * share**0.5))
            hollow = not cell.sentences
            painter.setPen(QPen(QColor(tokens.action), max(1.5, px(2) * 0.8)))
            painter.setBrush(Qt.BrushStyle.NoBrush if hollow else QColor(tokens.action))
            painter.drawEllipse(centre, radius, radius)
        else:
            painter.setPen(QPen(QColor(tokens.edge), 1))
            painter.drawLine(centre - QPointF(px(2), 0), centre + QPointF(px(2), 0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        frame = QRectF(rect).adjusted(1, 1, -1, -1)
        if place in self._model.chosen:
            painter.setPen(QPen(QColor(tokens.ink), 2))
            painter.drawRect(frame)
        if place == self._hover or (place == self._place and self.hasFocus()):
            painter.setPen(QPen(QColor(tokens.focus), 3))
            painter.drawRoundedRect(frame, 3, 3)

    def _paint_bar(self, painter: QPainter, row: int) -> None:
        """Draw how many documents speak of a topic, and how much they say."""
        tokens, px = self._theme.tokens, self._theme.px
        total = self._model.columnCount()
        cell = self.cell_rect((row, total - 1))
        left = cell.right() + px(10)
        number = texts.speaking(self._model.matrix.speaking(row), total)
        metrics = QFontMetrics(self._font())
        room = px(BARS) - px(14) - metrics.horizontalAdvance(texts.speaking(total, total))
        levels = [one.level for one in self._model.matrix.cells[row]]
        height = round(cell.height() * 0.5)
        top = cell.center().y() - height // 2
        x = float(left)
        for level in (3, 2, 1):
            width = room * levels.count(level) / total
            painter.fillRect(QRectF(x, top, width, height), shade(tokens, level))
            x += width
        painter.setPen(QPen(QColor(tokens.edge), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(left, top, x - left, height))
        painter.setFont(self._font())
        painter.setPen(QColor(tokens.ink))
        place = QRect(QPoint(left + room + px(6), cell.top()), QSize(px(BARS), cell.height()))
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, number)

    def _at(self, point: QPoint) -> Place | None:
        place = self._places.place(point)
        return place if self._model.holds(place) else None

    @property
    def _places(self) -> ChartLayout:
        if self._laid_out is None:
            matrix = self._model.matrix
            self._laid_out = lay_out(
                [column.name for column in matrix.columns],
                [topic.title for topic in matrix.topics],
                matrix.joints,
                self._metrics(),
                self._theme.px,
                Room(self.size(), self._seen, self._cramped),
            )
        return self._laid_out

    def _metrics(self) -> QFontMetrics:
        """Return the measures of names as they are at their widest: that of the current cell is bold."""
        return QFontMetrics(self._font(bold=True))

    def _font(self, *, bold: bool = False) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(self._theme.px(12))
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        return font

    @Slot()
    def _on_reset(self) -> None:
        self._place = (0, 0) if self._model.rowCount() else None
        self._hover = None
        self._fit()

    @Slot()
    def _fit(self) -> None:
        self._laid_out = None
        self.setMinimumSize(self.minimumSizeHint())
        self.updateGeometry()
        self.update()
        matrix = self._model.matrix
        counts = [(topic.title, matrix.speaking(row)) for row, topic in enumerate(matrix.topics)]
        topics = [one.title for one in matrix.topics]
        cut = [name for name, short in zip(topics, self.topic_names(), strict=True) if name != short]
        summary = texts.chart_summary(counts, len(matrix.columns))
        self.setAccessibleDescription(f"{summary} {texts.cut_names(cut)}".strip())
