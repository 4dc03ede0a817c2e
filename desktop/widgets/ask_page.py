"""The page Fragen: lays out conversation and passage, and connects them with the bridge."""

from __future__ import annotations

from dataclasses import asdict, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from desktop.policy import NO_POLICY, Policy
from desktop.settings import Settings, WordingChoice
from desktop.stored_filters import filters_from_values
from desktop.texts import window as texts
from desktop.widgets.collection_bar import CollectionBar
from desktop.widgets.conversation import Conversation
from desktop.widgets.notices import Notices
from desktop.widgets.page import Page, PageState, stored_sizes
from desktop.widgets.parts import indented
from desktop.widgets.passage_side import PassageSide
from desktop.widgets.question_box import QuestionBox
from desktop.widgets.turn_desk import TurnDesk

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from PySide6.QtGui import QResizeEvent

    from desktop.answer import Answer, AnswerEvent, Style
    from desktop.bridge import Bridge, Opened
    from desktop.theme import Theme
    from desktop.widgets.passage_pane import PassagePane
    from desktop.widgets.turn import Turn
    from guidelines_db.results import CollectionInfo

# Pixels at 100 % type size.
_LEAST_CONVERSATION = 440
_LEAST_PASSAGE = 300
_LEAST_HEIGHT = 480  # with less, notices scroll along, or they would leave no room for answers

_PASSAGE_AFTER_MS = 1  # the card is painted first, and keys that wait come between

_NO_MODEL, _RESTING = "none", "resting"


