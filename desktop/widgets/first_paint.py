"""Puts off what a window can do without until it has been painted for the first time."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Slot
from PySide6.QtWidgets import QWidget

_REST_MS = 10  # keys that were typed meanwhile come first
_LATEST_MS = 1000  # a window that starts minimized or on another desktop is not painted


class FirstPaint(QObject):
    """Calls ``act`` once: when ``window`` has been painted, or should have been long ago."""

    def __init__(self, window: QWidget, act: Callable[[], None]) -> None:
        super().__init__(window)
        self._act: Callable[[], None] | None = act
        window.installEventFilter(self)
        QTimer.singleShot(_LATEST_MS, self, self._go)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Wait for the painting; all parts of the window are painted before a timer runs."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(_REST_MS, self, self._go)
        return False

    @Slot()
    def _go(self) -> None:
        act, self._act = self._act, None
        if act is not None:
            act()
