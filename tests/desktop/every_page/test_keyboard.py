"""Everything by keyboard: from the first start to the exported Antwort-Nachweis, without a trap, without a clash."""

from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QTextEdit, QWidget

from desktop.settings import ThemeChoice
from desktop.shortcuts import PAGES as LISTED_PAGES
from desktop.shortcuts import SHORTCUTS, german_keys
from desktop.texts import window as texts
from desktop.widgets.page import Page
from desktop.widgets.pages import PAGES

MOST_TABS = 400
MOST_ENTERS = 6
MOST_LINKS = 60
# What Windows, GNOME, KDE and screen readers keep to themselves.
OF_THE_SYSTEM = ("Alt+F4", "Alt+Tab", "Alt+Esc", "Alt+Space", "Ctrl+Esc", "Ctrl+Alt+", "Meta+", "F10", "Menu")


def focused() -> QWidget:
    """Return what has the keyboard."""
    widget = QApplication.focusWidget()
    assert widget is not None, "nothing has the keyboard"
    return widget


def tab_to(name: str) -> None:
    """Walk with Tab until what is called ``name`` has the keyboard."""
    for _ in range(MOST_TABS):
        if focused().accessibleName() == name:
            return
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
    raise AssertionError(f"Tab never came to {name!r}")


@pytest.mark.qt_log_ignore("This plugin does not support")  # a dialogue without a screen
def test_from_start_to_the_exported_proof_by_keys_alone(first_start, tmp_path: Path) -> None:
    window = first_start.window
    file = tmp_path / "nachweis.pdf"
    first_start.wait_for(lambda: QApplication.focusWidget() is not None)
    assert focused().accessibleName() == texts.QUESTION_LABEL
    answered: list[object] = []
    first_start.bridge.answered.connect(answered.append)
    QTest.keyClicks(focused(), "Wann ist ein Rat befangen?")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    first_start.wait_for(lambda: bool(answered))
    first_start.settle()
    tab_to(texts.PROOF_LABEL)

    typed: list[str] = []
    typing = QTimer(interval=30)

    def type_name() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QFileDialog) or dialog.focusWidget() is None:
            return
        if not typed:
            typed.append(str(file))
            QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
            QTest.keyClicks(dialog.focusWidget(), str(file))
        elif len(typed) < MOST_ENTERS:
            typed.append("Enter")  # the first may only close the list of proposals
            QTest.keyClick(QApplication.activePopupWidget() or dialog.focusWidget(), Qt.Key.Key_Return)
        else:
            dialog.reject()

    typing.timeout.connect(type_name)
    typing.start()
    QTest.keyClick(focused(), Qt.Key.Key_Space)
    typing.stop()
    assert file.read_bytes().startswith(b"%PDF")
    assert window.isVisible()


def test_enter_asks_what_was_typed(first_start) -> None:
    """The word that stands there, however many proposals there might be."""
    answered: list[object] = []
    first_start.bridge.answered.connect(answered.append)
    QTest.keyClicks(focused(), "Wann ist ein Rat befang")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    first_start.wait_for(lambda: bool(answered))
    assert answered[0].question == "Wann ist ein Rat befang"


def test_tab_reaches_every_control_of_every_view_and_never_stays(desk) -> None:
    desk.look(ThemeChoice.LIGHT, 100, (1360, 840))
    for view in desk.views():
        wanted = {
            one
            for one in desk.window.findChildren(QWidget)
            if one.isVisible()
            and one.isEnabled()
            and one.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
            and one.focusProxy() is None
            and not (isinstance(one, QAbstractButton) and one.group())  # one stop; arrows move in it
        }
        seen: list[QWidget] = []
        for _ in range(MOST_TABS):
            now = focused()
            if seen and now is seen[0] and len(seen) > 1:
                break
            stays = seen[-MOST_LINKS:].count(now) if isinstance(now, QTextEdit) else seen[-1:].count(now)
            most = MOST_LINKS if isinstance(now, QTextEdit) else 1  # in a text, Tab walks from link to link
            assert stays < most, f"{view}: Tab stays in {type(now).__name__} {now.accessibleName()!r}"
            seen.append(now)
            QTest.keyClick(now, Qt.Key.Key_Tab)
        missed = [f"{type(one).__name__} {one.accessibleName()!r}" for one in wanted - set(seen)]
        assert not missed, f"{view}: {missed}"


def active_shortcuts(window: QWidget) -> list[tuple[str, QObject]]:
    """Return the keys that work now, and where."""
    return [
        (one.key().toString(QKeySequence.SequenceFormat.PortableText), one.parent())
        for one in window.findChildren(QShortcut)
        if isinstance(one.parent(), QWidget) and one.parent().isVisible() and one.isEnabled()
    ]


def test_no_key_means_two_things_at_once_and_none_is_the_system_s(desk) -> None:
    listed = {keys for shortcut in SHORTCUTS for keys in shortcut.keys}
    for entry in PAGES:
        desk.window.show_page(entry.name)
        desk.settle()
        active = active_shortcuts(desk.window)
        anywhere = Counter(
            keys for keys, parent in active if isinstance(parent, Page) or parent is desk.window
        )
        assert not [keys for keys, count in anywhere.items() if count > 1], entry.name
        assert {keys for keys, _ in active} <= listed, f"{entry.name}: not in the list of keys"
    for keys in listed:
        assert not keys.startswith(OF_THE_SYSTEM), keys
    assert len(PAGES) == LISTED_PAGES


def test_the_list_of_keys_says_each_once_for_each_place() -> None:
    seen = Counter((shortcut.where, keys) for shortcut in SHORTCUTS for keys in shortcut.keys)
    assert not [one for one, count in seen.items() if count > 1]
    assert german_keys("Shift+Return") == "Umschalt+Eingabe"
    assert german_keys("Ctrl++") == "Strg+Plus"
    assert german_keys("Ctrl+-") == "Strg+Minus"
    assert german_keys("Alt+Left") == "Alt+Pfeil links"


def test_focus_can_be_seen(desk) -> None:
    """What has the keyboard looks different from the same without it."""
    desk.look(ThemeChoice.LIGHT, 100, (1360, 840))
    for entry in PAGES:
        desk.window.show_page(entry.name)
        desk.settle()
        for _ in range(12):
            one = focused()
            before = one.grab().toImage()
            QTest.keyClick(one, Qt.Key.Key_Tab)
            if one.isVisible() and focused() is not one:
                assert one.grab().toImage() != before, (
                    f"{entry.name}: {type(one).__name__} {one.accessibleName()!r}"
                )


def test_the_keyboard_is_on_the_colours_that_hold(first_start) -> None:
    first_start.window.show_page("settings")
    first_start.settle()
    settings = first_start.window.page("settings")
    assert focused() is settings.themes.checkedButton()
    QTest.keyClick(focused(), Qt.Key.Key_Down)
    assert first_start.theme.choice is ThemeChoice.DARK
    assert focused() is settings.themes.checkedButton()
    settings.choose_theme(ThemeChoice.HIGH_CONTRAST)
    assert first_start.theme.choice is ThemeChoice.HIGH_CONTRAST
    assert focused() is settings.themes.checkedButton()
