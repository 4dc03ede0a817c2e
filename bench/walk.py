"""A random walk through the window: seeded clicks and keys over all pages. It must find nothing.

    python -m bench.walk [--seed N] [--minutes M | --steps N]

The real window over the real collections, without a model. Told are tracebacks, warnings of Qt, and whether widgets
or memory grow: both are compared between half way and the end, on the same page at rest and with
all answers so far taken from it, since these may have as many widgets as they need.
"""

import argparse
import gc
import logging
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil
from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QEventLoop,
    QPoint,
    Qt,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QSlider,
    QTextEdit,
    QWidget,
)

from desktop.app import make_window
from desktop.assistant import Assistant
from desktop.library import Library
from desktop.paths import Paths, find_paths
from desktop.settings import Settings
from desktop.theme import load_german
from desktop.widgets.pages import PAGES

FIRST_PART = 0.5  # by then nearly all parts that are made when first wanted are there
BOX_MS = 200
WIDGET_GROWTH = 1.3
MEMORY_GROWTH_MIB = 60.0
QUESTIONS = (
    "Wann ist ein Rat befangen?",
    "Muss ich KI kennzeichnen?",
    "Und in Wien?",
    "xyz 😀",
    "wie viele?",
)
KEYS = tuple(
    getattr(Qt.Key, f"Key_{name}")
    for name in "Tab Tab Tab Backtab Up Down Left Right Return Space Escape Home End PageDown F1 F2 F3 1 2".split()
)
CONTROL_KEYS = "1 2 3 4 5 6 F K Plus Minus 0 Z A C".split()
CHORDS = (
    *((getattr(Qt.Key, f"Key_{key}"), Qt.KeyboardModifier.ControlModifier) for key in CONTROL_KEYS),
    (Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier),
    (Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier),
)
# What leaves the program or opens a dialogue of the system is no part of the walk.
LEFT_OUT = (
    "Ordner öffnen",
    "Drucken",
    "Modell hinzufügen",
    "Eine Modelldatei",
    "Dokumente aufnehmen",
    "Ordner",
)
OPERATED = (
    *(QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit, QSlider),
    QAbstractSpinBox,
)


@dataclass(frozen=True)
class Found:
    """What the walk met. Widgets and bytes are those half way, and at the end."""

    steps: int
    faults: tuple[str, ...]
    widgets: tuple[int, int]
    memory: tuple[int, int]

    @property
    def grows(self) -> bool:
        """Whether widgets or memory grew more than a walk explains."""
        grown = (self.memory[1] - self.memory[0]) / 2**20
        return self.widgets[1] > self.widgets[0] * WIDGET_GROWTH or grown > MEMORY_GROWTH_MIB


class Walker:
    """One window, one seed."""

    def __init__(self, paths: Paths, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - no secret
        self._others = _count_widgets()
        self.window, self._bridge, self._theme = make_window(
            paths, lambda: Assistant(Library(paths), None, None), Settings()
        )
        self.window.resize(1200, 800)
        self.window.show()
        self._watch = QTimer(interval=BOX_MS)  # a box that runs until it is closed holds up all but timers
        self._watch.timeout.connect(self._close_boxes)
        self._watch.start()
        self._answered: set[str] = set()
        self._bridge.answered.connect(lambda answer: self._answered.add(answer.id))
        ready: list[bool] = []
        self.window.ready.connect(lambda: ready.append(True))
        self._bridge.open()
        self._let_happen(lambda: bool(ready), 30)

    def step(self) -> None:
        """Do one thing that a hand could do; a box that opened is closed."""
        self._close_boxes()
        act = self._random.choices(
            (self._click, self._key, self._chord, self._type, self._resize), (8, 6, 3, 1, 1)
        )
        act[0]()
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)
        self._close_boxes()

    def rest(self) -> tuple[int, int]:
        """Come to rest on the first page without answers; return the number of widgets and the bytes of memory."""
        self._close_boxes()
        self._bridge.stop()
        self.window.resize(1200, 800)
        self._theme.choose(type_percent=100)
        self.window.show_page(PAGES[0].name)
        self._let_happen(lambda: not self._bridge.busy, 60)
        done: list[object] = []
        self._bridge.in_background(lambda: None, done.append)
        self._let_happen(lambda: bool(done), 60)
        self.window.questions.forget(self._answered)
        gc.collect()
        return _count_widgets() - self._others, psutil.Process().memory_info().rss

    def close(self) -> None:
        """Close the window and leave nothing behind."""
        self._watch.stop()
        self._close_boxes()
        self.window.close()
        self.window.deleteLater()
        self._theme.deleteLater()
        QApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def _click(self) -> None:
        there = [
            one
            for one in self.window.findChildren(QWidget)
            if isinstance(one, OPERATED)
            and one.isVisible()
            and one.isEnabled()
            and not one.visibleRegion().isEmpty()
            and not (one.accessibleName() or _text(one)).strip().startswith(LEFT_OUT)
        ]
        if not there:
            return
        one = self._random.choice(there)
        target = one.viewport() if isinstance(one, QAbstractItemView | QTextEdit | QPlainTextEdit) else one
        area = target.visibleRegion().boundingRect()
        if not area.isEmpty() and not _opens_file_box(one):
            place = area.topLeft() + QPoint(
                self._random.randrange(area.width()), self._random.randrange(area.height())
            )
            QTest.mouseClick(target, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)

    def _key(self) -> None:
        target = QApplication.focusWidget() or self.window
        key = self._random.choice(KEYS)
        presses = key in (Qt.Key.Key_Return, Qt.Key.Key_Space) and isinstance(target, QAbstractButton)
        if not (presses and (_opens_file_box(target) or _text(target).strip().startswith(LEFT_OUT))):
            QTest.keyClick(target, key)

    def _chord(self) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, *self._random.choice(CHORDS))

    def _type(self) -> None:
        target = QApplication.focusWidget()
        if isinstance(target, QLineEdit | QPlainTextEdit) and not target.isReadOnly():
            question = self._random.choice(QUESTIONS)
            if question.isascii():
                QTest.keyClicks(target, question)
            else:  # QTest has no keys for them; people take them from an input method
                event = QInputMethodEvent()
                event.setCommitString(question)
                QApplication.sendEvent(target, event)

    def _resize(self) -> None:
        self.window.resize(self._random.randrange(640, 1500), self._random.randrange(480, 1000))

    def _close_boxes(self) -> None:
        for _ in range(5):
            box = QApplication.activePopupWidget() or QApplication.activeModalWidget()
            if box is None:
                return
            if isinstance(box, QDialog):
                box.reject()
            else:
                box.close()
            QApplication.processEvents()

    def _let_happen(self, holds: Callable[[], bool], seconds: float) -> None:
        end = time.monotonic() + seconds
        while not holds():
            if time.monotonic() > end:
                raise TimeoutError("the window did not come to rest")
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)


