"""How a follow-up question was understood, and a way to put it otherwise."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from desktop.texts import window as texts
from desktop.widgets.flowing_text import TEXT_INSET_PX
from desktop.widgets.parts import label


class UnderstoodLine(QWidget):
    """Shown only for follow-ups; ``edit_wanted`` carries the whole question."""

    edit_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._question = ""
        self._text = label("")
        self._text.setIndent(TEXT_INSET_PX)
        self._edit = QPushButton(texts.UNDERSTOOD_EDIT)
        self._edit.setAccessibleName(texts.UNDERSTOOD_EDIT_LABEL)
        self._edit.setToolTip(texts.UNDERSTOOD_EDIT_LABEL)
        self._edit.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._edit.clicked.connect(lambda: self.edit_wanted.emit(self._question))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self._text, 1)
        row.addWidget(self._edit, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    @property
    def question(self) -> str:
        """The whole question, "" if the asked one stands alone."""
        return self._question

    def set_editable(self, *, editable: bool) -> None:
        """Offer to change the question, or only say how it was understood."""
        self._edit.setVisible(editable)

    def show_question(self, question: str) -> None:
        """Say how the question was understood; "" hides the line."""
        self._question = question
        self._text.setText(texts.UNDERSTOOD.format(question=question))
        self.setVisible(bool(question))
