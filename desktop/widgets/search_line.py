"""A line that searches by itself after a pause in typing."""

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.texts import reading as texts
from desktop.theme import Theme
from desktop.widgets.parts import IconButton

_SEARCH_AFTER_MS = 150  # a pause in typing


class SearchLine(QLineEdit):
    """Enter searches at once, Esc empties, the down key leads to what was found."""

    search_wanted = Signal()
    down_wanted = Signal()

    def __init__(self, theme: Theme, hint: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pause = QTimer(self, singleShot=True, interval=_SEARCH_AFTER_MS)
        self._pause.timeout.connect(self.search_wanted)
        self.setPlaceholderText(hint)
        self.setAccessibleName(name)
        # Qt's own button is as small at 200 % as at 100 %.
        self._empty = IconButton(theme, "close", texts.SEARCH_EMPTY)
        self._empty.setParent(self)
        self._empty.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Esc does the same
        self._empty.clicked.connect(self.clear)
        self._empty.hide()
        self.textChanged.connect(self._fit)
        theme.changed.connect(self._fit)
        self.textChanged.connect(self._pause.start)
        self.returnPressed.connect(self.search_now)

    @property
    def typed(self) -> str:
        """What is searched for."""
        return self.text().strip()

    def focus(self) -> None:
        """Take the keyboard; what is typed now replaces what stands there."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    @Slot()
    def search_now(self) -> None:
        """Search without waiting for a pause."""
        self._pause.stop()
        self.search_wanted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Lead down with the down key; empty the line with Esc, or leave that to the page."""
        if event.key() == Qt.Key.Key_Down:
            self.down_wanted.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the button at the end."""
        super().resizeEvent(event)
        self._fit()

    @Slot()
    def _fit(self) -> None:
        """Offer to empty what is not empty, and let the text end before the button."""
        side = self.height() - 4
        self._empty.setVisible(bool(self.text()))
        self._empty.setGeometry(self.width() - side - 2, 2, side, side)
        self.setTextMargins(0, 0, side if self.text() else 0, 0)
