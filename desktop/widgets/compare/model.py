"""The matrix as Qt's tables and screen readers know it, and which of its cells are chosen."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from desktop.compare.matrix import Cell, Column, Matrix, Topic
from desktop.texts import compare as texts

Index = QModelIndex | QPersistentModelIndex
Place = tuple[int, int]  # row and column
MOST_CHOSEN = 6

_Role = Qt.ItemDataRole
_NO_PARENT = QModelIndex()


class MatrixModel(QAbstractTableModel):
    """A cell is checked when it is chosen."""

    chosen_changed = Signal()
    refused = Signal()  # no more can be chosen

    def __init__(self) -> None:
        super().__init__()
        self.matrix = Matrix()
        self._chosen: list[Place] = []

    @property
    def chosen(self) -> tuple[Place, ...]:
        """The chosen cells, in the order they were chosen."""
        return tuple(self._chosen)

    def show_matrix(self, matrix: Matrix, chosen: Sequence[Place] = ()) -> None:
        """Show another matrix with these cells chosen."""
        self.beginResetModel()
        self.matrix = matrix
        self._chosen = list(chosen)[:MOST_CHOSEN]
        self.endResetModel()
        self.chosen_changed.emit()

    def toggle(self, place: Place) -> bool:
        """Choose the cell at ``place``, or no longer; return whether it is chosen now."""
        if place in self._chosen:
            self._chosen.remove(place)
        elif len(self._chosen) >= MOST_CHOSEN:
            self.refused.emit()
            return False
        else:
            self._chosen.append(place)
        self._tell([place])
        return place in self._chosen

    def clear(self) -> None:
        """Let nothing be chosen."""
        before, self._chosen = self._chosen, []
        self._tell(before)

    def parts(self, place: Place) -> tuple[Topic, Column, Cell]:
        """Return topic, document and cell at ``place``."""
        row, column = place
        return self.matrix.topics[row], self.matrix.columns[column], self.matrix.cell(row, column)

    def holds(self, place: Place) -> bool:
        """Tell whether there is a cell at ``place``."""
        row, column = place
        return 0 <= row < self.rowCount() and 0 <= column < self.columnCount()

    def rowCount(self, parent: Index = _NO_PARENT) -> int:  # noqa: N802 - Qt's name
        """Return the number of topics."""
        return 0 if parent.isValid() or not self.matrix.columns else len(self.matrix.topics)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:  # noqa: N802 - Qt's name
        """Return the number of documents."""
        return 0 if parent.isValid() else len(self.matrix.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let every cell be reached and chosen, also one in which nothing was found."""
        del index
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable

    def data(self, index: Index, role: int = _Role.DisplayRole) -> Any:
        """Return the sign of a cell, what a screen reader says of it, and whether it is chosen."""
        place = index.row(), index.column()
        if not self.holds(place):
            return None
        topic, column, cell = self.parts(place)
        if role == _Role.DisplayRole:
            return texts.sign(cell)
        if role == _Role.AccessibleTextRole:
            return texts.spoken(topic.title, column.name, cell, chosen=place in self._chosen)
        if role == _Role.CheckStateRole:
            return Qt.CheckState.Checked if place in self._chosen else Qt.CheckState.Unchecked
        return None

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> Any:
        """Return the topic or the document; its whole title for tooltip and screen reader.

        None beyond the last one: while one head of the table takes over another matrix, it has Qt measure the other,
        which still counts the sections of the matrix before.
        """
        vertical = orientation == Qt.Orientation.Vertical
        if not 0 <= section < len(self.matrix.topics if vertical else self.matrix.columns):
            return None
        if vertical:
            if role in (_Role.DisplayRole, _Role.ToolTipRole, _Role.AccessibleTextRole):
                return self.matrix.topics[section].title
            return None
        column = self.matrix.columns[section]
        if role == _Role.DisplayRole:
            return column.name
        if role in (_Role.ToolTipRole, _Role.AccessibleTextRole):
            return f"{column.name}: {column.info.title}" if column.info.title != column.name else column.name
        return None

    def _tell(self, places: Sequence[Place]) -> None:
        for row, column in places:
            index = self.index(row, column)
            self.dataChanged.emit(index, index, [_Role.CheckStateRole, _Role.AccessibleTextRole])
        self.chosen_changed.emit()
