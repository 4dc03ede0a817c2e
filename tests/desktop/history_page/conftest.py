"""The page Verlauf alone in a window, with some answers."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from desktop.answer import Answer
from desktop.bridge import Bridge
from desktop.history import History
from desktop.settings import ThemeChoice
from desktop.theme import Theme
from desktop.widgets.history_page import HistoryPage

TODAY = date(2026, 11, 22)
QUESTIONS = {
    "a": ("2026-11-22T14:05:00+01:00", "Darf ich personenbezogene Daten in ein KI-Werkzeug eingeben?"),
    "b": ("2026-11-22T09:00:00+01:00", "Muss ich KI-Texte kennzeichnen?"),
    "c": ("2026-11-21T09:00:00+01:00", "Wer zahlt Müllgebühren?"),
    "d": ("2026-11-20T09:00:00+01:00", "Dienstleistungsdatenschutzfolgenabschätzungsverordnungsentwurf?"),
    "e": ("2026-11-20T08:00:00+01:00", "Wann ist ein Rat befangen?"),
}


def _in_window(page: HistoryPage) -> QMainWindow:
    """Return a window around ``page`` that may be of any size."""
    window = QMainWindow()
    window.setMinimumSize(1, 1)
    window.setCentralWidget(page)
    return window


@pytest.fixture
def in_window() -> Callable[[HistoryPage], QMainWindow]:
    """Return a function that puts a page into a window."""
    return _in_window


class Room:
    """A page with all its parts, shown."""

    today = TODAY

    def __init__(self, qtbot: QtBot, folder: Path, assistant: object, answers: list[Answer]) -> None:
        self.qtbot = qtbot
        self.history = History(folder / "history.db")
        self.history.prepare()
        for answer in answers:
            self.history.add(answer)
        self.theme = Theme(ThemeChoice.LIGHT, 100, QApplication.instance())
        self.theme.apply()
        self.bridge = Bridge(lambda: assistant, lambda: self.history)  # type: ignore[arg-type, return-value]
        with qtbot.waitSignal(self.bridge.opened, timeout=20_000):
            self.bridge.open()
        self.page = HistoryPage(self.theme, self.bridge, "MK", today=lambda: TODAY)
        self.window = _in_window(self.page)
        self.window.resize(1160, 780)
        self.window.show()
        self.wait()

    def wait(self) -> None:
        """Wait until what was wished so far has been done and shown."""
        done: list[bool] = []
        for _ in range(2):  # a result may lead to one more wish
            done.clear()
            self.bridge.with_history(lambda _: True, done.append)
            self.qtbot.waitUntil(lambda: bool(done), timeout=20_000)
        QApplication.processEvents()

    @property
    def shown(self) -> tuple[str, ...]:
        return self.page.side.list.shown

    def choose(self, *ids: str) -> None:
        """Choose entries as clicks with Ctrl do."""
        view = self.page.side.list
        view.choose(ids[0])
        for id_ in ids[1:]:
            index = view.model().index_of(id_)
            view.selectionModel().select(index, QItemSelectionModel.SelectionFlag.Select)

    def open(self, id_: str) -> None:
        """Open an entry by keyboard."""
        self.choose(id_)
        self.press(Qt.Key.Key_Return)
        self.wait()

    def press(self, key: Qt.Key, widget: QWidget | None = None, **values: object) -> None:
        """Press a key on the list, or on ``widget``."""
        self.qtbot.keyClick(widget or self.page.side.list, key, **values)

    def search(self, text: str) -> None:
        """Type into the search line and press Enter."""
        self.page.side._search.setText(text)
        self.press(Qt.Key.Key_Return, self.page.side._search)
        self.wait()

    def button(self, text: str) -> QAbstractButton:
        """Return the visible button with this text."""
        (found,) = [
            one
            for one in self.page.findChildren(QAbstractButton)
            if one.text().strip() == text and one.isVisible()
        ]
        return found

    def close(self) -> None:
        self.window.close()
        self.bridge.close()
        self.window.deleteLater()
        self.theme.deleteLater()
        QApplication.processEvents()


OpenRoom = Callable[..., Room]


@pytest.fixture
def questions() -> dict[str, tuple[str, str]]:
    """When five questions were asked, and their words, by their ids."""
    return QUESTIONS


@pytest.fixture
def open_room(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, assistant_type, answer_maker
) -> Iterator[OpenRoom]:
    """Return a function that opens a page over five questions, or over those given."""
    rooms: list[Room] = []

    def open_one(answers: list[Answer] | None = None) -> Room:
        if answers is None:
            answers = [
                answer_maker(question, id=id_, asked_at=asked) for id_, (asked, question) in QUESTIONS.items()
            ]
        rooms.append(Room(qtbot, tmp_path, assistant_type(), answers))
        return rooms[-1]

    yield open_one
    for room in rooms:
        room.close()


@pytest.fixture
def room(open_room: OpenRoom) -> Room:
    """Return a page over five questions."""
    return open_room()
