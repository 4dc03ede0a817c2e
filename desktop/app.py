"""Puts the window together: lock, log, settings, theme, bridge. The window stands before index and model."""

import gc
import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from desktop.bridge import AssistantLike, Bridge
from desktop.log import start_log, watch_errors
from desktop.paths import Paths
from desktop.policy import NO_POLICY, Policy
from desktop.settings import Settings, load_settings, save_settings
from desktop.single_window import SingleWindow
from desktop.texts import window as texts
from desktop.theme import Theme, load_german
from desktop.widgets.main_window import MainWindow
from desktop.widgets.pages import load_answers
from desktop.window_state import load_window_state
from resources import resource_path

if TYPE_CHECKING:
    from desktop.history import History

log = logging.getLogger(__name__)


class _ErrorReporter(QObject):
    """Brings an error from any thread to one dialog at a time on the window's thread."""

    reported = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._showing = False
        self.reported.connect(self._show, Qt.ConnectionType.QueuedConnection)

    @Slot(str)
    def _show(self, report: str) -> None:
        from PySide6.QtWidgets import QDialogButtonBox

        from desktop.widgets.crash_dialog import CrashDialog

        if self._showing:
            return
        self._showing = True
        try:
            wish = CrashDialog(report, QApplication.activeWindow()).exec()
        finally:
            self._showing = False
        if wish == QDialogButtonBox.ButtonRole.DestructiveRole.value:
            QApplication.closeAllWindows()


def make_window(
    paths: Paths,
    make_assistant: Callable[[], AssistantLike],
    settings: Settings,
    policy: Policy = NO_POLICY,
) -> tuple[MainWindow, Bridge, Theme]:
    """Return a window that is not shown yet; ``Bridge.open`` fills it. Needs a QApplication.

    ``settings`` are the user's own; where ``policy`` decides, its values hold and the user's stay stored.
    """
    own, settings = settings, policy.applied_to(settings)
    theme = Theme(settings.theme, settings.type_percent, QApplication.instance())

    def make_history() -> "History":
        from desktop.history import History

        history = History(paths.history)
        history.keep(stores=settings.store_history, days=settings.history_days)
        return history

    def make() -> AssistantLike:
        load_answers()
        return make_assistant()

    bridge = Bridge(make, make_history)
    window = MainWindow(bridge, theme, settings, paths, load_window_state(paths.window_state), policy)
    # Only now: under a stylesheet, Qt would style every part anew each time it is put into another.
    theme.apply()
    window.settings_changed.connect(
        lambda changed: _save(policy.without_locked(changed, own), paths.settings)
    )
    if policy.mistakes:
        from desktop.texts import policy as policy_texts

        window.show_notice("policy", policy_texts.notice(policy))
    return window, bridge, theme


def run_window(
    application: QApplication,
    paths: Paths,
    make_assistant: Callable[[Settings], AssistantLike],
    policy: Policy = NO_POLICY,
    *,
    quit_when_ready: bool = False,
    say_when_usable: bool = False,
    rehearse: Path | None = None,
) -> int:
    """Show the window of ``application`` until it is closed and return the exit code.

    ``make_assistant`` is called on a background thread, with the settings that hold under ``policy``.
    ``quit_when_ready`` closes the window as soon as it can be used; ``say_when_usable`` also tells of the way there
    (``desktop/start_watch.py``), which measures the start; ``rehearse`` is the folder of a session without a person
    (``desktop/rehearsal.py``).
    """
    application.setApplicationName(texts.APP_NAME)
    application.setDesktopFileName("leitstern")
    load_german(application)
    single = SingleWindow(paths.lock)
    if not single.claim():
        if not single.call_first():
            from PySide6.QtWidgets import QMessageBox

            QMessageBox.information(None, texts.APP_NAME, texts.ALREADY_OPEN)
        return 0
    writable = start_log(paths.log)
    reporter = _ErrorReporter()
    watch_errors(reporter.reported.emit)
    settings = load_settings(paths.settings)
    held = policy.applied_to(settings)
    window, bridge, _ = make_window(paths, lambda: make_assistant(held), settings, policy)
    single.called.connect(lambda: _to_front(window))
    if not writable:
        from desktop.texts.problems import explain

        window.show_notice("folder_unwritable", explain("folder_unwritable").whole)
    if quit_when_ready:
        # After the next round of events what is there has been painted.
        window.ready.connect(lambda: QTimer.singleShot(0, window.close))
    if say_when_usable:
        from desktop.start_watch import StartWatch

        StartWatch(window, bridge)
    if rehearse is not None:
        from desktop.rehearsal import Rehearsal

        rehearsal = Rehearsal(window, bridge, rehearse, policy)
        rehearsal.ended.connect(application.exit)
        # Nobody is there to close a dialog about an error of the program.
        reporter.reported.disconnect()
        reporter.reported.connect(rehearsal.stop, Qt.ConnectionType.QueuedConnection)
    window.painted.connect(lambda: _begin(window, bridge))
    window.show()
    code = application.exec()
    single.release()
    return code


def _begin(window: MainWindow, bridge: Bridge) -> None:
    """Do what the clerk need not wait for before the first letter."""
    # What the window is made of stays: it need not be looked through again each time.
    gc.freeze()
    gc.enable()
    bridge.open()
    window.setWindowIcon(QIcon(str(resource_path("icons/leitstern.svg"))))


def _to_front(window: MainWindow) -> None:
    if window.isMinimized():
        window.showNormal()
    window.raise_()
    window.activateWindow()


def _save(settings: Settings, file: Path) -> None:
    try:
        save_settings(settings, file)
    except OSError:
        log.warning("settings cannot be saved")
