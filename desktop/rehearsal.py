"""A whole session in the real window without a person: import, questions, exports, every page, end.

``leitstern --rehearse FOLDER`` does it. The installed package is checked so (docs/release.md): a tracer can say what
the program does meanwhile, and pictures show every page. Nothing happens that a clerk cannot do in the window, and
it goes the same ways; only the clicks are spared. The folder holds ``frage.txt`` (a question a line) and documents
to import (``*.md``, ``*.txt``); exports, pictures and ``session.json`` come into its sub-folder ``ergebnis``.
"""

import json
import logging
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Protocol, cast

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop.answer import Answer
from desktop.bridge import AssistantLike, Bridge
from desktop.file_saving import write_whole
from desktop.history_export import Form, export_answers, export_name
from desktop.output import answer_record
from desktop.policy import Policy
from desktop.widgets.main_window import MainWindow
from desktop.widgets.pages import PAGES

log = logging.getLogger(__name__)

COLLECTION = "probelauf"
QUESTIONS = "frage.txt"
RESULTS = "ergebnis"
RECORD = "session.json"
_PAGE_MS = 700  # a page reads what it shows in the background; then its picture is taken


class _Taking(Protocol):
    """What importing needs of the collections."""

    def import_paths(self, paths: list[Path], collection: str) -> object: ...

    def add_vectors(self) -> int: ...


class Rehearsal(QObject):
    """Plays one session as soon as ``window`` is ready and closes it."""

    ended = Signal(int)  # the exit code: 0, or 1 if the session came to a problem

    def __init__(self, window: MainWindow, bridge: Bridge, folder: Path, policy: Policy) -> None:
        super().__init__(window)
        self._window = window
        self._bridge = bridge
        self._folder = folder.absolute()
        self._results = self._folder / RESULTS
        self._policy = policy
        self._questions: list[str] = []
        self._answers: list[Answer] = []
        self._pages = [entry.name for entry in PAGES]
        self._record: dict[str, object] = {"ok": False, "imported": 0, "answers": [], "exports": []}
        window.ready.connect(self._begin)
        bridge.open_failed.connect(self.stop)
        bridge.answered.connect(self._on_answered)
        bridge.failed.connect(self.stop)

    @Slot()
    def _begin(self) -> None:
        try:
            self._results.mkdir(exist_ok=True)
            text = (self._folder / QUESTIONS).read_text(encoding="utf-8")
            files = sorted(file for file in self._folder.iterdir() if file.suffix in {".md", ".txt"})
        except (OSError, ValueError) as error:
            self.stop(type(error).__name__)
            return
        self._questions = [line.strip() for line in text.splitlines() if line.strip()]
        documents = [file for file in files if file.name != QUESTIONS]
        if not documents:
            self._ask_next()
            return

        def take(assistant: AssistantLike) -> int:
            library = cast("_Taking", assistant.library)
            library.import_paths(documents, COLLECTION)
            return library.add_vectors()

        self._bridge.fetch(take, partial(self._on_imported, len(documents)), self.stop)

    def _on_imported(self, documents: int, _: int) -> None:
        self._record["imported"] = documents
        self._ask_next()

    def _ask_next(self) -> None:
        if self._questions:
            self._window.ask(self._questions.pop(0))
        else:
            self._export()

    @Slot(object)
    def _on_answered(self, answer: Answer) -> None:
        self._answers.append(answer)
        QTimer.singleShot(0, self._ask_next)

    def _export(self) -> None:
        made_at = datetime.now().astimezone().isoformat(timespec="seconds")
        exports = []
        for form in Form:
            if self._answers and self._policy.allows_export(form.value):
                file = self._results / f"{export_name(self._answers, made_at)}{form.value}"
                try:
                    write_whole(file, export_answers(self._answers, form, made_at))
                except OSError as error:
                    self.stop(type(error).__name__)
                    return
                exports.append(file.name)
        self._record["exports"] = exports
        self._record["answers"] = [answer_record(None, answer) for answer in self._answers]
        self._show_next()

    def _show_next(self) -> None:
        if not self._pages:
            self._record["ok"] = True
            self._end(0)
            return
        name = self._pages.pop(0)
        self._window.show_page(name)
        QTimer.singleShot(_PAGE_MS, partial(self._keep_picture, name))

    def _keep_picture(self, name: str) -> None:
        if not self._window.grab().save(str(self._results / f"seite-{name}.png")):
            self.stop("picture")
            return
        self._show_next()

    @Slot(str)
    def stop(self, problem: str) -> None:
        """End the session with ``problem``, whatever it is at."""
        self._record["problem"] = problem
        self._end(1)

    def _end(self, code: int) -> None:
        try:
            write_whole(
                self._results / RECORD, json.dumps(self._record, ensure_ascii=False, indent=1).encode()
            )
        except OSError:
            log.warning("the result of the rehearsal cannot be written")
            code = 1
        self._window.close()
        self.ended.emit(code)
