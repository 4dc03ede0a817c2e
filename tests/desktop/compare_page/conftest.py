"""The page Vergleichen alone in a window, over the real collections."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.bridge import Bridge
from desktop.history import History
from desktop.library import Library
from desktop.policy import NO_POLICY, Policy
from desktop.settings import ThemeChoice
from desktop.theme import Theme
from desktop.widgets.compare.page import ComparePage
from desktop.widgets.page import PageState


class Room:
    """A page alone in a window, over the real collections."""

    def __init__(
        self, qtbot: QtBot, assistant: object, folder: Path, state: PageState, policy: Policy, percent: int
    ) -> None:
        self.qtbot = qtbot
        self.theme = Theme(ThemeChoice.LIGHT, percent, QApplication.instance())
        self.theme.apply()
        self.bridge = Bridge(lambda: assistant, lambda: History(folder / "history.db"))
        self.page = ComparePage(self.theme, self.bridge, policy)
        self.page.restore(state)
        self.page.resize(1160, 840)
        with qtbot.waitSignal(self.bridge.opened, timeout=20_000):
            self.bridge.open()
        self.page.show()
        qtbot.waitUntil(lambda: self.page.model.rowCount() > 0, timeout=60_000)
        self.page.activateWindow()
        self.settle()

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.page.model.matrix.columns]

    def place(self, topic: str, document: str) -> tuple[int, int]:
        """Return where a cell stands."""
        matrix = self.page.model.matrix
        return (
            [one.id for one in matrix.topics].index(topic),
            [one.info.id for one in matrix.columns].index(document),
        )

    def go_to(self, topic: str, document: str) -> None:
        self.page.matrix.table.go_to(self.place(topic, document))
        self.settle()

    def press(self, key: Qt.Key, widget: QWidget | None = None) -> None:
        self.qtbot.keyClick(widget or self.page.matrix.table, key)
        self.settle()

    def button(self, name: str) -> QAbstractButton:
        """Return the visible button with this text or name."""
        (found,) = [
            one
            for one in self.page.findChildren(QAbstractButton)
            if name in (one.text().strip(), one.accessibleName()) and one.isVisible()
        ]
        return found

    def settle(self) -> None:
        for _ in range(5):
            QApplication.processEvents()

    def close(self) -> None:
        self.page.close()
        self.bridge.close()
        self.page.deleteLater()
        self.theme.deleteLater()
        QApplication.processEvents()


OpenRoom = Callable[..., Room]


@pytest.fixture
def open_room(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, assistant_type, shipped: Library
) -> Iterator[OpenRoom]:
    """Return a function that opens the page."""
    rooms: list[Room] = []

    class Assistant(assistant_type):  # type: ignore[misc]
        """Its library is the real one."""

    Assistant.library = property(lambda _: shipped)

    def open_one(state: PageState | None = None, policy: Policy = NO_POLICY, percent: int = 100) -> Room:
        rooms.append(Room(qtbot, Assistant(), tmp_path, state or {}, policy, percent))
        return rooms[-1]

    yield open_one
    for room in rooms:
        room.close()
