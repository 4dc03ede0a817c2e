"""The table of documents: as many columns as there is room for, all of it by keyboard."""

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from desktop.holdings import Column, Holding, Key, Order
from desktop.texts import library as texts
from desktop.theme import Theme
from desktop.widgets.library.delegate import LibraryDelegate
from desktop.widgets.library.model import COLUMNS, Index, LibraryModel

# Pixels at 100 % type size.
_WIDTHS = {
    Column.PUBLISHER: 146,
    Column.LAND: 118,
    Column.KIND: 132,
    Column.DATE: 94,
    Column.COLLECTION: 146,
    Column.TOPICS: 170,
}
_ALL_FROM = 1060
_SOME_FROM = 740
_SOME = (Column.TITLE, Column.LAND, Column.KIND, Column.DATE, Column.COLLECTION)
_LEAST_HEIGHT = 170


class LibraryTable(QTableView):
    """Enter or a click opens a document, Entf asks to remove one of the user's own."""

    opened = Signal(object)  # Holding
    remove_wanted = Signal(object)  # Holding
    order_wanted = Signal(object)  # Column: its heading was clicked

    def __init__(self, theme: Theme, model: LibraryModel) -> None:
        super().__init__()
        self._theme = theme
        self._rows = model
        self._columns: tuple[Column, ...] = ()
        self._paint = LibraryDelegate(theme, model, self)
        self.setObjectName("libraryTable")
        self.setAccessibleName(texts.TABLE_LABEL)
        self.setModel(model)
        self.setItemDelegate(self._paint)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        heads = self.horizontalHeader()
        heads.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        heads.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        heads.setSectionsClickable(True)
        heads.setHighlightSections(False)
        heads.setMinimumSectionSize(1)
        heads.sectionClicked.connect(lambda section: self.order_wanted.emit(COLUMNS[section]))
        self.clicked.connect(self._on_open)
        model.modelReset.connect(self._fit)
        theme.changed.connect(self._fit)
        self._fit()

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns that are shown; what has none stands below the title."""
        return self._columns

    @property
    def current(self) -> Holding | None:
        """The document with the keyboard."""
        return self._rows.holding(self.currentIndex().row())

    def choose(self, key: Key | None) -> None:
        """Put the current row on a document, or on the first one if it is not listed."""
        row = self._rows.row_of(key) if key is not None else -1
        if self._rows.rowCount():
            self.setCurrentIndex(self._rows.index(max(0, row), 0))

    def show_order(self, order: Order) -> None:
        """Show in the heading by which column the list is sorted."""
        heads = self.horizontalHeader()
        heads.setSortIndicatorShown(order.column is not None)
        if order.column is not None:
            # Qt's arrow points down for ascending; here it points the way of the button above.
            way = Qt.SortOrder.AscendingOrder if order.descending else Qt.SortOrder.DescendingOrder
            heads.setSortIndicator(COLUMNS.index(order.column), way)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Choose the columns for the new width."""
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Open with Enter, remove with Entf, go to both ends; leave Alt to the page."""
        key = event.key()
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            event.ignore()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_open(self.currentIndex())
        elif key == Qt.Key.Key_Delete and self.current is not None and self.current.info.own:
            self.remove_wanted.emit(self.current)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and self._rows.rowCount():
            row = 0 if key == Qt.Key.Key_Home else self._rows.rowCount() - 1
            self.setCurrentIndex(self._rows.index(row, max(0, self.currentIndex().column())))
        elif key == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the whole row under the pointer, not only one of its cells."""
        super().mouseMoveEvent(event)
        self.viewport().update()

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802 - Qt's name
        """Draw the frame of the current row in all its cells."""
        super().currentChanged(current, previous)
        self.viewport().update()

    @Slot(QModelIndex)
    def _on_open(self, index: QModelIndex) -> None:
        holding = self._rows.holding(index.row())
        if holding is not None:
            self.opened.emit(holding)

    @Slot()
    def _fit(self) -> None:
        px = self._theme.px
        width = self.viewport().width()
        if width >= px(_ALL_FROM):
            columns, facts_lines, excerpt_lines = COLUMNS, 0, 1
        elif width >= px(_SOME_FROM):
            columns, facts_lines, excerpt_lines = _SOME, 1, 1
        else:
            columns, facts_lines, excerpt_lines = (Column.TITLE,), 1 if self._rows.searching else 2, 2
        self._columns = columns
        self._paint.set_form(columns, facts_lines=facts_lines, excerpt_lines=excerpt_lines)
        for section, column in enumerate(COLUMNS):
            self.setColumnHidden(section, column not in columns)
        others = sum(px(_WIDTHS[column]) for column in columns if column is not Column.TITLE)
        for section, column in enumerate(COLUMNS):
            self.setColumnWidth(section, px(_WIDTHS[column]) if column in _WIDTHS else width - others)
        self.horizontalHeader().setVisible(len(columns) > 1)
        self._fit_rows()

    @Slot()
    def _fit_rows(self) -> None:
        height = self._paint.row_height()
        if self.verticalHeader().defaultSectionSize() != height:
            self.verticalHeader().setMinimumSectionSize(1)
            self.verticalHeader().setDefaultSectionSize(height)
        self.setMinimumHeight(
            max(self._theme.px(_LEAST_HEIGHT), height + self.horizontalHeader().sizeHint().height())
        )
        self.viewport().update()
