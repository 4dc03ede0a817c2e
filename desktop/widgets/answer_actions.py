"""What can be done with a finished answer: copy, word anew, mark as checked, prove."""

from functools import partial

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.answer import Answer, Style
from desktop.texts import window as texts
from desktop.theme import Theme
from desktop.widgets.answer_state import can_be_reworded, checked_line
from desktop.widgets.flow_layout import FlowLayout
from desktop.widgets.parts import IconButton, announce, bring_into_view, label

_COPIED_SHOWN_MS = 2000
_MOST_INITIALS = 12  # characters

_STYLES = (
    (Style.SHORTER, texts.SHORTER, texts.SHORTER_LABEL),
    (Style.SIMPLER, texts.SIMPLER, texts.SIMPLER_LABEL),
    (Style.AGAIN, texts.AGAIN, texts.AGAIN_LABEL),
)


class AnswerActions(QWidget):
    """Reports wishes; decides nothing."""

    copy_wanted = Signal()
    reword_wanted = Signal(object)  # Style
    check_wanted = Signal(str)  # initials; "" takes the mark back
    proof_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._model_there = False
        self._answer: Answer | None = None
        self._clicked: QPushButton | None = None  # gets the focus back after rewording
        self.initials = ""  # offered when the next answer is marked
        self.setAccessibleName(texts.ACTIONS_LABEL)

        self._copy = IconButton(theme, "copy", texts.COPY_LABEL, text=f" {texts.COPY}")
        self._copy.clicked.connect(self.copy_wanted)
        self._copied = QTimer(self, singleShot=True, interval=_COPIED_SHOWN_MS)
        self._copied.timeout.connect(self._show_copy)
        self._rewording = []
        for style, text, name in _STYLES:
            button = QPushButton(text)
            button.setAccessibleName(name)
            button.setToolTip(name)
            button.clicked.connect(partial(self._on_reword, style, button))
            self._rewording.append(button)
        self._check = IconButton(theme, "check", texts.CHECK_LABEL, text=f" {texts.CHECK}")
        self._check.clicked.connect(self._open_check)
        self._proof = IconButton(theme, "document", texts.PROOF_LABEL, text=f" {texts.PROOF}")
        self._proof.clicked.connect(self.proof_wanted)
        buttons = QWidget()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        buttons.setSizePolicy(policy)
        flow = FlowLayout(buttons)
        for button in (self._copy, *self._rewording, self._check, self._proof):
            flow.addWidget(button)
        self._form = self._make_form()
        self._mark = self._make_mark()
        self._message = label("", "muted")
        self._message.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self._mark, buttons, self._form, self._message):
            column.addWidget(widget)
        self.hide()

    @property
    def message(self) -> str:
        """What was last said here."""
        return "" if self._message.isHidden() else self._message.text()

    @property
    def mark(self) -> str:
        """Who checked the answer when, "" if nobody did."""
        return "" if self._mark.isHidden() else self._marked.text()

    def show_answer(self, answer: Answer) -> None:
        """Offer what can be done with ``answer``."""
        self._answer = answer
        self._show_rewording()
        self._marked.setText(checked_line(answer))
        self._mark.setVisible(bool(answer.checked_by))
        self._check.setVisible(not answer.checked_by)
        self._form.hide()
        self.show()

    def set_rewording(self, *, model_there: bool, enabled: bool) -> None:
        """Offer to word anew where there is a model, and let it be pressed while the model is idle."""
        self._model_there = model_there
        for button in self._rewording:
            button.setEnabled(enabled)
        self._show_rewording()
        if enabled and self._clicked is not None:
            if self.window().focusWidget() is None or self.isAncestorOf(self.window().focusWidget()):
                self._clicked.setFocus()
            self._clicked = None

    def show_message(self, message: str) -> None:
        """Say what came of a wish; "" says nothing."""
        self._message.setText(message)
        self._message.setVisible(bool(message))
        if message:
            announce(self, message)
            bring_into_view(self._message)

    def show_copied(self) -> None:
        """Confirm for a moment that the answer was copied."""
        self._copy.setText(f" {texts.COPIED}")
        self._copy.show_icon("check")
        announce(self, texts.COPIED)
        self._copied.start()

    def _make_form(self) -> QWidget:
        form = QWidget()
        self._input = QLineEdit()
        self._input.setMaxLength(_MOST_INITIALS)
        self._input.setAccessibleName(texts.CHECK_INITIALS)
        self._input.textChanged.connect(self._on_initials)
        self._input.returnPressed.connect(self._confirm)
        self._confirm_button = QPushButton(texts.CHECK_CONFIRM)
        self._confirm_button.setEnabled(False)
        self._confirm_button.clicked.connect(self._confirm)
        cancel = QPushButton(texts.CHECK_CANCEL)
        cancel.clicked.connect(self._cancel)
        row = QHBoxLayout(form)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(label(texts.CHECK_INITIALS, wrap=False))
        row.addWidget(self._input, 1)
        row.addWidget(self._confirm_button)
        row.addWidget(cancel)
        row.addStretch(1)
        form.hide()
        return form

    def _make_mark(self) -> QWidget:
        mark = QWidget()
        self._marked = label("", "strong")
        self._undo = QPushButton(texts.CHECK_UNDO)
        self._undo.setAccessibleName(texts.CHECK_UNDO_LABEL)
        self._undo.setToolTip(texts.CHECK_UNDO_LABEL)
        self._undo.clicked.connect(self._take_back)
        row = QHBoxLayout(mark)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self._marked, 1)
        row.addWidget(self._undo)
        mark.hide()
        return mark

    def _show_rewording(self) -> None:
        shown = self._model_there and self._answer is not None and can_be_reworded(self._answer)
        for button in self._rewording:
            button.setVisible(shown)

    def _on_reword(self, style: Style, button: QPushButton) -> None:
        self._clicked = button if button.hasFocus() else None
        self.show_message("")
        self.reword_wanted.emit(style)

    @Slot()
    def _open_check(self) -> None:
        self._input.setText(self.initials)
        self._input.selectAll()
        self._form.show()
        self._input.setFocus()
        bring_into_view(self._form)

    @Slot(str)
    def _on_initials(self, text: str) -> None:
        self._confirm_button.setEnabled(bool(text.strip()))

    @Slot()
    def _confirm(self) -> None:
        if initials := self._input.text().strip():
            self.check_wanted.emit(initials)
            self._undo.setFocus()

    @Slot()
    def _take_back(self) -> None:
        self.check_wanted.emit("")
        self._check.setFocus()

    @Slot()
    def _cancel(self) -> None:
        self._form.hide()
        self._check.setFocus()

    @Slot()
    def _show_copy(self) -> None:
        self._copy.setText(f" {texts.COPY}")
        self._copy.show_icon("copy")