def _count_widgets() -> int:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return len(QApplication.allWidgets())


def _text(one: QWidget) -> str:
    return one.text() if isinstance(one, QAbstractButton) else ""


def _opens_file_box(one: QWidget) -> bool:
    """Tell whether a press would open a box of its own that runs until it is closed; their names end in dots."""
    if not isinstance(one, QAbstractButton):
        return False
    menu = one.menu() if hasattr(one, "menu") else None
    return _text(one).rstrip().endswith("…") or isinstance(menu, QMenu)


def walk(paths: Paths, seed: int, share_done: Callable[[int], float]) -> Found:
    """Walk until ``share_done``, told the number of steps so far, says 1."""
    faults: list[str] = []

    def note_message(kind: QtMsgType, _context: object, text: str) -> None:
        if kind is not QtMsgType.QtDebugMsg and "This plugin does not support" not in text:
            faults.append(f"Qt: {text}")

    def note_error(kind: type[BaseException], error: BaseException, _trace: object) -> None:
        faults.append(f"{kind.__name__}: {error}")
        sys.__excepthook__(kind, error, error.__traceback__)

    class Notes(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            faults.append(f"log: {record.getMessage()}")

    notes = Notes(logging.ERROR)
    logging.getLogger().addHandler(notes)
    before_messages, before_hook = qInstallMessageHandler(note_message), sys.excepthook
    sys.excepthook = note_error
    try:
        walker = Walker(paths, seed)
        try:
            steps = 0
            early: tuple[int, int] | None = None
            while share_done(steps) < 1:
                walker.step()
                steps += 1
                if early is None and share_done(steps) >= FIRST_PART:
                    early = walker.rest()
            late = walker.rest()
        finally:
            walker.close()
    finally:
        sys.excepthook = before_hook
        qInstallMessageHandler(before_messages)
        logging.getLogger().removeHandler(notes)
    early = early or late
    return Found(steps, tuple(faults), (early[0], late[0]), (early[1], late[1]))


def main(arguments: Sequence[str] | None = None) -> int:
    """Walk and print what was met; 1 if that is anything."""
    parser = argparse.ArgumentParser(prog="python -m bench.walk")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=0.0)
    parser.add_argument("--steps", type=int, default=2000)
    wishes = parser.parse_args(arguments)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication(sys.argv[:1])
    load_german(application)
    begun = time.monotonic()

    def share_done(steps: int) -> float:
        if wishes.minutes:
            return (time.monotonic() - begun) / (60 * float(wishes.minutes))
        return steps / int(wishes.steps)

    with tempfile.TemporaryDirectory() as folder:
        found = walk(find_paths(Path(folder)), wishes.seed, share_done)
    for fault in dict.fromkeys(found.faults):
        print(f"  {fault}")
    print(
        f"  seed {wishes.seed}, {found.steps} steps in {time.monotonic() - begun:.0f} s: {len(found.faults)} faults, "
        f"widgets {found.widgets[0]} to {found.widgets[1]}, "
        f"memory {found.memory[0] >> 20} to {found.memory[1] >> 20} MiB"
    )
    return 1 if found.faults or found.grows else 0


if __name__ == "__main__":
    sys.exit(main())
