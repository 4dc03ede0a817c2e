"""Own documents are taken in and removed on the page Bibliothek."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from desktop.policy import Policy
from desktop.texts import library as texts
from desktop.texts import window as window_texts
from desktop.texts.problems import explain
from desktop.widgets.library import own_documents


def test_files_are_taken_in_and_appear_at_once(
    room, own_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
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
    room, own_file: Path, monkeypatch: pytest.MonkeyPatch
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
    room, own_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(own_documents, "confirm_removal", lambda _, title: bool(asked.append(title)))
    room.press(Qt.Key.Key_Delete, room.page.list.table)
    assert asked == []
    room.take(own_file)
    room.search("Leinenpflicht")
    room.press(Qt.Key.Key_Delete, room.page.list.table)
    assert asked == ["Hundewiese"]


def test_where_the_policy_forbids_it_nothing_is_taken_in(open_room, own_file: Path) -> None:
    room = open_room(policy=Policy(import_allowed=False))
    assert not [
        one
        for one in room.page.findChildren(QAbstractButton)
        if one.text().strip() == texts.TAKE and one.isVisible()
    ]
    room.take(own_file)
    assert explain("import_forbidden").sentence in room.labels
