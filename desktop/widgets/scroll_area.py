"""Areas that scroll, whose bars keep their place also while there is nothing to scroll.

What stands beside a bar does not move when it appears. And Qt counts the visible bars as children of an area for a
screen reader, but answers a question for a child that just went away by reading past the end of its list, which ends
the program (QAccessibleAbstractScrollArea::child in Qt 6.11).
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent, QShowEvent
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
        self._waiting: QWidget | None = None  # until the area is shown
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBar(_QuietBar(Qt.Orientation.Vertical))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        if sideways:
            self.setHorizontalScrollBar(_QuietBar(Qt.Orientation.Horizontal))
            self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)

    def take(self, content: QWidget) -> None:
        """Scroll ``content`` from when the area is first shown.

        An area asks at once how large its widget is, for which Qt styles all that is in it; put into its page, all of
        it would be styled once more.
        """
        content.setParent(self.viewport())
        self._waiting = content
        if self.isVisible():
            self._begin()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Begin to scroll."""
        self._begin()
        super().showEvent(event)

    def _begin(self) -> None:
        content, self._waiting = self._waiting, None
        if content is not None:
            self.setWidget(content)


def scrolling(content: QWidget, *, sideways: bool = False) -> ScrollArea:
    """Return an area in which ``content`` scrolls."""
    area = ScrollArea(sideways=sideways)
    area.take(content)
    return area
