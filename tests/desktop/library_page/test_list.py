"""The list of the page Bibliothek: searched, filtered, sorted."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from desktop.holdings import Column
from desktop.texts import library as texts


def test_all_documents_are_listed_by_title_with_their_facts(room) -> None:
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


def test_typing_searches_by_itself_and_marks_what_is_found(room) -> None:
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


def test_phrases_and_what_is_to_be_absent_are_understood(room) -> None:
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


def test_esc_empties_the_search_and_down_leads_into_the_table(room) -> None:
    room.search("kennzeichnung")
    few = len(room.titles)
    room.press(Qt.Key.Key_Down, room.page.list.search_line)
    assert room.page.list.table.hasFocus()
    room.page.focus_find()
    assert room.page.list.search_line.hasFocus()
    room.press(Qt.Key.Key_Escape, room.page.list.search_line)
    room.qtbot.waitUntil(lambda: len(room.titles) > few, timeout=20_000)


def test_many_letters_typed_fast_end_at_the_last(room) -> None:
    for typed in ("k", "ke", "ken", "daten", "befangenheit"):
        room.page.list.search_line.setText(typed)
        room.page._search()
    room.wait()
    room.wait()
    assert room.page.list.typed == "befangenheit"
    assert any("Befangenheit" in title for title in room.titles)
    assert len(room.titles) < 20


def test_filters_by_collection_kind_land_place_and_year_narrow_the_list(listed, room) -> None:
    page = room.page
    chip = next(one for one in page.findChildren(QAbstractButton) if one.property("collection") == "recht")
    chip.click()
    assert {one.info.collection for one in listed(room)} == {"recht"}
    chip.click()
    page.list.kinds.choose(())
    page.list.kinds._toggle("leitlinie")
    assert {one.info.kind for one in listed(room)} == {"leitlinie"}
    assert "Leitlinie" in page.list.kinds.accessibleName()
    page.list.kinds._toggle("")
    page.list.collections.filter.button.click()
    room.wait()
    panel = page.list.collections.filter.panel
    panel._lands.ticked.emit(("Bayern",))
    assert listed(room)
    assert all("Bayern" in one.names for one in listed(room))
    panel._lands.ticked.emit(())
    panel._places.ticked.emit(("Essen",))
    assert all("Essen" in one.names for one in listed(room))
    panel.clear.click()
    panel._from.setCurrentIndex(panel._from.findData(2025))
    panel._from.activated.emit(panel._from.currentIndex())
    assert listed(room)
    assert all(one.info.published >= "2025" for one in listed(room))
    assert room.page.list.counted == texts.documents(len(listed(room)), len(page._holdings))


def test_filters_that_leave_nothing_say_so(room) -> None:
    room.page.list.kinds._toggle("leitlinie")
    room.page.list.collections._toggle("gemo-bw")
    assert room.titles == []
    assert room.page.list.message == texts.NOTHING_INSIDE
    room.button(texts.CLEAR).click()
    room.wait()
    assert len(room.titles) > 50


def test_a_search_looks_into_every_document_that_is_left_by_filters(
    room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
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


def test_the_kinds_are_offered_in_a_menu_with_their_numbers(room) -> None:
    menu = room.page.list.kinds.menu()
    menu.aboutToShow.emit()
    entries = [action.text() for action in menu.actions()]
    assert entries[0] == texts.KINDS_ALL
    assert any(entry.startswith("Dienstanweisung (") for entry in entries)
    menu.actions()[1].trigger()
    menu.aboutToShow.emit()
    assert [action.isChecked() for action in menu.actions()[:2]] == [False, True]


@pytest.mark.parametrize("column", list(Column), ids=lambda one: one.value)
def test_every_column_sorts_both_ways_and_what_is_unknown_stands_last(listed, room, column: Column) -> None:
    bar = room.page.list.order_bar
    bar.columns.setCurrentIndex(bar.columns.findData(column.value))
    bar.columns.activated.emit(bar.columns.currentIndex())
    up = [one.text(column) for one in listed(room)]
    bar.way.click()
    down = [one.text(column) for one in listed(room)]
    known = [text for text in up if text]
    assert up[: len(known)] == known
    assert down[: len(known)] != known or len(set(known)) == 1
    assert down[len(known) :] == [""] * (len(up) - len(known))
    if column is not Column.DATE:
        assert known[0] == down[len(known) - 1]
    assert bar.way.accessibleName() == texts.SORT_DOWN_LABEL


def test_a_click_on_a_heading_sorts_and_a_second_turns_round(listed, room) -> None:
    heads = room.page.list.table.horizontalHeader()
    section = list(Column).index(Column.DATE)
    heads.sectionClicked.emit(section)
    dates = [one.info.published for one in listed(room) if one.info.published]
    assert dates == sorted(dates)
    assert heads.isSortIndicatorShown()
    assert heads.sortIndicatorSection() == section
    heads.sectionClicked.emit(section)
    assert [one.info.published for one in listed(room) if one.info.published] == sorted(dates, reverse=True)


def test_a_search_is_sorted_by_fit_until_a_column_is_chosen(room) -> None:
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
    open_room, percent: int, size: tuple[int, int], columns: int
) -> None:
    room = open_room(percent=percent, size=size)
    table = room.page.list.table
    assert len(table.columns) == columns
    shown = [n for n in range(table.model().columnCount()) if not table.isColumnHidden(n)]
    assert len(shown) == columns
    assert sum(table.columnWidth(n) for n in shown) <= table.viewport().width()
    assert table.viewport().height() >= table.rowHeight(0), "one row can be seen whole"


def test_home_and_end_lead_to_both_ends(room) -> None:
    table = room.page.list.table
    room.press(Qt.Key.Key_End, table)
    assert table.currentIndex().row() == len(room.titles) - 1
    room.press(Qt.Key.Key_Home, table)
    assert table.currentIndex().row() == 0
