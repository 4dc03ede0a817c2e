"""One answer: its state in words, the evidence, what the model made of it, the passages."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QVBoxLayout

from desktop.answer import (
    Answer,
    AnswerEvent,
    Ending,
    EvidenceChosen,
    ModelLoading,
    ModelReading,
    PassagesFound,
    State,
    TextWritten,
)
from desktop.citations import cited_numbers, render_answer
from desktop.evidence import locate_evidence
from desktop.rewording import split_notes
from desktop.texts import window as texts
from desktop.texts.problems import PROBLEMS, explain
from desktop.theme import Theme
from desktop.widgets import answer_state as states
from desktop.widgets.answer_actions import AnswerActions
from desktop.widgets.flowing_text import TEXT_INSET_PX, FlowingText
from desktop.widgets.parts import announce, label, restyle
from desktop.widgets.source_list import SourceList
from desktop.widgets.state_banner import StateBanner
from desktop.widgets.understood_line import UnderstoodLine
from desktop.widgets.unfiltered_offer import UnfilteredOffer
from desktop.widgets.wording_box import WordingBox
from guidelines_db.results import Hit


class AnswerCard(QFrame):
    """Fed with events, then finished once; may be worded anew afterwards."""

    passage_chosen = Signal(int)  # a clicked number
    place_wanted = Signal(object)  # Place: show it in the library
    unfiltered_wanted = Signal()  # the same question without the filters that held

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("card")
        self._hits: tuple[Hit, ...] = ()
        self._evidence: tuple[str, ...] = ()
        self._refused = False
        self._answer: Answer | None = None

        self._banner = StateBanner(theme)
        self._facts = label("", "muted")
        self._facts.hide()
        self._scope = label("", "muted")
        self._scope.hide()
        self._unfiltered = UnfilteredOffer()
        self._unfiltered.wanted.connect(self.unfiltered_wanted)
        self.understood = UnderstoodLine()
        self._notes = label("", "muted")
        self._notes.hide()
        self._wording = WordingBox(theme)
        self._wording.citation_clicked.connect(self.passage_chosen)
        self._evidence_title = label(texts.EVIDENCE, "heading")
        self._evidence_title.hide()
        self._digest = label(texts.EVIDENCE_DIGEST, "small")
        self._digest.hide()
        self._evidence_text = FlowingText(theme, texts.EVIDENCE_LABEL)
        self._evidence_text.citation_clicked.connect(self.passage_chosen)
        self._evidence_text.hide()
        self._sources = SourceList(theme)
        self._sources.chosen.connect(self.passage_chosen)
        self._sources.place_wanted.connect(self.place_wanted)
        self._sources.hide()
        self.tools = AnswerActions(theme)
        self.tools.copy_wanted.connect(self._on_copy)

        for words in (self._facts, self._scope, self._notes, self._evidence_title, self._digest):
            words.setIndent(TEXT_INSET_PX)
        evidence = QVBoxLayout()
        evidence.setSpacing(4)
        evidence.addWidget(self._evidence_title)
        evidence.addWidget(self._digest)
        evidence.addWidget(self._evidence_text)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        for part in (
            *(self._banner, self._facts, self._scope, self._unfiltered),
            *(self.understood, self._notes, self._wording),
        ):
            column.addWidget(part)
        column.addLayout(evidence)
        column.addWidget(self._sources)
        column.addWidget(self.tools)

    @property
    def hits(self) -> tuple[Hit, ...]:
        """The passages; ``hits[n - 1]`` is number n."""
        return self._hits

    @property
    def evidence(self) -> tuple[str, ...]:
        """The verbatim sentences shown as evidence."""
        return self._evidence

    @property
    def first_number(self) -> int:
        """Number of the first passage with evidence, 1 if there is none."""
        found = locate_evidence(self._hits, self._evidence)
        return found[0].source if found else 1

    @property
    def state(self) -> str:
        """The state in words."""
        return self._banner.words

    @property
    def work(self) -> str:
        """What the model does just now, "" if nothing."""
        return self._wording.work

    @property
    def answer(self) -> Answer | None:
        """The finished answer."""
        return self._answer

    @property
    def scope(self) -> str:
        """In what was searched, "" if in everything."""
        return self._scope.text()

    @property
    def text(self) -> str:
        """Wording, note and evidence as they are shown."""
        evidence = "" if self._evidence_text.isHidden() else self._evidence_text.toPlainText()
        return "\n".join(part for part in (self._wording.text, self._wording.note, evidence) if part)

    def show_waiting(self) -> None:
        """Say that the question waits for the collections."""
        self._banner.show_state(states.WAITING)

    def show_event(self, event: AnswerEvent) -> None:
        """Show how far the answer, or its new wording, is."""
        match event:
            case PassagesFound():
                self._show_passages(event.sources, event.evidence, refused=event.refused)
                self._show_evidence(event.text, titled=not event.refused)
                self._show_notes(event.notes)
                self.understood.show_question(event.understood)
                open_yet = event.state is State.POSSIBLE and not event.refused
                state = states.state_of(event.state, refused=event.refused)
                self._banner.show_state(states.ASSESSING if open_yet else state)
                found = texts.count(len(event.sources), "Fundstelle", "Fundstellen")
                self._show_facts("" if event.refused else found)
                announce(self, f"{texts.EVIDENCE_READY}. {self.state}.")
            case EvidenceChosen(text=text, evidence=evidence, state=judged):
                refused = judged is State.NOTHING
                if evidence != self._evidence or refused:
                    self._show_passages(self._hits, evidence, refused=refused)
                self._show_evidence(text, titled=not refused)
                if refused:
                    self._show_facts("")
                self._banner.show_state(states.STATES[judged])
            case ModelLoading():
                self._wording.show_work(texts.WORK_LOADING)
            case ModelReading(done=done, total=total):
                self._wording.show_work(texts.reading(done, total), done, total)
            case TextWritten(text=text):
                self._wording.show_work(texts.WORK_WRITING)
                self._wording.show_text(text, len(self._hits))

    def show_stopping(self) -> None:
        """Say that the wish to stop was heard."""
        self._wording.show_work(texts.WORK_STOPPING)

    def finish(self, answer: Answer, *, fresh: bool) -> None:
        """Show the finished ``answer``; a ``fresh`` one is announced once to screen readers."""
        self._answer = answer
        if (answer.sources, answer.evidence, answer.refused) != (self._hits, self._evidence, self._refused):
            self._show_passages(answer.sources, answer.evidence, refused=answer.refused)
        self._banner.show_state(states.state_of(answer.state, refused=answer.refused))
        self._show_facts(states.facts_of(answer))
        self._scope.setText(answer.scope)
        self._scope.setVisible(bool(answer.scope))
        self._unfiltered.setVisible(answer.refused and bool(answer.filters))
        self._show_notes(split_notes(answer)[0])
        self.understood.show_question(answer.understood)
        self._wording.finish(answer)
        composed = bool(answer.form) and not answer.sentences
        self._evidence_title.setText(texts.EVIDENCE_FORM if composed else texts.EVIDENCE)
        self._show_evidence(states.evidence_of(answer), titled=not answer.refused)
        self._sources.mark_cited(cited_numbers(answer.text, len(answer.sources)))
        self.tools.show_answer(answer)
        if fresh:
            done = texts.ANSWER_COMPLETE if answer.ending is Ending.DONE else texts.ANSWER_UNFINISHED
            announce(self, f"{done}. {self.state}.")

    def finish_rewording(self, answer: Answer, kept_by: str) -> None:
        """Show the new wording; ``kept_by`` names the ending or problem that kept the old one."""
        self.finish(answer, fresh=not kept_by)
        if kept_by in PROBLEMS:
            self.tools.show_message(explain(kept_by).whole)
        elif kept_by:
            stopped = kept_by == Ending.STOPPED.value
            self.tools.show_message(texts.REWORD_STOPPED if stopped else texts.REWORD_FAILED)

    def fail(self, problem: str) -> None:
        """Say in a sentence that no answer came; what was there stays."""
        if self._answer is not None:
            self.finish_rewording(self._answer, problem)
            return
        self._banner.show_state(states.FAILED)
        self._wording.show_note(explain(problem).whole)
        announce(self, f"{texts.ANSWER_UNFINISHED}. {self.state}.")

    def mark_open(self, number: int) -> None:
        """Show which passage is open, 0 for none."""
        self._sources.mark_open(number)

    def focus_passage(self, number: int) -> None:
        """Put the keyboard on the row of a passage."""
        self._sources.focus_row(number)

    def set_current(self, current: bool) -> None:
        """Show whether the number keys mean this answer."""
        self.setProperty("current", "true" if current else "false")
        restyle(self)

    def _show_passages(self, hits: tuple[Hit, ...], evidence: tuple[str, ...], *, refused: bool) -> None:
        self._hits = hits
        self._evidence = evidence
        self._refused = refused
        self._sources.setVisible(bool(hits))
        if hits:
            quoted = {found.source for found in locate_evidence(hits, evidence)}
            self._sources.show_hits(hits, texts.SOURCES_NEAREST if refused else texts.SOURCES, quoted)
            self._sources.follow_focus(self._evidence_text)

    def _show_evidence(self, text: str, *, titled: bool = True) -> None:
        text = states.below_banner(text)
        self._evidence_text.show_html(render_answer(text, len(self._hits)))
        self._evidence_text.setVisible(bool(text))
        self._evidence_title.setVisible(bool(text) and titled)
        cited = cited_numbers(text, len(self._hits))
        self._digest.setVisible(any(self._hits[number - 1].document.digest for number in cited))

    def _show_notes(self, notes: tuple[str, ...]) -> None:
        self._notes.setText("\n".join(notes))
        self._notes.setVisible(bool(notes))

    def _show_facts(self, facts: str) -> None:
        self._facts.setText(facts)
        self._facts.setVisible(bool(facts))

    @Slot()
    def _on_copy(self) -> None:
        if self._answer is not None:
            QGuiApplication.clipboard().setText(states.plain_copy(self._answer))
            self.tools.show_copied()
