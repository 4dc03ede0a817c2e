"""A real window around a scripted assistant, and the shipped collections."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.answer import Answer
from desktop.app import make_window
from desktop.library import Library
from desktop.paths import Paths
from desktop.settings import Settings
from guidelines_db.build import build_index
from guidelines_db.results import Hit
from tests.desktop.scripted import HITS, ScriptedAssistant, make_answer, make_hit


class Desk:
    """A window with all its parts, shown and opened."""

    def __init__(self, qtbot: QtBot, paths: Paths, assistant: ScriptedAssistant, settings: Settings) -> None:
        self.qtbot = qtbot
        self.assistant = assistant
        self.window, self.bridge, self.theme = make_window(paths, lambda: assistant, settings)
        self.window.show()
        with qtbot.waitSignal(self.window.ready, timeout=20_000):
            self.bridge.open()

    def ask(self, question: str) -> Answer:
        """Ask, wait for the end and return the answer."""
        with self.qtbot.waitSignal(self.bridge.answered, timeout=20_000) as waiting:
            self.window.ask(question)
        assert waiting.args is not None
        answer: Answer = waiting.args[0]
        # The first passage is shown in an event of its own, a moment after the answer.
        self.qtbot.wait(50)
        return answer

    def close(self) -> None:
        """Close as a user does."""
        self.window.close()


OpenDesk = Callable[..., Desk]


class LateDesk:
    """A shown window whose collections are opened by `open_collections`, and not before."""

    def __init__(self, paths: Paths, assistant: ScriptedAssistant) -> None:
        self.assistant = assistant
        self._gate = threading.Event()
        self.open_collections = self._gate.set
        self.window, self.bridge, self.theme = make_window(paths, self._make_assistant, Settings())
        self.window.show()
        self.bridge.open()

    def _make_assistant(self) -> ScriptedAssistant:
        assert self._gate.wait(30)
        return self.assistant


@pytest.fixture
def late_desk(
    qapp: QApplication, paths: Paths, assistant_type: type[ScriptedAssistant]
) -> Iterator[LateDesk]:
    """A window that waits for its collections."""
    desk = LateDesk(paths, assistant_type())
    yield desk
    desk.open_collections()
    desk.window.close()
    desk.window.deleteLater()
    desk.theme.deleteLater()


@pytest.fixture(scope="session")
def share_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped index, text only, as an installed program has it: to be read, not written."""
    share = tmp_path_factory.mktemp("share")
    build_index(share / "collections.db")
    return share


@pytest.fixture(scope="module")
def shipped(share_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The shipped collections, for reading."""
    opened = Library(Paths(tmp_path_factory.mktemp("data"), share_dir, ()))
    yield opened
    opened.close()


@pytest.fixture
def library(share_dir: Path, data_dir: Path) -> Iterator[Library]:
    """The shipped collections beside an empty data folder."""
    opened = Library(Paths(data_dir, share_dir, ()))
    yield opened
    opened.close()


@pytest.fixture
def assistant_type() -> type[ScriptedAssistant]:
    """Return the scripted assistant's class."""
    return ScriptedAssistant


@pytest.fixture
def hit_maker() -> Callable[..., Hit]:
    """Return a function that makes passages."""
    return make_hit


@pytest.fixture
def paths(data_dir: Path) -> Paths:
    """Return paths inside this test's folder."""
    return Paths(data_dir=data_dir, share_dir=data_dir / "share", model_dirs=())


@pytest.fixture
def open_desk(qtbot: QtBot, qapp: QApplication, paths: Paths) -> Iterator[OpenDesk]:
    """Return a function that opens a window; all are closed afterwards."""
    desks: list[Desk] = []

    def open_one(
        assistant: ScriptedAssistant | None = None,
        settings: Settings | None = None,
        size: tuple[int, int] = (1360, 840),
        own_paths: Paths | None = None,
    ) -> Desk:
        desk = Desk(qtbot, own_paths or paths, assistant or ScriptedAssistant(), settings or Settings())
        desk.window.resize(*size)
        QApplication.processEvents()
        desks.append(desk)
        return desk

    yield open_one
    for desk in desks:
        desk.close()
        desk.window.deleteLater()
        desk.theme.deleteLater()
    QApplication.processEvents()
    # Without a running event loop nothing else deletes them, and later tests would share the process with all of them.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def answer_maker() -> Callable[..., Answer]:
    """Return a function that makes finished answers."""
    return make_answer


@pytest.fixture
def hits() -> tuple[Hit, ...]:
    """Return three passages of two documents."""
    return HITS
