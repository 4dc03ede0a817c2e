"""What the clerk should know beside any answer: one sentence each, to be closed."""

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.texts import window as texts
from desktop.theme import Theme
from desktop.widgets.beside_or_below import BesideOrBelow
from desktop.widgets.parts import IconButton, IconLabel, label


class Notices(QWidget):
    """At most one notice of a kind."""

    action_wanted = Signal(str)  # key of the notice whose button was pressed

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: dict[str, QFrame] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        self.hide()

    def add(self, key: str, sentence: str, action: str = "", icon: str = "note") -> None:
        """Show ``sentence`` with a button named ``action``, if given; one with the same ``key`` is replaced.

        ``icon`` "info" is for what is no warning.
        """
        self.remove(key)
        frame = QFrame()
        frame.setObjectName("notice")
        frame.setAccessibleName(f"{texts.NOTICE_LABEL}: {sentence}")
        text = label(sentence)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        close = IconButton(self._theme, "close", texts.NOTICE_CLOSE, colour="on_note")
        close.clicked.connect(partial(self.remove, key))
        row = QHBoxLayout(frame)
        row.setContentsMargins(12, 8, 8, 8)
        row.setSpacing(10)
        row.addWidget(IconLabel(self._theme, icon, 20, "on_note"), 0, Qt.AlignmentFlag.AlignTop)
        content = BesideOrBelow(gap=10)
        content.addWidget(text)
        if action:
            button = QPushButton(action)
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            button.clicked.connect(partial(self.action_wanted.emit, key))
            content.addWidget(button)
        row.addLayout(content, 1)
        row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self._shown[key] = frame
        self.layout().addWidget(frame)  # type: ignore[union-attr]
        self.show()

    @Slot(str)
    def add_problem(self, key: str) -> None:
        """Show what is wrong."""
        from desktop.texts.problems import explain

        self.add(key, explain(key).whole)

    def add_if_problem(self, state: str) -> None:
        """Show ``state`` if it is the key of a problem."""
        from desktop.texts.problems import PROBLEMS

        if state in PROBLEMS:
            self.add_problem(state)

    def remove(self, key: str) -> None:
        """Take the notice ``key`` away, if it is shown."""
        frame = self._shown.pop(key, None)
        if frame is not None:
            frame.hide()
            frame.deleteLater()
        self.setVisible(bool(self._shown))

    @property
    def keys(self) -> tuple[str, ...]:
        """What is shown."""
        return tuple(self._shown)
