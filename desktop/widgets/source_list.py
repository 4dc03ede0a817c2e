"""The passages of an answer, grouped by document; a click opens one."""

from collections.abc import Collection, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.document_place import place_of
from desktop.texts import window as texts
from desktop.theme import Theme
from desktop.widgets.flowing_text import TEXT_INSET_PX
from desktop.widgets.parts import CardButton, IconLabel, badge, label
from guidelines_db.results import DocumentInfo, Hit


def document_title(document: DocumentInfo) -> str:
    """Return publisher and title in a line."""
    if not document.publisher or document.publisher in document.title:
        return document.title
    return f"{document.publisher} – {document.title}"


def document_facts(document: DocumentInfo) -> str:
    """Return Land, kind and whether the wording or a summary is shown."""
    facts = [document.region, texts.kind(document.kind) if document.kind else ""]
    if document.digest:
        facts.append(texts.DIGEST)
    elif document.own:
        facts.append(texts.OWN_DOCUMENT)
    return " · ".join(fact for fact in facts if fact)


class SourceList(QWidget):
    """Rows numbered as in the answer; ``chosen`` reports the number of a clicked one.

    The documents above them lead into the library.
    """

    chosen = Signal(int)
    place_wanted = Signal(object)  # Place: show it in its document

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._open = 0
        self._shown: tuple[tuple[Hit, ...], str] | None = None
        self._sentences: dict[int, QLabel] = {}
        self._rows: dict[int, CardButton] = {}
        self._stops: list[CardButton] = []  # all that can be clicked, as it is shown
        self._tags: dict[int, QLabel] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def show_hits(self, hits: Sequence[Hit], heading: str, quoted: Collection[int] = ()) -> None:
        """Show ``hits`` under ``heading``; hits of one document stand together, best document first.

        Those in ``quoted`` stand word for word elsewhere on the card and need no sentence here.
        """
        if (tuple(hits), heading) != self._shown:
            self._shown = (tuple(hits), heading)
            self._make(hits, heading)
        for number, sentence in self._sentences.items():
            sentence.setVisible(number not in quoted)

    def _make(self, hits: Sequence[Hit], heading: str) -> None:
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._open = 0
        self._sentences.clear()
        self._rows.clear()
        self._stops.clear()
        self._tags.clear()
        # Shown as one: the whole conversation is laid out anew for each part that is put into it.
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        title = label(heading, "heading")
        title.setIndent(TEXT_INSET_PX)
        column.addWidget(title)
        groups: dict[tuple[str, str], list[tuple[int, Hit]]] = {}
        for number, hit in enumerate(hits, start=1):
            groups.setdefault((hit.document.collection, hit.document.id), []).append((number, hit))
        for members in groups.values():
            column.addWidget(self._head(members[0][1]))
            for number, hit in members:
                column.addWidget(self._row(number, hit))
        self._column.addWidget(whole)

    def follow_focus(self, before: QWidget) -> None:
        """Let the tab key walk from ``before`` through documents and rows as they are shown."""
        for stop in self._stops:
            QWidget.setTabOrder(before, stop)
            before = stop

    def mark_cited(self, numbers: Collection[int]) -> None:
        """Tag the passages that the answer rests on."""
        for number, tag in self._tags.items():
            tag.setVisible(number in numbers)

    def mark_open(self, number: int) -> None:
        """Show which passage is open, 0 for none."""
        self._open = number
        for own, row in self._rows.items():
            row.setChecked(own == number)

    def focus_row(self, number: int) -> None:
        """Put the keyboard on the row of passage ``number``, if there is one."""
        if number in self._rows:
            self._rows[number].setFocus(Qt.FocusReason.OtherFocusReason)

    def _head(self, hit: Hit) -> QWidget:
        document = hit.document
        head = CardButton(texts.SOURCE_DOCUMENT.format(title=document_title(document)), "row")
        head.setToolTip(head.accessibleName())
        head.clicked.connect(partial(self.place_wanted.emit, place_of(hit)))
        row = QHBoxLayout(head)
        row.setContentsMargins(4, 8, 8, 4)
        row.setSpacing(8)
        row.addWidget(IconLabel(self._theme, "document", 18, "muted"), 0, Qt.AlignmentFlag.AlignTop)
        texts_column = QVBoxLayout()
        texts_column.setSpacing(1)
        texts_column.addWidget(label(document_title(document), "strong"))
        texts_column.addWidget(label(document_facts(document), "small"))
        row.addLayout(texts_column, 1)
        head.let_clicks_through()
        self._stops.append(head)
        return head

    def _row(self, number: int, hit: Hit) -> QWidget:
        name = f"{texts.PASSAGE_LABEL} {number}: {document_title(hit.document)}, {hit.section}"
        button = CardButton(name, "row")
        button.setCheckable(True)
        button.toggled.connect(partial(self._on_toggled, number))
        mark = label(f"[{number}]", "number", wrap=False)
        tag = badge(texts.SOURCE_CITED, "plain")
        tag.hide()
        title = QHBoxLayout()
        title.setSpacing(8)
        title.addWidget(label(hit.section), 1)
        title.addWidget(tag, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addLayout(title)
        if hit.sentence:
            self._sentences[number] = label(f"„{hit.sentence}“", "muted")
            column.addWidget(self._sentences[number])
        row = QHBoxLayout(button)
        row.setContentsMargins(24, 6, 8, 6)
        row.setSpacing(8)
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
        button.let_clicks_through()
        self._rows[number] = button
        self._stops.append(button)
        self._tags[number] = tag
        return button

    def _on_toggled(self, number: int, on: bool) -> None:
        # Not `clicked`: a screen reader toggles a button without a click.
        if on != (number == self._open):
            self._open = number
            self._rows[number].setChecked(True)
            self.chosen.emit(number)
