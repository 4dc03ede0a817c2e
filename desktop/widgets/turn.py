"""A question and its answer."""

from html import escape

from PySide6.QtCore import QDate, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.texts import window as texts
from desktop.theme import Theme
from desktop.widgets.answer_card import AnswerCard
from desktop.widgets.flowing_text import FlowingText
from desktop.widgets.parts import label

_SHOWN_CHARACTERS = 600  # of a longer question, until the rest is asked for


class Turn(QWidget):
    """The bubble with the question above the card with the answer."""

    def __init__(self, theme: Theme, question: str, asked_at: str = "") -> None:
        super().__init__()
        self.question = question
        self.card = AnswerCard(theme)
        self._folded = len(question) > _SHOWN_CHARACTERS
        bubble = QFrame()
        bubble.setObjectName("bubble")
        self._text = FlowingText(theme, texts.YOUR_QUESTION)
        self._more = QPushButton(texts.QUESTION_MORE)
        self._more.setProperty("role", "quiet")
        self._more.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._more.clicked.connect(self._toggle)
        self._more.setVisible(self._folded)
        inner = QVBoxLayout(bubble)
        inner.setContentsMargins(18, 11, 18, 11)
        inner.setSpacing(4)
        inner.addWidget(self._text)
        if asked_at and not asked_at.startswith(QDate.currentDate().toString("yyyy-MM-dd")):
            inner.addWidget(label(texts.german_moment(asked_at), "small"))
        inner.addWidget(self._more)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(bubble, 5)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addLayout(row)
        column.addWidget(self.card)
        self._show()

    @property
    def whole_question(self) -> str:
        """The question as it stands alone, also where it was a follow-up."""
        return self.card.understood.question or self.question

    @Slot()
    def _toggle(self) -> None:
        self._folded = not self._folded
        self._more.setText(texts.QUESTION_MORE if self._folded else texts.QUESTION_LESS)
        self._show()

    def _show(self) -> None:
        text = self.question[:_SHOWN_CHARACTERS].rstrip() + " …" if self._folded else self.question
        self._text.show_html(f"<div>{escape(text).replace(chr(10), '<br>')}</div>")
