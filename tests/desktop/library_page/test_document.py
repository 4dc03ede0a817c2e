"""A document on the page Bibliothek: read, searched, copied, printed."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtWidgets import QAbstractButton

from desktop.document_place import Place, place_of
from desktop.policy import Policy
from desktop.texts import library as texts
from desktop.texts import window as window_texts
from desktop.texts.problems import explain
from desktop.widgets.library import printing


def test_enter_opens_a_document_with_all_that_belongs_to_it(listed, room) -> None:
    row = next(n for n, one in enumerate(listed(room)) if one.info.sources and len(one.topics) > 1)
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


def test_a_heading_of_the_contents_leads_there(listed, room) -> None:
    room.open_row(next(n for n, one in enumerate(listed(room)) if len(one.topics) > 4))
    view = room.page.view
    contents = view.side.contents
    contents.setFocus()
    contents.setCurrentRow(2)
    room.press(Qt.Key.Key_Return, contents)
    assert view.reader.text.hasFocus()
    cursor = view.reader.text.textCursor()
    assert room.page.document is not None
    assert cursor.block().text().strip() == room.page.document.parts[2].heading


def test_a_topic_leads_to_the_next_section_that_speaks_of_it(listed, room) -> None:
    room.open_row(next(n for n, one in enumerate(listed(room)) if len(one.topics) > 4))
    document, view = room.page.document, room.page.view
    assert document is not None
    topic = document.holding.topics[-1]
    sections = [n for n, part in enumerate(document.parts) if topic in part.topics]
    for expected in (*sections, sections[0]):
        view.side.chips[-1].click()
        assert view.side.contents.currentRow() == expected


def test_a_passage_opens_with_its_sentence_marked_and_in_sight(room) -> None:
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
def test_the_marked_sentence_is_in_sight_deep_in_a_document_too(open_room, percent: int) -> None:
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


def test_what_was_searched_for_is_marked_in_the_document(room) -> None:
    room.search("kennzeichnung")
    room.open_row()
    assert room.page.view.reader.text.found > 0


def test_the_document_is_searched_with_ctrl_f_and_f3(listed, room) -> None:
    room.open_row(next(n for n, one in enumerate(listed(room)) if "Wien" in one.names))
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


def test_back_and_forward_lead_through_documents_and_list(listed_id, room) -> None:
    room.open_row(0)
    first = room.page.document
    room.page.show_document("gemo-bw", listed_id(room, "gemo-bw"))
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


def test_a_document_that_is_gone_leads_back_to_the_list_with_a_sentence(room) -> None:
    room.page.show_document("recht", "gibt-es-nicht")
    room.wait()
    assert room.page.document is None
    assert explain("unknown_document").sentence in room.labels
    assert room.page.list.isVisible()


def test_old_documents_warn_and_young_ones_do_not(room, own_file: Path) -> None:
    room.take(own_file)
    room.page.show_document("Eigene", "Hundewiese")
    room.wait()
    assert texts.OLD in room.page.view.badges
    assert "Dieses Dokument ist rund 6½ Jahre alt." in room.page.view.reader.text.toPlainText()
    young = next(one for one in room.page._holdings if one.info.published >= "2025")
    room.page.show_document(*young.key)
    room.wait()
    assert texts.OLD not in room.page.view.badges


def test_text_is_copied_with_its_source(listed_id, room) -> None:
    room.page.show_document("recht", listed_id(room, "recht"))
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


def test_a_document_is_printed_through_a_pdf(room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
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


def test_where_pdf_may_not_be_saved_nothing_is_printed(open_room) -> None:
    room = open_room(policy=Policy(export_formats=("md",)))
    room.open_row(0)
    assert texts.PRINT not in [one.text() for one in room.page.findChildren(QAbstractButton)]
    room.page.view.print()
    assert room.page.view.reader.message == ""


def test_html_in_a_document_is_shown_as_text(room, tmp_path: Path) -> None:
    file = tmp_path / "Boese.txt"
    file.write_text("Titel\n\n1 < 2 & &lt;script&gt; bleibt <-- so stehen.", encoding="utf-8")
    room.take(file)
    room.page.show_document("Eigene", "Boese")
    room.wait()
    assert "1 < 2 & &lt;script&gt; bleibt" in room.page.view.reader.text.toPlainText()
