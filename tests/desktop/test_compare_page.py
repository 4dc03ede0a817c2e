"""The page Vergleichen on the real collections: by keyboard and mouse, kept over a restart, for everyone."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from odfdo import Document
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QEnterEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.bridge import Bridge
from desktop.compare.differences import Aspect
from desktop.compare.export import CompareForm
from desktop.history import History
from desktop.library import Library
from desktop.paths import Paths
from desktop.policy import NO_POLICY, Policy
from desktop.settings import ThemeChoice
from desktop.shortcuts import SHORTCUTS
from desktop.texts import compare as texts
from desktop.texts import shortcuts as shortcut_texts
from desktop.theme import DARK, HIGH_CONTRAST, LIGHT, Theme, Tokens, contrast
from desktop.widgets.compare import saving
from desktop.widgets.compare.model import MOST_CHOSEN
from desktop.widgets.compare.page import ComparePage
from desktop.widgets.compare.shades import shade
from desktop.widgets.page import PageState
from guidelines_db.build import build_index

TRANSPARENCY = "transparenz-kennzeichnung"
MARKING = [
    [TRANSPARENCY, "ki-leitlinien", "wien"],
    [TRANSPARENCY, "ki-leitlinien", "schorndorf"],
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The shipped collections."""
    share = tmp_path_factory.mktemp("share")
    build_index(share / "collections.db")
    opened = Library(Paths(tmp_path_factory.mktemp("data"), share, ()))
    yield opened
    opened.close()


class Room:
    """A page alone in a window, over the real collections."""

    def __init__(
        self, qtbot: QtBot, assistant: object, folder: Path, state: PageState, policy: Policy, percent: int
    ) -> None:
        self.qtbot = qtbot
        self.theme = Theme(ThemeChoice.LIGHT, percent, QApplication.instance())
        self.theme.apply()
        self.bridge = Bridge(lambda: assistant, lambda: History(folder / "history.db"))
        self.page = ComparePage(self.theme, self.bridge, policy)
        self.page.restore(state)
        self.page.resize(1160, 840)
        with qtbot.waitSignal(self.bridge.opened, timeout=20_000):
            self.bridge.open()
        self.page.show()
        qtbot.waitUntil(lambda: self.page.model.rowCount() > 0, timeout=60_000)
        self.page.activateWindow()
        self.settle()

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.page.model.matrix.columns]

    def place(self, topic: str, document: str) -> tuple[int, int]:
        """Return where a cell stands."""
        matrix = self.page.model.matrix
        return (
            [one.id for one in matrix.topics].index(topic),
            [one.info.id for one in matrix.columns].index(document),
        )

    def go_to(self, topic: str, document: str) -> None:
        self.page.matrix.table.go_to(self.place(topic, document))
        self.settle()

    def press(self, key: Qt.Key, widget: QWidget | None = None) -> None:
        self.qtbot.keyClick(widget or self.page.matrix.table, key)
        self.settle()

    def button(self, name: str) -> QAbstractButton:
        """Return the visible button with this text or name."""
        (found,) = [
            one
            for one in self.page.findChildren(QAbstractButton)
            if name in (one.text().strip(), one.accessibleName()) and one.isVisible()
        ]
        return found

    def settle(self) -> None:
        for _ in range(5):
            QApplication.processEvents()

    def close(self) -> None:
        self.page.close()
        self.bridge.close()
        self.page.deleteLater()
        self.theme.deleteLater()
        QApplication.processEvents()


OpenRoom = Callable[..., Room]


@pytest.fixture
def open_room(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, assistant_type, library: Library
) -> Iterator[OpenRoom]:
    """Return a function that opens the page."""
    rooms: list[Room] = []

    class Assistant(assistant_type):  # type: ignore[misc]
        """Its library is the real one."""

    Assistant.library = property(lambda _: library)

    def open_one(state: PageState | None = None, policy: Policy = NO_POLICY, percent: int = 100) -> Room:
        rooms.append(Room(qtbot, Assistant(), tmp_path, state or {}, policy, percent))
        return rooms[-1]

    yield open_one
    for room in rooms:
        room.close()


def test_the_matrix_shows_topics_and_documents(open_room: OpenRoom) -> None:
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


def test_arrow_keys_show_the_key_sentence(open_room: OpenRoom) -> None:
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


def test_the_pointer_shows_the_key_sentence_and_leaves_the_keyboard_where_it_is(open_room: OpenRoom) -> None:
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


