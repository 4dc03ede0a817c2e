"""Questions asked in the window and what their answers show, around a scripted assistant."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QPushButton,
    QScrollArea,
)
from pytestqt.qtbot import QtBot

from desktop.answer import Ending, State
from desktop.history import History
from desktop.paths import Paths
from desktop.settings import load_settings
from desktop.texts import window as texts
from desktop.texts.problems import explain
from desktop.widgets.flowing_text import FlowingText
from tests.desktop.conftest import LateDesk
from tests.desktop.window_parts import named, question_input, shown_texts


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


def test_a_question_before_the_collections_are_open_waits(qtbot: QtBot, late_desk: LateDesk) -> None:
    window = late_desk.window
    window.ask("Früh gefragt?")
    assert window.questions.current_turn.card.state == texts.STATE_WAITING
    with qtbot.waitSignal(late_desk.bridge.answered, timeout=20_000):
        late_desk.open_collections()
    assert window.questions.current_turn.card.state == texts.STATE_SUPPORTED


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


def test_an_empty_question_is_not_asked(open_desk) -> None:
    desk = open_desk()
    box = question_input(desk.window)
    desk.qtbot.keyClicks(box, "   ")
    desk.qtbot.keyClick(box, Qt.Key.Key_Return)
    assert desk.assistant.asked == []
    assert not named(desk.window, QPushButton, texts.ASK_LABEL).isEnabled()


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
