"""The filters of the page Fragen: a button, a chip for each that holds, and the panel to choose them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.texts import filters as texts
from desktop.widgets.flow_layout import FlowLayout
from desktop.widgets.parts import IconButton, announce, follow
from desktop.widgets.scroll_area import ScrollArea
from guidelines_db.filters import NO_FILTERS, FilterValues, SearchFilters

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from desktop.theme import Theme
    from desktop.widgets.filter_panel import FilterPanel


class FilterBar(QWidget):
    """The button stands elsewhere: whoever owns the bar places ``button``."""

    changed = Signal(object)  # SearchFilters
    values_wanted = Signal()  # the panel was opened: `show_values` is to follow

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._filters = NO_FILTERS
        self._chips: list[QPushButton] = []
        self.button = IconButton(theme, "filter", texts.BUTTON_LABEL, text=f" {texts.BUTTON}")
        self.button.setProperty("role", "filter")
        self.button.setCheckable(True)
        self.button.toggled.connect(self._on_button)
        self._row = QWidget()
        self._row.setSizePolicy(_flowing())
        self._flow = FlowLayout(self._row, gap=6)
        self._panel: FilterPanel | None = None
        self._scroll = ScrollArea()
        self._scroll.hide()
        self._row.hide()
        self.setSizePolicy(_flowing())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._row)
        column.addWidget(self._scroll)
        theme.changed.connect(self._show)
        self.hide()

    @property
    def filters(self) -> SearchFilters:
        """What holds for the next question."""
        return self._filters

    @property
    def panel(self) -> FilterPanel:
        """Where filters are chosen; made when it is first wanted, as the window need not wait for it."""
        if self._panel is None:
            from desktop.widgets.filter_panel import FilterPanel

            self._panel = FilterPanel(self._theme)
            self._panel.changed.connect(self._change)
            self._panel.closed.connect(self.close_panel)
            self._panel.show_filters(self._filters)
            self._scroll.setWidget(self._panel)
            follow(self.button, self._panel.stops)
        return self._panel

    @property
    def chips(self) -> tuple[QPushButton, ...]:
        """What removes a filter each; the last removes all."""
        return tuple(self._chips)

    def show_filters(self, filters: SearchFilters) -> None:
        """Let ``filters`` hold."""
        self._filters = filters
        if self._panel is not None:
            self._panel.show_filters(filters)
        self._show()

    def show_values(self, values: FilterValues) -> None:
        """Offer ``values`` in the panel."""
        self.panel.show_values(values)
        self._fit()

    def clear(self) -> None:
        """Let no filter hold."""
        self._change(NO_FILTERS)

    @Slot()
    def close_panel(self) -> None:
        """Close the panel; the keyboard returns to the button."""
        had_focus = self.panel.isAncestorOf(self.window().focusWidget() or self)
        self.button.setChecked(False)
        self._scroll.hide()
        self._arrange()
        if had_focus:
            self.button.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(bool)
    def _on_button(self, wanted: bool) -> None:
        if not wanted:
            self.close_panel()
            return
        panel = self.panel
        self._scroll.show()
        self._arrange()
        self._fit()
        self.values_wanted.emit()
        panel.focus_first()

    @Slot(object)
    def _change(self, filters: SearchFilters) -> None:
        if filters == self._filters:
            return
        self.show_filters(filters)
        announce(self, ", ".join(texts.labels(filters)) or texts.NONE)
        self.changed.emit(filters)

    def _remove(self, filters: SearchFilters, place: int) -> None:
        """Go on without one; the keyboard goes to the chip that follows it."""
        self._change(filters)
        following = self._chips[min(place, len(self._chips) - 1)] if self._chips else self.button
        following.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _show(self) -> None:
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = [
            self._chip(name, texts.REMOVE.format(name=name), partial(self._remove, rest, place))
            for place, (name, rest) in enumerate(_each(self._filters))
        ]
        if self._chips:
            self._chips.append(self._chip(texts.CLEAR, texts.CLEAR, partial(self._remove, NO_FILTERS, 0)))
        self._row.setVisible(bool(self._chips))
        self._arrange()
        self._fit()

    def _chip(self, text: str, name: str, act: partial[None]) -> QPushButton:
        chip = IconButton(self._theme, "close", name, text=f" {text}")
        chip.setProperty("role", "filter")
        chip.clicked.connect(act)
        self._flow.addWidget(chip)
        chip.show()  # at once: the keyboard may go there
        return chip

    def _arrange(self) -> None:
        self.setVisible(not (self._row.isHidden() and self._scroll.isHidden()))
        self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Fit the panel to the new width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Let the panel be as high as it needs, but leave half of the window to the answers."""
        if self._panel is None:
            return
        needed = self._panel.heightForWidth(max(self.width(), self._theme.px(200)))
        most = max(self._theme.px(120), self.window().height() // 2)
        height = min(needed, most) + 2 * self._scroll.frameWidth()
        if height != self._scroll.minimumHeight():
            self._scroll.setFixedHeight(height)


def _each(filters: SearchFilters) -> list[tuple[str, SearchFilters]]:
    """Return each filter by its name, with what is left without it."""
    lands = [replace(filters, lands=tuple(o for o in filters.lands if o != one)) for one in filters.lands]
    places = [replace(filters, places=tuple(o for o in filters.places if o != one)) for one in filters.places]
    dated = [replace(filters, year_from=0, year_to=0)] if filters.dated else []
    return list(zip(texts.labels(filters), [*lands, *places, *dated], strict=True))


def _flowing() -> QSizePolicy:
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    return policy
