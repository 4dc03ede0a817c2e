"""The page Bibliothek: a real page over the real collections, own documents and a real bridge."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QAccessible, QGuiApplication, QTextCursor
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from desktop.assistant import Assistant
from desktop.bridge import Bridge
from desktop.document_place import Place, place_of
from desktop.history import History
from desktop.holdings import Column, Holding, Order
from desktop.library import Library
from desktop.paths import Paths
from desktop.policy import Policy
from desktop.settings import ThemeChoice
from desktop.texts import library as texts
from desktop.texts import window as window_texts
from desktop.texts.problems import explain
from desktop.theme import Theme
from desktop.widgets.library import own_documents, printing
from desktop.widgets.library.page import LibraryPage
from guidelines_db.build import build_index

TODAY = date(2026, 11, 26)
OWN = """---
published: 2020-05-03
---
# Hundewiese
## Leinenpflicht
Auf der Hundewiese gilt keine Leinenpflicht. Hunde müssen aber gehorchen.

## Öffnungszeiten
Die Wiese ist von 8 bis 20 Uhr offen.
"""


class Room:
    """A page with all its parts, shown."""

    def __init__(
        self, qtbot: QtBot, paths: Paths, *, policy: Policy, percent: int, size: tuple[int, int]
    ) -> None:
        self.qtbot = qtbot
        self.library = Library(paths, policy=policy)
        self.theme = Theme(ThemeChoice.LIGHT, percent, QApplication.instance())
        self.theme.apply()
        self.bridge = Bridge(lambda: Assistant(self.library, None), lambda: History(paths.history))
        self.page = LibraryPage(self.theme, self.bridge, policy, today=lambda: TODAY)
        self.window = QMainWindow()
        self.window.setMinimumSize(1, 1)
        self.window.setCentralWidget(self.page)
        self.window.resize(*size)

    def open(self) -> None:
        self.window.show()
        with self.qtbot.waitSignal(self.bridge.opened, timeout=20_000):
            self.bridge.open()
        self.wait()

    def wait(self) -> None:
        """Wait until what was wished so far has been done and shown."""
        done: list[bool] = []
        for _ in range(3):  # a result may lead to more wishes
            done.clear()
            self.bridge.fetch(lambda _: True, done.append)
            self.qtbot.waitUntil(lambda: bool(done), timeout=20_000)
        QApplication.processEvents()

    @property
    def titles(self) -> list[str]:
        return [
            holding.info.title
            for row in range(self.page.list.model.rowCount())
            if (holding := self.page.list.model.holding(row))
        ]

    def search(self, text: str) -> None:
        self.page.list.search_line.setText(text)
        self.press(Qt.Key.Key_Return, self.page.list.search_line)
        self.wait()

    def press(self, key: Qt.Key, widget: QWidget, **values: object) -> None:
        self.qtbot.keyClick(widget, key, **values)

    def open_row(self, row: int = 0) -> None:
        """Open a document by keyboard."""
        table = self.page.list.table
        table.setCurrentIndex(self.page.list.model.index(row, 0))
        self.press(Qt.Key.Key_Return, table)
        self.wait()

    def button(self, text: str) -> QAbstractButton:
        (found,) = [
            one
            for one in self.page.findChildren(QAbstractButton)
            if one.text().strip() == text and one.isVisible()
        ]
        return found

    @property
    def labels(self) -> str:
        return "\n".join(one.text() for one in self.page.findChildren(QLabel) if one.isVisible())

    def take(self, file: Path) -> None:
        self.page.own.take_into([file], "Eigene")
        self.wait()

    def close(self) -> None:
        self.window.close()
        self.bridge.close()
        self.library.close()
        self.window.deleteLater()
        self.theme.deleteLater()
        QApplication.processEvents()


OpenRoom = Callable[..., Room]


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the real index, without vectors: words are enough here."""
    folder = tmp_path_factory.mktemp("share")
    build_index(folder / "collections.db")
    return folder


