"""A long text with what belongs to it: back and forward, search in it, what can be done with it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.texts import reading as texts
from desktop.theme import Theme
from desktop.widgets.flow_layout import FlowLayout
from desktop.widgets.parts import IconButton, announce, label
from desktop.widgets.reading.find_bar import FindBar
from desktop.widgets.reading.text_view import ReadingText

Action = tuple[str, str, Callable[[], object]]  # what stands on the button, its name, what it does


class Reader(QFrame):
    """Shows a text; reports where the reader wants to go."""

    back_wanted = Signal()
    forward_wanted = Signal()
    contents_wanted = Signal()
    link_wanted = Signal(str)

    def __init__(self, theme: Theme, name: str, contents: str, icon: str = "back") -> None:
        """``name`` is the text's accessible name; ``contents`` and ``icon`` stand on the button to its contents."""
        super().__init__()
        self.setObjectName("reader")
        self.text = ReadingText(theme, name)
        self.find_bar = FindBar(theme)
        self._contents = IconButton(theme, icon, contents, text=f" {contents}")
        self._back = IconButton(theme, "previous", texts.BACK)
        self._forward = IconButton(theme, "next", texts.FORWARD)
        self._look = IconButton(theme, "search", texts.FIND)
        self._said = label("", "muted")
        self._actions = QWidget()
        self._buttons: list[QPushButton] = []
        self._lay_out()
        self._connect()
        self.set_history(back=False, forward=False)
        self.set_alone(alone=False)

    @property
    def message(self) -> str:
        """What was last said about an action, "" if nothing."""
        return "" if self._said.isHidden() else self._said.text()

    def show_page(self, html: str, actions: Sequence[Action] = (), *, keep_place: bool = False) -> None:
        """Show ``html`` with buttons for ``actions``."""
        if not keep_place:
            self.say("")
        self._show_actions(actions)
        self.text.show_html(html, keep_place=keep_place)
        self._count()

    def say(self, sentence: str) -> None:
        """Say what came of an action; "" says nothing."""
        self._said.setText(sentence)
        self._said.setVisible(bool(sentence))
        if sentence:
            announce(self, sentence)

    def mark(self, words: tuple[str, ...]) -> None:
        """Mark the ``words`` of a search and go to the first place; no words: mark nothing."""
        self.text.mark(words)
        if words:
            self.text.step(1)

    def focus_find(self) -> None:
        """Open the search on this page."""
        self.find_bar.focus()
        self._on_typed()

    def focus_text(self) -> None:
        """Put the keyboard into the text."""
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_find(self) -> bool:
        """Close the search on this page; False if it was not open."""
        if self.find_bar.isHidden():
            return False
        self.find_bar.clear()
        self.text.mark(())
        self.focus_text()
        return True

    @Slot(int)
    def step(self, by: int) -> None:
        """Go to the next (1) or previous (-1) place found."""
        self.text.step(by)
        self._count()

    def lead_with(self, button: QPushButton) -> None:
        """Put ``button`` before all others."""
        self._row.insertWidget(0, button)

    def show_above(self, head: QWidget) -> None:
        """Keep ``head`` above the text, also when that scrolls."""
        self._head.addWidget(head)

    def set_history(self, *, back: bool, forward: bool) -> None:
        """Let back and forward be pressed where they lead somewhere."""
        self._back.setEnabled(back)
        self._forward.setEnabled(forward)

    def set_alone(self, *, alone: bool) -> None:
        """Offer the way to the contents where they are not beside the text; what can be done has a line of its own."""
        self._contents.setVisible(alone)
        if alone and self._row.indexOf(self._actions) >= 0:
            self._row.removeWidget(self._actions)
            self._head.insertWidget(1, self._actions)
        elif not alone and self._row.indexOf(self._actions) < 0:
            self._head.removeWidget(self._actions)
            self._row.insertWidget(self._row.count() - 2, self._actions, 1)
        self._row.setStretch(self._row.count() - 2, 1 if alone else 0)

    def set_margins(self, side: int) -> None:
        """Leave ``side`` pixels on both sides of the buttons; the text has its own."""
        self._head.setContentsMargins(side, 16, side, 0)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for no height: the text scrolls."""
        return QSize(super().minimumSizeHint().width(), 0)

    def _lay_out(self) -> None:
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self._actions.setSizePolicy(policy)
        self._flow = FlowLayout(self._actions, gap=8)
        row = QHBoxLayout()
        row.setSpacing(6)
        for button in (self._contents, self._back, self._forward):
            row.addWidget(button)
        row.addWidget(self._actions, 1)
        row.addStretch(0)
        row.addWidget(self._look)
        self._row = row
        self._head = QVBoxLayout()
        self._head.setSpacing(8)
        self._head.addLayout(row)
        self._head.addWidget(self.find_bar)
        self._head.addWidget(self._said)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._head)
        column.addWidget(self.text, 1)
        self._actions.hide()
        self._said.hide()

    def _connect(self) -> None:
        self._contents.clicked.connect(self.contents_wanted)
        self._back.clicked.connect(self.back_wanted)
        self._forward.clicked.connect(self.forward_wanted)
        self._look.clicked.connect(self.focus_find)
        self.find_bar.typed.connect(self._on_typed)
        self.find_bar.step_wanted.connect(self.step)
        self.find_bar.closed.connect(self.close_find)
        self.text.link_wanted.connect(self.link_wanted)

    def _show_actions(self, actions: Sequence[Action]) -> None:
        for button, (text, name, act) in zip(self._buttons, actions, strict=False):
            if (button.text(), button.accessibleName()) != (text, name):
                break
            button.clicked.disconnect()
            button.clicked.connect(act)
        else:
            if len(actions) == len(self._buttons):
                return  # the same buttons: who stands on one stays there
        for button in self._buttons:
            self._flow.removeWidget(button)
            button.deleteLater()
        self._buttons = []
        for text, name, act in actions:
            button = QPushButton(text)
            button.setAccessibleName(name)
            button.clicked.connect(act)
            self._flow.addWidget(button)
            self._buttons.append(button)
        self._actions.setVisible(bool(actions))

    @Slot()
    def _on_typed(self) -> None:
        # On one page a phrase is looked for as it is typed.
        phrase = self.find_bar.text.casefold()
        self.text.mark((phrase,) if phrase else ())
        self.text.step(1)
        self._count()

    def _count(self) -> None:
        self.find_bar.show_count(self.text.current, self.text.found)
