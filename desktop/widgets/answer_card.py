"""One answer: its state in words, the streamed text, the passages, and copying."""

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout

from desktop.answer import Answer, AnswerEvent, ModelLoading, ModelReading, PassagesFound, TextWritten
from desktop.citations import cited_numbers, render_answer
from desktop.texts import window as texts
from desktop.texts.problems import explain
from desktop.theme import Theme
from desktop.widgets.answer_state import StateLine, Tone, finished_state, finished_text, plain_copy
from desktop.widgets.flowing_text import FlowingText
from desktop.widgets.parts import IconButton, announce, badge, label, restyle
from desktop.widgets.source_list import SourceList
from guidelines_db.results import Hit

_COPIED_SHOWN_MS = 2000


class AnswerCard(QFrame):
    """Fed with events, then finished once. ``passage_chosen`` reports a clicked number."""

    passage_chosen = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("card")
        self._theme = theme
        self._hits: tuple[Hit, ...] = ()
        self._answer: Answer | None = None

        self._word = badge("", "plain")
        self._facts = label("", "muted")
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName(texts.STATE_LOADING)
        self._progress.hide()
        self._text = FlowingText(theme, texts.ANSWER_LABEL)
        self._text.citation_clicked.connect(self.passage_chosen)
        self._text.hide()
        self._notes = label("", "muted")
        self._notes.hide()
        self._sources = SourceList(theme)
        self._sources.chosen.connect(self.passage_chosen)
        self._sources.hide()
        self._copy = IconButton(theme, "copy", texts.COPY_LABEL, text=f" {texts.COPY}")
        self._copy.clicked.connect(self._on_copy)
        self._copy.hide()
        self._copied = QTimer(self, singleShot=True, interval=_COPIED_SHOWN_MS)
        self._copied.timeout.connect(self._show_copy)

        state = QHBoxLayout()
        state.setSpacing(10)
        state.addWidget(self._word, 0, Qt.AlignmentFlag.AlignTop)
        state.addWidget(self._facts, 1)
        actions = QHBoxLayout()
        actions.addWidget(self._copy)
        actions.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addLayout(state)
        column.addWidget(self._progress)
        column.addWidget(self._text)
        column.addWidget(self._notes)
        column.addWidget(self._sources)
        column.addLayout(actions)
        self._show_state(StateLine(texts.STATE_SEARCHING, "plain"))

    @property
    def hits(self) -> tuple[Hit, ...]:
        """The passages; ``hits[n - 1]`` is number n."""
        return self._hits

    @property
    def state(self) -> str:
        """The state in words."""
        return self._word.text()

    @property
    def answer(self) -> Answer | None:
        """The finished answer."""
        return self._answer

    @property
    def text(self) -> str:
        """The text as it is shown."""
        return self._text.toPlainText()

    def show_waiting(self) -> None:
        """Say that the question waits for the collections."""
        self._show_state(StateLine(texts.STATE_WAITING, "plain"))

    def show_event(self, event: AnswerEvent) -> None:
        """Show how far the answer is."""
        if self._answer is not None:
            return
        match event:
            case PassagesFound():
                self._show_passages(event.sources, event.notes, refused=event.refused)
                self._show_state(StateLine(texts.STATE_SEARCHING, "plain", self._found_facts()))
            case ModelLoading():
                self._show_progress(0, 0, texts.STATE_LOADING)
            case ModelReading(done=done, total=total):
                self._show_progress(done, total, texts.reading(done, total))
            case TextWritten(text=text):
                self._progress.hide()
                self._show_state(StateLine(texts.STATE_WRITING, "plain", self._found_facts()))
                self._show_text(text)

    def show_stopping(self) -> None:
        """Say that the wish to stop was heard."""
        if self._answer is None:
            self._show_state(StateLine(texts.STATE_STOPPING, "plain", self._found_facts()))

    def finish(self, answer: Answer, *, fresh: bool) -> None:
        """Show the finished ``answer``; a ``fresh`` one is announced once to screen readers."""
        self._answer = answer
        self._progress.hide()
        if answer.sources != self._hits or not self._hits:
            self._show_passages(answer.sources, answer.notes, refused=answer.refused)
        self._show_state(finished_state(answer))
        text = finished_text(answer)
        self._show_text(text)
        self._sources.mark_cited(cited_numbers(text, len(answer.sources)))
        self._copy.show()
        if fresh:
            done = texts.ANSWER_COMPLETE if answer.ending.value == "done" else texts.ANSWER_UNFINISHED
            announce(self, f"{done}. {self.state}.")

    def fail(self, problem: str) -> None:
        """Say in a sentence that no answer came; the passages stay."""
        self._progress.hide()
        self._show_state(StateLine(texts.STATE_FAILED, "bad", self._found_facts()))
        self._show_text(explain(problem).whole)
        announce(self, f"{texts.ANSWER_UNFINISHED}. {self.state}.")

    def mark_open(self, number: int) -> None:
        """Show which passage is open, 0 for none."""
        self._sources.mark_open(number)

    def set_current(self, current: bool) -> None:
        """Show whether the number keys mean this answer."""
        self.setProperty("current", "true" if current else "false")
        restyle(self)

    def _found_facts(self) -> str:
        return texts.count(len(self._hits), "Fundstelle", "Fundstellen") if self._hits else ""

    def _show_passages(self, hits: tuple[Hit, ...], notes: tuple[str, ...], *, refused: bool) -> None:
        self._hits = hits
        self._sources.setVisible(bool(hits))
        if hits:
            self._sources.show_hits(hits, texts.SOURCES_NEAREST if refused else texts.SOURCES)
        self._notes.setText("\n".join(notes))
        self._notes.setVisible(bool(notes))

    def _show_progress(self, done: int, total: int, state: str) -> None:
        self._progress.setRange(0, total)
        self._progress.setValue(done)
        self._progress.setAccessibleName(state)
        self._progress.show()
        self._show_state(StateLine(state, "plain", self._found_facts()))

    def _show_text(self, text: str) -> None:
        self._text.show_html(render_answer(text, len(self._hits)))
        self._text.setVisible(bool(text))

    def _show_state(self, state: StateLine) -> None:
        tone: Tone = state.tone
        if self._word.property("role") != tone:
            self._word.setProperty("role", tone)
            restyle(self._word)
        if self._word.text() != state.word:
            self._word.setText(state.word)
        self._facts.setText(state.facts)

    @Slot()
    def _on_copy(self) -> None:
        if self._answer is not None:
            QGuiApplication.clipboard().setText(plain_copy(self._answer))
            self._copy.setText(f" {texts.COPIED}")
            self._copy.show_icon("check")
            announce(self, texts.COPIED)
            self._copied.start()

    @Slot()
    def _show_copy(self) -> None:
        self._copy.setText(f" {texts.COPY}")
        self._copy.show_icon("copy")
