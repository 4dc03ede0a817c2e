"""Notices: at most one of a kind, with its button where the text keeps its room."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QPushButton
from pytestqt.qtbot import QtBot

from desktop.settings import ThemeChoice
from desktop.theme import Theme
from desktop.widgets.notices import Notices

SENTENCE = "Es ist kein Sprachmodell da. Suchen und lesen können Sie trotzdem, nur formulieren nicht."
ACTION = "Datei wählen …"


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """Return the theme of the window under test."""
    made = Theme(ThemeChoice.LIGHT, 100, qapp)
    made.apply()
    yield made
    made.choose(type_percent=100)
    made.deleteLater()


@pytest.fixture
def notices(theme: Theme, qapp: QApplication) -> Iterator[Notices]:
    """Return notices in a shown window of 640 pixels."""
    window = QMainWindow()
    window.setMinimumSize(1, 1)
    made = Notices(theme)
    window.setCentralWidget(made)
    window.resize(640, 400)
    window.show()
    yield made
    window.close()
    window.deleteLater()
    qapp.processEvents()


def test_a_button_never_leaves_the_text_a_narrow_column(notices: Notices, theme: Theme, qtbot: QtBot) -> None:
    """Beside the text where there is room, else below it: at large type, in a narrow window, also meanwhile."""
    notices.add("model", SENTENCE, ACTION)
    text = next(part for part in notices.findChildren(QLabel) if part.text() == SENTENCE)
    button = next(part for part in notices.findChildren(QPushButton) if part.text() == ACTION)
    qtbot.waitUntil(lambda: button.x() > text.geometry().right(), timeout=2000)
    theme.choose(type_percent=200)
    qtbot.waitUntil(lambda: button.y() > text.geometry().bottom() and text.width() > 400, timeout=2000)
    theme.choose(type_percent=100)
    qtbot.waitUntil(lambda: button.x() > text.geometry().right(), timeout=2000)
    height = notices.sizeHint().height()
    notices.window().resize(360, 400)
    qtbot.waitUntil(lambda: button.y() > text.geometry().bottom() and text.width() > 240, timeout=2000)
    frame = text.parentWidget()
    assert frame.rect().contains(button.geometry()), "the notice is as high as both need"
    assert text.height() == text.heightForWidth(text.width()), "and its lines are whole"
    notices.window().resize(640, 400)
    qtbot.waitUntil(lambda: button.x() > text.geometry().right(), timeout=2000)
    assert notices.sizeHint().height() == height


def test_the_button_stands_where_less_height_is_taken(notices: Notices, qapp: QApplication) -> None:
    notices.add("model", f"{SENTENCE} {SENTENCE}", ACTION)
    text = next(part for part in notices.findChildren(QLabel) if SENTENCE in part.text())
    button = next(part for part in notices.findChildren(QPushButton) if part.text() == ACTION)
    sides = set()
    for width in range(260, 900, 40):
        notices.window().resize(width, 400)
        qapp.processEvents()
        used = max(text.geometry().bottom(), button.geometry().bottom()) - text.y() + 1
        beside = button.x() > text.geometry().right()
        whole = text.width() + (button.width() + 10 if beside else 0)
        other = (
            text.heightForWidth(whole) + 10 + button.height()
            if beside
            else max(text.heightForWidth(whole - button.width() - 10), button.height())
        )
        assert used <= other
        sides.add(beside)
    assert sides == {True, False}


def test_one_notice_of_a_kind(notices: Notices) -> None:
    """The later one replaces the earlier, and without any the place is empty."""
    notices.add("policy", "Erster Satz.")
    notices.add("policy", "Zweiter Satz.")
    assert notices.keys == ("policy",)
    shown = [part.text() for part in notices.findChildren(QLabel) if part.isVisible() and part.text()]
    assert shown == ["Zweiter Satz."]
    notices.remove("policy")
    assert not notices.isVisible()
