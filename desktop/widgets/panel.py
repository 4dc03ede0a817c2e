"""A panel in which something is chosen: lists under headings, below them a button that clears and one that closes."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.german import sort_key
from desktop.theme import Theme
from desktop.widgets.parts import label


class Panel(QFrame):
    """Every change holds at once; Esc or the second button closes. Whoever derives it fills ``grid``."""

    closed = Signal()

    def __init__(self, theme: Theme, name: str, *, clear: str, done: str) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("filterPanel")
        self.setAccessibleName(name)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(16)
        self.grid.setVerticalSpacing(12)
        self.clear = QPushButton(clear)
        self.done = QPushButton(done)
        self.done.clicked.connect(self.closed)
        buttons = QHBoxLayout()
        buttons.addWidget(self.clear)
        buttons.addStretch(1)
        buttons.addWidget(self.done)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 12, 16, 12)
        whole.setSpacing(12)
        whole.addLayout(self.grid)
        whole.addLayout(buttons)

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Where the tab key stops, in this order."""
        return (self.clear, self.done)

    def arrange(self, width: int) -> None:
        """Fill ``grid`` as fits ``width``."""

    def focus_first(self) -> None:
        """Put the keyboard on the first list."""
        self.stops[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Close with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """Return the height in the arrangement for ``width``."""
        self.arrange(width)
        return super().heightForWidth(width)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Set as much side by side as has room."""
        super().resizeEvent(event)
        self.arrange(event.size().width())


def titled(title: str, part: QWidget) -> QWidget:
    """Return ``part`` under a heading."""
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(6)
    column.addWidget(label(title, "heading"))
    column.addWidget(part)
    column.addStretch(0)  # takes what is left beside a higher column
    return whole


def counted(values: Sequence[tuple[str, int]], kept: Sequence[str] = ()) -> list[tuple[str, str]]:
    """Return each value with the text shown for it: how many there are; also those ``kept`` of which there are none."""
    counts = {**dict.fromkeys(kept, 0), **dict(values)}
    return [(name, f"{name} ({counts[name]})") for name in sorted(counts, key=sort_key)]
