"""The log keeps places and kinds of errors, never what was asked or read."""

import faulthandler
import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import qInstallMessageHandler
from pytestqt.qtbot import QtBot

import desktop.log
from desktop.log import start_log, watch_errors
from desktop.texts import window as texts
from desktop.widgets.crash_dialog import CrashDialog

SECRET = "Darf Frau Muster das?"  # noqa: S105 - a question, not a password


@pytest.fixture
def _restored() -> Iterator[None]:
    """Take handlers and hooks away again."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    hooks = sys.excepthook, threading.excepthook
    handler = qInstallMessageHandler(None)
    qInstallMessageHandler(handler)
    yield
    qInstallMessageHandler(handler)
    sys.excepthook, threading.excepthook = hooks
    for added in [one for one in root.handlers if one not in handlers]:
        root.removeHandler(added)
        added.close()
    root.setLevel(level)
    faulthandler.disable()
    if desktop.log._fault_file is not None:
        desktop.log._fault_file.close()


@pytest.mark.expects_errors
@pytest.mark.usefixtures("_restored", "qapp")
def test_an_error_is_logged_and_reported_without_its_message(data_dir: Path) -> None:
    assert start_log(data_dir / "leitstern.log")
    reports: list[str] = []
    watch_errors(reports.append)

    def fail() -> None:
        raise ValueError(SECRET)

    try:
        fail()
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    for handler in logging.getLogger().handlers:
        handler.flush()
    written = (data_dir / "leitstern.log").read_text(encoding="utf-8")
    assert len(reports) == 2
    for text in (written, *reports):
        assert "ValueError" in text
        assert "test_log.py" in text
        assert SECRET not in text


@pytest.mark.usefixtures("_restored", "qapp")
def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert start_log(tmp_path / "file" / "leitstern.log") is False


@pytest.mark.usefixtures("_restored", "qapp")
def test_a_full_file_gives_way_to_a_new_one_and_few_old_ones_are_kept(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.log.LARGEST_FILE_BYTES", 100)
    assert start_log(data_dir / "leitstern.log")
    for number in range(20):
        logging.getLogger("full").info("line %s %s", number, "x" * 100)
    files = sorted(file.name for file in data_dir.glob("leitstern.log*"))
    assert files == ["leitstern.log", "leitstern.log.1", "leitstern.log.2"]
    for age, name in enumerate(files):
        written = (data_dir / name).read_text(encoding="utf-8")
        assert f"line {19 - age} " in written
        assert written.count("\n") == 1


def test_the_report_can_be_read_and_copied(qtbot: QtBot) -> None:
    from PySide6.QtGui import QGuiApplication
    from PySide6.QtWidgets import QPlainTextEdit, QPushButton

    dialog = CrashDialog("ValueError\n  file.py:1 f")
    qtbot.addWidget(dialog)
    assert dialog.findChild(QPlainTextEdit).toPlainText() == "ValueError\n  file.py:1 f"
    copy = next(one for one in dialog.findChildren(QPushButton) if one.text() == texts.CRASH_COPY)
    copy.click()
    assert QGuiApplication.clipboard().text() == "ValueError\n  file.py:1 f"
