"""What the model made of the evidence: its checked sentences, how they fared, and how far it is."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from desktop.answer import Answer
from desktop.citations import render_answer
from desktop.texts import window as texts
from desktop.theme import Theme
from desktop.widgets.answer_state import wording_heading, wording_note
from desktop.widgets.flowing_text import TEXT_INSET_PX, FlowingText
from desktop.widgets.parts import label


class WordingBox(QWidget):
    """Shown only while it has something to say."""

    citation_clicked = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._heading = label(texts.WORDING, "heading")
        self._note = label("", "muted")
        self._text = FlowingText(theme, texts.WORDING)
        self._text.citation_clicked.connect(self.citation_clicked)
        self._work = label("", "muted")
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for widget in (self._heading, self._text, self._note, self._work, self._progress):
            column.addWidget(widget)
            widget.hide()
        for words in (self._heading, self._note, self._work):
            words.setIndent(TEXT_INSET_PX)
        self.hide()

    @property
    def text(self) -> str:
        """The sentences as they are shown, "" if there are none."""
        return "" if self._text.isHidden() else self._text.toPlainText()

    @property
    def note(self) -> str:
        """How the sentences fared."""
        return "" if self._note.isHidden() else self._note.text()

    @property
    def work(self) -> str:
        """What the model does just now, "" if nothing."""
        return "" if self._work.isHidden() else self._work.text()

    def show_work(self, work: str, done: int = 0, total: int = 0) -> None:
        """Say what the model does; 0 of 0 if its end cannot be told."""
        self._work.setText(work)
        self._progress.setRange(0, total)
        self._progress.setValue(done)
        self._progress.setAccessibleName(work)
        self._set_visible(self._work, self._progress, visible=True)

    def show_text(self, text: str, passages: int) -> None:
        """Show the sentences so far; ``passages`` can be cited."""
        self._heading.setText(texts.WORDING)
        self._text.show_html(render_answer(text, passages))
        self._set_visible(self._heading, self._text, visible=bool(text))

    def show_note(self, note: str) -> None:
        """Say ``note`` instead of what the model does."""
        self._note.setText(note)
        self._set_visible(self._work, self._progress, visible=False)
        self._set_visible(self._note, visible=bool(note))

    def finish(self, answer: Answer) -> None:
        """Show what ``answer`` holds of the model."""
        self.show_text(answer.text if answer.sentences else "", len(answer.sources))
        self._heading.setText(wording_heading(answer))
        self._text.setAccessibleName(wording_heading(answer))
        self.show_note(wording_note(answer))

    def _set_visible(self, *widgets: QWidget, visible: bool) -> None:
        for widget in widgets:
            widget.setVisible(visible)
        parts = (self._heading, self._note, self._work)
        self.setVisible(any(not part.isHidden() for part in parts))
