"""A layout of a text and a button: beside each other or below, whichever takes less height."""

from PySide6.QtCore import QPoint, QRect

from desktop.widgets.lines_layout import LinesLayout


class BesideOrBelow(LinesLayout):
    """The first item is the text, which breaks into lines; the second, if there is one, is the button."""

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """Return the height at ``width`` pixels."""
        rects = self._rects(width)
        return max((rect.bottom() + 1 for rect in rects), default=0)

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802 - Qt's name
        """Place the items in ``rect``."""
        super().setGeometry(rect)
        for item, place in zip(self._items, self._rects(rect.width()), strict=False):
            item.setGeometry(place.translated(rect.topLeft()))

    def _rects(self, width: int) -> list[QRect]:
        """Return where the items stand from the top left; beside each other where both ways are as high."""
        if not self._items:
            return []
        text = self._items[0]
        whole = QRect(0, 0, width, text.heightForWidth(width))
        if len(self._items) == 1:
            return [whole]
        button = self._items[1].sizeHint()
        below = QRect(QPoint(0, whole.height() + self.spacing()), button)
        left = width - button.width() - self.spacing()
        high = text.heightForWidth(left) if left > 0 else 0
        if left <= 0 or max(high, button.height()) > below.bottom() + 1:
            return [whole, below]
        return [QRect(0, 0, left, high), QRect(QPoint(left + self.spacing(), 0), button)]
