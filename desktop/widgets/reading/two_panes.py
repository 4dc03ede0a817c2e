"""What belongs to a text beside the text, or both in turns where there is room for one."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from desktop.theme import Theme


class TwoPanes(QSplitter):
    """Widths are pixels at 100 % type size; ``share`` of the room is the side's between its least and widest."""

    arranged = Signal(int)  # room to be left at the sides: `alone` may have changed
    moved = Signal()  # the reader has chosen another width

    def __init__(
        self,
        theme: Theme,
        side: QWidget,
        text: QWidget,
        *,
        least_side: int,
        widest_side: int,
        least_text: int,
        share: float = 0.3,
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._theme = theme
        self._side = side
        self._text = text
        self._least_side = least_side
        self._widest_side = widest_side
        self._least_text = least_text
        self._share = share
        self._alone = False
        self._reading = False
        self._width = 0  # of the side, as the reader chose it; 0: the program chooses
        self.splitterMoved.connect(self._on_moved)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(3)
        self.addWidget(side)
        self.addWidget(text)
        self.setStretchFactor(1, 1)
        theme.changed.connect(self._arrange)

    @property
    def alone(self) -> bool:
        """Whether only one of the two has room."""
        return self._alone

    @property
    def on_side(self) -> bool:
        """Whether the side stands in the place of the text."""
        return self._alone and not self._reading

    @property
    def side_width(self) -> int:
        """How wide the reader made the side; 0 for a reader who left that to the program."""
        return self._width

    def restore(self, side_width: object) -> None:
        """Take back what ``side_width`` was; what cannot be a width is left out."""
        if type(side_width) is int and side_width > 0:
            self._width = side_width
            self._arrange()

    def show_side(self) -> None:
        """Show the side, where there is room for one."""
        self._reading = False
        self._arrange()

    def show_text(self) -> None:
        """Show the text, where there is room for one."""
        self._reading = True
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Show both where both have room."""
        super().resizeEvent(event)
        self._arrange()

    @Slot()
    def _on_moved(self) -> None:
        self._width = self.sizes()[0]
        self.moved.emit()

    @Slot()
    def _arrange(self) -> None:
        px = self._theme.px
        self._alone = self.width() < px(self._least_side + self._least_text)
        self._side.setVisible(not self._alone or not self._reading)
        self._text.setVisible(not self._alone or self._reading)
        self._side.setMinimumWidth(0 if self._alone else px(self._least_side))
        self._text.setMinimumWidth(0 if self._alone else px(self._least_text))
        if not self._alone:
            widest = self.width() - px(self._least_text) if self._width else px(self._widest_side)
            left = min(widest, max(px(self._least_side), self._width or round(self.width() * self._share)))
            self.setSizes([left, self.width() - left])
        self.arranged.emit(px(24) if self._theme.type_percent <= 125 else px(12))
