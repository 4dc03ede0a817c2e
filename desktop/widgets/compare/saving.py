"""Asks where a comparison is to be saved and writes it there, off the window's thread."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.compare.choice import Comparison
from desktop.compare.export import CompareForm, export_comparison, export_name
from desktop.file_saving import explain_write_error, write_whole
from desktop.policy import Policy
from desktop.texts import compare as texts
from desktop.texts import proof as proof_texts
from desktop.texts.policy import no_export
from desktop.widgets import save_dialog
from desktop.widgets.page import Fetcher

_FILTERS = {
    texts.FILTER_ODS: CompareForm.ODS,
    texts.FILTER_XLSX: CompareForm.XLSX,
    texts.FILTER_CSV: CompareForm.CSV,
    texts.FILTER_ODT: CompareForm.ODT,
}


class CompareSaving(QObject):
    """What came of a wish is reported in a sentence."""

    def __init__(self, window: QWidget, fetcher: Fetcher, policy: Policy) -> None:
        super().__init__(window)
        self._window = window
        self._fetcher = fetcher
        self._policy = policy

    @property
    def forms(self) -> tuple[CompareForm, ...]:
        """The kinds of files that the machine's policy allows."""
        return tuple(form for form in CompareForm if self._policy.allows_export(form.value))

    def save(self, comparison: Comparison, report: Callable[[str], None]) -> None:
        """Ask for a file and write ``comparison`` to it; ``report`` hears what came of it."""
        if not self.forms:
            report(no_export(self._policy))
            return
        made_at = datetime.now().astimezone().isoformat(timespec="seconds")
        file = ask_for_file(self._window, export_name(made_at), self.forms)
        if file is not None:
            self.write(comparison, file, made_at, report)

    def write(self, comparison: Comparison, file: Path, made_at: str, report: Callable[[str], None]) -> None:
        """Write ``comparison`` as the ending of ``file`` says."""
        form = form_of(file)
        if form not in self.forms:
            report(no_export(self._policy))
            return
        report(texts.EXPORTING)

        def tell(message: str) -> None:
            if isValid(self):
                report(message)

        self._fetcher.fetch(lambda _: _write(comparison, form, file, made_at), tell)


def form_of(file: Path) -> CompareForm:
    """Return in which form ``file`` is written: as its ending says, else as ODS."""
    return next((form for form in CompareForm if form.value == file.suffix.lower()), CompareForm.ODS)


def ask_for_file(window: QWidget, name: str, forms: tuple[CompareForm, ...]) -> Path | None:
    """Ask where to save and in which of ``forms``; None if the clerk gave it up."""
    filters = {text: form.value for text, form in _FILTERS.items() if form in forms}
    return save_dialog.ask_for_file(window, texts.EXPORT_TITLE, name, filters)


def _write(comparison: Comparison, form: CompareForm, file: Path, made_at: str) -> str:
    try:
        write_whole(file, export_comparison(comparison, form, made_at))
    except OSError as error:
        return explain_write_error(error)
    return proof_texts.SAVED.format(name=file.name)
