"""A layout that sets its items side by side and begins a new row when one is full."""

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.widgets.lines_layout import LinesLayout


class FlowLayout(LinesLayout):
    """Rows of items in reading order, each as large as it wishes to be."""

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """Return the height of all rows at ``width`` pixels."""
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802 - Qt's name
        """Place the items in ``rect``."""
        super().setGeometry(rect)
        self._place(rect, move=True)

    def _place(self, rect: QRect, *, move: bool) -> int:
        x, y, row_height = rect.x(), rect.y(), 0
        for item in self._items:
            if item.isEmpty():
                continue
            wish = item.sizeHint()
            if row_height and x + wish.width() > rect.x() + rect.width():
                x, y, row_height = rect.x(), y + row_height + self.spacing(), 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), wish))
            x += wish.width() + self.spacing()
            row_height = max(row_height, wish.height())
        return y + row_height - rect.y()


class FlowRow(QWidget):
    """A widget as high as the rows of its :class:`FlowLayout`, ``flow``, need at its width."""

    def __init__(self, gap: int = 8) -> None:
        super().__init__()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.flow = FlowLayout(self, gap)
