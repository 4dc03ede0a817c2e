"""The page Bibliothek alone in a window, over the real collections."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from desktop.assistant import Assistant
from desktop.bridge import Bridge
from desktop.history import History
from desktop.holdings import Holding
from desktop.library import Library
from desktop.paths import Paths
from desktop.policy import Policy
from desktop.settings import ThemeChoice
from desktop.theme import Theme
from desktop.widgets.library.page import LibraryPage

TODAY = date(2026, 11, 26)
OWN = """---
published: 2020-05-03
---
# Hundewiese
## Leinenpflicht
Auf der Hundewiese gilt keine Leinenpflicht. Hunde müssen aber gehorchen.

## Öffnungszeiten
Die Wiese ist von 8 bis 20 Uhr offen.
"""


class Room:
    """A page with all its parts, shown."""

    def __init__(
        self, qtbot: QtBot, paths: Paths, *, policy: Policy, percent: int, size: tuple[int, int]
    ) -> None:
        self.qtbot = qtbot
        self.library = Library(paths, policy=policy)
        self.theme = Theme(ThemeChoice.LIGHT, percent, QApplication.instance())
        self.theme.apply()
        self.bridge = Bridge(lambda: Assistant(self.library, None), lambda: History(paths.history))
        self.page = LibraryPage(self.theme, self.bridge, policy, today=lambda: TODAY)
        self.window = QMainWindow()
        self.window.setMinimumSize(1, 1)
        self.window.setCentralWidget(self.page)
        self.window.resize(*size)

    def open(self) -> None:
        self.window.show()
        with self.qtbot.waitSignal(self.bridge.opened, timeout=20_000):
            self.bridge.open()
        self.wait()

    def wait(self) -> None:
        """Wait until what was wished so far has been done and shown."""
        done: list[bool] = []
        for _ in range(3):  # a result may lead to more wishes
            done.clear()
            self.bridge.fetch(lambda _: True, done.append)
            self.qtbot.waitUntil(lambda: bool(done), timeout=20_000)
        QApplication.processEvents()

    @property
    def titles(self) -> list[str]:
        return [
            holding.info.title
            for row in range(self.page.list.model.rowCount())
            if (holding := self.page.list.model.holding(row))
        ]

    def search(self, text: str) -> None:
        self.page.list.search_line.setText(text)
        self.press(Qt.Key.Key_Return, self.page.list.search_line)
        self.wait()

    def press(self, key: Qt.Key, widget: QWidget, **values: object) -> None:
        self.qtbot.keyClick(widget, key, **values)

    def open_row(self, row: int = 0) -> None:
        """Open a document by keyboard."""
        table = self.page.list.table
        table.setCurrentIndex(self.page.list.model.index(row, 0))
        self.press(Qt.Key.Key_Return, table)
        self.wait()

    def button(self, text: str) -> QAbstractButton:
        (found,) = [
            one
            for one in self.page.findChildren(QAbstractButton)
            if one.text().strip() == text and one.isVisible()
        ]
        return found

    @property
    def labels(self) -> str:
        return "\n".join(one.text() for one in self.page.findChildren(QLabel) if one.isVisible())

    def take(self, file: Path) -> None:
        self.page.own.take_into([file], "Eigene")
        self.wait()

    def close(self) -> None:
        self.window.close()
        self.bridge.close()
        self.library.close()
        self.window.deleteLater()
        self.theme.deleteLater()
        QApplication.processEvents()


OpenRoom = Callable[..., Room]


@pytest.fixture
def open_room(qtbot: QtBot, qapp: QApplication, data_dir: Path, share_dir: Path) -> Iterator[OpenRoom]:
    """Return a function that opens a page over the real collections."""
    rooms: list[Room] = []

    def open_one(
        *,
        policy: Policy | None = None,
        percent: int = 100,
        size: tuple[int, int] = (1160, 800),
        state: object = None,
    ) -> Room:
        paths = Paths(data_dir=data_dir, share_dir=share_dir, model_dirs=())
        room = Room(qtbot, paths, policy=policy or Policy(), percent=percent, size=size)
        rooms.append(room)
        if isinstance(state, dict):
            room.page.restore(state)
        room.open()
        return room

    yield open_one
    for room in rooms:
        room.close()


@pytest.fixture
def room_type() -> type[Room]:
    """Return what opens the page."""
    return Room


@pytest.fixture
def room(open_room: OpenRoom) -> Room:
    """Return a page as it is when it is first opened."""
    return open_room()


@pytest.fixture
def own_file(tmp_path: Path) -> Path:
    """Return a document of the user's."""
    file = tmp_path / "Hundewiese.md"
    file.write_text(OWN, encoding="utf-8")
    return file


def _listed(room: Room) -> list[Holding]:
    model = room.page.list.model
    return [holding for row in range(model.rowCount()) if (holding := model.holding(row))]


@pytest.fixture
def listed() -> Callable[..., Any]:
    """Return a function that lists what a page shows."""
    return _listed


def _listed_id(room: Room, collection: str) -> str:
    return next(
        one.info.id for one in room.page._holdings if one.info.collection == collection and one.info.sources
    )


@pytest.fixture
def listed_id() -> Callable[..., Any]:
    """Return a function that picks a document of a collection."""
    return _listed_id


def _nameless(page: QWidget) -> list[QWidget]:
    return [
        one
        for one in page.findChildren(QWidget)
        if one.isVisible() and one.focusPolicy() & Qt.FocusPolicy.TabFocus and not _spoken(one)
    ]


@pytest.fixture
def nameless() -> Callable[..., Any]:
    """Return a function that finds controls without a name."""
    return _nameless


def _spoken(widget: QWidget) -> str:
    reader = QAccessible.queryAccessibleInterface(widget)
    return reader.text(QAccessible.Text.Name) if reader else ""
