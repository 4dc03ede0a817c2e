"""A rotating log of ids and timings, Qt's messages in it, and a way to learn of programme errors.

Nothing a clerk typed or read may reach the log, so errors are written as kind and place, never with
their message, which may quote a text.
"""

import faulthandler
import logging
import sys
import threading
import traceback
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import IO

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

log = logging.getLogger(__name__)

LARGEST_FILE_BYTES = 512 * 1024
OLD_FILES = 2

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}

_fault_file: IO[str] | None = None  # must stay open as long as the process lives


class _LogFile(logging.FileHandler):
    """Begins a new file when one is full, and keeps a few old ones.

    The library has such a handler in a module that also loads sockets, which would only hold up the window.
    """

    def emit(self, record: logging.LogRecord) -> None:
        """Write ``record``."""
        try:
            if self.stream is not None and self.stream.tell() >= LARGEST_FILE_BYTES:
                self._begin_anew()
        except OSError:
            self.handleError(record)
        super().emit(record)

    def _begin_anew(self) -> None:
        if self.stream is not None:
            self.stream.close()
        try:
            files = [self.baseFilename, *(f"{self.baseFilename}.{age}" for age in range(1, OLD_FILES + 1))]
            for newer, older in reversed(list(pairwise(map(Path, files)))):
                if newer.exists():
                    newer.replace(older)
        finally:
            self.stream = self._open()


class _PlacesOnly(logging.Formatter):
    """Writes an exception as its kind and the lines it came from, without its message."""

    def format(self, record: logging.LogRecord) -> str:
        """Format ``record``; what another handler made of its exception does not count."""
        own = logging.makeLogRecord(record.__dict__)
        own.exc_text = None
        return super().format(own)

    def formatException(  # noqa: N802 - the library's name
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        kind, _, trace = ei
        return describe_error(kind or BaseException, trace)


def describe_error(kind: type[BaseException], trace: TracebackType | None) -> str:
    """Return kind and places of an error, deepest call last."""
    lines = [
        f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)
    ]
    return "\n".join([*lines, kind.__name__])


def start_log(file: Path) -> bool:
    """Send log, Qt messages and hard crashes to ``file`` and beside it; False if that cannot be written."""
    global _fault_file
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    qInstallMessageHandler(_on_qt_message)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handler = _LogFile(file, encoding="utf-8")
        _fault_file = file.with_name(f"{file.stem}-absturz.log").open("a", encoding="utf-8")
    except OSError:
        return False
    handler.setFormatter(_PlacesOnly("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root.addHandler(handler)
    faulthandler.enable(_fault_file)
    return True


def watch_errors(report: Callable[[str], None]) -> None:
    """Log every uncaught error and hand ``report`` its description, from whatever thread it came."""

    def on_error(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error or kind(), trace)
            return
        log.critical("uncaught error", exc_info=(kind, error or kind(), trace))
        report(describe_error(kind, trace))

    def on_thread_error(arguments: threading.ExceptHookArgs) -> None:
        on_error(arguments.exc_type, arguments.exc_value, arguments.exc_traceback)

    sys.excepthook = on_error
    threading.excepthook = on_thread_error


def _on_qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    del context
    logging.getLogger("qt").log(_LEVELS.get(kind, logging.WARNING), "%s", message)
