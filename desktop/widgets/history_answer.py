"""A past answer, shown whole with its passages as they were then."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from desktop.answer import Answer
from desktop.texts import history as texts
from desktop.theme import Theme
from desktop.widgets.parts import IconButton, IconLabel, ScrolledPage, announce, label
from desktop.widgets.passage_pane import PassagePane
from desktop.widgets.scroll_area import scrolling
from desktop.widgets.turn import Turn

_WIDEST_PX = 860  # longer lines are tiring to read


class HistoryAnswer(QFrame):
    """Shows one answer, or one of its passages in its place; says what is to be done with it."""

    closed = Signal()  # back to the list
    ask_wanted = Signal(str)
    place_wanted = Signal(object)  # Place: show it in the library
    check_wanted = Signal(str)  # initials; "" takes the mark back
    export_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("historyAnswer")
        self.setAccessibleName(texts.ANSWER_LABEL)
        self._theme = theme
        self._answer: Answer | None = None
        self._turn: Turn | None = None
        self._initials = ""
        self._back = IconButton(theme, "back", texts.BACK, text=f" {texts.BACK}")
        self._back.clicked.connect(self.closed)
        self._back.hide()
        self._again = IconButton(theme, "again", texts.ASK_AGAIN_LABEL, text=f" {texts.ASK_AGAIN}")
        self._again.clicked.connect(self._on_again)
        self._note = label(texts.AS_IT_WAS, "small")
        self._pane: PassagePane | None = None
        self._stack = QStackedLayout(self)
        self._hint = label(texts.CHOOSE, "lead")
        self._stack.addWidget(self._make_hint())
        self._whole = self._make_whole()
        self._stack.addWidget(self._whole)
        theme.changed.connect(self._fit)
        self._fit()

    @property
    def answer(self) -> Answer | None:
        """What is shown."""
        return self._answer

    @property
    def turn(self) -> Turn | None:
        """The question and the card of what is shown."""
        return self._turn

    @property
    def passage_shown(self) -> bool:
        """Whether a passage stands in the place of the answer."""
        return self._pane is not None and self._stack.currentWidget() is self._pane

    @property
    def _passage(self) -> PassagePane:
        """A passage; made when one is first wanted, as the page need not wait for it."""
        if self._pane is None:
            self._pane = pane = PassagePane(self._theme)
            pane.set_alone(True)
            pane.closed.connect(self._on_passage_closed)
            pane.number_wanted.connect(self._open_passage)
            pane.place_wanted.connect(self.place_wanted)
            self._stack.addWidget(pane)
        return self._pane

    def set_alone(self, *, alone: bool) -> None:
        """Offer a way back where the answer stands in the place of the list."""
        self._back.setVisible(alone)

    def set_initials(self, initials: str) -> None:
        """Offer ``initials`` when an answer is marked as checked."""
        self._initials = initials
        if self._turn is not None:
            self._turn.card.tools.initials = initials

    def show_answer(self, answer: Answer) -> None:
        """Show ``answer``; the same one again only where it changed."""
        same = self._answer is not None and self._answer.id == answer.id
        if same and self._turn is not None:
            if answer != self._answer:
                self._turn.card.finish(answer, fresh=False)
            self._answer = answer
            return
        self._remove_turn()
        self._answer = answer
        turn = Turn(self._theme, answer.question, answer.asked_at)
        turn.card.finish(answer, fresh=False)
        turn.card.understood.set_editable(editable=False)
        tools = turn.card.tools
        tools.initials = self._initials
        tools.check_wanted.connect(self.check_wanted)
        tools.proof_wanted.connect(self.export_wanted)
        turn.card.passage_chosen.connect(self._open_passage)
        turn.card.place_wanted.connect(self.place_wanted)
        self._turn = turn
        self._place.addWidget(turn)
        self._scroll.verticalScrollBar().setValue(0)
        self._stack.setCurrentWidget(self._whole)
        announce(self, f"{answer.question} {turn.card.state}.")

    def show_nothing(self, hint: str = texts.CHOOSE) -> None:
        """Show ``hint`` in the place of an answer."""
        self._remove_turn()
        self._answer = None
        self._hint.setText(hint)
        self._stack.setCurrentIndex(0)

    def show_message(self, message: str) -> None:
        """Say below the answer what came of a wish."""
        if self._turn is not None:
            self._turn.card.tools.show_message(message)

    def focus_answer(self) -> None:
        """Put the keyboard where the answer begins."""
        self._again.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_passage(self) -> bool:
        """Return from a passage to the answer; False if none is shown."""
        if not self.passage_shown:
            return False
        self._on_passage_closed()
        return True

    def _make_hint(self) -> QWidget:
        page = QWidget()
        self._hint.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column = QVBoxLayout(page)
        column.setContentsMargins(48, 24, 48, 24)
        column.setSpacing(14)
        column.addStretch(2)
        column.addWidget(IconLabel(self._theme, "history", 44, "muted"), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._hint)
        column.addStretch(3)
        return page

    def _make_whole(self) -> QWidget:
        whole = QWidget()
        content = ScrolledPage()
        content.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._content = content
        self._place = QVBoxLayout()
        column = QVBoxLayout(content)
        column.setSpacing(10)
        column.addWidget(self._note)
        column.addLayout(self._place)
        column.addStretch(1)
        self._column = column
        self._scroll = scrolling(content)
        self._scroll.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._back)
        head.addWidget(self._again)
        head.addStretch(1)
        self._head = head
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self._scroll, 1)
        return whole

    def _remove_turn(self) -> None:
        if self._turn is not None:
            self._place.removeWidget(self._turn)
            self._turn.hide()
            self._turn.deleteLater()
            self._turn = None

    @Slot()
    def _on_again(self) -> None:
        if self._answer is not None:
            self.ask_wanted.emit(self._answer.understood or self._answer.question)

    @Slot(int)
    def _open_passage(self, number: int) -> None:
        if self._turn is None or not 1 <= number <= len(self._turn.card.hits):
            return
        self._turn.card.mark_open(number)
        self._passage.show_passage(self._turn.card.hits, number, self._turn.card.evidence)
        self._stack.setCurrentWidget(self._passage)
        self._passage.focus_text()

    @Slot()
    def _on_passage_closed(self) -> None:
        self._stack.setCurrentWidget(self._whole)
        if self._turn is not None:
            number = self._passage.number
            self._turn.card.mark_open(0)
            self._turn.card.focus_passage(number)

    @Slot()
    def _fit(self) -> None:
        space = self._theme.px(24) if self._theme.type_percent <= 125 else self._theme.px(12)
        self._head.setContentsMargins(space, 16, space, 6)
        self._column.setContentsMargins(space, 8, space, space)
        self._content.setMaximumWidth(self._theme.px(_WIDEST_PX) + 2 * space)
