"""The page Bibliothek after a restart, at large type, for a screen reader."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.holdings import Column, Order
from desktop.paths import Paths
from desktop.policy import Policy
from desktop.texts import library as texts


def test_search_filters_order_and_document_survive_a_restart(room, open_room) -> None:
    room.page.list.kinds._toggle("gesetz")
    room.page.list.collections._toggle("gemo-bw")
    room.page.list.order_bar.changed.emit(Order(Column.DATE, descending=True))
    room.search("befangen")
    listed = room.titles
    assert listed
    room.open_row()
    opened = room.page.document
    state = dict(room.page.state())
    again = open_room(state=state)
    again.wait()
    assert again.page.document == opened
    assert again.titles == listed
    assert again.page.list.typed == "befangen"
    assert again.page.list.order == room.page.list.order
    assert again.page.list.narrowing == room.page.list.narrowing
    again.page.go_back()
    assert again.page.document is None


@pytest.mark.parametrize(
    "state",
    [
        {"typed": 3, "kinds": "gesetz", "filters": {"year_from": -1}, "column": "x", "place": ["a"]},
        {"place": ["recht", "gibt-es-nicht", "", ""], "collections": ["weg"], "typed": None},
        {"column": ["title"], "descending": "ja", "place": "recht"},
    ],
)
def test_a_state_that_does_not_fit_is_left_out(open_room, state: dict[str, object]) -> None:
    room = open_room(state=state)
    assert len(room.titles) > 50
    assert room.page.document is None


def test_a_page_shown_before_the_collections_are_open_waits_for_them(
    room_type, qtbot: QtBot, qapp: QApplication, data_dir: Path, share_dir: Path
) -> None:
    room = room_type(
        qtbot,
        Paths(data_dir=data_dir, share_dir=share_dir, model_dirs=()),
        policy=Policy(),
        percent=100,
        size=(1160, 800),
    )
    room.window.show()
    assert room.page.list.message == texts.LOADING
    room.open()
    assert len(room.titles) > 50
    room.close()


@pytest.mark.parametrize("percent", [100, 200])
def test_every_control_has_a_name(nameless, open_room, own_file: Path, percent: int) -> None:
    room = open_room(percent=percent, size=(830, 660))
    room.take(own_file)
    assert nameless(room.page) == []
    room.page.show_document("Eigene", "Hundewiese")
    room.wait()
    assert nameless(room.page) == []
    room.page.view._show_side()
    assert nameless(room.page) == []


def test_at_large_type_text_and_contents_take_turns(open_room) -> None:
    room = open_room(percent=200, size=(830, 660))
    room.open_row(0)
    view = room.page.view
    assert view.reader.isVisible()
    assert not view.side.isVisible()
    room.button(texts.TO_SIDE).click()
    assert view.side.isVisible()
    assert view.side.contents.hasFocus()
    room.press(Qt.Key.Key_Escape, view.side.contents)
    assert view.reader.isVisible()
    assert view.reader.text.hasFocus()
    assert room.page.document is not None
    assert room.page.document.info.title in view.reader.text.toPlainText()
