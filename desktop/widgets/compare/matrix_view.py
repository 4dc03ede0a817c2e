"""The matrix as table or picture, with the key sentence of the cell under the pointer or with the keyboard."""

from PySide6.QtCore import QEvent, QObject, QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from desktop.theme import Theme
from desktop.widgets.compare.chart import MatrixChart
from desktop.widgets.compare.key_pane import KeyPane
from desktop.widgets.compare.model import MatrixModel, Place
from desktop.widgets.compare.table import MatrixTable
from desktop.widgets.parts import follow
from desktop.widgets.scroll_area import ScrollArea


class MatrixView(QWidget):
    """Both views stand on the same cell."""

    def __init__(self, theme: Theme, model: MatrixModel) -> None:
        super().__init__()
        self._theme = theme
        self._model = model
        self._cramped = False
        self.table = MatrixTable(theme, model)
        self._chart: MatrixChart | None = None
        self.key = KeyPane(theme)
        self._area = ScrollArea(sideways=True)
        self._area.setObjectName("compareChart")
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._area)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._stack, 1)
        column.addWidget(self.key)
        self.table.place_shown.connect(self._show_key)
        # Once the view has its new height.
        self.key.toggled.connect(lambda: QTimer.singleShot(0, self, self._reveal_current))

    @property
    def chart(self) -> MatrixChart:
        """The picture; made when it is first wanted, as the table need not wait for it."""
        if self._chart is None:
            self._chart = chart = MatrixChart(self._theme, self._model)
            chart.set_cramped(cramped=self._cramped)
            chart.place_shown.connect(self._on_chart_place)
            chart.set_seen(self._area.viewport().height())
            self._area.viewport().installEventFilter(self)
            self._area.take(chart)
            follow(self.table, [chart])
            if self.table.place is not None:
                chart.go_to(self.table.place)
        return self._chart

    @property
    def shown(self) -> MatrixTable | MatrixChart:
        """The view that is shown."""
        return self.table if self._stack.currentWidget() is self.table else self.chart

    @property
    def place(self) -> Place | None:
        """The cell with the keyboard, None if there is none."""
        place = self.shown.place
        return place if place is not None and self._model.holds(place) else None

    def go_to(self, place: Place) -> None:
        """Give the keyboard in both views to the cell at ``place``."""
        self.table.go_to(place)
        if self._chart is not None:
            self._chart.go_to(place)
        self._show_key(place)
        if not self._model.rowCount():
            self.key.show_nothing()

    def show_view(self, *, chart: bool) -> None:
        """Show picture or table; the other's cell has the keyboard."""
        before = self.place
        picture = self.chart if chart else None
        self._stack.setCurrentWidget(self._area if chart else self.table)
        if before is not None:
            self.shown.go_to(before)
        if picture is not None and picture.place is not None:
            self._reveal(picture.place)

    def set_cramped(self, *, cramped: bool) -> None:
        """Take less room."""
        self._cramped = cramped
        self.table.set_cramped(cramped=cramped)
        self.key.set_cramped(cramped=cramped)
        if self._chart is not None:
            self._chart.set_cramped(cramped=cramped)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Tell the picture how much of it is seen."""
        if isinstance(event, QResizeEvent) and watched is self._area.viewport() and self._chart is not None:
            self._chart.set_seen(event.size().height())
        return super().eventFilter(watched, event)

    @Slot(object)
    def _show_key(self, place: Place | None) -> None:
        if place is not None and self._model.holds(place):
            self.key.show_cell(*self._model.parts(place))

    @Slot(object)
    def _on_chart_place(self, place: Place | None) -> None:
        self._show_key(place)
        if place is not None and place == self.chart.place:
            self._reveal(place)

    @Slot()
    def _reveal_current(self) -> None:
        if self.place is None:
            return
        if self.shown is self.table:
            self.table.scrollTo(self.table.currentIndex())
        else:
            self._reveal(self.place)

    def _reveal(self, place: Place) -> None:
        """Scroll the picture to a cell."""
        rect = self.chart.cell_rect(place)
        self._area.ensureVisible(rect.center().x(), rect.center().y(), rect.width() * 2, rect.height() * 2)
