"""Asks where past answers are to be saved and writes them there, off the window's thread."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.answer import Answer
from desktop.bridge import AssistantLike
from desktop.file_saving import explain_write_error, write_whole
from desktop.history_export import Form, export_answers, export_name
from desktop.policy import NO_POLICY, Policy
from desktop.texts import history as texts
from desktop.texts import proof as proof_texts
from desktop.texts.policy import no_export
from desktop.widgets import save_dialog
from desktop.widgets.history_wishes import HistoryWishes

_FILTERS = {
    proof_texts.FILTER_PDF: Form.PDF,
    texts.FILTER_ODT: Form.ODT,
    proof_texts.FILTER_MARKDOWN: Form.MARKDOWN,
}


class HistorySaving(QObject):
    """Saves what the clerk chose; what came of it is reported in a sentence."""

    def __init__(self, window: QWidget, wishes: HistoryWishes, policy: Policy = NO_POLICY) -> None:
        super().__init__(window)
        self._window = window
        self._wishes = wishes
        self._policy = policy
        self._titles: dict[str, str] | None = None

    def save(self, ids: Sequence[str], report: Callable[[str], None]) -> None:
        """Ask for a file and write the answers ``ids`` to it; ``report`` hears what came of it."""
        made_at = datetime.now().astimezone().isoformat(timespec="seconds")
        forms = tuple(form for form in Form if self._policy.allows_export(form.value))
        if not forms:
            report(no_export(self._policy))
            return

        def ask(answers: tuple[Answer, ...]) -> None:
            if not answers:
                report(texts.NOTHING_TO_EXPORT)
                return
            name = export_name(answers, made_at)
            file = ask_for_file(self._window, name, forms, several=len(answers) > 1)
            if file is not None:
                self.write(answers, file, made_at, report)

        self._wishes.with_history(lambda history: history.read(ids), ask)

    def write(
        self, answers: Sequence[Answer], file: Path, made_at: str, report: Callable[[str], None]
    ) -> None:
        """Write ``answers`` as the ending of ``file`` says."""
        if not self._policy.allows_export(form_of(file).value):
            report(no_export(self._policy))
            return
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
    try:
        write_whole(file, export_answers(answers, form_of(file), made_at, titles))
    except OSError as error:
        return explain_write_error(error)
    return proof_texts.SAVED.format(name=file.name)


def form_of(file: Path) -> Form:
    """Return in which form ``file`` is written: as its ending says, else as PDF."""
    return next((form for form in Form if form.value == file.suffix.lower()), Form.PDF)


def ask_for_file(window: QWidget, name: str, forms: Sequence[Form], *, several: bool) -> Path | None:
    """Ask where to save and in which of ``forms``; None if the clerk gave it up."""
    filters = {text: form.value for text, form in _FILTERS.items() if form in forms}
    title = texts.EXPORT_TITLE if several else proof_texts.DIALOG_TITLE
    return save_dialog.ask_for_file(window, title, name, filters)
