"""Nothing is clipped, in all themes, sizes and type sizes."""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea, QWidget

from desktop.answer import State
from desktop.settings import Settings, ThemeChoice
from desktop.texts import window as texts
from desktop.texts.proof import NOT_WRITABLE
from desktop.widgets.flowing_text import FlowingText


def clipped(window: QWidget) -> list[str]:
    """Return every visible text that has less room than it needs, or sticks out of its parent."""
    found = []
    for one in window.findChildren(QWidget):
        if not one.isVisibleTo(window) or one.parentWidget() is None:
            continue
        name = f"{type(one).__name__} {one.accessibleName() or (one.text() if isinstance(one, QLabel) else '')!r}"
        if isinstance(one, QLabel) and one.text() and one.wordWrap():
            if one.heightForWidth(one.width()) > one.height():
                found.append(f"{name}: {one.height()} px high, needs {one.heightForWidth(one.width())}")
        elif isinstance(one, QLabel) and one.text():
            if one.sizeHint().width() > one.width() or one.sizeHint().height() > one.height():
                found.append(f"{name}: {one.size().toTuple()}, needs {one.sizeHint().toTuple()}")
        elif isinstance(one, FlowingText):
            needed = one.document().size()
            if needed.height() > one.viewport().height() + 1 or needed.width() > one.viewport().width() + 1:
                found.append(f"{name}: {one.viewport().size().toTuple()}, needs {needed.toTuple()}")
        elif isinstance(one, QPushButton):
            layout = one.layout()
            needed_height = layout.totalHeightForWidth(one.width()) if layout else one.sizeHint().height()
            needed_width = 0 if layout else one.sizeHint().width()
            if needed_height > one.height() or needed_width > one.width():
                found.append(f"{name}: {one.size().toTuple()}, needs {needed_width}, {needed_height}")
        else:
            continue
        parent = one.parentWidget()
        if not isinstance(parent, QScrollArea) and not QRect(parent.rect()).contains(one.geometry()):
            found.append(f"{name} sticks out of {type(parent).__name__} {parent.objectName()}")
    return found


def settle() -> None:
    """Let layouts come to rest."""
    for _ in range(10):
        QApplication.processEvents()


@pytest.mark.parametrize("size", [(1360, 840), (1024, 700)], ids=str)
@pytest.mark.parametrize("percent", [80, 100, 150, 200])
@pytest.mark.parametrize("theme", [ThemeChoice.LIGHT, ThemeChoice.DARK], ids=lambda theme: theme.value)
def test_nothing_is_clipped(open_desk, size: tuple[int, int], percent: int, theme: ThemeChoice) -> None:
    desk = open_desk(settings=Settings(theme=theme, type_percent=percent), size=size)
    settle()
    assert desk.window.size().toTuple() == size, "the window itself fits the screen"
    assert clipped(desk.window) == []
    desk.ask("Darf ich personenbezogene Daten in ein KI-Werkzeug der Stadtverwaltung eingeben?")
    desk.window.show_notice("x", "Der Verlauf kann nicht gespeichert werden; alles andere arbeitet weiter.")
    settle()
    assert clipped(desk.window) == []
    desk.window.questions.open_passage(desk.window.questions.current_turn, 2)
    settle()
    assert desk.window.questions._passage.isVisible()
    assert clipped(desk.window) == []
    assert desk.window.size().toTuple() == size


@pytest.mark.parametrize("size", [(1360, 840), (1024, 700)], ids=str)
@pytest.mark.parametrize("percent", [80, 100, 200])
@pytest.mark.parametrize("state", list(State), ids=lambda state: state.value)
def test_no_state_of_a_card_is_clipped(
    open_desk, assistant_type, size: tuple[int, int], percent: int, state: State
) -> None:
    assistant = assistant_type(
        state_of_answers=state,
        hold="read",
        understood="Muss ich in Wien auch Bilder kennzeichnen, die nur im Haus verwendet werden?",
    )
    desk = open_desk(assistant, settings=Settings(type_percent=percent), size=size)
    desk.window.ask("Und in Wien?")
    card = desk.window.questions.current_turn.card
    desk.qtbot.waitUntil(lambda: card.state == texts.STATE_ASSESSING, timeout=20_000)
    settle()
    assert clipped(desk.window) == []
    with desk.qtbot.waitSignal(desk.bridge.answered, timeout=20_000):
        assistant.release()
    card.tools._check.click()
    settle()
    assert clipped(desk.window) == []
    card.tools.check_wanted.emit("Müller-K.")
    card.tools.show_message(NOT_WRITABLE)
    settle()
    assert clipped(desk.window) == []


def test_below_the_last_answer_there_is_no_empty_room(open_desk) -> None:
    desk = open_desk(size=(1024, 700))
    desk.ask("Frage?")
    settle()
    conversation = desk.window.questions._conversation
    below = conversation._content.height() - desk.window.questions.current_turn.geometry().bottom()
    assert below < 60, f"{below} px"


def test_what_opens_at_the_end_of_an_answer_comes_into_view(open_desk) -> None:
    desk = open_desk(size=(1024, 700))
    desk.ask("Frage?")
    settle()
    card = desk.window.questions.current_turn.card
    card.tools._check.click()
    desk.qtbot.waitUntil(lambda: not card.tools._input.visibleRegion().isEmpty(), timeout=5_000)


def test_a_narrow_window_shows_one_at_a_time(open_desk) -> None:
    desk = open_desk(settings=Settings(type_percent=200), size=(1024, 700))
    desk.ask("Frage?")
    assert desk.window.questions._page.isVisible()
    assert not desk.window.questions._passage.isVisible()
    desk.window.questions.open_passage(desk.window.questions.current_turn, 1)
    assert not desk.window.questions._page.isVisible()
    desk.window.questions._passage._back.click()
    assert desk.window.questions._page.isVisible()
    assert not desk.window.questions._passage.isVisible()


def test_type_size_can_change_while_everything_is_shown(open_desk) -> None:
    desk = open_desk(size=(1360, 840))
    desk.ask("Frage?")
    for percent in (200, 80, 125, 100):
        desk.theme.choose(type_percent=percent)
        settle()
        assert clipped(desk.window) == []
