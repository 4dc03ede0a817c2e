"""Asks where a file is to be saved and in which form."""

from collections.abc import Collection, Mapping
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget


def ask_for_file(window: QWidget, title: str, name: str, filters: Mapping[str, str]) -> Path | None:
    """Return where to save, None if the clerk gave it up.

    ``filters`` maps what a form is called in the dialogue to its ending; the first is offered. ``name`` has no ending.
    """
    first = next(iter(filters.values()))
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    chosen, form = QFileDialog.getSaveFileName(
        window, title, str(Path(folder, name + first)), ";;".join(filters)
    )
    return with_ending(Path(chosen), filters.get(form, first), filters.values()) if chosen else None


def with_ending(file: Path, ending: str, endings: Collection[str]) -> Path:
    """Return ``file`` with ``ending`` instead of another of ``endings``, whatever else stands behind a full stop."""
    if file.suffix.lower() == ending:
        return file
    if file.suffix.lower() in endings:
        return file.with_suffix(ending)
    return file.with_name(file.name + ending)
