"""A long session: the oldest answers give their widgets back, and come when they are asked for."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from desktop.answer import Answer
from desktop.settings import Settings, ThemeChoice
from desktop.texts import window as texts
from desktop.theme import Theme
from desktop.widgets.conversation import MOST_TURNS, Conversation

MANY = MOST_TURNS + 12


@pytest.fixture
def conversation(qtbot, qapp: QApplication) -> Conversation:
    """Return an empty conversation."""
    theme = Theme(ThemeChoice.LIGHT, 100)
    one = Conversation(theme)
    theme.setParent(one)
    qtbot.addWidget(one)
    one.show()
    return one


def fill(conversation: Conversation, answer_maker: Callable[..., Answer], many: int = MANY) -> None:
    """Answer ``many`` questions, as a page does."""
    for number in range(many):
        conversation.add_turn(f"Frage {number}?").card.finish(answer_maker(f"Frage {number}?"), fresh=True)
        conversation.fold()


def questions(conversation: Conversation) -> list[str]:
    """Return the questions that stand there."""
    return [turn.question for turn in conversation.turns]


def older(conversation: Conversation) -> QPushButton:
    """Return the button that brings older answers."""
    return next(one for one in conversation.findChildren(QPushButton) if one.text() == texts.OLDER)


def test_only_the_newest_have_widgets_and_none_is_lost(conversation, answer_maker) -> None:
    fill(conversation, answer_maker)
    assert questions(conversation) == [f"Frage {number}?" for number in range(12, MANY)]
    assert conversation.held == MANY
    wanted: list[bool] = []
    conversation.older_wanted.connect(lambda: wanted.append(True))
    older(conversation).click()
    older(conversation).click()
    assert questions(conversation) == [f"Frage {number}?" for number in range(MANY)]
    assert "gehören nicht" in conversation.turns[0].card.text
    assert not wanted, "the history was asked for what the window holds"
    assert older(conversation).isHidden()


def test_after_the_folded_ones_the_history_is_asked(conversation, answer_maker) -> None:
    conversation.add_past([answer_maker("Gestern?")], older=True)
    fill(conversation, answer_maker, MOST_TURNS)
    wanted: list[bool] = []
    conversation.older_wanted.connect(lambda: wanted.append(True))
    older(conversation).click()
    assert questions(conversation)[0] == "Gestern?"
    assert not wanted
    older(conversation).click()
    assert wanted


def test_a_folded_answer_can_be_changed_and_deleted(conversation, answer_maker) -> None:
    fill(conversation, answer_maker)
    conversation.take_back(answer_maker("Frage 0?", text="Geändert.", sentences=()))
    conversation.forget({"Frage 1?"})
    older(conversation).click()
    older(conversation).click()
    assert questions(conversation)[:2] == ["Frage 0?", "Frage 2?"]
    assert conversation.turns[0].card.answer.text == "Geändert."
    assert conversation.held == MANY - 1


def test_a_question_without_an_answer_keeps_its_place(conversation, answer_maker) -> None:
    conversation.add_turn("Noch offen?")
    fill(conversation, answer_maker)
    assert questions(conversation)[0] == "Noch offen?"


def test_a_page_asks_on_after_its_oldest_answer_went(open_desk) -> None:
    desk = open_desk(settings=Settings(store_history=False))
    for number in range(MOST_TURNS):
        desk.ask(f"Frage {number}?")
    page = desk.window.questions
    page.open_passage(page._conversation.turns[0], 1)
    desk.ask("Eine mehr?")
    assert questions(page._conversation)[0] == "Frage 1?"
    assert questions(page._conversation)[-1] == "Eine mehr?"
    assert page.current_turn is page._conversation.turns[-1]
