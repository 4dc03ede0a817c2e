"""One window over the real collections for all tests of this folder, and every view its pages have."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from desktop.app import make_window
from desktop.assistant import Assistant
from desktop.document_place import Place
from desktop.library import Library
from desktop.paths import Paths
from desktop.settings import Settings, ThemeChoice, load_settings
from desktop.theme import load_german
from desktop.widgets.pages import PAGES
from guidelines_db.filters import NO_FILTERS, SearchFilters

LONGEST_S = 60
QUESTIONS = (
    "Wann ist ein Rat befangen?",
    "Wie viele Leitlinien gibt es aus Bayern?",
    "Welche Farbe hat der Dienstwagen des Landrats?",
    "Darf ich personenbezogene Daten in ein KI-Werkzeug eingeben?",
)
FILTERS = SearchFilters(
    lands=("Baden-Württemberg",), places=("Bad Oeynhausen",), year_from=2023, year_to=2025
)
CHAPTERS = ("systembericht", "lizenzen", "tastatur", "barrierefreiheit", "wo-die-daten-liegen")


FIRST_SETTINGS = Settings(theme=ThemeChoice.LIGHT)


class Desk:
    """A window in which questions were asked already. Its pages are those of the rail, whatever they are."""

    def __init__(self, folder: Path, share: Path, settings: Settings = FIRST_SETTINGS) -> None:
        self.paths = Paths(data_dir=folder, share_dir=share, model_dirs=())
        self.window, self.bridge, self.theme = make_window(
            self.paths, lambda: Assistant(Library(self.paths), None, None), settings
        )
        self.window.show()
        self._until(self.window.ready, self.bridge.open)

    def ask(self, question: str) -> None:
        """Ask and wait for the end."""
        self._until(self.bridge.answered, lambda: self.window.ask(question))

    def look(self, theme: ThemeChoice, percent: int, size: tuple[int, int]) -> None:
        """Change colours, type and window."""
        if (theme, percent) != (self.theme.choice, self.theme.type_percent):
            self.theme.choose(theme, percent)
        self.window.resize(*size)
        self.window.activateWindow()  # a window of another test may have been the active one
        self.settle()

    def views(self) -> Iterator[str]:
        """Show every page, and on some of them more than one view; yield the name of each once it is at rest."""
        for entry in PAGES:
            self.window.show_page(entry.name)
            self.settle()
            yield entry.name
            for name, show in self._further(entry.name):
                show()
                self.settle()
                yield f"{entry.name}, {name}"
            self.calm_down(entry.name)

    def calm_down(self, name: str) -> None:
        """Leave the views that were opened."""
        page = self.window.page(name)
        for _ in range(3):
            QTest.keyClick(QApplication.focusWidget() or page, Qt.Key.Key_Escape)
        self.settle()

    def settle(self) -> None:
        """Wait until nothing runs in the background and layouts have come to rest."""
        for _ in range(2):
            done: list[object] = []
            self.bridge.in_background(lambda: None, done.append)
            self.wait_for(lambda now=done: bool(now))
        for _ in range(6):
            QApplication.processEvents()
            # What was let go is deleted by an event loop only, and tests run outside of one.
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def wait_for(self, holds: Callable[[], bool]) -> None:
        """Let events happen until ``holds``."""
        end = time.monotonic() + LONGEST_S
        while not holds():
            assert time.monotonic() < end, "it never came"
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)

    def _until(self, signal: object, begin: Callable[[], None]) -> None:
        seen: list[object] = []
        signal.connect(lambda *_: seen.append(1))  # type: ignore[attr-defined]
        begin()
        self.wait_for(lambda: bool(seen))

    def _further(self, name: str) -> Iterator[tuple[str, Callable[[], None]]]:
        page = self.window.page(name)
        if name == "ask":
            filters = page._collections.filter
            filters.show_filters(FILTERS)
            yield "filters", filters.button.click
            filters.close_panel()
            filters.show_filters(NO_FILTERS)
            yield "passage", lambda: page.open_passage(page.current_turn, 1)
            yield "check", page.current_turn.card.tools._check.click
        elif name == "help":
            for chapter in CHAPTERS:
                yield chapter, lambda chapter=chapter: page.open(chapter)
        elif name == "library":
            filters = page.list.collections.filter
            yield "filters", filters.button.click
            filters.close_panel()
            yield "document", lambda: page.show_place(Place("ki-leitlinien", "wien", ""))
        elif name in ("history", "compare"):
            yield "first entry", lambda: self._choose_first(page)
        if name == "compare":
            yield "documents to choose", page.choice.button.click

    def _choose_first(self, page: QWidget) -> None:
        for view in page.findChildren(QAbstractItemView):
            if view.isVisible() and view.model() is not None and view.model().rowCount():
                view.setFocus()
                for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Return):
                    QTest.keyClick(view, key)
                return

    def close(self) -> None:
        """Close as a clerk does, and leave nothing behind."""
        self.window.close()
        self.window.deleteLater()
        self.theme.deleteLater()
        QApplication.processEvents()


@pytest.fixture(scope="session")
def desk(qapp: QApplication, share_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The window; tests must leave it as wide and as open as they found it."""
    load_german(qapp)
    made = Desk(tmp_path_factory.mktemp("data"), share_dir)
    for question in QUESTIONS:
        made.ask(question)
    yield made
    made.close()


@pytest.fixture
def first_start(qapp: QApplication, share_dir: Path, data_dir: Path) -> Iterator[Desk]:
    """A window of its own, opened for the first time."""
    load_german(qapp)
    made = Desk(data_dir, share_dir)
    yield made
    made.close()


@pytest.fixture
def open_again(share_dir: Path) -> Iterator[Callable[[Desk], Desk]]:
    """Return a function that opens a window over what another one has stored so far."""
    desks: list[Desk] = []

    def open_it(before: Desk) -> Desk:
        desks.append(Desk(before.paths.data_dir, share_dir, load_settings(before.paths.settings)))
        return desks[-1]

    yield open_it
    for one in desks:
        one.close()
