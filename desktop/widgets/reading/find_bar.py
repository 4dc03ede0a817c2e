"""The line in which a word is looked for on the page that is shown."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit

from desktop.texts import reading as texts
from desktop.theme import Theme
from desktop.widgets.parts import IconButton, label


class FindBar(QFrame):
    """Reports what is typed and where to go; hidden until it is wanted."""

    typed = Signal(str)
    step_wanted = Signal(int)  # 1 next, -1 previous
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("readingFind")
        self._input = QLineEdit()
        self._input.setPlaceholderText(texts.FIND_HINT)
        self._input.setAccessibleName(texts.FIND_HINT)
        self._input.installEventFilter(self)
        self._count = label("", "muted", wrap=False)
        previous = IconButton(theme, "previous", texts.FIND_PREVIOUS)
        following = IconButton(theme, "next", texts.FIND_NEXT)
        close = IconButton(theme, "close", texts.FIND_CLOSE)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._input, 1)
        for part in (self._count, previous, following, close):
            row.addWidget(part)
        self._input.textChanged.connect(self.typed)
        previous.clicked.connect(lambda: self.step_wanted.emit(-1))
        following.clicked.connect(lambda: self.step_wanted.emit(1))
        close.clicked.connect(self.closed)
        self.hide()

    @property
    def text(self) -> str:
        """What is looked for."""
        return self._input.text().strip()

    def focus(self) -> None:
        """Show the line and put the keyboard into it."""
        self.show()
        self._input.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._input.selectAll()

    def show_count(self, number: int, total: int) -> None:
        """Say which of how many places is shown; 0 of 0 is "not found"."""
        if not self.text:
            self._count.setText("")
        elif total:
            self._count.setText(texts.FIND_COUNT.format(number=number, total=total))
        else:
            self._count.setText(texts.FIND_NOTHING)
        # Who cannot see the number beside the line hears it as the line's description.
        self._input.setAccessibleDescription(self._count.text())

    @property
    def said(self) -> str:
        """What the line says about its result."""
        return self._count.text()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Enter goes on, Shift+Enter back, Esc closes."""
        if watched is self._input and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                self.step_wanted.emit(-1 if back else 1)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.closed.emit()
                return True
        return super().eventFilter(watched, event)

    @Slot()
    def clear(self) -> None:
        """Hide the line and look for nothing."""
        self._input.clear()
        self.hide()
