"""A line that searches by itself after a pause in typing."""

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

_SEARCH_AFTER_MS = 150  # a pause in typing


class SearchLine(QLineEdit):
    """Enter searches at once, Esc empties, the down key leads to what was found."""

    search_wanted = Signal()
    down_wanted = Signal()

    def __init__(self, hint: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pause = QTimer(self, singleShot=True, interval=_SEARCH_AFTER_MS)
        self._pause.timeout.connect(self.search_wanted)
        self.setPlaceholderText(hint)
        self.setAccessibleName(name)
        self.setClearButtonEnabled(True)
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
