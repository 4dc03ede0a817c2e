"""The window, driven as a clerk drives it, around a scripted assistant."""

import threading
from dataclasses import replace
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QTextBrowser,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.answer import Ending, State
from desktop.app import make_window
from desktop.history import History
from desktop.paths import Paths
from desktop.settings import Settings, load_settings
from desktop.texts import window as texts
from desktop.texts.problems import explain
from desktop.widgets.flowing_text import FlowingText
from desktop.widgets.pages import ASK, HELP, LIBRARY, SETTINGS

W = TypeVar("W", bound=QWidget)


def named(root: QWidget, kind: type[W], name: str) -> W:
    """Return the one visible control that a screen reader would call ``name``."""
    found = [one for one in root.findChildren(kind) if one.accessibleName() == name and one.isVisible()]
    assert len(found) == 1, f"{len(found)} controls named {name!r}"
    return found[0]


def question_input(window: QWidget) -> QPlainTextEdit:
    """Return the input."""
    return named(window, QPlainTextEdit, texts.QUESTION_LABEL)


def shown_texts(window: QWidget) -> str:
    """Return the text of all visible labels."""
    return "\n".join(one.text() for one in window.findChildren(QLabel) if one.isVisible())


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


def test_the_evidence_can_be_read_before_it_is_judged_and_before_the_model_writes(
    open_desk, assistant_type
) -> None:
    desk = open_desk(assistant_type(hold="read"))
    desk.window.ask("Frage?")
    card = desk.window.questions.current_turn.card
    assert card.state == texts.STATE_SEARCHING
    desk.qtbot.waitUntil(lambda: card.state == texts.STATE_ASSESSING, timeout=20_000)
    assert len(card.hits) == 3
    assert texts.EVIDENCE_DIGEST in shown_texts(card), "a summary is never shown without saying so"
    view = named(desk.window, FlowingText, texts.EVIDENCE_LABEL)
    assert all(sentence in view.toPlainText() for sentence in card.evidence)
    assert view.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByKeyboard
    assert texts.STOP in named(desk.window, QPushButton, texts.STOP_LABEL).text()
    with desk.qtbot.waitSignal(desk.bridge.answered, timeout=20_000):
        desk.assistant.release()
    assert card.state == texts.STATE_SUPPORTED
    assert "2 von 2 Sätzen belegt." in card.text
    assert texts.WORDING in shown_texts(card)
    assert all(sentence in view.toPlainText() for sentence in card.evidence), "beside the wording"
    assert named(desk.window, QPushButton, texts.ASK_LABEL).isVisible()


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (State.SUPPORTED, "Belegt"),
        (State.POSSIBLE, "Möglicherweise einschlägig – bitte selbst beurteilen"),
        (State.NOTHING, "Dazu steht in den gewählten Sammlungen nichts"),
    ],
)
def test_the_three_states_are_said_in_words(open_desk, assistant_type, state: State, words: str) -> None:
    desk = open_desk(assistant_type(state_of_answers=state))
    desk.ask("Frage?")
    card = desk.window.questions.current_turn.card
    assert card.state == words
    assert words in shown_texts(card)
    heading = texts.SOURCES_NEAREST if state is State.NOTHING else texts.SOURCES
    desk.qtbot.waitUntil(lambda: heading in shown_texts(card).split("\n"), timeout=20_000)
    assert bool(card.evidence) == (state is not State.NOTHING)


def test_a_wording_that_did_not_hold_leaves_the_evidence(open_desk, assistant_type) -> None:
    desk = open_desk(assistant_type(pieces=()))
    desk.ask("Frage?")
    card = desk.window.questions.current_turn.card
    assert "Nur Fundstellen: Die Formulierung des Modells war nicht belegt." in card.text
    assert texts.WORDING not in shown_texts(card)
    assert card.evidence[0] in card.text
    assert card.state == texts.STATE_SUPPORTED


def test_the_answer_is_copied_with_its_sources(open_desk) -> None:
    desk = open_desk()
    desk.ask("Frage?")
    named(desk.window, QPushButton, texts.COPY_LABEL).click()
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("Frage?")
    assert "[2] Stadt Wien, Dienstanweisung" in copied
    assert "https://www.kommune21.de" in copied
    assert texts.STATE_SUPPORTED in copied
    assert all(sentence in copied for sentence in desk.window.questions.current_turn.card.evidence)
    assert "Art. 50" in copied
    assert texts.CHECK_RESULTS in copied


