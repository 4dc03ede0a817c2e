"""The rail on the left: brand, pages, appearance and the promise to stay offline."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout

from desktop.settings import TYPE_STEPS_PERCENT, ThemeChoice
from desktop.texts import window as texts
from desktop.theme import Theme
from desktop.widgets.parts import IconButton, IconLabel, label, restyle

_WIDTH = 196
_WIDTH_COMPACT = 96


class Rail(QFrame):
    """Narrow at little room: then icons carry the words' meaning, and their names stay."""

    theme_chosen = Signal(object)  # ThemeChoice
    type_chosen = Signal(int)  # percent

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._compact = False
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

        self._ask = IconButton(theme, "ask", texts.PAGE_ASK, colour="on_rail", text=texts.PAGE_ASK)
        self._ask.setCheckable(True)
        self._ask.setChecked(True)
        self._ask.clicked.connect(lambda: self._ask.setChecked(True))

        self._appearance = IconButton(
            theme, "appearance", texts.APPEARANCE_LABEL, colour="on_rail", text=texts.APPEARANCE
        )
        self._menu = QMenu(self)
        self._appearance.clicked.connect(self._open_menu)

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
        layout.addWidget(self._ask)
        layout.addStretch()
        layout.addWidget(self._appearance)
        layout.addSpacing(6)
        layout.addWidget(self._offline)
        theme.changed.connect(self._fit)
        self._fit()

    def set_compact(self, compact: bool) -> None:
        """Show icons instead of words where room is short."""
        if compact != self._compact:
            self._compact = compact
            self.setProperty("compact", "true" if compact else "false")
            self._fit()
            for button in (self._ask, self._appearance):
                restyle(button)

    def wanted_width(self, *, compact: bool) -> int:
        """Return the width in pixels at the present type size."""
        return self._theme.px(_WIDTH_COMPACT if compact else _WIDTH)

    def _fit(self) -> None:
        self._brand.setVisible(not self._compact)
        side = Qt.AlignmentFlag.AlignHCenter if self._compact else Qt.AlignmentFlag.AlignLeft
        self._offline_text.setAlignment(side)
        self._shield.setVisible(not self._compact)
        self._ask.setText("" if self._compact else f" {texts.PAGE_ASK}")
        self._appearance.setText("" if self._compact else f" {texts.APPEARANCE}")
        for line in self._centred:
            line.setStretch(0, 1 if self._compact else 0)
        margin = 6 if self._compact else 12
        self.layout().setContentsMargins(margin, 20, margin, 14)  # type: ignore[union-attr]
        self.setFixedWidth(self.wanted_width(compact=self._compact))

    def _open_menu(self) -> None:
        # A menu of the button itself would be drawn with another indent than the other entries.
        self._fill_menu()
        above = self._appearance.mapToGlobal(self._appearance.rect().topLeft())
        self._menu.popup(above - QPoint(0, self._menu.sizeHint().height()))

    def _fill_menu(self) -> None:
        self._menu.clear()
        group = QActionGroup(self._menu)
        for choice, text in (
            (ThemeChoice.SYSTEM, texts.THEME_SYSTEM),
            (ThemeChoice.LIGHT, texts.THEME_LIGHT),
            (ThemeChoice.DARK, texts.THEME_DARK),
        ):
            action = QAction(text, group, checkable=True, checked=self._theme.choice is choice)
            action.triggered.connect(lambda _=False, chosen=choice: self.theme_chosen.emit(chosen))
            self._menu.addAction(action)
        self._menu.addSeparator()
        for text, keys, step in (
            (texts.TYPE_LARGER, "Ctrl++", 1),
            (texts.TYPE_SMALLER, "Ctrl+-", -1),
            (texts.TYPE_NORMAL, "Ctrl+0", 0),
        ):
            action = QAction(text, self._menu)
            action.setShortcut(keys)
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)  # shown here, heard by the window
            action.triggered.connect(lambda _=False, by=step: self.type_chosen.emit(self.stepped(by)))
            self._menu.addAction(action)

    def stepped(self, by: int) -> int:
        """Return the type size one step larger (1) or smaller (-1), or the normal one (0)."""
        now = self._theme.type_percent
        if by > 0:
            return min((step for step in TYPE_STEPS_PERCENT if step > now), default=now)
        if by < 0:
            return max((step for step in TYPE_STEPS_PERCENT if step < now), default=now)
        return 100
