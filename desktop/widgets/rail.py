"""The rail on the left: brand, pages and the promise to stay offline."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from desktop.texts import window as texts
from desktop.theme import Theme
from desktop.widgets.page_button import PageButton
from desktop.widgets.pages import PageEntry
from desktop.widgets.parts import IconLabel, label

_WIDTH = 196
_WIDTH_COMPACT = 96
_LARGE_TYPE = 150  # percent


class Rail(QFrame):
    """Narrow at little room: then names stand small below their icons."""

    page_chosen = Signal(str)

    def __init__(self, theme: Theme, pages: Sequence[PageEntry]) -> None:
        super().__init__()
        self._theme = theme
        self._compact = False
        self._current = ""
        self.setObjectName("rail")
        self.setAccessibleName(texts.RAIL_LABEL)

        self._star = IconLabel(theme, "star", 20, "on_rail")
        self._brand = label(texts.APP_NAME, wrap=False)
        self._brand.setObjectName("brand")
        brand = QHBoxLayout()
        brand.setContentsMargins(8, 0, 8, 0)
        brand.addStretch()
        brand.addWidget(self._star)
        brand.addWidget(self._brand)
        brand.addStretch(1)

        self._buttons: dict[str, PageButton] = {}
        for number, entry in enumerate(pages, 1):
            button = PageButton(theme, entry.icon, entry.title)
            button.setToolTip(texts.PAGE_TIP.format(page=entry.title, number=number))
            button.toggled.connect(partial(self._on_toggled, entry.name))
            self._buttons[entry.name] = button

        self._offline = QFrame()
        self._offline.setObjectName("offline")
        self._offline.setAccessibleName(texts.OFFLINE_WHOLE)
        self._offline.setToolTip(texts.OFFLINE_WHOLE)
        self._offline_title = label(texts.OFFLINE_TITLE, wrap=False)
        self._offline_title.setObjectName("offlineTitle")
        self._offline_text = label(texts.OFFLINE_TEXT)
        title = QHBoxLayout()
        title.setSpacing(6)
        self._shield = IconLabel(theme, "shield", 18, "on_offline")
        title.addStretch()
        title.addWidget(self._shield)
        title.addWidget(self._offline_title)
        title.addStretch(1)
        panel = QVBoxLayout(self._offline)
        panel.setContentsMargins(8, 10, 8, 10)
        panel.setSpacing(4)
        panel.addLayout(title)
        panel.addWidget(self._offline_text)

        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 20, 12, 14)
        layout.setSpacing(6)
        self._centred = (brand, title)
        layout.addLayout(brand)
        layout.addSpacing(14)
        for entry in pages:
            if not entry.below:
                layout.addWidget(self._buttons[entry.name])
        layout.addStretch()
        for entry in pages:
            if entry.below:
                layout.addWidget(self._buttons[entry.name])
        layout.addSpacing(6)
        layout.addWidget(self._offline)
        theme.changed.connect(self._fit)
        self._fit()

    @property
    def current(self) -> str:
        """Name of the page that is marked as shown."""
        return self._current

    def choose(self, name: str) -> None:
        """Mark the page ``name`` as shown."""
        self._current = name
        # No group of buttons: of an exclusive group, Tab reaches but one.
        for own, button in self._buttons.items():
            button.setChecked(own == name)

    def set_compact(self, compact: bool) -> None:
        """Take less width where room is short."""
        if compact != self._compact:
            self._compact = compact
            self.setProperty("compact", "true" if compact else "false")
            self._fit()

    def _on_toggled(self, name: str, chosen: bool) -> None:
        # Not `clicked`: a screen reader toggles a button without a click.
        if chosen and name != self._current:
            self.page_chosen.emit(name)
        elif not chosen and name == self._current:
            self._buttons[name].setChecked(True)

    @Slot()
    def _fit(self) -> None:
        self._brand.setVisible(not self._compact)
        side = Qt.AlignmentFlag.AlignHCenter if self._compact else Qt.AlignmentFlag.AlignLeft
        self._offline_text.setAlignment(side)
        self._shield.setVisible(not self._compact)
        # All pages must be in reach; "Offline" stays, and the panel keeps the whole sentence as its name.
        self._offline_text.setVisible(not self._compact or self._theme.type_percent <= _LARGE_TYPE)
        self._star.setVisible(not self._compact or self._theme.type_percent <= _LARGE_TYPE)
        for button in self._buttons.values():
            button.set_compact(compact=self._compact)
        for line in self._centred:
            line.setStretch(0, 1 if self._compact else 0)
        margin = 6 if self._compact else 12
        self.layout().setContentsMargins(margin, 20, margin, 14)  # type: ignore[union-attr]
        self.setFixedWidth(self._theme.px(_WIDTH_COMPACT if self._compact else _WIDTH))
