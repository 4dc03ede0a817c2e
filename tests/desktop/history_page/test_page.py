"""The page Verlauf by keyboard and mouse."""

import sqlite3
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pypdf
import pytest
from odfdo import Document
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from desktop.answer import Ending, State
from desktop.texts import history as texts
from desktop.widgets import history_saving
from desktop.widgets.history_page import HistoryPage


def test_questions_stand_under_their_days(room) -> None:
    groups = [(group.title, [entry.id for entry in group.entries]) for group in room.page.side.list.groups]
    assert groups == [
        ("Heute", ["a", "b"]),
        ("Gestern", ["c"]),
        ("Freitag, 20.11.2026", ["d", "e"]),
    ]


def test_a_screen_reader_hears_all_that_a_row_shows(open_room, answer_maker, questions) -> None:
    asked, question = questions["a"]
    checked = {"checked_by": "MK", "checked_at": "2026-11-22T15:00:00+01:00"}
    room = open_room([answer_maker(question, id="a", asked_at=asked, state=State.POSSIBLE, **checked)])
    view = room.page.side.list
    index = view.model().index_of("a")
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == (
        f"{question}. 22.11.2026, 14:05 Uhr · Möglicherweise einschlägig. Geprüft am 22.11.2026 von MK"
    )
    assert index.parent().data(Qt.ItemDataRole.AccessibleTextRole) == "Heute, 1 Frage"
    reader = QAccessible.queryAccessibleInterface(view)
    assert reader is not None
    assert reader.text(QAccessible.Text.Name) == texts.LIST_LABEL


def test_enter_opens_the_answer_as_it_was_with_its_evidence(room, answer_maker, questions) -> None:
    room.open("b")
    assert room.page.answer.turn is not None
    card = room.page.answer.turn.card
    expected = answer_maker(questions["b"][1], id="b", asked_at=questions["b"][0])
    assert card.answer == expected
    assert len(card.hits) == 3
    assert expected.evidence[0] in card.text
    assert room.page.answer.isAncestorOf(QApplication.focusWidget() or room.page), "the keyboard is there"
    room.press(Qt.Key.Key_Escape, room.page)
    assert room.page.side.list.hasFocus()


def test_a_passage_opens_in_place_and_leads_into_the_library(room) -> None:
    room.open("a")
    assert room.page.answer.turn is not None
    room.page.answer.turn.card.passage_chosen.emit(2)
    assert room.page.answer.passage_shown
    assert room.page.answer._passage.number == 2
    with room.qtbot.waitSignal(room.page.place_wanted) as wanted:
        room.page.answer._passage._document.click()
    place = wanted.args[0]
    assert (place.collection, place.document) == ("ki-leitlinien", "wien")
    assert place.heading == "Datenschutz und Sicherheit (2)"
    assert place.sentence == room.page.answer.turn.card.hits[1].sentence
    room.press(Qt.Key.Key_Escape, room.page)
    assert not room.page.answer.passage_shown
    assert room.page.answer.answer is not None, "one step back at a time"


def test_a_question_can_be_asked_again(room, questions) -> None:
    room.open("a")
    with room.qtbot.waitSignal(room.page.question_wanted) as wanted:
        room.button(texts.ASK_AGAIN).click()
    assert wanted.args == [questions["a"][1]]


def test_the_search_narrows_the_list_and_esc_ends_it(room) -> None:
    room.search("muellgebuehren")
    assert room.shown == ("c",)
    assert room.page.side._count.text() == "1 Treffer in 5 Fragen"
    room.search("nirgends")
    assert room.shown == ()
    assert room.page.side._empty.text() == texts.NOTHING_FOUND
    room.press(Qt.Key.Key_Escape, room.page.side._search)
    room.qtbot.waitUntil(lambda: len(room.shown) == 5)
    room.press(Qt.Key.Key_Down, room.page.side._search)
    assert room.page.side.list.hasFocus()


def test_typing_searches_by_itself(room) -> None:
    room.qtbot.keyClicks(room.page.side._search, "befangen")
    room.qtbot.waitUntil(lambda: room.shown == ("e",))


