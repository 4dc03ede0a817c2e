"""The listed documents for Qt's views: text, what is heard, what was found."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.holdings import Column, Holding, Key, Order, facts_line
from desktop.texts import library as texts
from desktop.widgets.library.excerpt import Excerpt, excerpt_of
from guidelines_db.browse import FoundDocument

Index = QModelIndex | QPersistentModelIndex
COLUMNS = tuple(Column)
_ROOT = QModelIndex()


class LibraryModel(QAbstractTableModel):
    """One document a row, all columns; which are shown is the table's business."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._holdings: Sequence[Holding] = ()
        self._found: Mapping[Key, FoundDocument] = {}
        self._searching = False
        self._order = Order()
        self._excerpts: dict[Key, Excerpt] = {}

    def show(
        self, holdings: Sequence[Holding], order: Order, found: Mapping[Key, FoundDocument] | None
    ) -> None:
        """Show these, in this order, with what a search found (None: nothing is searched for)."""
        self.beginResetModel()
        self._holdings = holdings
        self._order = order
        self._searching = found is not None
        self._found = found or {}
        self._excerpts = {}
        self.endResetModel()

    @property
    def searching(self) -> bool:
        """Whether rows show what was found in them."""
        return self._searching

    @property
    def keys(self) -> tuple[Key, ...]:
        """Collection and id of each document, in order."""
        return tuple(one.key for one in self._holdings)

    def holding(self, row: int) -> Holding | None:
        """Return the document in ``row``, None beyond the end."""
        return self._holdings[row] if 0 <= row < len(self._holdings) else None

    def row_of(self, key: Key) -> int:
        """Return the row of a document, -1 if it is not listed."""
        return next((row for row, one in enumerate(self._holdings) if one.key == key), -1)

    def found(self, row: int) -> FoundDocument | None:
        """Return what was found in the document of ``row``."""
        return self._found.get(self._holdings[row].key)

    def excerpt(self, row: int) -> Excerpt:
        """Return where in the document of ``row`` something was found; empty without a search."""
        key = self._holdings[row].key
        if key not in self._excerpts:
            found = self._found.get(key)
            self._excerpts[key] = excerpt_of(found) if found is not None else Excerpt()
        return self._excerpts[key]

    def rowCount(self, parent: Index = _ROOT) -> int:  # noqa: N802 - Qt's name
        """Return the number of documents."""
        return 0 if parent.isValid() else len(self._holdings)

    def columnCount(self, parent: Index = _ROOT) -> int:  # noqa: N802 - Qt's name
        """Return the number of columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what is shown, or heard, in a cell."""
        holding = self.holding(index.row()) if index.isValid() else None
        if holding is None:
            return None
        column = COLUMNS[index.column()]
        text = holding.text(column)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return text or texts.UNKNOWN
            case Qt.ItemDataRole.ToolTipRole:
                return text or None
            case Qt.ItemDataRole.AccessibleTextRole if column is Column.TITLE:
                return texts.heard(text, facts_line(holding), (self.excerpt(index.row()).text,))
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{texts.COLUMNS[column.value]}: {text or texts.UNKNOWN_HEARD}"
        return None

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the name of a column, or of a row: its title."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        if orientation is Qt.Orientation.Horizontal:
            return texts.COLUMNS[COLUMNS[section].value]
        holding = self.holding(section)
        return holding.info.title if holding else None
