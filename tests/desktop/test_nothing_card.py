"""The card of a question that the documents do not answer, at every size."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from desktop.answer import Ending, EvidenceChosen, State, Timings
from desktop.settings import Settings
from desktop.texts import filters as filter_texts
from desktop.texts import window as texts
from desktop.texts.answers import NOTHING_BUT_NEAR
from desktop.widgets.answer_card import AnswerCard
from desktop.widgets.answer_state import facts_of
from desktop.widgets.collection_bar import CollectionBar
from guidelines_db.filters import SearchFilters

FILTERS = SearchFilters(lands=("Bayern", "Nordrhein-Westfalen"), year_from=2025)


def _labels(card: AnswerCard) -> list[QLabel]:
    return [one for one in card.findChildren(QLabel) if one.isVisible() and one.text()]


def _card(desk) -> AnswerCard:
    (card,) = [one for one in desk.window.findChildren(AnswerCard) if one.answer is not None]
    return card


@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("size", [(1360, 840), (1024, 700)])
def test_it_says_nothing_was_found_and_cuts_nothing(open_desk, assistant_type, size, percent) -> None:
    desk = open_desk(
        assistant_type(state_of_answers=State.NOTHING), Settings(type_percent=percent), size=size
    )
    desk.window.page("ask").findChild(CollectionBar).filter.show_filters(FILTERS)
    desk.ask("Wie hoch ist die Hundesteuer?")
    desk.qtbot.wait(100)
    card = _card(desk)
    assert card.isVisible(), "it is not hidden behind a passage"
    said = [one.text() for one in _labels(card)]
    assert texts.STATE_NOTHING in said
    assert filter_texts.NOTHING_INSIDE in said
    assert not [one for one in said if "{" in one], "no gap is left open"
    assert not [one for one in said if "Fundstelle" in one and one[0].isdigit()], (
        "nothing is counted as found"
    )
    for one in _labels(card):
        if one.wordWrap():
            assert one.height() >= one.heightForWidth(one.width()), one.text()
        words = one.text().replace("-", "- ").split()
        assert one.width() >= max(map(one.fontMetrics().horizontalAdvance, words)), one.text()
    for button in card.findChildren(QAbstractButton):
        if button.isVisible():
            corner = button.mapTo(card, QPoint(button.width(), 0))
            assert corner.x() <= card.width(), button.text()


def test_the_filters_can_be_left_out_by_keyboard(open_desk, assistant_type, qtbot: QtBot) -> None:
    desk = open_desk(assistant_type(state_of_answers=State.NOTHING))
    desk.window.page("ask").findChild(CollectionBar).filter.show_filters(FILTERS)
    desk.ask("Wie hoch ist die Hundesteuer?")
    offer = _card(desk)._unfiltered.button
    offer.setFocus()
    with qtbot.waitSignal(desk.bridge.answered, timeout=20_000):
        qtbot.keyClick(offer, Qt.Key.Key_Space)
    assert [bool(one) for one in desk.assistant.filters] == [True, False]


def test_only_an_answer_counts_what_was_found(answer_maker) -> None:
    nothing = {"refused": True, "state": State.NOTHING, "ending": Ending.NO_EVIDENCE, "sentences": ()}
    assert facts_of(answer_maker(**nothing)) == "Gesucht in 0,08 s"
    assert facts_of(answer_maker(**nothing, timings=Timings())) == ""
    assert facts_of(answer_maker()).startswith("3 Fundstellen in 0,08 s")


def test_an_open_passage_marks_only_what_the_answer_shows(open_desk, assistant_type, qtbot: QtBot) -> None:
    """It opens before the reader has judged, and no sentence belongs to an answer that there is not."""
    desk = open_desk(assistant_type(hold="read"))
    page = desk.window.page("ask")
    desk.window.ask("Wie hoch ist die Hundesteuer?")
    qtbot.waitUntil(lambda: page._side.shown and page._passage.number == 1, timeout=20_000)
    legend = page._passage._legend
    assert legend.text() == texts.PASSAGE_MARKED_MORE
    desk.bridge.progressed.emit(EvidenceChosen(NOTHING_BUT_NEAR, (), State.NOTHING, 0.01))
    assert page._passage.isVisible()
    assert legend.text() == texts.PASSAGE_MARKED
    page._close_passage()
    with qtbot.waitSignal(desk.bridge.answered, timeout=20_000):
        desk.assistant.release()
    assert not page._passage.isVisible(), "what was closed stays closed"