def test_f2_renames_and_an_empty_name_gives_back_the_question(room, questions) -> None:
    view = room.page.side.list
    for typed, expected in (("Für Montag", "Für Montag"), ("", questions["c"][1])):
        view.setFocus()
        room.choose("c")
        room.press(Qt.Key.Key_F2)
        (editor,) = view.findChildren(QLineEdit)
        assert editor.accessibleName() == texts.RENAME_FIELD
        editor.setText(typed)
        room.press(Qt.Key.Key_Return, editor)
        room.wait()
        room.qtbot.waitUntil(lambda: not view.findChildren(QLineEdit))
        assert [entry.name for entry in view.chosen] == [expected]
    assert room.page.answer.answer is None, "Enter in the field does not open the answer"


def test_pinned_questions_stand_first(room) -> None:
    room.choose("c", "e")
    room.button(texts.PIN).click()
    room.wait()
    assert room.page.side.list.groups[0].title == texts.PINNED
    assert room.shown == ("c", "e", "a", "b", "d")
    assert [entry.id for entry in room.page.side.list.chosen] == ["c", "e"]
    room.button(texts.UNPIN).click()
    room.wait()
    assert room.shown == ("a", "b", "c", "d", "e")


def test_an_answer_is_marked_as_checked_here_too(room) -> None:
    room.open("a")
    with room.qtbot.waitSignal(room.page.answer_changed) as changed:
        assert room.page.answer.turn is not None
        room.page.answer.turn.card.tools.check_wanted.emit("AB")
    room.wait()
    assert changed.args[0].checked_by == "AB"
    assert room.page.side.list.groups[0].entries[0].checked_by == "AB"
    assert room.history.read(["a"])[0].checked_by == "AB"
    assert "von AB" in room.page.answer.turn.card.tools.mark


@pytest.mark.parametrize("ending", [".md", ".odt", ".pdf"])
@pytest.mark.parametrize("ids", [("a",), ("a", "b", "c", "d", "e")])
def test_answers_are_exported_with_their_sources(
    room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str, ids: tuple[str, ...], questions
) -> None:
    file = tmp_path / f"Auszug{ending}"
    monkeypatch.setattr(history_saving, "ask_for_file", lambda *_, **__: file)
    room.choose(*ids)
    room.button(texts.EXPORT).click()
    room.qtbot.waitUntil(lambda: room.page.side.message == f"Gespeichert: {file.name}", timeout=20_000)
    if ending == ".md":
        read = file.read_text(encoding="utf-8")
    elif ending == ".odt":
        read = str(Document(file).get_formatted_text())
    else:
        read = "\n".join(page.extract_text() for page in pypdf.PdfReader(file).pages)
    bare = "".join(read.split())
    for id_ in ids:
        assert "".join(questions[id_][1].split()) in bare
    assert bare.count("staatsanzeiger.de") == 2 * len(ids), "both cited documents with their addresses"
    assert ("".join(texts.EXTRACT.split()) in bare) == (len(ids) > 1)