@pytest.fixture
def open_room(qtbot: QtBot, qapp: QApplication, data_dir: Path, shipped: Path) -> Iterator[OpenRoom]:
    """Return a function that opens a page over the real collections."""
    rooms: list[Room] = []

    def open_one(
        *,
        policy: Policy | None = None,
        percent: int = 100,
        size: tuple[int, int] = (1160, 800),
        state: object = None,
    ) -> Room:
        paths = Paths(data_dir=data_dir, share_dir=shipped, model_dirs=())
        room = Room(qtbot, paths, policy=policy or Policy(), percent=percent, size=size)
        rooms.append(room)
        if isinstance(state, dict):
            room.page.restore(state)
        room.open()
        return room

    yield open_one
    for room in rooms:
        room.close()


@pytest.fixture
def room(open_room: OpenRoom) -> Room:
    """Return a page as it is when it is first opened."""
    return open_room()


@pytest.fixture
def own_file(tmp_path: Path) -> Path:
    """Return a document of the user's."""
    file = tmp_path / "Hundewiese.md"
    file.write_text(OWN, encoding="utf-8")
    return file


# The list.


def test_all_documents_are_listed_by_title_with_their_facts(room: Room) -> None:
    with room.library.reading() as readers:
        number = sum(len(reader.documents()) for reader in readers)
    assert len(room.titles) == number > 50
    assert room.page.list.counted == f"{number} Dokumente"
    assert room.titles[0].startswith("Aktenführung")
    table = room.page.list.table
    assert table.columns == tuple(Column)
    heads = [
        table.model().headerData(n, Qt.Orientation.Horizontal) for n in range(table.model().columnCount())
    ]
    assert heads == ["Titel", "Herausgeber", "Land", "Art", "Datum", "Sammlung", "Themen"]
    holding = room.page.list.model.holding(0)
    assert holding is not None
    assert holding.text(Column.COLLECTION) == "Recht"
    assert "Zuständigkeit und Steuerung" in holding.topics


def test_typing_searches_by_itself_and_marks_what_is_found(room: Room) -> None:
    room.qtbot.keyClicks(room.page.list.search_line, "kennzeichn")
    room.qtbot.waitUntil(lambda: 0 < len(room.titles) < 40, timeout=20_000)
    model = room.page.list.model
    assert model.searching
    for row in range(model.rowCount()):
        found, excerpt = model.found(row), model.excerpt(row)
        assert found is not None
        marked = [excerpt.text[start:end].lower() for start, end in excerpt.ranges]
        marked += [found.document.title[start:end].lower() for start, end in found.title_ranges]
        assert any("kennzeichn" in one for one in marked), excerpt
        assert excerpt.text in str(model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole))
    assert " von " in room.page.list.counted


def test_phrases_and_what_is_to_be_absent_are_understood(room: Room) -> None:
    room.search("befangen")
    every = len(room.titles)
    room.search("befangen ort:Baden-Württemberg")
    assert 0 < len(room.titles) <= every
    room.search("„gibt es so nirgends“")
    assert room.titles == []
    assert room.page.list.message == texts.NOTHING_FOUND
    room.button(texts.CLEAR).click()
    room.wait()
    assert len(room.titles) > 50
    assert room.page.list.search_line.hasFocus()


def test_esc_empties_the_search_and_down_leads_into_the_table(room: Room) -> None:
    room.search("kennzeichnung")
    few = len(room.titles)
    room.press(Qt.Key.Key_Down, room.page.list.search_line)
    assert room.page.list.table.hasFocus()
    room.page.focus_find()
    assert room.page.list.search_line.hasFocus()
    room.press(Qt.Key.Key_Escape, room.page.list.search_line)
    room.qtbot.waitUntil(lambda: len(room.titles) > few, timeout=20_000)


def test_many_letters_typed_fast_end_at_the_last(room: Room) -> None:
    for typed in ("k", "ke", "ken", "daten", "befangenheit"):
        room.page.list.search_line.setText(typed)
        room.page._search()
    room.wait()
    room.wait()
    assert room.page.list.typed == "befangenheit"
    assert any("Befangenheit" in title for title in room.titles)
    assert len(room.titles) < 20


