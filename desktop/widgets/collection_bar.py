"""The filters on top: in which collections is searched, and in which of their documents."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop.texts import filters
from desktop.texts import window as texts
from desktop.widgets.filter_bar import FilterBar
from desktop.widgets.flow_layout import FlowLayout
from desktop.widgets.parts import IconButton
from desktop.widgets.tick_chip import TickChip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QMenu

    from desktop.theme import Theme
    from desktop.widgets.page import Fetcher
    from guidelines_db.filters import FilterValues
    from guidelines_db.results import CollectionInfo

_MOST_ROWS = 2  # of chips and the button of the filters; beyond, there is a menu


class CollectionBar(QWidget):
    """Chips, or one button with a menu where chips would take too many rows.

    Nothing chosen means all; the first choice narrows to that collection, further ones add.
    """

    chosen_changed = Signal(object)  # tuple of names, empty: all

    def __init__(
        self, theme: Theme, most_rows: int = _MOST_ROWS, filters_label: str = filters.PANEL_LABEL
    ) -> None:
        super().__init__()
        self._theme = theme
        self._most_rows = most_rows
        self._collections: tuple[CollectionInfo, ...] = ()
        self._chosen: tuple[str, ...] = ()
        self.setAccessibleName(texts.COLLECTIONS_LABEL)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._chips: list[TickChip] = []
        self.filter = FilterBar(theme, filters_label)
        self._row = row = QWidget()
        row.setSizePolicy(policy)
        self._flow = FlowLayout(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(row)
        column.addWidget(self.filter, 1)
        self._button = IconButton(theme, "document", texts.COLLECTIONS_LABEL, text=texts.COLLECTION_ALL)
        self._menu: QMenu | None = None
        self._flow.addWidget(self._button)
        self._flow.addWidget(self.filter.button)
        self._button.hide()
        self.filter.button.hide()
        theme.changed.connect(self._decorate)

    @property
    def chosen(self) -> tuple[str, ...]:
        """Names of the chosen collections; empty: all."""
        return self._chosen

    def show_collections(self, collections: Sequence[CollectionInfo], chosen: Sequence[str]) -> None:
        """Offer ``collections``; names in ``chosen`` that no longer exist are dropped."""
        self._collections = tuple(collections)
        names = {info.name for info in collections}
        self._chosen = tuple(name for name in chosen if name in names)
        self._row.hide()  # else the page would be laid out anew for each chip
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.deleteLater()
        self._chips = [self._chip(texts.COLLECTION_ALL, "")]
        self._chips += [self._chip(info.title, info.name) for info in self._collections]
        self._flow.removeWidget(self.filter.button)
        self._flow.addWidget(self.filter.button)
        QWidget.setTabOrder(self._chips[-1], self.filter.button)
        self.filter.button.show()
        self._row.show()
        self._decorate()
        self._arrange()

    def read_values(self, fetcher: Fetcher) -> None:
        """Let ``fetcher`` read by what the documents can be filtered, whenever the filters are opened."""

        def show(values: FilterValues) -> None:
            if isValid(self):
                self.filter.show_values(values)

        def read() -> None:
            chosen = self._chosen or None
            fetcher.fetch(lambda assistant: assistant.library.filter_values(chosen), show)

        self.filter.values_wanted.connect(read)

    def choose(self, names: Sequence[str]) -> None:
        """Let these be chosen, without saying so."""
        self._chosen = tuple(info.name for info in self._collections if info.name in names)
        self._decorate()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Choose between chips and menu."""
        super().resizeEvent(event)
        self._arrange()

    def _chip(self, title: str, name: str) -> TickChip:
        chip = TickChip(self._theme, title)
        chip.setProperty("collection", name)
        chip.setCursor(Qt.CursorShape.PointingHandCursor)
        chip.toggled.connect(partial(self._on_toggled, name))
        self._flow.addWidget(chip)
        chip.show()  # else it would show itself later, whatever was decided until then
        return chip

    def _is_on(self, name: str) -> bool:
        return name in self._chosen if name else not self._chosen

    def _on_toggled(self, name: str, on: bool) -> None:
        # Not `clicked`: a screen reader toggles a button without a click.
        if on != self._is_on(name):
            self._toggle(name)

    def _toggle(self, name: str) -> None:
        if not name:
            chosen: tuple[str, ...] = ()
        elif name in self._chosen:
            chosen = tuple(one for one in self._chosen if one != name)
        else:
            wanted = {*self._chosen, name}
            chosen = tuple(info.name for info in self._collections if info.name in wanted)
        if len(chosen) == len(self._collections):
            chosen = ()
        self._chosen = chosen
        self._decorate()
        self.chosen_changed.emit(chosen)

    def _decorate(self) -> None:
        for chip in self._chips:
            chip.setChecked(self._is_on(chip.property("collection")))
            chip.show_tick()
        titles = [info.title for info in self._collections if info.name in self._chosen]
        self._button.setText(" " + (", ".join(titles) if len(titles) == 1 else self._summary(len(titles))))
        self._arrange()

    def _summary(self, chosen: int) -> str:
        if not chosen:
            return texts.COLLECTION_ALL
        return texts.collections_chosen(chosen, len(self._collections))

    def _arrange(self) -> None:
        if not self._chips:
            return
        compact = self._rows() > self._most_rows
        # Only a real change may touch the layout: showing and hiding calls this method again.
        for chip in self._chips:
            if chip.isVisibleTo(self) == compact:
                chip.setVisible(not compact)
        if compact and self._menu is None:
            self._menu = self._make_menu()
        if self._button.isVisibleTo(self) != compact:
            self._button.setVisible(compact)
            # The page is being laid out just now, for as many rows as there were.
            QTimer.singleShot(0, self, self.updateGeometry)

    def _rows(self) -> int:
        rows, x = 1, 0
        for one in (*self._chips, self.filter.button):
            one.ensurePolished()
            width = one.sizeHint().width()
            if x and x + width > self.width():
                rows, x = rows + 1, 0
            x += width + self._flow.spacing()
        return rows

    def _make_menu(self) -> QMenu:
        from PySide6.QtWidgets import QMenu

        menu = QMenu(self)
        menu.aboutToShow.connect(partial(self._fill_menu, menu))
        self._button.setMenu(menu)
        return menu

    def _fill_menu(self, menu: QMenu) -> None:
        from PySide6.QtGui import QAction

        menu.clear()
        entries = [(texts.COLLECTION_ALL, "", not self._chosen)]
        entries += [(info.title, info.name, info.name in self._chosen) for info in self._collections]
        for title, name, on in entries:
            action = QAction(title, menu, checkable=True, checked=on)
            action.triggered.connect(partial(self._toggle, name))
            menu.addAction(action)
