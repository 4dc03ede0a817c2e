"""By what the list is sorted, and which way: what clicks on the table's headings do, also by keyboard."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.holdings import Column, Order
from desktop.texts import library as texts
from desktop.theme import Theme
from desktop.widgets.combo import Combo
from desktop.widgets.parts import IconButton, label

_FIT = ""  # how well documents fit what is searched for


class OrderBar(QWidget):
    """Reports what was chosen."""

    changed = Signal(object)  # Order

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._order = Order()
        self._searching = False
        self._short = False
        self._columns = Combo(theme, texts.SORT_LABEL)
        self._columns.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToContents)
        self._way = IconButton(theme, "down", texts.SORT_UP_LABEL, text=f" {texts.SORT_UP}")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._title = label(texts.SORT, "muted", wrap=False)
        row.addWidget(self._title)
        row.addWidget(self._columns)
        row.addWidget(self._way)
        self._columns.activated.connect(self._on_column)
        self._way.clicked.connect(self._on_way)
        self.show_order(Order(), searching=False)

    @property
    def columns(self) -> Combo:
        """Where the column is chosen."""
        return self._columns

    @property
    def way(self) -> IconButton:
        """What turns the order round."""
        return self._way

    def show_order(self, order: Order, *, searching: bool) -> None:
        """Show ``order``; how well documents fit is offered while something is searched for."""
        if searching != self._searching or not self._columns.count():
            self._searching = searching
            self._columns.clear()
            if searching:
                self._columns.addItem(texts.SORT_FIT, _FIT)
            for column in Column:
                self._columns.addItem(texts.COLUMNS[column.value], column.value)
        self._order = order
        wanted = order.column.value if order.column else (_FIT if searching else Column.TITLE.value)
        self._columns.setCurrentIndex(max(0, self._columns.findData(wanted)))
        by_fit = searching and order.column is None
        self._way.setEnabled(not by_fit)
        down = order.descending
        self._way.setText("" if self._short else f" {texts.SORT_DOWN if down else texts.SORT_UP}")
        self._way.setAccessibleName(texts.SORT_DOWN_LABEL if down else texts.SORT_UP_LABEL)
        self._way.setToolTip(self._way.accessibleName())
        self._way.show_icon("down" if down else "up")

    def set_short(self, *, short: bool) -> None:
        """Do with fewer words; screen readers hear all of them all the same."""
        if short != self._short:
            self._short = short
            self._title.setVisible(not short)
            self.show_order(self._order, searching=self._searching)

    @Slot()
    def _on_column(self) -> None:
        chosen = str(self._columns.currentData())
        self.changed.emit(Order(Column(chosen) if chosen else None))

    @Slot()
    def _on_way(self) -> None:
        self.changed.emit(Order(self._order.column or Column.TITLE, not self._order.descending))
