"""The filters of the page Fragen: a button, a chip for each that holds, and the panel to choose them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot

from desktop.texts import filters as texts
from desktop.widgets.panel_bar import PanelBar
from desktop.widgets.parts import announce
from guidelines_db.filters import NO_FILTERS, FilterValues, SearchFilters

if TYPE_CHECKING:
    from desktop.theme import Theme
    from desktop.widgets.filter_panel import FilterPanel


class FilterBar(PanelBar["FilterPanel"]):
    """The last chip lets no filter hold."""

    changed = Signal(object)  # SearchFilters
    values_wanted = Signal()  # the panel was opened: `show_values` is to follow

    def __init__(self, theme: Theme, panel_name: str = texts.PANEL_LABEL) -> None:
        super().__init__(theme, self._make_panel, text=texts.BUTTON, name=texts.BUTTON_LABEL)
        self._panel_name = panel_name
        self._filters = NO_FILTERS
        self.panel_moved.connect(self._on_moved)

    @property
    def filters(self) -> SearchFilters:
        """What holds for the next question."""
        return self._filters

    def show_filters(self, filters: SearchFilters) -> None:
        """Let ``filters`` hold."""
        self._filters = filters
        if self._made is not None:
            self._made.show_filters(filters)
        chips = [
            (name, texts.REMOVE.format(name=name), partial(self._change, rest))
            for name, rest in _each(filters)
        ]
        self.show_chips([*chips, (texts.CLEAR, texts.CLEAR, self.clear)] if chips else ())

    def show_values(self, values: FilterValues) -> None:
        """Offer ``values`` in the panel."""
        self.panel.show_values(values)
        self._fit()

    def clear(self) -> None:
        """Let no filter hold."""
        self._change(NO_FILTERS)

    def _make_panel(self) -> FilterPanel:
        from desktop.widgets.filter_panel import FilterPanel

        panel = FilterPanel(self._theme, self._panel_name)
        panel.changed.connect(self._change)
        panel.show_filters(self._filters)
        return panel

    @Slot()
    def _on_moved(self) -> None:
        if self.opened:
            self.values_wanted.emit()

    @Slot(object)
    def _change(self, filters: SearchFilters) -> None:
        if filters == self._filters:
            return
        self.show_filters(filters)
        announce(self, ", ".join(texts.labels(filters)) or texts.NONE)
        self.changed.emit(filters)


def _each(filters: SearchFilters) -> list[tuple[str, SearchFilters]]:
    """Return each filter by its name, with what is left without it."""
    lands = [replace(filters, lands=tuple(o for o in filters.lands if o != one)) for one in filters.lands]
    places = [replace(filters, places=tuple(o for o in filters.places if o != one)) for one in filters.places]
    dated = [replace(filters, year_from=0, year_to=0)] if filters.dated else []
    return list(zip(texts.labels(filters), [*lands, *places, *dated], strict=True))
