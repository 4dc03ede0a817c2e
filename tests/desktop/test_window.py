"""The window, driven as a clerk drives it, around a scripted assistant."""

import threading
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton, QTextBrowser, QWidget

from desktop.answer import Ending
from desktop.paths import Paths
from desktop.settings import load_settings
from desktop.texts import window as texts
from desktop.texts.problems import explain
from desktop.widgets.pages import ASK, HELP, LIBRARY, SETTINGS
from tests.desktop.window_parts import question_input, shown_texts


def test_the_first_start_greets_with_collections_and_six_examples(open_desk) -> None:
    desk = open_desk()
    shown = shown_texts(desk.window)
    assert texts.WELCOME in shown
    assert "30 Dokumente · Stand 22.11.2026" in shown
    assert texts.OFFLINE_TEXT in shown
    prefix = texts.EXAMPLE_LABEL.format(question="")
    examples = [
        one for one in desk.window.findChildren(QPushButton) if one.accessibleName().startswith(prefix)
    ]
    assert len(examples) == 6
    with desk.qtbot.waitSignal(desk.bridge.answered, timeout=20_000):
        examples[0].click()
    assert desk.assistant.asked[0][0] == "Darf ich personenbezogene Daten in ein KI-Werkzeug eingeben?"
    assert not desk.window.questions._conversation.greeting.isVisible()


def test_by_keyboard_alone(open_desk, assistant_type) -> None:
    desk = open_desk(assistant_type(hold="write"))
    qtbot, window = desk.qtbot, desk.window
    box = question_input(window)
    qtbot.waitUntil(box.hasFocus, timeout=5_000)
    qtbot.keyClicks(box, "Darf ich das 1?")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    card = window.questions.current_turn.card
    qtbot.waitUntil(lambda: card.work == texts.WORK_WRITING, timeout=20_000)
    assert window.questions._passage.number == 1, "the first passage opens before the text is complete"
    assert box.hasFocus(), "and leaves the focus where it was"
    with qtbot.waitSignal(desk.bridge.answered, timeout=20_000):
        qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert texts.WORK_STOPPED in card.text
    assert card.state == texts.STATE_SUPPORTED, "what was found does not depend on the model"
    assert "Personenbezogene Daten gehören nicht in frei zugängliche KI-Dienste [1]" in card.text
    qtbot.keyClick(box, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert window.questions._passage.number == 2
    qtbot.waitUntil(window.questions._passage._text.hasFocus, timeout=5_000)
    qtbot.keyClick(window.questions._passage._text, Qt.Key.Key_3)
    assert window.questions._passage.number == 3
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert box.hasFocus()
    qtbot.keyClicks(box, "12")
    assert box.toPlainText() == "12", "digits typed into the input stay there"
    assert window.questions._passage.number == 3
    qtbot.keyClick(box, Qt.Key.Key_Tab)
    assert not box.hasFocus(), "Tab leaves the input"
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not window.questions._passage.isVisible()


def test_tab_reaches_every_control_and_comes_back(open_desk) -> None:
    desk = open_desk()
    desk.ask("Frage?")
    seen: list[QWidget] = []
    for _ in range(200):
        focused = QApplication.focusWidget()
        assert focused is not None
        if focused in seen and focused is seen[0]:
            break
        if focused not in seen:
            seen.append(focused)
        desk.qtbot.keyClick(focused, Qt.Key.Key_Tab)
    else:
        pytest.fail("Tab never came back to where it began")
    wanted = {
        one
        for one in desk.window.findChildren(QPushButton)
        if one.isVisible() and one.isEnabled() and one.focusPolicy() & Qt.FocusPolicy.TabFocus
    }
    assert wanted <= set(seen)


def test_every_control_has_a_name(open_desk) -> None:
    desk = open_desk()
    desk.ask("Frage?")
    for kind in (QPushButton, QTextBrowser, QPlainTextEdit):
        for one in desk.window.findChildren(kind):
            if one.isVisible():
                text = one.text() if isinstance(one, QPushButton) else ""
                assert one.accessibleName() or text.strip(), f"{one} {one.objectName()}"


def test_past_questions_come_back_after_a_restart(open_desk, assistant_type) -> None:
    first = open_desk()
    for number in range(7):
        first.ask(f"Frage {number}?")
    first.close()
    second = open_desk(assistant_type())
    conversation = second.window.questions._conversation
    assert [turn.question for turn in conversation.turns] == [f"Frage {number}?" for number in range(2, 7)]
    assert "gehören nicht" in conversation.turns[-1].card.text
    second.window.questions._on_digit(2)
    assert second.window.questions._passage.number == 2
    with second.qtbot.waitSignal(second.bridge.past_loaded, timeout=20_000):
        next(one for one in second.window.findChildren(QPushButton) if one.text() == texts.OLDER).click()
    assert [turn.question for turn in conversation.turns] == [f"Frage {number}?" for number in range(7)]


def test_a_history_that_cannot_be_stored_is_said_once_and_the_program_goes_on(
    open_desk, data_dir, paths: Paths
) -> None:
    blocked = data_dir / "blocked"
    blocked.write_text("", encoding="utf-8")
    desk = open_desk(own_paths=replace(paths, data_dir=blocked / "data"))
    assert explain("history_unwritable").sentence in shown_texts(desk.window)
    assert desk.ask("Frage?").ending is Ending.DONE


def test_type_size_and_theme_change_at_once_and_are_remembered(open_desk, paths: Paths) -> None:
    desk = open_desk()
    desk.qtbot.keyClick(desk.window, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert desk.theme.type_percent == 110
    desk.qtbot.keyClick(desk.window, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    desk.qtbot.keyClick(desk.window, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert desk.theme.type_percent == 90
    assert load_settings(paths.settings).type_percent == 90
    desk.qtbot.keyClick(desk.window, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert desk.theme.type_percent == 100


def test_a_page_is_built_once_its_modules_are_loaded_and_only_the_last_wish_counts(
    open_desk, monkeypatch
) -> None:
    go_on = threading.Event()
    threads: list[str] = []

    def load() -> None:
        threads.append(threading.current_thread().name)
        assert go_on.wait(20)

    monkeypatch.setattr("desktop.widgets.main_window.load_modules", load)
    desk = open_desk()
    window = desk.window
    for name in (SETTINGS, HELP):
        window.visit(name)
    QApplication.processEvents()
    assert window.shown == ASK, "nothing is imported on the window's thread"
    go_on.set()
    desk.qtbot.waitUntil(lambda: window.shown == HELP, timeout=20_000)
    assert window.page(HELP).isVisible()
    assert threads == ["pages"]
    window.visit(LIBRARY)
    assert window.shown == LIBRARY


def test_a_question_asked_meanwhile_is_not_left_for_a_page(open_desk, monkeypatch) -> None:
    go_on = threading.Event()
    monkeypatch.setattr("desktop.widgets.main_window.load_modules", lambda: go_on.wait(20))
    desk = open_desk()
    desk.window.visit(HELP)
    desk.ask("Darf ich das?")
    go_on.set()
    desk.qtbot.waitUntil(lambda: desk.window._loaded, timeout=20_000)
    assert desk.window.shown == ASK
