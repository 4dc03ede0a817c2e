"""One thread for work that must not hold up the window; results return to the window's own thread."""

import contextlib
import logging
import threading
from collections import deque
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

log = logging.getLogger(__name__)

Task = Callable[[], Any]
_Job = tuple[Task, Callable[[Any], None], Callable[[Exception], None]]


class Background(QObject):
    """Runs tasks one after the other on one thread of its own.

    ``then`` and ``failed`` run on the thread this object lives in. A task must not touch widgets.
    """

    _finished = Signal(object, object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks: deque[_Job | None] = deque()
        self._waiting = threading.Semaphore(0)  # as many as there are tasks
        self._finished.connect(self._deliver)
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._thread.start()

    def run(self, task: Task, then: Callable[[Any], None], failed: Callable[[Exception], None]) -> None:
        """Queue ``task``; afterwards ``then`` gets its result, or ``failed`` the exception it raised."""
        self._tasks.append((task, then, failed))
        self._waiting.release()

    def close(self, timeout_s: float) -> bool:
        """Finish what is queued and end the thread; False if it still works after ``timeout_s``.

        Results that arrive afterwards are still delivered once the event loop runs.
        """
        self._tasks.append(None)
        self._waiting.release()
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _work(self) -> None:
        while (job := self._next()) is not None:
            task, then, failed = job
            try:
                result = task()
            except Exception as error:  # noqa: BLE001 - whatever it is, the caller decides
                self._report(failed, error)
            else:
                self._report(then, result)
            # Nothing of a finished task may be kept alive while the thread waits for the next one.
            del job, task, then, failed

    def _report(self, receiver: Callable[[Any], None], value: object) -> None:
        # Where the task outlasted the window, Qt has taken the signal's object away and nobody waits for the result.
        with contextlib.suppress(RuntimeError):
            self._finished.emit(receiver, value)

    def _next(self) -> _Job | None:
        self._waiting.acquire()
        return self._tasks.popleft()

    @Slot(object, object)
    def _deliver(self, receiver: Callable[[Any], None], value: object) -> None:
        receiver(value)
