"""The page Bibliothek in the whole window, by keyboard, and its dialogs as they are."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from desktop.app import make_window
from desktop.assistant import Assistant
from desktop.library import Library
from desktop.paths import Paths
from desktop.settings import Settings, ThemeChoice
from desktop.texts import library as texts
from desktop.theme import Theme
from desktop.widgets.library.name_dialog import NameDialog
from desktop.widgets.library.own_documents import confirm_removal
from desktop.widgets.library.page import LibraryPage


class Desk:
    """A window over the real collections; the keyboard goes where a clerk's would."""

    def __init__(self, qtbot: QtBot, paths: Paths) -> None:
        self.qtbot = qtbot
        self.window, self.bridge, self.theme = make_window(
            paths, lambda: Assistant(Library(paths), None), Settings()
        )
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()
        with qtbot.waitSignal(self.window.ready, timeout=20_000):
            self.bridge.open()
        self.wait()

    @property
    def page(self) -> LibraryPage:
        page = self.window.page("library")
        assert isinstance(page, LibraryPage)
        return page

    def wait(self) -> None:
        done: list[bool] = []
        for _ in range(3):
            done.clear()
            self.bridge.fetch(lambda _: True, done.append)
            self.qtbot.waitUntil(lambda: bool(done), timeout=20_000)
        QApplication.processEvents()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.qtbot.keyClick(QApplication.focusWidget() or self.window, key, modifier)
        self.wait()

    def close(self) -> None:
        self.window.close()
        self.window.deleteLater()
        self.theme.deleteLater()
        QApplication.processEvents()


@pytest.fixture
def open_desk_on(
    qtbot: QtBot, qapp: QApplication, data_dir: Path, share_dir: Path
) -> Iterator[Callable[[], Desk]]:
    """Return a function that opens a window on the same data each time."""
    paths = Paths(data_dir=data_dir, share_dir=share_dir, model_dirs=())
    desks: list[Desk] = []

    def open_one() -> Desk:
        desks.append(Desk(qtbot, paths))
        return desks[-1]

    yield open_one
    for desk in desks:
        desk.close()


def test_a_document_is_found_read_and_left_by_keyboard_alone(open_desk_on: Callable[[], Desk]) -> None:
    desk = open_desk_on()
    desk.press(Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    desk.qtbot.waitUntil(lambda: desk.window.shown == "library", timeout=20_000)
    desk.wait()
    assert desk.page.list.table.hasFocus()
    desk.press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert desk.page.list.search_line.hasFocus()
    desk.qtbot.keyClicks(QApplication.focusWidget(), "befangenheit")
    desk.press(Qt.Key.Key_Return)
    desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_Return)
    document = desk.page.document
    assert document is not None
    assert "Befangenheit" in document.info.title
    assert desk.page.view.reader.text.hasFocus()
    desk.press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert desk.page.view.reader.find_bar.isVisible()
    desk.press(Qt.Key.Key_Escape)
    desk.press(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert desk.page.document is None
    assert desk.page.list.table.hasFocus()
    desk.press(Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert desk.page.document == document
    reached = set()
    for _ in range(40):
        desk.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        reached.add(QApplication.focusWidget())
    assert {desk.page.view.side.contents, *desk.page.view.side.chips} <= reached, (
        "Tab leads through all of it"
    )


def test_another_page_leads_to_a_document_and_the_next_start_shows_it_again(
    open_desk_on: Callable[[], Desk],
) -> None:
    desk = open_desk_on()
    holding_key = ("ki-leitlinien", "wien")
    desk.window.page("compare").document_wanted.emit(*holding_key, "")
    desk.wait()
    assert desk.window.shown == "library"
    assert desk.page.document is not None
    assert desk.page.document.holding.key == holding_key
    desk.window.close()
    again = open_desk_on()
    assert again.window.shown == "library"
    again.wait()
    assert again.page.document is not None
    assert again.page.document.holding.key == holding_key


def test_taken_documents_are_searched_on_the_page_of_questions_too(
    open_desk_on: Callable[[], Desk], tmp_path: Path
) -> None:
    file = tmp_path / "Hundewiese.txt"
    file.write_text("Hundewiese\n\nAuf der Hundewiese gilt keine Leinenpflicht.", encoding="utf-8")
    desk = open_desk_on()
    desk.page.own.take_into([file], "Unser Haus")
    desk.wait()
    desk.wait()
    chips = [one.text() for one in desk.window.questions._collections._chips]
    assert chips[-1] == "Unser Haus"


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """Return a theme in use."""
    made = Theme(ThemeChoice.LIGHT, 100, qapp)
    made.apply()
    yield made
    made.deleteLater()


# The screen in memory has nobody to tell how large a dialog may be.
in_memory = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


@in_memory
@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", texts.TAKE_BAD_NAME),
        ("x" * 81, texts.TAKE_BAD_NAME),
        ("Recht", texts.TAKE_SHIPPED_NAME.format(name="Recht")),
        ("Unser Haus", ""),
    ],
)
def test_a_collection_gets_a_name_that_can_be_one(
    qtbot: QtBot, theme: Theme, typed: str, problem: str
) -> None:
    dialog = NameDialog(theme, ["Alte Akten"], {"recht", "Recht"})
    qtbot.addWidget(dialog)
    assert dialog.name == "Alte Akten"
    dialog._input.setEditText(typed)
    dialog.show()
    dialog._take.click()
    assert dialog.problem == problem
    assert dialog.isVisible() == bool(problem)
    assert dialog.name == typed


@in_memory
@pytest.mark.parametrize(
    ("button", "wanted"), [(texts.REMOVE_OK, True), (texts.REMOVE_CANCEL, False), ("", False)]
)
def test_removing_is_asked_for_and_enter_keeps(
    qtbot: QtBot, theme: Theme, open_desk_on: Callable[[], Desk], button: str, wanted: bool
) -> None:
    window = open_desk_on().window

    def answer() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        assert "Hundewiese" in box.text()
        if button:
            next(one for one in box.findChildren(QPushButton) if one.text() == button).click()
        else:
            qtbot.keyClick(box, Qt.Key.Key_Return)

    QTimer.singleShot(0, answer)
    assert confirm_removal(window, "Hundewiese") == wanted
