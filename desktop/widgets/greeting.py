"""The first thing a new user sees: what Leitstern is, what it holds, and questions to try."""

from __future__ import annotations

from functools import partial
from itertools import chain, zip_longest
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.texts import window as texts
from desktop.widgets.parts import CardButton, IconLabel, label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from desktop.theme import Theme
    from guidelines_db.results import CollectionInfo

EXAMPLES = 6
_COLUMN_PX = 300  # least width of a column at 100 %


class Greeting(QWidget):
    """Reports a clicked example as ``example_chosen``."""

    example_chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._columns = 0
        self._cards: list[QWidget] = []
        self._examples: list[QWidget] = []
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(IconLabel(theme, "star", 30, "link"), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(label(texts.WELCOME, "welcome"), 1)
        self._collections_title = label(texts.WELCOME_COLLECTIONS, "heading")
        self._examples_title = label(texts.WELCOME_EXAMPLES, "heading")
        self._opening = label(texts.STARTING, "muted")
        self._collection_grid = QGridLayout()
        self._example_grid = QGridLayout()
        for grid in (self._collection_grid, self._example_grid):
            grid.setSpacing(10)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 24, 0, 16)
        layout.setSpacing(10)
        layout.addLayout(head)
        layout.addWidget(label(texts.WELCOME_TEXT, "lead"))
        layout.addWidget(self._opening)
        layout.addSpacing(14)
        layout.addWidget(self._examples_title)
        layout.addLayout(self._example_grid)
        layout.addSpacing(14)
        layout.addWidget(self._collections_title)
        layout.addLayout(self._collection_grid)
        layout.addStretch()
        self._collections_title.hide()
        self._examples_title.hide()
        theme.changed.connect(self._arrange)

    def show_collections(self, collections: Sequence[CollectionInfo]) -> None:
        """Show facts and examples of ``collections``."""
        seen = not self.isHidden()
        self.hide()  # else the page would be laid out anew for each card
        self._opening.hide()
        for widget in (*self._cards, *self._examples):
            widget.deleteLater()
        self._cards = [self._card(info) for info in collections]
        self._examples = [self._example(question) for question in choose_examples(collections)]
        self._collections_title.setVisible(bool(self._cards))
        self._examples_title.setVisible(bool(self._examples))
        self._columns = 0
        self._arrange()
        self.setVisible(seen)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Choose the number of columns."""
        super().resizeEvent(event)
        self._arrange()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for two columns."""
        return QSize(self._theme.px(2 * _COLUMN_PX), super().sizeHint().height())

    def _card(self, info: CollectionInfo) -> QWidget:
        card = QFrame()
        card.setObjectName("collectionCard")
        column = QVBoxLayout(card)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(3)
        column.addWidget(label(info.title, "strong"))
        column.addWidget(label(texts.collection_facts(info.documents, info.updated), "small"))
        if info.description:
            column.addWidget(label(info.description, "muted"))
        column.addStretch()
        return card

    def _example(self, question: str) -> QWidget:
        button = CardButton(texts.EXAMPLE_LABEL.format(question=question), "card")
        row = QHBoxLayout(button)
        row.setContentsMargins(14, 12, 14, 12)
        row.addWidget(label(question), 1)
        row.addWidget(IconLabel(self._theme, "next", 16, "link"))
        button.let_clicks_through()
        button.clicked.connect(partial(self.example_chosen.emit, question))
        return button

    def _arrange(self) -> None:
        columns = max(1, min(2, self.width() // self._theme.px(_COLUMN_PX)))
        if columns == self._columns:
            return
        self._columns = columns
        for grid, widgets in (
            (self._collection_grid, self._cards),
            (self._example_grid, self._examples),
        ):
            for index, widget in enumerate(widgets):
                grid.addWidget(widget, index // columns, index % columns)
            for column in range(2):
                grid.setColumnStretch(column, 1 if column < columns else 0)


def choose_examples(collections: Sequence[CollectionInfo]) -> list[str]:
    """Return six examples, taken in turn from the collections."""
    turns = zip_longest(*(info.examples for info in collections))
    return list(dict.fromkeys(text for text in chain.from_iterable(turns) if text))[:EXAMPLES]
