"""Areas that scroll, whose bars keep their place also while there is nothing to scroll.

What stands beside a bar does not move when it appears. And Qt counts the visible bars as children of an area for a
screen reader, but answers a question for a child that just went away by reading past the end of its list, which ends
the program (QAccessibleAbstractScrollArea::child in Qt 6.11).
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QScrollArea, QScrollBar, QWidget


class _QuietBar(QScrollBar):
    """Shows nothing while there is nothing to scroll."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint as usual if there is something to scroll."""
        if self.maximum() > self.minimum():
            super().paintEvent(event)


class ScrollArea(QScrollArea):
    """Scrolls a widget up and down, ``sideways`` too if wished; itself no stop of the tab key."""

    def __init__(self, *, sideways: bool = False) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBar(_QuietBar(Qt.Orientation.Vertical))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        if sideways:
            self.setHorizontalScrollBar(_QuietBar(Qt.Orientation.Horizontal))
            self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)


def scrolling(content: QWidget, *, sideways: bool = False) -> ScrollArea:
    """Return an area in which ``content`` scrolls."""
    area = ScrollArea(sideways=sideways)
    area.setWidget(content)
    return area