def test_cells_are_chosen_by_key_and_click_and_stand_side_by_side(open_room: OpenRoom) -> None:
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


def test_differences_are_marked_by_a_letter_and_named_above(open_room: OpenRoom) -> None:
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


def test_a_chosen_gap_says_what_it_does_not_mean(open_room: OpenRoom) -> None:
    room = open_room()
    room.go_to("nachhaltigkeit", "arnsberg")
    room.press(Qt.Key.Key_Space)
    shown = room.page.sides.texts_shown[0].toPlainText()
    assert texts.NOTHING in shown
    assert texts.NOTHING_MEANS in shown


def test_a_key_sentence_is_copied_with_its_source(open_room: OpenRoom) -> None:
    room = open_room()
    room.go_to(TRANSPARENCY, "wien")
    room.qtbot.keyClick(room.page.matrix.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QApplication.clipboard().text()
    assert copied.startswith("In Wien gilt eine Kennzeichnungspflicht")
    assert "Stadt Wien" in copied
    assert "https://" in copied


def test_no_more_are_chosen_than_can_be_read(open_room: OpenRoom) -> None:
    room = open_room()
    room.page.matrix.table.go_to((0, 0))
    for _ in range(MOST_CHOSEN + 1):
        room.press(Qt.Key.Key_Space)
        room.press(Qt.Key.Key_Right)
    assert len(room.page.model.chosen) == MOST_CHOSEN
    assert texts.TOO_MANY.format(number=MOST_CHOSEN) == room.page._message.text()


def test_a_passage_opens_in_the_library(open_room: OpenRoom) -> None:
    room = open_room({"chosen": MARKING})
    wanted: list[tuple[str, str, str]] = []
    room.page.document_wanted.connect(lambda *where: wanted.append(where))
    section = room.page.sides.sides[0].cell.section
    room.button(texts.OPEN_LABEL.format(document="Wien", section=section)).click()
    assert wanted == [("ki-leitlinien", "wien", section)]


def test_documents_are_chosen_in_the_panel_by_keyboard(open_room: OpenRoom) -> None:
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


def test_what_is_chosen_stays_chosen_when_documents_change(open_room: OpenRoom) -> None:
    room = open_room({"chosen": MARKING})
    room.page._compare(type(room.page._comparison.choice)("ki-leitlinien", places=("Wien", "Ulm")))
    room.qtbot.waitUntil(lambda: room.page.model.columnCount() == 2, timeout=20_000)
    assert [side.column.name for side in room.page.sides.sides] == ["Wien"]


def test_another_subject_has_other_topics(open_room: OpenRoom) -> None:
    room = open_room()
    box = room.page.choice.subjects
    box.setCurrentIndex(box.findData("ganztagsbetreuung"))
    box.activated.emit(box.currentIndex())
    room.qtbot.waitUntil(lambda: room.page.model.columnCount() == 13, timeout=20_000)
    assert room.page.model.headerData(0, Qt.Orientation.Vertical).startswith("Rechtsanspruch")


def test_a_choice_that_nothing_meets_says_so(open_room: OpenRoom) -> None:
    room = open_room({"kinds": ["leitlinie"]})
    room.page._compare(
        type(room.page._comparison.choice)("ki-leitlinien", lands=("Wien",), kinds=("gesetz",))
    )
    room.qtbot.waitUntil(lambda: room.page.model.columnCount() == 0, timeout=20_000)
    assert room.page._message.text() == texts.NO_DOCUMENTS


def test_the_picture_is_worked_by_keys_and_told_in_words(open_room: OpenRoom) -> None:
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


def test_the_page_is_as_it_was_after_a_restart(open_room: OpenRoom) -> None:
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
def test_a_state_of_another_version_does_no_harm(open_room: OpenRoom, state: PageState) -> None:
    room = open_room(state)
    assert room.page.model.columnCount() == 34
    assert room.page.model.chosen == ()
    assert not room.page.matrix.chart.isVisible()


@pytest.mark.parametrize("form", CompareForm)
def test_the_matrix_is_exported(
    open_room: OpenRoom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: CompareForm
) -> None:
    room = open_room({"places": ["Wien", "Ulm"]})
    file = tmp_path / f"Vergleich{form.value}"
    monkeypatch.setattr(saving, "ask_for_file", lambda *_: file)
    room.button(texts.EXPORT_LABEL).click()
    room.qtbot.waitUntil(lambda: room.page._message.text() == f"Gespeichert: {file.name}", timeout=30_000)
    if form in (CompareForm.ODS, CompareForm.ODT):
        assert "Kennzeichnungspflicht" in Document(file).body.text_recursive
    assert [one for one in tmp_path.iterdir() if one.name.startswith(".leitstern-")] == []


def test_an_export_that_cannot_be_written_says_what_to_do(
    open_room: OpenRoom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = open_room()
    monkeypatch.setattr(saving, "ask_for_file", lambda *_: tmp_path / "weg" / "a.csv")
    room.button(texts.EXPORT_LABEL).click()
    room.qtbot.waitUntil(lambda: "anderen Ordner" in room.page._message.text(), timeout=30_000)


def test_only_allowed_forms_are_offered(open_room: OpenRoom) -> None:
    room = open_room(policy=Policy(export_formats=("csv", "odt")))
    assert room.page.saving.forms == (CompareForm.CSV, CompareForm.ODT)
    none = open_room(policy=Policy(export_formats=("pdf",)))
    assert none.page.saving.forms == ()
    assert not none.button(texts.EXPORT_LABEL).isEnabled()


def test_a_screen_reader_hears_cells_and_headers(open_room: OpenRoom) -> None:
    room = open_room({"chosen": MARKING})
    table = QAccessible.queryAccessibleInterface(room.page.matrix.table)
    assert table.role() == QAccessible.Role.Table
    assert table.text(QAccessible.Text.Name) == texts.TABLE_LABEL
    row, column = room.place(TRANSPARENCY, "wien")
    across = room.page.model.columnCount() + 1  # the headers are children too
    cell = table.child((row + 1) * across + column + 1)
    assert cell.role() == QAccessible.Role.Cell
    name = cell.text(QAccessible.Text.Name)
    assert name.startswith("Transparenz und Kennzeichnung, Wien: viel, 8 Sätze ausgewählt.")
    assert "In Wien gilt eine Kennzeichnungspflicht" in name
    heads = table.child(column + 1), table.child((row + 1) * across)
    assert [head.role() for head in heads] == [QAccessible.Role.ColumnHeader, QAccessible.Role.RowHeader]
    assert heads[0].text(QAccessible.Text.Name).startswith("Wien: Kompass")
    assert heads[1].text(QAccessible.Text.Name) == "Transparenz und Kennzeichnung"


def test_long_names_and_large_type_leave_everything_in_reach(open_room: OpenRoom) -> None:
    room = open_room({"chosen": MARKING, "current": MARKING[0]}, percent=200)
    room.page.resize(928, 700)
    room.settle()
    assert room.page.size().toTuple() == (928, 700), "the page fits"
    table, key = room.page.matrix.table, room.page.matrix.key
    assert not room.page.sides.isVisible()
    place = table.visualRect(room.page.model.index(*table.place))
    assert table.viewport().rect().contains(place.center())
    assert room.page.rect().contains(key.geometry().translated(key.parentWidget().mapTo(room.page, QPoint())))
    scroll = key._scroll
    assert scroll.verticalScrollBar().maximum() > 0
    scroll.setFocus(Qt.FocusReason.TabFocusReason)
    assert scroll.hasFocus(), "what does not fit is scrolled by keyboard"
    room.press(Qt.Key.Key_Down, scroll)
    assert scroll.verticalScrollBar().value() > 0
    room.button(texts.SHOW_SIDES_SHORT.format(number=2)).click()
    room.settle()
    assert room.page.sides.isVisible()
    assert not table.isVisible()
    assert room.page.sides.texts_shown[0].hasFocus()
    room.press(Qt.Key.Key_Escape, room.page.sides.texts_shown[0])
    assert table.isVisible()
    assert table.hasFocus()


@pytest.mark.parametrize("tokens", [LIGHT, DARK, HIGH_CONTRAST], ids=["light", "dark", "contrast"])
def test_signs_can_be_read_on_every_ground(tokens: Tokens) -> None:
    for level in range(4):
        assert contrast(tokens.ink, shade(tokens, level).name()) >= 4.5
    assert contrast(tokens.focus, shade(tokens, 3).name()) >= 3 or tokens is not HIGH_CONTRAST


def test_its_keys_are_listed() -> None:
    mine = [key for one in SHORTCUTS if one.where == shortcut_texts.COMPARE for key in one.keys]
    assert {"Space", "Return", "Esc"} <= set(mine)
    assert all(QKeySequence(key).count() == 1 for key in mine)