def test_filters_by_collection_kind_land_place_and_year_narrow_the_list(room: Room) -> None:
    page = room.page
    chip = next(one for one in page.findChildren(QAbstractButton) if one.property("collection") == "recht")
    chip.click()
    assert {one.info.collection for one in _listed(room)} == {"recht"}
    chip.click()
    page.list.kinds.choose(())
    page.list.kinds._toggle("leitlinie")
    assert {one.info.kind for one in _listed(room)} == {"leitlinie"}
    assert "Leitlinie" in page.list.kinds.accessibleName()
    page.list.kinds._toggle("")
    page.list.collections.filter.button.click()
    room.wait()
    panel = page.list.collections.filter.panel
    panel._lands.ticked.emit(("Bayern",))
    assert _listed(room)
    assert all("Bayern" in one.names for one in _listed(room))
    panel._lands.ticked.emit(())
    panel._places.ticked.emit(("Essen",))
    assert all("Essen" in one.names for one in _listed(room))
    panel._clear.click()
    panel._from.setCurrentIndex(panel._from.findData(2025))
    panel._from.activated.emit(panel._from.currentIndex())
    assert _listed(room)
    assert all(one.info.published >= "2025" for one in _listed(room))
    assert room.page.list.counted == texts.documents(len(_listed(room)), len(page._holdings))


def test_filters_that_leave_nothing_say_so(room: Room) -> None:
    room.page.list.kinds._toggle("leitlinie")
    room.page.list.collections._toggle("gemo-bw")
    assert room.titles == []
    assert room.page.list.message == texts.NOTHING_INSIDE
    room.button(texts.CLEAR).click()
    room.wait()
    assert len(room.titles) > 50


