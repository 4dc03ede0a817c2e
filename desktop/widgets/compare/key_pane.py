"""The key sentence of the cell under the pointer or with the keyboard, below the table."""

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout

from desktop.compare.matrix import Cell, Column, Topic
from desktop.texts import compare as texts
from desktop.texts.window import german_date
from desktop.theme import Theme
from desktop.widgets.parts import ScrolledPage, fill, label
from desktop.widgets.scroll_area import scrolling

_CRAMPED = 94
_HEIGHT = 100  # pixels at 100 % type size: constant, so that the table stands still; what is longer scrolls


class KeyPane(QFrame):
    """Speaks no word of its own: a screen reader hears the sentence with the cell."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._cramped = False
        self.setObjectName("compareKey")
        self.setAccessibleName(texts.KEY_LABEL)
        self._title = label("", "strong")
        self._sentence = label(texts.KEY_EMPTY)
        self._place = label("", "small")
        content = ScrolledPage()
        column = QVBoxLayout(content)
        column.setContentsMargins(14, 8, 14, 8)
        column.setSpacing(2)
        for widget in (self._title, self._sentence, self._place):
            column.addWidget(widget)
        column.addStretch(1)
        self._scroll = scrolling(content)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setObjectName("compareKeyText")
        self._scroll.setAccessibleName(texts.KEY_LABEL)
        self._scroll.verticalScrollBar().rangeChanged.connect(self._on_range)
        fill(self, self._scroll)
        theme.changed.connect(self._fit)
        self._fit()
        self.show_nothing()

    @property
    def text(self) -> str:
        """What is shown, a line each."""
        parts = (self._title, self._sentence, self._place)
        return "\n".join(part.text() for part in parts if not part.isHidden())

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for the constant height."""
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def show_nothing(self) -> None:
        """Say how a sentence comes here."""
        self._title.hide()
        self._sentence.setText(texts.KEY_EMPTY)
        self._place.hide()

    def show_cell(self, topic: Topic, column: Column, cell: Cell) -> None:
        """Show the key sentence of ``cell``."""
        self._title.setText(f"{topic.title} · {column.name}: {texts.amount(cell)}")
        self._title.show()
        self._sentence.setText(texts.sentence(cell))
        self._place.setText(place_line(column, cell))
        self._place.show()
        self._scroll.verticalScrollBar().setValue(0)

    def set_cramped(self, *, cramped: bool) -> None:
        """Take less room."""
        self._cramped = cramped
        self._fit()

    @Slot(int, int)
    def _on_range(self, least: int, most: int) -> None:
        """Let the keyboard in where there is something to scroll."""
        policy = Qt.FocusPolicy.StrongFocus if most > least else Qt.FocusPolicy.NoFocus
        self._scroll.setFocusPolicy(policy)

    @Slot()
    def _fit(self) -> None:
        self.setFixedHeight(self._theme.px(_CRAMPED if self._cramped else _HEIGHT))


def place_line(column: Column, cell: Cell) -> str:
    """Return where a key sentence stands: section, title, date, and whether it is the wording."""
    info = column.info
    parts = [cell.section, info.title, german_date(info.published)]
    if info.digest:
        parts.append(texts.DIGEST)
    if column.cut:
        parts.append(texts.CUT)
    return " · ".join(part for part in parts if part)
