"""Prints a document: makes a PDF of it and opens that in the system's own program, from which it is printed.

Qt's own printing would load the library of CUPS, which speaks HTTP: nothing of this program may.
"""

import re
import shutil
import weakref
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import mkdtemp

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.file_saving import explain_write_error, write_whole
from desktop.full_document import FullDocument
from desktop.proof import program_name
from desktop.proof_pdf import make_pdf
from desktop.texts import library as texts
from desktop.texts import proof as proof_texts
from desktop.widgets.library.document_html import printed_html
from desktop.widgets.page import Fetcher
from desktop.widgets.save_dialog import ask_for_file

_LONGEST_NAME = 60  # characters
_NO_NAME = re.compile(r"[^\w-]+")


class Printing(QObject):
    """The files lie in a folder that only this user can read, and are gone when the program ends."""

    def __init__(self, fetcher: Fetcher, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._fetcher = fetcher
        self._folder: Path | None = None

    def print(self, document: FullDocument, today: date, say: Callable[[str], None]) -> None:
        """Open ``document`` for printing; ``say`` hears what came of it."""
        if self._folder is None:
            self._folder = Path(mkdtemp(prefix="leitstern-"))
            weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        file = self._folder / f"{_file_name(document.info.title)}.pdf"
        say(texts.PRINT_PREPARING)

        def show(written: bool) -> None:
            if isValid(self):
                say(self._open(file) if written else texts.PRINT_FAILED)

        self._fetcher.fetch(lambda _: _write(document, today, file), show)

    def _open(self, file: Path) -> str:
        """Open ``file`` where it can be printed, or have it saved where nothing on this machine opens it."""
        if QDesktopServices.openUrl(QUrl.fromLocalFile(str(file))):
            return texts.PRINT_OPENED
        target = ask_for_file(
            self._window, texts.PRINT_SAVE_TITLE, file.stem, {proof_texts.FILTER_PDF: file.suffix}
        )
        if target is None:
            return texts.PRINT_NO_PROGRAM
        try:
            write_whole(target, file.read_bytes())
        except OSError as error:
            return explain_write_error(error)
        return proof_texts.SAVED.format(name=target.name)


def _write(document: FullDocument, today: date, file: Path) -> bool:
    try:
        file.write_bytes(make_pdf([printed_html(document, today)], document.info.title, program_name()))
    except OSError:
        return False
    return True


def _file_name(title: str) -> str:
    return _NO_NAME.sub("-", title).strip("-")[:_LONGEST_NAME] or texts.PAGE_LABEL
