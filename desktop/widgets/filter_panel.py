"""Where filters are chosen: Land, place, years. Only values that documents have are offered."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.german import sort_key
from desktop.texts import filters as texts
from desktop.theme import Theme
from desktop.widgets.check_list import CheckList
from desktop.widgets.combo import Combo
from desktop.widgets.parts import label
from guidelines_db.filters import NO_FILTERS, FilterValues, SearchFilters

_BESIDE_FROM = 640  # pixels at 100 % type size


class FilterPanel(QFrame):
    """Every change holds at once; Esc or "Fertig" closes."""

    changed = Signal(object)  # SearchFilters
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("filterPanel")
        self.setAccessibleName(texts.PANEL_LABEL)
        self._filters = NO_FILTERS
        self._beside = True  # the years stand beside the lists
        self._lands = CheckList(theme, texts.LAND_LABEL)
        self._places = CheckList(theme, texts.PLACE_LABEL)
        self._from = _Years(theme, texts.YEAR_FROM_LABEL)
        self._to = _Years(theme, texts.YEAR_TO_LABEL)
        self._undated = label("", "small")
        self._clear = QPushButton(texts.CLEAR)
        self._done = QPushButton(texts.DONE)
        self._lay_out()
        self._lands.ticked.connect(lambda lands: self._change(replace(self._filters, lands=lands)))
        self._places.ticked.connect(lambda places: self._change(replace(self._filters, places=places)))
        self._from.activated.connect(self._on_from)
        self._to.activated.connect(self._on_to)
        self._clear.clicked.connect(lambda: self._change(NO_FILTERS))
        self._done.clicked.connect(self.closed)

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Where the tab key stops, in this order."""
        return (self._lands, self._places, self._from, self._to, self._clear, self._done)

    def show_filters(self, filters: SearchFilters) -> None:
        """Show which filters hold."""
        self._filters = filters
        self._lands.tick(filters.lands)
        self._places.tick(filters.places)
        for combo, year in ((self._from, filters.year_from), (self._to, filters.year_to)):
            combo.setCurrentIndex(max(0, combo.findData(year)))
        self._clear.setEnabled(bool(filters))

    def show_values(self, values: FilterValues) -> None:
        """Offer ``values``; a filter that holds is offered too, also where no document has it any more."""
        filters = self._filters
        self._lands.show_values(_counted(values.lands, filters.lands), filters.lands)
        self._places.show_values(_counted(values.places, filters.places), filters.places)
        years = {year for year, _ in values.years} | {filters.year_from, filters.year_to} - {0}
        for combo in (self._from, self._to):
            combo.clear()
            combo.addItem(texts.ANY_YEAR, 0)
            for year in sorted(years, reverse=True):
                combo.addItem(str(year), year)
        self._undated.setText(texts.undated(values.undated))
        self._undated.setVisible(bool(values.undated))
        self.show_filters(filters)

    def focus_first(self) -> None:
        """Put the keyboard on the first list."""
        self._lands.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Close with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """Return the height in the arrangement for ``width``."""
        self._arrange(width)
        return super().heightForWidth(width)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Put the years below the lists where there is no room beside them."""
        super().resizeEvent(event)
        self._arrange(event.size().width())

    def _lay_out(self) -> None:
        years = QHBoxLayout()
        years.setSpacing(10)
        for name, combo in ((texts.YEAR_FROM, self._from), (texts.YEAR_TO, self._to)):
            years.addWidget(label(name, wrap=False))
            years.addWidget(combo, 1)
        self._dates = _titled(texts.YEARS)
        self._dates.addLayout(years)
        self._dates.addWidget(self._undated)
        self._dates.addStretch(1)
        self._columns = QGridLayout()
        self._columns.setHorizontalSpacing(18)
        self._columns.setVerticalSpacing(12)
        for place, (title, widget) in enumerate(((texts.LAND, self._lands), (texts.PLACE, self._places))):
            column = _titled(title)
            column.addWidget(widget)
            self._columns.addLayout(column, 0, place)
            self._columns.setColumnStretch(place, 1)
        self._columns.addLayout(self._dates, 0, 2)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._clear)
        buttons.addStretch(1)
        buttons.addWidget(self._done)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 12, 16, 12)
        whole.setSpacing(12)
        whole.addLayout(self._columns)
        whole.addLayout(buttons)

    def _arrange(self, width: int) -> None:
        beside = width >= self._theme.px(_BESIDE_FROM)
        if beside == self._beside:
            return
        self._beside = beside
        self._columns.removeItem(self._dates)
        place = (0, 2, 1, 1) if beside else (1, 0, 1, 2)
        self._columns.addLayout(self._dates, *place)

    @Slot()
    def _on_from(self) -> None:
        first = int(self._from.currentData())
        last = self._filters.year_to
        self._change(replace(self._filters, year_from=first, year_to=max(first, last) if last else 0))

    @Slot()
    def _on_to(self) -> None:
        last = int(self._to.currentData())
        first = self._filters.year_from
        self._change(replace(self._filters, year_to=last, year_from=min(first, last) if last else first))

    def _change(self, filters: SearchFilters) -> None:
        self.show_filters(filters)
        self.changed.emit(filters)


def _titled(title: str) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(6)
    column.addWidget(label(title, "heading"))
    return column


class _Years(Combo):
    """A choice of years."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(theme, name)
        self.addItem(texts.ANY_YEAR, 0)


def _counted(values: tuple[tuple[str, int], ...], kept: tuple[str, ...]) -> list[tuple[str, str]]:
    counts = {**dict.fromkeys(kept, 0), **dict(values)}
    return [(name, f"{name} ({counts[name]})") for name in sorted(counts, key=sort_key)]
