"""The passage on the right: where it stands, its text with the marked sentence, its sources."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from desktop.document_place import place_of
from desktop.texts import window as texts
from desktop.theme import Theme
from desktop.widgets.address_list import AddressList
from desktop.widgets.flowing_text import TEXT_INSET_PX, FlowingText
from desktop.widgets.marked_text import Mark, find_marks, marked_html
from desktop.widgets.parts import IconButton, ScrolledPage, announce, badge, label, separator
from desktop.widgets.scroll_area import scrolling
from desktop.widgets.source_list import document_title
from guidelines_db.results import DocumentInfo, Hit


class PassagePane(QFrame):
    """Shows one of an answer's passages; can step to the next and lead to the whole document."""

    closed = Signal()
    number_wanted = Signal(int)
    place_wanted = Signal(object)  # Place: show it in the whole document

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("passage")
        self.setAccessibleName(texts.PASSAGE_LABEL)
        self._theme = theme
        self._hits: tuple[Hit, ...] = ()
        self._evidence: tuple[str, ...] = ()
        self._number = 0

        self._back = IconButton(theme, "back", texts.PASSAGE_BACK, text=f" {texts.PASSAGE_BACK}")
        self._back.clicked.connect(self.closed)
        self._back.hide()
        self._heading = label("", "muted")
        self._previous = IconButton(theme, "previous", texts.PASSAGE_PREVIOUS)
        self._previous.clicked.connect(lambda: self.number_wanted.emit(self._number - 1))
        self._next = IconButton(theme, "next", texts.PASSAGE_NEXT)
        self._next.clicked.connect(lambda: self.number_wanted.emit(self._number + 1))
        self._close = IconButton(theme, "close", texts.PASSAGE_CLOSE)
        self._close.clicked.connect(self.closed)
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self._heading, 1)
        for button in (self._previous, self._next, self._close):
            head.addWidget(button)

        self._title = label("", "title")
        self._facts = label("", "muted")
        self._digest = badge(texts.DIGEST, "badge")
        self._section = label("", "heading")
        self._text = FlowingText(theme, texts.PASSAGE_TEXT_LABEL)
        self._legend = label("", "small")
        self._document = QPushButton(texts.WHOLE_DOCUMENT)
        self._document.setEnabled(False)  # the first passage comes a moment after the pane
        self._document.clicked.connect(self._on_document)
        self._addresses = AddressList(theme)

        for words in (self._heading, self._title, self._facts, self._section, self._legend):
            words.setIndent(TEXT_INSET_PX)
        content = ScrolledPage()
        column = QVBoxLayout(content)
        column.setContentsMargins(20, 4, 20, 20)
        column.setSpacing(10)
        column.addWidget(self._title)
        column.addWidget(self._facts)
        column.addWidget(self._digest, 0, Qt.AlignmentFlag.AlignLeft)
        for widget in (self._section, self._text, self._legend):
            column.addWidget(widget)
        column.addWidget(self._document)
        column.addSpacing(6)
        column.addWidget(separator())
        column.addWidget(self._addresses)
        column.addStretch()
        self._scroll = scrolling(content)
        top = QVBoxLayout()
        top.setContentsMargins(20, 16, 14, 6)
        top.setSpacing(8)
        top.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)
        top.addLayout(head)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self._scroll, 1)

    @property
    def number(self) -> int:
        """Number of the open passage, 0 if none."""
        return self._number

    @property
    def text(self) -> str:
        """The text as it is shown."""
        return self._text.toPlainText()

    def set_alone(self, alone: bool) -> None:
        """Offer a way back where the pane stands in the place of the conversation."""
        self._back.setVisible(alone)
        self._close.setVisible(not alone)

    def show_passage(self, hits: Sequence[Hit], number: int, evidence: Sequence[str] = ()) -> None:
        """Show number ``number`` (from 1) of ``hits``; sentences of ``evidence`` in it are marked."""
        self._hits = tuple(hits)
        self._evidence = tuple(evidence)
        self._number = number
        hit = self._hits[number - 1]
        self._heading.setText(texts.passage_number(number, len(self._hits)))
        self._document.setEnabled(True)
        self._previous.setEnabled(number > 1)
        self._next.setEnabled(number < len(self._hits))
        self._title.setText(document_title(hit.document))
        self._facts.setText(_facts(hit.document))
        self._digest.setVisible(hit.document.digest)
        self._addresses.show_addresses(hit.document.sources)
        self._show_section(hit)
        self._scroll.verticalScrollBar().setValue(0)
        announce(self, f"{texts.passage_number(number, len(self._hits))}: {document_title(hit.document)}")

    def mark(self, evidence: Sequence[str]) -> None:
        """Mark sentences of another ``evidence`` in the passage that is shown."""
        if tuple(evidence) != self._evidence:
            self._evidence = tuple(evidence)
            self._show_section(self._hits[self._number - 1])

    def focus_text(self) -> None:
        """Put the cursor into the text of the passage."""
        self._text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_section(self, hit: Hit) -> None:
        self._section.setText(hit.section)
        self._section.setVisible(bool(hit.section))
        marks = find_marks(hit.text, hit.sentence, self._evidence)
        self._show_legend({kind for _, _, kind in marks})
        self._text.show_html(marked_html(hit.text, marks))

    def _show_legend(self, kinds: Collection[Mark]) -> None:
        self._legend.setText(texts.legend(best=Mark.BEST in kinds, evidence=Mark.EVIDENCE in kinds))
        self._legend.setVisible(bool(kinds))

    @Slot()
    def _on_document(self) -> None:
        self.place_wanted.emit(place_of(self._hits[self._number - 1], self._evidence))


def _facts(document: DocumentInfo) -> str:
    facts = [document.region, texts.kind(document.kind) if document.kind else ""]
    if document.published:
        facts.append(
            f"vom {texts.german_date(document.published)}"
            if len(document.published) == 10
            else f"Stand {texts.german_date(document.published)}"
        )
    if document.retrieved:
        facts.append(f"abgerufen {texts.german_date(document.retrieved)}")
    if document.own:
        facts.append(texts.OWN_DOCUMENT)
    return " · ".join(fact for fact in facts if fact)
