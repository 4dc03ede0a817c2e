"""Says when the starting window becomes usable, for ``bench/startup.py``: a word per line on standard output.

``typing`` once the input has been painted and a key that was sent to the window stands in it, ``open`` once the
collections are, ``search`` once a search has found something. Then the window closes. Each line also has the seconds
of processor time that the program has taken until then, which a busy machine distorts less than the clock.
"""

import time

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit

from desktop.bridge import Bridge
from desktop.widgets.main_window import MainWindow

TYPING, OPEN, SEARCH = "typing", "open", "search"
_LETTER = "L"
_WORD = "Datenschutz"  # in every edition of the collections
_AGAIN_MS = 1


class StartWatch(QObject):
    """Watches one window from before it is shown until it can be used."""

    def __init__(self, window: MainWindow, bridge: Bridge) -> None:
        super().__init__(window)
        self._window = window
        self._bridge = bridge
        self._waiting = {TYPING, SEARCH}
        box = window.findChild(QPlainTextEdit, "question")
        if not isinstance(box, QPlainTextEdit):
            raise TypeError(box)
        self._box = box
        window.painted.connect(self._type)
        window.ready.connect(self._on_ready)

    @Slot()
    def _type(self) -> None:
        """Press a key as the window system does, until it arrives; then take it back."""
        self._press(Qt.Key.Key_L, _LETTER)
        if self._box.toPlainText() != _LETTER:
            QTimer.singleShot(_AGAIN_MS, self._type)
            return
        self._say(TYPING)
        self._press(Qt.Key.Key_Backspace, "")
        self._close_after(TYPING)

    def _press(self, key: Qt.Key, text: str) -> None:
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, text)
        QCoreApplication.sendEvent(self._window.windowHandle(), event)

    @Slot()
    def _on_ready(self) -> None:
        self._say(OPEN)
        self._bridge.fetch(
            lambda assistant: len(assistant.library.browse(_WORD, 1, None).documents), self._on_found
        )

    def _on_found(self, documents: int) -> None:
        if documents:
            self._say(SEARCH)
        self._close_after(SEARCH)

    def _say(self, word: str) -> None:
        print(f"{word} {time.process_time():.4f}", flush=True)

    def _close_after(self, word: str) -> None:
        self._waiting.discard(word)
        if not self._waiting:
            self._window.close()
