"""The input line at the bottom with its one button, and the reminder to check results."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.texts import window as texts
from desktop.theme import Theme
from desktop.widgets.parts import IconButton, label

_MOST_LINES = 4


class _Input(QPlainTextEdit):
    """Enter asks, Shift+Enter begins a new line, Tab leaves."""

    asked = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Ask on Enter."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.asked.emit()
            return
        super().keyPressEvent(event)


class QuestionBox(QWidget):
    """Reports a question; while an answer is written its button stops it."""

    submitted = Signal(str)
    stop_wanted = Signal()
    typed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._busy = False
        self._input = _Input()
        self._input.setObjectName("question")
        self._input.setTabChangesFocus(True)
        self._input.setPlaceholderText(texts.QUESTION_HINT)
        self._input.setAccessibleName(texts.QUESTION_LABEL)
        self._input.setAccessibleDescription(texts.CHECK_RESULTS)
        self._input.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._input.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._input.asked.connect(self._submit)
        self._input.textChanged.connect(self._on_text)
        self._ask = QPushButton(texts.ASK)
        self._ask.setObjectName("ask")
        self._ask.setAccessibleName(texts.ASK_LABEL)
        self._ask.clicked.connect(self._submit)
        self._stop = IconButton(theme, "stop", texts.STOP_LABEL, text=f" {texts.STOP}")
        self._stop.setObjectName("stop")
        self._stop.setToolTip(texts.STOP_TIP)
        self._stop.clicked.connect(self.stop_wanted)
        self._stop.hide()
        for button in (self._ask, self._stop):
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._input, 1)
        row.addWidget(self._ask, 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self._stop, 0, Qt.AlignmentFlag.AlignBottom)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(label(texts.CHECK_RESULTS, "muted"))
        layout.addLayout(row)
        theme.changed.connect(self._fit)
        self._on_text()

    @property
    def text(self) -> str:
        """What was typed and not asked yet."""
        return self._input.toPlainText()

    def focus(self) -> None:
        """Put the cursor into the input."""
        self._input.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def propose(self, question: str) -> None:
        """Put ``question`` into the input to be changed; what was typed there gives way."""
        from PySide6.QtGui import QTextCursor  # many names, not needed to type

        self._input.setPlainText(question)
        self._input.moveCursor(QTextCursor.MoveOperation.End)
        self.focus()

    def set_busy(self, busy: bool) -> None:
        """Offer stop instead of ask; the next question may be typed meanwhile."""
        had_focus = self._ask.hasFocus() or self._stop.hasFocus()
        self._busy = busy
        self._ask.setVisible(not busy)
        self._stop.setVisible(busy)
        self._stop.setEnabled(busy)
        if had_focus:
            self._input.setFocus()

    def set_stopping(self) -> None:
        """Show that the wish to stop was heard."""
        self._stop.setEnabled(False)

    @Slot()
    def _submit(self) -> None:
        question = self._input.toPlainText().strip()
        if question and not self._busy:
            self._input.clear()
            self.submitted.emit(question)

    @Slot()
    def _on_text(self) -> None:
        self._ask.setEnabled(bool(self._input.toPlainText().strip()))
        self._fit()
        self.typed.emit()

    @Slot()
    def _fit(self) -> None:
        lines = min(max(1, round(self._input.document().size().height())), _MOST_LINES)
        scrolls = lines == _MOST_LINES
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if scrolls else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self._input.setVerticalScrollBarPolicy(policy)
        text = lines * self._input.fontMetrics().lineSpacing()
        # Document margin and the stylesheet's padding and border, above and below.
        room = 2 * (round(self._input.document().documentMargin()) + self._theme.px(8) + 1)
        self._input.setFixedHeight(max(text + room, self._ask.sizeHint().height()))