@pytest.mark.parametrize("ending", [Ending.FAILED])
def test_after_a_crash_the_passages_stay_and_the_next_question_works(
    open_desk, assistant_type, ending: Ending
) -> None:
    assistant = assistant_type(ending=ending, problem="worker_crashed", pieces=("Halber Satz ",))
    desk = open_desk(assistant)
    desk.ask("Frage?")
    card = desk.window.questions.current_turn.card
    assert explain("worker_crashed").sentence in card.text
    assert "Halber Satz" in card.text
    assert len(card.hits) == 3
    desk.window.questions.open_passage(desk.window.questions.current_turn, 3)
    assert desk.window.questions._passage.number == 3
    assistant.ending = Ending.DONE
    assert desk.ask("Noch einmal?").ending is Ending.DONE


@pytest.mark.expects_errors
def test_a_programme_error_while_answering_is_one_sentence(open_desk, assistant_type) -> None:
    assistant = assistant_type(error=ValueError("kaputt"))
    desk = open_desk(assistant)
    with desk.qtbot.waitSignal(desk.bridge.failed, timeout=20_000):
        desk.window.ask("Frage?")
    assert desk.window.questions.current_turn.card.text == explain("unexpected").whole
    assert desk.window.questions.current_turn.card.state == texts.STATE_FAILED
    assistant.error = None
    assert desk.ask("Noch einmal?").ending is Ending.DONE


def test_without_a_model_the_window_searches_and_says_how_to_add_one(
    open_desk, assistant_type, paths: Paths
) -> None:
    desk = open_desk(assistant_type(state="none", ending=Ending.NO_MODEL))
    assert texts.NO_MODEL in shown_texts(desk.window)
    next(one for one in desk.window.findChildren(QPushButton) if one.text() == texts.TO_SETTINGS).click()
    assert desk.window.shown == "settings"
    desk.window.show_page("ask")
    desk.ask("Frage?")
    card = desk.window.questions.current_turn.card
    assert texts.WORK_NO_MODEL in card.text
    assert len(card.hits) == 3
    assert texts.SHORTER not in [one.text() for one in card.findChildren(QPushButton) if one.isVisible()]


def test_a_question_before_the_collections_are_open_waits(
    qtbot: QtBot, qapp: QApplication, paths: Paths, assistant_type
) -> None:
    assistant = assistant_type()
    gate = threading.Event()

    def make_assistant():
        assert gate.wait(30)
        return assistant

    window, bridge, theme = make_window(paths, make_assistant, Settings())
    window.show()
    bridge.open()
    window.ask("Früh gefragt?")
    assert window.questions.current_turn.card.state == texts.STATE_WAITING
    with qtbot.waitSignal(bridge.answered, timeout=20_000):
        gate.set()
    assert window.questions.current_turn.card.state == texts.STATE_SUPPORTED
    window.close()
    window.deleteLater()
    theme.deleteLater()


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


def test_closing_in_mid_answer_keeps_what_was_written(open_desk, assistant_type, paths: Paths) -> None:
    desk = open_desk(assistant_type(hold="write"))
    desk.window.ask("Lange Frage?")
    card = desk.window.questions.current_turn.card
    desk.qtbot.waitUntil(lambda: card.work == texts.WORK_WRITING, timeout=20_000)
    desk.close()
    assert desk.assistant.closed
    stored, _ = History(paths.history).latest(5)
    assert [(one.question, one.ending) for one in stored] == [("Lange Frage?", Ending.STOPPED)]
    assert stored[0].text.startswith("Personenbezogene Daten")


def test_a_history_that_cannot_be_stored_is_said_once_and_the_program_goes_on(
    open_desk, data_dir, paths: Paths
) -> None:
    blocked = data_dir / "blocked"
    blocked.write_text("", encoding="utf-8")
    desk = open_desk(own_paths=replace(paths, data_dir=blocked / "data"))
    assert explain("history_unwritable").sentence in shown_texts(desk.window)
    assert desk.ask("Frage?").ending is Ending.DONE


