"""The headings of a document, as high as they need to be: what is around them scrolls."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QListWidget, QScrollArea, QWidget

from desktop.texts import library as texts
from desktop.theme import Theme
from desktop.widgets.heading_delegate import HeadingDelegate


class ContentsList(QListWidget):
    """Enter or a click goes to a heading."""

    chosen = Signal(int)  # number of the section

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("libraryContents")
        self.setItemDelegate(HeadingDelegate(theme, self))
        self.setMouseTracking(True)
        self.setAccessibleName(texts.CONTENTS_LABEL)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.itemClicked.connect(self._on_chosen)
        self.currentRowChanged.connect(self._show_current)

    def show_headings(self, headings: Sequence[str]) -> None:
        """Show ``headings``, the first being current."""
        self.clear()
        self.addItems(list(headings))
        self.setCurrentRow(0)
        self.fit()

    def mark(self, section: int) -> None:
        """Make ``section`` current without going there."""
        self.setCurrentRow(section)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Go to the heading with Enter; leave Alt and Esc to the page."""
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if alt or event.key() == Qt.Key.Key_Escape:
            event.ignore()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_chosen()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Fit the height to the new width."""
        super().resizeEvent(event)
        self.fit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Fit the height to another type size, of which a hidden list learns when it is shown."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.fit()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for no width."""
        return QSize(0, self.minimumHeight())

    @Slot()
    def fit(self) -> None:
        """Be as high as all headings are."""
        self.doItemsLayout()
        last = self.visualItemRect(self.item(self.count() - 1)) if self.count() else None
        bottom = last.bottom() + self.verticalOffset() if last is not None else 0
        height = bottom + 2 * self.frameWidth() + 6
        if height != self.minimumHeight() or height != self.maximumHeight():
            self.setFixedHeight(height)

    @Slot()
    def _on_chosen(self) -> None:
        if self.currentRow() >= 0:
            self.chosen.emit(self.currentRow())

    @Slot(int)
    def _show_current(self, row: int) -> None:
        parent: QWidget | None = self.parentWidget()
        while parent is not None and not isinstance(parent, QScrollArea):
            parent = parent.parentWidget()
        page = parent.widget() if parent is not None else None
        if parent is None or page is None or row < 0:
            return
        inside = self.viewport().mapTo(page, self.visualItemRect(self.item(row)).center())
        parent.ensureVisible(inside.x(), inside.y(), 0, self.fontMetrics().lineSpacing() * 2)
