"""A list of values with a tick each, to choose several of."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QListView

from desktop.theme import Theme
from desktop.widgets.tick_delegate import TickDelegate

Index = QModelIndex | QPersistentModelIndex

_LINES = 6  # shown at once
_NO_INDEX = QModelIndex()


class _CheckModel(QAbstractListModel):
    """Values, their texts and ticks.

    No item objects: a tick may exchange all rows while Qt still works on the one that was ticked.
    """

    toggled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[tuple[str, str]] = []
        self._ticked: set[str] = set()

    @property
    def ticked(self) -> tuple[str, ...]:
        """The ticked values, in their order."""
        return tuple(value for value, _ in self._rows if value in self._ticked)

    def value(self, row: int) -> str:
        """Return the value in ``row``, "" where there is none."""
        return self._rows[row][0] if 0 <= row < len(self._rows) else ""

    def row_of(self, value: str) -> int:
        """Return the row of ``value``, the first where it is not there."""
        return next((row for row, (name, _) in enumerate(self._rows) if name == value), 0)

    def show(self, rows: Sequence[tuple[str, str]], ticked: Sequence[str]) -> None:
        """Take over rows and ticks."""
        if list(rows) == self._rows:
            self.tick(ticked)
            return
        self.beginResetModel()
        self._rows, self._ticked = list(rows), set(ticked)
        self.endResetModel()

    def tick(self, values: Sequence[str]) -> None:
        """Tick just these."""
        self._ticked = set(values)
        if self._rows:
            roles = [Qt.ItemDataRole.CheckStateRole]
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1), roles)

    def rowCount(self, parent: Index = _NO_INDEX) -> int:  # noqa: N802 - Qt's name
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let every row be ticked."""
        return super().flags(index) | Qt.ItemFlag.ItemIsUserCheckable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return text or tick."""
        if not index.isValid():
            return None
        value, text = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return text
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if value in self._ticked else Qt.CheckState.Unchecked
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802
        """Tick or untick."""
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        name = self.value(index.row())
        if Qt.CheckState(value) == Qt.CheckState.Checked:
            self._ticked.add(name)
        else:
            self._ticked.discard(name)
        self.dataChanged.emit(index, index, [role])
        self.toggled.emit()
        return True


class CheckList(QListView):
    """A click anywhere in a row, Space or Enter ticks it."""

    ticked = Signal(object)  # tuple of the ticked values, in their order

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._pressed: tuple[str, bool] | None = None  # the row under the mouse when it was pressed, its tick
        self._model = _CheckModel()
        self.setModel(self._model)
        self.setAccessibleName(name)
        self.setItemDelegate(TickDelegate(theme, self))
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setTabKeyNavigation(False)
        self.clicked.connect(self._on_clicked)
        self._model.toggled.connect(self._on_toggled)

    @property
    def values(self) -> tuple[str, ...]:
        """The ticked values."""
        return self._model.ticked

    def show_values(self, values: Sequence[tuple[str, str]], ticked: Sequence[str]) -> None:
        """Offer ``values``, each with the text that is shown for it."""
        kept = self._model.value(self.currentIndex().row())
        self._model.show(values, ticked)
        if values:
            self.setCurrentIndex(self._model.index(self._model.row_of(kept)))

    def tick(self, values: Sequence[str]) -> None:
        """Tick just these, without saying so."""
        self._model.tick(values)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for some rows; the rest scrolls."""
        row = self.sizeHintForRow(0) if self._model.rowCount() else self.fontMetrics().lineSpacing()
        return QSize(super().sizeHint().width(), _LINES * max(row, 1) + 2 * self.frameWidth() + 4)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for the same height."""
        return QSize(0, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Let Enter tick as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._toggle(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Note how the row was before the click."""
        value = self._model.value(self.indexAt(event.position().toPoint()).row())
        self._pressed = (value, value in self.values)
        super().mousePressEvent(event)

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        value = self._model.value(index.row())
        if self._pressed == (value, value in self.values):  # the click did not meet the box itself
            self._toggle(index)

    def _toggle(self, index: QModelIndex) -> None:
        on = self._model.value(index.row()) in self.values
        state = Qt.CheckState.Unchecked if on else Qt.CheckState.Checked
        self._model.setData(index, state, Qt.ItemDataRole.CheckStateRole)

    @Slot()
    def _on_toggled(self) -> None:
        self.ticked.emit(self.values)
