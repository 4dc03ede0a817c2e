"""One window per data folder: a second start brings the first to the front. Files only, no socket."""

import contextlib
from pathlib import Path

from PySide6.QtCore import QEventLoop, QFileSystemWatcher, QLockFile, QObject, QTimer, Signal, Slot

_ANSWER_WAIT_MS = 1500
_LOOK_INTERVAL_MS = 50


class SingleWindow(QObject):
    """Holds the lock of a data folder; ``called`` tells that a second start wants to see the window."""

    called = Signal()

    def __init__(self, lock_file: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = QLockFile(str(lock_file))
        self._lock.setStaleLockTime(0)  # however old, a lock counts while its process lives
        self._call = lock_file.with_suffix(".call")
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._look)

    def claim(self) -> bool:
        """Take the lock; False if another window holds it. A folder without write access locks nothing."""
        with contextlib.suppress(OSError):
            self._lock_folder.mkdir(parents=True, exist_ok=True)
        if not self._lock.tryLock(0) and self._lock.error() is QLockFile.LockError.LockFailedError:
            return False
        if self._lock.isLocked():
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
        self._lock.unlock()

    @property
    def _lock_folder(self) -> Path:
        return self._call.parent

    @Slot()
    def _look(self) -> None:
        if self._call.exists():
            self._call.unlink(missing_ok=True)
            self.called.emit()
