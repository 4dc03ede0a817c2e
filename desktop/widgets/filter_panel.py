"""Where filters are chosen: Land, place, years. Only values that documents have are offered."""

from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.texts import filters as texts
from desktop.theme import Theme
from desktop.widgets.check_list import CheckList
from desktop.widgets.combo import Combo
from desktop.widgets.panel import Panel, counted, titled
from desktop.widgets.parts import label
from guidelines_db.filters import NO_FILTERS, FilterValues, SearchFilters

# Pixels at 100 % type size.
_THREE_FROM, _TWO_FROM = 860, 440
_PLACES: dict[int, tuple[tuple[int, int, int, int], ...]] = {  # of Land, place and years in the grid
    3: ((0, 0, 1, 1), (0, 1, 1, 1), (0, 2, 1, 1)),
    2: ((0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 2)),
    1: ((0, 0, 1, 1), (1, 0, 1, 1), (2, 0, 1, 1)),
}


class FilterPanel(Panel):
    """As much stands side by side as has room: three parts, the two lists, or none."""

    changed = Signal(object)  # SearchFilters

    def __init__(self, theme: Theme, name: str = texts.PANEL_LABEL) -> None:
        super().__init__(theme, name, clear=texts.CLEAR, done=texts.DONE)
        self._filters = NO_FILTERS
        self._across = 0
        self._lands = CheckList(theme, texts.LAND_LABEL)
        self._places = CheckList(theme, texts.PLACE_LABEL)
        self._from = _Years(theme, texts.YEAR_FROM_LABEL)
        self._to = _Years(theme, texts.YEAR_TO_LABEL)
        self._undated = label("", "small")
        self._lay_out()
        self._lands.ticked.connect(lambda lands: self._change(replace(self._filters, lands=lands)))
        self._places.ticked.connect(lambda places: self._change(replace(self._filters, places=places)))
        self._from.activated.connect(self._on_from)
        self._to.activated.connect(self._on_to)
        self.clear.clicked.connect(lambda: self._change(NO_FILTERS))

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Where the tab key stops, in this order."""
        return (self._lands, self._places, self._from, self._to, *super().stops)

    def show_filters(self, filters: SearchFilters) -> None:
        """Show which filters hold."""
        self._filters = filters
        self._lands.tick(filters.lands)
        self._places.tick(filters.places)
        for combo, year in ((self._from, filters.year_from), (self._to, filters.year_to)):
            combo.setCurrentIndex(max(0, combo.findData(year)))
        self.clear.setEnabled(bool(filters))

    def show_values(self, values: FilterValues) -> None:
        """Offer ``values``; a filter that holds is offered too, also where no document has it any more."""
        filters = self._filters
        self._lands.show_values(counted(values.lands, filters.lands), filters.lands)
        self._places.show_values(counted(values.places, filters.places), filters.places)
        years = {year for year, _ in values.years} | {filters.year_from, filters.year_to} - {0}
        for combo in (self._from, self._to):
            combo.clear()
            combo.addItem(texts.ANY_YEAR, 0)
            for year in sorted(years, reverse=True):
                combo.addItem(str(year), year)
        self._undated.setText(texts.undated(values.undated))
        self._undated.setVisible(bool(values.undated))
        self.show_filters(filters)

    def arrange(self, width: int) -> None:
        """Put the years below the lists, and these below each other, where there is no room beside them."""
        px = self._theme.px
        across = 3 if width >= px(_THREE_FROM) else 2 if width >= px(_TWO_FROM) else 1
        if across == self._across:
            return
        self._across = across
        for part, place in zip(self._parts, _PLACES[across], strict=True):
            self.grid.removeWidget(part)
            self.grid.addWidget(part, *place)
        self.grid.setColumnStretch(1, 1 if across > 1 else 0)

    def _lay_out(self) -> None:
        years = QHBoxLayout()
        years.setSpacing(8)
        for name, combo in ((texts.YEAR_FROM, self._from), (texts.YEAR_TO, self._to)):
            years.addWidget(label(name, wrap=False))
            years.addWidget(combo, 1)
        dates = QWidget()
        column = QVBoxLayout(dates)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(years)
        column.addWidget(self._undated)
        self._parts = (
            titled(texts.LAND, self._lands),
            titled(texts.PLACE, self._places),
            titled(texts.YEARS, dates),
        )
        self.grid.setColumnStretch(0, 1)
        self.arrange(0)

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


class _Years(Combo):
    """A choice of years."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(theme, name)
        self.addItem(texts.ANY_YEAR, 0)
