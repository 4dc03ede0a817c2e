"""Puts the window together: lock, log, settings, theme, bridge. The window stands before index and model."""

import logging
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QMessageBox

from desktop.bridge import AssistantLike, Bridge
from desktop.history import History
from desktop.log import start_log, watch_errors
from desktop.paths import Paths
from desktop.policy import NO_POLICY, Policy
from desktop.settings import Settings, load_settings, save_settings
from desktop.single_window import SingleWindow
from desktop.texts import policy as policy_texts
from desktop.texts import window as texts
from desktop.texts.problems import explain
from desktop.theme import Theme, load_german
from desktop.widgets.crash_dialog import CrashDialog
from desktop.widgets.main_window import MainWindow
from desktop.window_state import load_window_state

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
    theme.apply()
    history = History(paths.history)
    history.keep(stores=settings.store_history, days=settings.history_days)
    bridge = Bridge(make_assistant, history)
    window = MainWindow(bridge, theme, settings, paths, load_window_state(paths.window_state), policy)
    window.settings_changed.connect(
        lambda changed: _save(policy.without_locked(changed, own), paths.settings)
    )
    if policy.mistakes:
        window.show_notice("policy", policy_texts.notice(policy))
    return window, bridge, theme


def run_window(
    paths: Paths,
    make_assistant: Callable[[Settings], AssistantLike],
    policy: Policy = NO_POLICY,
    *,
    quit_when_ready: bool = False,
    say_when_usable: bool = False,
    rehearse: Path | None = None,
) -> int:
    """Show the window until it is closed and return the exit code.

    ``make_assistant`` is called on a background thread, with the settings that hold under ``policy``.
    ``quit_when_ready`` closes the window as soon as it can be used; ``say_when_usable`` also tells of the way there
    (``desktop/start_watch.py``), which measures the start; ``rehearse`` is the folder of a session without a person
    (``desktop/rehearsal.py``).
    """
    application = QApplication(sys.argv[:1])
    application.setApplicationName(texts.APP_NAME)
    application.setDesktopFileName("leitstern")
    load_german(application)
    single = SingleWindow(paths.lock)
    if not single.claim():
        if not single.call_first():
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
    window.show()
    QTimer.singleShot(0, bridge.open)
    code = application.exec()
    single.release()
    return code


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