@pytest.mark.parametrize(
    "question",
    ["Muss ich das prüfen? " * 480, "😀🏛️ „Zitat“ 'x' \"y\" <b>fett</b> & [1]", "a" * 10_000],
    ids=["long", "emoji", "one word"],
)
def test_any_question_can_be_asked_and_read_again(open_desk, question: str) -> None:
    question = question.strip()
    desk = open_desk()
    box = question_input(desk.window)
    box.setPlainText(question)
    with desk.qtbot.waitSignal(desk.bridge.answered, timeout=20_000):
        desk.qtbot.keyClick(box, Qt.Key.Key_Return)
    assert desk.assistant.asked[-1][0] == question
    turn = desk.window.questions.current_turn
    if len(question) > 600:
        next(one for one in turn.findChildren(QPushButton) if one.text() == texts.QUESTION_MORE).click()
    shown = named(turn, FlowingText, texts.YOUR_QUESTION).toPlainText()
    assert shown == question


def test_collections_narrow_the_search_and_are_remembered(open_desk, assistant_type, paths: Paths) -> None:
    desk = open_desk()
    chips = {
        one.text(): one for one in desk.window.findChildren(QPushButton) if one.property("role") == "chip"
    }
    desk.ask("Alle?")
    chips["Recht"].click()
    chips["KI-Leitlinien"].click()
    desk.ask("Zwei?")
    assert [asked[1] for asked in desk.assistant.asked] == [None, ("ki-leitlinien", "recht")]
    assert chips["Recht"].isChecked()
    assert not chips[texts.COLLECTION_ALL].isChecked()
    desk.close()
    assert load_settings(paths.settings).collections == ("ki-leitlinien", "recht")
    again = open_desk(assistant_type(), settings=load_settings(paths.settings))
    again.ask("Noch?")
    assert again.assistant.asked[-1][1] == ("ki-leitlinien", "recht")


def test_the_scroll_position_stays_while_text_streams(open_desk, assistant_type) -> None:
    pieces = tuple(f"Satz {number} über Verwaltung [1]. " for number in range(120))
    desk = open_desk(assistant_type(pieces=pieces, hold="write"), size=(1024, 700))
    desk.window.ask("Frage?")
    card = desk.window.questions.current_turn.card
    desk.qtbot.waitUntil(lambda: card.work == texts.WORK_WRITING, timeout=20_000)
    bar = desk.window.findChild(QScrollArea, "conversationScroll").verticalScrollBar()
    bar.triggerAction(bar.SliderAction.SliderToMinimum)
    before = bar.value(), bar.maximum()
    with desk.qtbot.waitSignal(desk.bridge.answered, timeout=20_000):
        desk.assistant.release()
    desk.qtbot.waitUntil(lambda: bar.maximum() > before[1], timeout=5_000)
    assert bar.value() == before[0]


def test_a_stream_is_painted_at_most_ten_times_a_second(open_desk, assistant_type) -> None:
    pieces = tuple(f"Wort{number} " for number in range(3_000))
    desk = open_desk(assistant_type(pieces=pieces))
    events: list[object] = []
    desk.bridge.progressed.connect(events.append)
    answer = desk.ask("Frage?")
    assert answer.text == "".join(pieces)
    assert desk.window.questions.current_turn.card.text.startswith("Wort0 Wort1")
    # 3,000 texts came at once; they were handed over in a few bundles.
    assert len(events) < 100


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


def test_an_empty_question_is_not_asked(open_desk) -> None:
    desk = open_desk()
    box = question_input(desk.window)
    desk.qtbot.keyClicks(box, "   ")
    desk.qtbot.keyClick(box, Qt.Key.Key_Return)
    assert desk.assistant.asked == []
    assert not named(desk.window, QPushButton, texts.ASK_LABEL).isEnabled()


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


def test_passages_stay_as_they_are_while_the_evidence_is_assessed(open_desk, assistant_type) -> None:
    desk = open_desk(assistant_type(hold="read", state_of_answers=State.POSSIBLE))
    window = desk.window
    window.ask("Darf ich das?")
    turn = window.questions.current_turn
    desk.qtbot.waitUntil(lambda: turn.card._sources._open == 1, timeout=20_000)
    turn.card.focus_passage(2)
    row = QApplication.focusWidget()
    with desk.qtbot.waitSignal(desk.bridge.answered, timeout=20_000):
        desk.assistant.release()
    assert QApplication.focusWidget() is row
    assert turn.card._sources._open == 1