def test_an_export_that_cannot_be_written_says_what_to_do(
    room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing = tmp_path / "weg" / "Auszug.md"
    monkeypatch.setattr(history_saving, "ask_for_file", lambda *_, **__: missing)
    room.choose("a")
    room.button(texts.EXPORT).click()
    room.qtbot.waitUntil(lambda: "anderen Ordner" in room.page.side.message, timeout=20_000)


def test_an_empty_history_says_what_will_stand_there(open_room) -> None:
    room = open_room([])
    assert room.page.side._empty.text() == texts.EMPTY
    room.page.focus_first()
    assert room.page.side._search.hasFocus()


def test_what_was_asked_meanwhile_is_there_when_the_page_is_shown_again(room, answer_maker) -> None:
    room.page.hide()
    asked = "2026-11-22T16:00:00+01:00"
    room.history.add(answer_maker("Neu?", id="n", asked_at=asked))
    room.page.show()
    room.wait()
    assert room.shown[0] == "n"


def test_how_long_questions_are_kept_is_said(room) -> None:
    assert room.page.side._keeping.isHidden()
    room.history.keep(days=90)
    room.page.refresh()
    room.wait()
    assert room.page.side._keeping.text() == texts.kept_for(90)
    room.history.keep(stores=False)
    room.page.refresh()
    room.wait()
    assert room.page.side._keeping.text() == texts.NOT_STORED


def test_damaged_histories_are_named_and_deleted(room, tmp_path: Path) -> None:
    (tmp_path / "history-unlesbar-20261120-101010.db").write_bytes(b"x")
    room.page.refresh()
    room.wait()
    room.button(texts.UNREADABLE_DELETE).click()
    room.wait()
    assert not list(tmp_path.glob("*unlesbar*"))
    assert room.page.side.message == texts.UNREADABLE_DELETED


def test_an_answer_that_cannot_be_read_is_listed_and_can_be_deleted(room, tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "history.db")
    with connection:
        connection.execute("update turns set answer = '{}', state = '?' where id = 'a'")
    connection.close()
    room.page.refresh()
    room.wait()
    room.open("a")
    assert room.page.answer._hint.text() == texts.GONE
    room.page.delete(["a"])
    room.wait()
    assert "a" not in room.shown


def test_more_than_one_step_is_loaded_on_demand(
    open_room, answer_maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.widgets.history_page._STEP", 3)
    room = open_room()
    assert len(room.shown) == 3
    room.button(texts.MORE).click()
    room.wait()
    assert len(room.shown) == 5
    assert room.page.side._more.isHidden()


def test_the_open_answer_survives_a_restart(in_window, room) -> None:
    room.open("c")
    state = room.page.state()
    again = HistoryPage(room.theme, room.bridge, today=lambda: room.today)
    again.restore({**state, "side": "broken"})
    window = in_window(again)
    window.show()
    room.wait()
    assert again.answer.answer is not None
    assert again.answer.answer.id == "c"
    assert [entry.id for entry in again.side.list.chosen] == ["c"]
    window.close()
    window.deleteLater()


def test_in_a_narrow_window_list_and_answer_take_turns(room) -> None:
    room.window.resize(600, 700)
    QApplication.processEvents()
    assert room.page.side.isVisible()
    assert not room.page.answer.isVisible()
    room.open("a")
    assert not room.page.side.isVisible()
    assert room.page.answer.isVisible()
    room.button(texts.BACK).click()
    assert room.page.side.list.hasFocus()
    assert [entry.id for entry in room.page.side.list.chosen] == ["a"]


def test_every_control_has_a_name(room) -> None:
    room.open("a")
    room.page.delete(["b"])
    room.wait()
    nameless = [
        one
        for one in room.page.findChildren(QWidget)
        if one.isVisible() and one.focusPolicy() & Qt.FocusPolicy.TabFocus and not _spoken(one)
    ]
    assert nameless == []


def _spoken(widget: QWidget) -> str:
    reader = QAccessible.queryAccessibleInterface(widget)
    return reader.text(QAccessible.Text.Name) if reader else ""


def test_the_page_begins_where_work_begins(room) -> None:
    room.page.focus_first()
    assert room.page.side.list.hasFocus()
    assert room.page.side.list.currentIndex().isValid()
    room.press(Qt.Key.Key_F, modifier=Qt.KeyboardModifier.ControlModifier)
    assert room.page.side._search.hasFocus()


def test_no_question_is_highlighted_before_one_is_chosen(room) -> None:
    room.page.focus_first()
    listed = room.page.side.list
    assert not listed.chosen
    assert not room.button(texts.EXPORT).isEnabled()
    assert room.page.answer.answer is None
    room.press(Qt.Key.Key_Return)
    room.qtbot.waitUntil(lambda: room.page.answer.answer is not None, timeout=20_000)
    assert room.page.answer.answer.id == room.shown[0]
    assert [entry.id for entry in listed.chosen] == [room.shown[0]]


def test_a_refused_answer_reads_as_one(open_room, answer_maker, questions) -> None:
    now = datetime.fromisoformat(questions["a"][0])
    refused = answer_maker(
        "Nichts?", id="x", asked_at=(now - timedelta(hours=1)).isoformat(), refused=True, state=State.NOTHING
    )
    room = open_room([replace(refused, evidence=(), sentences=(), ending=Ending.NO_EVIDENCE)])
    assert room.page.side.list.groups[0].entries[0].state is State.NOTHING
    room.open("x")
    assert room.page.answer.turn is not None
    assert "nichts" in room.page.answer.turn.card.state
