"""Says what was just deleted, and takes it back."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from desktop.texts import history as texts
from desktop.theme import Theme
from desktop.widgets.parts import IconButton, announce, label


class UndoBar(QFrame):
    """Shown as long as something can be undone."""

    undo_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("undoBar")
        self._text = label("", "strong")
        self._undo = IconButton(theme, "undo", texts.UNDO_LABEL, text=f" {texts.UNDO}")
        self._undo.clicked.connect(self.undo_wanted)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._text, 1)
        row.addWidget(self._undo)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 8, 10)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(label(texts.DELETED_UNTIL))
        self.hide()

    @property
    def text(self) -> str:
        """What is said, "" if nothing."""
        return "" if self.isHidden() else self._text.text()

    def show_deleted(self, number: int) -> None:
        """Say that ``number`` questions are deleted; 0 hides the bar."""
        self._text.setText(texts.deleted(number))
        self.setVisible(number > 0)
        if number:
            announce(self, f"{self._text.text()} {texts.DELETED_UNTIL}")
