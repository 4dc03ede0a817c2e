"""One window per data folder: a second start brings the first to the front. Files only, no socket."""

import os
import sys
from pathlib import Path

from PySide6.QtCore import QEventLoop, QFileSystemWatcher, QObject, QTimer, Signal, Slot

_ANSWER_WAIT_MS = 1500
_LOOK_INTERVAL_MS = 50


class SingleWindow(QObject):
    """Holds the lock of a data folder; ``called`` tells that a second start wants to see the window.

    The system gives the lock back when the process ends in whatever way. Qt's lock has the disk write first, for which
    the window would have to wait.
    """

    called = Signal()

    def __init__(self, lock_file: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock_file = lock_file
        self._held = -1
        self._call = lock_file.with_suffix(".call")
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._look)

    def claim(self) -> bool:
        """Take the lock; False if another window holds it. A folder without write access locks nothing."""
        try:
            self._lock_folder.mkdir(parents=True, exist_ok=True)
            held = os.open(self._lock_file, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError:
            return True
        try:
            _lock(held)
        except OSError as refused:
            os.close(held)
            return not isinstance(refused, BlockingIOError | PermissionError)
        self._held = held
        self._call.unlink(missing_ok=True)
        self._watcher.addPath(str(self._lock_folder))
        return True

    def call_first(self) -> bool:
        """Ask the window that holds the lock to show itself; False if it does not react in time."""
        try:
            self._call.touch()
        except OSError:
            return False
        loop = QEventLoop()
        look = QTimer(interval=_LOOK_INTERVAL_MS)
        look.timeout.connect(lambda: None if self._call.exists() else loop.exit(0))
        look.start()
        QTimer.singleShot(_ANSWER_WAIT_MS, loop, lambda: loop.exit(1))
        answered = loop.exec() == 0
        self._call.unlink(missing_ok=True)
        return answered

    def release(self) -> None:
        """Give the lock back."""
        if self._held >= 0:
            os.close(self._held)
            self._held = -1

    @property
    def _lock_folder(self) -> Path:
        return self._call.parent

    @Slot()
    def _look(self) -> None:
        if self._call.exists():
            self._call.unlink(missing_ok=True)
            self.called.emit()


def _lock(file: int) -> None:
    """Lock an open file; raise BlockingIOError or PermissionError if another process has, OSError if it cannot be."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
