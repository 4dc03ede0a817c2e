"""Passages beside an answer: marks, whole documents, addresses; nothing in them is ever run or loaded."""

from typing import TypeVar

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QTextBrowser, QWidget

from desktop.texts import window as texts
from desktop.texts.problems import explain
from desktop.widgets.source_list import document_title

W = TypeVar("W", bound=QWidget)


def visible(root: QWidget, kind: type[W], name: str) -> list[W]:
    """Return the visible controls that a screen reader would call ``name``."""
    return [one for one in root.findChildren(kind) if one.accessibleName() == name and one.isVisible()]


def named(root: QWidget, kind: type[W], name: str) -> W:
    """Return the one visible control that a screen reader would call ``name``."""
    found = visible(root, kind, name)
    assert len(found) == 1, f"{len(found)} controls named {name!r}"
    return found[0]


def shown_texts(window: QWidget) -> str:
    """Return the text of all visible labels."""
    return "\n".join(one.text() for one in window.findChildren(QLabel) if one.isVisible())


def test_a_click_on_a_citation_opens_that_passage_with_its_sentence_marked(open_desk) -> None:
    desk = open_desk()
    desk.ask("Frage?")
    card = desk.window.questions.current_turn.card
    card._wording._text.anchorClicked.emit(QUrl("cite:2"))
    pane = desk.window.questions._passage
    assert pane.number == 2
    shown = shown_texts(pane)
    assert "Stadt Wien – Dienstanweisung" in shown
    assert texts.DIGEST in shown
    assert "abgerufen 22.11.2026" in shown
    assert marked(pane._text, bold=True) == card.hits[1].sentence
    assert marked(pane._text, bold=False) == "Die Dienstanweisung 2 regelt, welche Werkzeuge genutzt werden."
    assert texts.PASSAGE_MARKED_MORE in shown


def marked(view: QTextBrowser, *, bold: bool) -> str:
    """Return the text on a coloured ground, the bold or the other part of it."""
    return "".join(
        part.text()
        for block in _blocks(view)
        for part in _fragments(block)
        if part.charFormat().background().style() != Qt.BrushStyle.NoBrush
        and (part.charFormat().fontWeight() > QFont.Weight.Medium) == bold
    )


def _blocks(view: QTextBrowser):
    block = view.document().begin()
    while block.isValid():
        yield block
        block = block.next()


def _fragments(block):
    iterator = block.begin()
    while not iterator.atEnd():
        yield iterator.fragment()
        iterator += 1


def test_addresses_are_copied_whole(open_desk) -> None:
    desk = open_desk()
    desk.ask("Frage?")
    address = desk.window.questions.current_turn.card.hits[0].document.sources[0]
    named(desk.window, QPushButton, texts.ADDRESS_COPY_LABEL.format(address=address)).click()
    assert QGuiApplication.clipboard().text() == address


def test_the_whole_document_is_wanted_at_the_passage(open_desk) -> None:
    desk = open_desk()
    desk.ask("Frage?")
    hit = desk.window.questions.current_turn.card.hits[0]
    button = next(one for one in desk.window.findChildren(QPushButton) if one.text() == texts.WHOLE_DOCUMENT)
    with desk.qtbot.waitSignal(desk.window.questions.place_wanted) as wanted:
        button.click()
    place = wanted.args[0]
    assert (place.collection, place.document) == (hit.document.collection, hit.document.id)
    assert (place.heading, place.sentence) == (hit.section, hit.sentence)
    assert hit.sentence in place.evidence
    assert desk.window.shown == "library"


def test_a_document_among_the_sources_is_wanted_too(open_desk) -> None:
    desk = open_desk()
    desk.ask("Frage?")
    hit = desk.window.questions.current_turn.card.hits[1]
    name = texts.SOURCE_DOCUMENT.format(title=document_title(hit.document))
    # What was there is shown anew when the answer is whole; it stands once events were handled.
    desk.qtbot.waitUntil(lambda: bool(visible(desk.window, QPushButton, name)))
    with desk.qtbot.waitSignal(desk.window.questions.place_wanted) as wanted:
        named(desk.window, QPushButton, name).click()
    assert (wanted.args[0].document, wanted.args[0].heading) == ("wien", hit.section)
    assert desk.window.shown == "library"


def test_html_of_model_or_document_is_shown_as_text(open_desk, assistant_type, hit_maker) -> None:
    poison = '<img src="http://example.org/x.png"><script>alert(1)</script><b>fett</b>'
    hits = (hit_maker(1, text=f"Vorweg. {poison}"),)
    desk = open_desk(assistant_type(hits=hits, pieces=(f"{poison} [1]",)))
    desk.ask("Frage?")
    assert poison in desk.window.questions.current_turn.card.text
    assert "http" not in " ".join(
        part.charFormat().anchorHref()
        for view in desk.window.questions.current_turn.card.findChildren(QTextBrowser)
        for block in _blocks(view)
        for part in _fragments(block)
    )
    assert poison in desk.window.questions._passage.text


def test_text_never_loads_anything(open_desk) -> None:
    desk = open_desk()
    desk.ask("Frage?")
    view = desk.window.questions.current_turn.card._evidence_text
    for kind in (1, 2, 3, 4):
        assert view.loadResource(kind, QUrl("file:///etc/hostname")) is None


def test_a_document_that_is_gone_is_a_notice(open_desk) -> None:
    desk = open_desk()
    desk.ask("Frage?")
    button = next(one for one in desk.window.findChildren(QPushButton) if one.text() == texts.WHOLE_DOCUMENT)
    desk.qtbot.waitUntil(button.isEnabled, timeout=20_000)
    button.click()
    desk.qtbot.waitUntil(
        lambda: explain("unknown_document").sentence in shown_texts(desk.window), timeout=20_000
    )
    assert desk.window.shown == "library"
