"""What is being read while the window closes is read to its end."""

import logging
import threading

import pytest
from pytestqt.qtbot import QtBot

from desktop.assistant import Assistant
from desktop.bridge import Bridge
from desktop.history import History
from desktop.holdings import Holding, read_holdings
from desktop.library import Library
from desktop.paths import Paths


def test_closing_waits_for_who_reads(paths: Paths, qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    bridge = Bridge(lambda: Assistant(Library(paths), None), lambda: History(paths.history))
    with qtbot.waitSignal(bridge.opened, timeout=20_000):
        bridge.open()
    closing, read = threading.Event(), list[Holding]()

    def slow(assistant: Assistant) -> None:
        closing.wait(10)
        read.extend(read_holdings(assistant.library))

    bridge.fetch(slow, lambda _: None)
    timer = threading.Timer(0.3, closing.set)  # by then close() waits
    timer.start()
    with caplog.at_level(logging.WARNING):
        assert bridge.close()
    assert read
    assert not caplog.records
