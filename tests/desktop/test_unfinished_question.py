"""A question that has no answer yet is not lost, and not kept longer than it should be."""

from desktop.app import make_window
from desktop.paths import Paths
from desktop.settings import Settings


def test_a_question_without_an_answer_is_kept_until_it_has_one(open_desk, assistant_type) -> None:
    desk = open_desk(assistant_type(hold="search"))
    desk.window.ask("Wird das gekennzeichnet?")
    assert desk.window.questions.state()["question"] == "Wird das gekennzeichnet?"
    with desk.qtbot.waitSignal(desk.bridge.answered, timeout=20_000):
        desk.assistant.release()
    assert desk.window.questions.state()["question"] == ""


def test_where_no_history_is_kept_neither_is_a_question_that_was_asked(open_desk, assistant_type) -> None:
    desk = open_desk(assistant_type(hold="search"), Settings(store_history=False))
    desk.window.ask("Wird das gekennzeichnet?")
    assert desk.window.questions.state()["question"] == ""


def test_a_question_stopped_by_closing_stands_in_the_conversation_only(open_desk, assistant_type) -> None:
    first = open_desk(assistant_type(hold="write"))
    first.window.ask("Wird das gekennzeichnet?")
    first.close()
    second = open_desk(assistant_type())
    turns = second.window.questions._conversation.turns
    assert [turn.question for turn in turns] == ["Wird das gekennzeichnet?"]
    assert second.window.questions._question.text == ""


def test_the_last_question_typed_once_more_before_all_is_open_stays(
    qtbot, qapp, open_desk, assistant_type, paths: Paths
) -> None:
    first = open_desk()
    first.ask("Wird das gekennzeichnet?")
    first.close()
    window, bridge, theme = make_window(paths, assistant_type, Settings())
    window.show()
    window.questions._question.propose("Wird das gekennzeichnet?")
    with qtbot.waitSignal(window.ready, timeout=20_000):
        bridge.open()
    assert window.questions._question.text == "Wird das gekennzeichnet?"
    window.close()
    window.deleteLater()
    theme.deleteLater()
