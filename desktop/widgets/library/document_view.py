"""The reader of the library: one document, what belongs to it, and what can be done with it."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.document_age import age_of
from desktop.document_place import Place
from desktop.full_document import FullDocument, with_source
from desktop.policy import Policy
from desktop.texts import library as texts
from desktop.texts import window
from desktop.theme import Theme
from desktop.widgets.flow_layout import FlowRow
from desktop.widgets.library.document_html import NOWHERE, DocumentHtml, document_html, section_anchor
from desktop.widgets.library.document_side import DocumentSide
from desktop.widgets.library.printing import Printing
from desktop.widgets.page import Fetcher
from desktop.widgets.parts import IconButton, announce, badge, fill, label
from desktop.widgets.reading.reader import Action, Reader
from desktop.widgets.reading.two_panes import TwoPanes

# Pixels at 100 % type size.
_LEAST_SIDE = 260
_WIDEST_SIDE = 340
_LEAST_TEXT = 460
_ABOVE_SENTENCE = 90  # what is seen of the text before a marked sentence


class DocumentView(QWidget):
    """Text and side stand beside each other, or take turns where there is room for one."""

    list_wanted = Signal()
    back_wanted = Signal()
    forward_wanted = Signal()
    remove_wanted = Signal(object)  # Holding
    moved = Signal()  # the border between side and text

    def __init__(self, theme: Theme, fetcher: Fetcher, policy: Policy, today: Callable[[], date]) -> None:
        super().__init__()
        self._theme = theme
        self._printing = Printing(fetcher, self)
        self._may_print = policy.allows_export("pdf")  # what is printed can be kept as PDF
        self._today = today
        self._document: FullDocument | None = None
        self._place = NOWHERE
        self._titled = False  # the title stands in the text
        self.side = DocumentSide(theme)
        self.reader = Reader(theme, texts.TEXT_LABEL, texts.TO_SIDE, "document")
        self._list = IconButton(theme, "back", texts.TO_LIST_LABEL, text=f" {texts.TO_LIST}")
        self.reader.lead_with(self._list)
        self.reader.show_above(self._make_head())
        self.panes = TwoPanes(
            theme,
            self.side,
            self.reader,
            least_side=_LEAST_SIDE,
            widest_side=_WIDEST_SIDE,
            least_text=_LEAST_TEXT,
        )
        fill(self, self.panes)
        self._connect()

    @property
    def document(self) -> FullDocument | None:
        """What is shown."""
        return self._document

    @property
    def badges(self) -> tuple[str, ...]:
        """What is said about the document above its text."""
        return tuple(one.text() for one in self._badges if not one.isHidden())

    def show_document(self, document: FullDocument, place: Place, words: tuple[str, ...] = ()) -> None:
        """Show ``document`` at ``place``; ``words`` that were searched for are marked."""
        self._document = document
        info = document.info
        self._title.setText(info.title)
        self.reader.text.setAccessibleName(f"{texts.TEXT_LABEL}: {info.title}")
        self._digest.setVisible(info.digest)
        self._old.setVisible(bool(age_of(info, self._today()).warning))
        self._own.setVisible(info.own)
        self.reader.text.setAccessibleDescription(", ".join(self.badges))
        self._place = place
        self.side.show_document(document)
        self.panes.show_text()
        made = self._draw()
        section = document.section_of(place)
        if section is not None:
            self.side.contents.mark(section)
        self.reader.text.mark(words)
        if made.target:
            self.reader.text.go_to(made.target, self._theme.px(_ABOVE_SENTENCE) if made.marked else 0)
        announce(self, texts.OPENED.format(title=info.title))

    def focus_first(self) -> None:
        """Put the keyboard into what is shown."""
        if self.panes.on_side:
            self.side.focus_first()
        else:
            self.reader.focus_text()

    def focus_find(self) -> None:
        """Search in the document."""
        self._show_text()
        self.reader.focus_find()

    def close_something(self) -> bool:
        """Close search or side, if one is open; False if there was nothing to close."""
        if self.reader.close_find():
            return True
        if self.panes.on_side:
            self._show_text()
            return True
        return False

    @Slot()
    def copy(self) -> None:
        """Copy what is selected, or all, with its source."""
        document = self._document
        if document is None:
            return
        cursor = self.reader.text.textCursor()
        selected = cursor.selection().toPlainText()
        text = selected or document.text
        heading = self._section_at(cursor.selectionStart()) if selected else ""
        QGuiApplication.clipboard().setText(with_source(text, document.info, heading))
        self.reader.say(texts.COPIED_PART if selected else texts.COPIED_WHOLE)

    @Slot()
    def print(self) -> None:
        """Print the document."""
        if self._document is not None and self._may_print:
            self._printing.print(self._document, self._today(), self.reader.say)

    def _make_head(self) -> QWidget:
        self._title = label("", "title")
        self._digest = badge(window.DIGEST, "badge")
        self._old = badge(texts.OLD, "badge")
        self._own = badge(window.OWN_DOCUMENT, "plain")
        self._badges = (self._digest, self._old, self._own)
        row = FlowRow(gap=6)
        for one in self._badges:
            row.flow.addWidget(one)
        head = QWidget()
        column = QVBoxLayout(head)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(6)
        column.addWidget(self._title)
        column.addWidget(row)
        return head

    def _draw(self, *, keep_place: bool = False) -> DocumentHtml:
        """Show the document; where room is short its title scrolls with the text."""
        if self._document is None:
            raise RuntimeError("there is no document")
        made = document_html(self._document, self._today(), self._place, titled=self._titled)
        self.reader.show_page(made.html, self._actions(self._document), keep_place=keep_place)
        return made

    def _connect(self) -> None:
        self._list.clicked.connect(self.list_wanted)
        self.reader.back_wanted.connect(self.back_wanted)
        self.reader.forward_wanted.connect(self.forward_wanted)
        self.reader.contents_wanted.connect(self._show_side)
        self.side.text_wanted.connect(self._show_text)
        self.side.section_wanted.connect(self._on_section)
        self.side.topic_wanted.connect(self._on_topic)
        self.panes.moved.connect(self.moved)
        self.panes.arranged.connect(self._fit)

    def _actions(self, document: FullDocument) -> tuple[Action, ...]:
        actions: list[Action] = [(texts.COPY, texts.COPY_LABEL, self.copy)]
        if self._may_print:
            actions.append((texts.PRINT, texts.PRINT_LABEL, self.print))
        if document.info.own:
            holding = document.holding
            actions.append((texts.REMOVE, texts.REMOVE_LABEL, lambda: self.remove_wanted.emit(holding)))
        return tuple(actions)

    def _section_at(self, position: int) -> str:
        """Return the heading of the section in which the character ``position`` of the text stands."""
        if self._document is None:
            return ""
        found = ""
        for number, part in enumerate(self._document.parts):
            start = self.reader.text.position_of(section_anchor(number))
            if start is None or start > position:
                break
            found = part.heading
        return found

    @Slot(int)
    def _on_section(self, number: int) -> None:
        self._show_text()
        self.reader.text.go_to(section_anchor(number))
        self.reader.focus_text()

    @Slot(str)
    def _on_topic(self, topic: str) -> None:
        """Go to the next section with this topic, after the last from the first again."""
        if self._document is None:
            return
        sections = [n for n, part in enumerate(self._document.parts) if topic in part.topics]
        here = self.side.contents.currentRow()
        # The current heading may be the first that speaks of it, and not have been gone to yet.
        after = [n for n in sections if n > here] or sections
        if after:
            self.side.contents.mark(after[0])
            self._on_section(after[0])

    @Slot()
    def _show_side(self) -> None:
        self.panes.show_side()
        self.side.focus_first()

    @Slot()
    def _show_text(self) -> None:
        had_focus = self.side.isAncestorOf(self.window().focusWidget() or self)
        self.panes.show_text()
        if self.panes.alone and had_focus:
            self.reader.focus_text()

    @Slot(int)
    def _fit(self, space: int) -> None:
        alone = self.panes.alone
        self.side.set_margins(side=space, right=space if alone else self._theme.px(12))
        self.side.set_alone(alone=alone)
        self.reader.set_margins(space)
        self.reader.set_alone(alone=alone)
        self._title.setVisible(not alone)
        if alone != self._titled:
            self._titled = alone
            if self._document is not None:
                self._draw(keep_place=True)