class AskPage(Page):
    """Give it a bridge and it asks, shows and remembers."""

    ready = Signal()  # the collections are open and shown
    remembered = Signal(object)  # dict: settings that the clerk changed here
    settings_wanted = Signal()

    def __init__(self, bridge: Bridge, theme: Theme, settings: Settings, policy: Policy = NO_POLICY) -> None:
        super().__init__()
        self._bridge = bridge
        self._theme = theme
        self._settings = settings
        self._running: Turn | None = None
        self._current: Turn | None = None
        self._is_open = False  # the collections are
        self._wide = True
        self._low = False
        self._split_once = False
        self._restored = ""  # the question that the last session left without an answer
        self._stored_sizes: list[int] = []
        self.setAccessibleName(texts.PAGE_ASK)

        self._collections = CollectionBar(theme)
        self._notices = Notices(theme)
        self._conversation = Conversation(theme)
        self._question = QuestionBox(theme)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._side = PassageSide(theme, self._splitter)
        self._desk = TurnDesk(self, bridge, settings.initials, policy)
        self._lay_out()
        self._connect()

    def focus_first(self) -> None:
        """Put the cursor into the input."""
        if not self._wide:
            self._close_passage()
        self._question.focus()

    def state(self) -> PageState:
        """Return the question that has no answer yet, typed or asked, the filters, and the widths."""
        filters = asdict(self._collections.filter.filters)
        turn, kept = self._running, self._settings.store_history
        asked = turn.question if turn is not None and turn.card.answer is None and kept else ""
        return {"question": self._question.text or asked, "splitter": self._sizes(), "filters": filters}

    def restore(self, state: PageState) -> None:
        """Put a question back that has no answer, the filters, and the widths."""
        question = state.get("question")
        if isinstance(question, str) and question:
            self._restored = question
            self._question.propose(question)
        self._stored_sizes = stored_sizes(state.get("splitter"))
        self._collections.filter.show_filters(filters_from_values(state.get("filters")))

    def show_collections(
        self, collections: Sequence[CollectionInfo], chosen: Sequence[str] | None = None
    ) -> None:
        """Offer ``collections``, of which ``chosen`` are searched; None: those that were."""
        chosen = self._collections.chosen if chosen is None else chosen
        self._collections.show_collections(collections, chosen)
        self._conversation.show_collections(collections)
        self._desk.show_collections(collections)

    def set_initials(self, initials: str) -> None:
        """Offer ``initials`` when an answer is marked as checked."""
        self._desk.set_initials(initials)

    def forget(self, ids: Collection[str]) -> None:
        """Show answers no more that were deleted for good."""
        for turn in self._conversation.forget(ids):
            self._leave(turn)

    def _leave(self, turn: Turn) -> None:
        """Hold nothing of ``turn`` any longer: its widgets go."""
        self._desk.leave(turn)
        if turn is self._side.turn:
            self._side.leave()
            self._close_passage()
        if turn is self._current:
            self._current = None

    def take_back(self, answer: Answer) -> None:
        """Show ``answer`` as it was changed elsewhere."""
        self._conversation.take_back(answer)

    @property
    def current_turn(self) -> Turn | None:
        """The question that the number keys belong to."""
        return self._current

    @Slot(str)
    def ask(self, question: str) -> None:
        """Ask ``question``, unless one is being answered."""
        if self._bridge.busy:
            return
        before = self._conversation.turns
        turn = self._conversation.add_turn(question)
        for folded in self._conversation.fold():
            self._leave(folded)
        self._set_current(turn)
        if not self._wide:
            self._close_passage()
        if not self._is_open:
            turn.card.show_waiting()
        elif self._wide and not self._side.made:
            QTimer.singleShot(_PASSAGE_AFTER_MS, self, lambda: self._side.pane)  # while is searched
        self._begin_turn(turn)
        previous = before[-1].whole_question if before else ""
        self._bridge.ask(
            question, self._collections.chosen or None, previous, self._collections.filter.filters
        )

    @Slot(str)
    def ask_unfiltered(self, question: str) -> None:
        """Ask ``question`` in all documents of the chosen collections."""
        if not self._bridge.busy:
            self._collections.filter.clear()
            self.ask(question)

    def reword(self, turn: Turn, style: Style) -> None:
        """Have the answer of ``turn`` worded anew, unless a question is being answered."""
        if not self._bridge.busy and turn.card.answer is not None:
            self._begin_turn(turn)
            self._bridge.reword(turn.card.answer, style)

    @Slot()
    def stop(self) -> None:
        """Stop the running answer."""
        if self._running is not None:
            self._running.card.show_stopping()
            self._question.set_stopping()
            self._bridge.stop()

    def open_passage(self, turn: Turn | None, number: int, *, take_focus: bool = True) -> None:
        """Show passage ``number`` of ``turn``; a number that does not exist is ignored."""
        if turn is None or not 1 <= number <= len(turn.card.hits):
            return
        self._set_current(turn)
        self._side.open(turn, number)
        self._arrange()
        if take_focus:
            self._passage.focus_text()

    @property
    def _passage(self) -> PassagePane:
        return self._side.pane

    def show_notice(self, key: str, sentence: str) -> None:
        """Show ``sentence`` above the conversation, once for each ``key``."""
        self._notices.add(key, sentence)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Fit the parts to the room there is."""
        super().resizeEvent(event)
        self._arrange()

    def _lay_out(self) -> None:
        self._page = QWidget()
        self._page.setObjectName("page")
        column = QVBoxLayout(self._page)
        column.setContentsMargins(0, 16, 0, 18)
        column.setSpacing(10)
        self._notices_row = indented(self._notices)
        column.addLayout(indented(self._collections))
        column.addLayout(self._notices_row)
        column.addWidget(self._conversation, 1)
        column.addLayout(indented(self._question))
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(3)
        self._splitter.addWidget(self._page)
        self._splitter.splitterMoved.connect(lambda *_: self.state_changed.emit())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._splitter)

    def _connect(self) -> None:
        self._question.submitted.connect(self.ask)
        self._question.stop_wanted.connect(self.stop)
        self._conversation.example_chosen.connect(self.ask)
        self._conversation.older_wanted.connect(lambda: self._bridge.load_past(self._conversation.held))
        self._conversation.passage_chosen.connect(self.open_passage)
        self._conversation.place_wanted.connect(self.place_wanted)
        self._conversation.turn_added.connect(self._desk.take)
        self._conversation.turn_added.connect(self._choose_youngest)
        self._conversation.turn_added.connect(self._add_keys, Qt.ConnectionType.SingleShotConnection)
        self._desk.reword_wanted.connect(self.reword)
        self._desk.edit_wanted.connect(self._question.propose)
        self._desk.initials_changed.connect(lambda initials: self._remember(initials=initials))
        self._question.typed.connect(self.state_changed)
        self._side.closed.connect(self._close_passage)
        self._side.number_wanted.connect(lambda number: self.open_passage(self._side.turn, number))
        self._side.digit_pressed.connect(self._on_digit)
        self._side.place_wanted.connect(self.place_wanted)
        self._notices.action_wanted.connect(lambda _: self.settings_wanted.emit())
        self._desk.unfiltered_wanted.connect(self.ask_unfiltered)
        self._collections.filter.panel_moved.connect(self._arrange)
        self._collections.filter.changed.connect(lambda _: self.state_changed.emit())
        self._collections.read_values(self._bridge)
        self._collections.chosen_changed.connect(lambda names: self._remember(collections=names))
        self._theme.changed.connect(self._arrange)
        self._bridge.opened.connect(self._on_opened)
        self._bridge.open_failed.connect(self._on_open_failed)
        self._bridge.progressed.connect(self._on_progress)
        self._bridge.answered.connect(self._on_answered)
        self._bridge.reworded.connect(self._on_reworded)
        self._bridge.failed.connect(self._on_failed)
        self._bridge.problem.connect(self._notices.add_problem)
        self._bridge.past_loaded.connect(self._conversation.add_past)

    # What the bridge reports.

    @Slot(object)
    def _on_opened(self, opened: Opened) -> None:
        self._is_open = True
        self.show_collections(opened.collections, self._settings.collections)
        self._desk.set_model(there=opened.model_state not in (_NO_MODEL, _RESTING))
        if opened.past and self._question.text == self._restored == opened.past[-1].question:
            self._question.propose("")  # it was stopped when the window closed
        for problem in opened.problems:
            self._notices.add_problem(problem)
        if opened.model_state == _NO_MODEL and self._settings.wording is not WordingChoice.NEVER:
            self._notices.add(_NO_MODEL, texts.NO_MODEL, texts.TO_SETTINGS)
        else:
            self._notices.add_if_problem(opened.model_state)
        self._conversation.add_past_in_steps(opened.past, older=opened.older, then=self.ready.emit)

    @Slot(object)
    def _on_progress(self, event: AnswerEvent) -> None:
        from desktop.answer import PassagesFound

        if (turn := self._running) is None:
            return
        turn.card.show_event(event)
        self._side.follow(turn)
        if isinstance(event, PassagesFound) and event.sources and self._wide:
            QTimer.singleShot(_PASSAGE_AFTER_MS, turn, partial(self._open_beside, turn))

    def _open_beside(self, turn: Turn) -> None:
        """Open the first passage of ``turn``, unless the clerk has gone elsewhere meanwhile."""
        if turn is self._current and turn is not self._side.turn and self._wide:
            self.open_passage(turn, turn.card.first_number, take_focus=False)

    @Slot(object)
    def _on_answered(self, answer: Answer) -> None:
        turn = self._end_turn()
        if turn is not None:
            turn.card.finish(answer, fresh=True)
            self._side.follow(turn)

    @Slot(object, str)
    def _on_reworded(self, answer: Answer, kept_by: str) -> None:
        turn = self._end_turn()
        if turn is not None:
            turn.card.finish_rewording(answer, kept_by)

    @Slot(str)
    def _on_failed(self, problem: str) -> None:
        turn = self._end_turn()
        if turn is not None:
            turn.card.fail(problem)

    @Slot(str)
    def _on_open_failed(self, problem: str) -> None:
        self._conversation.greeting.show_collections(())
        self._notices.add_problem(problem)

    def _begin_turn(self, turn: Turn) -> None:
        self._running = turn
        self._question.set_busy(True)
        self._desk.set_idle(idle=False)

    def _end_turn(self) -> Turn | None:
        turn, self._running = self._running, None
        self._question.set_busy(False)
        self._desk.set_idle(idle=True)
        self.state_changed.emit()
        return turn

    @Slot()
    def _choose_youngest(self) -> None:
        if self._current is None:
            self._set_current(self._conversation.turns[-1])

    # What the clerk does.

    @Slot()
    def _add_keys(self) -> None:
        from desktop.widgets.ask_keys import add_keys, add_reading_keys  # all belong to a question

        add_keys(self, self._on_escape, self._on_digit)
        add_reading_keys(self._conversation, self._on_digit)

    def _on_escape(self) -> None:
        if self._running is not None:
            self.stop()
        elif self._side.shown:
            self._close_passage()

    def _on_digit(self, number: int) -> None:
        self.open_passage(self._current, number)

    @Slot()
    def _close_passage(self) -> None:
        had_focus = self._side.hide()
        if self._side.made:
            self._arrange()
        if had_focus:
            self._question.focus()

    def _remember(self, **changes: object) -> None:
        self._settings = replace(self._settings, **changes)  # type: ignore[arg-type]
        self.remembered.emit(changes)

    def _set_current(self, turn: Turn) -> None:
        if self._current is turn:
            return
        if self._current is not None:
            self._current.card.set_current(False)
        self._current = turn
        turn.card.set_current(True)

    def _sizes(self) -> list[int]:
        """The widths of conversation and passage: as they are, else as they were when both were last shown."""
        if self._split_once and self._wide and self._side.shown:
            self._stored_sizes = self._splitter.sizes()
        return self._stored_sizes

    @Slot()
    def _arrange(self) -> None:
        """Show conversation and passage side by side where both have room, else one at a time."""
        room = self.width()
        self._wide = room >= self._theme.px(_LEAST_CONVERSATION + _LEAST_PASSAGE)
        shown = self._side.shown
        self._page.setVisible(self._wide or not shown)
        if self._low != (self.height() < self._theme.px(_LEAST_HEIGHT)):
            self._low = not self._low
            (self._conversation.above if self._low else self._notices_row).addWidget(self._notices)
        filters = self._collections.filter
        filters.set_alone(alone=self._low)
        self._conversation.setVisible(not (self._low and filters.opened))  # one at a time
        if self._side.made:
            self._passage.set_alone(not self._wide)
            self._passage.setMinimumWidth(self._theme.px(_LEAST_PASSAGE))
        self._page.setMinimumWidth(self._theme.px(_LEAST_CONVERSATION) if self._wide else 0)
        if self._wide and shown and not self._split_once:
            self._split_once = True
            self._splitter.setSizes(self._stored_sizes or [room * 5 // 8, room * 3 // 8])
