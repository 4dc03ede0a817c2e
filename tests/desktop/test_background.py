"""The background thread, and the signals everything rests on."""

import threading

from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from desktop.background import Background


def test_results_and_errors_return_to_the_windows_thread_in_order(qtbot: QtBot) -> None:
    background = Background("test")
    seen: list[tuple[object, str]] = []
    ran_on: list[str] = []

    def work(value: int) -> int:
        ran_on.append(threading.current_thread().name)
        return 10 // value

    def note(value: object) -> None:
        seen.append((value, threading.current_thread().name))

    main = threading.current_thread().name
    for number in (5, 0, 2):
        background.run(lambda value=number: work(value), note, lambda error: note(type(error)))
    qtbot.waitUntil(lambda: len(seen) == 3, timeout=10_000)
    assert seen == [(2, main), (ZeroDivisionError, main), (5, main)]
    assert set(ran_on) == {"test"}
    assert background.close(10)


def test_closing_finishes_what_is_queued(qtbot: QtBot) -> None:
    background = Background("test")
    done: list[int] = []
    for number in range(50):
        background.run(lambda value=number: done.append(value), lambda _: None, lambda _: None)
    assert background.close(10)
    assert done == list(range(50))


class _Emitter(QObject):
    plain = Signal(bool)
    anything = Signal(object)


def test_signals_can_be_emitted_very_often(qtbot: QtBot) -> None:
    # PySide6 6.12.0 on Python 3.11 loses a reference with every emit and aborts after some hundred.
    emitter = _Emitter()
    heard: list[object] = []
    emitter.plain.connect(heard.append)
    emitter.anything.connect(heard.append)
    for _ in range(10_000):
        emitter.plain.emit(True)
        emitter.anything.emit(None)
    assert len(heard) == 20_000
