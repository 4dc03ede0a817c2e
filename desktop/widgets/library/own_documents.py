"""Takes the user's own documents in and removes them: asks, works in the background, says what came of it."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget
from shiboken6 import isValid

from desktop.bridge import AssistantLike
from desktop.holdings import Holding
from desktop.texts import library as texts
from desktop.texts.problems import explain
from desktop.theme import Theme
from desktop.widgets.library.import_report import report_text
from desktop.widgets.library.name_dialog import NameDialog
from desktop.widgets.page import Fetcher
from guidelines_db.results import CollectionInfo

_SLICE_S = 1.0  # so long documents are prepared for the search at a time; other wishes come in between


class OwnDocuments(QObject):
    """Every step is reported by :attr:`said`; afterwards the library is to be read anew."""

    said = Signal(str, bool)  # a sentence or more; whether something went wrong
    changed = Signal()  # documents came or went
    removed = Signal(object)  # Holding

    _progressed = Signal(int, int)

    def __init__(self, window: QWidget, theme: Theme, fetcher: Fetcher) -> None:
        super().__init__(window)
        self._window = window
        self._theme = theme
        self._fetcher = fetcher
        self._collections: Sequence[CollectionInfo] = ()
        self._progressed.connect(self._on_progress)

    def know(self, collections: Sequence[CollectionInfo]) -> None:
        """Learn which collections there are."""
        self._collections = collections

    @Slot()
    def take_files(self) -> None:
        """Ask for files and take them in."""
        self.take(ask_for_files(self._window))

    @Slot()
    def take_folder(self) -> None:
        """Ask for a folder and take in what is in it."""
        self.take(ask_for_folder(self._window))

    def take(self, paths: Sequence[Path]) -> None:
        """Ask into which collection, and take ``paths`` in."""
        if not paths:
            return
        own = [info.name for info in self._collections if info.own]
        shipped = {name for info in self._collections if not info.own for name in (info.name, info.title)}
        collection = ask_for_name(self._window, self._theme, own, shipped)
        if collection:
            self.take_into(paths, collection)

    def take_into(self, paths: Sequence[Path], collection: str) -> None:
        """Take ``paths`` into the own ``collection``."""
        self.said.emit(texts.TAKING, False)

        def work(assistant: AssistantLike) -> tuple[str, bool]:
            report = assistant.library.import_paths(list(paths), collection, self._report)
            return report_text(report), bool(report.skipped)

        self._fetcher.fetch(work, self._on_taken, self._on_failed)

    @Slot(object)
    def remove(self, holding: Holding) -> None:
        """Ask, and remove an own document."""
        if not holding.info.own or not confirm_removal(self._window, holding.info.title):
            return

        def done(_: bool) -> None:
            if isValid(self):
                self.said.emit(texts.REMOVED.format(title=holding.info.title), False)
                self.removed.emit(holding)
                self.changed.emit()

        self._fetcher.fetch(
            lambda assistant: assistant.library.remove_document(*holding.key), done, self._on_failed
        )

    def _report(self, done: int, total: int) -> None:
        """Carry progress over from the thread that works."""
        if isValid(self):
            self._progressed.emit(done, total)

    @Slot(int, int)
    def _on_progress(self, done: int, total: int) -> None:
        if done < total:
            self.said.emit(texts.TAKING_STEP.format(done=done, total=total), False)

    def _on_taken(self, said: tuple[str, bool]) -> None:
        if isValid(self):
            self.said.emit(*said)
            self.changed.emit()
            self._prepare()

    def _on_failed(self, key: str) -> None:
        if isValid(self):
            self.said.emit(explain(key).whole, True)
            self.changed.emit()

    def _prepare(self) -> None:
        """Prepare what was taken in for the search by meaning, a little at a time; searches work meanwhile."""

        def go_on(number: int) -> None:
            if number and isValid(self):
                self._prepare()

        # Without an encoder the search by words has to do, as everywhere.
        self._fetcher.fetch(_prepare_some, go_on, lambda _: None)


def _prepare_some(assistant: AssistantLike) -> int:
    end = time.monotonic() + _SLICE_S
    over: Callable[[], bool] = lambda: time.monotonic() > end  # noqa: E731 - a name for what it is
    return assistant.library.add_vectors(None, over)


def ask_for_files(window: QWidget) -> list[Path]:
    """Ask for files; none if the clerk gave it up."""
    chosen, _ = QFileDialog.getOpenFileNames(
        window, texts.TAKE_FILES_TITLE, _documents(), f"{texts.TAKE_FILTER};;{texts.TAKE_ALL}"
    )
    return [Path(file) for file in chosen]


def ask_for_folder(window: QWidget) -> list[Path]:
    """Ask for a folder; none if the clerk gave it up."""
    chosen = QFileDialog.getExistingDirectory(window, texts.TAKE_FOLDER_TITLE, _documents())
    return [Path(chosen)] if chosen else []


def ask_for_name(window: QWidget, theme: Theme, own: Sequence[str], shipped: set[str]) -> str:
    """Ask for the collection, "" if the clerk gave it up."""
    dialog = NameDialog(theme, own, shipped, window)
    name = dialog.name if dialog.exec() else ""
    dialog.deleteLater()
    return name


def confirm_removal(window: QWidget, title: str) -> bool:
    """Ask whether a document is to be removed; no is what Enter and Esc say."""
    box = QMessageBox(window)
    box.setWindowTitle(texts.REMOVE_TITLE)
    box.setText(texts.REMOVE_QUESTION.format(title=title))
    box.setInformativeText(texts.REMOVE_MEANING)
    yes = box.addButton(texts.REMOVE_OK, QMessageBox.ButtonRole.DestructiveRole)
    no = box.addButton(texts.REMOVE_CANCEL, QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(no)
    box.setEscapeButton(no)
    box.exec()
    wanted = box.clickedButton() is yes
    box.deleteLater()
    return wanted


def _documents() -> str:
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
