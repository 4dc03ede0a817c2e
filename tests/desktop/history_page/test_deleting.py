"""What is deleted on the page Verlauf can be undone until the page is left, and is gone then."""

from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt

from desktop.texts import history as texts


def test_delete_hides_and_undo_brings_back(room) -> None:
    room.choose("b")
    room.press(Qt.Key.Key_Delete)
    room.wait()
    assert room.shown == ("a", "c", "d", "e")
    assert [entry.id for entry in room.page.side.list.chosen] == ["c"], "the next one is chosen"
    assert room.page.side.undo.text == "1 Frage gelöscht."
    room.choose("d", "e")
    room.button(texts.DELETE).click()
    room.wait()
    assert room.shown == ("a", "c")
    assert room.page.side.undo.text == "3 Fragen gelöscht."
    room.press(Qt.Key.Key_Z, modifier=Qt.KeyboardModifier.ControlModifier)
    room.wait()
    assert room.shown == ("a", "c", "d", "e")
    room.button(texts.UNDO).click()
    room.wait()
    assert room.shown == ("a", "b", "c", "d", "e")
    assert room.page.side.undo.text == ""


def test_a_day_is_deleted_with_its_heading(room) -> None:
    view = room.page.side.list
    view.setCurrentIndex(view.model().index(2, 0, QModelIndex()))
    room.press(Qt.Key.Key_Delete)
    room.wait()
    assert room.shown == ("a", "b", "c")


def test_all_that_is_shown_can_be_deleted_at_once(room) -> None:
    room.search("befangen")
    delete_all = room.page.side._all.menu().actions()[1]
    assert delete_all.text() == texts.DELETE_ALL
    delete_all.trigger()
    room.wait()
    assert room.shown == ()
    assert room.page.side.undo.text == "1 Frage gelöscht."
    room.page.side._search.clear()
    room.qtbot.waitUntil(lambda: room.shown == ("a", "b", "c", "d"))


def test_leaving_the_page_makes_deletions_final(room, tmp_path: Path) -> None:
    room.choose("b")
    room.press(Qt.Key.Key_Delete)
    room.wait()
    assert b"kennzeichnen?" in _bytes_of(tmp_path)
    with room.qtbot.waitSignal(room.page.answers_erased) as erased:
        room.page.hide()
    assert erased.args == [("b",)]
    assert b"kennzeichnen?" not in _bytes_of(tmp_path)
    room.page.show()
    room.wait()
    assert room.page.side.undo.text == ""
    room.page.undo()
    room.wait()
    assert room.shown == ("a", "c", "d", "e")


def test_closing_the_window_makes_deletions_final(room, tmp_path: Path) -> None:
    room.choose("b")
    room.press(Qt.Key.Key_Delete)
    room.wait()
    room.window.close()
    assert room.bridge.close()
    assert b"kennzeichnen?" not in _bytes_of(tmp_path)


def _bytes_of(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())


def test_deleting_the_open_answer_closes_it(room) -> None:
    room.open("a")
    room.page.delete(["a"])
    room.wait()
    assert room.page.answer.answer is None
