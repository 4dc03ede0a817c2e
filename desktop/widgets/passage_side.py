"""The passage beside the conversation: whose it is, and that its marks are those of the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from PySide6.QtWidgets import QSplitter

    from desktop.theme import Theme
    from desktop.widgets.passage_pane import PassagePane
    from desktop.widgets.turn import Turn


class PassageSide(QObject):
    """Makes the pane when it is first wanted, as the window need not wait for it."""

    closed = Signal()  # the clerk wants it to go
    number_wanted = Signal(int)
    digit_pressed = Signal(int)
    place_wanted = Signal(object)  # Place

    def __init__(self, theme: Theme, splitter: QSplitter) -> None:
        super().__init__(splitter)
        self._theme = theme
        self._splitter = splitter
        self._pane: PassagePane | None = None
        self._turn: Turn | None = None

    @property
    def made(self) -> bool:
        """Whether there is a pane yet."""
        return self._pane is not None

    @property
    def shown(self) -> bool:
        """Whether a passage is open."""
        return self._pane is not None and self._pane.isVisibleTo(self._splitter)

    @property
    def turn(self) -> Turn | None:
        """Whose passage was opened last."""
        return self._turn

    @property
    def pane(self) -> PassagePane:
        """The passage."""
        if self._pane is None:
            from desktop.widgets.ask_keys import add_reading_keys
            from desktop.widgets.passage_pane import PassagePane

            self._pane = pane = PassagePane(self._theme)
            pane.hide()
            pane.closed.connect(self.closed)
            pane.number_wanted.connect(self.number_wanted)
            pane.place_wanted.connect(self.place_wanted)
            add_reading_keys(pane, self.digit_pressed.emit)
            self._splitter.addWidget(pane)
            self._splitter.setStretchFactor(0, 5)
            self._splitter.setStretchFactor(1, 3)
        return self._pane

    def open(self, turn: Turn, number: int) -> None:
        """Show passage ``number`` of ``turn``."""
        if self._turn is not None and self._turn is not turn:
            self._turn.card.mark_open(0)
        self._turn = turn
        turn.card.mark_open(number)
        self.pane.show_passage(turn.card.hits, number, turn.card.evidence)
        self.pane.show()

    def follow(self, turn: Turn) -> None:
        """Mark in an open passage what the answer of ``turn``, which has changed, shows now."""
        if turn is self._turn and self._pane is not None and self.shown:
            turn.card.mark_open(self._pane.number)
            self._pane.mark(turn.card.evidence)

    def hide(self) -> bool:
        """Show no passage; return whether the keyboard was in it."""
        if self._turn is not None:
            self._turn.card.mark_open(0)
        if self._pane is None:
            return False
        had_focus = self._pane.isAncestorOf(self._pane.window().focusWidget() or self._splitter)
        self._pane.hide()
        return had_focus

    def leave(self) -> None:
        """Hold nothing of the turn any longer: its widgets go."""
        self._turn = None
