"""The key sentence of the cell under the pointer or with the keyboard, below the table."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout

from desktop.compare.matrix import Cell, Column, Topic
from desktop.texts import compare as texts
from desktop.texts.window import german_date
from desktop.theme import Theme
from desktop.widgets.parts import IconButton, ScrolledPage, announce, label
from desktop.widgets.scroll_area import scrolling

_HEIGHT = 98  # pixels at 100 % type size: constant, so that the table stands still; what is longer scrolls


class KeyPane(QFrame):
    """Speaks no word of its own: a screen reader hears the sentence with the cell.

    Where there is little height it is a line that names the cell, with a button that opens the sentence.
    """

    toggled = Signal()  # it takes another height now

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._cramped = False
        self._opened = False  # counts only while there is little height
        self.setObjectName("compareKey")
        self.setAccessibleName(texts.KEY_LABEL)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
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
        self._line = _CutLine()
        self._toggle = IconButton(theme, "up", texts.KEY_OPEN_LABEL, text=f" {texts.KEY_BUTTON}")
        self._toggle.clicked.connect(self._on_toggled)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._scroll, 1)
        row.addWidget(self._line, 1)
        row.addWidget(self._toggle, 0, Qt.AlignmentFlag.AlignTop)
        theme.changed.connect(self._fit)
        self._fit()
        self.show_nothing()

    @property
    def text(self) -> str:
        """What is said of the cell, a line each."""
        parts = (self._title, self._sentence, self._place)
        return "\n".join(part.text() for part in parts if not part.isHidden())

    @property
    def opened(self) -> bool:
        """Whether the sentence is seen, not only the line that names the cell."""
        return not self._scroll.isHidden()

    def show_nothing(self) -> None:
        """Say how a sentence comes here."""
        self._title.hide()
        self._sentence.setText(texts.KEY_EMPTY)
        self._line.show_text(texts.KEY_EMPTY)
        self._place.hide()

    def show_cell(self, topic: Topic, column: Column, cell: Cell) -> None:
        """Show the key sentence of ``cell``."""
        title = f"{topic.title} · {column.name}: {texts.amount(cell)}"
        self._title.setText(title)
        self._title.show()
        self._line.show_text(title)
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
    def _on_toggled(self) -> None:
        self._opened = not self._opened
        self._fit()
        if self._opened:
            announce(self, self.text)
        self.toggled.emit()

    @Slot()
    def _fit(self) -> None:
        px = self._theme.px
        seen = self._opened or not self._cramped
        self._scroll.setFixedHeight(px(_HEIGHT))
        self._scroll.setVisible(seen)
        self._line.setVisible(not seen)
        self._line.setContentsMargins(px(10), 0, 0, 0)
        self._toggle.setVisible(self._cramped)
        self._toggle.show_icon("down" if self._opened else "up")
        name = texts.KEY_CLOSE_LABEL if self._opened else texts.KEY_OPEN_LABEL
        self._toggle.setAccessibleName(name)
        self._toggle.setToolTip(name)
        space = px(3) if self._cramped else 0
        self.layout().setContentsMargins(0, space, space, space)  # type: ignore[union-attr]


class _CutLine(QLabel):
    """One line, cut with dots where it has too little room; whole in its tooltip and for screen readers.

    It is cut in the middle: the topic begins it, and how much is said ends it.
    """

    def __init__(self) -> None:
        super().__init__()
        self._whole = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "strong")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_text(self, text: str) -> None:
        """Show ``text``."""
        self._whole = text
        self.setAccessibleName(text)
        self._cut()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for no width."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Cut anew."""
        super().resizeEvent(event)
        self._cut()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Cut anew in another font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._cut()

    def _cut(self) -> None:
        room = self.contentsRect().width()
        text = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideMiddle, room)
        self.setText(text)
        self.setToolTip(self._whole if text != self._whole else "")


def place_line(column: Column, cell: Cell) -> str:
    """Return where a key sentence stands: section, title, date, and whether it is the wording."""
    info = column.info
    parts = [cell.section, info.title, german_date(info.published)]
    if info.digest:
        parts.append(texts.DIGEST)
    if column.cut:
        parts.append(texts.CUT)
    return " · ".join(part for part in parts if part)
