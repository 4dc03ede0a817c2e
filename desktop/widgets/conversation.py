"""The scrolling middle of the page: the greeting, then questions and answers, youngest last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.texts import window as texts
from desktop.widgets.greeting import Greeting
from desktop.widgets.parts import ScrolledPage
from desktop.widgets.scroll_area import ScrollArea

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from desktop.answer import Answer
    from desktop.theme import Theme
    from desktop.widgets.turn import Turn
    from guidelines_db.results import CollectionInfo

MOST_TURNS = 30  # each is a hundred widgets, which every change of theme or width has to lay out
_UNFOLDED_AT_ONCE = 10
_STEP_MS = 1  # with no time at all the next would come before keys that wait
_WIDEST_PX = 860  # longer lines are tiring to read


class Conversation(ScrollArea):
    """Keeps its scroll position while an answer grows; a new question is brought to the top.

    Of a long session the oldest answers are kept without widgets until they are asked for, so that nothing grows slow
    and nothing is lost, also where no history is kept.
    """

    example_chosen = Signal(str)
    older_wanted = Signal()
    passage_chosen = Signal(object, int)  # Turn, number
    place_wanted = Signal(object)  # Place: show it in the library
    turn_added = Signal(object)  # Turn

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._turns: list[Turn] = []
        self._folded: list[Answer] = []  # older than all turns, oldest first
        self._older_kept = False  # whether the history holds answers older than all of these
        self._anchor: QWidget | None = None
        self.setObjectName("conversationScroll")
        self.setAccessibleName(texts.CONVERSATION_LABEL)
        self.greeting = Greeting(theme)
        self.greeting.example_chosen.connect(self.example_chosen)
        self._older = QPushButton(texts.OLDER)
        self._older.setProperty("role", "quiet")
        self._older.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._older.clicked.connect(self._on_older)
        self._older.hide()
        content = ScrolledPage()
        self._content = content
        self._column = QVBoxLayout(content)
        self._column.setSpacing(22)
        self.above = QVBoxLayout()  # what scrolls along, above all questions
        self._column.addLayout(self.above)
        self._column.addWidget(self._older, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addWidget(self.greeting)
        self._column.addStretch(1)
        self.setWidget(content)
        bar = self.verticalScrollBar()
        bar.rangeChanged.connect(self._hold_anchor)
        bar.actionTriggered.connect(self._release_anchor)
        theme.changed.connect(self._fit)
        self._fit()

    @property
    def turns(self) -> tuple[Turn, ...]:
        """All shown, oldest first."""
        return tuple(self._turns)

    @property
    def held(self) -> int:
        """The number of questions, with those that have no widgets now."""
        return len(self._turns) + len(self._folded)

    def show_collections(self, collections: Sequence[CollectionInfo]) -> None:
        """Fill the greeting."""
        self.greeting.show_collections(collections)

    def add_turn(self, question: str) -> Turn:
        """Append a question and bring it to the top of the view."""
        turn = self._make_turn(question)
        self._insert(turn, len(self._turns))
        self._anchor = turn
        self._hold_anchor()
        return turn

    def fold(self) -> tuple[Turn, ...]:
        """Take the widgets of the oldest answers away where there are too many; return the turns that go."""
        many = max(0, len(self._turns) - MOST_TURNS)
        answered = [(turn, turn.card.answer) for turn in self._turns[:many]]
        gone = [(turn, answer) for turn, answer in answered if answer is not None]
        self._folded += [answer for _, answer in gone]
        self._take_away(turn for turn, _ in gone)
        self._offer_older()
        return tuple(turn for turn, _ in gone)

    @Slot(object, bool)
    def add_past(self, answers: Sequence[Answer], older: bool) -> None:
        """Put past ``answers`` above what is shown; ``older`` tells whether the history holds still more."""
        self._older_kept = older
        self._put_above(answers)

    def add_past_in_steps(self, answers: Sequence[Answer], *, older: bool, then: Callable[[], None]) -> None:
        """Put past ``answers`` there one by one, youngest first, so that no key waits for all; ``then`` follows."""
        if not answers:
            then()
            return
        rest = answers[:-1]
        self.add_past(answers[-1:], older and not rest)
        QTimer.singleShot(_STEP_MS, self, lambda: self.add_past_in_steps(rest, older=older, then=then))

    def forget(self, ids: Collection[str]) -> tuple[Turn, ...]:
        """Take away the answers ``ids``; return the turns that go."""
        gone = tuple(turn for turn in self._turns if turn.card.answer and turn.card.answer.id in ids)
        self._folded = [answer for answer in self._folded if answer.id not in ids]
        self._take_away(gone)
        self._offer_older()
        self.greeting.setVisible(not self._turns)
        return gone

    def take_back(self, answer: Answer) -> None:
        """Show ``answer`` as it was changed elsewhere."""
        self._folded = [answer if kept.id == answer.id else kept for kept in self._folded]
        for turn in self._turns:
            if turn.card.answer is not None and turn.card.answer.id == answer.id:
                turn.card.finish(answer, fresh=False)

    def _put_above(self, answers: Sequence[Answer]) -> None:
        held = self._turns[0] if self._turns else None
        before = held.y() if held else 0
        for index, answer in enumerate(answers):
            turn = self._make_turn(answer.question, answer.asked_at)
            turn.card.finish(answer, fresh=False)
            self._insert(turn, index)
        self._offer_older()
        if held is None and self._turns:
            self._anchor = self._turns[-1]
            self._hold_anchor()
        elif held is not None:
            self._content.adjustSize()
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + held.y() - before)

    def _take_away(self, turns: Iterable[Turn]) -> None:
        for turn in turns:
            if self._anchor is turn:
                self._anchor = None
            self._turns.remove(turn)
            self._column.removeWidget(turn)
            turn.hide()
            turn.deleteLater()

    def _offer_older(self) -> None:
        self._older.setVisible(bool(self._folded) or self._older_kept)
        self._older.setEnabled(True)

    def _make_turn(self, question: str, asked_at: str = "") -> Turn:
        from desktop.widgets.turn import Turn  # all that an answer is made of: not before the window stands

        return Turn(self._theme, question, asked_at)

    def _insert(self, turn: Turn, index: int) -> None:
        self.greeting.hide()
        turn.card.passage_chosen.connect(lambda number: self.passage_chosen.emit(turn, number))
        turn.card.place_wanted.connect(self.place_wanted)
        self._turns.insert(index, turn)
        self._column.insertWidget(3 + index, turn)
        self.turn_added.emit(turn)

    @Slot()
    def _on_older(self) -> None:
        if self._folded:
            unfolded = self._folded[-_UNFOLDED_AT_ONCE:]
            del self._folded[-_UNFOLDED_AT_ONCE:]
            self._put_above(unfolded)
        else:
            self._older.setEnabled(False)
            self.older_wanted.emit()

    @Slot()
    def _hold_anchor(self) -> None:
        if self._anchor is not None:
            top = self._anchor.y() - self._theme.px(12)
            self.verticalScrollBar().setValue(max(0, top))

    @Slot()
    def _release_anchor(self) -> None:
        self._anchor = None

    @Slot()
    def _fit(self) -> None:
        space = self._theme.px(24) if self._theme.type_percent <= 125 else self._theme.px(12)
        self._column.setContentsMargins(space, 8, space, space)
        self._content.setMaximumWidth(self._theme.px(_WIDEST_PX) + 2 * space)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
