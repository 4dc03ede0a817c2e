"""The page Vergleichen by keyboard and mouse, kept over a restart."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QEnterEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop.compare.differences import Aspect
from desktop.compare.matrix import Matrix
from desktop.texts import compare as texts
from desktop.widgets.compare.model import MOST_CHOSEN
from desktop.widgets.page import PageState

TRANSPARENCY = "transparenz-kennzeichnung"
MARKING = [
    [TRANSPARENCY, "ki-leitlinien", "wien"],
    [TRANSPARENCY, "ki-leitlinien", "schorndorf"],
]


def test_the_matrix_shows_topics_and_documents(open_room) -> None:
    room = open_room()
    model = room.page.model
    assert (model.rowCount(), model.columnCount()) == (23, 34)
    assert room.page.focusWidget() is room.page.matrix.table
    row, column = room.place(TRANSPARENCY, "wien")
    index = model.index(row, column)
    assert index.data() == "●●●"
    assert model.headerData(row, Qt.Orientation.Vertical) == "Transparenz und Kennzeichnung"
    assert model.headerData(column, Qt.Orientation.Horizontal) == "Wien"
    gap = model.index(*room.place("nachhaltigkeit", "arnsberg"))
    assert gap.data() == "–"
    assert texts.NOTHING in gap.data(Qt.ItemDataRole.AccessibleTextRole)


def test_heads_may_ask_for_what_another_matrix_no_longer_has(open_room) -> None:
    room = open_room()
    model = room.page.model
    row, column = model.rowCount() - 1, model.columnCount() - 1
    index = model.index(row, column)
    model.show_matrix(
        Matrix()
    )  # an error in here would have no Python above it to go to, and end the program
    assert model.headerData(row, Qt.Orientation.Vertical) is None
    assert model.headerData(column, Qt.Orientation.Horizontal) is None
    assert model.data(index) is None


def test_arrow_keys_show_the_key_sentence(open_room) -> None:
    room = open_room()
    room.go_to(TRANSPARENCY, "winterberg")
    room.press(Qt.Key.Key_Left)
    assert "Wien" in room.page.matrix.key.text
    assert "In Wien gilt eine Kennzeichnungspflicht" in room.page.matrix.key.text
    assert texts.DIGEST in room.page.matrix.key.text
    room.go_to("nachhaltigkeit", "arnsberg")
    assert texts.NOTHING in room.page.matrix.key.text
    assert texts.NOTHING_MEANS in room.page.matrix.key.text
    assert "nicht geregelt" not in room.page.matrix.key.text.replace(texts.NOTHING_MEANS, "")


def hover(widget: QWidget, point: QPoint) -> None:
    """Move the pointer over ``widget``."""
    place = QPointF(point)
    there = QPointF(widget.mapToGlobal(point))
    QApplication.sendEvent(widget, QEnterEvent(place, place, there))
    move = QMouseEvent(
        QMouseEvent.Type.MouseMove,
        place,
        there,
        Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(widget, move)


def test_the_pointer_shows_the_key_sentence_and_leaves_the_keyboard_where_it_is(open_room) -> None:
    room = open_room()
    room.go_to("datenschutz", "arnsberg")
    before = room.page.matrix.key.text
    table = room.page.matrix.table
    other = room.page.model.index(room.page.matrix.table.place[0] + 1, 1)
    hover(table.viewport(), table.visualRect(other).center())
    assert room.page.matrix.key.text != before
    assert room.page.matrix.table.place == room.place("datenschutz", "arnsberg")
    QApplication.sendEvent(
        table,
        QMouseEvent(
            QMouseEvent.Type.Leave,
            QPointF(),
            QPointF(),
            Qt.MouseButton.NoButton,
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
        ),
    )
    assert room.page.matrix.key.text == before


def test_cells_are_chosen_by_key_and_click_and_stand_side_by_side(open_room) -> None:
    room = open_room()
    room.go_to(TRANSPARENCY, "wien")
    room.press(Qt.Key.Key_Space)
    assert room.page.sides.isVisible()
    assert texts.NEED_TWO in room.page.sides.summary
    room.go_to(TRANSPARENCY, "schorndorf")
    room.press(Qt.Key.Key_Return)
    room.go_to(TRANSPARENCY, "leipzig")
    table = room.page.matrix.table
    rect = table.visualRect(room.page.model.index(*room.place(TRANSPARENCY, "leipzig")))
    room.qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    room.settle()
    assert [side.column.info.id for side in room.page.sides.sides] == ["wien", "schorndorf", "leipzig"]
    wien = room.page.sides.texts_shown[0].toPlainText()
    assert "In Wien gilt eine Kennzeichnungspflicht" in wien
    room.go_to(TRANSPARENCY, "leipzig")
    room.press(Qt.Key.Key_Space)
    assert len(room.page.sides.sides) == 2
    room.button(texts.UNCHOOSE_ALL).click()
    room.settle()
    assert not room.page.sides.isVisible()
    assert room.page.focusWidget() is table


def test_differences_are_marked_by_a_letter_and_named_above(open_room) -> None:
    room = open_room({"chosen": MARKING})
    wien, schorndorf = room.page.sides.sides
    assert "muss" in wien.shown(Aspect.MODALITY)
    assert "muss" not in schorndorf.shown(Aspect.MODALITY)
    summary = room.page.sides.summary
    assert texts.DIFFERENCES.format(topic="Transparenz und Kennzeichnung") in summary
    assert "Verbindlichkeit – Wien: muss" in summary
    shown = room.page.sides.texts_shown[0].toPlainText()
    assert f"muss{texts.MARKS[Aspect.MODALITY]}" in shown
    html = room.page.sides.texts_shown[0].toHtml()
    assert "underline" in html
    assert "vertical-align:super" in html


def test_a_chosen_gap_says_what_it_does_not_mean(open_room) -> None:
    room = open_room()
    room.go_to("nachhaltigkeit", "arnsberg")
    room.press(Qt.Key.Key_Space)
    shown = room.page.sides.texts_shown[0].toPlainText()
    assert texts.NOTHING in shown
    assert texts.NOTHING_MEANS in shown


def test_a_key_sentence_is_copied_with_its_source(open_room) -> None:
    room = open_room()
    room.go_to(TRANSPARENCY, "wien")
    room.qtbot.keyClick(room.page.matrix.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QApplication.clipboard().text()
    assert copied.startswith("In Wien gilt eine Kennzeichnungspflicht")
    assert "Stadt Wien" in copied
    assert "https://" in copied


def test_no_more_are_chosen_than_can_be_read(open_room) -> None:
    room = open_room()
    room.page.matrix.table.go_to((0, 0))
    for _ in range(MOST_CHOSEN + 1):
        room.press(Qt.Key.Key_Space)
        room.press(Qt.Key.Key_Right)
    assert len(room.page.model.chosen) == MOST_CHOSEN
    assert texts.TOO_MANY.format(number=MOST_CHOSEN) == room.page._message.text()


def test_a_passage_opens_in_the_library(open_room) -> None:
    room = open_room({"chosen": MARKING})
    wanted: list[tuple[str, str, str]] = []
    room.page.document_wanted.connect(lambda *where: wanted.append(where))
    section = room.page.sides.sides[0].cell.section
    room.button(texts.OPEN_LABEL.format(document="Wien", section=section)).click()
    assert wanted == [("ki-leitlinien", "wien", section)]


def test_documents_are_chosen_in_the_panel_by_keyboard(open_room) -> None:
    room = open_room()
    room.button(texts.CHOOSE_LABEL).click()
    room.settle()
    lists = {one.accessibleName(): one for one in room.page.choice.panel.findChildren(QWidget)}
    kinds = lists[texts.KIND_LABEL]
    kinds.setFocus()
    room.press(Qt.Key.Key_Space, kinds)
    room.qtbot.waitUntil(lambda: room.page.model.columnCount() == 5, timeout=20_000)
    assert "Kiel" in room.names
    room.press(Qt.Key.Key_Escape, kinds)
    assert not room.page.choice.opened
    assert room.page.focusWidget() is room.page.choice.button
    room.button(texts.REMOVE.format(name="Art: Dienstanweisung")).click()
    room.qtbot.waitUntil(lambda: room.page.model.columnCount() == 34, timeout=20_000)


def test_what_is_chosen_stays_chosen_when_documents_change(open_room) -> None:
    room = open_room({"chosen": MARKING})
    room.page._compare(type(room.page._comparison.choice)("ki-leitlinien", places=("Wien", "Ulm")))
    room.qtbot.waitUntil(lambda: room.page.model.columnCount() == 2, timeout=20_000)
    assert [side.column.name for side in room.page.sides.sides] == ["Wien"]


def test_another_subject_has_other_topics(open_room) -> None:
    room = open_room()
    box = room.page.choice.subjects
    box.setCurrentIndex(box.findData("ganztagsbetreuung"))
    box.activated.emit(box.currentIndex())
    room.qtbot.waitUntil(lambda: room.page.model.columnCount() == 13, timeout=20_000)
    assert room.page.model.headerData(0, Qt.Orientation.Vertical).startswith("Rechtsanspruch")


def test_a_choice_that_nothing_meets_says_so(open_room) -> None:
    room = open_room({"kinds": ["leitlinie"]})
    room.page._compare(
        type(room.page._comparison.choice)("ki-leitlinien", lands=("Wien",), kinds=("gesetz",))
    )
    room.qtbot.waitUntil(lambda: room.page.model.columnCount() == 0, timeout=20_000)
    assert room.page._message.text() == texts.NO_DOCUMENTS


def test_the_picture_is_worked_by_keys_and_told_in_words(open_room) -> None:
    room = open_room({"chart": True, "current": MARKING[0]})
    chart = room.page.matrix.chart
    assert chart.isVisible()
    assert chart.place == room.place(TRANSPARENCY, "wien")
    assert "von 34 Dokumenten" in chart.accessibleDescription()
    assert texts.CHART_ALTERNATIVE in chart.accessibleDescription()
    room.press(Qt.Key.Key_Right, chart)
    assert "Winterberg" in room.page.matrix.key.text
    room.press(Qt.Key.Key_Space, chart)
    assert room.page.model.chosen == (room.place(TRANSPARENCY, "winterberg"),)
    room.button(texts.TABLE_VIEW_LABEL).click()
    assert room.page.matrix.table.place == chart.place


def test_the_page_is_as_it_was_after_a_restart(open_room) -> None:
    first = open_room({"chosen": MARKING, "kinds": ["dienstanweisung", "leitlinie"], "chart": True})
    first.page.matrix.chart.go_to(first.place("datenschutz", "kiel"))
    kept = first.page.state()
    second = open_room(kept)
    assert second.page.state() == kept
    assert second.names == first.names
    assert second.page.matrix.chart.place == second.place("datenschutz", "kiel")
    assert len(second.page.sides.sides) == 2


@pytest.mark.parametrize(
    "state",
    [
        {
            "subject": 3,
            "collections": "x",
            "lands": [1, None],
            "chosen": [[1, 2, 3], "x", ["a"]],
            "sizes": "x",
        },
        {"chosen": 7, "current": ["weg", "weg", "weg"], "chart": "ja", "sizes": [-1, 0]},
        {"subject": "weg", "collections": ["weg"], "places": ["Atlantis"], "kinds": ["weg"]},
    ],
)
def test_a_state_of_another_version_does_no_harm(open_room, state: PageState) -> None:
    room = open_room(state)
    assert room.page.model.columnCount() == 34
    assert room.page.model.chosen == ()
    assert not room.page.matrix.chart.isVisible()
