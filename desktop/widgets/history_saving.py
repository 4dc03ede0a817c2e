"""Asks where past answers are to be saved and writes them there, off the window's thread."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.answer import Answer
from desktop.bridge import AssistantLike
from desktop.history_export import Form, export_answers, export_name
from desktop.proof import explain_write_error, write_proof
from desktop.texts import history as texts
from desktop.texts import proof as proof_texts
from desktop.widgets.history_wishes import HistoryWishes

_FILTERS = {
    proof_texts.FILTER_PDF: Form.PDF,
    proof_texts.FILTER_MARKDOWN: Form.MARKDOWN,
}


class HistorySaving(QObject):
    """Saves what the clerk chose; what came of it is reported in a sentence."""

    def __init__(self, window: QWidget, wishes: HistoryWishes) -> None:
        super().__init__(window)
        self._window = window
        self._wishes = wishes
        self._titles: dict[str, str] | None = None

    def save(self, ids: Sequence[str], report: Callable[[str], None]) -> None:
        """Ask for a file and write the answers ``ids`` to it; ``report`` hears what came of it."""
        made_at = datetime.now().astimezone().isoformat(timespec="seconds")

        def ask(answers: tuple[Answer, ...]) -> None:
            if not answers:
                report(texts.NOTHING_TO_EXPORT)
                return
            file = ask_for_file(self._window, export_name(answers, made_at), several=len(answers) > 1)
            if file is not None:
                self.write(answers, file, made_at, report)

        self._wishes.with_history(lambda history: history.read(ids), ask)

    def write(
        self, answers: Sequence[Answer], file: Path, made_at: str, report: Callable[[str], None]
    ) -> None:
        """Write ``answers`` as the ending of ``file`` says."""
        report(texts.EXPORTING)

        def with_titles(titles: dict[str, str]) -> None:
            self._titles = titles
            self._wishes.with_history(lambda _: _write(answers, file, made_at, titles), report)

        if self._titles is not None:
            with_titles(self._titles)
        else:
            # Without the collections their short names have to do.
            self._wishes.fetch(_collection_titles, with_titles, lambda _: with_titles({}))


def _collection_titles(assistant: AssistantLike) -> dict[str, str]:
    return {info.name: info.title for info in assistant.library.collections()}


def _write(answers: Sequence[Answer], file: Path, made_at: str, titles: dict[str, str]) -> str:
    form = next((form for form in Form if form.value == file.suffix.lower()), Form.PDF)
    try:
        write_proof(file, export_answers(answers, form, made_at, titles))
    except OSError as error:
        return explain_write_error(error)
    return proof_texts.SAVED.format(name=file.name)


def ask_for_file(window: QWidget, name: str, *, several: bool) -> Path | None:
    """Ask where to save and in which form; None if the clerk gave it up."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    chosen, form = QFileDialog.getSaveFileName(
        window,
        texts.EXPORT_TITLE if several else proof_texts.DIALOG_TITLE,
        str(Path(folder, name + Form.PDF.value)),
        ";;".join(_FILTERS),
    )
    return with_ending(Path(chosen), _FILTERS.get(form, Form.PDF)) if chosen else None


def with_ending(file: Path, form: Form) -> Path:
    """Return ``file`` with the ending of ``form``, whatever stands behind a full stop in its name."""
    if file.suffix.lower() == form.value:
        return file
    if file.suffix.lower() in {one.value for one in Form}:
        return file.with_suffix(form.value)
    return file.with_name(file.name + form.value)