def test_a_search_looks_into_every_document_that_is_left_by_filters(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("guidelines_db.browse.MAX_MATCHES", 3)
    for number in range(5):
        file = tmp_path / f"Blatt{number}.md"
        file.write_text(f"# Blatt {number}\nDie Drehleiter steht in Halle {number}.", encoding="utf-8")
        room.page.own.take_into([file], "Erste" if number < 4 else "Zweite")
    room.wait()
    room.wait()
    room.search("Drehleiter")
    assert len(room.titles) == 3
    assert texts.NOT_ALL in room.labels
    room.page.list.collections._toggle("Zweite")
    room.wait()
    assert room.titles == ["Blatt 4"]
    assert texts.NOT_ALL not in room.labels
    room.search("Tragkraftspritze")
    assert room.page.list.message == texts.NOTHING_FOUND_INSIDE


def test_the_kinds_are_offered_in_a_menu_with_their_numbers(room: Room) -> None:
    menu = room.page.list.kinds.menu()
    menu.aboutToShow.emit()
    entries = [action.text() for action in menu.actions()]
    assert entries[0] == texts.KINDS_ALL
    assert any(entry.startswith("Dienstanweisung (") for entry in entries)
    menu.actions()[1].trigger()
    menu.aboutToShow.emit()
    assert [action.isChecked() for action in menu.actions()[:2]] == [False, True]


@pytest.mark.parametrize("column", list(Column), ids=lambda one: one.value)
def test_every_column_sorts_both_ways_and_what_is_unknown_stands_last(room: Room, column: Column) -> None:
    bar = room.page.list.order_bar
    bar.columns.setCurrentIndex(bar.columns.findData(column.value))
    bar.columns.activated.emit(bar.columns.currentIndex())
    up = [one.text(column) for one in _listed(room)]
    bar.way.click()
    down = [one.text(column) for one in _listed(room)]
    known = [text for text in up if text]
    assert up[: len(known)] == known
    assert down[: len(known)] != known or len(set(known)) == 1
    assert down[len(known) :] == [""] * (len(up) - len(known))
    if column is not Column.DATE:
        assert known[0] == down[len(known) - 1]
    assert bar.way.accessibleName() == texts.SORT_DOWN_LABEL


def test_a_click_on_a_heading_sorts_and_a_second_turns_round(room: Room) -> None:
    heads = room.page.list.table.horizontalHeader()
    section = list(Column).index(Column.DATE)
    heads.sectionClicked.emit(section)
    dates = [one.info.published for one in _listed(room) if one.info.published]
    assert dates == sorted(dates)
    assert heads.isSortIndicatorShown()
    assert heads.sortIndicatorSection() == section
    heads.sectionClicked.emit(section)
    assert [one.info.published for one in _listed(room) if one.info.published] == sorted(dates, reverse=True)


def test_a_search_is_sorted_by_fit_until_a_column_is_chosen(room: Room) -> None:
    room.search("befangenheit")
    bar = room.page.list.order_bar
    assert bar.columns.currentText() == texts.SORT_FIT
    assert not bar.way.isEnabled()
    assert "Befangenheit" in room.titles[0]
    bar.columns.setCurrentIndex(bar.columns.findData(Column.TITLE.value))
    bar.columns.activated.emit(bar.columns.currentIndex())
    assert room.titles == sorted(room.titles, key=str.casefold)


@pytest.mark.parametrize(
    ("percent", "size", "columns"),
    [(100, (1160, 800), 7), (100, (830, 660), 5), (200, (830, 660), 1)],
)
def test_where_room_is_short_facts_stand_below_the_title(
    open_room: OpenRoom, percent: int, size: tuple[int, int], columns: int
) -> None:
    room = open_room(percent=percent, size=size)
    table = room.page.list.table
    assert len(table.columns) == columns
    shown = [n for n in range(table.model().columnCount()) if not table.isColumnHidden(n)]
    assert len(shown) == columns
    assert sum(table.columnWidth(n) for n in shown) <= table.viewport().width()
    assert table.viewport().height() >= table.rowHeight(0), "one row can be seen whole"


def test_home_and_end_lead_to_both_ends(room: Room) -> None:
    table = room.page.list.table
    room.press(Qt.Key.Key_End, table)
    assert table.currentIndex().row() == len(room.titles) - 1
    room.press(Qt.Key.Key_Home, table)
    assert table.currentIndex().row() == 0


# A document.


def test_enter_opens_a_document_with_all_that_belongs_to_it(room: Room) -> None:
    row = next(n for n, one in enumerate(_listed(room)) if one.info.sources and len(one.topics) > 1)
    room.open_row(row)
    document, view = room.page.document, room.page.view
    assert document is not None
    assert view.reader.text.hasFocus()
    headings = [view.side.contents.item(n).text() for n in range(view.side.contents.count())]
    assert headings == [part.heading for part in document.parts]
    assert [chip.accessibleName() for chip in view.side.chips] == [
        texts.TOPIC_LABEL.format(topic=topic) for topic in document.holding.topics
    ]
    assert window_texts.DIGEST in view.badges
    text = view.reader.text.toPlainText()
    assert document.parts[-1].heading in text
    assert texts.DIGEST_MEANING in text
    assert "Zusammengefasst: 22.11.2026" in text
    address = document.info.sources[0]
    copy = next(
        one
        for one in room.page.findChildren(QAbstractButton)
        if one.accessibleName() == window_texts.ADDRESS_COPY_LABEL.format(address=address)
    )
    copy.click()
    assert QGuiApplication.clipboard().text() == address


def test_a_heading_of_the_contents_leads_there(room: Room) -> None:
    room.open_row(next(n for n, one in enumerate(_listed(room)) if len(one.topics) > 4))
    view = room.page.view
    contents = view.side.contents
    contents.setFocus()
    contents.setCurrentRow(2)
    room.press(Qt.Key.Key_Return, contents)
    assert view.reader.text.hasFocus()
    cursor = view.reader.text.textCursor()
    assert room.page.document is not None
    assert cursor.block().text().strip() == room.page.document.parts[2].heading


def test_a_topic_leads_to_the_next_section_that_speaks_of_it(room: Room) -> None:
    room.open_row(next(n for n, one in enumerate(_listed(room)) if len(one.topics) > 4))
    document, view = room.page.document, room.page.view
    assert document is not None
    topic = document.holding.topics[-1]
    sections = [n for n, part in enumerate(document.parts) if topic in part.topics]
    for expected in (*sections, sections[0]):
        view.side.chips[-1].click()
        assert view.side.contents.currentRow() == expected


def test_a_passage_opens_with_its_sentence_marked_and_in_sight(room: Room) -> None:
    hit = room.library.search("Darf ich personenbezogene Daten in ein KI-Werkzeug eingeben?").hits[0]
    room.page.show_place(place_of(hit, (hit.sentence,)))
    room.wait()
    document, text = room.page.document, room.page.view.reader.text
    assert document is not None
    assert document.info.id == hit.document.id
    position = text.toPlainText().find(hit.sentence)
    cursor = QTextCursor(text.document())
    cursor.setPosition(position + 3)
    assert cursor.charFormat().background().color().name() == room.theme.tokens.mark
    assert text.viewport().rect().contains(text.cursorRect(cursor))
    heading = room.page.view.side.contents.currentItem()
    assert heading is not None
    assert heading.text() == hit.section


@pytest.mark.parametrize("percent", [100, 200])
def test_the_marked_sentence_is_in_sight_deep_in_a_document_too(open_room: OpenRoom, percent: int) -> None:
    room = open_room(percent=percent, size=(830, 660))
    with room.library.reading() as (reader,):
        row = max(reader.document_facts, key=lambda one: len(reader.passages_of(one)))
        passage = reader.passage(reader.passages_of(row)[-1])
    start, end = passage.sentences[-1]
    sentence = passage.text[start:end]
    info = passage.document
    room.page.show_place(Place(info.collection, info.id, passage.section, sentence))
    room.wait()
    text = room.page.view.reader.text
    cursor = QTextCursor(text.document())
    cursor.setPosition(text.position_of("stelle") or 0)
    assert text.toPlainText()[cursor.position() :].startswith(sentence[:20])
    assert text.viewport().rect().contains(text.cursorRect(cursor))


def test_what_was_searched_for_is_marked_in_the_document(room: Room) -> None:
    room.search("kennzeichnung")
    room.open_row()
    assert room.page.view.reader.text.found > 0


def test_the_document_is_searched_with_ctrl_f_and_f3(room: Room) -> None:
    room.open_row(next(n for n, one in enumerate(_listed(room)) if "Wien" in one.names))
    room.page.focus_find()
    bar = room.page.view.reader.find_bar
    room.qtbot.keyClicks(bar._input, "die")
    total = room.page.view.reader.text.found
    assert total > 2
    assert bar.said == f"1 von {total}"
    room.press(Qt.Key.Key_F3, bar._input)
    assert bar.said == f"2 von {total}"
    room.press(Qt.Key.Key_Escape, bar._input)
    assert bar.isHidden()
    assert room.page.document is not None, "one step back at a time"
    room.press(Qt.Key.Key_Escape, room.page.view.reader.text)
    assert room.page.document is None
    assert room.page.list.table.hasFocus()


def test_back_and_forward_lead_through_documents_and_list(room: Room) -> None:
    room.open_row(0)
    first = room.page.document
    room.page.show_document("gemo-bw", _listed_id(room, "gemo-bw"))
    room.wait()
    second = room.page.document
    assert first is not None
    assert second is not None
    assert first.info != second.info
    text = room.page.view.reader.text
    room.press(Qt.Key.Key_Left, text, modifier=Qt.KeyboardModifier.AltModifier)
    room.wait()
    assert room.page.document == first
    room.page.view.reader._back.click()
    assert room.page.document is None
    assert room.page.list.table.current == first.holding
    room.page.list.forward.click()
    room.wait()
    assert room.page.document == first
    room.press(Qt.Key.Key_Right, room.page.view.reader.text, modifier=Qt.KeyboardModifier.AltModifier)
    room.wait()
    assert room.page.document == second


def test_a_document_that_is_gone_leads_back_to_the_list_with_a_sentence(room: Room) -> None:
    room.page.show_document("recht", "gibt-es-nicht")
    room.wait()
    assert room.page.document is None
    assert explain("unknown_document").sentence in room.labels
    assert room.page.list.isVisible()


def test_old_documents_warn_and_young_ones_do_not(room: Room, own_file: Path) -> None:
    room.take(own_file)
    room.page.show_document("Eigene", "Hundewiese")
    room.wait()
    assert texts.OLD in room.page.view.badges
    assert "Dieses Dokument ist 6 Jahre alt." in room.page.view.reader.text.toPlainText()
    young = next(one for one in room.page._holdings if one.info.published >= "2025")
    room.page.show_document(*young.key)
    room.wait()
    assert texts.OLD not in room.page.view.badges


def test_text_is_copied_with_its_source(room: Room) -> None:
    room.page.show_document("recht", _listed_id(room, "recht"))
    room.wait()
    document, text = room.page.document, room.page.view.reader.text
    assert document is not None
    room.press(
        Qt.Key.Key_C, text, modifier=Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    copied = QGuiApplication.clipboard().text()
    assert all(part.text in copied for part in document.parts)
    assert document.info.sources[0] in copied
    assert room.page.view.reader.message == texts.COPIED_WHOLE
    last = document.parts[-1]
    cursor = text.textCursor()
    cursor.setPosition(text.toPlainText().rindex(last.text[:30]))
    cursor.setPosition(cursor.position() + 30, QTextCursor.MoveMode.KeepAnchor)
    text.setTextCursor(cursor)
    room.button(texts.COPY).click()
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith(last.text[:30].strip())
    assert texts.SOURCE_SECTION.format(heading=last.heading) in copied
    assert document.info.publisher in copied
    assert "Zusammenfassung, nicht der Wortlaut" in copied
    assert document.parts[0].text not in copied


def test_a_document_is_printed_through_a_pdf(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(printing.QDesktopServices, "openUrl", lambda url: opened.append(url) or True)
    room.open_row(0)
    room.button(texts.PRINT).click()
    room.qtbot.waitUntil(lambda: room.page.view.reader.message == texts.PRINT_OPENED, timeout=20_000)
    file = Path(opened[0].toLocalFile())
    assert file.read_bytes().startswith(b"%PDF")
    assert file.parent.stat().st_mode & 0o077 == 0, "nobody else can read it"
    # Where no program opens it, it can be saved.
    monkeypatch.setattr(printing.QDesktopServices, "openUrl", lambda _: False)
    targets: list[Path | None] = [None, tmp_path / "Druck.pdf", tmp_path / "weg" / "Druck.pdf"]
    monkeypatch.setattr(printing, "ask_for_file", lambda *_: targets.pop(0))
    room.press(Qt.Key.Key_P, room.page.view.reader.text, modifier=Qt.KeyboardModifier.ControlModifier)
    room.qtbot.waitUntil(lambda: room.page.view.reader.message == texts.PRINT_NO_PROGRAM, timeout=20_000)
    room.page.view.print()
    room.qtbot.waitUntil(lambda: "Druck.pdf" in room.page.view.reader.message, timeout=20_000)
    assert (tmp_path / "Druck.pdf").read_bytes().startswith(b"%PDF")
    room.page.view.print()
    room.qtbot.waitUntil(lambda: "anderen Ordner" in room.page.view.reader.message, timeout=20_000)


def test_where_pdf_may_not_be_saved_nothing_is_printed(open_room: OpenRoom) -> None:
    room = open_room(policy=Policy(export_formats=("md",)))
    room.open_row(0)
    assert texts.PRINT not in [one.text() for one in room.page.findChildren(QAbstractButton)]
    room.page.view.print()
    assert room.page.view.reader.message == ""


def test_html_in_a_document_is_shown_as_text(room: Room, tmp_path: Path) -> None:
    file = tmp_path / "Boese.txt"
    file.write_text("Titel\n\n1 < 2 & &lt;script&gt; bleibt <-- so stehen.", encoding="utf-8")
    room.take(file)
    room.page.show_document("Eigene", "Boese")
    room.wait()
    assert "1 < 2 & &lt;script&gt; bleibt" in room.page.view.reader.text.toPlainText()


# Own documents.


def test_files_are_taken_in_and_appear_at_once(
    room: Room, own_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = tmp_path / "bild.png"
    wrong.write_bytes(b"\x89PNG")
    monkeypatch.setattr(own_documents, "ask_for_files", lambda _: [own_file, wrong])
    asked = []

    def ask_for_name(_: object, __: object, own: list[str], shipped: set[str]) -> str:
        asked.append((own, shipped))
        return "Eigene"

    monkeypatch.setattr(own_documents, "ask_for_name", ask_for_name)
    number = len(room.titles)
    menu = next(
        one for one in room.page.findChildren(QAbstractButton) if one.text().strip() == texts.TAKE
    ).menu()
    with room.qtbot.waitSignal(room.page.collections_changed, timeout=20_000) as changed:
        menu.actions()[0].trigger()
    room.wait()
    assert "KI-Leitlinien" in asked[0][1]
    assert [info.name for info in changed.args[0]][-1] == "Eigene"
    assert "1 Dokument in „Eigene“ aufgenommen." in room.labels
    assert "bild.png: dieses Format wird nicht gelesen" in room.labels
    assert len(room.titles) == number + 1
    room.search("Leinenpflicht")
    assert room.titles == ["Hundewiese"]
    room.open_row()
    assert window_texts.OWN_DOCUMENT in room.page.view.badges
    assert window_texts.DIGEST not in room.page.view.badges


def test_an_own_document_is_removed_after_asking(
    room: Room, own_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.take(own_file)
    answers = [False, True]
    monkeypatch.setattr(own_documents, "confirm_removal", lambda *_: answers.pop(0))
    room.search("Leinenpflicht")
    room.open_row()
    room.button(texts.REMOVE).click()
    room.wait()
    assert room.page.document is not None, "the clerk said no"
    room.button(texts.REMOVE).click()
    room.wait()
    assert room.page.document is None
    assert texts.REMOVED.format(title="Hundewiese") in room.labels
    assert room.titles == []
    room.page.go_back()
    room.wait()
    assert room.page.document is None, "what is gone is not come back to"
    assert own_file.exists()


def test_only_own_documents_are_removed_with_the_delete_key(
    room: Room, own_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(own_documents, "confirm_removal", lambda _, title: bool(asked.append(title)))
    room.press(Qt.Key.Key_Delete, room.page.list.table)
    assert asked == []
    room.take(own_file)
    room.search("Leinenpflicht")
    room.press(Qt.Key.Key_Delete, room.page.list.table)
    assert asked == ["Hundewiese"]


def test_where_the_policy_forbids_it_nothing_is_taken_in(open_room: OpenRoom, own_file: Path) -> None:
    room = open_room(policy=Policy(import_allowed=False))
    assert not [
        one
        for one in room.page.findChildren(QAbstractButton)
        if one.text().strip() == texts.TAKE and one.isVisible()
    ]
    room.take(own_file)
    assert explain("import_forbidden").sentence in room.labels


# State and access.


def test_search_filters_order_and_document_survive_a_restart(room: Room, open_room: OpenRoom) -> None:
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
def test_a_state_that_does_not_fit_is_left_out(open_room: OpenRoom, state: dict[str, object]) -> None:
    room = open_room(state=state)
    assert len(room.titles) > 50
    assert room.page.document is None


def test_a_page_shown_before_the_collections_are_open_waits_for_them(
    qtbot: QtBot, qapp: QApplication, data_dir: Path, shipped: Path
) -> None:
    room = Room(
        qtbot,
        Paths(data_dir=data_dir, share_dir=shipped, model_dirs=()),
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
def test_every_control_has_a_name(open_room: OpenRoom, own_file: Path, percent: int) -> None:
    room = open_room(percent=percent, size=(830, 660))
    room.take(own_file)
    assert _nameless(room.page) == []
    room.page.show_document("Eigene", "Hundewiese")
    room.wait()
    assert _nameless(room.page) == []
    room.page.view._show_side()
    assert _nameless(room.page) == []


def test_at_large_type_text_and_contents_take_turns(open_room: OpenRoom) -> None:
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


def _listed(room: Room) -> list[Holding]:
    model = room.page.list.model
    return [holding for row in range(model.rowCount()) if (holding := model.holding(row))]


def _listed_id(room: Room, collection: str) -> str:
    return next(
        one.info.id for one in room.page._holdings if one.info.collection == collection and one.info.sources
    )


def _nameless(page: QWidget) -> list[QWidget]:
    return [
        one
        for one in page.findChildren(QWidget)
        if one.isVisible() and one.focusPolicy() & Qt.FocusPolicy.TabFocus and not _spoken(one)
    ]


def _spoken(widget: QWidget) -> str:
    reader = QAccessible.queryAccessibleInterface(widget)
    return reader.text(QAccessible.Text.Name) if reader else ""
